"""How often the recognition of names and documents is right, how sure it may be, and how fast it is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks import pace
from benchmarks.calibration import WHOLE, Case, calibrate, made, report, wrong_share
from benchmarks.judged import Tally, Verdict, faults, lines, of_filing, of_part, told_of
from benchmarks.labelled import DATA, PARTS, Label, documents, names
from benchmarks.measure import Figure
from benchmarks.regions import Region, registers, shipped
from inbox import Known, Recognised, TextReader

_FILINGS = "filings"
_COMPLETE = "filings, where all is told"
_MOST_LINES = 40


class Score(NamedTuple):
    """How labelled files fared with so much known of them: counts, and in words what was misfiled, misread, asked."""

    title: str
    tally: Tally
    misfiled: list[str]
    misread: list[str]
    asked: list[str]


def measure() -> Iterator[Figure]:
    """Print the tables of the labelled sets beside the checkout and of made names, then give the figures."""
    yield from _measure(_options([]))


def main() -> int:
    """Measure what the command line names."""
    options, figures = _options(None), list[Figure]()
    for figure in _measure(options):
        figures.append(figure)
        print(f"  {figure}", flush=True)
    if options.json:
        rows = json.dumps([figure._asdict() for figure in figures], indent=2)
        options.json.write_text(rows, encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognition", description=__doc__)
    option = parser.add_argument
    option("--names", type=Path, metavar="FILE", default=DATA / "file-names-labelled.tsv")
    option("--documents", type=Path, metavar="FILE", default=DATA / "documents-labelled.tsv")
    offices = [DATA / "offices.tsv", DATA / "offices-mixed.tsv"]
    told = "registers; offices without a region are for all that have no register of their own"
    option("--offices", type=Path, metavar="FILE", nargs="+", default=offices, help=told)
    option("--threshold", type=float, metavar="SURE", default=0.95, help="how sure it must be (default 0.95)")
    option("--made", type=int, metavar="N", default=20_000, help="how many names to make (default 20000)")
    option("--seed", type=int, metavar="N", default=4, help="other dice make other names (default 4)")
    option("--wrong", action="store_true", help="list what was misread, and what was complete but asked, too")
    option("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args(arguments)


def _measure(options: argparse.Namespace) -> Iterator[Figure]:
    """What is missing is left out, and the rest goes on without it."""
    tables = [table for table in options.offices if _is_there(table)]
    labels = names(options.names) if tables and _is_there(options.names) else []
    papers = documents(options.documents) if tables and _is_there(options.documents) else []
    with closing(TextReader()) as reader:
        with_text = [one._replace(known=pace.known_with_text(one, reader)) for one in papers]
    regions, own = registers(tables, [*labels, *papers]), shipped()

    of_names = list(_of_names(labels, regions, options.threshold))
    of_papers = list(_of_documents(papers, with_text, regions, options.threshold))
    for score in [*of_names, *of_papers[-1:]]:
        print(*_counts(score), "", sep="\n")
    if papers:
        print(*_found(of_papers), "", sep="\n")
    for score in (*of_names, *of_papers):
        _print_some(f"misfiled, {score.title}", score.misfiled)
    for score in (*of_names, *of_papers[-1:]) if options.wrong else ():
        _print_some(f"misread, {score.title}", score.misread)
        _print_some(f"all is told, but asked, {score.title}", score.asked)

    names_made = list(made(options.made, own, labels, regions, seed=options.seed))
    as_they_are = [
        Case(one.known, one.truth, regions[one.region], (kind,))
        for kind, those in (("labelled, as it is", labels), ("labelled, with text", with_text))
        for one in those
    ]
    calibration = calibrate([*as_they_are, *names_made], options.threshold)
    print(*report(calibration), "", sep="\n")
    _print_some("misfiled, made names", calibration.wrong)

    yield from _figures(of_names, of_papers[-1:])
    yield Figure(f"misfiled, {len(names_made):,} made names", len(calibration.wrong), "", 0.0)
    for part in (*PARTS, WHOLE):
        yield Figure(f"wrong where 99 % sure, {part}", wrong_share(calibration, part), "%", 1.0)
    if names_made:
        yield from pace.of_names(own, [case.known for case in names_made if case.region is own])
    yield from pace.of_hostile_names(shipped())
    if papers:
        yield from pace.of_documents(papers, regions)


def _figures(of_names: Sequence[Score], of_papers: Sequence[Score]) -> Iterator[Figure]:
    for score in (*of_names, *of_papers):
        yield Figure(f"misfiled, {score.title}", len(score.misfiled), "", 0.0)
    for score in of_names:
        yield Figure(f"not filed though all is told, {score.title}", _share_missed(score, _COMPLETE), "%", 5.0)
    for score in of_papers:
        for part in ("office", "requirement"):
            yield Figure(f"{part} not found, all documents", _share_missed(score, part), "%", 10.0)


def _of_names(labels: Sequence[Label], regions: Mapping[str, Region], threshold: float) -> Iterator[Score]:
    if labels:
        yield _score("names", [(one, one.known) for one in labels], regions, threshold)
        placed = [one for one in labels if _is_placed(one, regions)]
        yield _score("names in drop folders", [(one, _dropped(one, one.known)) for one in placed], regions, threshold)


def _of_documents(
    papers: Sequence[Label], with_text: Sequence[Label], regions: Mapping[str, Region], threshold: float
) -> Iterator[Score]:
    """Each collection and then all, with more and more known of them; the last score is of all, with all known."""
    collections = {one.region: one.region for one in papers}
    for title, region in {**collections, "all documents": None}.items() if papers else ():
        plain = [(one, one.known) for one in papers if region in (None, one.region)]
        read = [(one, one.known) for one in with_text if region in (None, one.region)]
        dropped = [(one, _dropped(one, known) if _is_placed(one, regions) else known) for one, known in read]
        yield _score(f"{title}: name", plain, regions, threshold)
        yield _score(f"{title}: name, text", read, regions, threshold)
        yield _score(f"{title}: name, text, drop folder", dropped, regions, threshold)


def _is_placed(label: Label, regions: Mapping[str, Region]) -> bool:
    return regions[label.region].is_office(label.truth.office)


def _dropped(label: Label, known: Known) -> Known:
    """As if it had come through the drop folder of its office."""
    return known._replace(folders=(str(label.truth.office), *known.folders))


def _score(
    title: str, cases: Sequence[tuple[Label, Known]], regions: Mapping[str, Region], threshold: float
) -> Score:
    score = Score(title, Tally(*PARTS, _FILINGS, _COMPLETE), [], [], [])
    for label, known in cases:
        region, truth = regions[label.region], label.truth
        where = "/".join((*known.folders, known.name))
        reading = region.recogniser.read(known)
        for part in PARTS:
            verdict = of_part(part, reading, truth, threshold)
            told, true = told_of(reading, part), getattr(truth, part)
            # What is for a person, or of no register, is not there to be found: it can only be told wrongly.
            if verdict is not Verdict.ASKED or region.has(part, true):
                score.tally.add(part, verdict)
            if verdict is Verdict.WRONG:
                score.misread.append(f"{where}: {part} {told.value}, not {true or '-'} ({told.sure:.0%} sure)")
        answer = region.recogniser.recognise(known)
        verdict = of_filing(answer, truth, threshold)
        score.tally.add(_FILINGS, verdict)
        if region.holds_everything(truth):
            score.tally.add(_COMPLETE, verdict)
        if isinstance(answer, Recognised) and verdict is Verdict.WRONG:
            score.misfiled.append(f"{where}: {', '.join(faults(answer, truth))}")
        if verdict is Verdict.ASKED and region.holds_everything(truth):
            why = f"{answer.sure:.0%} sure" if isinstance(answer, Recognised) else answer.reason
            score.asked.append(f"{where}: {why}")
    return score


def _counts(score: Score) -> Iterator[str]:
    tally = score.tally
    rows = [(one, sum(tally.each(one)), tally.decided(one), *tally.each(one)) for one in tally.headings()]
    return lines(score.title, ("cases", "decided", *Verdict), rows)


def _found(scores: Sequence[Score]) -> Iterator[str]:
    """What was found of what there was to find, for each collection and way to know it."""
    parts = ("office", "requirement", "years", "variant", _FILINGS)
    rows = [(score.title, *(_share(score.tally, part) for part in parts), len(score.misfiled)) for score in scores]
    return lines("documents, known by", (*parts, "misfiled"), rows)


def _share(tally: Tally, heading: str) -> str:
    cases = sum(tally.each(heading))
    return f"{tally.of(heading, Verdict.RIGHT)} of {cases}" if cases else "-"


def _print_some(title: str, those: Sequence[str]) -> None:
    """The first of them; thousands would be read by nobody."""
    for line in those[:_MOST_LINES]:
        print(f"    {title}: {line}")
    if len(those) > _MOST_LINES:
        print(f"    {title}: and {len(those) - _MOST_LINES:,} more")


def _share_missed(score: Score, heading: str) -> float:
    """What was not found of what there was to find, in percent."""
    right, wrong, asked = score.tally.each(heading)
    return 100 * (wrong + asked) / max(1, right + wrong + asked)


def _is_there(table: Path) -> bool:
    """Whether there is such a table; it is said when there is none, and the rest goes on without it."""
    if not table.is_file():
        print(f"left out, for it is not there: {table}")
    return table.is_file()


if __name__ == "__main__":
    sys.exit(main())
