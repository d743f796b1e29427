"""Ends that nobody foresaw: an error, of which a file tells where, and a terminal that is gone."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from tui.workspace import now

_HUNG_UP = 129  # as a shell says of what ended by SIGHUP


def write_down(log: Path) -> None:
    """Add the error that is being handled to a file, if that can be written; not the values that were at hand."""
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{now().isoformat()}\n{traceback.format_exc()}\n")
    except OSError:
        return


def end_with_terminal() -> None:
    """End at once where the terminal is gone: it takes nothing more, so to take leave of it would never end."""
    if not os.isatty(0):
        os._exit(_HUNG_UP)
