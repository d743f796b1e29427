"""One watcher for each workspace, and who that is."""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from inbox.glance import is_locked, is_watched

_LENGTH = 512


class Holder(NamedTuple):
    """The watcher that runs: its process, its machine and since when (UTC).

    `looked` is when it last looked at the inboxes, `is_live` whether it hears of events or only looks by the clock.
    """

    pid: int
    host: str
    since: str
    looked: str = ""
    is_live: bool = True


class Taken(Exception):
    """Another watcher holds the lock."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__("the watch lock is held")
        self.holder = holder


class WatchLock:
    """A lock that the kernel lets go of when its process ends, however it ends."""

    # Somebody who only asks holds it for microseconds; that must not turn a starting watcher away.
    _TRIES, _PAUSE = 5, 0.05

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        self._holder = Holder(0, "", "")

    def acquire(self, *, host: str, since: str) -> None:
        """Take it and say who has it. Raises Taken."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        for _ in range(self._TRIES):
            if is_locked(descriptor, fcntl.LOCK_EX):
                break
            time.sleep(self._PAUSE)
        else:
            os.close(descriptor)
            raise Taken(self._read())
        self._descriptor = descriptor
        self._holder = Holder(os.getpid(), host, since)
        self._write()

    def beat(self, at: str, *, is_live: bool) -> None:
        """Say that the watcher has just looked."""
        self._holder = self._holder._replace(looked=at, is_live=is_live)
        with suppress(OSError):  # on a full disk the watcher has more to say than that it lives
            self._write()

    def release(self) -> None:
        """Let go of it."""
        os.close(self._descriptor)

    def holder(self) -> Holder | None:
        """Who watches now; None when nobody does."""
        return self._read() if is_watched(self._path) else None

    def _write(self) -> None:
        # Always as long, so that no reader meets half of it.
        os.pwrite(self._descriptor, json.dumps(self._holder).encode().ljust(_LENGTH), 0)

    def _read(self) -> Holder | None:
        try:
            return Holder(*json.loads(self._path.read_bytes()))
        except (ValueError, TypeError):
            return Holder(0, "?", "")
