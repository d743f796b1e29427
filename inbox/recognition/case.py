"""One file: what each source says of it, brought together, and the doubts that only a person can settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from inbox.evidence import Evidence, Part, Reason, Source
from inbox.recognition.covers import Cover
from inbox.recognition.lexicon import Kind, Seen
from inbox.recognition.names import Tokens, piece, read_months, read_parts, read_years
from inbox.recognition.weighing import Reading, Told, contradicts, surely_written, weigh
from inbox.recognition.words import Mark
from workflow import LAST_YEAR, Period, Spans

_SURE_DROP_FOLDER, _SURE_FOLDER, _SURE_YEARS, _SURE_PART = 0.999, 0.99, 0.998, 0.995
_SURE_LETTER, _SURE_PROPERTY, _SURE_OF_PAPERS_AMONG = 0.9, 0.7, 0.6
_SURE_WITH_UNKNOWN_WORD, _SURE_WITH_ACRONYM = 0.98, 0.8
_SURE_ENOUGH_OF_YEARS, _SURE_ENOUGH_OF_OFFICE = 0.9, 0.5
_VOWELS = frozenset("aeiouy")
_MOST_REMEMBERED = 4096
_LONGEST_ACRONYM = 4
_SURE_IN_OTHER_YEARS, _SURE_ELSEWHERE = 0.6, 0.5

# Only of this document has each official one of their own.
_AGREEMENT = "pk"


class Case(NamedTuple):
    """What was read: the drop folder's office, the name (`seen`), the folders around it, the title, the cover.

    `plans` are the codes of documents that are for several years; `region_office` is what owes for the region itself;
    `borne` the years of those names of offices that are not for all years.
    """

    drop: str | None
    seen: Seen
    is_archive: bool
    around: Sequence[Seen]
    title: Seen | None
    cover: Cover
    plans: frozenset[str]
    region_office: str
    borne: Mapping[str, Spans]

    def reading(self) -> Reading:
        """All parts, and the doubts in the order in which they are asked."""
        marks = self._marks()
        evidence = tuple(dict.fromkeys(self._evidence(marks)))
        said = _by_part(evidence)
        requirement = weigh(said[Part.REQUIREMENT])
        said[Part.YEARS] = list(_of_its_kind(said[Part.YEARS], requirement.value in self.plans))
        own_years = [one for one in said[Part.YEARS] if one.source is not Source.FOLDER]
        years = weigh(own_years)
        evidence = tuple(self._in_its_years(one, years.value) for one in evidence)
        said[Part.OFFICE] = list(self._of_one([one for one in evidence if one.part is Part.OFFICE]))
        office = weigh(said[Part.OFFICE])
        variant = weigh(said[Part.VARIANT]) if said[Part.VARIANT] else Told("", 1.0)
        requirement = requirement._replace(sure=requirement.sure * self._known_words(said, requirement.value))
        doubts = tuple(self._doubts(said, marks, office, requirement.value, years))
        part = weigh(said[Part.PERIOD])
        return Reading(office, requirement, years, part, variant, doubts, Mark.DRAFT in marks, evidence)

    def _marks(self) -> dict[str, str]:
        """What else name and folders say, and in which words."""
        return {
            one.meaning.value: one.meaning.words
            for seen in (*self.around, self.seen)
            for one in seen.sightings
            if one.meaning.kind is Kind.MARK
        }

    def _evidence(self, marks: Mapping[str, str]) -> Iterator[Evidence]:
        if self.drop is not None:
            yield Evidence(Part.OFFICE, self.drop, Source.DROP_FOLDER, self.drop, _SURE_DROP_FOLDER)
        yield from self._written()
        yield from _times(self.seen.tokens, Source.NAME, 1.0)
        for folder in self.around:
            yield from _times_of_folder(folder.tokens)
        if Mark.CHANGED in marks:
            yield Evidence(Part.VARIANT, marks[Mark.CHANGED], Source.NAME, Mark.CHANGED, _SURE_PART)
        elif words := self._beside_a_document("p"):
            yield Evidence(Part.VARIANT, words, Source.NAME, Mark.CHANGED, _SURE_LETTER)
        if words := marks.get(Mark.PART) or piece(self.seen.tokens):
            yield Evidence(Part.PIECE, words, Source.NAME, words)
        if self.title is not None:
            for one in _sighted(self.title, Source.TITLE):
                yield one._replace(sure=one.sure * _SURE_PROPERTY)
        yield from self.cover.evidence
        if self.seen.elsewhere:
            yield Evidence(Part.OFFICE, self.seen.elsewhere, Source.NAME, sure=_SURE_ELSEWHERE)
        for words in self.seen.unknown_runs:
            yield Evidence(Part.UNKNOWN, words, Source.NAME)

    def _written(self) -> Iterator[Evidence]:
        """Offices and documents in the name and, where it leaves them out, in its folders."""
        named = list(_sighted(self.seen, Source.NAME))
        around = [one for folder in self.around for one in _sighted(folder, Source.FOLDER)]
        marks = {one.meaning.value for one in self.seen.sightings if one.meaning.kind is Kind.MARK}
        # An annex lies among the parts of the document that it belongs to; so may the paper of an official.
        is_annex = Mark.PART in marks and any(one.part is Part.REQUIREMENT for one in around)
        if is_annex:
            named = [one for one in named if one.part is not Part.REQUIREMENT]
        is_named = any(one.part is Part.REQUIREMENT for one in named)
        share = _SURE_OF_PAPERS_AMONG if Mark.OFFICIAL in marks else _SURE_FOLDER
        yield from named
        for one in around:
            if one.part is not Part.REQUIREMENT or not is_named:
                yield one._replace(sure=one.sure * share)

    def _of_one(self, offices: Sequence[Evidence]) -> Iterator[Evidence]:
        """Without the region itself where another office is named: every cover says whose government it is."""
        is_of_another = any(one.value not in ("", self.region_office) for one in offices)
        for one in offices:
            if one.value != self.region_office or one.source is Source.DROP_FOLDER or not is_of_another:
                yield one

    def _in_its_years(self, one: Evidence, years: str) -> Evidence:
        """Less sure where an office is called by a name that it did not bear then; of no year, bears no more."""
        spans = self.borne.get(one.words, ()) if one.part is Part.OFFICE else ()
        if not spans:
            return one
        first, last, _ = Period.parse(years) if years else (LAST_YEAR, LAST_YEAR, "")
        if any(since <= last and first <= until for since, until in spans):
            return one
        told = ", ".join(f"{since}-{until if until < LAST_YEAR else ''}" for since, until in spans)
        return one._replace(sure=one.sure * _SURE_IN_OTHER_YEARS, borne=told)

    def _beside_a_document(self, letter: str) -> str:
        """`PK-P`, `P-PK`: the letter that stands right behind or before the name of a document."""
        for meaning, at, _ in self.seen.sightings:
            behind = at + len(meaning.phrase)
            if meaning.kind is Kind.REQUIREMENT and self.seen.tokens[behind : behind + 1] == (letter,):
                return f"{meaning.words} {letter}"
            if meaning.kind is Kind.REQUIREMENT and self.seen.tokens[max(0, at - 1) : at] == (letter,):
                return f"{letter} {meaning.words}"
        return ""

    def _known_words(self, said: _Said, requirement: str) -> float:
        """What words that nobody knows leave of it, unless the cover names the same document."""
        if any(one.value == requirement and one.source is Source.COVER for one in said[Part.REQUIREMENT]):
            return 1.0
        sure = 1.0
        for word in self.seen.unknown:
            is_word = len(word) > _LONGEST_ACRONYM and _VOWELS & set(word) and word not in self.seen.doubtful
            sure *= _SURE_WITH_UNKNOWN_WORD if is_word else _SURE_WITH_ACRONYM
        return sure

    def _doubts(
        self, said: _Said, marks: Mapping[str, str], office: Told, requirement: str, years: Told
    ) -> Iterator[Reason]:
        documents = surely_written(said[Part.REQUIREMENT])
        spans = {one.value for one in said[Part.YEARS] if one.source is Source.NAME}
        parts = surely_written(said[Part.PERIOD]) or {one.value for one in said[Part.PERIOD]}
        is_piece = bool(said[Part.PIECE]) or self.cover.is_letter or (self.cover.is_piece and not documents)
        is_of_person = requirement == _AGREEMENT and (self.cover.is_of_official or self._is_of_person(said))
        is_unread = not years.value and any(len(one) > 1 and one.isdecimal() for one in self.seen.tokens)
        questions = (
            (len(surely_written(said[Part.OFFICE])) > 1 or self.cover.several_offices, Reason.SEVERAL_OFFICES),
            (office.sure < _SURE_ENOUGH_OF_OFFICE, Reason.NO_OFFICE),
            (self.is_archive, Reason.ARCHIVE),
            (contradicts(said[Part.OFFICE]), Reason.CONTRADICTION),
            (len(documents) > 1, Reason.SEVERAL_REQUIREMENTS),
            (not requirement or "" in documents, Reason.NO_REQUIREMENT),
            (is_piece, Reason.PART),
            (Mark.OFFICIAL in marks or is_of_person or self.cover.is_of_unit, Reason.OFFICIAL),
            (Mark.REVIEWED in marks, Reason.UNSURE_VERSION),
            (contradicts(said[Part.REQUIREMENT]), Reason.CONTRADICTION),
            (len(spans) > 1 or len(parts) > 1, Reason.SEVERAL_PERIODS),
            (contradicts(said[Part.YEARS]) or _is_changed_inside_only(said), Reason.CONTRADICTION),
            (bool(self.seen.elsewhere), Reason.UNSURE),
            (is_unread or 0 < years.sure < _SURE_ENOUGH_OF_YEARS, Reason.NO_PERIOD),
        )
        return (reason for is_so, reason in questions if is_so)

    def _is_of_person(self, said: _Said) -> bool:
        """An agreement whose name holds words that nobody knows is a person's, unless its cover names the office."""
        return bool(self.seen.unknown_at) and not any(one.source is Source.COVER for one in said[Part.OFFICE])


