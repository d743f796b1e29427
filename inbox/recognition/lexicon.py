"""The words of a region: its offices and documents, the ways in which they are shortened, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from inbox.recognition.fragments import Fragments
from inbox.recognition.names import Tokens, tokenise
from inbox.recognition.repair import Repair
from inbox.recognition.words import HALVES, HEADS, MARKS, MONTHS, NOISE, PLACES, QUARTERS
from workflow import Vocabulary

_SHORT_HEADS = {"kecamatan": "kec", "kelurahan": "kel", "sekretariat": "set", "rsud": "rs"}
# How often words of a kind are right where nothing else is said; `make bench` compares it with labelled names.
_SURE_PHRASE, _SURE_WORD = 0.998, 0.995
_SURE_LETTERS = {3: 0.985, 2: 0.985, 1: 0.5}
_SURE_WITHOUT_PREFIX, _SURE_WITHOUT_HEAD, _SURE_TAIL = 0.97, 0.9, 0.9
_SURE_ENOUGH_TO_KNOW = 0.85
_VOWELS = frozenset("aeiou")


class Kind(StrEnum):
    """What a phrase is a name of."""

    OFFICE = "office"
    REQUIREMENT = "requirement"
    LOOKALIKE = "lookalike"
    MARK = "mark"


# A word that may be one of these, and is not surely, leaves a doubt.
_WEIGHTY = (Kind.MARK, Kind.LOOKALIKE)


class Meaning(NamedTuple):
    """A phrase, and how often it means what it is taken for.

    `value` is the code of an office or a requirement, a mark, or the look-alike itself; `variant` is what a word such
    as DPPA says by itself, None where other words have to say it.
    """

    phrase: Tokens
    kind: Kind
    value: str
    sure: float
    variant: str | None = None

    @property
    def words(self) -> str:
        return " ".join(self.phrase)


class Sighting(NamedTuple):
    """A phrase that stands in a text, from which token on, and how sure that is after repairs."""

    meaning: Meaning
    at: int
    sure: float


class Seen(NamedTuple):
    """What a text holds: its words after repairs, the phrases among them, and where words stand that nobody knows.

    The `doubtful` ones among those may be words that change everything, misspelled beyond repair.
    """

    tokens: Tokens
    sightings: tuple[Sighting, ...]
    unknown_at: tuple[int, ...]
    doubtful: frozenset[str]

    @property
    def unknown(self) -> Tokens:
        """The words that nobody knows."""
        return tuple(self.tokens[at] for at in self.unknown_at)

    @property
    def unknown_runs(self) -> Tokens:
        """The same, with those together that stand side by side."""
        runs: list[str] = []
        for before, at in pairwise((-2, *self.unknown_at)):
            if at == before + 1:
                runs[-1] += f" {self.tokens[at]}"
            else:
                runs.append(self.tokens[at])
        return tuple(runs)


class Lexicon:
    """All phrases of a region. Built once, asked for every file."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases: dict[str, list[Meaning]] = defaultdict(list)
        listed = _unique(_meanings(vocabulary))
        meanings = _unique([*listed, *_derived(vocabulary)])
        for meaning in sorted(meanings, key=lambda one: -len(one.phrase)):
            self._phrases[meaning.phrase[0]].append(meaning)
        region = frozenset(tokenise(vocabulary.region))
        self._ignored = NOISE | MONTHS | QUARTERS | HALVES | HEADS | region
        self._repair = Repair(
            known=self._ignored | {word for meaning in meanings for word in meaning.phrase},
            phrases=(meaning.phrase for meaning in meanings),
            spelled=self._ignored | {word for meaning in listed for word in meaning.phrase},
            weighty={word for meaning in listed if meaning.kind in _WEIGHTY for word in meaning.phrase},
        )
        named = (Kind.REQUIREMENT, Kind.LOOKALIKE)
        self._torn = frozenset(word for one in listed if one.kind in named for word in one.phrase) - self._ignored
        self._fragments = Fragments(vocabulary.offices)

    def read(self, words: Tokens) -> Seen:
        """Repair and spot: what a name or a folder says, in the case in which it is written."""
        repaired = self._repair.all(words)
        tokens = tuple(token for one in repaired for token in one.tokens)
        sures = [one.sure for one in repaired for _ in one.tokens]
        sightings, rest = self._spot(tokens, sures)
        # What is left of the name of a document is no word like any other.
        doubtful = {token for one in repaired for token in one.tokens if one.is_doubtful or token in self._torn}
        unknown: list[int] = []
        is_place = False
        for at in rest:
            token = tokens[at]
            is_place = token in PLACES or (is_place and not self._is_ignored(token))
            if (is_place and token not in doubtful) or self._is_ignored(token):
                continue
            head = tokens[at - 1] if at and tokens[at - 1] in HEADS else ""
            office = (self._fragments.headed(head, token) if head else None) or self._fragments.office(token)
            if office is not None:
                sightings.append(Sighting(Meaning((token,), Kind.OFFICE, office.code, office.sure), at, office.sure))
            if office is None or office.sure < _SURE_ENOUGH_TO_KNOW:
                unknown.append(at)
        return Seen(tokens, tuple(sightings), tuple(unknown), frozenset(doubtful))

    def spot(self, tokens: Tokens) -> list[Sighting]:
        """The phrases that stand there as they are written: what a text says, which is rarely misspelled."""
        return self._spot(tokens, None)[0]

    def _spot(self, tokens: Tokens, sures: Sequence[float] | None) -> tuple[list[Sighting], list[int]]:
        """The phrases in the order of the text, of those that overlap the longest, and where no phrase stands."""
        found: list[Sighting] = []
        rest: list[int] = []
        i = 0
        while i < len(tokens):
            for meaning in self._phrases.get(tokens[i], ()):
                length = len(meaning.phrase)
                if tokens[i : i + length] == meaning.phrase:
                    sure = meaning.sure if sures is None else meaning.sure * min(sures[i : i + length])
                    found.append(Sighting(meaning, i, sure))
                    i += length
                    break
            else:
                rest.append(i)
                i += 1
        return found, rest

    def _is_ignored(self, token: str) -> bool:
        return token in self._ignored or len(token) < 2 or token.isdecimal()


