"""How answers compare with what is true, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from math import sqrt

from benchmarks.labelled import FOR_A_PERSON, PARTS, Truth
from inbox import Reading, Recognised, Told, Unrecognised

BINS = ((0.99, ">= 99 %"), (0.95, "95 - 99 %"), (0.9, "90 - 95 %"), (0.5, "50 - 90 %"), (0.0, "< 50 %"))


class Verdict(StrEnum):
    """What an answer is worth; `asked` is no answer where there is one to find."""

    RIGHT = "right"
    WRONG = "wrong"
    ASKED = "asked"


class Tally:
    """Verdicts under headings, in the order in which the headings came up."""

    def __init__(self, *headings: str) -> None:
        self._counts: dict[str, Counter[Verdict]] = {heading: Counter() for heading in headings}

    def add(self, heading: str, verdict: Verdict | None) -> None:
        """Count a verdict; None is no case at all."""
        if verdict is not None:
            self._counts.setdefault(heading, Counter())[verdict] += 1

    def of(self, heading: str, verdict: Verdict) -> int:
        """How many there are of it."""
        return self._counts[heading][verdict] if heading in self._counts else 0

    def decided(self, heading: str) -> int:
        """How many were answered, well or badly."""
        return self.of(heading, Verdict.RIGHT) + self.of(heading, Verdict.WRONG)

    def each(self, heading: str) -> tuple[int, ...]:
        """Right, wrong, asked."""
        return tuple(self.of(heading, verdict) for verdict in Verdict)

    def headings(self) -> Iterator[str]:
        """All headings, those without a single case too."""
        yield from self._counts


def of_part(part: str, reading: Reading, truth: Truth, threshold: float) -> Verdict | None:
    """What a reading says of one part. None where there was nothing to find and nothing was said, or nobody knows."""
    told, true = told_of(reading, part), getattr(truth, part)
    if true is None:
        return None
    if told.value and told.sure >= threshold and not (part == "variant" and true == FOR_A_PERSON and reading.doubts):
        return Verdict.RIGHT if told.value == true else Verdict.WRONG
    return Verdict.ASKED if true else None


def of_filing(answer: Recognised | Unrecognised, truth: Truth, threshold: float) -> Verdict:
    """What an answer does with the file: filed well, filed badly, or left to a person."""
    if isinstance(answer, Unrecognised) or answer.sure < threshold:
        return Verdict.ASKED
    return Verdict.WRONG if any(faults(answer, truth)) else Verdict.RIGHT


def faults(answer: Recognised, truth: Truth) -> Iterator[str]:
    """In words, what is wrong with a filing."""
    requirement, period = answer.obligation.requirement, answer.obligation.period
    years = period._replace(part="")
    filed = (answer.obligation.office.code, requirement.code, str(years), period.part, requirement.variant)
    for part, value, true in zip(PARTS, filed, (getattr(truth, part) for part in PARTS), strict=True):
        if true is not None and value != true:
            yield f"{part} {value or '-'}, not {true or '-'}"
    if not truth.is_whole:
        yield "it is for a person"
    if truth.is_draft != answer.is_draft:
        yield "it is a draft" if truth.is_draft else "it is no draft"


def told_of(reading: Reading, part: str) -> Told:
    """What a reading tells of a part."""
    told: Told = getattr(reading, part)
    return told


def bin_of(sure: float) -> str:
    """The line of a reliability table that it belongs to."""
    return next(name for least, name in BINS if sure >= least)


def at_least(right: int, cases: int) -> float:
    """The share that is right, at the lower end of Wilson's 95 % interval: what so many cases show for certain."""
    if not cases:
        return 0.0
    z, share = 1.96, right / cases
    middle = share + z * z / (2 * cases)
    return (middle - z * sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))) / (1 + z * z / cases)


def lines(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A table that is read in a terminal: the first column to the left, figures to the right."""
    texts = [[_text(cell) for cell in row] for row in rows]
    yield f"{title:<48}" + "".join(f"{column:>13}" for column in columns)
    for row in texts:
        yield f"{row[0]:<48}" + "".join(f"{cell:>13}" for cell in row[1:])


def _text(cell: object) -> str:
    return f"{cell:.2f} %" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell)
