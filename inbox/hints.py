"""When to look again: as soon as something happens, and after a while in any case."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

# How long until a listener that has ended is started again, in seconds.
_RETRY = 30.0


class Hints:
    """Waits for events that a listener reads in a process of its own; without one, time alone tells when to look."""

    def __init__(self, roots: Sequence[Path], clock: Callable[[], float], tell: Callable[[str], None]) -> None:
        """`clock` is monotonic, in seconds; `tell` hears why there is no listener, as the system says it."""
        self._roots = [str(root) for root in roots]
        self._clock = clock
        self._tell = tell
        self._listener: subprocess.Popen[bytes] | None = None
        self._tried = -_RETRY
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)

    @property
    def are_live(self) -> bool:
        """Whether a listener runs."""
        return self._listener is not None

    def wake(self) -> None:
        """End the wait. May be called from a signal handler."""
        with suppress(BlockingIOError):
            os.write(self._write, b"!")

    def wait(self, seconds: float) -> None:
        """Return after this time, or at once when there is something to look at."""
        self._ensure_listener()
        events = self._listener.stdout if self._listener else None
        sources = [self._read, *([events.fileno()] if events else [])]
        for source in select.select(sources, [], [], max(0.0, seconds))[0]:
            is_ended = not os.read(source, 4096)
            if is_ended and source != self._read:
                self._lose_listener()

    def close(self) -> None:
        """End the listener."""
        if self._listener is not None:
            self._listener.terminate()
            self._listener.communicate()
        os.close(self._read)
        os.close(self._write)

    def _ensure_listener(self) -> None:
        if self._listener is not None or not self._roots or self._clock() - self._tried < _RETRY:
            return
        self._tried = self._clock()
        try:
            self._listener = subprocess.Popen(
                [sys.executable, "-m", "inbox.listener", *self._roots],
                cwd=Path(__file__).parent.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:  # no process to spare
            self._tell(error.strerror or str(error))

    def _lose_listener(self) -> None:
        if self._listener is None:
            return
        _, said = self._listener.communicate()
        self._listener = None
        self._tell(said.decode(errors="replace").strip())
