"""An office: its documents; of the one under the cursor what happened, its versions and how it begins."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static

from inbox import Scan, Verdict
from tui import words
from tui.cells import Letter, cell, count
from tui.language import _
from tui.screens import bars, facts, repairs
from tui.screens.document import DocumentScreen
from tui.screens.dossier import versions
from tui.screens.front import Front
from tui.screens.keys import OFFICE, bindings
from tui.screens.listing import Listing, Row
from tui.screens.review import ReviewScreen
from tui.screens.story import story
from tui.screens.submission import Submission, last_seen, note_sight
from tui.screens.text import NOTHING, Part, line, lines
from tui.screens.view import View
from tui.session import Session
from workflow import FindingState, Obligation, ObligationId, Office

_PAUSE = 0.15  # seconds that the cursor rests before the first page is shown: moving on waits for none


class OfficeScreen(View):
    """The documents of one office on the left, a trail on the right, and below them the first page of a document."""

    KEYS = OFFICE
    PANEL = "#trail"
    BINDINGS = bindings(OFFICE)
    AUTO_FOCUS = "#documents"

    def __init__(self, session: Session, office: Office, chosen: ObligationId | None) -> None:
        super().__init__(session)
        self._office = office
        self._first = chosen
        self._obligations: dict[str, Obligation] = {}
        self._seen: dict[str, int] = {}
        self._counted: dict[tuple[ObligationId, int], int] = {}
        self._opening: Timer | None = None

    def body(self) -> ComposeResult:
        """Documents and trail, and the first page below."""
        with Vertical(id="body"):
            with Horizontal(id="upper"):
                yield Listing(id="documents", flexible=1)
                with VerticalScroll(id="trail", can_focus=False):
                    yield Static(NOTHING, id="story")
            with VerticalScroll(id="lower", can_focus=False):
                yield Front(self.session, is_headed=False)

    def reread(self) -> None:
        """Read the documents of the office."""
        asked = self.session
        found = asked.register.obligations(year=asked.year, office=self._office.code)
        self._obligations = {o.id: o for o in found}
        documents = self.query_one(Listing)
        documents.border_title = line(bars.tally(count(found, asked.today())))
        rows: dict[str, Row] = {o.id: _row(o, asked.today(), self._version(o), is_new=self._is_new(o)) for o in found}
        documents.show(rows, self._first)
        self._first = None
        self._show_trail()

    def place(self) -> list[Part]:
        """The way back."""
        return [_("Overview"), " › ", (self._office.name, "bold")]

    def detail(self) -> Content:
        """What happened last to the document under the cursor, and who acts next."""
        chosen = self.chosen
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
    def chosen(self) -> Obligation | None:
        """The document under the cursor."""
        return self._obligations.get(self.query_one(Listing).chosen or "")

    def _is_new(self, o: Obligation) -> bool:
        """Whether something has happened that this person had not seen before this view was opened."""
        seen = self._seen.get(o.id)
        before = last_seen(self.session, o) if seen is None else seen
        return o.seq > before and o.last_actor != self.session.actor.name

    def _version(self, o: Obligation) -> int:
        """How many versions were sent of it; counted again only when it has moved."""
        key = (o.id, o.seq)
        if key not in self._counted:
            self._counted[key] = len(self.session.versions(o.id)) if o.seq else 0
        return self._counted[key]

    @on(OptionList.OptionHighlighted)
    def _show_trail(self) -> None:
        chosen, pane = self.chosen, self.query_one("#trail", VerticalScroll)
        self.refresh_bars()
        if chosen is None:
            return
        pane.border_title = line(_("Trail of {document}").format(document=facts.name(chosen)))
        zone, width = self.session.workspace.zone, pane.scrollable_content_region.width
        self._seen.setdefault(chosen.id, last_seen(self.session, chosen))
        note_sight(self.session, chosen)
        shown = Submission.of(self.session, chosen, self._seen[chosen.id])
        told = story(shown.trail, zone, width, shown.star, shown.sightings)
        came = versions(shown, self.session.receipts.of(chosen.id), zone, width)
        self.query_one("#story", Static).update(lines([*repairs.listed(shown, zone, width), told, line(), *came]))
        pane.scroll_home(animate=False)
        if self._opening:
            self._opening.stop()
        self._opening = self.set_timer(_PAUSE, self._show_front)

    def _show_front(self) -> None:
        """How the document under the cursor begins."""
        chosen, pane = self.chosen, self.query_one("#lower", VerticalScroll)
        if chosen is None:
            return
        content, count = chosen.content, self._version(chosen)
        version = _("version {n}").format(n=count) if count else _("nothing has arrived yet")
        pane.border_title = line(f"{facts.name(chosen)} · {version}")
        scan = self.session.arrivals.scan(content) if content else Scan(Verdict.NOT_SCANNED)
        self.query_one(Front).open(content, scan)
        pane.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def action_read(self) -> None:
        """Read the document under the cursor."""
        if self.chosen:
            self.app.push_screen(DocumentScreen(self.session, self.chosen.id))

    def action_review(self) -> None:
        """Review the document under the cursor."""
        if self.chosen:
            self.app.push_screen(ReviewScreen(self.session, self.chosen.id))

    def action_sibling(self, step: int) -> None:
        """To the office before or after, coming round."""
        offices = self.session.register.offices()
        place = next(i for i, office in enumerate(offices) if office.code == self._office.code)
        chosen = self.chosen
        self._office = offices[(place + step) % len(offices)]
        if chosen:
            self._first = ObligationId(chosen.id.replace(chosen.office.code, self._office.code, 1))
        self.is_old = True
        self.freshen()


def _row(o: Obligation, today: date, version: int, *, is_new: bool) -> Row:
    code = cell(o, today)
    name = f"* {facts.name(o)}" if is_new else facts.name(o)
    found = sum(one is FindingState.OPEN for one in o.findings)
    return [
        o.requirement.short,
        name,
        (str(code), style(code.letter)),
        words.short_day(o.due) if o.due else "",
        _("v{n}").format(n=version) if version else "-",
        (f"! {found}" if found else "", "bold"),
        o.holder or o.reviewer or (o.unit, "dim"),
    ]


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
