"""What all evidence together says of one part of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from inbox.evidence import Evidence, Reason, Source

# Two sources are never quite independent: the one who names a file has written its cover.
_SUREST = 0.999
_SURE_ENOUGH_TO_CONTRADICT = 0.89
_SURE_ENOUGH_TO_COUNT = 0.6
_SURE_AS_CHANCE = 0.5
_WRITTEN = frozenset({Source.DROP_FOLDER, Source.FOLDER, Source.NAME})


class Told(NamedTuple):
    """What is known of one part: a value, and how often an answer on such evidence is right (0 to 1).

    An empty value: nothing tells.
    """

    value: str = ""
    sure: float = 0.0


class Reading(NamedTuple):
    """All parts of an answer, the doubts that only a person can settle, and what it was read from.

    `office` and `requirement` are codes, `years` is `2026` or `2025-2029`, `part` `q1`..`q4`, `s1`, `s2` or nothing,
    `variant` `perubahan` or nothing.
    """

    office: Told
    requirement: Told
    years: Told
    part: Told
    variant: Told
    doubts: tuple[Reason, ...]
    is_draft: bool
    evidence: tuple[Evidence, ...]

    @property
    def sure(self) -> float:
        """How often a filing on this reading is right; 0 while there is a doubt."""
        if self.doubts:
            return 0.0
        part = self.part.sure if self.part.value else 1.0
        return self.office.sure * self.requirement.sure * self.years.sure * self.variant.sure * part


def weigh(said: Iterable[Evidence]) -> Told:
    """The likeliest value of one part: sources that agree make it surer, each one that does not, less so."""
    sources: dict[str, dict[Source, float]] = defaultdict(dict)
    for _, _, source, value, sure, _ in said:
        if value:
            sources[value][source] = max(sure, sources[value].get(source, 0.0))
    sures = {value: _together(list(by_source.values())) for value, by_source in sources.items()}
    if not sures:
        return Told()
    likeliest = max(sures, key=lambda value: sures[value])
    sure = sures.pop(likeliest)
    for against in sures.values():
        sure *= 1 - max(0.0, against - _SURE_AS_CHANCE)
    return Told(likeliest, sure)


def contradicts(said: Iterable[Evidence]) -> bool:
    """Whether what the sender wrote and what the pages say are two things, and both surely."""
    written: set[str] = set()
    printed: set[str] = set()
    for _, _, source, value, sure, _ in said:
        if sure >= _SURE_ENOUGH_TO_CONTRADICT:
            (written if source in _WRITTEN else printed).add(value)
    return bool(written and printed) and not written & printed


def surely_written(said: Iterable[Evidence]) -> set[str]:
    """What the sender has written, a look-alike being one of them under no name."""
    return {one.value for one in said if one.source in _WRITTEN and one.sure > _SURE_ENOUGH_TO_COUNT}


def _together(sures: Sequence[float]) -> float:
    wrong = 1.0
    for sure in sures:
        wrong *= 1 - sure
    return max(min(1 - wrong, _SUREST), *sures)