def _meanings(vocabulary: Vocabulary) -> Iterator[Meaning]:
    for words in vocabulary.lookalikes:
        yield Meaning(tokenise(words), Kind.LOOKALIKE, words, 1.0)
    for words, keys in (*vocabulary.requirements.items(), *vocabulary.titles.items()):
        code, *_ = keys[0].partition("+")
        variants = {key.partition("+")[2] for key in keys if key.partition("+")[0] == code}
        only = variants.pop() if len(variants) == 1 else None
        yield Meaning(tokenise(words), Kind.REQUIREMENT, code, _sure(tokenise(words)), only or None)
    for words, code in vocabulary.offices.items():
        yield Meaning(tokenise(words), Kind.OFFICE, code, _sure(tokenise(words)))
    for mark, phrases in MARKS.items():
        for words in phrases.split("|"):
            yield Meaning(tokenise(words), Kind.MARK, mark, 1.0)


def _sure(phrase: Tokens) -> float:
    letters = sum(map(len, phrase))
    return _SURE_PHRASE if len(phrase) > 1 and letters > 6 else _SURE_LETTERS.get(letters, _SURE_WORD)


def _derived(vocabulary: Vocabulary) -> Iterator[Meaning]:
    """Ways to shorten a name that no register lists. What two offices could be called is called none."""
    owners: dict[Tokens, set[str]] = defaultdict(set)
    sures: dict[Tokens, float] = {}
    for words, code in vocabulary.offices.items():
        for phrase, sure in _shortened(tokenise(words)):
            owners[phrase].add(code)
            sures[phrase] = max(sure, sures.get(phrase, 0.0))
    for phrase, codes in owners.items():
        if len(codes) == 1:
            yield Meaning(phrase, Kind.OFFICE, next(iter(codes)), sures[phrase])


def _shortened(phrase: Tokens) -> Iterator[tuple[Tokens, float]]:
    first, *rest = phrase
    if first in _SHORT_HEADS and rest:
        yield (_SHORT_HEADS[first], *rest), _SURE_PHRASE
    if first in HEADS and len(rest) > 1:
        yield tuple(rest), _SURE_WITHOUT_HEAD
    if rest and "dan" in rest:
        yield tuple(word for word in phrase if word != "dan"), _SURE_PHRASE
    if rest:
        return
    for prefix, other in (("dis", "din"), ("din", "dis")):
        if first.startswith(prefix) and len(first) > 6:
            yield (first.removeprefix(prefix),), _SURE_WITHOUT_PREFIX
            yield (other + first.removeprefix(prefix),), _SURE_WITHOUT_PREFIX
    for prefix in ("d", "b", "ba"):
        if first.startswith(prefix) and len(first) - len(prefix) > 4:
            yield (first.removeprefix(prefix),), _SURE_WITHOUT_PREFIX if prefix != "b" else _SURE_TAIL
    for length in range(4, len(first) - 2):
        # Shorter ones with a vowel are words: `info` is not what is left of DISKOMINFO.
        if length > 4 or not _VOWELS & set(first[-length:]):
            yield (first[-length:],), _SURE_TAIL


def _unique(meanings: Iterable[Meaning]) -> list[Meaning]:
    """One meaning for each phrase, the first that is given: a look-alike goes before what it looks like."""
    found: dict[Tokens, Meaning] = {}
    for meaning in meanings:
        if meaning.phrase:
            found.setdefault(meaning.phrase, meaning)
    return list(found.values())
