"""The text of a document, page after page, drawn line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import assert_never

from rich.cells import cell_len
from rich.segment import Segment
from textual import on, work
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from inbox import Fact, Text, Unreadable, Why
from tui import precheck
from tui.language import _
from tui.screens.text import line
from tui.session import Session
from workflow import Digest, Obligation, ObligationId, plain_lines

Document = Text | Unreadable | None


class Reader(ScrollView, can_focus=False):
    """Shows a document, why it cannot be shown, or that it is still being read."""

    COMPONENT_CLASSES = {"reader--page"}

    @dataclass
    class Known(Message):
        """What was asked for has been read, or given up, and its facts are known, or not yet (None)."""

        asked: tuple[ObligationId, Digest | None]
        document: Text | Unreadable
        facts: tuple[Fact, ...] | None

    def __init__(self, session: Session) -> None:
        super().__init__(id="document")
        self._session = session
        self._asked: tuple[ObligationId, Digest | None] | None = None
        self._name = ""
        self.document: Document = None
        self.facts: tuple[Fact, ...] | None = None
        self._lines: list[tuple[str, bool]] = []
        self._starts: list[tuple[int, int]] = []

    def open(self, o: Obligation, name: str) -> None:
        """Read what stands there, and show it as soon as that is done."""
        self._asked, self._name, self.facts = (o.id, o.content), name, None
        self.border_subtitle = ""
        self._show(None if o.content else Text(0, (), ()))
        if o.content:
            self._read(self._asked, self._session.reading(o.content), self._session.precheck(o, o.content))
        else:
            self.facts = ()

    @property
    def is_reading(self) -> bool:
        """Whether what is true of the document is not known yet."""
        return self.facts is None

    @property
    def page(self) -> int:
        """The page that is read: as far down the window as one has come in the document. 0 where none is known."""
        share = self.scroll_offset.y / self.max_scroll_y if self.max_scroll_y else 0.0
        read = self.scroll_offset.y + share * (self.size.height - 1)
        return next((number for place, number in reversed(self._starts) if place <= read), 0)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say which page it is by now."""
        super().watch_scroll_y(old_value, new_value)
        self._head()

    def on_resize(self) -> None:
        """Wrap the lines to the new width."""
        self._wrap()
        self._head()

    def render_line(self, y: int) -> Strip:
        """A line of the text."""
        place, width = y + self.scroll_offset.y, self.size.width
        if place >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        text, is_page = self._lines[place]
        style = self.get_component_rich_style("reader--page") if is_page else self.rich_style
        return Strip([Segment(text, style)]).adjust_cell_length(width, self.rich_style)

    @work(thread=True, exclusive=True, group="reading")
    def _read(
        self,
        asked: tuple[ObligationId, Digest | None],
        read: Callable[[], Text | Unreadable],
        look_at: Callable[[Text | Unreadable], tuple[Fact, ...]],
    ) -> None:
        document = read()
        self.post_message(self.Known(asked, document, None))
        self.post_message(self.Known(asked, document, look_at(document)))

    @on(Known)
    def _take(self, known: Known) -> None:
        if known.asked != self._asked:
            known.stop()
            return
        if self.document is None:
            self._show(known.document)
        self.facts = known.facts
        self.border_subtitle = line(precheck.warnings(known.facts or ()))

    def _show(self, document: Document) -> None:
        self.document = document
        self._wrap()
        self.scroll_home(animate=False)
        self._head()

    def _wrap(self) -> None:
        width = max(self.scrollable_content_region.width - 2, 10)
        self._lines = [(f" {text}", is_page) for text, is_page in _lines(self.document, width)]
        numbers = self.document.numbers if isinstance(self.document, Text) else ()
        headings = (place for place, (_text, is_page) in enumerate(self._lines) if is_page)
        self._starts = list(zip(headings, numbers, strict=False))
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    def _head(self) -> None:
        page = _("p. {numbers}").format(numbers=self.page) if self.page else ""
        head = line(" · ".join(filter(None, (self._name, page))))
        if str(self.border_title) != head.plain:
            self.border_title = head


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
