"""Misspelled words and words that have grown together, put right where only one reading is possible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from inbox.recognition.names import Tokens

# A word of so many letters may have so many slips, and is then right so often.
_SHORTEST = 5
_SLIPS = {5: 1, 6: 1, 7: 1}
_MORE_SLIPS = 2
_SURE = {5: 0.9, 6: 0.93, 7: 0.965}
_SURE_OF_LONG = 0.98
_SURE_WHEN_GLUED = 0.995
_PLACE = re.compile(r"(kabupaten|provinsi|kota)([a-z]{3,30}?)(tahun|thn)?\Z")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z]{2}|[A-Z][a-z]{2})|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
# Nobody glues more together, and hostile names end here.
_LONGEST, _LONGEST_WORD = 80, 15
_MOST_REMEMBERED = 50_000


class Repaired(NamedTuple):
    """What a word is taken for, how often that is right, and whether it may be one that changes everything."""

    tokens: Tokens
    sure: float = 1.0
    is_doubtful: bool = False


class Repair:
    """Puts words right. Remembers what it has seen.

    `spelled` are the words that a misspelled one can mean; `weighty` those after which nothing is as before: a word
    that may be one of them is doubtful.
    """

    def __init__(
        self, known: Iterable[str], phrases: Iterable[Tokens], spelled: Iterable[str], weighty: Iterable[str]
    ) -> None:
        self._words = frozenset(known)
        self._spelled = _by_length(spelled)
        self._weighty = _by_length(weighty)
        self._glued = {"".join(phrase): phrase for phrase in phrases} | {word: (word,) for word in self._words}
        self._longest = max(map(len, self._glued), default=0)
        self._seen: dict[str, Repaired] = {}

    def all(self, words: Tokens) -> list[Repaired]:
        """Each of the words in lower case, after repairs."""
        return [self._known(word) for word in words]

    def _known(self, word: str) -> Repaired:
        token = word.casefold()
        if token in self._words:
            return Repaired((token,))
        if word not in self._seen:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen.clear()
            self._seen[word] = self._put_right(word, token)
        return self._seen[word]

    def _put_right(self, word: str, token: str) -> Repaired:
        if not token.isalpha() or not _SHORTEST - 1 <= len(token) <= _LONGEST:
            return Repaired((token,))
        if parts := self._parted(token):
            return Repaired(parts, _SURE_WHEN_GLUED)
        pieces = _CAMEL.split(word)
        if len(pieces) > 1:
            found = [self._known(piece) for piece in pieces]
            together = tuple(one for piece in found for one in piece.tokens)
            return Repaired(together, min(one.sure for one in found), any(one.is_doubtful for one in found))
        if parts := self._before_a_place(token):
            return Repaired(parts, _SURE_WHEN_GLUED)
        meant, is_sure = self._meant(token)
        if is_sure:
            return Repaired((meant,), _SURE.get(len(token), _SURE_OF_LONG))
        return Repaired((token,), is_doubtful=bool(meant) or self._may_be_weighty(token))

    def _parted(self, token: str) -> Tokens:
        """The known words that it is made of, as few as possible; none when a letter is left over.

        `best[i]` is the shortest way to make up the first `i` letters.
        """
        best: list[list[str] | None] = [[]] + [None] * len(token)
        for start in range(len(token)):
            so_far = best[start]
            if so_far is None:
                continue
            for end in range(start + 2, min(start + self._longest, len(token)) + 1):
                now = best[end]
                if token[start:end] in self._glued and (now is None or len(so_far) + 1 < len(now)):
                    best[end] = [*so_far, token[start:end]]
        parts = best[-1]
        # Two letters here and two there are chance.
        if not parts or max(map(len, parts)) < 4 or sum(len(part) < 3 for part in parts) > 1:
            return ()
        return tuple(word for part in parts for word in self._glued[part])

    def _before_a_place(self, token: str) -> Tokens:
        """The same in front of `kabupatenmadiuntahun`: any place may stand there."""
        place = _PLACE.search(token)
        if place is None or self._may_be_weighty(place[2]):
            return ()
        parts = self._parted(token[: place.start()])
        return (*parts, *filter(None, place.groups())) if parts else ()

    def _meant(self, token: str) -> tuple[str, bool]:
        """The nearest known word within so many slips, and whether there is no other as near.

        Look-alikes are words too, and of two that are as near the one of the same letters is meant.
        """
        slips = _SLIPS.get(len(token), _MORE_SLIPS)
        near = _nearest(token, self._spelled, slips) if len(token) >= _SHORTEST else []
        swapped = [word for word in near if sorted(word) == sorted(token)]
        best = swapped if len(swapped) == 1 else near
        return (best[0], len(best) == 1) if best else ("", False)

    def _may_be_weighty(self, token: str) -> bool:
        """Whether it is near such a word, has grown together with one, or has swallowed who knows what."""
        slips = 1 if len(token) <= _SHORTEST + 1 else _MORE_SLIPS
        return (
            len(token) > _LONGEST_WORD
            or bool(_nearest(token, self._weighty, slips))
            or _holds_one(token, self._weighty, _SHORTEST)
            or _holds_one(token, self._spelled, _SHORTEST + 1)
        )


def _holds_one(token: str, words: Mapping[int, Sequence[str]], shortest: int) -> bool:
    return any(word in token for length, those in words.items() if length >= shortest for word in those)


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word in set(words):
        if len(word) >= _SHORTEST - 1 and word.isalpha():
            found[len(word)].append(word)
    return {length: sorted(those) for length, those in found.items()}


def _nearest(token: str, words: Mapping[int, Sequence[str]], slips: int) -> list[str]:
    """All that are as near as the nearest, within so many slips."""
    # Most names are spelled as the register spells them.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = [
        one
        for length in range(len(token) - slips, len(token) + slips + 1)
        for one in process.extract(token, words.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=None)
    ]
    least = min((distance for _, distance, _ in near), default=0)
    return [word for word, distance, _ in near if distance == least]
