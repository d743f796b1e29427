"""The same name as another hand would have written it: what it tells of stays true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import PurePath
from random import Random
from typing import NamedTuple

NOISE = (
    *(
        "fix",
        "FIX",
        "final",
        "fixed final",
        "ttd",
        "compressed",
        "ok",
        "jadi",
        "NEW",
        "edit",
        "Selesai",
        "scan",
        "FINISH",
    ),
    *(
        "revisi 2",
        "rev",
        "v2",
        "v3",
        "upload",
        "asli",
        "siap cetak",
        "kirim",
        "lengkap",
        "terbaru",
        "signed",
        "dikirim",
    ),
)
# Made up, and like no word of any register: what an office adds of its own.
STRANGERS = (
    *("Kertaluhur", "Sidaraksa", "Margawana", "Wanajati", "Tirtaraga", "Waluyawangi Baru", "Gandaluhur"),
    *("Rukmini", "Tumiyem", "Zulfikri", "Yohana"),
)
EXTENSIONS = (
    *(".pdf", ".PDF", ".docx", ".xlsx", ".doc", ".xls", ".doc.pdf", ".pdf.pdf", ".docx.pdf", "", " .pdf", ".Pdf"),
)
_COPIES = ("(1)", " (1)", " (2)", "-1", "_1", " - Copy", "_copy", " (copy)", " - Salin", "-2")
_ORDINALS = ("1. ", "3.", "6.1. ", "04._", "12) ", "9_", "07 - ", "2.1 ")
_YEAR_WORDS = ("tahun ", "Tahun ", "TA ", "TA. ", "thn ", "th ", "th.", "Tahun Anggaran ", "TAHUN_")
_SEPARATORS = (" ", "_", "-", ".", "  ", " - ", "__", "+")

# Blanks and lines between words; not those within a range, a date or a stamp, where they are part of the number.
_GAP = re.compile(r"(?<!\d)[ _]+(?!\d{10})|[ _]+(?!\d)|(?<=[^\W\d_])-(?=[^\W\d_])")
_BEFORE_YEAR = re.compile(r"(?<=[^\W\d_]{2})[ _-]+(?=(?:19|20)\d\d(?!\d))")
_AFTER_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[ _]+(?=[^\W\d_]{2})")
_YEAR = re.compile(r"(?<![^\W_-])(?=(?:19|20)\d\d(?!\d|-\d\d-|-\d\d\Z))")
_IN_A_DATE = re.compile(r"\d[ _-]*[^\W\d_]*[ _-]*\Z")
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_STAMPED = re.compile(r"\A(?:\d{10}[_-])+")
# Behind these a number tells which of them it is, not which copy.
_COUNTED = re.compile(r"(tw|tri\w*|semester|smt|sm)\W*\Z", re.IGNORECASE)
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Variation(NamedTuple):
    """A name as it was made, and what was done to it."""

    name: str
    kinds: tuple[str, ...]


def known_words(phrases: Iterable[str]) -> frozenset[str]:
    """All the words of these phrases: a slip of the finger that makes one of another is another name."""
    return frozenset(word for phrase in phrases for word in _WORD.findall(phrase.casefold()))


def vary(name: str, known: frozenset[str], dice: Random) -> Variation:
    """The name after up to four changes, each of which leaves its meaning as it is."""
    suffix = PurePath(name).suffix if 3 < len(PurePath(name).suffix) <= 5 else ""
    stem, done = name.removesuffix(suffix), list[str]()
    chosen = set(dice.sample(list(_CHANGES), k=dice.choice((0, 1, 1, 2, 2, 3, 4))))
    chosen -= {"typo"} if "two typos" in chosen else set()
    for kind, change in _CHANGES.items():
        if kind in chosen and (changed := change(stem, known, dice)) != stem:
            stem = changed
            done.append(kind)
    if suffix and dice.random() < 0.3:
        other = dice.choice(EXTENSIONS)
        done += ["extension"] if other != suffix else []
        suffix = other
    return Variation(stem + suffix, tuple(done))


def _typo(stem: str, known: frozenset[str], dice: Random) -> str:
    return _mistyped(stem, 1, known, dice)


def _two_typos(stem: str, known: frozenset[str], dice: Random) -> str:
    return _mistyped(stem, 2, known, dice)


def _mistyped(stem: str, count: int, known: frozenset[str], dice: Random) -> str:
    """With a slip in so many of its long words; a slip that makes another known word is not made."""
    words = list(_LONG_WORD.finditer(stem))
    chosen = dice.sample(words, k=min(count, len(words)))
    for match in sorted(chosen, key=re.Match.start, reverse=True):
        typed = _slip(match[0], dice)
        if typed.casefold() not in known:
            stem = stem[: match.start()] + typed + stem[match.end() :]
    return stem


def _slip(word: str, dice: Random) -> str:
    """Two letters swapped, one left out, one doubled, or the key beside it."""
    i = dice.randrange(len(word) - 1)
    row = next((keys for keys in _KEYS if word[i].casefold() in keys), word)
    beside = row[(row.find(word[i].casefold()) + dice.choice((-1, 1))) % len(row)]
    beside = beside.upper() if word[i].isupper() else beside
    middle = dice.choice((word[i + 1] + word[i], word[i + 1], word[i] * 2 + word[i + 1], beside + word[i + 1]))
    return word[:i] + middle + word[i + 2 :]


def _noise(stem: str, _: frozenset[str], dice: Random) -> str:
    return _beside(stem, dice.choice(NOISE), dice)


def _stranger(stem: str, _: frozenset[str], dice: Random) -> str:
    return _beside(stem, dice.choice(STRANGERS), dice)


def _beside(stem: str, words: str, dice: Random) -> str:
    """Before it or behind it, never between an ordinal or a stamp and what it counts."""
    glue = "_" if "_" in stem else " "
    is_first = dice.random() < 0.3 and not stem[:1].isdecimal()
    return f"{words}{glue}{stem}" if is_first else f"{stem}{glue}{words}"


def _year_word(stem: str, _: frozenset[str], dice: Random) -> str:
    match = _YEAR.search(stem)
    if match is None or _IN_A_DATE.search(stem[: match.start()]):
        return stem
    return stem[: match.start()] + dice.choice(_YEAR_WORDS) + stem[match.start() :]


def _separators(stem: str, _: frozenset[str], dice: Random) -> str:
    head = _STAMPED.match(stem)
    start = head.end() if head else 0
    return stem[:start] + _GAP.sub(dice.choice(_SEPARATORS), stem[start:])


def _glued_year(stem: str, _: frozenset[str], dice: Random) -> str:
    is_both = dice.random() < 0.5
    glued = _BEFORE_YEAR.sub("", stem)
    return _AFTER_YEAR.sub(r"\1", glued) if is_both else glued


def _glued(stem: str, _: frozenset[str], __: Random) -> str:
    """No gaps at all, where a reader can still see the words: no short ones, and no two numbers side by side."""
    words = re.findall(r"[^\W\d_]+|\d+", stem)
    is_readable = all(word.isdecimal() or len(word) > 3 for word in words)
    are_parted = not any(one.isdecimal() and other.isdecimal() for one, other in pairwise(words))
    return "".join(words) if is_readable and are_parted else stem


def _case(stem: str, _: frozenset[str], dice: Random) -> str:
    return dice.choice((str.upper, str.lower, str.title, str.swapcase, str.capitalize))(stem)


def _ordinal(stem: str, _: frozenset[str], dice: Random) -> str:
    return stem if stem[:1].isdecimal() else dice.choice(_ORDINALS) + stem


def _copy(stem: str, _: frozenset[str], dice: Random) -> str:
    return stem if _COUNTED.search(stem) else stem + dice.choice(_COPIES)


def _stamps_before(stem: str, _: frozenset[str], dice: Random) -> str:
    stamps = (f"{_stamp(dice)}{dice.choice('__-')}" for _ in range(dice.choice((1, 1, 2))))
    return stem if _STAMPED.match(stem) else "".join(stamps) + stem


def _stamp_behind(stem: str, _: frozenset[str], dice: Random) -> str:
    return f"{stem}{dice.choice('__-')}{_stamp(dice)}"


def _stamp(dice: Random) -> int:
    """Seconds since 1970, of some day between 2015 and 2026."""
    return dice.randrange(1_420_000_000, 1_790_000_000)


# In the order in which a name comes about: typed, named, then stamped by the machines that it went through.
_CHANGES: dict[str, Callable[[str, frozenset[str], Random], str]] = {
    "typo": _typo,
    "two typos": _two_typos,
    "noise word": _noise,
    "unknown word": _stranger,
    "word for year": _year_word,
    "glued year": _glued_year,
    "glued": _glued,
    "separators": _separators,
    "case": _case,
    "ordinal": _ordinal,
    "copy": _copy,
    "epoch before": _stamps_before,
    "epoch behind": _stamp_behind,
}
VARIATIONS = frozenset({*_CHANGES, "extension"})
