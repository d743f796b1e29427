"""The inbox: what arrives, what waits for a person to place it, what is held, and whether somebody watches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key as KeyPress
from textual.widgets import Input, OptionList, Static

from inbox import Held, Lesson, lesson
from tui import refusals, sorting, words
from tui.language import _
from tui.screens.arrivals import ArrivalList, Shelf
from tui.screens.bars import Bar
from tui.screens.belonging import Belonging
from tui.screens.below import Below
from tui.screens.keymap import with_keys
from tui.screens.keys import INBOX, Key, bindings
from tui.screens.messages import Place, Remember, Retry, TurnAway
from tui.screens.review import ReviewScreen
from tui.screens.text import NOTHING, Part, between, line
from tui.screens.turning_away import Note
from tui.screens.view import View
from tui.session import Session
from workflow import Obligation, Power, WorkflowError

_NEEDS = {
    **dict.fromkeys(("pick", "place"), Power.PLACE),
    **dict.fromkeys(("turn_away", "retry"), Power.SORT),
    "remember": Power.REMEMBER,
}


class InboxScreen(View):
    """A list, and all that is known of what is under its cursor. A digit picks a guess, `y` files it as that."""

    KEYS = INBOX
    PANEL = "#about"
    BINDINGS = bindings(INBOX)
    DIGITS_PICK = True
    AUTO_FOCUS = "#arrivals"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._pick: tuple[str | None, Obligation] | None = None
        self._lesson: Lesson | None = None
        self._next: str | None = None

    def body(self) -> ComposeResult:
        """What there is, the list, what is known of the one under its cursor, and a line to type on."""
        yield Bar(id="shelves")
        yield Bar(id="headings")
        with Vertical(id="body"):
            yield ArrivalList(self.session)
            yield Static(NOTHING, id="empty")
            yield Below(self.session)
        yield Belonging(partial(self.session.register.obligations, year=self.session.year))

    def reread(self) -> None:
        """Read what has come, what waits and what is held."""
        is_busy = self._picked is not None or self.has_class("-typing") or not self.is_current
        self._list.reread(may_follow=not is_busy)
        self._show_known()

    def fit(self) -> None:
        """Rows say more where there is room, and what is known is wrapped again."""
        self._list.refresh_rows()
        self._show_known()

    def place(self) -> list[Part]:
        """The way back; digits pick here, so they open no view."""
        return [_("Overview"), " › ", (_("Inbox"), "bold")]

    def refresh_bars(self) -> None:
        """Also the three lists and how much is on each, and what the columns are."""
        super().refresh_bars()
        told: list[Part] = [(_("follows") + " · ", "bold") if self._list.is_following else "", self._list.today()]
        self.query_one("#shelves", Bar).show(between(self._list.shelves(), told, self.app.size.width))
        self.query_one("#headings", Bar).show(self._list.heading)

    def detail(self) -> Content:
        """What `y` would do, or why it would do nothing."""
        if learned := self._lesson:
            means = self.query_one(Below).names.called(learned.means)
            told = _("remembers that “{words}” means {means}").format(words=learned.words, means=means)
            return line((" i ", "bold"), told)
        if self._picked is not None:
            return line((" y ", "bold"), _("files it as {title}").format(title=words.title(self._picked)))
        return line(" ", self._list.what_to_do())

    def line_keys(self) -> Sequence[Key]:
        """Those that do something with what is under the cursor."""
        others = {"open"} if self._list.waiting else {"pick", "place", "type", "turn_away"}
        return [key for key in INBOX if key.id not in others]

    def why_closed(self, key: Key) -> str:
        """Filing is grey until something is picked."""
        if key.id in _NEEDS and (reason := sorting.why_not(self.session, _NEEDS[key.id])):
            return reason
        match key.id:
            case "remember" if self._lesson is None:
                return _("Nothing is to be learned; a placed name teaches a word that nobody knew.")
            case "retry" if not self._list.tally.waiting:
                return _("The quarantine is empty: everything that arrived has its place.")
            case "pick" | "place" | "turn_away" if self._list.waiting is None:
                return _("What is under the cursor does not wait for anybody.")
            case "place" if self._picked is None:
                told = _("Pick first: a digit for a guess, or {key} to type where it belongs.")
                return with_keys(told, key="list.select")
            case _:
                return ""

    def placed(self, held: Held, obligation: Obligation) -> None:
        """This person has just placed a file: its name may have taught a word."""
        self._lesson = lesson(held.evidence, obligation)
        self.sorted_out()

    def sorted_out(self) -> None:
        """One that waited waits no more, and the next one is at hand."""
        self._list.refresh_rows(self._next)
        self._next = None
        self._show_chosen()

    def on_key(self, event: KeyPress) -> None:
        """A digit picks."""
        guesses = self._list.waiting.guesses if self._list.waiting else ()
        if event.key.isdecimal() and not isinstance(self.focused, Input):
            event.stop()
            if not guesses:
                self.say(_("There is nothing to pick here. Esc goes back to where digits open views."))
            elif 0 < int(event.key) <= len(guesses) and self.may("pick"):
                self._choose(guesses[int(event.key) - 1])

    def action_cycle(self) -> None:
        """Show the next list."""
        self._list.cycle()
        self._show_chosen()

    def action_follow(self) -> None:
        """Keep the cursor on what came last, or not any more."""
        self._list.follow()
        self._show_chosen()

    def action_remember(self) -> None:
        """Know the word that the last name taught."""
        if self.may("remember") and self._lesson is not None:
            self.post_message(Remember(self._lesson))
            self._lesson = None

    def action_retry(self) -> None:
        """Ask again where all of them belong."""
        if self.may("retry"):
            self.post_message(Retry())

    def action_turn_away(self) -> None:
        """Ask for the note that its sender will read."""
        held = self._list.waiting
        if self.may("turn_away") and held is not None:
            self.app.clear_notifications()
            self.app.push_screen(Note(held.name, held.folder or "/"), partial(self._turn_away, held))

    def action_place(self) -> None:
        """File it as what is picked."""
        held, picked = self._list.waiting, self._picked
        if self.may("place") and held is not None and picked is not None:
            self._next = self._list.next_waiting
            self.post_message(Place(held, picked))
            self._pick = self._lesson = None

    def action_back(self) -> None:
        """Out of the typing first."""
        if self.has_class("-typing"):
            self._stop_typing()
        else:
            self.action_close()

    @on(OptionList.OptionSelected, "#arrivals")
    def _enter(self) -> None:
        """Type where it belongs; open what is filed."""
        came = self._list.came
        if self._list.waiting is None:
            if came is not None and came.obligation is not None:
                self.app.push_screen(ReviewScreen(self.session, came.obligation))
        elif self.may("pick"):
            self.add_class("-typing")
            self.query_one(Belonging).begin(self._list.waiting.folder)

    @on(Belonging.Named)
    def _take_typed(self, named: Belonging.Named) -> None:
        if not named.name or self._choose(named.name):
            self._stop_typing()

    @on(OptionList.OptionHighlighted, "#arrivals")
    def _show_chosen(self) -> None:
        self._show_known()
        self.query_one(Below).scroll_home(animate=False)
        self.refresh_bars()

    @property
    def _list(self) -> ArrivalList:
        return self.query_one(ArrivalList)

    @property
    def _picked(self) -> Obligation | None:
        """What is picked for the arrival under the cursor; for another one it does not count."""
        held, obligation = self._pick or (None, None)
        return obligation if held == self._list.chosen else None

    def _show_known(self) -> None:
        chosen, told = self._list, self._list.emptiness()
        self.query_one("#empty", Static).update(line((told, "dim")))
        self.set_class(bool(told), "-empty")
        self.set_class(chosen.shelf is Shelf.HELD, "-held")
        self.query_one(Below).show(chosen.came, chosen.waiting, chosen.held, self._picked)

    def _turn_away(self, held: Held, note: str | None) -> None:
        if note:
            self._next = self._list.next_waiting
            self.post_message(TurnAway(held, note))

    def _stop_typing(self) -> None:
        self.query_one(Belonging).end()
        self.remove_class("-typing")
        self._list.focus()

    def _choose(self, name: str) -> bool:
        try:
            self._pick = self._list.chosen, self.session.register.obligation(name)
        except WorkflowError as problem:
            self.say(refusals.error(problem, self.session.people), is_warning=True)
            return False
        self._show_known()
        self.refresh_bars()
        return True
