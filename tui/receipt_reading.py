"""A receipt that somebody holds in hand, as text or PDF, compared with what was issued."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from inbox import Text, read_text
from tui.language import LANGUAGES, _, speaking
from tui.receipts import Sheet

_NUMBER = re.compile(r"TT/[A-Z]+/\d{4}/\d{6,}")
# What a copy may change without saying anything else: blanks, line ends, rules, the mark at the start of a file.
_BLANK = re.compile("[\\s\ufeff─]+")
# What a reader of PDF puts between the words besides.
_UNSAID = re.compile("[\\s\x00-\x1f\u00ad\u200b\ufeff\ufffe─]+")
_LARGEST = 1 << 20
_Made = TypeVar("_Made")


class Held(NamedTuple):
    """The words of a receipt, without the blanks between, and the number that they give.

    `squeeze` takes the blanks out of other words as it did here: of a PDF, also what its reader makes of letters.
    """

    number: str
    said: str
    squeeze: Callable[[str], str]


def held(path: Path) -> Held | None:
    """The receipt that a file is; None when it is none. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_LARGEST + 1)
    squeeze, words = (_squeezed, _printed(path)) if head.startswith(b"%PDF-") else (_typed, _written(head))
    said = squeeze(words)
    number = _NUMBER.search(said)
    return Held(number[0], said, squeeze) if number and said.startswith(_titles()) else None


def differing(one: Held, made: Callable[[], Sheet]) -> list[str]:
    """What does not stand there as it was issued, by its label; nothing when all of it does.

    `made` makes the sheet in the language that is spoken when it is called: the receipt may be in either.
    """
    sheets = list(_in_each_language(made))
    found = [[needle in one.said for needle in _needles(sheet, one.squeeze)] for sheet in sheets]
    nearest = max(range(len(sheets)), key=lambda index: sum(found[index]))
    labels = [_("region"), *(field.label for field in made().fields)]
    wrong = [label for label, is_there in zip(labels, found[nearest], strict=True) if not is_there]
    if not wrong and one.squeeze("".join(sheets[nearest].strings())) != one.said:
        return [_("words that are not its own")]
    return wrong


def _needles(sheet: Sheet, squeeze: Callable[[str], str]) -> Iterator[str]:
    """Each thing that it says, up to where the next begins: 12 pages are not 120."""
    yield squeeze(sheet.number + sheet.region + sheet.fields[0].label)
    ends = [*(field.label for field in sheet.fields), ""]
    for field, (_own, following) in zip(sheet.fields, pairwise(ends), strict=True):
        yield squeeze(field.label + field.value + following)


def _titles() -> tuple[str, ...]:
    return tuple(map(_squeezed, _in_each_language(lambda: _("RECEIPT"))))


def _in_each_language(made: Callable[[], _Made]) -> Iterator[_Made]:
    for language in LANGUAGES:
        with speaking(language):
            made_in_it = made()
        yield made_in_it


def _squeezed(text: str) -> str:
    return _UNSAID.sub("", normalize("NFKC", text))


def _typed(text: str) -> str:
    return _BLANK.sub("", normalize("NFC", text))


def _written(head: bytes) -> str:
    """No receipt is as large as this, and nothing may stand where nobody reads."""
    return head.decode(errors="replace") if len(head) <= _LARGEST else ""


def _printed(path: Path) -> str:
    """A receipt is one page, whatever it says."""
    read = read_text(path)
    return read.pages[0] if isinstance(read, Text) and read.total == len(read.pages) == 1 else ""
