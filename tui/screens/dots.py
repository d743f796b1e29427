"""A picture of grey dots, drawn in half blocks; where there are no colours or only ASCII, in signs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.screens.output import Ascii

_BLACK = 232  # the first of the 24 greys among 256 colours
_INK = "@%#*+=-:. "  # from black to white


class Dots(Widget):
    """Rows of letters, `a` black to `x` white; two of them in a line."""

    def __init__(self) -> None:
        super().__init__(id="dots")
        self._rows: tuple[str, ...] = ()

    def show(self, rows: tuple[str, ...]) -> None:
        """Show these."""
        self._rows = rows
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Two rows, neighbours that look the same in one piece."""
        pair = self._rows[2 * y : 2 * y + 2]
        if len(pair) < 2:
            return Strip.blank(self.size.width, self.rich_style)
        draw = _signs if self._is_without_blocks else _halves
        return Strip([*draw(*pair)]).adjust_cell_length(self.size.width, self.rich_style)

    @property
    def _is_without_blocks(self) -> bool:
        return self.app.no_color or any(isinstance(one, Ascii) for one in self.app.get_line_filters())


def _halves(upper: str, lower: str) -> Iterator[Segment]:
    for (above, below), run in groupby(zip(upper, lower, strict=True)):
        length = sum(1 for _one in run)
        yield Segment((" " if above == below else "▀") * length, _style(above, below))


def _signs(upper: str, lower: str) -> Iterator[Segment]:
    darkness = (ord(above) + ord(below) - 2 * ord("a") for above, below in zip(upper, lower, strict=True))
    yield Segment("".join(_INK[one * len(_INK) // 47] for one in darkness))


@lru_cache(24 * 24)
def _style(above: str, below: str) -> Style:
    ink, ground = (f"color({_BLACK + ord(one) - ord('a')})" for one in (above, below))
    return Style(color=None if above == below else ink, bgcolor=ground)
