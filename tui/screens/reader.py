"""The text of a document, page after page, drawn line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from inbox import Text, Unreadable, Why
from tui.language import _
from workflow import plain_lines

Document = Text | Unreadable | None


class Reader(ScrollView, can_focus=False):
    """Shows a document, why it cannot be shown, or that it is still being read (None)."""

    COMPONENT_CLASSES = {"reader--page"}

    def __init__(self) -> None:
        super().__init__(id="document")
        self._document: Document = None
        self._lines: list[tuple[str, bool]] = []

    def show(self, document: Document) -> None:
        """Show it from its start."""
        self._document = document
        self._wrap()
        self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Wrap the lines to the new width."""
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """A line of the text."""
        place, width = y + self.scroll_offset.y, self.size.width
        if place >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        text, is_page = self._lines[place]
        style = self.get_component_rich_style("reader--page") if is_page else self.rich_style
        return Strip([Segment(text, style)]).adjust_cell_length(width, self.rich_style)

    def _wrap(self) -> None:
        width = max(self.scrollable_content_region.width - 2, 10)
        self._lines = [(f" {text}", is_page) for text, is_page in _lines(self._document, width)]
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()


def _lines(document: Document, width: int) -> Iterator[tuple[str, bool]]:
    """Each line that fits the width, and whether it says which page begins."""
    match document:
        case None:
            yield _("reading…"), True
        case Unreadable(why):
            yield from ((text, False) for text in _folded(unreadable(why), width))
        case Text(pages=()):
            yield _("Nothing has arrived yet."), False
        case Text(total=total, pages=pages, numbers=numbers):
            for number, text in zip(numbers, pages, strict=True):
                heading = _("page {n}/{count}").format(n=number, count=total)
                yield f" {heading} ".center(width, "─"), True
                said = text.strip("\n") if text.strip() else _("No text on this page: a scan or a picture.")
                yield from ((one, False) for one in _folded(plain_lines(said), width))


def unreadable(why: Why) -> str:
    """Why there is no text to read."""
    match why:
        case Why.NO_READER:
            return _("The text of this kind of file cannot be shown here. The file itself is kept.")
        case Why.ENCRYPTED:
            return _("This file is locked with a password. Ask for one that is not, or send it back.")
        case Why.BROKEN:
            return _("This file is damaged and cannot be read.")
        case Why.TOO_MUCH:
            return _("This file needs more time or memory than is allowed to read it.")
        case _:
            assert_never(why)


def _folded(text: str, width: int) -> Iterator[str]:
    for one in text.expandtabs(4).split("\n"):
        if cell_len(one) <= width:
            yield one
        else:
            yield from (part.plain for part in Content(one).wrap(width))
