"""A page as a picture, in half blocks: whether there is a stamp or a signature, and how a table looks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import ModalScreen

from inbox import Glimpse, Picture, Unreadable, Why, Window, look_at
from tui.language import _
from tui.leaves import unreadable
from tui.screens import bars, keymap
from tui.screens.bars import Bar
from tui.screens.dots import Dots
from tui.screens.keys import MAGNIFIER, bindings
from tui.screens.text import line

_SCALES = (0.08, 0.12, 0.17, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8)  # dots for a point
_READABLE = 0.7  # a third of the width of a page fills 140 columns
_STEP = 4  # of what is seen, as a divisor
_MARGIN = 6  # points around a picture


class Magnifier(ModalScreen[None]):
    """A window on a page, which the keys move; it opens on a picture where one is meant."""

    BINDINGS = bindings(MAGNIFIER)

    @dataclass
    class Seen(Message):
        """What a window has shown."""

        window: Window
        glimpse: Glimpse | Unreadable

    def __init__(self, path: Path, name: str, page: int, picture: Picture | None = None) -> None:
        super().__init__()
        self._path, self._called = path, name
        self._page = picture.page if picture else page
        self._picture = picture
        self._scale = _READABLE
        self._left = self._top = 0
        self._asked: Window | None = None
        self._glimpse: Glimpse | None = None

    def compose(self) -> ComposeResult:
        """The page, and below it where one is and which keys there are."""
        yield Bar(id="top")
        yield Dots()
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Begin with what was meant."""
        self._tell(_("looking…"))
        self.query_one("#keys", Bar).show(bars.key_line(MAGNIFIER, (), bool, keymap.shown, self.app.size.width))
        self.call_after_refresh(self._begin)

    def on_resize(self) -> None:
        """Look through a window of the new size."""
        if self._glimpse:
            self.call_after_refresh(self._look)

    def action_pan(self, across: int, down: int) -> None:
        """Move the window by a part of itself."""
        size = self.query_one(Dots).size
        self._left += across * max(size.width // _STEP, 1)
        self._top += down * max(2 * size.height // _STEP, 1)
        self._look()

    def action_zoom(self, step: int) -> None:
        """Come closer to what is in the middle, or go away from it."""
        place = min(max(_SCALES.index(self._scale) + step, 0), len(_SCALES) - 1)
        size, grown = self.query_one(Dots).size, _SCALES[place] / self._scale
        self._left = round((self._left + size.width / 2) * grown - size.width / 2)
        self._top = round((self._top + size.height) * grown - size.height)
        self._scale = _SCALES[place]
        self._look()

    def action_turn_page(self, step: int) -> None:
        """To the top of another page."""
        page = self._page + step
        if self._glimpse and 1 <= page <= self._glimpse.total:
            self._page, self._top = page, 0
            self._look()

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the text."""
        self.dismiss(result)

    def _begin(self) -> None:
        size, picture = self.query_one(Dots).size, self._picture
        if picture and picture.top + picture.left:
            room = min(size.width / (picture.width + 2 * _MARGIN), 2 * size.height / (picture.height + 2 * _MARGIN))
            self._scale = max((one for one in _SCALES if one <= room), default=_SCALES[0])
            self._left = round(self._scale * (picture.left + picture.width / 2) - size.width / 2)
            self._top = round(self._scale * (picture.top + picture.height / 2) - size.height)
        self._look()

    def _look(self) -> None:
        """Ask for what is to be seen; while an answer is awaited, only for what is wanted by then."""
        wanted = self._wanted
        if self._asked is None and wanted.width and wanted.height:
            self._asked = wanted
            self._ask(wanted)

    @property
    def _wanted(self) -> Window:
        size, page = self.query_one(Dots).size, self._glimpse
        if page:
            self._left = _within(self._left, size.width, round(page.page_width * self._scale))
            self._top = _within(self._top, 2 * size.height, round(page.page_height * self._scale))
        return Window(self._page, self._scale, self._left, self._top, size.width, 2 * size.height)

    @work(thread=True, group="looking")
    def _ask(self, window: Window) -> None:
        self.post_message(self.Seen(window, look_at(self._path, window)))

    @on(Seen)
    def _show(self, seen: Seen) -> None:
        self._asked = None
        if isinstance(seen.glimpse, Unreadable):
            self._glimpse = None
            self._tell(_unseen(seen.glimpse.why))
            return
        self._glimpse = seen.glimpse
        self.query_one(Dots).show(seen.glimpse.rows)
        page = _("page {n}/{count}").format(n=seen.window.page, count=seen.glimpse.total)
        self._tell(" · ".join((self._called, page, f"{round(100 * seen.window.scale)}%")))
        if self._wanted != seen.window:
            self._look()

    def _tell(self, said: str) -> None:
        self.query_one("#top", Bar).show(line(" ", said))


def _within(start: int, shown: int, whole: int) -> int:
    """Where a window begins that does not leave the page; what is smaller than the window stands in its middle."""
    return (whole - shown) // 2 if whole <= shown else min(max(start, 0), whole - shown)


def _unseen(why: Why) -> str:
    if why is Why.NO_READER:
        return _("Only a page of a PDF can be shown as a picture. The file itself can be fetched.")
    return unreadable(why)
