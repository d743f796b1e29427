"""Whether the database answers, and how old what is shown has become where it does not."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tui import words
from tui.language import _, many
from tui.workspace import now
from workflow import Unavailable


class Reach:
    """Since when the database has been silent, if it is. What was read before stays on the screen meanwhile."""

    def __init__(self) -> None:
        self._answered: datetime = now()
        self._problem: Unavailable | None = None

    def __bool__(self) -> bool:
        """Whether it answers."""
        return self._problem is None

    def found(self) -> None:
        """It has answered."""
        self._answered, self._problem = now(), None

    def lost(self, problem: Unavailable) -> None:
        """It has not."""
        self._problem = problem

    def told(self, zone: tzinfo) -> str:
        """How old what is shown is and why, and what that means; nothing where it is fresh."""
        if self._problem is None:
            return ""
        seconds = int((now() - self._answered).total_seconds())
        ago = many("{n} second ago", "{n} seconds ago", seconds).format(n=seconds)
        data = _("Data of {clock}, {ago}: the database cannot be reached ({problem}).")
        locked = _("Nothing can be decided until it can; it is asked again by itself.")
        clock = words.clock(self._answered.isoformat(), zone)
        return f"{data.format(clock=clock, ago=ago, problem=self._problem)} {locked}"
