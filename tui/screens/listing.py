"""A list with columns, whose cursor follows the thing under it, not its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.screens.keys import LIST, bindings
from tui.screens.text import Part, fitted, line

Row = Sequence[Part]
_ENOUGH = 22


class Listing(OptionList, inherit_bindings=False):
    """Rows by their ids. One column takes what room is left; `headings` name the columns in a line of their own."""

    BINDINGS = bindings(LIST)

    def __init__(self, *, id: str, flexible: int, headings: Row = ()) -> None:  # noqa: A002  # Textual's own word
        super().__init__(id=id, markup=False, compact=True)
        self._flexible = flexible
        self._headings = headings
        self._rows: Mapping[str, Row] = {}
        self._shown: Mapping[str, Content] = {}

    @property
    def chosen(self) -> str | None:
        """The id under the cursor."""
        return self.highlighted_option.id if self.highlighted_option else None

    def show(self, rows: Mapping[str, Row], chosen: str | None = None) -> None:
        """Show these rows, the cursor on `chosen`, or else on what it was on, or else on what stands there now."""
        wanted, place, top = chosen or self.chosen, self.highlighted or 0, self.scroll_offset.y
        is_same, self._rows = [*rows] == [*self._rows], rows
        ids = list(rows)
        if is_same:
            self._redraw()
        else:
            self._shown = self._drawn()
            self.set_options(Option(content, name) for name, content in self._shown.items())
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
        if ids:
            self.highlighted = ids.index(wanted) if wanted in ids else min(place, len(ids) - 1)

    @property
    def heading(self) -> Content:
        """The names of the columns, as wide as those are."""
        return _draw([(_text(part), "dim") for part in self._headings], self._widths())

    def on_resize(self) -> None:
        """Give the flexible column the new room."""
        self._redraw()

    def _redraw(self) -> None:
        """Only the rows that say something else."""
        before, self._shown = self._shown, self._drawn()
        for id_, content in self._shown.items():
            if not content.is_same(before[id_]):
                self.replace_option_prompt(id_, content)

    def _drawn(self) -> dict[str, Content]:
        widths = self._widths()
        return {id_: _draw(row, widths) for id_, row in self._rows.items()}

    def _widths(self) -> list[int]:
        rows = [*([self._headings] if self._headings else []), *self._rows.values()]
        widths = [max(cell_len(_text(part)) for part in column) for column in zip(*rows, strict=True)]
        if widths:
            self._fit(widths)
        return widths

    def _fit(self, widths: list[int]) -> None:
        """Give the flexible column the rest of the room; the last ones give way when that is too little."""
        # Before the first picture it has no width yet; most lists are as wide as the terminal.
        room = (self.scrollable_content_region.width or self.app.size.width) - 1
        while room - _taken(widths, self._flexible) < _ENOUGH and len(widths) > self._flexible + 2:
            widths.pop()
        widths[self._flexible] = max(room - _taken(widths, self._flexible), 8)


def _taken(widths: Sequence[int], flexible: int) -> int:
    """What the other columns need, with the blank before each of all."""
    return sum(widths) - widths[flexible] + len(widths)


def _draw(row: Row, widths: Sequence[int]) -> Content:
    parts: list[Part] = []
    for part, width in zip(row, widths, strict=False):
        style = "" if isinstance(part, str) else part[1]
        parts += [" ", (fitted(_text(part), width), style)]
    return line(*parts, " ")


def _text(part: Part) -> str:
    return part if isinstance(part, str) else part[0]
