"""What is true of a document as its text stands, for those who decide on it: facts, and never a decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from inbox.chapters import ROMAN, find_chapters
from inbox.evidence import Part, Source
from inbox.readings import Text, Unreadable, Why
from inbox.recognition.case import covers
from inbox.recognition.recogniser import Known
from inbox.recognition.weighing import Reading
from workflow import Obligation, ObligationId, Period, phrase

# Fewer letters make no title page: a page number, a stamp.
_LEAST_OF_A_COVER, _LEAST_OF_A_DOCUMENT = 12, 300
_SURE_ENOUGH = 0.9
# With more pages without text than this share, what the text lacks may stand on them.
_MOST_WITHOUT_TEXT = 0.2
_LAST_PAGES, _LAST_SHARE = 3, 0.25
_NEAR = 300  # letters
_MOST_WHO_SIGN, _MOST_LINES = 3, 50
_MONTH = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_PLACE_AND_DATE = re.compile(
    rf"^ *[^\W\d_][\w .'-]{{2,30}}, *(?:(?:\d{{1,2}}|[.…]+) +)?(?:(?:{_MONTH}|[.…]+) +)?20\d\d *$",
    re.IGNORECASE | re.MULTILINE,
)
_POST = re.compile(
    r"^ *(?:pl[th]\.? *|an\.? *|a\.n\.? *)?(?:kepala|direktur|inspektur|sekretaris|camat|lurah|gubernur|bupati"
    r"|wali *kota|menteri|pihak (?:pertama|kesatu|kedua))\b",
    re.IGNORECASE | re.MULTILINE,
)
_NIP = re.compile(r"\bNIP\b[.: ]*\d[\d ]{7}", re.IGNORECASE)
_LINE_TO_SIGN = re.compile(r"^ *\([._… ]{6,}\) *$|^ *(?:ttd|t\.t\.d)\.? *$", re.IGNORECASE | re.MULTILINE)
_ELECTRONIC = re.compile(r"di ?tandatangani\s+secara\s+elektronik", re.IGNORECASE)


class FactKind(StrEnum):
    """What a fact is about. Each has one sentence, in `tui.precheck`."""

    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    FILE_TYPE = "file type"
    TOO_LARGE = "too large"
    PAGES = "pages"
    SCAN = "scan"
    PAGES_WITHOUT_TEXT = "pages without text"
    PAGES_NOT_READ = "pages not read"
    LITTLE_TEXT = "little text"
    SAME_BYTES = "same bytes"
    SAME_TEXT = "same text"
    COVER = "cover"
    OTHER_OFFICE = "other office"
    OTHER_DOCUMENT = "other document"
    OTHER_YEARS = "other years"
    CHAPTERS = "chapters"
    CHAPTER_DIFFERS = "chapter differs"
    CHAPTERS_MISSING = "chapters missing"
    SIGNATURE = "signature"
    NO_SIGNATURE = "no signature"


_GOOD = frozenset({FactKind.COVER, FactKind.CHAPTERS, FactKind.SIGNATURE})
_NEUTRAL = frozenset({FactKind.PAGES, FactKind.PAGES_NOT_READ})


class Fact(NamedTuple):
    """Something that is so: words or numbers that say more, and the pages where it is seen, from 1 on."""

    kind: FactKind
    values: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it is as it should be."""
        return self.kind in _GOOD

    @property
    def is_warning(self) -> bool:
        """Whether a person should look there."""
        return self.kind not in _GOOD | _NEUTRAL


class Expected(NamedTuple):
    """What a document is held against.

    The obligation that it came for, the titles of the chapters that it should have, in order, the other obligations
    for which the same bytes, or the same words in other bytes, have come, and the name and the bytes of the file.
    """

    obligation: Obligation
    chapters: tuple[str, ...] = ()
    same_bytes: tuple[ObligationId, ...] = ()
    same_text: tuple[ObligationId, ...] = ()
    name: str = ""
    size: int = 0


def facts_of(document: Text | Unreadable, expected: Expected, read: Callable[[Known], Reading]) -> tuple[Fact, ...]:
    """All that can be said of a document, in the order in which one looks. `read` is a recogniser's.

    What the text does not tell is left out: a page without text may hold what is not found elsewhere.
    """
    same = (Fact(FactKind.SAME_BYTES, expected.same_bytes), Fact(FactKind.SAME_TEXT, expected.same_text))
    twins = tuple(fact for fact in same if fact.values)
    file = tuple(_of_file(expected))
    if isinstance(document, Unreadable):
        is_locked = document.why is Why.ENCRYPTED
        return (Fact(FactKind.ENCRYPTED) if is_locked else Fact(FactKind.UNREADABLE, (document.why,)), *file, *twins)
    pages = dict(zip(document.numbers, document.pages, strict=True))
    is_complete = len(pages) == document.total and _share_without_text(pages) <= _MOST_WITHOUT_TEXT
    return (
        *_measured(document, pages),
        *file,
        *twins,
        *_cover(pages, expected.obligation, read),
        *_chapters(pages, expected.chapters, is_complete=is_complete),
        *_signature(pages, document.total, is_complete=is_complete),
    )


