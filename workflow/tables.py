"""What an entry of a catalogue file must be; whatever is not is refused with file, entry and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from workflow.errors import CatalogueError

Table = Mapping[str, Any]
Member = TypeVar("Member", bound=StrEnum)


def phrase(text: str) -> str:
    """The form in which names are compared: lower case, one blank between words, nothing else."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def wrong(file: str, entry: Table, key: str, hint: str, *, of: str = "") -> CatalogueError:
    """The refusal of a key; `of` names the entry where the table has no code of its own."""
    return CatalogueError(file, of or str(entry.get("code", "")), key, hint, entry)


def likely(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that are most like it, for whoever has mistyped one."""
    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.5))


def nearest(name: object, known: Iterable[str]) -> str:
    """The right thing that comes nearest to a wrong one, or all of a few."""
    known = sorted(known)
    return ", ".join(get_close_matches(str(name), known, n=1, cutoff=0.4) or known[:12])


def code(file: str, entry: Table, key: str = "code", *, of: str = "") -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        shown = of or str(entry.get("code") or entry.get(key) or "?")
        raise wrong(file, entry, key, "a-z, 0-9, -", of=shown)
    return value


def tables(file: str, table: Table, key: str, keys: frozenset[str]) -> list[Table]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise wrong(file, table, key, f"[[{key}]]")
    for entry in entries:
        known(file, entry, keys)
    return entries


def inner(file: str, entry: Table, key: str, keys: frozenset[str], *, of: str) -> Table:
    """The table that a key holds."""
    value = entry.get(key)
    if not isinstance(value, dict):
        raise wrong(file, entry, key, f"{{ {', '.join(sorted(keys))} }}", of=of)
    known(file, value, keys, of=of)
    return value


def known(file: str, entry: Table, keys: frozenset[str], *, of: str = "") -> None:
    """Refuse a key that is none of these, with the nearest one that is: a misspelled one would say nothing."""
    for key in entry:
        if key not in keys:
            raise wrong(file, entry, key, nearest(key, keys), of=of)


def words(file: str, entry: Table, key: str) -> list[str]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(one, str) and phrase(one) for one in words):
        raise wrong(file, entry, key, '["…", "…"]')
    return words


def names(file: str, entry: Table, key: str, among: Iterable[str], *, of: str = "") -> tuple[str, ...]:
    """Names of things that there are."""
    values, there = entry.get(key, []), set(among)
    if not isinstance(values, list):
        raise wrong(file, entry, key, '["…", "…"]', of=of)
    for value in values:
        if not isinstance(value, str) or value not in there:
            raise wrong(file, entry, key, f"{value} → {nearest(value, there)}", of=of)
    return tuple(values)


def flag(file: str, entry: Table, key: str, *, default: bool) -> bool:
    value = entry.get(key, default)
    if not isinstance(value, bool):
        raise wrong(file, entry, key, "true, false")
    return value


def number(file: str, entry: Table, key: str, least: int, most: int, *, default: int = 0, of: str = "") -> int:
    value = entry.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not (least <= value <= most or value == default):
        raise wrong(file, entry, key, f"{least} … {most}", of=of)
    return value


def text(file: str, entry: Table, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise wrong(file, entry, key, "missing" if value is None else '"…"')
    return value.strip()


def member(
    file: str, entry: Table, key: str, kind: type[Member], default: Member | None = None, of: str = ""
) -> Member:
    value = entry.get(key, default)
    try:
        return kind(value)
    except ValueError:
        hint = ", ".join(kind) if value is None else f"{value} → {nearest(value, kind)}"
        raise wrong(file, entry, key, hint, of=of) from None


def day(file: str, entry: Table, key: str, *, of: str = "") -> date | None:
    """A date; None where nothing is said."""
    value = entry.get(key)
    if value is not None and not is_day(value):
        raise wrong(file, entry, key, "2026-01-31", of=of)
    return value


def is_day(value: object) -> bool:
    """Whether it is a date without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)
