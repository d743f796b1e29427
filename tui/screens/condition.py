"""Whether somebody watches and what is left to do, looked at beside the screen every few seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.widgets import Static

from tui import health
from tui.language import _
from tui.screens.text import NOTHING, line, lines
from tui.session import Session
from workflow import Unavailable

_EVERY = 3.0  # seconds


class Condition(Static):
    """Says how the watcher and the inboxes are; of an office that sees only its own, nothing; of the past, nothing.

    A share that hangs makes it old, and the screen goes on.
    """

    @dataclass
    class Known(Message):
        """How it is now; None where it could not be told."""

        health: health.Health | None

    def __init__(self, session: Session) -> None:
        super().__init__(NOTHING, id="condition")
        self._session = session
        self._is_looking = False
        self._shown: health.Health | None = None

    def on_mount(self) -> None:
        """Begin to look."""
        self.look()
        self.set_interval(_EVERY, self.look)

    def look(self) -> None:
        """Look again, unless the last look has not come back."""
        if self._session.at is not None:
            self.update(line((_("What lay in the inboxes then is not kept."), "dim")))
        elif self._session.register.within is None and self.screen.is_current and not self._is_looking:
            self._is_looking = True
            self._look()

    @work(thread=True)
    def _look(self) -> None:
        self.post_message(self.Known(_looked(lambda: health.look(self._session.workspace))))

    @on(Known)
    def _take(self, known: Known) -> None:
        known.stop()
        self._is_looking = False
        if known.health is not None and known.health != self._shown:
            self._shown = known.health
            told = health.lines(known.health, self._session.workspace.zone)
            head = line((_("Whether it is taken"), "dim"))
            self.update(lines([line(), head, *map(line, told)]))


def _looked(look: Callable[[], health.Health]) -> health.Health | None:
    try:
        return look()
    except (OSError, Unavailable):
        return None
