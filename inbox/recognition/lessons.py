"""What a name could teach: the words in it that nobody knew, once a person has said where the file belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from inbox.evidence import Evidence, Part, Source
from workflow import Obligation, Spelled

_SHORTEST = 3
_SURE_ENOUGH = 0.85


class Lesson(NamedTuple):
    """Words that seem to be a spelling of this office or requirement (a code)."""

    kind: Spelled
    words: str
    means: str


def lesson(evidence: Sequence[Evidence], placed: Obligation) -> Lesson | None:
    """What may be remembered from a file that a person has placed; None where its name does not tell that alone.

    One run of unknown words that stands for the one thing that the name left out can be learned; which of two things
    it would stand for is a guess.
    """
    runs = [one.words for one in evidence if one.part == Part.UNKNOWN and len(one.words) >= _SHORTEST]
    written = (one for one in evidence if one.source in (Source.DROP_FOLDER, Source.NAME) and one.sure > _SURE_ENOUGH)
    told = {one.part for one in written}
    left_out = [part for part in (Part.OFFICE, Part.REQUIREMENT) if part not in told]
    if len(runs) != 1 or len(left_out) != 1:
        return None
    if left_out == [Part.OFFICE]:
        return Lesson(Spelled.OFFICE, runs[0], placed.office.code)
    return Lesson(Spelled.REQUIREMENT, runs[0], placed.requirement.code)
