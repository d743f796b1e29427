"""Asking once more before a decision is made, so that no slip of a finger makes one.

The key that starts a decision is never the one that makes it, Enter makes none, and what was typed before
the question could be read is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.findings import fault
from tui.language import _, many
from tui.screens.text import Part, line, lines
from tui.screens.writing import Lines
from workflow import Action, Check, Defect, plain

NO_CHECKS: Mapping[str, Check] = MappingProxyType({})


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


class SendBack(ModalScreen[tuple[Defect, ...]]):
    """Findings, one a line; an empty answer is none. Tab leaves the text, then `y` sends back.

    `noted` are those that the checklist with these `checks` brings. A line of them that was not rewritten keeps its
    words, code and page; what its mark says is told before it.
    """

    def __init__(
        self, about: Sequence[str], noted: Sequence[Defect] = (), checks: Mapping[str, Check] = NO_CHECKS
    ) -> None:
        super().__init__()
        self._about, self._noted = about, [(plain(fault(one, checks.values())).strip(), one) for one in noted]
        self._unmarked = {said for said, one in self._noted if one.code not in checks}

    def compose(self) -> ComposeResult:
        """The facts, room for findings, and the two answers."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("Send back?"))
            dialog.border_subtitle = line(_("Tab, then y sends back"))
            yield Static(_described(self._about))
            yield Static(line((_("What has to be repaired? One finding a line."), "bold")))
            if self._noted:
                yield Static(line((_from_checklist(len(self._noted), is_whole=not self._unmarked), "dim")))
            noted = "".join(f"{said}\n" for said, _one in self._noted)
            yield Lines(noted, id="findings", compact=True)
            yield _Answers(id="answers")

    def on_mount(self) -> None:
        """Listen only when the question can be read: a held key must not begin the findings."""
        text = self.query_one(Lines)
        text.move_cursor(text.document.end)
        self.set_focus(None)
        self.set_timer(Confirm.DEAF, text.focus)

    @property
    def findings(self) -> tuple[Defect, ...]:
        """What stands there, without blank lines."""
        left, found = list(self._noted), []
        for typed in filter(None, map(str.strip, self.query_one(Lines).text.splitlines())):
            place = next((i for i, (said, _one) in enumerate(left) if said == typed), None)
            found.append(Defect(typed) if place is None else left.pop(place)[1])
        return tuple(found)

    def on_key(self, event: Key) -> None:
        """Keep every key that the text does not take, and answer where the answers have the focus."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._step_back()
        elif self.focused is None:
            return
        elif event.key in ("tab", "shift+tab"):
            self.focus_next()
        elif self.focused is self.query_one(_Answers):
            self._answer(event.key)

    def _answer(self, key: str) -> None:
        """Send back, or strike lines out without Ctrl and without holding a key down."""
        text = self.query_one(Lines)
        if key == "y":
            self._send_back()
        elif key == "d":
            text.action_delete_line()
        elif key == "D":
            text.text = "".join(
                f"{typed}\n" for typed in text.text.splitlines() if typed.strip() not in self._unmarked
            )
            text.move_cursor(text.document.end)
        elif key in ("j", "down", "k", "up"):
            step = 1 if key in ("j", "down") else -1
            text.move_cursor((min(max(text.cursor_location[0] + step, 0), text.document.line_count - 1), 0))

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
        yes, strike = "  " + _("yes, send back"), "  " + _("strike the line out")
        keys: list[Part] = [("y", "bold"), yes, "   ", ("j k", "bold"), " ", ("d", "bold"), strike, "   ", _cancel()]
        super().__init__(line(*keys), id=id)


def _question(action: Action) -> tuple[str, str, str]:
    """The question, what follows from it, and the answer yes."""
    if action is Action.APPROVE:
        follows = _("The document is closed then. You can undo it for five minutes; later it has to be reopened.")
        return _("Approve?"), follows, _("yes, approve")
    if action is Action.ACCEPT:
        follows = _("The finding is settled then; it can be opened again.")
        return _("Accept the repair?"), follows, _("yes, accept")
    follows = _("It goes on to the approver then. You can undo it for five minutes.")
    return _("Pass on?"), follows, _("yes, pass on")


def _from_checklist(count: int, *, is_whole: bool) -> str:
    told = many(
        "{n} line comes from your checklist: what you did not mark as met or not applicable.",
        "{n} lines come from your checklist: what you did not mark as met or not applicable.",
        count,
    )
    strike = _("After Tab, d strikes out what you do not mean, D all that you did not mark.")
    return told.format(n=count) + " " + (_("Strike out what you do not mean.") if is_whole else strike)


def _cancel() -> str:
    return " Esc  " + _("cancel") + " "


def _described(about: Sequence[str]) -> Content:
    title, *rest = filter(None, about)
    return lines([line((title, "bold")), *map(line, rest), line()])
