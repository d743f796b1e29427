"""The facts of a document in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from inbox import Fact, FactKind, Why
from tui import words
from tui.language import _, many

_MOST_RANGES = 6
# They stand where the file is described: its size, and what else has the same bytes.
_SAID_ELSEWHERE = (FactKind.PAGES, FactKind.SAME_BYTES)


def listed(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """A sign and a sentence for each fact that is not said beside the file, warnings first."""
    told = sorted((one for one in facts if one.kind not in _SAID_ELSEWHERE), key=lambda one: not one.is_warning)
    return [("!" if one.is_warning else "+" if one.is_good else "·", said(one)) for one in told]


def warnings(facts: Iterable[Fact]) -> str:
    """How many facts a person should look at; nothing when there is none."""
    count = sum(one.is_warning for one in facts)
    return many("pre-check: {n} warning", "pre-check: {n} warnings", count).format(n=count) if count else ""


def said(fact: Fact) -> str:
    """One fact as a sentence."""
    pages, values = _on(fact.pages), ", ".join(fact.values)
    match fact.kind:
        case FactKind.UNREADABLE:
            return _unreadable(Why(values))
        case FactKind.ENCRYPTED:
            return _("locked with a password")
        case FactKind.FILE_TYPE:
            ending, *accepted = fact.values
            kinds = ", ".join(accepted)
            if not ending:
                return _("the name does not say which kind of file it is; accepted: {kinds}").format(kinds=kinds)
            return _("a file of the kind {ending}; accepted: {kinds}").format(ending=ending, kinds=kinds)
        case FactKind.TOO_LARGE:
            size, most = map(int, fact.values)
            return _("{size}, larger than the {most} MB that are accepted").format(size=words.size(size), most=most)
        case FactKind.PAGES:
            return many("{n} page", "{n} pages", int(values)).format(n=words.number(int(values)))
        case FactKind.PAGES_NOT_READ:
            return _("only {n} pages were read").format(n=words.number(int(values)))
        case FactKind.SCAN:
            return _("a scan: no page has text")
        case FactKind.PAGES_WITHOUT_TEXT:
            return _("no text on {pages}").format(pages=pages)
        case FactKind.LITTLE_TEXT:
            return _("hardly any text: {n} letters").format(n=words.number(int(values)))
        case FactKind.SAME_BYTES:
            return _("same file as: {others}").format(others=values)
        case FactKind.SAME_TEXT:
            return _("the same text, word for word, as {others}").format(others=values)
        case FactKind.COVER:
            return _("{pages} names {words}").format(pages=pages, words=values)
        case FactKind.OTHER_OFFICE:
            return _("{pages} names another office: {words}").format(pages=pages, words=values)
        case FactKind.OTHER_DOCUMENT:
            return _("{pages} names another document: {words}").format(pages=pages, words=values)
        case FactKind.OTHER_YEARS:
            return _("{pages} names another year: {words}").format(pages=pages, words=values)
        case FactKind.CHAPTERS:
            begins = (f"{number} {_on([page])}" for number, page in zip(fact.values, fact.pages, strict=True))
            return _("chapters: {chapters}").format(chapters=", ".join(begins))
        case FactKind.CHAPTER_DIFFERS:
            number, title, heading = fact.values
            differs = _("chapter {number}, {title}, reads “{heading}” on {pages}")
            return differs.format(number=number, title=title, heading=heading, pages=pages)
        case FactKind.CHAPTERS_MISSING:
            return _("no heading found for: {chapters}").format(chapters="; ".join(fact.values))
        case FactKind.SIGNATURE:
            return _("signature block on {pages}").format(pages=pages)
        case FactKind.NO_SIGNATURE:
            return _("no signature block in the text")
        case _:
            assert_never(fact.kind)


def _unreadable(why: Why) -> str:
    match why:
        case Why.BROKEN:
            return _("damaged, it cannot be read")
        case Why.TOO_MUCH:
            return _("too large or too tangled to be read")
        case Why.NO_READER:
            return _("the text of this kind of file cannot be read")
        case Why.ENCRYPTED:
            return _("locked with a password")
        case _:
            assert_never(why)


def _on(pages: Sequence[int]) -> str:
    """`p. 1, 4-6`."""
    ranges = list(_ranges(pages))
    told = ", ".join(ranges[:_MOST_RANGES]) + (" …" if len(ranges) > _MOST_RANGES else "")
    return _("p. {numbers}").format(numbers=told)


def _ranges(pages: Sequence[int]) -> Iterator[str]:
    first = last = 0
    for page in [*pages, 0]:
        if page != last + 1 or not first:
            if first:
                yield str(first) if first == last else f"{first}-{last}"
            first = page
        last = page
