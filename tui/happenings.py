"""What the watcher says: one line for each thing that happens, as a sentence or as data."""

from __future__ import annotations

import os
from typing import Any

from inbox import Arrival, Happening, Offline, Online, Outcome, Problem
from tui import arriving
from tui.language import _
from workflow import plain


def sentence(one: Happening) -> str:
    """One line of the watcher's log."""
    match one:
        case Offline(root):
            return _("{folder} is away, or is not the folder that it was: nothing is taken from it").format(
                folder=root.path
            )
        case Online(root):
            return _("{folder} is there again").format(folder=root.path)
        case Problem(path, hold, _error):
            name = plain(os.fsdecode(path))
            return _("{name}: not taken yet: {reason}").format(name=name, reason=arriving.hold(hold))
        case Arrival():
            return _taken(one)


def _taken(one: Arrival) -> str:
    match one.outcome:
        case Outcome.FILED:
            return _("{name}: filed as {id}").format(name=one.name, id=one.obligation)
        case Outcome.AGAIN:
            return _("{name}: sent again, {id} has this content already").format(name=one.name, id=one.obligation)
        case Outcome.QUARANTINED:
            return _("{name}: waits in quarantine, number {id}").format(name=one.name, id=one.id)


def data(one: Happening) -> dict[str, Any]:
    """The same as data, for a log that a program reads."""
    match one:
        case Offline(root) | Online(root):
            return {"event": type(one).__name__.casefold(), "root": root.name, "path": root.path}
        case Problem(path, hold, error):
            return {"event": "problem", "path": plain(os.fsdecode(path)), "hold": hold, "error": str(error)}
        case Arrival():
            return {"event": one.outcome, **one._asdict()}
