"""The screens in a bare pty: first paint, bytes at start and for each key, memory."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import tempfile
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Figure, pantau, workspace

_QUIET = 0.6
_KEYS = {"down": b"j", "right": b"l", "PageDown": b"\x1b[6~"}
_LIMITS = {"down": 4.0, "right": 4.0, "PageDown": 45.0}


class _Burst(NamedTuple):
    """What was written until nothing came for a while: kilobytes, and milliseconds to the first and last byte."""

    kilobytes: float
    first: float
    last: float


def measure() -> Iterator[Figure]:
    """At 80x24 and at 120x40, on 49 offices and 22 documents; kilobytes are thousands of bytes."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "w")
        settings = (root / "pantau.toml").read_text(encoding="utf-8")
        (root / "pantau.toml").write_text(settings.replace('"beside"', '"service"'), encoding="utf-8")
        for width, height, limit in ((80, 24, 40.0), (120, 40, 150.0)):
            yield from _screen(root, width, height, limit)


def _screen(root: Path, width: int, height: int, limit: float) -> Iterator[Figure]:
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        command = pantau(root)
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    size = f"{width}x{height}"
    start = _read(terminal, patience=10.0)
    yield Figure(f"{size} first byte of the screen", start.first, "ms")
    yield Figure(f"{size} start, last byte", start.last, "ms")
    yield Figure(f"{size} start", start.kilobytes, "KB", limit)
    for name, key in _KEYS.items():
        bursts = [_press(terminal, key) for _ in range(5)]
        yield Figure(f"{size} {name}", statistics.median(b.kilobytes for b in bursts), "KB", _LIMITS[name])
        yield Figure(f"{size} {name}, last byte", statistics.median(b.last for b in bursts), "ms", 50.0)
    yield Figure(f"{size} memory", _resident(process), "MB", 60.0)
    begin = time.perf_counter()
    os.write(terminal, b"q")
    _read(terminal, patience=5.0)
    os.waitpid(process, 0)
    yield Figure(f"{size} quit", (time.perf_counter() - begin) * 1000, "ms")
    os.close(terminal)


def _press(terminal: int, key: bytes) -> _Burst:
    os.write(terminal, key)
    return _read(terminal, patience=2.0)


def _read(terminal: int, *, patience: float) -> _Burst:
    """Everything until it is quiet; `patience` is how long the first byte may take."""
    begin = time.perf_counter()
    first = last = 0.0
    count = 0
    while select.select([terminal], [], [], _QUIET if count else patience)[0]:
        try:
            block = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not block:
            break
        last = (time.perf_counter() - begin) * 1000
        first = first or last
        count += len(block)
    return _Burst(count / 1000, first, last)


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
