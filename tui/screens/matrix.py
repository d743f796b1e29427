"""Offices by documents, drawn line by line: the cursor follows the office and the document, not their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.cells import Column, Count
from tui.grid import Grid, Row
from tui.screens import runs
from tui.screens.keys import MATRIX, bindings
from tui.screens.runs import AROUND, Room, Run
from workflow import Obligation, ObligationId

HEADINGS = 2
_WIDE = 88
_NAME = 8
_NAME_BESIDE = 20
_SPACED = 3  # the width of a cell with a gap beside it


class _Spot(NamedTuple):
    office: str
    column: Column


class Matrix(ScrollView, can_focus=True):
    """The overview. Posts `Moved` whenever something else comes under the cursor."""

    LOOKS = "plain heading here quiet theirs ours returned missing-late late ours-late returned-late cursor".split()
    COMPONENT_CLASSES = {f"matrix--{look}" for look in LOOKS}
    BINDINGS = bindings(MATRIX)

    class Moved(Message):
        """Something else is under the cursor."""

    def __init__(self) -> None:
        super().__init__(id="matrix")
        self._grid = Grid((), ())
        self._totals: tuple[Count, ...] = ()
        self._longest = 0
        self._row = 0
        self._column = 0
        self._home: _Spot | None = None  # where the person has put the cursor
        self._left = 0
        self._marked: frozenset[ObligationId] = frozenset()

    @property
    def row(self) -> Row | None:
        """The office under the cursor."""
        return self._grid.rows[self._row] if self._grid.rows else None

    @property
    def obligation(self) -> Obligation | None:
        """The obligation under the cursor."""
        return self.row.cells[self._column] if self.row and self._grid.columns else None

    @property
    def position(self) -> int:
        """Which of the rows that is, counted from 1."""
        return self._row + 1 if self._grid.rows else 0

    @property
    def column(self) -> Count | None:
        """How the document under the cursor stands in all the offices that are shown."""
        return self._totals[self._column] if self._totals else None

    def show(self, grid: Grid) -> None:
        """Draw other data, with the cursor on the same office and document, and on its line, if they are there."""
        line, wanted = self._row - self.scroll_offset.y, [one for one in (self._home, self._here) if one]
        self._grid, self._totals = grid, grid.totals()
        self._longest = max((len(row.office.name) for row in grid.rows), default=0)
        offices = {row.office.code: place for place, row in enumerate(grid.rows)}
        row = next((offices[one.office] for one in wanted if one.office in offices), self._row)
        column = next((one.column for one in wanted if one.column in grid.columns), None)
        # Its width never changes: a new virtual size is a new layout, and that draws everything twice.
        self.virtual_size = Size(1, HEADINGS + len(grid.rows) + 1)
        self._scroll_until(row - line)
        self._stand(row, _place(grid.columns, column))
        self._home = self._home or self._here
        self.refresh()

    def show_first(self) -> None:
        """Scroll as far up as the cursor lets it: in another order, the first rows are what is looked for."""
        self._scroll_until(max(self._row - self._page + 1, 0))

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
        self._stand(self._row, self._column)

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
        """A line of the widget: two of headings, offices, and where there is room how each document stands in all."""
        if not self._grid.rows:
            return Strip.blank(self.size.width, self._look("plain"))
        if y < HEADINGS:
            return self._strip(runs.heading(self._grid.columns, y, self._column, self._room))
        place = y - HEADINGS + self.scroll_offset.y
        below = min(HEADINGS + len(self._grid.rows) - self.scroll_offset.y, self.size.height - 1)
        if self._has_totals and y == below:
            return self._strip([runs.summed(self._totals, self._room)])
        if place >= len(self._grid.rows):
            return Strip.blank(self.size.width, self._look("plain"))
        here = self._column if place == self._row else None
        return self._strip(runs.office(self._grid.rows[place], here, self._marked, self._room))

    @property
    def _here(self) -> _Spot | None:
        is_there = self.row and self._grid.columns
        return _Spot(self.row.office.code, self._grid.columns[self._column]) if self.row and is_there else None

    @property
    def _page(self) -> int:
        return max(self.size.height - HEADINGS - self._has_totals, 1)

    @property
    def _cell_width(self) -> int:
        return _SPACED if self.size.width >= _WIDE else 2

    @property
    def _has_totals(self) -> bool:
        return self._cell_width == _SPACED

    @property
    def _room(self) -> Room:
        """How much a line has room for."""
        around, cell = self.size.width - AROUND, self._cell_width
        name = around - len(self._grid.columns) * cell
        # Where not all documents fit, they move below the cursor, and the offices can be read.
        name = min(self._longest, name if name >= _NAME else _NAME_BESIDE)
        return Room(name, cell, slice(self._left, self._left + max((around - name) // cell, 1)))

    def _go(self, row: int, column: int) -> None:
        """To where the person wants it: it comes back there whenever that is shown."""
        self._stand(row, column)
        self._home = self._here or self._home

    def _stand(self, row: int, column: int) -> None:
        was = self._row, self._column
        self._row = max(min(row, len(self._grid.rows) - 1), 0)
        self._column = max(min(column, len(self._grid.columns) - 1), 0)
        top, left = self.scroll_offset.y, self._left
        room = self._room.columns.stop - self._room.columns.start
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
        self._scroll_until(max(min(top, self._row), self._row - self._page + 1))

    def _scroll_until(self, y: int) -> None:
        if y != self.scroll_offset.y and self.size.height:
            self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def _strip(self, those: Iterable[Run]) -> Strip:
        segments = [
            Segment("".join(run.text for run in same), self._look(look))
            for look, same in groupby(those, key=lambda run: run.look)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self._look("plain"))

    def _look(self, look: str) -> Style:
        return self.get_component_rich_style(f"matrix--{look}")


def _place(columns: tuple[Column, ...], column: Column | None) -> int:
    return columns.index(column) if column in columns else 0
