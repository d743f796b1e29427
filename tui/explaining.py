"""Why an answer is what it is: which words, from where, speak for which part of it, and which against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, assert_never

from inbox import Evidence, Part, Source
from tui import words
from tui.language import _
from workflow import Period, Register

_PARTS = (Part.OFFICE, Part.REQUIREMENT, Part.YEARS, Part.PERIOD, Part.VARIANT, Part.PIECE, Part.UNKNOWN)


class Names(NamedTuple):
    """How the codes of a region are called."""

    offices: Mapping[str, str]
    documents: Mapping[str, str]

    def called(self, code: str) -> str:
        """What an office or a document is called; no code is both."""
        return self.offices.get(code) or self.documents.get(code, code)


class Line(NamedTuple):
    """A part of an answer, what it is, and the words that say so. `is_against` when something else is likelier."""

    part: str
    value: str
    words: str
    is_against: bool


def names(register: Register) -> Names:
    """The names of this region's offices and documents."""
    return Names(
        {office.code: office.name for office in register.offices()},
        {one.code: words.document(one) for one in reversed(register.requirements())},
    )


def lines(evidence: Iterable[Evidence], known: Names) -> Iterator[Line]:
    """All that speaks for and against, part by part, the likeliest first."""
    said: dict[tuple[str, str], list[Evidence]] = {}
    for one in evidence:
        said.setdefault((one.part, one.value), []).append(one)
    for part in _PARTS:
        theirs = [those for (its_part, _value), those in said.items() if its_part == part]
        theirs.sort(key=lambda those: -max(one.sure for one in those))
        for position, those in enumerate(theirs):
            told = dict.fromkeys(_quoted(one) for one in those)
            is_against = position > 0 and part is not Part.UNKNOWN
            yield Line(_part(part), _value(part, those[0].value, known), ", ".join(told), is_against)


def _quoted(one: Evidence) -> str:
    source = _source(Source(one.source))
    if one.borne:
        return _("“{words}” {source}, its name only in {years}").format(
            words=one.words, source=source, years=one.borne
        )
    return source if one.source == Source.REGISTER else f"“{one.words}” {source}"


def _part(part: Part) -> str:
    match part:
        case Part.OFFICE:
            return _("office")
        case Part.REQUIREMENT:
            return _("document")
        case Part.YEARS:
            return _("year")
        case Part.PERIOD:
            return _("period")
        case Part.VARIANT:
            return _("variant")
        case Part.PIECE:
            return _("part")
        case Part.UNKNOWN:
            return _("unknown")
        case _:
            assert_never(part)


def _source(source: Source) -> str:
    match source:
        case Source.DROP_FOLDER:
            return _("drop folder")
        case Source.FOLDER:
            return _("folder")
        case Source.NAME:
            return _("name")
        case Source.COVER:
            return _("cover")
        case Source.HEADER:
            return _("running header")
        case Source.TEXT:
            return _("text")
        case Source.TITLE:
            return _("title property")
        case Source.REGISTER:
            return _("the only one that is open")
        case _:
            assert_never(source)


def _value(part: Part, value: str, known: Names) -> str:
    match part:
        case Part.OFFICE:
            return known.offices.get(value, value)
        case Part.REQUIREMENT:
            return known.documents.get(value, value) if value else _("another kind of document")
        case Part.VARIANT:
            return _("revised document")
        case Part.PERIOD:
            return words.part_of_year(value)
        case Part.YEARS:
            return words.period(Period.parse(value)) if value else ""
        case _:
            return ""
