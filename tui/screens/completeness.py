"""What is open behind an office's percentage, in a dialog where there is no room for the panel."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.cells import Count
from tui.grid import Row
from tui.language import _
from tui.screens import panel
from tui.screens.keys import SUMMARY, bindings
from tui.screens.text import line

_INSIDE = 66


class Completeness(ModalScreen[None]):
    """An office, how complete it is, and every document of it that is open."""

    BINDINGS = bindings(SUMMARY)

    def __init__(self, row: Row, this: Count | None, today: date) -> None:
        super().__init__()
        self._row, self._this, self._today = row, this, today

    def compose(self) -> ComposeResult:
        """The documents, one below the other."""
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = line(_("What is open"))
            dialog.border_subtitle = line(_("Esc closes"))
            yield Static(panel.office(self._row, self._this, self._today, _INSIDE))

    def action_scroll_by(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#dialog").scroll_relative(y=step, animate=False)
