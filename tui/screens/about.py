"""All about the obligation under the cursor: a dialog that scrolls."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import about, days_off, words
from tui.about import Known
from tui.language import _
from tui.screens.keymap import with_keys
from tui.screens.keys import ABOUT_DIALOG, bindings
from tui.screens.text import hanging, line, lines
from tui.session import Session
from workflow import DayOff, Obligation


class About(ModalScreen[None]):
    """By which rule it is owed, when it is due and why then, who acts, and what has changed that."""

    BINDINGS = bindings(ABOUT_DIALOG)

    @dataclass
    class Off(Message):
        """Which days off moved its due date."""

        days: tuple[DayOff, ...]

    def __init__(self, session: Session, obligation: Obligation) -> None:
        super().__init__()
        self._session = session
        self._known = Known(obligation, session.register.trail(obligation.id), session.people)

    def compose(self) -> ComposeResult:
        """One question below the other."""
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = line(words.title(self._known.obligation))
            dialog.border_subtitle = line(
                with_keys(_("{down} {up} scroll, Esc closes"), down="told.scroll.down", up="told.scroll.up")
            )
            yield Static(id="told")

    def on_mount(self) -> None:
        """Ask which days were holidays: that takes a moment, and the rest is told meanwhile."""
        if self._known.obligation.requirement.due.working_days:
            self._look_up()

    def on_resize(self) -> None:
        """Wrap it to the new width."""
        self.call_after_refresh(self._show)

    @work(thread=True)
    def _look_up(self) -> None:
        self.post_message(self.Off(days_off.of(self._known.obligation, self._session.workspace)))

    @on(Off)
    def _take(self, known: Off) -> None:
        self._known = self._known._replace(off=known.days)
        self._show()

    def _show(self) -> None:
        if self not in self.app.screen_stack:
            return
        told = about.sections(self._known, self._session.today(), self._session.workspace.zone)
        width = self.query_one("#dialog").scrollable_content_region.width
        rows: list[Content] = []
        for section in told:
            rows += [*([line()] if rows else []), line((section.heading, "bold"))]
            rows += [hanging((f"{label}: ", "dim"), value, width) for label, value in section.facts]
        self.query_one("#told", Static).update(lines(rows))

    def action_scroll_by(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#dialog").scroll_relative(y=step, animate=False)

    def action_scroll_page(self, step: int) -> None:
        """Scroll by pages, keeping two lines in view."""
        dialog = self.query_one("#dialog")
        dialog.scroll_relative(y=step * max(dialog.size.height - 2, 1), animate=False)
