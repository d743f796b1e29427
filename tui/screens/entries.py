"""One line to type on: what is pasted comes in as harmless as what is typed."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from workflow import plain


class Entry(Input):
    """One line of typing, with a cursor that stands still: one that blinks sends bytes as long as one thinks."""

    def on_mount(self) -> None:
        """Let the cursor stand still."""
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """Take the first line of what is pasted, without what a terminal would obey."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(plain(event.text.partition("\n")[0]))
