"""Several lines to type on: what is pasted comes in as harmless as what is typed."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import TextArea

from workflow import plain_lines


class Lines(TextArea):
    """Several lines of typing. Tab leaves it."""

    def on_mount(self) -> None:
        """Let the cursor stand still."""
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted, without what a terminal would obey."""
        event.prevent_default()
        event.stop()
        self.insert(plain_lines(event.text))
