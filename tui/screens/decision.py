"""Asking once more before a decision is made, so that no slip of a finger makes one.

The key that starts a decision is never the one that makes it, Enter makes none, and what was typed before
the question could be read is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.screens.entries import Lines
from tui.screens.text import line, lines
from workflow import Action


class Confirm(ModalScreen[bool]):
    """Yes or no. Only `y` says yes."""

    DEAF: ClassVar = 0.3  # seconds

    def __init__(self, action: Action, about: Sequence[str]) -> None:
        super().__init__()
        self._action, self._about = action, about
        self._opened = monotonic()

    def compose(self) -> ComposeResult:
        """What it is about, and the two answers."""
        question, consequence, yes = _question(self._action)
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(question)
            dialog.border_subtitle = line(_("Enter does nothing"))
            yield Static(_described(self._about))
            yield Static(line((consequence, "dim")))
            yield Static(line(("y", "bold"), f"  {yes}      ", (_cancel(), "reverse")), id="answers")

    def on_mount(self) -> None:
        """From now on the question can be read."""
        self._opened = monotonic()

    def on_key(self, event: Key) -> None:
        """Take an answer, and keep every other key from whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        if event.time - self._opened < self.DEAF:
            return
        if event.key == "y":
            self.dismiss(True)
        elif event.key in ("escape", "n", "q"):
            self.dismiss(False)


class SendBack(ModalScreen[tuple[str, ...]]):
    """Findings, one a line; an empty answer is none. Tab leaves the text, then `y` sends back."""

    def __init__(self, about: Sequence[str]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """The facts, room for findings, and the two answers."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("Send back?"))
            dialog.border_subtitle = line(_("Tab, then y sends back"))
            yield Static(_described(self._about))
            yield Static(line((_("What has to be repaired? One finding a line."), "bold")))
            yield Lines(id="findings", compact=True, highlight_cursor_line=False)
            yield _Answers(id="answers")

    def on_mount(self) -> None:
        """Listen only when the question can be read: a held key must not begin the findings."""
        self.set_focus(None)
        self.set_timer(Confirm.DEAF, self.query_one(Lines).focus)

    @property
    def findings(self) -> tuple[str, ...]:
        """What has been typed, without blank lines."""
        return tuple(filter(None, map(str.strip, self.query_one(Lines).text.splitlines())))

    def on_key(self, event: Key) -> None:
        """Keep every key that the text does not take, and answer where the answers have the focus."""
        event.stop()
        event.prevent_default()
        if event.key in ("tab", "shift+tab"):
            self.focus_next()
        elif event.key == "escape":
            self._step_back()
        elif event.key == "y" and self.focused is self.query_one(_Answers):
            self._send_back()

    def _step_back(self) -> None:
        """Out of the text first, so that one Escape too many does not lose what was typed."""
        if self.findings and isinstance(self.focused, Lines):
            self.query_one(_Answers).focus()
        else:
            self.dismiss(())

    def _send_back(self) -> None:
        if self.findings:
            self.dismiss(self.findings)
        else:
            self.notify(_("Write at least one finding, so that the office knows what to repair."), markup=False)


class _Answers(Static, can_focus=True):
    """The two answers; `y` counts only here."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own word
        super().__init__(line(("y", "bold"), "  ", _("yes, send back"), "      ", _cancel()), id=id)


def _question(action: Action) -> tuple[str, str, str]:
    """The question, what follows from it, and the answer yes."""
    if action is Action.APPROVE:
        follows = _("The document is closed then. You can undo it for five minutes; later it has to be reopened.")
        return _("Approve?"), follows, _("yes, approve")
    follows = _("It goes on to the approver then. You can undo it for five minutes.")
    return _("Pass on?"), follows, _("yes, pass on")


def _cancel() -> str:
    return " Esc  " + _("cancel") + " "


def _described(about: Sequence[str]) -> Content:
    title, *rest = filter(None, about)
    return lines([line((title, "bold")), *map(line, rest), line()])
