"""How long each file has lain still."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from inbox.footprints import Footprint

# A file whose times move so often while its size does not is idle on a disk that cannot keep time (GlusterFS).
_UNSTEADY_CHANGES = 20
_UNSTEADY_SECONDS = 60.0


class _Seen(NamedTuple):
    footprint: Footprint
    since: float
    size_since: float
    changes: int


class Settling:
    """Remembers what was seen when, on the caller's monotonic clock in seconds."""

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._seen: dict[bytes, _Seen] = {}

    def notice(self, path: bytes, footprint: Footprint, now: float) -> bool:
        """Whether it has not changed for the quiet time. The first sight of a file is never enough."""
        seen = self._seen.get(path)
        if seen is None or not seen.footprint.is_same_size(footprint):
            self._seen[path] = _Seen(footprint, now, now, 0)
            return False
        if seen.footprint != footprint:
            self._seen[path] = _Seen(footprint, now, seen.size_since, seen.changes + 1)
            return False
        return now >= seen.since + self._quiet

    def still(self, path: bytes, now: float) -> float:
        """For how many seconds a file that was noticed has not changed."""
        return now - self._seen[path].since

    def has_unsteady_times(self, path: bytes, now: float) -> bool:
        """Whether only its times move, again and again, so that waiting for them to rest would be for ever."""
        seen = self._seen[path]
        return seen.changes >= _UNSTEADY_CHANGES and now - seen.size_since >= _UNSTEADY_SECONDS

    def keep_only(self, paths: Iterable[bytes]) -> None:
        """Forget all files but these."""
        self._seen = {path: self._seen[path] for path in paths if path in self._seen}

    def next_ready(self, now: float) -> float | None:
        """When, after `now`, the next of them will have lain still for the quiet time, if it does not change."""
        ready = (seen.since + self._quiet for seen in self._seen.values())
        return min((moment for moment in ready if moment > now), default=None)
