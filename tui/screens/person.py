"""A person: what they hold, whom they act for, and what they have done lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tui import everybody, words
from tui.everybody import Person
from tui.language import _
from tui.screens import facts, queue
from tui.screens.bars import Bar
from tui.screens.document import DocumentScreen
from tui.screens.keys import PERSON, bindings
from tui.screens.listing import Listing, Row
from tui.screens.review import ReviewScreen
from tui.screens.text import NOTHING, Part, hanging, line, lines
from tui.screens.view import View
from tui.session import Session
from tui.workspace import now
from workflow import Obligation, ObligationId

_ROOM, _HOLDER = 24, 6  # how long an office's name may be, and the column of a queue that says who holds it


def row(one: Person, at: datetime, zone: tzinfo) -> Row:
    """A person in the list of all."""
    name, role, held, late, *rest = everybody.cells(one, at, zone)
    return [(name, "bold" if one.carried.held else ""), (role, ""), f"{held:>5}", (f"{late:>4}", "bold"), *rest]


def detail(one: Person) -> Content:
    """Who it is, on one line."""
    role = words.role(one.actor.role) if one.actor else _("not listed")
    unit = f", {one.actor.unit}" if one.actor and one.actor.unit else ""
    return line(" ", (one.name, "bold"), f" · {role}{unit}")


def known(session: Session, one: Person, width: int) -> Content:
    """The mandates of a person, and what they have done last."""
    return lines(_known(session, one, width))


def _known(session: Session, one: Person, width: int) -> Iterator[Content]:
    at, zone = session.at or now(), session.workspace.zone
    yield from (hanging("", text, width) for text in everybody.enrolled(session, one))
    yield line((_("Mandates"), "bold"))
    told = list(everybody.known_of(one, at, zone))
    yield from (hanging("", text, width) for text in told or [_("acts for nobody, and nobody for them")])
    yield line()
    yield line((_("Last records, of thirty days"), "bold"))
    records = everybody.records(session, one.name)
    for record in records:
        yield hanging("", everybody.told(record, zone), width)
    if not records:
        yield line((_("nothing"), "dim"))


class PersonScreen(View):
    """What one person holds, and below it their mandates and their last records."""

    KEYS = PERSON
    PANEL = "#trail"
    BINDINGS = bindings(PERSON)
    AUTO_FOCUS = "#held"

    def __init__(self, session: Session, chosen: Person) -> None:
        super().__init__(session)
        self._person = chosen
        self._obligations: dict[ObligationId, Obligation] = {}

    def body(self) -> ComposeResult:
        """The documents above, what is known of the person below."""
        yield Bar(id="headings")
        with Vertical(id="body"):
            yield Listing(id="held", flexible=2, headings=_without_holder(queue.headings()))
            yield Static(NOTHING, id="empty")
            with VerticalScroll(id="trail", can_focus=False):
                yield Static(NOTHING, id="story")

    def reread(self) -> None:
        """Read what they hold now."""
        asked, today = self.session, self.session.today()
        everything = asked.obligations()
        found = {one.name: one for one in everybody.everybody(asked, everything)}
        self._person = found.get(self._person.name, self._person)
        held = [one for one in everything if everybody.holds(one, self._person.carried)]
        held.sort(key=lambda one: (not one.is_overdue(today), one.last_at or "", one.id))
        self._obligations = {one.id: one for one in held}
        zone = asked.workspace.zone
        made = {one.id: queue.row(one, today, zone, is_marked=False, room=_ROOM) for one in held}
        self._listing.show({name: _without_holder(cells) for name, cells in made.items()})
        self.query_one("#empty", Static).update(line((_("Holds nothing in {year}.").format(year=asked.year), "dim")))
        self.set_class(not held, "-empty")
        self.fit()

    def place(self) -> list[Part]:
        """The way back."""
        return [_("People"), " › ", (self._person.name, "bold")]

    def detail(self) -> Content:
        """The document under the cursor, on one line."""
        return facts.detail(self.chosen, self.session.today(), self.app.size.width) if self.chosen else NOTHING

    def refresh_bars(self) -> None:
        """Also what the columns are."""
        super().refresh_bars()
        self.query_one("#headings", Bar).show(self._listing.heading)

    def fit(self) -> None:
        """Wrap what is known again."""
        width = self.query_one("#trail", VerticalScroll).scrollable_content_region.width
        self.query_one("#story", Static).update(known(self.session, self._person, width))

    @property
    def chosen(self) -> Obligation | None:
        """The document under the cursor."""
        return self._obligations.get(ObligationId(self._listing.chosen or ""))

    @property
    def _listing(self) -> Listing:
        return self.query_one(Listing)

    @on(OptionList.OptionHighlighted)
    def _show_chosen(self) -> None:
        self.refresh_bars()

    @on(OptionList.OptionSelected)
    def action_read(self) -> None:
        """Read the document under the cursor."""
        if self.chosen:
            self.app.push_screen(DocumentScreen(self.session, self.chosen.id))

    def action_review(self) -> None:
        """Review the document under the cursor."""
        if self.chosen:
            self.app.push_screen(ReviewScreen(self.session, self.chosen.id))


def _without_holder(cells: Row) -> Row:
    """Who holds it is told above all of them."""
    return [*cells[:_HOLDER], *cells[_HOLDER + 1 :]]
