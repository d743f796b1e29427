"""A due date: the offices that owe the document, and how it stands with each."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from tui import due_dates
from tui.due_dates import DueDate
from tui.language import _
from tui.screens import dates, facts
from tui.screens.bars import Bar
from tui.screens.keys import DUE, bindings
from tui.screens.listing import Listing
from tui.screens.office import OfficeScreen
from tui.screens.review import ReviewScreen
from tui.screens.text import Part, line
from tui.screens.view import View
from tui.session import Session
from workflow import Obligation

# How long an office's name may be before it is called as people call it.
_ROOM = 44


class DueScreen(View):
    """All who owe one document on one day, those that are late first."""

    KEYS = DUE
    BINDINGS = bindings(DUE)
    AUTO_FOCUS = "#offices"

    def __init__(self, session: Session, due: DueDate) -> None:
        super().__init__(session)
        self._due = due
        self._obligations: dict[str, Obligation] = {}

    def body(self) -> ComposeResult:
        """The offices, below what the columns are."""
        yield Bar(id="headings")
        yield Listing(id="offices", flexible=1, headings=dates.office_headings())

    def reread(self) -> None:
        """Read them again. Whom an extension has given another day stays in the list: one came to look at them."""
        asked, names = self.session, {one.id for one in self._due.owed}
        owed = tuple(one for one in asked.obligations() if one.id in names or self._belongs(one))
        self._due = self._due._replace(owed=owed)
        self._obligations = {one.id: one for one in owed}
        self._listing.show(dates.office_rows(self._due, asked.today(), _ROOM))

    def place(self) -> list[Part]:
        """The way back."""
        return [_("Calendar"), " › ", (self._due.name, "bold"), f" · {due_dates.long_day(self._due.day)}"]

    def detail(self) -> Content:
        """The document of the office under the cursor, on one line."""
        if self.chosen is None:
            return line(" ", _("Nobody owes it on this day any more."))
        return facts.detail(self.chosen, self.session.today(), self.app.size.width)

    def refresh_bars(self) -> None:
        """Also what the columns are."""
        super().refresh_bars()
        self.query_one("#headings", Bar).show(self._listing.heading)

    @property
    def chosen(self) -> Obligation | None:
        """The document of the office under the cursor."""
        return self._obligations.get(self._listing.chosen or "")

    @property
    def _listing(self) -> Listing:
        return self.query_one(Listing)

    def _belongs(self, one: Obligation) -> bool:
        due = self._due
        is_same = (one.due, one.requirement.key, one.period) == (due.day, due.requirement.key, due.period)
        return is_same and one.is_owed

    @on(OptionList.OptionHighlighted)
    def _show_chosen(self) -> None:
        self.refresh_bars()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the office under the cursor, at this document."""
        if self.chosen:
            self.app.push_screen(OfficeScreen(self.session, self.chosen.office, self.chosen.id))

    def action_review(self) -> None:
        """Open the document of the office under the cursor."""
        if self.chosen:
            self.app.push_screen(ReviewScreen(self.session, self.chosen.id))