def _of_file(expected: Expected) -> Iterator[Fact]:
    """Where the catalogue does not accept a file of this kind, by its name's ending, or of this size."""
    requirement = expected.obligation.requirement
    ending = PurePosixPath(expected.name).suffix.removeprefix(".").casefold()
    if expected.name and requirement.accepts and ending not in requirement.accepts:
        yield Fact(FactKind.FILE_TYPE, (ending, *requirement.accepts))
    if requirement.max_mb and expected.size > requirement.max_mb << 20:
        yield Fact(FactKind.TOO_LARGE, (str(expected.size), str(requirement.max_mb)))


def _measured(document: Text, pages: Mapping[int, str]) -> tuple[Fact, ...]:
    found = [Fact(FactKind.PAGES, (str(document.total),))]
    without_text = tuple(number for number, page in pages.items() if not page.strip())
    if len(pages) < document.total:
        found.append(Fact(FactKind.PAGES_NOT_READ, (str(len(pages)),)))
    if document.is_scan:
        found.append(Fact(FactKind.SCAN))
    elif without_text:
        found.append(Fact(FactKind.PAGES_WITHOUT_TEXT, pages=without_text))
    letters = sum(len("".join(page.split())) for page in pages.values())
    if 0 < letters < _LEAST_OF_A_DOCUMENT and len(pages) == document.total:
        found.append(Fact(FactKind.LITTLE_TEXT, (str(letters),)))
    return tuple(found)


def _share_without_text(pages: Mapping[int, str]) -> float:
    return sum(not page.strip() for page in pages.values()) / len(pages) if pages else 1.0


def _cover(pages: Mapping[int, str], obligation: Obligation, read: Callable[[Known], Reading]) -> Iterator[Fact]:
    """What the first page that says anything says of office, document and years, where it says one thing surely."""
    number, page = next(((n, p) for n, p in pages.items() if len(p.strip()) >= _LEAST_OF_A_COVER), (0, ""))
    said = [one for one in read(Known((), "", (page,))).evidence if one.source is Source.COVER]
    agreed: list[str] = []
    for part, kind, is_ours, name in (
        (Part.OFFICE, FactKind.OTHER_OFFICE, obligation.office.code.__eq__, obligation.office.name),
        (Part.REQUIREMENT, FactKind.OTHER_DOCUMENT, obligation.requirement.code.__eq__, obligation.requirement.name),
        (Part.YEARS, FactKind.OTHER_YEARS, partial(_is_within, obligation.period), str(obligation.period.first_year)),
    ):
        theirs = [one for one in said if one.part is part]
        ours = [one.words for one in theirs if is_ours(one.value)]
        agreed += ours[:1]
        # Named beside another in whatever words, it may be the one that is meant: a report on a plan names both.
        is_named = bool(ours) or phrase(name.partition("(")[0]) in phrase(page)
        if theirs and theirs[0].sure >= _SURE_ENOUGH and not is_named:
            yield Fact(kind, (theirs[0].words,), (number,))
    if agreed:
        yield Fact(FactKind.COVER, tuple(agreed), (number,))


def _is_within(period: Period, years: str) -> bool:
    return covers(years, str(period._replace(part="")))


def _chapters(pages: Mapping[int, str], titles: Sequence[str], *, is_complete: bool) -> Iterator[Fact]:
    found, missing = find_chapters(titles, pages)
    right = [one for one in found if one.has_number and one.has_title]
    if right:
        yield Fact(FactKind.CHAPTERS, tuple(ROMAN[one.number - 1] for one in right), tuple(one.page for one in right))
    for one in found:
        if one not in right:
            yield Fact(
                FactKind.CHAPTER_DIFFERS, (ROMAN[one.number - 1], titles[one.number - 1], one.heading), (one.page,)
            )
    if missing and is_complete:
        yield Fact(FactKind.CHAPTERS_MISSING, tuple(f"{ROMAN[n - 1]} {titles[n - 1]}" for n in missing))


def _signature(pages: Mapping[int, str], total: int, *, is_complete: bool) -> Iterator[Fact]:
    """Where somebody seems to sign, near the end if there, else before; a preface is signed, too."""
    signed = [number for number, page in pages.items() if _is_signed(page)]
    late = [number for number in signed if number > total - max(_LAST_PAGES, total * _LAST_SHARE)]
    if signed:
        yield Fact(FactKind.SIGNATURE, pages=tuple(late or signed))
    elif is_complete and pages[max(pages)].strip():
        yield Fact(FactKind.NO_SIGNATURE)


def _is_signed(page: str) -> bool:
    """A post with a NIP, a line to sign on or a place and date beside it, or the words of an electronic signature."""
    posts = [post.start() for post in _POST.finditer(page)]
    numbers = [number.start() for number in _NIP.finditer(page)]
    marks = [mark.start() for pattern in (_LINE_TO_SIGN, _PLACE_AND_DATE) for mark in pattern.finditer(page)]
    if len(numbers) <= _MOST_WHO_SIGN:  # more are a list of staff
        marks += numbers
    near = (abs(mark - post) <= _NEAR for mark in marks[-_MOST_LINES:] for post in posts[-_MOST_LINES:])
    return _ELECTRONIC.search(page) is not None or any(near)
