"""When it says 99 %, is it right 99 times in 100? Tried on thousands of made names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from benchmarks.judged import BINS, Tally, Verdict, at_least, bin_of, faults, lines, of_filing, of_part, told_of
from benchmarks.labelled import PARTS, Label, Truth
from benchmarks.regions import Region
from benchmarks.templates import Templates
from benchmarks.variations import VARIATIONS, known_words, vary
from inbox import Known, Recognised

WHOLE = "filing"
EVERY = "all of them"


class Case(NamedTuple):
    """A name, what is true of it, where it is read, what kind of name it is and what was done to it."""

    known: Known
    truth: Truth
    region: Region
    kinds: tuple[str, ...]


class Calibration(NamedTuple):
    """How often it was right, by how sure it was of each part and by kind of name, and the wrong filings in words."""

    by_sureness: Mapping[str, Tally]
    by_kind: Tally
    wrong: tuple[str, ...]


def made(
    count: int, own: Region, labels: Sequence[Label], regions: Mapping[str, Region], *, seed: int
) -> Iterator[Case]:
    """So many names, every other one from a labelled one where there are any; the same seed makes the same names."""
    dice = Random(seed)
    templates, words = Templates(own.catalogue, dice), _words(own)
    words_of = {name: _words(region) for name, region in regions.items()}
    for i in range(count):
        if labels and i % 2:
            label = dice.choice(labels)
            varied = vary(label.known.name, words_of[label.region], dice)
            case = Case(label.known, label.truth, regions[label.region], ("labelled", *varied.kinds))
        else:
            template = templates.make()
            varied = vary(template.known.name, words, dice)
            case = Case(template.known, template.truth, own, (template.kind, *varied.kinds))
        yield case._replace(known=case.known._replace(name=varied.name))


def calibrate(cases: Iterable[Case], threshold: float) -> Calibration:
    """Read them all, and file what is at least `threshold` sure."""
    bins = [name for _, name in BINS]
    by_sureness = {part: Tally(*bins) for part in (*PARTS, WHOLE)}
    by_kind, wrong = Tally(EVERY), list[str]()
    for case in cases:
        reading = case.region.recogniser.read(case.known)
        for part in PARTS:
            verdict = of_part(part, reading, case.truth, 0.0)
            if verdict is not Verdict.ASKED:
                by_sureness[part].add(bin_of(told_of(reading, part).sure), verdict)
        answer = case.region.recogniser.recognise(case.known)
        if isinstance(answer, Recognised):
            by_sureness[WHOLE].add(bin_of(answer.sure), of_filing(answer, case.truth, 0.0))
        verdict = of_filing(answer, case.truth, threshold)
        for kind in (EVERY, *case.kinds):
            by_kind.add(kind, verdict)
        if isinstance(answer, Recognised) and verdict is Verdict.WRONG:
            where = "/".join((*case.known.folders, case.known.name))
            why = f"{', '.join(faults(answer, case.truth))} ({', '.join(case.kinds)})"
            wrong.append(f"{where}: {answer.obligation.id}: {why}")
    return Calibration(by_sureness, by_kind, tuple(wrong))


def report(calibration: Calibration) -> Iterator[str]:
    """The reliability of each part and of whole filings, and how each kind of name and of variation fared."""
    for part, tally in calibration.by_sureness.items():
        rows = [(name, *_reliability(tally, name)) for name in tally.headings() if tally.decided(name)]
        yield from lines(f"{part}, when it says", ("names", "right", "share", "at least"), rows)
        yield ""
    kinds = calibration.by_kind
    fates = [
        (kind, *kinds.each(kind), 100 * kinds.decided(kind) / max(1, sum(kinds.each(kind))))
        for kind in sorted(kinds.headings(), key=_place)
    ]
    yield from lines("filings, by kind of name", (*Verdict, "decided"), fates)


def wrong_share(calibration: Calibration, part: str) -> float:
    """Of what it was 99 % sure of, the share in percent that was wrong."""
    tally, surest = calibration.by_sureness[part], BINS[0][1]
    return 100 * tally.of(surest, Verdict.WRONG) / max(1, tally.decided(surest))


def _reliability(tally: Tally, name: str) -> tuple[int, int, float, float]:
    right, decided = tally.of(name, Verdict.RIGHT), tally.decided(name)
    return decided, right, 100 * right / decided, 100 * at_least(right, decided)


def _place(kind: str) -> tuple[bool, bool, str]:
    """All names first, then the kinds of names, then what was done to them."""
    return kind != EVERY, kind in VARIATIONS, kind


def _words(region: Region) -> frozenset[str]:
    catalogue = region.catalogue
    spellings = (words for entry in catalogue.entries for words in entry.spellings)
    return known_words((*catalogue.aliases, *spellings, *catalogue.lookalikes))
