"""Marks: obligations as they were when they were marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from workflow import Obligation, ObligationId


class Marks:
    """Which obligations are marked. A mark holds on to the thing, wherever it stands, until that moves."""

    def __init__(self) -> None:
        self._seen: dict[ObligationId, Obligation] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def __contains__(self, obligation: Obligation) -> bool:
        return obligation.id in self._seen

    @property
    def all(self) -> tuple[Obligation, ...]:
        """What is marked, in the order in which it was."""
        return tuple(self._seen.values())

    def toggle(self, obligation: Obligation) -> None:
        """Mark it as it is seen now, or let its mark go."""
        if self._seen.pop(obligation.id, None) is None:
            self._seen[obligation.id] = obligation

    def drop(self, those: Iterable[Obligation]) -> None:
        """Let these marks go."""
        for one in those:
            self._seen.pop(one.id, None)

    def keep(
        self, now: Mapping[ObligationId, Obligation], has_moved: Callable[[Obligation], bool]
    ) -> list[Obligation]:
        """Let go of what has moved since it was marked, and tell what that was.

        What was only taken, assigned or spoken of stays marked, as it is now: whoever decides on it decides on the
        same thing.
        """
        changed = [one for one in self.all if one.id not in now or now[one.id].seq != one.seq]
        fallen = [one for one in changed if one.id not in now or has_moved(one)]
        self._seen.update((one.id, now[one.id]) for one in changed if one not in fallen)
        self.drop(fallen)
        return fallen
