"""On which pages the chapters of a document begin: its own headings, not those that a table of contents lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile, zip_longest
from typing import NamedTuple

ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split()

# An l is what a scanner makes of a capital I.
_NUMBERED = re.compile(r"\W*b ?a ?b[ \t]{1,3}([ivxl]{1,4}|\d{1,2})(?!\w)[\s.:)–-]*(.*)\Z", re.IGNORECASE)
_NUMERAL = re.compile(r"\W*([IVXl]{1,4})\W*\Z")
_SECTION = re.compile(r"\s*(\d{1,2})\.1\b\.?\s*[^\W\d_]{3}")
# What a table of contents has behind a title, and its page.
_LEADER = re.compile(r"(?:[.…_·–-] ?){4}")
_PAGE = re.compile(r"[^\W\d_]\s+\d{1,3}\s*\Z")
_BELOW = re.compile(r"\s*(?:\d+\.\s?\d|\w\.\s)")  # a section, which ends the heading above it
_WORD = re.compile(r"[^\W\d_]+")
_LINES_OF_A_TITLE, _LINES_OF_A_HEAD, _LONGEST_LINE = 4, 5, 300
# Between two chapters stands a chapter, between two lines of a list a few words: so many letters, or this share.
_SHORT, _SHORT_SHARE = 1500, 0.03
_SHORTEST_WORD, _ALIKE, _ENOUGH = 4, 82, 0.75


class Chapter(NamedTuple):
    """Where a chapter begins, how its heading reads, and whether that has the number and the title looked for."""

    number: int
    page: int
    heading: str
    has_number: bool
    has_title: bool


class Chapters(NamedTuple):
    """Of the chapters that were looked for: those that begin somewhere, and the numbers of those without a trace."""

    found: tuple[Chapter, ...] = ()
    missing: tuple[int, ...] = ()


class _Heading(NamedTuple):
    page: int
    at: int  # how many letters stand before it
    label: str
    number: int | None
    title: tuple[str, ...]
    length: int = 0  # how many letters stand between `BAB` and the next of these; 0 without that word

    @property
    def words(self) -> str:
        """The heading as it reads: its label, and the lines that are in capitals like the first."""
        lines = [self.title[0]]
        for line in self.title[1:]:
            if not (lines[0].isupper() and line.isupper()):
                break
            lines.append(line)
        return " ".join(" ".join([self.label, *lines]).split())


def find_chapters(titles: Sequence[str], pages: Mapping[int, str]) -> Chapters:
    """Look for chapters by their titles, which are in order, in pages by their number. Never raises.

    Without a trace is a chapter of which neither number nor title nor a first section, `3.1`, begins a line.
    """
    lines = {number: [line[:_LONGEST_LINE] for line in text.splitlines()] for number, text in pages.items()}
    own = [*_chapters(list(_numbered(lines)), sum(map(len, pages.values()))), *_heads(lines)]
    sections = {int(one[1]) for page in lines.values() for line in page if (one := _section(line))}
    found: list[Chapter] = []
    missing: list[int] = []
    for number, title in enumerate(titles[: len(ROMAN)], start=1):
        fits = [(_has_title(one, title), one.number == number, one.length, one) for one in own]
        has_title, has_number, _, best = max(fits, key=lambda fit: fit[:3], default=(False, False, 0, None))
        # A numeral alone, or small letters, may be anything but a heading.
        if best is not None and (has_title or (has_number and best.length and best.title[0].isupper())):
            found.append(Chapter(number, best.page, best.words, has_number or best.number is None, has_title))
        elif not has_number and number not in sections:
            missing.append(number)
    return Chapters(tuple(found), tuple(missing))


def _numbered(pages: Mapping[int, Sequence[str]]) -> Iterator[_Heading]:
    """Each line that begins with `BAB I`, wherever it stands, but for those that lead to a page."""
    at = 0
    for page, lines in pages.items():
        for i, line in enumerate(lines):
            heading = _NUMBERED.match(line)
            number = _value(heading[1]) if heading else None
            if heading and number and not (_PAGE.search(line) or any(map(_LEADER.search, lines[i : i + 3]))):
                title = _title([heading[2], *lines[i + 1 : i + _LINES_OF_A_TITLE]])
                if title:
                    yield _Heading(page, at, f"BAB {heading[1]}", number, title)
            at += len(line) + 1


def _chapters(headings: Sequence[_Heading], total: int) -> Iterator[_Heading]:
    """Those behind which a chapter stands, not at once the next of a list; one on each page begins one chapter."""
    firsts = [next(same) for _, same in groupby(headings, key=lambda one: one.number)]
    short = min(_SHORT, _SHORT_SHARE * total)
    was_short = False
    for one, following in zip_longest(firsts, firsts[1:]):
        length = (following.at if following else total) - one.at
        if length >= short or (following is None and not was_short):
            yield one._replace(length=length)
        was_short = length < short


def _heads(pages: Mapping[int, Sequence[str]]) -> Iterator[_Heading]:
    """What stands in capitals at the head of a page without the word BAB: `PENUTUP`, or `V` above it."""
    for page, lines in pages.items():
        for i, line in enumerate(takewhile(lambda one: not _NUMBERED.match(one), lines[:_LINES_OF_A_HEAD])):
            title = _title(lines[i : i + _LINES_OF_A_TITLE]) if line.isupper() else ()
            if title and not (_PAGE.search(line) or any(map(_LEADER.search, lines[i : i + 3]))):
                numeral = _NUMERAL.match(lines[i - 1]) if i else None
                label = numeral[1] if numeral else ""
                yield _Heading(page, 0, label, _value(label), title)


def _title(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in takewhile(lambda one: not _BELOW.match(one), lines) if _WORD.search(line))


def _section(line: str) -> re.Match[str] | None:
    section = _SECTION.match(line)
    return None if section and (_LEADER.search(line) or _PAGE.search(line)) else section


def _value(numeral: str) -> int | None:
    if numeral.isdecimal():
        return int(numeral) if 0 < int(numeral) <= len(ROMAN) else None
    roman = numeral.upper().replace("L", "I")
    return ROMAN.index(roman) + 1 if roman in ROMAN else None


def _has_title(heading: _Heading, title: str) -> bool:
    """Whether the words of the title stand in the heading in their order, misspelled a little or a few left out."""
    from rapidfuzz import fuzz

    looked_for = _long_words(title)
    most = 2 * len(looked_for) + 2 if heading.number else len(looked_for)
    rest: list[str] = []
    for words in map(_long_words, heading.title):
        # Without a number, a line that says more is no title but a sentence.
        if len(rest) + len(words) > most and not heading.number:
            break
        rest += words
    rest = rest[:most]
    count = 0
    for word in looked_for:
        at = next((i for i, one in enumerate(rest) if fuzz.ratio(word, one) >= _ALIKE), None)
        if at is not None:
            count, rest = count + 1, rest[at + 1 :]
    return bool(looked_for) and count / len(looked_for) >= _ENOUGH


def _long_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST_WORD]
