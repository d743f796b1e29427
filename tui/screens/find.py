"""Asking for words that are to be found in a document."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.language import _
from tui.screens.entries import Entry
from tui.screens.keys import REMARK, bindings
from tui.screens.text import line


class Find(ModalScreen[str]):
    """A line for words; Enter goes to them. Nothing leaves what was found as it is, no words let go of it."""

    BINDINGS = bindings(REMARK)

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """The line, with the words that were asked for last."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("Find in the document"))
            dialog.border_subtitle = line(_("Enter goes there, and on to the next"))
            yield Entry(self._words, id="text", compact=True)

    @on(Input.Submitted)
    def _go(self) -> None:
        self.dismiss(self.query_one(Entry).value.strip())
