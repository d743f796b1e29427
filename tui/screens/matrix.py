"""Offices by documents, drawn line by line: the cursor follows the office and the document, not their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.cells import Cell, Column, Letter, cell
from tui.report import office_name
from tui.screens.grid import Grid, Row
from tui.screens.keys import MATRIX, bindings
from tui.screens.text import fitted
from workflow import Obligation, ObligationId

HEADINGS = 2
MARK = "*"
_WIDE = 88
_NAME = 8
_NAME_BESIDE = 20

_LOOKS = {
    Letter.NOT_OWED: "quiet",
    Letter.MISSING: "quiet",
    Letter.DRAFT: "theirs",
    Letter.SUBMITTED: "ours",
    Letter.REVIEWED: "ours",
    Letter.RETURNED: "returned",
    Letter.APPROVED: "quiet",
}


class Run(NamedTuple):
    """A piece of a line in one look. Neighbours of the same look leave for the terminal as one."""

    text: str
    look: str = "plain"


class Matrix(ScrollView, can_focus=True):
    """The overview. Posts `Moved` whenever something else comes under the cursor."""

    LOOKS = "plain heading here quiet theirs ours returned late ours-late returned-late cursor".split()
    COMPONENT_CLASSES = {f"matrix--{look}" for look in LOOKS}
    BINDINGS = bindings(MATRIX)

    class Moved(Message):
        """Something else is under the cursor."""

    def __init__(self, today: date) -> None:
        super().__init__(id="matrix")
        self._today = today
        self._grid = Grid((), ())
        self._row = 0
        self._column = 0
        self._left = 0
        self._marked: frozenset[ObligationId] = frozenset()

    @property
    def row(self) -> Row | None:
        """The office under the cursor."""
        return self._grid.rows[self._row] if self._grid.rows else None

    @property
    def obligation(self) -> Obligation | None:
        """The obligation under the cursor."""
        return self.row.cells[self._column] if self.row else None

    @property
    def position(self) -> int:
        """Which of the rows that is, counted from 1."""
        return self._row + 1 if self._grid.rows else 0

    def show(self, grid: Grid, today: date) -> None:
        """Draw other data, with the cursor on the same office and document if they are still there."""
        office = self.row.office if self.row else None
        column = self._grid.columns[self._column] if self._grid.columns else None
        self._grid, self._today = grid, today
        self._row = next((i for i, row in enumerate(grid.rows) if row.office == office), self._row)
        self._column = _place(grid.columns, column)
        # Its width never changes: a new virtual size is a new layout, and that draws everything twice.
        self.virtual_size = Size(1, len(grid.rows) + HEADINGS)
        self._go(self._row, self._column)
        self.refresh()

    def mark(self, those: Collection[Obligation]) -> None:
        """Show which obligations are marked."""
        marked = frozenset(one.id for one in those)
        changed, self._marked = marked ^ self._marked, marked
        rows = {
            place
            for place, row in enumerate(self._grid.rows if changed else ())
            if any(one and one.id in changed for one in row.cells)
        }
        self._draw_again({row - self.scroll_offset.y for row in rows}, heading=False)

    def go_to(self, obligation: Obligation) -> None:
        """Put the cursor on an obligation, if it is shown."""
        column = Column.of(obligation)
        for i, row in enumerate(self._grid.rows):
            if row.office == obligation.office:
                self._go(i, _place(self._grid.columns, column))

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._go(self._row, self._column)

    def action_up(self) -> None:
        """One row up."""
        self._go(self._row - 1, self._column)

    def action_down(self) -> None:
        """One row down."""
        self._go(self._row + 1, self._column)

    def action_left(self) -> None:
        """One document to the left."""
        self._go(self._row, self._column - 1)

    def action_right(self) -> None:
        """One document to the right."""
        self._go(self._row, self._column + 1)

    def action_page_up(self) -> None:
        """One page up."""
        self._go(self._row - self._page, self._column)

    def action_page_down(self) -> None:
        """One page down."""
        self._go(self._row + self._page, self._column)

    def action_row_start(self) -> None:
        """To the first document."""
        self._go(self._row, 0)

    def action_row_end(self) -> None:
        """To the last document."""
        self._go(self._row, len(self._grid.columns))

    def action_top(self) -> None:
        """To the first row."""
        self._go(0, self._column)

    def action_bottom(self) -> None:
        """To the last row."""
        self._go(len(self._grid.rows), self._column)

    def render_line(self, y: int) -> Strip:
        """A line of the widget: two of headings, the rest offices."""
        if not self._grid.rows:
            return Strip.blank(self.size.width, self._look("plain"))
        if y < HEADINGS:
            return self._strip(self._heading(y))
        place = y - HEADINGS + self.scroll_offset.y
        if place >= len(self._grid.rows):
            return Strip.blank(self.size.width, self._look("plain"))
        return self._strip(self._office(place, self._grid.rows[place]))

    @property
    def _page(self) -> int:
        return max(self.size.height - HEADINGS, 1)

    @property
    def _cell_width(self) -> int:
        return 3 if self.size.width >= _WIDE else 2

    @property
    def _name_width(self) -> int:
        longest = max((len(row.office.name) for row in self._grid.rows), default=0)
        room = self.size.width - len(self._grid.columns) * self._cell_width - 8
        # Where not all documents fit, they move below the cursor, and the offices can be read.
        return min(longest, room if room >= _NAME else _NAME_BESIDE)

    @property
    def _shown(self) -> slice:
        """The columns that there is room for, from the leftmost on."""
        return slice(self._left, self._left + max((self.size.width - self._name_width - 8) // self._cell_width, 1))

    def _go(self, row: int, column: int) -> None:
        was = self._row, self._column
        self._row = max(min(row, len(self._grid.rows) - 1), 0)
        self._column = max(min(column, len(self._grid.columns) - 1), 0)
        top, left = self.scroll_offset.y, self._left
        room = self._shown.stop - self._shown.start
        self._left = max(min(self._left, self._column, len(self._grid.columns) - room), self._column - room + 1, 0)
        if left != self._left:
            self.refresh()
        self._draw_again({was[0] - top, self._row - top}, heading=was[1] != self._column)
        self._keep_in_view(top)
        self.post_message(self.Moved())

    def _draw_again(self, rows: set[int], *, heading: bool) -> None:
        for y in {*(row + HEADINGS for row in rows), *(range(HEADINGS) if heading else ())}:
            if 0 <= y < self.size.height:
                self.refresh(self.size.region._replace(y=y, height=1))

    def _keep_in_view(self, top: int) -> None:
        y = max(min(top, self._row), self._row - self._page + 1)
        if y != top and self.size.height:
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def _heading(self, y: int) -> Iterable[Run]:
        yield Run(" " * (self._name_width + 8), "heading")
        for i, column in list(enumerate(self._grid.columns))[self._shown]:
            yield Run(column.heading[y], "here" if i == self._column else "heading")
            yield Run(" " * (self._cell_width - 1), "heading")

    def _office(self, place: int, row: Row) -> Iterable[Run]:
        is_here = place == self._row
        name, width = fitted(office_name(row.office, self._name_width), self._name_width), self._cell_width
        yield Run(f"{'>' if is_here else ' '} {name}{row.tally.percent:4}% ", "here" if is_here else "plain")
        for i, one in list(enumerate(row.cells))[self._shown]:
            is_marked = one is not None and one.id in self._marked
            yield from _runs(one, self._today, width, is_cursor=is_here and i == self._column, is_marked=is_marked)

    def _strip(self, runs: Iterable[Run]) -> Strip:
        segments = [
            Segment("".join(run.text for run in same), self._look(look))
            for look, same in groupby(runs, key=lambda run: run.look)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self._look("plain"))

    def _look(self, look: str) -> Style:
        return self.get_component_rich_style(f"matrix--{look}")


def _runs(one: Obligation | None, today: date, width: int, *, is_cursor: bool, is_marked: bool) -> Iterable[Run]:
    code = cell(one, today) if one else None
    text = str(code) if code else "  "
    if is_marked:
        text = text[0] + MARK  # that it is late still shows in its look
    if is_cursor:
        yield Run(text, "cursor")
    elif code is None or code.is_late:
        yield Run(text, _late_look(code) if code else "quiet")
    else:
        yield Run(text[0], _LOOKS[code.letter])
        yield Run(text[1:], "here" if is_marked else "quiet")
    yield Run(" " * (width - 2), "quiet")


def _late_look(code: Cell) -> str:
    look = _LOOKS[code.letter]
    return f"{look}-late" if look in ("ours", "returned") else "late"


def _place(columns: tuple[Column, ...], column: Column | None) -> int:
    return columns.index(column) if column in columns else 0
