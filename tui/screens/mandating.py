"""Letting somebody act in one's own place: from when until when, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.language import _
from tui.screens.decision import Confirm
from tui.screens.entries import Entry
from tui.screens.keys import REMARK, bindings
from tui.screens.text import NOTHING, line


class Wish(NamedTuple):
    """Who is to act, from which day until which, and why; the days as they were typed."""

    name: str
    begins: str
    ends: str
    note: str


class Delegate(ModalScreen[None]):
    """Three lines to fill in. Enter goes on to the next, and from the last one gives the mandate.

    `give` answers what is wrong, and then nothing that was typed is lost; nothing, and the dialog closes.
    """

    BINDINGS = bindings(REMARK)
    AUTO_FOCUS = ""

    def __init__(self, name: str, today: date, give: Callable[[Wish], str]) -> None:
        super().__init__()
        self._person, self._today, self._give = name, today, give

    def compose(self) -> ComposeResult:
        """The days and the reason."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("Let {name} act in your place?").format(name=self._person))
            dialog.border_subtitle = line(_("Enter: next, then give; Esc drops it"))
            yield Static(line((_("They decide as you could, and the trail names both."), "dim")))
            for name, label, text in self._fields():
                with Horizontal(classes="line"):
                    yield Static(line(label), classes="label")
                    yield Entry(text, id=name, compact=True)
            yield Static(NOTHING, id="problem")

    def _fields(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("begins", _("first day"), self._today.isoformat()),
            ("ends", _("last day"), ""),
            ("note", _("why"), ""),
        )

    def on_mount(self) -> None:
        """Listen only when the lines can be seen: the key that opened them must not begin one."""
        self.set_focus(None)
        self.set_timer(Confirm.DEAF, self.query_one("#ends", Entry).focus)

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        if event.input.id != "note":
            self.focus_next()
            return
        begins, ends, note = (one.value.strip() for one in self.query(Entry))
        problem = self._give(Wish(self._person, begins, ends, note))
        if problem:
            self.query_one("#problem", Static).update(line(problem))
        else:
            self.dismiss()
