"""An answer that is drawn again whenever it changes, in its place on a terminal, below the last one in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from select import poll

from tui.session import Session

_PAUSE = 1000  # milliseconds
_HOME, _TO_END_OF_LINE, _TO_END = "\x1b[H", "\x1b[K", "\x1b[J"


def watch(asked: Session, drawn: Callable[[], str]) -> int:
    """Draw, and draw again when the database or the day has moved, until the terminal or the reader goes. Returns 0.

    Meanwhile it asks for one number each second, and whether anybody is at the other end still.
    """
    reader = poll()
    reader.register(sys.stdout.fileno(), 0)  # 0: only that nobody is at the other end any more
    seen, last = None, None
    while True:
        size = _size()
        now = (asked.register.version(), asked.today(), size)
        if now != seen:
            seen = now
            asked.refresh()
            text = drawn()
            if (text, size) != last:
                last = text, size
                _draw(text, size)
        if reader.poll(_PAUSE):
            return 0


def _size() -> os.terminal_size | None:
    return os.get_terminal_size(sys.stdout.fileno()) if sys.stdout.isatty() else None


def _draw(text: str, size: os.terminal_size | None) -> None:
    if size is None:
        print(text, flush=True)
        return
    # What does not fit would roll the rest out of its place.
    lines = [line[: size.columns] for line in text.splitlines()]
    shown = lines if len(lines) < size.lines else [*lines[: size.lines - 2], "…"]
    sys.stdout.write(_HOME + "".join(f"{line}{_TO_END_OF_LINE}\r\n" for line in shown) + _TO_END)
    sys.stdout.flush()
