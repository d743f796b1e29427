"""A program in a bare pty: what it writes after each key, and how long that takes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

_ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
# readline sets a size of its own in the environment of whoever imports it; without byte code all is compiled anew.
_UNMEANT = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
_QUIET = 0.4


class Burst(NamedTuple):
    """Kilobytes (of 1,000) until it was quiet; milliseconds to the first byte, to what was awaited, to the last."""

    kilobytes: float
    first: float
    seen: float
    last: float


class BareTerminal:
    """Starts a program; `started` is what it wrote until it was quiet, and when a text of its first picture came."""

    def __init__(self, command: Sequence[str], width: int, height: int, awaited: str) -> None:
        begin = time.perf_counter()
        self._process, self.terminal = pty.fork()
        if self._process == 0:
            kept = {name: value for name, value in os.environ.items() if name not in _UNMEANT}
            os.execvpe(command[0], list(command), kept | _ENVIRONMENT)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.started = self._burst(begin, patience=60.0, awaited=awaited.encode())
        if not self.started.seen:
            raise SystemExit(f"{awaited} never came")

    def __enter__(self) -> BareTerminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.terminal)
        os.waitpid(self._process, 0)

    def press(self, key: bytes, *, patience: float = 2.0) -> Burst:
        """Type a key, and wait until it has done what it does."""
        begin = time.perf_counter()
        os.write(self.terminal, key)
        return self._burst(begin, patience=patience)

    def idle(self, seconds: float) -> float:
        """How many kilobytes come while nobody does anything."""
        return self._burst(time.perf_counter(), patience=seconds).kilobytes

    def resident(self) -> float:
        """Its memory, in megabytes (of 1,000,000 bytes)."""
        pages = int(Path(f"/proc/{self._process}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _burst(self, begin: float, *, patience: float, awaited: bytes = b"") -> Burst:
        said, first, seen, last = b"", 0.0, 0.0, 0.0
        while select.select([self.terminal], [], [], _QUIET if awaited in said and said else patience)[0]:
            try:
                block = os.read(self.terminal, 1 << 16)
            except OSError:
                break
            if not block:
                break
            said += block
            last = (time.perf_counter() - begin) * 1000
            first = first or last
            if not seen and awaited in said:
                seen = last
        return Burst(len(said) / 1000, first, seen, last)
