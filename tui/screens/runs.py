"""The lines of the matrix in pieces, each with its look: by letter and case, then by attribute, then by colour."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tui.cells import Cell, Column, Count, Letter
from tui.grid import Row
from tui.language import _
from tui.report import office_name
from tui.screens.text import fitted
from workflow import ObligationId

MARK = "*"
AROUND = 8  # what stands in a line of an office besides its name and its cells

_LOOKS = {
    Letter.NOT_OWED: "quiet",
    Letter.MISSING: "quiet",
    Letter.DRAFT: "theirs",
    Letter.SUBMITTED: "ours",
    Letter.REVIEWED: "ours",
    Letter.RETURNED: "returned",
    Letter.APPROVED: "quiet",
}
# Nothing can be decided on what is missing: at the end of a year a wall of them must not drown what is there.
_LATE_LOOKS = {Letter.MISSING: "missing-late", Letter.DRAFT: "late", Letter.RETURNED: "returned-late"}


class Run(NamedTuple):
    """A piece of a line in one look. Neighbours of the same look leave for the terminal as one."""

    text: str
    look: str = "plain"


class Room(NamedTuple):
    """How wide a name and a cell are, and which columns there is room for."""

    name: int
    cell: int
    columns: slice


def heading(columns: Sequence[Column], line: int, here: int, room: Room) -> Iterator[Run]:
    """One of the two lines above the offices; `here` is the column under the cursor."""
    yield Run(" " * (room.name + AROUND), "heading")
    for place, column in list(enumerate(columns))[room.columns]:
        yield Run(column.heading[line], "here" if place == here else "heading")
        yield Run(" " * (room.cell - 1), "heading")


def office(row: Row, here: int | None, marked: Collection[ObligationId], room: Room) -> Iterator[Run]:
    """The line of an office; `here` is the column under the cursor, where that is in this line."""
    name = fitted(office_name(row.office, room.name), room.name)
    is_here = here is not None
    yield Run(f"{'>' if is_here else ' '} {name}{row.tally.percent:4}% ", "here" if is_here else "plain")
    for place, (one, code) in list(enumerate(zip(row.cells, row.codes, strict=True)))[room.columns]:
        is_marked = one is not None and one.id in marked
        yield from cell(code, room.cell, is_cursor=place == here, is_marked=is_marked)


def summed(totals: Sequence[Count], room: Room) -> Run:
    """The per cents of each document; one letter where all are approved, as two figures is all that there is."""
    whole = Count(*map(sum, zip(*totals, strict=True))).percent
    told = "".join(f"{_percent(count)} " for count in totals[room.columns])
    name = fitted(_("all of these"), room.name)
    return Run(f"  {name}{whole:4}% {told}", "heading")


def _percent(count: Count) -> str:
    if not count.owed:
        return "  "
    return f"{count.percent:2}" if count.percent < 100 else f" {Letter.APPROVED}"


def cell(code: Cell | None, width: int, *, is_cursor: bool, is_marked: bool) -> Iterator[Run]:
    """A cell of so many columns. That it is late shows in its look, whatever stands beside its letter."""
    text = str(code) if code else "  "
    gap = " " * (width - len(text))
    if is_marked:
        text = text[0] + MARK
    if is_cursor:
        yield Run(text, "cursor")
    elif code is None:
        yield Run(text, "quiet")
    elif code.is_late:
        look = _LATE_LOOKS.get(code.letter, "ours-late")
        yield Run(text, look)
        if look == "missing-late":
            yield Run(gap, look)  # a wall of them leaves for the terminal as one
            return
    else:
        yield Run(text[0], _LOOKS[code.letter])
        yield Run(text[1:], "here" if is_marked or code.sign else "quiet")
    yield Run(gap, "quiet")