_Said = Mapping[Part, list[Evidence]]


def _by_part(evidence: Sequence[Evidence]) -> defaultdict[Part, list[Evidence]]:
    said: defaultdict[Part, list[Evidence]] = defaultdict(list)
    for one in evidence:
        said[one.part].append(one)
    return said


def _times(tokens: Tokens, source: Source, share: float) -> Iterator[Evidence]:
    for years in read_years(tokens):
        sure = _SURE_YEARS if years.sure == 1.0 else years.sure
        yield Evidence(Part.YEARS, str(years), source, str(years), sure * share)
    # A folder often says when a file came; the months of a quarter say no more than the quarter.
    months = read_months(tokens) if source is Source.NAME else ()
    for part in read_parts(tokens) or months:
        yield Evidence(Part.PERIOD, part, source, part, _SURE_PART * share)


@lru_cache(_MOST_REMEMBERED)
def _times_of_folder(tokens: Tokens) -> tuple[Evidence, ...]:
    """The same of a folder, in which many files lie."""
    return tuple(_times(tokens, Source.FOLDER, _SURE_FOLDER))


def _sighted(seen: Seen, source: Source) -> Iterator[Evidence]:
    for meaning, _, sure in seen.sightings:
        match meaning.kind:
            case Kind.OFFICE:
                yield Evidence(Part.OFFICE, meaning.words, source, meaning.value, sure)
            case Kind.REQUIREMENT:
                yield Evidence(Part.REQUIREMENT, meaning.words, source, meaning.value, sure)
                if meaning.variant:
                    yield Evidence(Part.VARIANT, meaning.words, source, meaning.variant, sure)
            case Kind.LOOKALIKE:
                yield Evidence(Part.REQUIREMENT, meaning.words, source, "", sure)
            case Kind.MARK:
                pass


def _of_its_kind(years: Sequence[Evidence], is_plan: bool) -> Iterator[Evidence]:
    """Without what cannot be meant: a year within the range of a plan, a plan's range around the year of a report."""
    fit = [one for one in years if one.source is not Source.FOLDER and ("-" in one.value) is is_plan]
    for one in years:
        if one.source is Source.FOLDER or one in fit or not any(covers(one.value, other.value) for other in fit):
            yield one


def covers(span: str, years: str) -> bool:
    """Whether one of two spans of years, `2026` or `2025-2029`, lies within the other."""
    (first, last, _), (since, until, _) = Period.parse(span), Period.parse(years)
    return first <= since <= until <= last or since <= first <= last <= until


def _is_changed_inside_only(said: _Said) -> bool:
    """Whether the cover says PERUBAHAN and the name, which names the document, does not."""
    sources = {one.source for one in said[Part.VARIANT]}
    is_named = any(one.source is Source.NAME for one in said[Part.REQUIREMENT])
    return is_named and Source.COVER in sources and Source.NAME not in sources
