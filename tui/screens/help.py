"""The keys of a view, listed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.screens.keys import Key, bindings
from tui.screens.text import line, lines

_CLOSE = (Key("dismiss", "escape,q,question_mark", "Esc", lambda: _("close"), action="dismiss"),)


class Help(ModalScreen[None]):
    """What can be pressed where one stands."""

    BINDINGS = bindings(_CLOSE)

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = {key.id: key for key in keys}.values()

    def compose(self) -> ComposeResult:
        """One line for each key."""
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = line(_("Keys"))
            dialog.border_subtitle = line(_("Esc closes"))
            yield Static(lines(self._row(key) for key in self._keys))

    def _row(self, key: Key) -> Content:
        asks = " (" + _("asks first") + ")" if key.is_danger else ""
        return line((f" {key.shown:<6}", "bold"), key.help(), (asks, "dim"))
