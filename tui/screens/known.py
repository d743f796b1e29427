"""What is known of the document that is under review, beside it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.screens.reader import Reader
from tui.screens.submission import Submission, summary
from tui.screens.text import NOTHING, line
from tui.session import Session
from workflow import Action


class Known(VerticalScroll, can_focus=False):
    """Who sent what, what a machine has found, what may be decided or why not, and what happened."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="submission")
        self._session = session
        self._drawn = NOTHING

    def compose(self) -> ComposeResult:
        """One text, which is scrolled."""
        yield Static(NOTHING, id="summary")

    def show(self, shown: Submission, read: Reader, why_not: Callable[[Action], str | None]) -> None:
        """Show it for the room that there is; what says the same is not drawn again."""
        today, zone = self._session.today(), self._session.workspace.zone
        width = self.scrollable_content_region.width
        self.border_title = line(shown.obligation.office.name)
        content = summary(shown, read.document, read.facts or (), why_not, today, zone, width)
        if not content.is_same(self._drawn):
            self._drawn = content
            self.query_one("#summary", Static).update(content)
