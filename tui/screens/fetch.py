"""How to fetch the file of a document: a line to copy. Nothing is written or opened on the machine of the screens."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.screens import keymap
from tui.screens.keys import FETCH, bindings
from tui.screens.text import line


class Fetch(ModalScreen[None]):
    """The line, which is copied at once where the terminal takes that."""

    BINDINGS = bindings(FETCH)

    def __init__(self, about: str, command: str, *, is_remote: bool) -> None:
        super().__init__()
        self._about, self._command, self._is_remote = about, command, is_remote

    def compose(self) -> ComposeResult:
        """What it is, where to type it, and the line."""
        copy, close = _("copy"), _("close")
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("Fetch the file"))
            dialog.border_subtitle = line(
                f"{keymap.press('fetch.copy')} {copy} · {keymap.press('fetch.dismiss')} {close}"
            )
            yield Static(line(self._about))
            there = _("Type this on your own computer, in the folder where the file is to be:")
            here = _("Type this in another terminal, in the folder where the file is to be:")
            yield Static(line(there if self._is_remote else here))
            yield Static(line((self._command, "bold")), id="command")
            yield Static(line((_("The line is copied, where your terminal lets a program copy."), "dim")))

    def on_mount(self) -> None:
        """Copy it."""
        self.action_copy()

    def action_copy(self) -> None:
        """Copy it once more."""
        self.app.copy_to_clipboard(self._command)

    async def action_dismiss(self, result: None = None) -> None:
        """Close."""
        self.dismiss(result)
