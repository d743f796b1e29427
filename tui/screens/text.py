"""Text for the screens: whatever it holds, no terminal obeys it and no markup is read in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from tui.report import shortened
from workflow import plain

Part = str | tuple[str, str]
NOTHING = Content("")


def line(*parts: Part) -> Content:
    """One line of plain parts and of parts with a style."""
    return Content.assemble(*map(_clean, parts))


def lines(rows: Iterable[Content]) -> Content:
    """Several lines, one below the other."""
    return Content("\n").join(rows)


def fitted(text: str, width: int) -> str:
    """The text in exactly so many columns of the terminal, its middle left out where it is too long."""
    return set_cell_size(shortened(plain(text), max(width, 1)), width)


def hanging(head: Part, said: Part, width: int) -> Content:
    """A head and what it says, wrapped so that nothing stands below the head."""
    start = line(head)
    rows = line(said).wrap(max(width - start.cell_length, 8))
    return Content("\n" + " " * start.cell_length).join([start + rows[0], *rows[1:]] if rows else [start])


def between(left: Sequence[Part], right: Sequence[Part], width: int) -> Content:
    """One part at each end of a line. The right end gives way, from its left, when both do not fit."""
    start, kept = line(" ", *left), list(right)
    while kept and start.cell_length + _length(kept) + 4 > width:
        kept.pop(0)
    gap = max(width - start.cell_length - _length(kept) - 1, 0)
    return Content.assemble(start, " " * gap, line(*kept))


def _length(parts: Sequence[Part]) -> int:
    return sum(cell_len(part if isinstance(part, str) else part[0]) for part in parts)


def _clean(part: Part) -> Part:
    return plain(part) if isinstance(part, str) else (plain(part[0]), part[1])
