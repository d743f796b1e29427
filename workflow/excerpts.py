"""Where in a text the words stand that were searched for, and a line of it around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from workflow.searching import Term, folded

# A word as it is written, with the marks that are written behind a letter.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
# Letters and digits that fold to others, and marks: where there are none, a pattern finds the same much sooner.
_FOREIGN = re.compile("[^\\W_\x00-\x7f]|[\u0300-\u036f]")
_MOST = 64  # places on a page; beyond that they are everywhere
_CUT = "…"
_folded = lru_cache(1 << 15)(folded)  # a page has few words, and a thousand pages hardly more


class Span(NamedTuple):
    """A stretch of text, and whether it is what was searched for."""

    text: str
    is_hit: bool = False


def lined_up(*names: str) -> str:
    """Folded names, so that what stands in one of them can be told."""
    return "".join(f" {name} \n" for name in names)


def standing_in(called: Mapping[str, str], terms: Iterable[Term]) -> list[str]:
    """Of those whose names are lined up, which have each term in one of them, and none that must not be there."""
    there = [*called]
    for one in terms:
        sought = f" {one.words}" if one.is_prefix else f" {one.words} "
        there = [name for name in there if (sought in called[name]) is not one.is_not]
    return there


def occurrences(text: str, terms: Iterable[Term]) -> Iterator[tuple[int, int]]:
    """Where in a text as it is written the terms stand: from and until, in order, none across another."""
    sought = tuple(one for one in terms if not one.is_not)
    if not sought:
        return
    if _FOREIGN.search(text) is None:
        yield from (one.span() for one in _pattern(sought).finditer(text))
        return
    spots, place = list(_WORD.finditer(text)), 0
    while place < len(spots):
        length = max(_stands(one, spots, place) for one in sought)
        if length:
            yield spots[place].start(), spots[place + length - 1].end()
        place += max(length, 1)


@lru_cache(64)
def _pattern(sought: tuple[Term, ...]) -> re.Pattern[str]:
    """What finds the terms, the longest first, where letters are what they seem."""
    ways = sorted(sought, key=lambda one: -len(one.words.split()))
    each = (r"[\W_]+".join(one.words.split()) + (r"[^\W_]*" if one.is_prefix else r"(?![^\W_])") for one in ways)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(each)})", re.IGNORECASE)


def _stands(term: Term, spots: Sequence[re.Match[str]], place: int) -> int:
    """How many words of the text it takes there; 0 where it does not stand."""
    words = term.words.split()
    there = [_folded(one[0]) for one in spots[place : place + len(words)]]
    if len(there) < len(words) or there[:-1] != words[:-1]:
        return 0
    is_there = there[-1].startswith(words[-1]) if term.is_prefix else there[-1] == words[-1]
    return len(words) if is_there else 0


def marked(text: str, terms: Iterable[Term]) -> list[Span]:
    """The whole text, in stretches that are what was searched for and stretches that are not."""
    spans, done = list[Span](), 0
    for begin, end in occurrences(text, terms):
        spans += [Span(text[done:begin]), Span(text[begin:end], is_hit=True)]
        done = end
    return [one for one in (*spans, Span(text[done:])) if one.text]


def excerpt(text: str, terms: Sequence[Term], length: int) -> list[Span]:
    """About so many letters on one line: from shortly before the place where most of the terms stand together."""
    said = " ".join(text.split())
    if len(said) <= length:
        return marked(said, terms)
    found = list(islice(occurrences(said, terms), _MOST))
    densest = _densest(said, found, length) if len(terms) > 1 else found[0][0] if found else 0
    begin = max(densest - length // 5, 0)
    begin = begin and said.find(" ", begin) + 1
    end = begin + length if begin + length >= len(said) else max(said.rfind(" ", begin, begin + length), begin + 1)
    before, after = (_CUT if begin else ""), (_CUT if end < len(said) else "")
    return [Span(before), *marked(said[begin:end], terms), Span(after)]


def _densest(text: str, found: Sequence[tuple[int, int]], length: int) -> int:
    """Where the stretch begins that has the most different words of those that were found."""
    best, place = 0, found[0][0] if found else 0
    for number, (begin, _end) in enumerate(found):
        near = {folded(text[a:b]) for a, b in found[number : number + 32] if b - begin <= length * 4 // 5}
        if len(near) > best:
            best, place = len(near), begin
    return place
