"""The quarantine: what came in and could not be placed, and placing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key as KeyPress
from textual.widgets import Input, OptionList, Static

from inbox import Held, Lesson, lesson
from tui import arriving, explaining, refusals, words
from tui.language import _
from tui.screens import facts
from tui.screens.entries import Entry
from tui.screens.keys import BACK, LIST, QUARANTINE, UNDO, Key, bindings
from tui.screens.listing import Listing
from tui.screens.messages import Place, Remember
from tui.screens.text import NOTHING, Part, hanging, line, lines
from tui.screens.view import View
from tui.session import Session
from workflow import InThePast, Obligation, Power, WorkflowError, permits

_NEEDS = {"pick": Power.PLACE, "place": Power.PLACE, "type": Power.PLACE, "remember": Power.REMEMBER}


class QuarantineScreen(View):
    """A list of arrivals; a digit picks a guess, `y` files the arrival as what is picked."""

    KEYS = QUARANTINE
    BINDINGS = bindings(QUARANTINE)
    HELP_ONLY = LIST
    AUTO_FOCUS = "#held"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._held: dict[str, Held] = {}
        self._pick: tuple[str | None, Obligation] | None = None
        self._lesson: Lesson | None = None
        self._names = explaining.names(session.register)

    def body(self) -> ComposeResult:
        """The list, and all that is known of the arrival under the cursor."""
        with Vertical(id="body"):
            yield Listing(id="held", flexible=1)
            with VerticalScroll(id="about", can_focus=False):
                yield Static(NOTHING, id="known")
        yield Entry(placeholder=_("where it belongs, for example diskes/lkjip/2025"), id="typed", compact=True)

    def reread(self) -> None:
        """Read what waits."""
        self._held = {str(held.id): held for held in self.session.quarantine.waiting()}
        rows = {id_: (id_, held.name, held.folder or "/", words.size(held.size)) for id_, held in self._held.items()}
        self.query_one(Listing).show(rows)
        self._show_known()

    def place(self) -> list[Part]:
        """The way back; digits pick here, so they open no view."""
        return [_("Overview"), " › ", (_("Quarantine"), "bold")]

    def help_keys(self) -> Sequence[Key]:
        """All keys that do something here."""
        return (*QUARANTINE, *LIST, *UNDO, *BACK)

    def placed(self, held: Held, obligation: Obligation) -> None:
        """This person has just placed a file: a name may have taught a word."""
        self._lesson = lesson(held.evidence, obligation)
        self.refresh_bars()

    def action_remember(self) -> None:
        """Know the word that the last name taught."""
        if reason := self.why_not(Power.REMEMBER):
            self.say(reason, is_warning=True)
        elif self._lesson is not None:
            self.post_message(Remember(self._lesson))
            self._lesson = None

    def detail(self) -> Content:
        """What `y` would do."""
        if self._lesson is not None:
            means = self._names.called(self._lesson.means)
            told = _("remembers that “{words}” means {means}").format(words=self._lesson.words, means=means)
            return line((" i ", "bold"), told)
        if not self._held:
            return line(" ", _("The quarantine is empty: everything that arrived has its place."))
        if reason := self.why_not(Power.PLACE):
            return line(" ", reason)
        if self._picked is None:
            return line(" ", _("A digit picks a guess; Enter lets you type where it belongs."))
        return line((" y ", "bold"), _("files it as {title}").format(title=words.title(self._picked)))

    def why_not(self, power: Power) -> str | None:
        """Why this person lacks a power, or nobody has it; None when they have it."""
        if self.session.at:
            return refusals.error(InThePast(self.session.at))
        actor = self.session.actor
        rule = permits(actor, power)
        return refusals.forbidden(actor, power, rule) if rule else None

    def is_open(self, key: Key) -> bool:
        """Filing is grey until something is picked."""
        if key.id in _NEEDS and self.why_not(_NEEDS[key.id]):
            return False
        if key.id == "remember":
            return self._lesson is not None
        return bool(self._held) and (key.id != "place" or self._picked is not None)

    def on_key(self, event: KeyPress) -> None:
        """A digit picks."""
        guesses = self._chosen.guesses if self._chosen else ()
        if event.key.isdecimal() and not isinstance(self.focused, Input):
            event.stop()
            if 0 < int(event.key) <= len(guesses):
                self._choose(guesses[int(event.key) - 1])

    def action_scroll_known(self, step: int) -> None:
        """Scroll what is known by a few lines."""
        self.query_one("#about", VerticalScroll).scroll_relative(y=3 * step, animate=False)

    def fit(self) -> None:
        """Wrap what is known again."""
        self._show_known()

    def action_place(self) -> None:
        """File it as what is picked."""
        if reason := self.why_not(Power.PLACE):
            self.say(reason, is_warning=True)
            return
        if self._chosen is None or self._picked is None:
            self.say(_("Pick first: a digit for a guess, or Enter to type where it belongs."), is_warning=True)
            return
        self.post_message(Place(self._chosen, self._picked))
        self._pick = self._lesson = None

    @on(OptionList.OptionSelected)
    def action_type(self) -> None:
        """Type where it belongs."""
        if reason := self.why_not(Power.PLACE):
            self.say(reason, is_warning=True)
        elif self._held:
            self.add_class("-typing")
            self.query_one(Entry).focus()

    def action_back(self) -> None:
        """Out of the typing first."""
        if self.has_class("-typing"):
            self._stop_typing()
        else:
            self.action_close()

    @on(Input.Submitted)
    def _take_typed(self) -> None:
        typed = self.query_one(Entry).value.strip()
        if not typed or self._choose(typed):
            self._stop_typing()

    @on(OptionList.OptionHighlighted)
    def _show_chosen(self) -> None:
        self._show_known()
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)
        self.refresh_bars()

    @property
    def _chosen(self) -> Held | None:
        return self._held.get(self.query_one(Listing).chosen or "")

    @property
    def _picked(self) -> Obligation | None:
        """What is picked for the arrival under the cursor; for another one it does not count."""
        held, obligation = self._pick or (None, None)
        return obligation if held == self.query_one(Listing).chosen else None

    def _stop_typing(self) -> None:
        self.query_one(Entry).value = ""
        self.remove_class("-typing")
        self.query_one(Listing).focus()

    def _choose(self, name: str) -> bool:
        try:
            self._pick = self.query_one(Listing).chosen, self.session.register.obligation(name)
        except WorkflowError as problem:
            self.say(refusals.error(problem, self.session.people), is_warning=True)
            return False
        self._show_known()
        self.refresh_bars()
        return True

    @property
    def _room(self) -> int:
        return self.query_one("#about", VerticalScroll).scrollable_content_region.width

    def _show_known(self) -> None:
        rows = list(self._known(self._chosen)) if self._chosen else []
        self.query_one("#known", Static).update(lines(rows))

    def _known(self, held: Held) -> Iterator[Content]:
        yield line((held.name, "bold"))
        yield line(f"{words.moment(held.at, self.session.workspace.zone)} · {words.size(held.size)}")
        yield line(_("Why it waits: {reason}").format(reason=arriving.reason(held.reason)))
        for number, guess in enumerate(held.guesses, start=1):
            is_picked = self._picked is not None and self._picked.id == guess
            yield hanging((f"{'>' if is_picked else ' '} {number} ", "bold"), self._named(guess), self._room)
        if self._picked is not None and self._picked.id not in held.guesses:
            yield line(("> ", "bold"), words.title(self._picked))
        yield line()
        for one in explaining.lines(held.evidence, self._names):
            value = f"{one.value}: " if one.value else ""
            sign = "-" if one.is_against else "+"
            yield hanging((f"{sign} {one.part} ", "dim"), f"{value}{one.words}", self._room)

    def _named(self, guess: str) -> str:
        o = self.session.register.obligation(guess)
        return f"{facts.name(o)}, {o.office.name} ({words.standing(o)})"
