"""What has changed from one version of a document to the next: lines that are gone, lines that are new."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from inbox import Text
from tui.leaves import leaves

CONTEXT = 2  # lines around a change
_WORDS = 3  # so many in a row are seldom said twice
_MOST_PAIRS = 4_000_000  # what has nothing in common and is larger is not compared piece by piece


class Sign(StrEnum):
    """Where a line stands: in both versions, in the former, or in the present one."""

    SAME = " "
    GONE = "-"
    NEW = "+"


class Change(NamedTuple):
    """A line, its page in the version that it stands in, and from where to where its changed words go."""

    sign: Sign
    page: int
    text: str
    words: tuple[tuple[int, int], ...] = ()


class _Word(NamedTuple):
    line: int
    start: int
    end: int


def compared(before: Text, after: Text) -> tuple[Change, ...]:
    """All lines of `after`, and among them those of `before` that are gone.

    A paragraph that is only broken in other places has not changed.
    """
    return tuple(chain.from_iterable(_blocks(_lines(before), _lines(after))))


def is_changed(changes: Sequence[Change]) -> bool:
    """Whether anything differs."""
    return any(one.sign is not Sign.SAME for one in changes)


def shortened(changes: Sequence[Change]) -> Iterator[Change | None]:
    """Only what has changed and the lines around it; None where lines are left out."""
    last = -1
    for place, one in enumerate(changes):
        around = changes[max(place - CONTEXT, 0) : place + CONTEXT + 1]
        if is_changed(around):
            if place > last + 1:
                yield None
            yield one
            last = place
    if 0 <= last < len(changes) - 1:
        yield None


def _lines(text: Text) -> list[Change]:
    return [Change(Sign.SAME, one.number, line.text) for one in leaves(text) for line in one.lines]


def _blocks(before: Sequence[Change], after: Sequence[Change]) -> Iterator[Sequence[Change]]:
    """Line by line, and where lines differ, word by word."""
    for is_same, a, b in _matched([*map(_key, before)], [*map(_key, after)]):
        yield after[b] if is_same else _words(before[a], after[b])


def _words(before: Sequence[Change], after: Sequence[Change]) -> Sequence[Change]:
    """The lines that hold a changed word; where words only came or only went, what they stand beside as well."""
    a, b = _split(before), _split(after)
    said = [[lines[w.line].text[w.start : w.end] for w in words] for lines, words in ((before, a), (after, b))]
    gone, new = dict[int, list[_Word]](), dict[int, list[_Word]]()
    follows = dict[int, set[int]]()
    for is_same, i, j in _matched(said[0], said[1], _WORDS):
        if is_same:
            continue
        olds, news = _marked(a, i, b, j), _marked(b, j, a, i)
        for word in a[i]:
            gone.setdefault(word.line, []).append(word)
        for word in b[j]:
            new.setdefault(word.line, []).append(word)
        for line in olds:
            gone.setdefault(line, [])
        for line in news:
            new.setdefault(line, [])
        place = min(news, default=b[j.start].line if j.start < len(b) else len(after))
        follows.setdefault(place, set()).update(olds)
    return [*_woven(before, after, gone, new, follows)]


def _marked(ours: Sequence[_Word], here: slice, theirs: Sequence[_Word], there: slice) -> set[int]:
    """The lines that a change touches on one side.

    Where nothing stands in it on this side, the line that the words on the other side were put into or taken from,
    unless those are whole lines.
    """
    if ours[here]:
        return {word.line for word in ours[here]}
    moved = theirs[there]
    starts = there.start == 0 or theirs[there.start - 1].line != moved[0].line
    ends = there.stop == len(theirs) or theirs[there.stop].line != moved[-1].line
    if (starts and ends) or not ours:
        return set()
    return {ours[max(here.start - 1, 0)].line if not starts else ours[min(here.start, len(ours) - 1)].line}


def _woven(
    before: Sequence[Change],
    after: Sequence[Change],
    gone: dict[int, list[_Word]],
    new: dict[int, list[_Word]],
    follows: dict[int, set[int]],
) -> Iterator[Change]:
    """The lines of the present version, those that are gone in front of what stands in their place."""
    told = set[int]()
    for place in range(len(after) + 1):
        for line in sorted(follows.get(place, set()) - told):
            told.add(line)
            yield before[line]._replace(sign=Sign.GONE, words=_ranges(gone[line]))
        if place < len(after):
            sign = Sign.NEW if place in new else Sign.SAME
            yield after[place]._replace(sign=sign, words=_ranges(new.get(place, ())))


def _ranges(words: Sequence[_Word]) -> tuple[tuple[int, int], ...]:
    return tuple((word.start, word.end) for word in words)


def _split(lines: Sequence[Change]) -> list[_Word]:
    words, place = [], 0
    for number, one in enumerate(lines):
        place = 0
        for word in one.text.split():
            place = one.text.index(word, place)
            words.append(_Word(number, place, place + len(word)))
            place += len(word)
    return words


def _key(line: Change) -> str:
    return " ".join(line.text.split())


def _matched(before: Sequence[str], after: Sequence[str], run: int = 1) -> Iterator[tuple[bool, slice, slice]]:
    """What is the same and what is not, in turn. It is quick where much is the same, however long both are."""
    a = b = 0
    for i, j in [(0, 0), *_anchors(before, after, run), (len(before), len(after))]:
        if i < a:
            continue
        yield from _gap(before, after, slice(a, i), slice(b, j))
        a, b = i, j
        while a < len(before) and b < len(after) and before[a] == after[b]:
            a, b = a + 1, b + 1
        if a > i:
            yield True, slice(i, a), slice(j, b)


def _gap(before: Sequence[str], after: Sequence[str], a: slice, b: slice) -> Iterator[tuple[bool, slice, slice]]:
    end = 0
    while end < min(a.stop - a.start, b.stop - b.start) and before[a.stop - 1 - end] == after[b.stop - 1 - end]:
        end += 1
    stops = a.stop - end, b.stop - end
    yield from _differing(before, after, slice(a.start, stops[0]), slice(b.start, stops[1]))
    if end:
        yield True, slice(stops[0], a.stop), slice(stops[1], b.stop)


def _differing(
    before: Sequence[str], after: Sequence[str], a: slice, b: slice
) -> Iterator[tuple[bool, slice, slice]]:
    ours, theirs = before[a], after[b]
    if len(ours) * len(theirs) > _MOST_PAIRS:
        yield False, a, b
        return
    for tag, i, k, j, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        yield tag == "equal", slice(a.start + i, a.start + k), slice(b.start + j, b.start + m)


def _anchors(before: Sequence[str], after: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Where both say the same, which each says once only: the most of these places that are in order in both."""
    ours, theirs = _once(before, run), _once(after, run)
    pairs = [(i, theirs[said]) for said, i in ours.items() if said in theirs]
    ends, rows, links = list[int](), list[int](), dict[int, int]()  # the longest row of growing numbers, by Schensted
    for place, (_i, j) in enumerate(pairs):
        length = bisect(ends, j)
        links[place] = rows[length - 1] if length else -1
        ends[length : length + 1], rows[length : length + 1] = [j], [place]
    found, place = [], rows[-1] if rows else -1
    while place >= 0:
        found.append(pairs[place])
        place = links[place]
    return found[::-1]


def _once(said: Sequence[str], run: int) -> dict[tuple[str, ...], int]:
    """What is said once, in order, and where; blank lines are nothing said."""
    runs = [tuple(said[place : place + run]) for place in range(len(said) - run + 1)]
    times = Counter(runs)
    return {one: place for place, one in enumerate(runs) if times[one] == 1 and any(one)}
