"""An office: its documents, and the trail of the one under the cursor."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tui import words
from tui.cells import Letter, cell, count
from tui.language import _
from tui.screens import bars, facts, repairs
from tui.screens.keys import LIST, OFFICE, bindings
from tui.screens.listing import Listing, Row
from tui.screens.review import ReviewScreen
from tui.screens.story import story
from tui.screens.submission import Submission, last_seen, note_sight
from tui.screens.text import NOTHING, Part, line, lines
from tui.screens.view import View
from tui.session import Session
from workflow import Obligation, ObligationId, Office


class OfficeScreen(View):
    """The documents of one office on the left, a trail on the right."""

    KEYS = OFFICE
    BINDINGS = bindings(OFFICE)
    HELP_ONLY = LIST
    AUTO_FOCUS = "#documents"

    def __init__(self, session: Session, office: Office, chosen: ObligationId | None) -> None:
        super().__init__(session)
        self._office = office
        self._first = chosen
        self._obligations: dict[str, Obligation] = {}
        self._seen: dict[str, int] = {}

    def body(self) -> ComposeResult:
        """Documents and trail."""
        with Horizontal(id="body"):
            yield Listing(id="documents", flexible=1)
            with VerticalScroll(id="trail", can_focus=False):
                yield Static(NOTHING, id="story")

    def reread(self) -> None:
        """Read the documents of the office."""
        asked = self.session
        found = asked.register.obligations(year=asked.year, office=self._office.code)
        self._obligations = {o.id: o for o in found}
        documents = self.query_one(Listing)
        documents.border_title = line(bars.tally(count(found, asked.today())))
        documents.show({o.id: _row(o, asked.today(), is_new=self._is_new(o)) for o in found}, self._first)
        self._first = None
        self._show_trail()

    def place(self) -> list[Part]:
        """The way back."""
        return [_("Overview"), " › ", (self._office.name, "bold")]

    def detail(self) -> Content:
        """What happened last to the document under the cursor, and who acts next."""
        chosen = self._chosen
        if chosen is None:
            return line(" ", _("This office owes nothing in {year}.").format(year=self.session.year))
        last = facts.last_move(chosen, self.session.workspace.zone)
        return line(
            " ", *facts.standing(chosen, self.session.today()), " · ", _("next: "), f"{facts.turn(chosen)} · {last}"
        )

    def fit(self) -> None:
        """Wrap the trail again."""
        self._show_trail()

    @property
    def _chosen(self) -> Obligation | None:
        return self._obligations.get(self.query_one(Listing).chosen or "")

    def _is_new(self, o: Obligation) -> bool:
        """Whether something has happened that this person had not seen before this view was opened."""
        seen = self._seen.get(o.id)
        before = last_seen(self.session, o) if seen is None else seen
        return o.seq > before and o.last_actor != self.session.actor.name

    @on(OptionList.OptionHighlighted)
    def _show_trail(self) -> None:
        chosen, pane = self._chosen, self.query_one("#trail", VerticalScroll)
        self.refresh_bars()
        if chosen is None:
            return
        pane.border_title = line(_("Trail of {document}").format(document=facts.name(chosen)))
        zone, width = self.session.workspace.zone, pane.scrollable_content_region.width
        self._seen.setdefault(chosen.id, last_seen(self.session, chosen))
        note_sight(self.session, chosen)
        shown = Submission.of(self.session, chosen, self._seen[chosen.id])
        told = story(shown.trail, zone, width, shown.star, shown.sightings)
        self.query_one("#story", Static).update(lines([*repairs.listed(shown, zone, width), told]))
        pane.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def action_review(self) -> None:
        """Open the document under the cursor."""
        if self._chosen:
            self.app.push_screen(ReviewScreen(self.session, self._chosen.id))

    def action_sibling(self, step: int) -> None:
        """To the office before or after, coming round."""
        offices = self.session.register.offices()
        place = next(i for i, office in enumerate(offices) if office.code == self._office.code)
        chosen = self._chosen
        self._office = offices[(place + step) % len(offices)]
        if chosen:
            self._first = ObligationId(chosen.id.replace(chosen.office.code, self._office.code, 1))
        self.is_old = True
        self.freshen()

    def action_scroll_trail(self, step: int) -> None:
        """Scroll the trail by a few lines."""
        self.query_one("#trail", VerticalScroll).scroll_relative(y=3 * step, animate=False)


def _row(o: Obligation, today: date, *, is_new: bool) -> Row:
    code = cell(o, today)
    due = words.short_day(o.due) if o.due else ""
    rounds = str(o.round) if o.round else "-"
    name = f"* {facts.name(o)}" if is_new else facts.name(o)
    return [o.requirement.short, name, (str(code), style(code.letter)), due, rounds, (o.unit, "dim")]


def style(letter: Letter) -> str:
    """How a code looks outside the matrix: ours stands out, what is done steps back."""
    match letter:
        case Letter.SUBMITTED | Letter.REVIEWED:
            return "bold"
        case Letter.RETURNED:
            return "underline"
        case Letter.NOT_OWED | Letter.MISSING | Letter.APPROVED:
            return "dim"
        case Letter.DRAFT:
            return ""
        case _:
            assert_never(letter)
