"""What a file name says: words, years, a part of the year, and the marks that change its meaning."""

from __future__ import annotations

import re
import unicodedata
from enum import Flag, auto
from typing import NamedTuple

Tokens = tuple[str, ...]

_EPOCHS_BEFORE = re.compile(r"^(?:\d{10}[_-])+")
_EPOCH_AFTER = re.compile(r"[_-]\d{10}$")
_ORDINAL = re.compile(r"^\d{1,2}(?:\.\d+)*[.)_ -]\s*(?=\D)")
# Only those that a document has: in `PK 2026.DLH.pdf` the office is no extension.
_EXTENSION = re.compile(r"\.(pdf|doc[mx]?|xls[bmx]?|pptx?|od[pst]|rtf|txt|csv|jpe?g|png|tiff?|zip|rar|7z|tar|gz)$")
_WORD = re.compile(r"[^\W\d_]+|\d+")

_MONTHS = frozenset(
    "jan januari feb februari mar maret apr april mei jun juni jul juli agu agt agustus sep september okt oktober"
    " nov nop november des desember".split()
)
_QUARTER_WORDS = frozenset({"tw", "triw", "trw", "triwulan", "tribulan", "tri", "kuartal", "quarter"})
_HALF_WORDS = frozenset({"semester", "smt", "sm", "smtr"})
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LONGEST_PLAN = 6


class Mark(Flag):
    """What else a name can say of a document."""

    NONE = 0
    DRAFT = auto()
    CHANGED = auto()
    REVIEWED = auto()
    PART = auto()
    OFFICIAL = auto()
    ARCHIVE = auto()
    UNREAD_YEAR = auto()


_MARKS = {
    Mark.DRAFT: "draft|draf|konsep|rancangan|konsinyering",
    Mark.CHANGED: "perubahan",
    Mark.REVIEWED: "reviu|review|pergeseran",
    Mark.PART: "lampiran|lamp|bab|cover|sampul|daftar isi|daf isi|kata pengantar|ikhtisar|ihktisar"
    "|ringkasan eksekutif",
    Mark.OFFICIAL: "kabid|kepala bidang|kasi|kepala seksi|kasubbag|kasubag|subbag|subag|sekretaris|sekdin|kabag"
    "|eselon iii|eselon iv|eselon 3|eselon 4|ess iii|ess iv|ess 3|ess 4|es iii|es iv|es 3|es 4|staf|staff"
    "|bidang|seksi|kasie|jafung|jft|fungsional|pelaksana|balai|upt|uptd|uptb|kelurahan|puskesmas|pns|thl",
}
_ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})


class Reading(NamedTuple):
    """What a name says, before anything is compared with a register.

    `years` are pairs of first and last year, in the order of the name; `parts` are `q1`..`q4`, `s1`, `s2`.
    """

    tokens: Tokens
    years: tuple[tuple[int, int], ...]
    parts: tuple[str, ...]
    marks: Mark


def read_name(name: str) -> Reading:
    """Read a file name. Never raises, whatever the name is."""
    stem, archive = _stem(name)
    tokens = tokenise(stem)
    marks = archive
    for mark, phrases in _MARKS.items():
        if any(_holds(tokens, tuple(phrase.split())) for phrase in phrases.split("|")):
            marks |= mark
    years = _years(_without_dates(tokens))
    if not years and any(len(token) > 1 and token.isdecimal() for token in tokens):
        # `lakip 16`, `Lakip_20171`, `Renja 280417`: a number tells of a time, though not surely which.
        marks |= Mark.UNREAD_YEAR
    return Reading(tokens, years, _parts(tokens), marks)


def tokenise(text: str) -> Tokens:
    """Words and numbers in lower case; letters are parted from digits, accents are taken off."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return tuple(_WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))


def _stem(name: str) -> tuple[str, Mark]:
    stem, marks = name.strip().casefold(), Mark.NONE
    while extension := _EXTENSION.search(stem):
        if extension[1] in _ARCHIVES:
            marks = Mark.ARCHIVE
        stem = stem[: extension.start()]
    stem = _EPOCH_AFTER.sub("", _EPOCHS_BEFORE.sub("", stem))
    return _ORDINAL.sub("", stem), marks


def _holds(tokens: Tokens, phrase: Tokens) -> bool:
    return any(tokens[i : i + len(phrase)] == phrase for i in range(len(tokens) - len(phrase) + 1))


def _without_dates(tokens: Tokens) -> Tokens:
    """The tokens without `22 Juni 2017`, `2021 04 23` and `23 04 2021`: the year of a date is not the document's."""
    kept: list[str] = []
    i = 0
    while i < len(tokens):
        if _is_date(tokens[i : i + 3]):
            i += 3
            continue
        kept.append(tokens[i])
        i += 1
    return tuple(kept)


def _is_date(three: Tokens) -> bool:
    if len(three) < 3:
        return False
    first, middle, last = three
    is_month = middle in _MONTHS or (middle.isdecimal() and len(middle) == 2 and 1 <= int(middle) <= 12)
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


def _years(tokens: Tokens) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        year = _year(tokens[i])
        after = [token for token in tokens[i + 1 : i + 4] if token not in ("s", "d", "sd", "sampai")][:1]
        until = _year(after[0]) if after else None
        if year is not None and until is not None and 0 < until - year <= _LONGEST_PLAN:
            found.append((year, until))
            i = tokens.index(after[0], i + 1)
        elif year is not None:
            found.append((year, year))
        i += 1
    # A plan's range beats a year that stands beside it: `2013-2018 tahun 2017`.
    ranges = [pair for pair in found if pair[0] != pair[1]]
    return tuple(dict.fromkeys(ranges or found))


def _parts(tokens: Tokens) -> tuple[str, ...]:
    """Roman numerals count only after a word for a part of the year: `Wilayah I` and `Bab III` are none."""
    found: list[str] = []
    for i, token in enumerate(tokens):
        letter = "q" if token in _QUARTER_WORDS else "s" if token in _HALF_WORDS else ""
        if not letter:
            continue
        for numeral in tokens[i + 1 : i + 3]:
            which = _ROMAN.get(numeral) or (int(numeral) if numeral in ("1", "2", "3", "4") else None)
            if which is None or (letter == "s" and which > 2):
                break
            found.append(f"{letter}{which}")
    return tuple(dict.fromkeys(found))
