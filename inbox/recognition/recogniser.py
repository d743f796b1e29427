"""Whose a file is, what it is and for when: a pure answer with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from inbox.answers import is_about_findings
from inbox.evidence import Evidence, Part, Reason, Source
from inbox.recognition.case import Case, covers
from inbox.recognition.covers import Cover, read_cover
from inbox.recognition.lexicon import Lexicon
from inbox.recognition.names import split_name, split_words, tokenise
from inbox.recognition.weighing import Reading
from workflow import EVER, Obligation, ObligationId, Period, State, Vocabulary

THRESHOLD = 0.95

_MOST_GUESSES = 9
_MOST_FOLDERS = 8
_MOST_REMEMBERED = 4096
_LONGEST_TITLE = 200
# The only one that is open is meant, unless an older one has been sent without its year.
_SURE_ONLY_ONE = 0.98

Owed = Callable[[str], Sequence[Obligation]]


class Known(NamedTuple):
    """What is known of a file.

    Its folders, outermost first, below the inbox; its name; the text of its first pages; its property `title`.
    """

    folders: tuple[str, ...]
    name: str
    pages: tuple[str, ...] = ()
    title: str = ""


class Recognised(NamedTuple):
    """The one obligation that the file can be for, and how often such an answer is right (0 to 1)."""

    obligation: Obligation
    is_draft: bool
    evidence: tuple[Evidence, ...]
    sure: float


class Unrecognised(NamedTuple):
    """Why a person must choose, and the likeliest obligations."""

    reason: Reason
    is_draft: bool
    guesses: tuple[ObligationId, ...]
    evidence: tuple[Evidence, ...]


class Recogniser:
    """Knows how a region spells its offices and documents; `owed` tells what an office owes.

    What is not at least `threshold` sure is asked, never filed.
    """

    def __init__(self, vocabulary: Vocabulary, owed: Owed, threshold: float = THRESHOLD) -> None:
        self._lexicon = lexicon = Lexicon(vocabulary)
        # Many files lie in one folder.
        self._read_folder = lru_cache(_MOST_REMEMBERED)(lambda folder: lexicon.read(split_words(folder)))
        always = {words: code for words, code in vocabulary.offices.items() if words not in vocabulary.borne}
        self._folders = {tokenise(words): code for words, code in always.items()}
        self._own_words = _own_words(always)
        self._plans = vocabulary.plans
        self._region_office = vocabulary.region_office
        self._twins = _twins(vocabulary)
        self._owed = owed
        self._grouped: dict[str, _Theirs] = {}
        self._threshold = threshold

    def office_of(self, folder: str) -> str | None:
        """The office whose drop folder it is."""
        return self._folders.get(tokenise(folder))

    def read(self, known: Known) -> Reading:
        """What folders, name and text say, before it is held against what is owed. Never raises."""
        drop = self.office_of(known.folders[0]) if known.folders else None
        around = known.folders if drop is None else known.folders[1:]
        name = split_name(known.name)
        return Case(
            drop,
            self._lexicon.read(name.words).knowing(self._own_words.get(drop or "", frozenset())),
            name.is_archive,
            [self._read_folder(folder) for folder in around[-_MOST_FOLDERS:]],
            self._lexicon.read(split_words(known.title[:_LONGEST_TITLE])) if known.title else None,
            read_cover(known.pages, self._lexicon) if known.pages else Cover(),
            self._plans,
            self._region_office,
            self._lexicon.borne,
        ).reading()

    def recognise(self, known: Known) -> Recognised | Unrecognised:
        """The obligation that it is for, or the first question that only a person can answer.

        The office is the drop folder's when the file lies in one; the other folders fill in what the name leaves out,
        and can cast doubt on it, as can the text. Files only what can be one obligation and no other.
        """
        if is_about_findings(known.name, known.pages):
            return Unrecognised(Reason.ANSWER_MANGLED, is_draft=False, guesses=(), evidence=())
        reading = self.read(known)
        theirs = self._of(reading.office.value)
        codes = self._twins.get(reading.requirement.value, (reading.requirement.value,))
        same = [obligation for code in codes for obligation in theirs.by_code.get(code, ())]
        fitting = [obligation for obligation in same if _fits(obligation, reading)]
        reason = _doubt(reading, fitting, self._threshold)
        if reason is not None:
            others = () if same else (one for one in theirs.all if one.state is State.DRAFT and one.is_owed)
            likeliest = dict.fromkeys(one.id for one in (*fitting, *same, *islice(others, _MOST_GUESSES)))
            return Unrecognised(reason, reading.is_draft, tuple(likeliest)[:_MOST_GUESSES], reading.evidence)
        (obligation,) = fitting
        evidence = reading.evidence
        if not reading.years.value:
            period = str(obligation.period)
            evidence = (*evidence, Evidence(Part.YEARS, period, Source.REGISTER, period, _SURE_ONLY_ONE))
        return Recognised(obligation, reading.is_draft, evidence, sure_of_filing(reading))

    def _of(self, office: str) -> _Theirs:
        """What an office owes, by document; grouped anew only when it is another list than before."""
        all_ = self._owed(office) if office else ()
        theirs = self._grouped.get(office)
        if theirs is None or theirs.all is not all_:
            by_code: dict[str, list[Obligation]] = {}
            for obligation in all_:
                by_code.setdefault(obligation.requirement.code, []).append(obligation)
            theirs = self._grouped[office] = _Theirs(all_, by_code)
        return theirs


class _Theirs(NamedTuple):
    all: Sequence[Obligation]
    by_code: Mapping[str, Sequence[Obligation]]


def sure_of_filing(reading: Reading) -> float:
    """How often a filing on this reading is right, where exactly one obligation fits it."""
    if reading.years.value:
        return reading.sure
    return reading._replace(years=reading.years._replace(sure=_SURE_ONLY_ONE)).sure


def _doubt(reading: Reading, fitting: Sequence[Obligation], threshold: float) -> Reason | None:
    if reading.doubts:
        return reading.doubts[0]
    if len(fitting) != 1:
        return Reason.NO_PERIOD if fitting else Reason.NOT_OWED
    return Reason.UNSURE if sure_of_filing(reading) < threshold else None


def _fits(obligation: Obligation, reading: Reading) -> bool:
    if obligation.requirement.variant != reading.variant.value:
        return False
    if obligation.period == EVER:
        return True
    first, last, part = obligation.period
    span = str(Period(first, last))
    if reading.years.value not in ("", span) or reading.part.value not in ("", part):
        return False
    among = (one.value for one in reading.evidence if one.part is Part.YEARS and one.source is Source.FOLDER)
    return all(covers(span, years) for years in among)


def _own_words(offices: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The words of all names of each office: in its own drop folder none of them is strange."""
    found: dict[str, set[str]] = {}
    for words, code in offices.items():
        found.setdefault(code, set()).update(tokenise(words))
    return {code: frozenset(words) for code, words in found.items()}


def _twins(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """What else a word can mean that means this document: the report of the region is called as that of an office."""
    twins: dict[str, set[str]] = {}
    for keys in (*vocabulary.requirements.values(), *vocabulary.titles.values()):
        codes = [key.partition("+")[0] for key in keys]
        twins.setdefault(codes[0], set()).update(codes)
    return {code: tuple(sorted(codes)) for code, codes in twins.items()}
