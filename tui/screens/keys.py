"""The keys of every screen: one table that bindings, key line, help, palette and docs/keys.md are made from.

No key needs Ctrl, Alt or a function key: tmux, PuTTY and a phone keep those for themselves. What a person presses
instead is in `keymap`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from tui.language import _

if TYPE_CHECKING:
    from textual.binding import BindingType

Words = Callable[[], str]


class Key(NamedTuple):
    """A key and what it does. Without a label it stands in the help only; without keys it only tells of others.

    Each word of `shown` is a key: its own, or that of another action, whose choice it then follows.
    """

    id: str
    keys: str
    shown: str
    help: Words
    label: Words | None = None
    action: str = ""
    is_danger: bool = False
    scope: str = ""

    @property
    def name(self) -> str:
        """What it is called where somebody chooses another key: no other action has this name."""
        return f"{self.scope}.{self.id}"


def bindings(*tables: Iterable[Key]) -> list[BindingType]:
    """What Textual listens to."""
    from textual.binding import Binding

    return [
        Binding(key.keys, key.action or key.id, id=key.name, show=False)
        for table in tables
        for key in table
        if key.keys
    ]


def _of(scope: str, *keys: Key) -> tuple[Key, ...]:
    """The keys of a scope; those that another scope lends keep the name that they have there."""
    return tuple(key if key.scope else key._replace(scope=scope) for key in keys)


BACK = _of(
    "everywhere",
    Key("help", "question_mark", "?", lambda: _("this list"), lambda: _("help")),
    Key(
        "palette",
        "colon",
        ":",
        lambda: _("all that can be done here, and every place, by its words"),
        lambda: _("go"),
    ),
    Key("close", "q", "q", lambda: _("close this view; at the overview, quit"), lambda: _("close")),
    Key("back", "escape", "Esc", lambda: _("one step back")),
)
VIEWS = _of(
    "views",
    Key("overview", "1", "1", lambda: _("the overview"), action="app.overview"),
    Key("queue", "2", "2", lambda: _("what waits: the queues"), action="app.view('queue')"),
    Key("inbox", "3", "3", lambda: _("what arrives, and what waits in quarantine"), action="app.view('inbox')"),
    Key("search", "4", "4", lambda: _("search everything"), action="app.view('search')"),
    Key("calendar", "5", "5", lambda: _("what is due when"), action="app.view('calendar')"),
    Key("people", "6", "6", lambda: _("who does what, and how much each holds"), action="app.view('people')"),
)
UNDO = _of("everywhere", Key("undo", "u", "u", lambda: _("undo your last decision, within five minutes")))
ABOUT = _of("about", Key("about", "I", "I", lambda: _("all about it: which rule, when it is due, and why")))
OVERVIEW = _of(
    "overview",
    Key("open", "enter", "Enter", lambda: _("open the office"), lambda: _("open")),
    Key("review", "t", "t", lambda: _("review the document under the cursor"), lambda: _("review")),
    Key("filter", "slash", "/", lambda: _("show only offices with this in their name"), lambda: _("filter")),
    Key("next", "n", "n", lambda: _("to the next document whose turn is yours"), lambda: _("next"), "seek(1)"),
    Key("previous", "N", "N", lambda: _("to the previous one"), action="seek(-1)"),
    Key("cycle", "m", "m", lambda: _("which offices: all, our turn, late"), lambda: _("view")),
    Key("family", "f", "f", lambda: _("which programme: all, SAKIP, RB, ZI"), action="facet('family')"),
    Key("period", "p", "p", lambda: _("which part of the year, and what is in it"), action="facet('period')"),
    Key(
        *("component", "e", "e", lambda: _("evidence for what: planning, measuring, reporting, evaluation")),
        action="facet('component')",
    ),
    Key("unit", "v", "v", lambda: _("which unit reviews it"), action="facet('unit')"),
    Key("order", "o", "o", lambda: _("order of the offices: catalogue, late, incomplete, name"), lambda: _("sort")),
    Key("completeness", "i", "i", lambda: _("what is open in this office, and how much"), lambda: _("what is open")),
    Key("year.previous", "left_square_bracket", "[", lambda: _("the year before"), action="year(-1)"),
    Key("year.next", "right_square_bracket", "[ ]", lambda: _("the next year that is open"), action="year(1)"),
    Key("catalogue", "c", "c", lambda: _("the catalogue: what is asked of whom, and by which rule")),
    *ABOUT,
)
WAITING = _of(
    "waiting",
    Key("enter", "", "Enter", lambda: _("open the document"), lambda: _("open")),
    Key("cycle", "m", "m", lambda: _("the next queue"), lambda: _("queue")),
    Key("review", "t", "t", lambda: _("open the document")),
    Key("facts.up", "K", "K", lambda: _("scroll the panel up"), action="scroll_panel(-1)"),
    Key("facts.down", "J", "J K", lambda: _("scroll the panel"), action="scroll_panel(1)"),
    *ABOUT,
)
CALENDAR = _of(
    "calendar",
    Key("open", "", "Enter", lambda: _("list the offices that owe it"), lambda: _("open")),
    Key("cycle", "m", "m", lambda: _("which dates: open and coming, mine, the whole year"), lambda: _("view")),
    Key("group", "f", "f", lambda: _("only one programme or reviewing unit, then the next"), lambda: _("filter")),
    Key("next", "n", "n", lambda: _("the next date with something open"), lambda: _("next"), "seek(1)"),
    Key("previous", "N", "N", lambda: _("the one before"), action="seek(-1)"),
    Key("today", "full_stop", ".", lambda: _("what is due today or next"), lambda: _("today")),
    Key("facts.up", "K", "K", lambda: _("scroll the panel up"), action="scroll_panel(-1)"),
    Key("facts.down", "J", "J K", lambda: _("scroll the panel"), action="scroll_panel(1)"),
)
DUE = _of(
    "due",
    Key("open", "", "Enter", lambda: _("open the office"), lambda: _("open")),
    Key("review", "t", "t", lambda: _("review the document under the cursor"), lambda: _("review")),
    *ABOUT,
)
PEOPLE = _of(
    "people",
    Key("open", "", "Enter", lambda: _("what this person holds, and has done"), lambda: _("open")),
    Key("delegate", "d", "d", lambda: _("let this person act in your place"), lambda: _("act for me")),
    Key("revoke", "x", "x", lambda: _("end a mandate of this person that is yours to end"), lambda: _("end mandate")),
    Key("facts.up", "K", "K", lambda: _("scroll the panel up"), action="scroll_panel(-1)"),
    Key("facts.down", "J", "J K", lambda: _("scroll the panel"), action="scroll_panel(1)"),
)
PERSON = _of(
    "person",
    Key("read", "", "Enter", lambda: _("read the document"), lambda: _("read")),
    Key("review", "t", "t", lambda: _("review the document under the cursor"), lambda: _("review")),
    Key("facts.up", "K", "K", lambda: _("scroll what they have done up"), action="scroll_panel(-1)"),
    Key("facts.down", "J", "J K", lambda: _("scroll what they have done"), lambda: _("records"), "scroll_panel(1)"),
    *ABOUT,
)
MARKING = _of(
    "marking",
    Key("mark", "space", "Space", lambda: _("mark it, or not any more, and move on"), lambda: _("mark")),
    Key("take", "a", "a", lambda: _("take it, or all that are marked"), lambda: _("take")),
    Key("assign", "d", "d", lambda: _("give it, or all that are marked, to somebody"), lambda: _("give")),
    Key("release", "L", "L", lambda: _("let go of it, or of all that are marked"), lambda: _("let go")),
)
MARKED = _of(
    "marked",
    Key("all.pass", "", "t", lambda: _("pass on all that are marked"), lambda: _("pass on"), is_danger=True),
    Key(
        *("all.approve", "s", "s", lambda: _("approve all that are marked"), lambda: _("approve")),
        *("decide_all('approve')", True),
    ),
    Key(
        *("all.return", "b", "b", lambda: _("send back all that are marked"), lambda: _("send back")),
        *("decide_all('return')", True),
    ),
)
REMARK = _of("remark", Key("dismiss", "escape", "Esc", lambda: _("drop it")))
DIALOG = _of("dialog", Key("dismiss", "escape,q", "Esc", lambda: _("close")))
SUMMARY = _of(
    "summary",
    *DIALOG,
    Key("summary.down", "j,down,space", "j ↓", lambda: _("a line down"), action="scroll_by(1)"),
    Key("summary.up", "k,up", "k ↑", lambda: _("a line up"), action="scroll_by(-1)"),
)
ABOUT_DIALOG = _of(
    "told",
    Key("dismiss", "escape,q,I", "Esc", lambda: _("close")),
    Key("scroll.down", "j,down", "j ↓", lambda: _("a line down"), action="scroll_by(1)"),
    Key("scroll.up", "k,up", "k ↑", lambda: _("a line up"), action="scroll_by(-1)"),
    Key("page.down", "space,pagedown", "Space", lambda: _("a page down"), action="scroll_page(1)"),
    Key("page.up", "pageup", "PgUp", lambda: _("a page up"), action="scroll_page(-1)"),
)
MATRIX = _of(
    "matrix",
    Key("up", "up,k", "k ↑", lambda: _("up")),
    Key("down", "down,j", "j ↓", lambda: _("down")),
    Key("left", "left,h", "h ←", lambda: _("left")),
    Key("right", "right,l", "l →", lambda: _("right")),
    Key("page_up", "pageup", "PgUp", lambda: _("a page up")),
    Key("page_down", "pagedown", "PgDn", lambda: _("a page down")),
    Key("row_start", "home", "Home", lambda: _("the first document")),
    Key("row_end", "end", "End", lambda: _("the last document")),
    Key("top", "g", "g", lambda: _("the first row")),
    Key("bottom", "G", "G", lambda: _("the last row")),
)
LIST = _of(
    "list",
    Key("up", "k,up", "k ↑", lambda: _("up"), action="cursor_up"),
    Key("down", "j,down", "j ↓", lambda: _("down"), action="cursor_down"),
    Key("page_up", "pageup", "PgUp", lambda: _("a page up")),
    Key("page_down", "pagedown", "PgDn", lambda: _("a page down")),
    Key("top", "g,home", "g", lambda: _("the first row"), action="first"),
    Key("bottom", "G,end", "G", lambda: _("the last row"), action="last"),
    Key("select", "enter", "Enter", lambda: _("open or pick what is under the cursor")),
)
OFFICE = _of(
    "office",
    Key("read", "", "Enter", lambda: _("read the document"), lambda: _("read")),
    Key("review", "t", "t", lambda: _("review the document under the cursor"), lambda: _("review")),
    Key("sibling.previous", "left_square_bracket", "[", lambda: _("the office before"), action="sibling(-1)"),
    Key(
        "sibling.next", "right_square_bracket", "[ ]", lambda: _("the next office"), lambda: _("office"), "sibling(1)"
    ),
    Key("trail.up", "K", "K", lambda: _("scroll the trail up"), action="scroll_panel(-1)"),
    Key("trail.down", "J", "J K", lambda: _("scroll the trail"), lambda: _("trail"), "scroll_panel(1)"),
    *ABOUT,
)
CATALOGUE = _of(
    "catalogue",
    Key("rule.up", "K", "K", lambda: _("scroll the rule up"), action="scroll_panel(-1)"),
    Key("rule.down", "J", "J K", lambda: _("scroll the rule"), lambda: _("rule"), "scroll_panel(1)"),
)
REVIEW = _of(
    "review",
    Key("pass", "t", "t", lambda: _("pass it on to approval"), lambda: _("pass on"), "decide('review')", True),
    Key("approve", "s", "s", lambda: _("approve it"), lambda: _("approve"), "decide('approve')", True),
    Key(
        "return", "b", "b", lambda: _("send it back with findings"), lambda: _("send back"), "decide('return')", True
    ),
    Key("flip", "", "Tab", lambda: _("document, then checklist, then what is known"), lambda: _("pane")),
    Key("answer", "w", "w", lambda: _("say how the finding under the cursor was repaired"), lambda: _("answer")),
    Key("mark", "", "x r f -", lambda: _("mark what is under the cursor; again: not any more"), lambda: _("mark")),
    Key("meets", "x", "x", lambda: _("it meets; of a finding: its repair is accepted"), action="mark('meets')"),
    Key(
        *("repair", "r", "r", lambda: _("it needs repair; a finding is opened again")), action="mark('needs repair')"
    ),
    Key("not_found", "f", "f", lambda: _("it is not found"), action="mark('not found')"),
    Key("not_applicable", "minus", "-", lambda: _("it is not applicable"), action="mark('not applicable')"),
    Key("next", "n", "n", lambda: _("skip to the next that waits for you"), lambda: _("next")),
    Key("previous", "N", "N", lambda: _("back to the one before"), action="next(-1)"),
    Key("note", "c", "c", lambda: _("a note and a page; elsewhere a comment"), lambda: _("note")),
    Key("take", "a", "a", lambda: _("take it, so that others see that you have it"), lambda: _("take")),
    Key("release", "L", "L", lambda: _("let go of it"), lambda: _("let go")),
    Key(
        "take_back", "backspace", "Backspace", lambda: _("back to what was marked last, which is not marked any more")
    ),
    Key("undo", "", "u", lambda: _("undo your last decision, within five minutes"), lambda: _("undo")),
    *ABOUT,
)
MOVING = _of(
    "moving",
    Key("line_down", "j,down", "j ↓", lambda: _("a line down"), action="move(1)"),
    Key("line_up", "k,up", "k ↑", lambda: _("a line up"), action="move(-1)"),
    Key("page_down", "space,pagedown", "Space", lambda: _("a page down"), action="move_page(1)"),
    Key("page_up", "pageup", "PgUp", lambda: _("a page up"), action="move_page(-1)"),
    Key("start", "g,home", "g", lambda: _("the first line"), action="move_end(-1)"),
    Key("end", "G,end", "G", lambda: _("the last line"), action="move_end(1)"),
)
READING = _of(
    "reading",
    Key("compare", "v", "v", lambda: _("what has changed since the version before"), lambda: _("compare")),
    Key("changes_only", "V", "V", lambda: _("only the lines that have changed, and those around them")),
    Key("picture", "p", "p", lambda: _("the page as a picture, to look closer"), lambda: _("picture")),
    Key("fetch", "o", "o", lambda: _("how to fetch the file itself"), lambda: _("file")),
    Key("page.previous", "left_square_bracket", "[", lambda: _("the page before"), action="turn_page(-1)"),
    Key("page.next", "right_square_bracket", "[ ]", lambda: _("the next page"), lambda: _("page"), "turn_page(1)"),
    Key("find", "slash", "/", lambda: _("find words in the document"), lambda: _("find")),
    Key("next_hit", "enter", "Enter", lambda: _("to the next place where they stand")),
)
DOCUMENT = _of(
    "document",
    Key("review", "t", "t", lambda: _("review it"), lambda: _("review")),
    Key("flip", "tab", "Tab", lambda: _("the document, or what is known of it"), lambda: _("pane")),
    Key("older", "less_than_sign", "<", lambda: _("an older version"), action="version(-1)"),
    Key("newer", "greater_than_sign", "< >", lambda: _("a newer version"), lambda: _("version"), "version(1)"),
    Key("known.up", "K", "K", lambda: _("scroll what is known of it up"), action="scroll_panel(-1)"),
    Key("known.down", "J", "J K", lambda: _("scroll what is known of it"), action="scroll_panel(1)"),
    *ABOUT,
)
MAGNIFIER = _of(
    "magnifier",
    Key("dismiss", "escape,p,q", "Esc", lambda: _("back to the text"), lambda: _("back")),
    Key("look.left", "left,h", "h j k l", lambda: _("left"), lambda: _("move"), "pan(-1, 0)"),
    Key("look.right", "right,l", "l →", lambda: _("right"), action="pan(1, 0)"),
    Key("look.up", "up,k", "k ↑", lambda: _("up"), action="pan(0, -1)"),
    Key("look.down", "down,j", "j ↓", lambda: _("down"), action="pan(0, 1)"),
    Key("look.closer", "plus,equals_sign", "+ -", lambda: _("closer"), lambda: _("closer"), "zoom(1)"),
    Key("look.away", "minus", "-", lambda: _("farther away"), action="zoom(-1)"),
    Key("look.before", "left_square_bracket,pageup", "[", lambda: _("the page before"), action="turn_page(-1)"),
    Key(
        "look.next",
        "right_square_bracket,pagedown,space",
        "[ ]",
        lambda: _("the next page"),
        lambda: _("page"),
        "turn_page(1)",
    ),
)
FETCH = _of(
    "fetch",
    Key("dismiss", "escape,q,o", "Esc", lambda: _("close"), lambda: _("close")),
    Key("copy", "y", "y", lambda: _("copy the line"), lambda: _("copy")),
)
PANES = _of(
    "panes",
    Key("flip", "tab", "Tab", lambda: _("document, then checklist, then what is known")),
    Key("item", "", "1-9", lambda: _("to the item of this number, two digits too")),
    Key("item_down", "J", "J", lambda: _("the next item, while the document stays"), action="item(1)"),
    Key("item_up", "K", "K", lambda: _("the item before"), action="item(-1)"),
    *MOVING,
)
INBOX = _of(
    "inbox",
    Key("pick", "", "1-9", lambda: _("pick one of the guesses"), lambda: _("pick")),
    Key("place", "y", "y", lambda: _("file it as what is picked"), lambda: _("file it")),
    Key("cycle", "m,tab", "m", lambda: _("which: all, those that wait, what is not taken yet"), lambda: _("list")),
    Key("type", "", "Enter", lambda: _("type where it belongs"), lambda: _("type")),
    Key("open", "", "Enter", lambda: _("open the document that it was filed as"), lambda: _("open")),
    Key(
        "turn_away", "x", "x", lambda: _("turn it away, with a note for its sender"), lambda: _("turn away"), "", True
    ),
    Key("known.down", "J", "J K", lambda: _("scroll what is known of it"), lambda: _("more"), "scroll_panel(1)"),
    Key("known.up", "K", "K", lambda: _("scroll what is known of it up"), action="scroll_panel(-1)"),
    Key("follow", "f", "f", lambda: _("keep the cursor on what came last, or not any more"), lambda: _("follow")),
    Key("retry", "R", "R", lambda: _("ask again where all that wait belong"), lambda: _("ask again")),
    Key("remember", "i", "i", lambda: _("know the word in its name from now on"), lambda: _("remember")),
)
SEARCH = _of(
    "search",
    Key("open", "", "Enter", lambda: _("open it where it was found; run the saved search"), lambda: _("open")),
    Key("type", "slash", "/", lambda: _("back to what is searched for"), lambda: _("type")),
    Key("results", "", "↓ Enter", lambda: _("from the line to what was found"), lambda: _("results")),
    Key("complete", "", "Tab", lambda: _("complete the filter that is being typed"), lambda: _("complete")),
    Key("save", "S", "S", lambda: _("save this search under a name"), lambda: _("save")),
    Key("drop", "D", "D", lambda: _("remove the saved search"), lambda: _("remove"), is_danger=True),
    Key("preview.up", "K", "K", lambda: _("scroll the preview up"), action="scroll_panel(-1)"),
    Key("preview.down", "J", "J K", lambda: _("scroll the preview"), lambda: _("preview"), "scroll_panel(1)"),
    *ABOUT,
)
PALETTE = _of(
    "palette",
    Key("run", "", "Enter", lambda: _("do what is under the cursor")),
    Key("dismiss", "escape", "Esc", lambda: _("leave everything as it was")),
    Key("down", "down", "↓", lambda: _("down"), action="step(1)"),
    Key("up", "up", "↑", lambda: _("up"), action="step(-1)"),
    Key("page_down", "pagedown", "PgDn", lambda: _("a page down"), action="step_page(1)"),
    Key("page_up", "pageup", "PgUp", lambda: _("a page up"), action="step_page(-1)"),
)
HELP = _of(
    "help",
    Key("dismiss", "escape,q,question_mark", "Esc", lambda: _("close")),
    Key("down", "j,down", "j ↓", lambda: _("a line down"), action="scroll_by(1)"),
    Key("up", "k,up", "k ↑", lambda: _("a line up"), action="scroll_by(-1)"),
    Key("page_down", "space,pagedown", "Space", lambda: _("a page down"), action="scroll_page(1)"),
    Key("page_up", "pageup", "PgUp", lambda: _("a page up"), action="scroll_page(-1)"),
    Key("top", "g,home", "g", lambda: _("the first line"), action="scroll_far(-1)"),
    Key("bottom", "G,end", "G", lambda: _("the last line"), action="scroll_far(1)"),
)
