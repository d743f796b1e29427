"""A document, drawn line by line: its text page after page, or what has changed since the version before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import on, work
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from inbox import Fact, Picture, Text, Unreadable
from tui import precheck
from tui.difference import compared
from tui.language import _
from tui.screens import rows
from tui.screens.rows import Changes, Document, Kind, Places, Row, Showing
from tui.screens.text import line
from tui.session import Session
from workflow import Digest, Obligation, ObligationId

_LOOKS = {Kind.PAGE: "page", Kind.PICTURE: "picture", Kind.GONE: "gone", Kind.NEW: "new"}
Asked = tuple[ObligationId, Digest | None]


class Reader(ScrollView, can_focus=False):
    """Shows a document, why it cannot be shown, or that it is still being read."""

    COMPONENT_CLASSES = {f"reader--{name}" for name in (*_LOOKS.values(), "changed", "hit", "here")}

    @dataclass
    class Known(Message):
        """What was asked for has been read, or given up, and its facts are known, or not yet (None)."""

        asked: Asked
        document: Text | Unreadable
        facts: tuple[Fact, ...] | None

    @dataclass
    class Compared(Message):
        """What has changed since the version before; or that has no text."""

        asked: Asked
        changes: Changes

    def __init__(self, session: Session) -> None:
        super().__init__(id="document")
        self._session = session
        self._asked: Asked | None = None
        self._called = ""
        self._page = 0
        self._versions: Sequence[Digest] = ()
        self._changes: Changes = None
        self._rows: list[Row] = []
        self._starts: list[tuple[int, int]] = []
        self._hits: dict[int, Places] = {}
        self._here: int | None = None
        self.document: Document = None
        self.facts: tuple[Fact, ...] | None = None
        self.showing = Showing.TEXT
        self.found = ""

    def open(
        self, o: Obligation, name: str, content: Digest | None = None, *, page: int = 0, found: str = ""
    ) -> None:
        """Read what stands there, or another content that was sent for it, and show it as soon as that is done.

        It is shown from `page` on, or from the first place after that where the words `found` stand.
        """
        content = content or o.content
        self._asked, self._called, self.facts = (o.id, content), name, None
        self._page, self.found, self.showing, self._changes = page, found, Showing.TEXT, None
        self._versions = [*self._session.versions(o.id)]
        self.border_subtitle = ""
        self._show(None if content else Text(0, (), ()))
        if content:
            self._read(self._asked, self._session.reading(content), self._session.precheck(o, content))
        else:
            self.facts = ()

    @property
    def is_reading(self) -> bool:
        """Whether what is true of the document is not known yet."""
        return self.facts is None

    @property
    def title(self) -> str:
        """What the document is called."""
        return self._called

    @property
    def subject(self) -> ObligationId | None:
        """For which obligation it was sent."""
        return self._asked[0] if self._asked else None

    @property
    def content(self) -> Digest | None:
        """Which content is shown."""
        return self._asked[1] if self._asked else None

    @property
    def page(self) -> int:
        """The page that is read: as far down the window as one has come in the document. 0 where none is known."""
        share = self.scroll_offset.y / self.max_scroll_y if self.max_scroll_y else 0.0
        read = self.scroll_offset.y + share * (self.size.height - 1)
        return next((number for place, number in reversed(self._starts) if place <= read), 0)

    @property
    def picture(self) -> Picture | None:
        """The first picture whose mark is in view."""
        top = self.scroll_offset.y
        return next((row.picture for row in self._rows[top : top + self.size.height] if row.picture), None)

    def turn_page(self, step: int) -> None:
        """To the start of the page; from there to the next, or the one before."""
        top = self.scroll_offset.y
        starts = [place for place, _number in self._starts if (place - top) * step > 0]
        if starts:
            self._scroll(starts[0] if step > 0 else starts[-1])

    def find(self, words: str) -> int:
        """Go to the first place from here on where the words stand, and say in how many lines they do."""
        self.found, self._here = words, None
        self._mark()
        self.next_hit()
        return len(self._hits)

    def next_hit(self) -> None:
        """To the next place where the words stand, coming round."""
        start = self.scroll_offset.y if self._here is None else self._here + 1
        self._here = next((place for place in self._hits if place >= start), next(iter(self._hits), None))
        if self._here is not None and not 0 <= self._here - self.scroll_offset.y < self.size.height - 1:
            self._scroll(max(self._here - self.size.height // 3, 0))
        self.refresh()

    def compare(self, wanted: Showing) -> str:
        """Show what has changed since the version before, or the text again. Why not, where it cannot be."""
        if not isinstance(self.document, Text) or not self._asked or not self.content:
            return _("There is no text to compare.")
        place = self._versions.index(self.content) if self.content in self._versions else 0
        if not place:
            return _("This is the first version: there is none to compare it with.")
        self.showing = Showing.TEXT if self.showing is wanted else wanted
        if self._changes is None:
            self._compare(self._asked, self._session.reading(self._versions[place - 1]), self.document)
        self._show_again()
        return ""

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
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        style = self._style(_LOOKS.get(row.kind))
        places, name = row.places, "changed"
        if place in self._hits:
            places, name = self._hits[place], "here" if place == self._here else "hit"
        segments, done = [], 0
        for start, end in places:
            segments += [
                Segment(row.said[done:start], style),
                Segment(row.said[start:end], style + self._style(name)),
            ]
            done = end
        return Strip([*segments, Segment(row.said[done:], style)]).adjust_cell_length(width, self.rich_style)

    @work(thread=True, exclusive=True, group="reading")
    def _read(
        self,
        asked: Asked,
        read: Callable[[], Text | Unreadable],
        look_at: Callable[[Text | Unreadable], tuple[Fact, ...]],
    ) -> None:
        document = read()
        self.post_message(self.Known(asked, document, None))
        self.post_message(self.Known(asked, document, look_at(document)))

    @work(thread=True, exclusive=True, group="comparing")
    def _compare(self, asked: Asked, read: Callable[[], Text | Unreadable], after: Text) -> None:
        before = read()
        self.post_message(self.Compared(asked, before if isinstance(before, Unreadable) else compared(before, after)))

    @on(Known)
    def _take(self, known: Known) -> None:
        if known.asked != self._asked:
            known.stop()
            return
        if self.document is None:
            self._show(known.document)
        self.facts = known.facts
        self.border_subtitle = line(precheck.warnings(known.facts or ()))

    @on(Compared)
    def _take_changes(self, told: Compared) -> None:
        told.stop()
        if told.asked == self._asked:
            self._changes = told.changes
            self._show_again()

    def _show(self, document: Document) -> None:
        self.document = document
        self._here = None
        self._wrap()
        self._go_to(self._page)
        if self.found:
            self.next_hit()
        self._head()

    def _show_again(self) -> None:
        page = self.page
        self._wrap()
        self._go_to(page)
        self._head()

    def _go_to(self, page: int) -> None:
        place = next((place for place, number in self._starts if number >= page), 0) if page > 1 else 0
        self._scroll(place)

    def _scroll(self, place: int) -> None:
        self.scroll_to(y=place, animate=False, immediate=True, force=True)

    def _wrap(self) -> None:
        width = max(self.scrollable_content_region.width - 2, 10)
        if isinstance(self.document, Text) and self.showing is not Showing.TEXT:
            self._rows = [*rows.changed(self._changes, self.showing, self.document.total, width)]
        else:
            self._rows = [*rows.told(self.document, width)]
        before = (0, *(row.page for row in self._rows))
        self._starts = [(place, row.page) for place, row in enumerate(self._rows) if row.page != before[place]]
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._mark()

    def _mark(self) -> None:
        self._hits = rows.hits(self._rows, self.found) if self.found else {}
        self.refresh()

    def _head(self) -> None:
        page = _("p. {numbers}").format(numbers=self.page) if self.page else ""
        shown = {Showing.COMPARED: _("compared"), Showing.CHANGES: _("changes only")}.get(self.showing, "")
        head = line(" · ".join(filter(None, (self._called, page, shown))))
        if str(self.border_title) != head.plain:
            self.border_title = head

    def _style(self, name: str | None) -> Style:
        return self.get_component_rich_style(f"reader--{name}") if name else self.rich_style
