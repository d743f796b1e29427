"""What a view is for, and its keys, listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.screens import keymap
from tui.screens.keys import HELP, Key, bindings
from tui.screens.places import HEADINGS
from tui.screens.text import hanging, line, lines

_WIDTH, _AROUND = 76, 6
_KEYS = 9


class Help(ModalScreen[None]):
    """What can be pressed where one stands; what does nothing now is grey, with the reason."""

    BINDINGS = bindings(HELP)

    def __init__(self, about: str, keys: Sequence[Key], why_closed: Callable[[Key], str]) -> None:
        super().__init__()
        self._about, self._keys, self._why_closed = about, keys, why_closed

    def compose(self) -> ComposeResult:
        """A heading for each group, and one line or two for each key."""
        with VerticalScroll(id="dialog", can_focus=False) as dialog:
            dialog.border_title = line(_("Keys"))
            closes = _("{key} closes").format(key=keymap.press("help.dismiss"))
            scrolls = _("{key} scrolls").format(key=keymap.shown(HELP[1]))
            dialog.border_subtitle = line(f"{scrolls} · {closes}")
            yield Static(lines(self._rows(min(_WIDTH, self.app.size.width) - _AROUND)))

    def action_scroll_by(self, step: int) -> None:
        """Scroll by lines."""
        self._dialog.scroll_relative(y=step, animate=False)

    def action_scroll_page(self, step: int) -> None:
        """Scroll by pages, keeping two lines in view."""
        self._dialog.scroll_relative(y=step * max(self._dialog.size.height - 2, 1), animate=False)

    def action_scroll_far(self, step: int) -> None:
        """To the start or the end."""
        (self._dialog.scroll_home if step < 0 else self._dialog.scroll_end)(animate=False)

    @property
    def _dialog(self) -> VerticalScroll:
        return self.query_one("#dialog", VerticalScroll)

    def _rows(self, width: int) -> Iterator[Content]:
        yield from line(self._about).wrap(width)
        for scope, keys in groupby(self._keys, key=lambda key: key.scope):
            yield line()
            yield line((HEADINGS[scope](), "bold"))
            told = ""
            for key in keys:
                reason = self._why_closed(key)
                yield self._row(key, width, is_open=not reason)
                if reason and reason != told:  # what holds for several is said once
                    yield hanging(" " * _KEYS, (reason, "dim"), width)
                told = reason

    def _row(self, key: Key, width: int, *, is_open: bool) -> Content:
        asks = " (" + _("asks first") + ")" if key.is_danger else ""
        shown = keymap.listed(key, self._keys)
        look = ("bold", "") if is_open else ("dim", "dim")
        return hanging((f"{shown:<{_KEYS - 1}} ", look[0]), (key.help() + asks, look[1]), width)
