"""Where dropped files go once they are safe: renamed, never deleted before their content is seen to be kept."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from inbox.folders import RETIRED
from inbox.footprints import Footprint

_LONGEST_NAME = 255
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1


class Replaced(Exception):
    """Another file lay there by then; it is back in its place."""


class Retention:
    """The folder `.arsip` in the inbox, on the same file system: `<day>/<folders of the file>/<arrival>-<name>`."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = os.fsencode(inbox)

    def retire(self, path: bytes, footprint: Footprint, arrival: int, day: str) -> bytes | None:
        """Put the file at `path` away and return where, below the inbox; None when it is gone.

        Raises Replaced when a newer file had taken its place, OSError when the file system does not let it go.
        """
        folder, name = os.path.split(path)
        place = os.path.join(RETIRED, os.fsencode(day), folder, (b"%d-" % arrival + name)[:_LONGEST_NAME])
        try:
            place = self._move(path, place)
        except FileNotFoundError:
            # Its sender took it back, or a process that was killed then had put it away without looking at it.
            return self._checked(self.place_of(arrival), path, footprint)
        return self._checked(place, path, footprint)

    def put_back(self, place: bytes, path: bytes) -> None:
        """Lay a file into the inbox again, as if it had just come."""
        self._move(place, path)

    def purge(self, place: bytes) -> None:
        """Let go of a file whose bytes the caller has just seen to be safe elsewhere."""
        os.unlink(self._full(place))

    def places(self) -> Iterator[bytes]:
        """Every file that was put away, below the inbox, the oldest day first."""
        for day in self._days():
            for folder, _, names in os.walk(self._full(os.path.join(RETIRED, day))):
                for name in names:
                    yield os.path.relpath(os.path.join(folder, name), self._inbox)

    def older_than(self, day: str) -> Iterator[tuple[int, bytes]]:
        """The arrivals that were put away before that day, and where each file lies."""
        for place in self.places():
            number = os.path.basename(place).partition(b"-")[0]
            if place.split(b"/")[1] < os.fsencode(day) and number.isdigit():
                yield int(number), place

    def place_of(self, arrival: int) -> bytes | None:
        """Where an arrival's file was put away, as the folder itself tells."""
        prefix = b"%d-" % arrival
        return next((place for place in self.places() if os.path.basename(place).startswith(prefix)), None)

    def _days(self) -> list[bytes]:
        root = self._full(RETIRED)
        return sorted(os.listdir(root)) if os.path.isdir(root) else []

    def _full(self, path: bytes) -> bytes:
        return os.path.join(self._inbox, path)

    def _checked(self, place: bytes | None, path: bytes, footprint: Footprint) -> bytes | None:
        if place is None:
            return None
        if not Footprint.of(os.lstat(self._full(place))).is_same_content(footprint):
            self.put_back(place, path)
            raise Replaced
        return place

    def _move(self, source: bytes, target: bytes) -> bytes:
        """Rename below the inbox, to the first name like the target that is free, and return it."""
        os.makedirs(os.path.dirname(self._full(target)), exist_ok=True)
        for free in _names(target):
            try:
                _rename(self._full(source), self._full(free))
            except FileExistsError:
                continue
            return free
        raise FileExistsError(os.fsdecode(target))


def came_from(place: bytes) -> bytes:
    """The path under which a file that was put away had lain in the inbox."""
    _, _, path = place.split(b"/", 2)
    folder, name = os.path.split(path)
    return os.path.join(folder, name.partition(b"-")[2])


def _names(target: bytes) -> Iterator[bytes]:
    folder, name = os.path.split(target)
    yield target
    for number in count(2):
        yield os.path.join(folder, (b"%d-%s" % (number, name))[:_LONGEST_NAME])


def _rename(source: bytes, target: bytes) -> None:
    """Rename without ever writing over what has come meanwhile. Raises FileExistsError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not libc.renameat2(_AT_FDCWD, source, _AT_FDCWD, target, _RENAME_NOREPLACE):
        return
    error = ctypes.get_errno()
    if error not in (errno.EINVAL, errno.ENOSYS):
        raise OSError(error, os.strerror(error), source)
    # Some network file systems cannot; there a link is what never writes over anything.
    os.link(source, target)
    os.unlink(source)
