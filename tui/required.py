"""A requirement as a person reads it: in a list, and with all that is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from tui import rules, words
from tui.language import _
from workflow import Ask, Entry, Requirement

_FOR_EVER = 9999


def lines(entries: Sequence[Entry]) -> Iterator[str]:
    """One line each: heading, key, name, programme, how often, of whom, by when, in which years."""
    widths = [max(map(len, column), default=0) for column in zip(*map(_cells, entries), strict=True)]
    for entry in entries:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(_cells(entry), widths, strict=True)).rstrip()


def _cells(entry: Entry) -> tuple[str, ...]:
    one = entry.requirement
    when = rules.rule(one) if entry.ask is not Ask.NEVER else ""
    often, who = rules.frequency(one.every), asked_of(one)
    return (one.short, one.key, words.document(one), one.family, often, who, when, validity(entry))


def validity(entry: Entry) -> str:
    """The document years that it is for: `2025 …`, `… 2024`; nothing where it is for all."""
    first = str(entry.valid_from) if entry.valid_from else ""
    last = str(entry.valid_to) if entry.valid_to < _FOR_EVER else ""
    return f"{first} … {last}".strip() if first or last else ""


def asked_of(one: Requirement) -> str:
    """Of whom it is asked: `office`, `office, once declared`."""
    level = rules.level(one.level)
    match one.ask:
        case Ask.ALL:
            return level
        case Ask.ASSIGNED:
            return _("{level}, where assigned").format(level=level)
        case Ask.DECLARED:
            return _("{level}, once declared").format(level=level)
        case Ask.NEVER:
            return _("nobody, only known")


def particulars(one: Requirement, *, unit: str, needs_review: bool) -> list[tuple[str, str]]:
    """All that is asked of it, what says nothing left out."""
    review = unit if needs_review else _("none")
    size = f"≤ {one.max_mb} MB" if one.max_mb else ""
    table = (
        (_("document"), words.document(one)),
        (_("programme"), f"{one.family}, {rules.need(one.need)}"),
        (_("asked of"), asked_of(one)),
        (_("how often"), rules.frequency(one.every)),
        (_("due"), rules.rule(one) if one.ask is not Ask.NEVER else ""),
        (_("source"), f"{one.source} ({rules.sure(one.sure)})" if one.source else rules.sure(one.sure)),
        (_("review"), review),
        (_("evidence for"), ", ".join(one.evidence)),
        (_("also serves"), ", ".join(one.serves)),
        (_("has to come after") if one.wants_enforced else _("comes after"), ", ".join(one.wants)),
        (_("file types"), " ".join(filter(None, (", ".join(one.accepts), size)))),
        (_("chapters"), " · ".join(one.chapters)),
        (_("checklist"), " · ".join(map(words.check_item, one.checklist))),
    )
    return [(label, value) for label, value in table if value]


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The keys that come nearest."""
    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.4))
