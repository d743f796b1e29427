"""Whose a file is, what it is and for when: a pure answer with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from inbox.evidence import Evidence, Reason
from inbox.names import Mark, Reading, Tokens, read_name, tokenise
from workflow import Obligation, ObligationId, State, Vocabulary

_MOST_GUESSES = 9

Owed = Callable[[str], Sequence[Obligation]]


class Recognised(NamedTuple):
    """The one obligation that the file can be for."""

    obligation: Obligation
    is_draft: bool
    evidence: tuple[Evidence, ...]


class Unrecognised(NamedTuple):
    """Why a person must choose, and the likeliest obligations."""

    reason: Reason
    is_draft: bool
    guesses: tuple[ObligationId, ...]
    evidence: tuple[Evidence, ...]


class _Sighting(NamedTuple):
    kind: str
    means: tuple[str, ...]
    words: str


class Recogniser:
    """Knows how a region spells its offices and documents; `owed` tells what an office owes."""

    def __init__(self, vocabulary: Vocabulary, owed: Owed) -> None:
        self._phrases = _index(vocabulary)
        self._folders = {tokenise(words): code for words, code in vocabulary.offices.items()}
        self._owed = owed

    def office_of(self, folder: str) -> str | None:
        """The office whose drop folder it is."""
        return self._folders.get(tokenise(folder))

    def recognise(self, folders: Sequence[str], name: str) -> Recognised | Unrecognised:
        """Place a file that lies in `folders` (outermost first, below the inbox) under `name`.

        The office is the drop folder's when it lies in one; the other folders fill in what the name leaves out, and
        can cast doubt on it. Files only what can be one obligation and no other.
        """
        reading = read_name(name)
        drop = self.office_of(folders[0]) if folders else None
        around = [read_name(folder) for folder in (folders[1:] if drop else folders)]
        sightings = self._spot(reading.tokens)
        is_named = any(one.kind != "office" for one in sightings)
        for folder in around:
            sightings += [one for one in self._spot(folder.tokens) if one.kind == "office" or not is_named]
        return _Case(reading, around, drop, sightings, self._owed).answer()

    def _spot(self, tokens: Tokens) -> list[_Sighting]:
        """The known phrases in the order of the text; of those that overlap, the longest."""
        found: list[_Sighting] = []
        i = 0
        while i < len(tokens):
            for phrase, kind, means in self._phrases.get(tokens[i], ()):
                if tokens[i : i + len(phrase)] == phrase:
                    found.append(_Sighting(kind, means, " ".join(phrase)))
                    i += len(phrase)
                    break
            else:
                i += 1
        return found


_Phrases = dict[str, list[tuple[Tokens, str, tuple[str, ...]]]]


def _index(vocabulary: Vocabulary) -> _Phrases:
    """Phrases by their first token, the longest first; of equal ones a look-alike goes before what it looks like."""
    everything = [
        *((tokenise(words), "lookalike", (words,)) for words in vocabulary.lookalikes),
        *((tokenise(words), "requirement", keys) for words, keys in vocabulary.requirements.items()),
        *((tokenise(words), "office", (code,)) for words, code in vocabulary.offices.items()),
    ]
    phrases: _Phrases = {}
    for phrase, kind, means in sorted(everything, key=lambda one: -len(one[0])):
        if phrase:
            phrases.setdefault(phrase[0], []).append((phrase, kind, means))
    return phrases


class _Case:
    """What is known of one file, and the questions in the order in which they are asked."""

    def __init__(
        self,
        reading: Reading,
        around: Sequence[Reading],
        drop: str | None,
        sightings: Sequence[_Sighting],
        owed: Owed,
    ) -> None:
        self._years = reading.years
        self._within = () if reading.years else tuple(years for folder in around for years in folder.years)
        self._parts = reading.parts or tuple(dict.fromkeys(part for folder in around for part in folder.parts))
        self._marks = reduce(or_, (folder.marks for folder in around), reading.marks)
        self._drop = drop
        self._is_draft = Mark.DRAFT in self._marks
        self._owed = owed
        self._named = {one.means[0]: one.words for one in sightings if one.kind == "office"}
        self._documents = {_code(one): one.words for one in sightings if one.kind != "office"}
        self._keys = {key for one in sightings if one.kind == "requirement" for key in one.means}
        self._offices = {*self._named, *([drop] if drop else [])}

    def answer(self) -> Recognised | Unrecognised:
        """The obligation, or the first question that only a person can answer."""
        doubt = self._doubt()
        fitting = self._fitting() if len(self._offices) == 1 else []
        if doubt is None and len(fitting) == 1:
            return Recognised(fitting[0], self._is_draft, self._evidence(fitting[0]))
        reason = doubt or (Reason.NO_PERIOD if fitting else Reason.NOT_OWED)
        return Unrecognised(reason, self._is_draft, self._guesses(fitting), self._evidence(None))

    def _doubt(self) -> Reason | None:
        marks, requirements = self._marks, len(self._documents)
        questions = (
            (len(self._offices) > 1, Reason.SEVERAL_OFFICES),
            (not self._offices, Reason.NO_OFFICE),
            (Mark.ARCHIVE in marks, Reason.ARCHIVE),
            (not self._keys, Reason.NO_REQUIREMENT),
            (requirements > 1, Reason.SEVERAL_REQUIREMENTS),
            (Mark.PART in marks, Reason.PART),
            (Mark.OFFICIAL in marks, Reason.OFFICIAL),
            (Mark.REVIEWED in marks, Reason.UNSURE_VERSION),
            (len(self._years) > 1 or len(self._parts) > 1, Reason.SEVERAL_PERIODS),
            (not self._years and Mark.UNREAD_YEAR in marks, Reason.NO_PERIOD),
        )
        return next((reason for is_so, reason in questions if is_so), None)

    def _fitting(self) -> list[Obligation]:
        (office,) = self._offices
        variant = "perubahan" if Mark.CHANGED in self._marks else ""
        return [
            obligation
            for obligation in self._owed(office)
            if obligation.requirement.key in self._keys
            and obligation.requirement.variant == variant
            and self._is_for_then(obligation)
        ]

    def _is_for_then(self, obligation: Obligation) -> bool:
        first, last, part = obligation.period
        is_then = not self._years or (first, last) in self._years
        is_within = all(first <= since and until <= last for since, until in self._within)
        return is_then and is_within and (not self._parts or part in self._parts)

    def _guesses(self, fitting: list[Obligation]) -> tuple[ObligationId, ...]:
        """The likeliest first: what fits, the same document for another time, then what else is missing."""
        theirs = [obligation for office in sorted(self._offices) for obligation in self._owed(office)]
        same = [obligation for obligation in theirs if obligation.requirement.key in self._keys]
        open_ones = [obligation for obligation in theirs if obligation.state is State.DRAFT and obligation.is_owed]
        ranked = dict.fromkeys(o.id for o in (*fitting, *same, *(() if self._keys else open_ones)))
        return tuple(ranked)[:_MOST_GUESSES]

    def _evidence(self, obligation: Obligation | None) -> tuple[Evidence, ...]:
        found = [Evidence("office", words, "name") for words in self._named.values()]
        if self._drop:
            found.insert(0, Evidence("office", self._drop, "folder"))
        found += [Evidence("requirement", words, "name") for words in self._documents.values()]
        found += [Evidence("period", f"{first}-{last}", "name") for first, last in self._years]
        found += [Evidence("period", part, "name") for part in self._parts]
        if obligation is not None and not self._years:
            found.append(Evidence("period", str(obligation.period), "register"))
        return tuple(found)


def _code(sighting: _Sighting) -> str:
    """What tells documents apart: `pk` and `pk+perubahan` are one word, told apart by what else the name says."""
    return sighting.means[0].partition("+")[0]
