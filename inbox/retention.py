"""Where dropped files go once they are safe: renamed, never deleted before their content is seen to be kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from inbox.contents import digest_of
from inbox.folders import RETIRED, Found
from inbox.footprints import Footprint
from inbox.renaming import HERE, rename_to_free
from workflow import Digest

_LONGEST_NAME = 255


class Replaced(Exception):
    """Another file lay there by then; it is back in its place."""


class Retention:
    """The folder `.arsip` in the inbox, on the same file system: `<day>/<folders of the file>/<arrival>-<name>`."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = os.fsencode(inbox)

    def retire(self, arrival: int, found: Found, digest: Digest, day: str) -> bytes | None:
        """Put a recorded file away and return where, below the inbox; None when it is gone.

        Raises Replaced when a newer file had taken its place, OSError when the file system does not let it go.
        """
        folder, name = os.path.split(found.path)
        place = os.path.join(RETIRED, os.fsencode(day), folder, (b"%d-" % arrival + name)[:_LONGEST_NAME])
        try:
            place = self._move(found.path, place, _numbered_after)
        except FileNotFoundError:
            # Its sender took it back, or a process that was killed then had put it away without looking at it.
            return self.settled(arrival, found, digest)
        return self._checked(place, found, digest)

    def settled(self, arrival: int, found: Found, digest: Digest) -> bytes | None:
        """Where an earlier process put the file away; None when nobody did. Raises Replaced."""
        return self._checked(self.place_of(arrival), found, digest)

    def put_back(self, place: bytes, path: bytes) -> None:
        """Lay a file into the inbox again, as if it had just come."""
        self._move(place, path, _numbered_before)

    def purge(self, place: bytes) -> None:
        """Let go of a file whose bytes the caller has just seen to be safe elsewhere, and of folders left empty."""
        os.unlink(self._full(place))
        folder = os.path.dirname(place)
        with suppress(OSError):
            while folder != RETIRED:
                os.rmdir(self._full(folder))
                folder = os.path.dirname(folder)

    def places(self) -> Iterator[bytes]:
        """Every file that was put away, below the inbox, the oldest day first."""
        for day in self._days():
            for folder, _, names in os.walk(self._full(os.path.join(RETIRED, day))):
                for name in names:
                    yield os.path.relpath(os.path.join(folder, name), self._inbox)

    def place_of(self, arrival: int) -> bytes | None:
        """Where an arrival's file was put away, as the folder itself tells."""
        prefix = b"%d-" % arrival
        return next((place for place in self.places() if os.path.basename(place).startswith(prefix)), None)

    def _days(self) -> list[bytes]:
        root = self._full(RETIRED)
        return sorted(os.listdir(root)) if os.path.isdir(root) else []

    def _full(self, path: bytes) -> bytes:
        return os.path.join(self._inbox, path)

    def _checked(self, place: bytes | None, found: Found, digest: Digest) -> bytes | None:
        if place is None:
            return None
        if not self._is_that(place, found.footprint, digest):
            self.put_back(place, found.path)
            raise Replaced
        return place

    def _is_that(self, place: bytes, footprint: Footprint, digest: Digest) -> bool:
        """Whether it is the file that was recorded. Where only its times have moved, its bytes tell."""
        now = Footprint.of(os.lstat(self._full(place)))
        if now.is_same_content(footprint) or not now.is_same_size(footprint):
            return now.is_same_content(footprint)
        with open(self._full(place), "rb") as file:
            return digest_of(file.fileno()) == digest

    def _move(self, source: bytes, target: bytes, numbered: Callable[[bytes, int], bytes]) -> bytes:
        """Rename below the inbox, to the first name like the target that is free, and return it."""
        os.makedirs(os.path.dirname(self._full(target)), exist_ok=True)
        for free in _names(target, numbered):
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


def arrival_of(place: bytes) -> tuple[int, bytes]:
    """The number of the arrival that a place is named by, as what places are sorted by."""
    number = os.path.basename(place).partition(b"-")[0].partition(b".")[0]
    return int(number) if number.isdigit() else 0, place


def _names(target: bytes, numbered: Callable[[bytes, int], bytes]) -> Iterator[bytes]:
    folder, name = os.path.split(target)
    yield target
    for number in count(2):
        yield os.path.join(folder, numbered(name, number)[:_LONGEST_NAME])


def _numbered_before(name: bytes, number: int) -> bytes:
    return b"%d-%s" % (number, name)


def _numbered_after(name: bytes, number: int) -> bytes:
    """`4-PK.pdf` becomes `4.2-PK.pdf`: what stands before the first hyphen is never part of the file's own name."""
    arrival, _, rest = name.partition(b"-")
    return b"%s.%d-%s" % (arrival, number, rest)


def _rename(source: bytes, target: bytes) -> None:
    """Rename without ever writing over what has come meanwhile. Raises FileExistsError."""
    rename_to_free(source, HERE, target, HERE)
