"""The overview as data: offices by documents, and which of them are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple, assert_never

from tui.cells import Column, Count, columns, count
from tui.language import _
from workflow import Obligation, Office


class Selection(Enum):
    """Which offices the overview shows."""

    ALL = auto()
    OURS = auto()
    LATE = auto()

    def next(self) -> Selection:
        """The one after it, coming round."""
        members = list(Selection)
        return members[(members.index(self) + 1) % len(members)]

    def __str__(self) -> str:
        match self:
            case Selection.ALL:
                return _("all")
            case Selection.OURS:
                return _("our turn")
            case Selection.LATE:
                return _("late")
            case _:
                assert_never(self)


class Row(NamedTuple):
    """An office, how it stands, and its obligation in each column."""

    office: Office
    tally: Count
    cells: tuple[Obligation | None, ...]


class Grid(NamedTuple):
    """The columns and the rows, in the order of the catalogue."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def narrowed(self, selection: Selection, text: str) -> Grid:
        """Only the offices of a selection that have this text in their name or code."""
        wanted = text.casefold().strip()
        return self._replace(
            rows=tuple(
                row for row in self.rows if _is_selected(row.tally, selection) and _is_named(row.office, wanted)
            )
        )


def grid(obligations: Sequence[Obligation], today: date) -> Grid:
    """Arrange the obligations of a year."""
    across = tuple(columns(obligations))
    offices: dict[Office, dict[Column, Obligation]] = {}
    for one in obligations:
        offices.setdefault(one.office, {})[Column.of(one)] = one
    rows = (
        Row(office, count(theirs.values(), today), tuple(map(theirs.get, across)))
        for office, theirs in offices.items()
    )
    return Grid(across, tuple(rows))


def _is_selected(counted: Count, selection: Selection) -> bool:
    match selection:
        case Selection.ALL:
            return True
        case Selection.OURS:
            return counted.ours > 0
        case Selection.LATE:
            return counted.late > 0
        case _:
            assert_never(selection)


def _is_named(office: Office, wanted: str) -> bool:
    return wanted in office.name.casefold() or wanted in office.code
