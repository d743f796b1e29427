"""The keys of every screen: one table that the bindings, the key line and the help are made from.

No key needs Ctrl, Alt or a function key: tmux, PuTTY and a phone keep those for themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from textual.binding import Binding, BindingType

from tui.language import _

Words = Callable[[], str]


class Key(NamedTuple):
    """A key and what it does. Without a label it stands in the help only."""

    id: str
    keys: str
    shown: str
    help: Words
    label: Words | None = None
    action: str = ""
    is_danger: bool = False


def bindings(*tables: Iterable[Key]) -> list[BindingType]:
    """What Textual listens to."""
    return [
        Binding(key.keys, key.action or key.id, id=key.id, show=False)
        for table in tables
        for key in table
        if key.keys
    ]


BACK = (
    Key("help", "question_mark", "?", lambda: _("this list"), lambda: _("help")),
    Key("close", "q", "q", lambda: _("close this view; at the overview, quit"), lambda: _("close")),
    Key("back", "escape", "Esc", lambda: _("one step back")),
)
VIEWS = (
    Key("overview", "1", "1", lambda: _("the overview"), action="app.overview"),
    Key("queue", "2", "2", lambda: _("what waits: the queues"), action="app.view('queue')"),
    Key("inbox", "3", "3", lambda: _("what arrives, and what waits in quarantine"), action="app.view('inbox')"),
    Key("search", "4", "4", lambda: _("search everything"), action="app.view('search')"),
    Key("calendar", "5", "5", lambda: _("what is due when"), action="app.view('calendar')"),
    Key("people", "6", "6", lambda: _("who does what, and how much each holds"), action="app.view('people')"),
)
UNDO = (Key("undo", "u", "u", lambda: _("undo your last decision, within five minutes")),)
OVERVIEW = (
    Key("open", "enter", "Enter", lambda: _("open the office"), lambda: _("open")),
    Key("review", "t", "t", lambda: _("review the document under the cursor"), lambda: _("review")),
    Key("filter", "slash", "/", lambda: _("show only offices with this in their name"), lambda: _("filter")),
    Key("next", "n", "n", lambda: _("to the next document whose turn is yours"), lambda: _("next")),
    Key("previous", "N", "N", lambda: _("to the previous one")),
    Key("cycle", "m", "m", lambda: _("which offices: all, our turn, late"), lambda: _("view")),
    Key("catalogue", "c", "c", lambda: _("the catalogue: what is asked of whom, and by which rule")),
)
WAITING = (
    Key("enter", "", "Enter", lambda: _("open the document"), lambda: _("open")),
    Key("cycle", "m", "m", lambda: _("the next queue"), lambda: _("queue")),
    Key("review", "t", "t", lambda: _("open the document")),
    Key("facts.up", "K", "K", lambda: _("scroll the panel up"), action="scroll_facts(-1)"),
    Key("facts.down", "J", "J K", lambda: _("scroll the panel"), action="scroll_facts(1)"),
)
MARKING = (
    Key("mark", "space", "Space", lambda: _("mark it, or not any more, and move on"), lambda: _("mark")),
    Key("take", "a", "a", lambda: _("take it, or all that are marked"), lambda: _("take")),
    Key("assign", "d", "d", lambda: _("give it, or all that are marked, to somebody"), lambda: _("give")),
    Key("release", "L", "L", lambda: _("let go of it, or of all that are marked"), lambda: _("let go")),
)
MARKED = (
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
REMARK = (Key("dismiss", "escape", "Esc", lambda: _("drop it")),)
DIALOG = (Key("dismiss", "escape,q", "Esc", lambda: _("close")),)
SUMMARY = (
    *DIALOG,
    Key("summary.down", "j,down,space", "j ↓", lambda: _("a line down"), action="scroll_by(1)"),
    Key("summary.up", "k,up", "k ↑", lambda: _("a line up"), action="scroll_by(-1)"),
)
MATRIX = (
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
LIST = (
    Key("list.up", "k", "k ↑", lambda: _("up"), action="cursor_up"),
    Key("list.down", "j", "j ↓", lambda: _("down"), action="cursor_down"),
    Key("list.top", "g", "g", lambda: _("the first row"), action="first"),
    Key("list.bottom", "G", "G", lambda: _("the last row"), action="last"),
)
OFFICE = (
    Key("review", "t", "t", lambda: _("review the document; so does Enter"), lambda: _("review")),
    Key("sibling.previous", "left_square_bracket", "[", lambda: _("the office before"), action="sibling(-1)"),
    Key(
        "sibling.next", "right_square_bracket", "[ ]", lambda: _("the next office"), lambda: _("office"), "sibling(1)"
    ),
    Key("trail.up", "K", "K", lambda: _("scroll the trail up"), action="scroll_trail(-1)"),
    Key("trail.down", "J", "J K", lambda: _("scroll the trail"), lambda: _("trail"), "scroll_trail(1)"),
)
CATALOGUE = (
    Key("rule.up", "K", "K", lambda: _("scroll the rule up"), action="scroll_rule(-1)"),
    Key("rule.down", "J", "J K", lambda: _("scroll the rule"), lambda: _("rule"), "scroll_rule(1)"),
)
REVIEW = (
    Key("pass", "t", "t", lambda: _("pass it on to approval"), lambda: _("pass on"), "decide('review')", True),
    Key("approve", "s", "s", lambda: _("approve it"), lambda: _("approve"), "decide('approve')", True),
    Key(
        "return", "b", "b", lambda: _("send it back with findings"), lambda: _("send back"), "decide('return')", True
    ),
    Key("flip", "", "Tab", lambda: _("document, then checklist, then what is known"), lambda: _("pane")),
    Key("answer", "w", "w", lambda: _("say how the finding under the cursor was repaired"), lambda: _("answer")),
    Key("mark", "", "xrf-", lambda: _("mark what is under the cursor; again: not any more"), lambda: _("mark")),
    Key("meets", "x", "x", lambda: _("it meets; of a finding: its repair is accepted"), action="mark('meets')"),
    Key(
        *("repair", "r", "r", lambda: _("it needs repair; a finding is opened again")), action="mark('needs repair')"
    ),
    Key("not_found", "f", "f", lambda: _("it is not found"), action="mark('not found')"),
    Key("not_applicable", "minus", "-", lambda: _("it is not applicable"), action="mark('not applicable')"),
    Key("note", "c", "c", lambda: _("a note and a page; elsewhere a comment"), lambda: _("note")),
    Key("take", "a", "a", lambda: _("take it, so that others see that you have it"), lambda: _("take")),
    Key("release", "L", "L", lambda: _("let go of it"), lambda: _("let go")),
    Key("next", "n", "n", lambda: _("skip to the next that waits for you"), lambda: _("next")),
    Key("undo", "u", "u", lambda: _("undo your last decision, within five minutes"), lambda: _("undo")),
)
PANES = (
    Key("flip", "tab", "Tab", lambda: _("document, then checklist, then what is known")),
    Key("item", "", "1-9", lambda: _("to the item of this number, two digits too")),
    Key("item_down", "J", "J", lambda: _("the next item, while the document stays"), action="item(1)"),
    Key("item_up", "K", "K", lambda: _("the item before"), action="item(-1)"),
    Key("line_down", "j,down", "j ↓", lambda: _("a line down"), action="move(1)"),
    Key("line_up", "k,up", "k ↑", lambda: _("a line up"), action="move(-1)"),
    Key("page_down", "space,pagedown", "Space", lambda: _("a page down"), action="move_page(1)"),
    Key("page_up", "pageup", "PgUp", lambda: _("a page up"), action="move_page(-1)"),
    Key("start", "g,home", "g", lambda: _("the first line"), action="move_end(-1)"),
    Key("end", "G,end", "G", lambda: _("the last line"), action="move_end(1)"),
)
QUARANTINE = (
    Key("pick", "", "1-9", lambda: _("pick one of the guesses"), lambda: _("pick")),
    Key("place", "y", "y", lambda: _("file it as what is picked"), lambda: _("file it")),
    Key("type", "enter", "Enter", lambda: _("type where it belongs"), lambda: _("type an id")),
    Key("remember", "i", "i", lambda: _("know the word in its name from now on"), lambda: _("remember")),
    Key("known.up", "K", "K", lambda: _("scroll what is known of it up"), action="scroll_known(-1)"),
    Key("known.down", "J", "J K", lambda: _("scroll what is known of it"), lambda: _("more"), "scroll_known(1)"),
)
