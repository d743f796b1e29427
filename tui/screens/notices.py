"""What stands above a view, or in its place, for as long as something holds."""

from __future__ import annotations

from textual.geometry import Size
from textual.widgets import Static

from tui import refusals
from tui.language import _
from tui.screens import keymap
from tui.screens.text import NOTHING, line
from tui.session import Session
from workflow import Power, permits

SMALLEST = Size(60, 15)


class Notice(Static):
    """A sentence, there only while there is something to say."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own word
        super().__init__(NOTHING, id=id)
        self._told = ""
        self.display = False

    def tell(self, told: str) -> None:
        """Say this, or nothing any more."""
        if told != self._told:
            self._told = told
            self.update(line(told))
            self.display = bool(told)


def is_too_small(size: Size) -> bool:
    """Whether there is no room to show what one would decide on."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


def instead(session: Session, needed: Power, size: Size) -> str:
    """Why a view that needs this power is not shown to this person at a terminal of this size, and what to do."""
    if is_too_small(size):
        told = _("This terminal has {width} columns and {height} rows; Pantau needs {columns} and {rows}.")
        here = told.format(width=size.width, height=size.height, columns=SMALLEST.width, rows=SMALLEST.height)
        what = _("Make it larger or its letters smaller; or leave with {key} and ask: pantau status")
        return f"{here} {what.format(key=keymap.press('everywhere.close'))}"
    rule = permits(session.actor, needed)
    return refusals.forbidden(session.actor, needed, rule) if rule else ""
