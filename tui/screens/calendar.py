"""The calendar: what is due when, and how much of it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from tui import days_off, due_dates
from tui.cycling import after
from tui.due_dates import DueDate, Month, Selection
from tui.screens import dates, views
from tui.screens.bars import Bar
from tui.screens.due import DueScreen
from tui.screens.keys import CALENDAR, bindings
from tui.screens.listing import Listing
from tui.screens.text import NOTHING, Part, line
from tui.screens.view import View
from tui.session import Session
from workflow import DayOff


class CalendarScreen(View):
    """The dates of the year that is shown, what is open and what is to come first; the months beside them."""

    KEYS = CALENDAR
    BINDINGS = bindings(CALENDAR)
    SHOWS_VIEWS = True
    AUTO_FOCUS = "#dates"

    @dataclass
    class Off(Message):
        """Which days off moved a due date."""

        date: str
        days: tuple[DayOff, ...]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._dates: Sequence[DueDate] = ()
        self._shown: dict[str, DueDate] = {}
        self._counted = dict.fromkeys(Selection, 0)
        self._months: Sequence[Month] = ()
        self._selection, self._group = Selection.COMING, ""
        self._off: dict[str, tuple[DayOff, ...]] = {}
        self._is_looking = False  # a held key asks for one date at a time, and then for the one that it has come to
        self._year = session.year
        self._is_first = True

    def body(self) -> ComposeResult:
        """The selections, the dates, and their panel."""
        yield Bar(id="queues")
        yield Bar(id="headings")
        with Horizontal(id="body"):
            yield Listing(id="dates", flexible=3, headings=dates.headings())
            yield Static(NOTHING, id="empty")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(NOTHING, id="known")

    def reread(self) -> None:
        """Read what is owed; the cursor stays on its date, and begins at today."""
        asked = self.session
        self._dates = due_dates.due_dates(asked.obligations())
        if self._year != asked.year:
            self._year, self._group, self._is_first = asked.year, "", True
        self._show()

    def place(self) -> list[Part]:
        """The views, and how much waits in each."""
        return self.tabs(views.CALENDAR)

    def detail(self) -> Content:
        """The date under the cursor, on one line."""
        return dates.detail(self._chosen, self.session.today()) if self._chosen else NOTHING

    def refresh_bars(self) -> None:
        """Also the selections, and what the columns are."""
        super().refresh_bars()
        self.query_one("#queues", Bar).show(dates.selections(self._counted, self._selection, self._group))
        self.query_one("#headings", Bar).show(self._listing.heading)

    def fit(self) -> None:
        """The panel stands only beside a wide list."""
        self._show_known()

    @property
    def _listing(self) -> Listing:
        return self.query_one(Listing)

    @property
    def _chosen(self) -> DueDate | None:
        return self._shown.get(self._listing.chosen or "")

    def _narrowed(self, selection: Selection) -> list[DueDate]:
        asked = self.session
        return due_dates.narrowed(self._dates, selection, self._group, asked.actor, asked.today())

    def _show(self) -> None:
        # Counted once for each reading, not for each key: there may be tens of thousands.
        today, narrowed = self.session.today(), {one: self._narrowed(one) for one in Selection}
        those = narrowed[self._selection]
        self._shown, self._months = {due.id: due for due in those}, due_dates.months(those)
        self._counted = {one: len(found) for one, found in narrowed.items()}
        first = due_dates.today_in(those, today) if self._is_first else None
        self._is_first = self._is_first and not those
        self._listing.show(dates.rows(those, today), first and first.id)
        told = dates.emptiness(len(self._dates), self.session.year, is_past=self.session.at is not None)
        self.query_one("#empty", Static).update(line((told, "dim")))
        self.set_class(not those, "-empty")
        self._show_known()

    @on(OptionList.OptionHighlighted)
    def _show_known(self) -> None:
        self.refresh_bars()
        if not self.has_class("-wide"):
            return
        pane, due = self.query_one("#side", VerticalScroll), self._chosen
        off = self._off.get(due.id, ()) if due else ()
        if due and due.id not in self._off and due.requirement.due.working_days and not self._is_looking:
            self._is_looking = True
            self._look_up(due)
        width = pane.scrollable_content_region.width
        self.query_one("#known", Static).update(dates.panel(self._months, due, off, self.session.today(), width))

    @work(thread=True)
    def _look_up(self, due: DueDate) -> None:
        ruled = next((one for one in due.owed if not one.is_extended), due.owed[0])
        self.post_message(self.Off(due.id, days_off.of(ruled, self.session.workspace)))

    @on(Off)
    def _tell_off(self, known: Off) -> None:
        self._off[known.date], self._is_looking = known.days, False
        if self._is_ready:
            self._show_known()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """List the offices that owe what is under the cursor."""
        if self._chosen:
            self.app.push_screen(DueScreen(self.session, self._chosen))

    def action_cycle(self) -> None:
        """Show another selection of dates."""
        self._selection = self._selection.next()
        self._show()

    def action_group(self) -> None:
        """Only the next programme or reviewing unit; after the last, all again."""
        self._group = after(["", *due_dates.groups(self._dates)], self._group)
        self._show()

    def action_seek(self, step: int) -> None:
        """To the next date with something open, or the one before."""
        self._go_to(due_dates.following([*self._shown.values()], self._listing.chosen, step))

    def action_today(self) -> None:
        """To what is due today or next."""
        self._go_to(due_dates.today_in([*self._shown.values()], self.session.today()))

    def _go_to(self, due: DueDate | None) -> None:
        if due:
            self._listing.highlighted = [*self._shown].index(due.id)

    def action_back(self) -> None:
        """Show all that is open and to come again; then back to the overview."""
        if (self._selection, self._group) == (Selection.COMING, ""):
            self.action_close()
        else:
            self._selection, self._group = Selection.COMING, ""
            self._show()
