"""Offices called by pieces of their name that no register lists: `satpol`, `nakertransindustri`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from inbox.recognition.names import tokenise
from inbox.recognition.words import HEADS

_MOST_LETTERS = 30
_SHORTEST = 4
_LONG = 10
# What an office's name begins with when it is shortened, where that is not its first three letters.
_BEGINNINGS = {"dinas": ("dis", "din")}
_SURE_WITH_HEAD, _SURE_OF_ALL, _SURE_OF_BEGINNING, _SURE_OF_SOME = 0.98, 0.95, 0.9, 0.6
_MOST_REMEMBERED = 50_000


class Called(NamedTuple):
    """The office that pieces of its name call, and how often that is right."""

    code: str
    sure: float


class Fragments:
    """Knows offices by pieces of the words of their names, in the order of the name."""

    def __init__(self, offices: Mapping[str, str]) -> None:
        names = ((tuple(word for word in tokenise(words) if word != "dan"), code) for words, code in offices.items())
        self._names = [(words, code) for words, code in names if len(words) > 1]
        self._seen: dict[str, Called | None] = {}

    def office(self, word: str) -> Called | None:
        """The one office that can be meant; None when it could be several, or none."""
        if not _SHORTEST <= len(word) <= _MOST_LETTERS or not word.isalpha():
            return None
        if word not in self._seen:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen.clear()
            self._seen[word] = self._called(word)
        return self._seen[word]

    def headed(self, head: str, word: str) -> Called | None:
        """The one office that is called so: `biro keu`."""
        codes = {code for (first, second, *_), code in self._names if first == head and second.startswith(word)}
        return Called(codes.pop(), _SURE_WITH_HEAD) if len(word) > 2 and len(codes) == 1 else None

    def _called(self, word: str) -> Called | None:
        sures: dict[str, float] = {}
        for words, code in self._names:
            if (sure := fits(word, words)) > sures.get(code, 0.0):
                sures[code] = sure
        ranked = sorted(sures.items(), key=lambda one: -one[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return Called(*ranked[0])


def fits(word: str, name: tuple[str, ...]) -> float:
    """How often a word that is made of pieces of the name means it; 0 when it is not made of them."""
    head, *content = name if name[0] in HEADS else ("", *name)
    has_head = bool(head) and word.startswith(_BEGINNINGS.get(head, head[:3]))
    rest = word[3:] if has_head else word
    used, skipped, is_clear = 0, 0, True
    for part in content:
        if not rest:
            break
        length = _taken(rest, part)
        used, skipped = used + (length > 0), skipped + (length == 0)
        is_clear &= length != 2 or part.startswith(rest[:2])
        rest = rest[length:]
    if rest or not used or used + has_head < 2:
        return 0.0
    if used == len(content) and (is_clear or len(word) >= _LONG):
        return _SURE_OF_ALL
    is_most = used + has_head > 2 or not skipped
    if is_clear and is_most and len(word) >= _SHORTEST + 2:
        return _SURE_OF_BEGINNING
    return _SURE_OF_SOME if is_clear or len(word) > _SHORTEST else 0.0


def _taken(rest: str, part: str) -> int:
    """How many letters at the beginning of `rest` are a piece of this word, two at least."""
    length = min(len(rest), len(part))
    while length > 1 and rest[:length] not in part:
        length -= 1
    return length if length > 1 else 0
