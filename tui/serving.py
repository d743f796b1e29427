"""The process that a key starts: what it keeps of its surroundings, when it ends, and what it noted of a refusal."""

from __future__ import annotations

import os
from _thread import start_new_thread
from pathlib import Path
from select import poll
from signal import SIG_DFL, SIGHUP, signal

from tui.people import came_by
from tui.variables import kept
from tui.workspace import now
from workflow import plain

_HUNG_UP = 129  # as a shell says of what ended by SIGHUP
_LONGEST_NOTE = 200
_FULL = 1 << 20  # bytes; then a new log is begun, and the one before stays


def begin() -> str:
    """Put away what came with the connection but is not kept, and have it end with the connection. What was typed."""
    typed = os.environ.get("SSH_ORIGINAL_COMMAND", "")
    wanted = kept(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    signal(SIGHUP, SIG_DFL)
    if not os.isatty(1):
        # A terminal that goes says so with a signal; a pipe says nothing to whoever does not write into it. Not by
        # `threading`, whose import a quick answer would wait for.
        start_new_thread(_end_with_reader, ())
    return typed


def write_down(root: Path, name: str, typed: str) -> None:
    """Add what was refused to `ssh.log`, a line of its own, if that can be written."""
    log = root / "ssh.log"
    told = plain(typed[:_LONGEST_NOTE])
    line = f"{now().isoformat(timespec='seconds')} {plain(name)} ({came_by(os.environ)}) refused: {told}\n"
    try:
        if log.is_file() and log.stat().st_size > _FULL:
            log.replace(log.with_name("ssh.log.1"))
        with log.open("a", encoding="utf-8") as file:
            file.write(line)
    except OSError:
        return


def _end_with_reader() -> None:
    reader = poll()
    reader.register(1, 0)  # 0: only that nobody is at the other end any more
    reader.poll()
    os._exit(_HUNG_UP)
