"""The words of a region: its offices and documents, the ways in which they are shortened, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from inbox.recognition.fragments import Fragments, fits
from inbox.recognition.names import Tokens, tokenise
from inbox.recognition.repair import Repair
from inbox.recognition.words import HALVES, HEADS, MARKS, MONTHS, NOISE, PLACES, QUARTERS, Mark
from workflow import LAST_YEAR, Spans, Vocabulary

_SHORT_HEADS = {"kecamatan": "kec", "kelurahan": "kel", "sekretariat": "set", "rsud": "rs"}
# How often words of a kind are right where nothing else is said; `make bench` compares it with labelled names.
_SURE_PHRASE, _SURE_WORD = 0.998, 0.995
_SURE_LETTERS = {3: 0.985, 2: 0.985, 1: 0.5}
_SURE_WITHOUT_PREFIX, _SURE_WITHOUT_HEAD, _SURE_TAIL = 0.97, 0.9, 0.9
_SURE_ENOUGH_TO_KNOW = 0.85
_VOWELS = frozenset("aeiou")
# A hospital lies below the office of health, or is an office itself: by the word alone nobody knows which.
_BELOW_OFFICES = frozenset({"rsud"})


class Kind(StrEnum):
    """What a phrase is a name of."""

    OFFICE = "office"
    REQUIREMENT = "requirement"
    LOOKALIKE = "lookalike"
    MARK = "mark"


_UNIT = "bagian"
_PROVINCES, _REGENCIES = frozenset({"provinsi", "prov", "propinsi"}), frozenset({"kabupaten", "kab", "kota"})

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


_OF_A_UNIT = Sighting(Meaning((_UNIT,), Kind.MARK, Mark.OFFICIAL, 1.0), 0, 1.0)


class Seen(NamedTuple):
    """What a text holds: its words after repairs, the phrases among them, and where words stand that nobody knows.

    The `doubtful` ones among those may be words that change everything, misspelled beyond repair; `elsewhere` is
    another region that is named.
    """

    tokens: Tokens
    sightings: tuple[Sighting, ...]
    unknown_at: tuple[int, ...]
    doubtful: frozenset[str]
    elsewhere: str = ""

    def knowing(self, words: frozenset[str]) -> Seen:
        """The same to somebody who knows these words as well."""
        return self._replace(unknown_at=tuple(at for at in self.unknown_at if self.tokens[at] not in words))

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
    """All phrases of a region. Built once, asked for every file.

    `borne` tells of the names of offices, and of what is derived from them, that are not for all years.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases: dict[str, list[Meaning]] = defaultdict(list)
        listed = _unique(_meanings(vocabulary))
        meanings = _unique([*listed, *_derived(vocabulary)])
        for meaning in sorted(meanings, key=lambda one: -len(one.phrase)):
            self._phrases[meaning.phrase[0]].append(meaning)
        region = frozenset(tokenise(vocabulary.region))
        self._ignored = NOISE | MONTHS | QUARTERS | HALVES | (HEADS - _BELOW_OFFICES) | region
        self._repair = Repair(
            known=self._ignored | {word for meaning in meanings for word in meaning.phrase},
            phrases=(meaning.phrase for meaning in meanings),
            spelled=self._ignored | {word for meaning in listed for word in meaning.phrase},
            weighty={word for meaning in listed if meaning.kind in _WEIGHTY for word in meaning.phrase},
        )
        named = (Kind.REQUIREMENT, Kind.LOOKALIKE)
        self._torn = frozenset(word for one in listed if one.kind in named for word in one.phrase) - self._ignored
        self._region = tokenise(vocabulary.region)
        self._units = frozenset(_units(vocabulary))
        borne = dict(_borne(vocabulary))
        self.borne: Mapping[str, Spans] = borne
        # What an office is called no more is not guessed from pieces.
        present = {words: code for words, code in vocabulary.offices.items() if not _has_ended(words, borne)}
        self._fragments = Fragments(present)

    def read(self, words: Tokens) -> Seen:
        """Repair and spot: what a name or a folder says, in the case in which it is written."""
        repaired = self._repair.all(words)
        tokens = tuple(token for one in repaired for token in one.tokens)
        sures = [one.sure for one in repaired for _ in one.tokens]
        sightings, rest = self._spot(tokens, sures)
        sightings += [_OF_A_UNIT._replace(at=one.at) for one in sightings if one.meaning.phrase in self._units]
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
        return Seen(tokens, tuple(sightings), tuple(unknown), frozenset(doubtful), self._elsewhere(tokens))

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

    def _elsewhere(self, tokens: Tokens) -> str:
        """`kota metro`, where that is not this region, nor what shortens its name; of a province, what lies in it."""
        kind, *name = self._region or ("",)
        kinds = _PROVINCES | _REGENCIES if kind in _PROVINCES else _REGENCIES if kind in PLACES else frozenset()
        for at, (place, first) in enumerate(pairwise(tokens), start=1):
            is_own = tokens[at : at + len(name)] == tuple(name) and _same_kind(place, kind)
            is_word = first.isalpha() and len(first) > 3 and first not in PLACES and not self._says_else(first)
            if place in kinds and is_word and not is_own and not fits(first, tuple(name)):
                return f"{place} {first}"
        return ""

    def _says_else(self, token: str) -> bool:
        return token not in self._region and (token in self._ignored or token in self._phrases)

    def _is_ignored(self, token: str) -> bool:
        return token in self._ignored or len(token) < 2 or token.isdecimal()


def _same_kind(place: str, kind: str) -> bool:
    return place[:3] == kind[:3]


def _units(vocabulary: Vocabulary) -> Iterator[Tokens]:
    """What an office is called by that is only a part of it: `Bagian Organisasi`, listed as the Setda."""
    names = {phrase: code for words, code in vocabulary.offices.items() if len(phrase := tokenise(words)) > 1}
    wholes = {code for phrase, code in names.items() if phrase[0] in HEADS and phrase[0] != _UNIT}
    yield from (phrase for phrase, code in names.items() if phrase[0] == _UNIT and code in wholes)


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


def _borne(vocabulary: Vocabulary) -> Iterator[tuple[str, Spans]]:
    """The years of each name that an office has not always had, and of what only such a name is shortened to."""
    spans: dict[Tokens, list[Spans]] = defaultdict(list)
    for words in vocabulary.offices:
        phrase = tokenise(words)
        for one in (phrase, *(shorter for shorter, _ in _shortened(phrase))):
            spans[one].append(vocabulary.borne.get(words, ()))
    for phrase, those in spans.items():
        if all(those):
            yield " ".join(phrase), tuple(chain.from_iterable(those))


def _has_ended(words: str, borne: Mapping[str, Spans]) -> bool:
    spans = borne.get(" ".join(tokenise(words)), ())
    return bool(spans) and max(last for _, last in spans) < LAST_YEAR


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
