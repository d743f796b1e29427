"""What a file name says of a time: its words, years and parts of a year, without stamps, dates and copy numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from inbox.recognition.words import HALVES, MONTHS, ORDINALS, PIECES, QUARTERS, ROMAN, WHOLE_MONTHS, YEAR_WORDS

Tokens = tuple[str, ...]

# Longer names are no names: what is behind it would only cost time.
_LONGEST = 300
_MOST_WORDS = 150

_EPOCHS_BEFORE = re.compile(r"^(?:\d{10}[_-])+")
_EPOCH_AFTER = re.compile(r"[_-]\d{10}$")
_ORDINAL = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}[.)_ -]\s{0,3}(?=\D)")
# Only those that a document has: in `PK 2026.DLH.pdf` the office is no extension.
_EXTENSION = re.compile(
    r"\.(pdf|doc[mx]?|xls[bmx]?|pptx?|od[pst]|rtf|txt|csv|jpe?g|png|tiff?|zip|rar|7z|tar|gz)$", re.IGNORECASE
)
_ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})
_WORD = re.compile(r"[^\W\d_]+|\d+")
_GLUED_PART = re.compile(r"(tw|triw|trw|triwulan|tribulan|semester|smt)(i{1,3}|iv)\Z")
_PLANS = frozenset({1, 2, 3, 4, 5, 6, 19, 20})  # years from the first to the last


class Years(NamedTuple):
    """A year, or the first and last of several, and how often such digits mean it."""

    first: int
    last: int
    sure: float = 1.0

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


class Name(NamedTuple):
    """A name without what stands around it: stamps before and behind, an ordinal, extensions.

    `words` are in the case in which they are written.
    """

    words: Tokens
    is_archive: bool


def split_name(name: str) -> Name:
    """The words of a file name. Never raises, whatever the name is."""
    stem, is_archive = name[-_LONGEST:].strip(), False
    while extension := _EXTENSION.search(stem):
        is_archive |= extension[1].casefold() in _ARCHIVES
        stem = stem[: extension.start()].rstrip()
    stem = _EPOCH_AFTER.sub("", _EPOCHS_BEFORE.sub("", stem))
    return Name(split_words(_ORDINAL.sub("", stem))[:_MOST_WORDS], is_archive)


def split_words(text: str) -> Tokens:
    """Words and numbers as they are written; letters are parted from digits, accents are taken off."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORD.findall(text))


def tokenise(text: str) -> Tokens:
    """Words and numbers in lower case."""
    return tuple(word.casefold() for word in split_words(text))


def read_years(tokens: Tokens) -> tuple[Years, ...]:
    """The years that are told, a plan's range before a year beside it: `2013-2018 tahun 2017`.

    Where there is none, what digits may mean: `renja 16`, `Lakip_20171`, `Casecading 280417`.
    """
    undated = _without_dates(tokens)
    found = list(_written_out(undated))
    ranges = [years for years in found if years.first != years.last]
    return tuple(dict.fromkeys(ranges or found or _guessed(undated)))


def read_parts(tokens: Tokens) -> Tokens:
    """`q1`..`q4`, `s1`, `s2`, in the order of the name.

    A numeral counts only after a word for a part of the year: `Wilayah I` and `Bab III` are none.
    """
    found: list[str] = []
    for i, token in enumerate(tokens):
        if glued := _GLUED_PART.match(token):
            found.append(f"{'s' if glued[1] in HALVES else 'q'}{ROMAN[glued[2]]}")
        letter = "q" if token in QUARTERS else "s" if token in HALVES else ""
        for numeral in tokens[i + 1 : i + 4] if letter else ():
            which = _numeral(numeral)
            if which is None and numeral == "ke":
                continue
            if which is None or (letter == "s" and which > 2):
                break
            found.append(f"{letter}{which}")
    return tuple(dict.fromkeys(found))


def read_months(tokens: Tokens) -> Tokens:
    """`m01`..`m12`: the months that are written out, without a day before them."""
    undated = _without_dates(tokens)
    months = (WHOLE_MONTHS.get(token) for before, token in pairwise(("", *undated)) if not _is_day(before))
    return tuple(dict.fromkeys(filter(None, months)))


def piece(tokens: Tokens) -> str:
    """`full 1`: which of several files that make up a document it says it is."""
    for word, number in pairwise(tokens):
        if word in PIECES and number.isdecimal() and len(number) < 3:
            return f"{word} {number}"
    return ""


def _numeral(token: str) -> int | None:
    if token in ("1", "2", "3", "4"):
        return int(token)
    return ROMAN.get(token) or ORDINALS.get(token)


def _written_out(tokens: Tokens) -> Iterator[Years]:
    i = 0
    while i < len(tokens):
        year, behind = _year(tokens[i]), i + 1
        while behind < len(tokens) and tokens[behind] in ("s", "d", "sd", "sampai", "dengan"):
            behind += 1
        until = _year(tokens[behind]) if behind < len(tokens) else None
        if year is not None and until is not None and until - year in _PLANS:
            yield Years(year, until)
            i = behind
        elif year is not None:
            yield Years(year, year)
        i += 1


def _guessed(tokens: Tokens) -> Iterator[Years]:
    for before, token in pairwise(("", *tokens)):
        if not (token.isascii() and token.isdecimal()):
            continue
        if len(token) == 5 and (year := _year(token[:4])):
            yield Years(year, year, 0.7)
        elif len(token) == 2 and before.isalpha() and 10 <= int(token) <= 40:
            year = 2000 + int(token)
            yield Years(year, year, 0.85 if before in YEAR_WORDS else 0.7)
        elif len(token) == 6 and _is_day(token[:2]) and 1 <= int(token[2:4]) <= 12:
            yield Years(2000 + int(token[4:]), 2000 + int(token[4:]), 0.5)


def without(tokens: Tokens, width: int, is_one: Callable[[Tokens], bool]) -> Tokens:
    """The tokens without those runs of so many that are one of something; at the end a run may be shorter."""
    kept: list[str] = []
    i = 0
    while i < len(tokens):
        if is_one(tokens[i : i + width]):
            i += width
            continue
        kept.append(tokens[i])
        i += 1
    return tuple(kept)


def _without_dates(tokens: Tokens) -> Tokens:
    """The tokens without `22 Juni 2017`, `2021 04 23` and `23 04 2021`: the year of a date is not the document's."""
    return without(tokens, 3, _is_date)


def _is_date(three: Tokens) -> bool:
    if len(three) < 3:
        return False
    first, middle, last = three
    is_month = middle in MONTHS or (middle.isdecimal() and len(middle) == 2 and 1 <= int(middle) <= 12)
    by_day = _is_day(first) and _year(last) is not None
    by_year = _year(first) is not None and len(last) == 2 and _is_day(last)
    return is_month and (by_day or by_year)


def _is_day(token: str) -> bool:
    return token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31


def _year(token: str) -> int | None:
    """A year has exactly four digits; epochs, stamps and copy numbers do not."""
    if len(token) == 4 and token.isascii() and token.isdecimal() and 1990 <= int(token) <= 2099:
        return int(token)
    return None
