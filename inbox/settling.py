"""Whether a file has stopped changing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from inbox.footprints import Footprint


class _Seen(NamedTuple):
    footprint: Footprint
    since: float


class Settling:
    """Remembers how long each file has lain still, on the caller's monotonic clock in seconds."""

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._seen: dict[bytes, _Seen] = {}

    def notice(self, path: bytes, footprint: Footprint, now: float) -> bool:
        """Whether it has not changed for the quiet time. The first sight of a file is never enough."""
        seen = self._seen.get(path)
        if seen is None or seen.footprint != footprint:
            self._seen[path] = _Seen(footprint, now)
            return False
        return now >= seen.since + self._quiet

    def keep_only(self, paths: Iterable[bytes]) -> None:
        """Forget all files but these."""
        self._seen = {path: self._seen[path] for path in paths if path in self._seen}

    def next_ready(self, now: float) -> float | None:
        """When, after `now`, the next of them will have lain still long enough, if it does not change."""
        ready = (seen.since + self._quiet for seen in self._seen.values())
        return min((moment for moment in ready if moment > now), default=None)
