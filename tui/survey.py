"""What lies in an archive, in words and numbers."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from inbox import Doubt, Hold, Left, Odd, Proposal, Reason, Strayed, Why
from tui import arriving, words
from tui.language import _
from tui.tables import Line
from workflow import Office, plain


def lines(proposals: Sequence[Proposal]) -> Iterator[Line]:
    """A line of the table for each file."""
    versions, same = _versions(proposals), _same(proposals)
    for one in proposals:
        others = [other.path for other in same[one.digest] if other.path != one.path]
        remarks = [_("same content as {file}").format(file=others[0])] if others else []
        kept = versions.get(one.goal, [])
        if len(kept) > 1:
            remarks.append(_("version {n} of {all}").format(n=kept.index(one.digest) + 1, all=len(kept)))
        yield Line(one, "; ".join(doubts(one)), "; ".join(remarks))


def doubts(one: Proposal) -> Iterator[str]:
    """What a person has to settle."""
    yield from map(doubt, one.doubts)
    if one.is_draft:
        yield _("it calls itself a draft")


def doubt(value: Doubt) -> str:
    """Why a person has to look at a file of an archive."""
    match value:
        case Reason():
            return arriving.reason(value)
        case Hold():
            return arriving.hold(value)
        case Why.ENCRYPTED:
            return _("it is locked with a password")
        case Why.BROKEN | Why.NO_READER:
            return _("it cannot be read")
        case Why.TOO_MUCH:
            return _("reading it takes too much time or memory")
        case _:
            assert_never(value)


def left(value: Left) -> str:
    """Why a row of the table was not taken."""
    match value:
        case Strayed.GONE:
            return _("the file is not there any more")
        case Strayed.CHANGED:
            return _("the file has changed since the table was written")
        case Reason():
            return arriving.reason(value)
        case Hold():
            return arriving.hold(value)
        case _:
            assert_never(value)


def report(proposals: Sequence[Proposal], odd: Sequence[Odd], offices: Sequence[Office]) -> Iterator[str]:
    """The counts, one in each line."""
    asked = [one for one in proposals if not one.is_sure]
    yield _("files: {n}").format(n=words.number(len(proposals)))
    yield _("proposed: {n}").format(n=words.number(len(proposals) - len(asked)))
    yield _("to be looked at: {n}").format(n=words.number(len(asked)))
    for reason, count in Counter(next(doubts(one)) for one in asked).most_common():
        yield f"  {words.number(count):>6}  {reason}"
    names = {office.code: office.name for office in offices}
    for code, years in _by_office(proposals).items():
        counts = ", ".join(f"{year or '?'}: {words.number(count)}" for year, count in sorted(years.items()))
        name = names.get(code) or _("office unknown")
        yield f"{name}: {counts}"
    yield _("same content as another file: {n}").format(n=words.number(_repeated(proposals)))
    several = [kept for kept in _versions(proposals).values() if len(kept) > 1]
    yield _("documents in several versions: {n}").format(n=words.number(len(several)))
    yield _("left aside: {n}").format(n=words.number(len(odd)))
    for one in odd:
        yield f"  {plain(os.fsdecode(one.path))}: {arriving.hold(one.reason)}"


def data(proposals: Sequence[Proposal], odd: Sequence[Odd]) -> dict[str, Any]:
    """The same for a program."""
    asked = [one for one in proposals if not one.is_sure]
    return {
        "files": len(proposals),
        "proposed": len(proposals) - len(asked),
        "asked": len(asked),
        "reasons": Counter(one.doubts[0] if one.doubts else "draft" for one in asked),
        "offices": _by_office(proposals),
        "same_content": _repeated(proposals),
        "versions": sum(len(kept) > 1 for kept in _versions(proposals).values()),
        "left": [{"path": plain(os.fsdecode(one.path)), "reason": one.reason} for one in odd],
    }


def _versions(proposals: Sequence[Proposal]) -> dict[tuple[str, str, str], list[str]]:
    """The contents that seem to be the same document, oldest first."""
    kept: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for one in sorted(proposals, key=lambda one: (one.changed, one.path)):
        if one.goal.is_whole:
            kept[one.goal].setdefault(one.digest)
    return {goal: list(digests) for goal, digests in kept.items()}


def _same(proposals: Sequence[Proposal]) -> dict[str, list[Proposal]]:
    same: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        same[one.digest].append(one)
    return same


def _repeated(proposals: Sequence[Proposal]) -> int:
    return len(proposals) - len({one.digest for one in proposals})


def _by_office(proposals: Sequence[Proposal]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in sorted(proposals, key=lambda one: one.goal):
        period = one.goal.period
        counts[one.goal.office][period if len(period) == 9 else period[:4]] += 1
    return counts
