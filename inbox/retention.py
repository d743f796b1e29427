"""Where dropped files go once they are safe: renamed, never deleted."""

from __future__ import annotations

import os
from pathlib import Path

from inbox.folders import RETIRED
from inbox.footprints import Footprint

_LONGEST_NAME = 255


class Replaced(Exception):
    """Another file lay there by then; it is back in its place."""


class Retention:
    """The folder `.arsip` in the inbox, on the same file system, one sub-folder a day."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = os.fsencode(inbox)

    def retire(self, path: bytes, footprint: Footprint, arrival: int, day: str) -> bytes | None:
        """Put the file at `path` away and return where, below the inbox; None when it is gone.

        Raises Replaced when a newer file had taken its place, OSError when the file system does not let it go.
        """
        place = os.path.join(RETIRED, os.fsencode(day), _retired_name(arrival, path))
        source, target = os.path.join(self._inbox, path), os.path.join(self._inbox, place)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            os.rename(source, target)
        except FileNotFoundError:
            # Its sender took it back, or a process that was killed then had put it away without looking at it.
            return self._checked(self.place_of(arrival), source, footprint)
        return self._checked(place, source, footprint)

    def _checked(self, place: bytes | None, source: bytes, footprint: Footprint) -> bytes | None:
        if place is None:
            return None
        target = os.path.join(self._inbox, place)
        if not Footprint.of(os.lstat(target)).is_same_content(footprint):
            _put_back(target, source)
            raise Replaced
        return place

    def place_of(self, arrival: int) -> bytes | None:
        """Where an arrival's file was put away, as the folder itself tells."""
        root = os.path.join(self._inbox, RETIRED)
        prefix = b"%d-" % arrival
        for day in sorted(os.listdir(root)) if os.path.isdir(root) else ():
            for name in os.listdir(os.path.join(root, day)):
                if name.startswith(prefix):
                    return os.path.join(RETIRED, day, name)
        return None


def _retired_name(arrival: int, path: bytes) -> bytes:
    return (b"%d-" % arrival + os.path.basename(path))[:_LONGEST_NAME]


def _put_back(target: bytes, source: bytes) -> None:
    """Undo the rename without ever writing over what has come meanwhile."""
    folder, name = os.path.split(source)
    os.makedirs(folder, exist_ok=True)
    for place in (
        source,
        *(os.path.join(folder, b"%d-%s" % (n, name))[:_LONGEST_NAME] for n in range(1, 100)),
    ):
        try:
            os.link(target, place)
        except FileExistsError:
            continue
        os.unlink(target)
        return
