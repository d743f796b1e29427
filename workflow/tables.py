"""What an entry of a catalogue file must be; whatever is not is refused with file, entry and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from workflow.errors import CatalogueError

Table = Mapping[str, Any]
Member = TypeVar("Member", bound=StrEnum)


def phrase(text: str) -> str:
    """The form in which names are compared: lower case, one blank between words, nothing else."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that are most like it, for whoever has mistyped one."""
    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.5))


def code(file: str, entry: Table, key: str = "code") -> str:
    code = text(file, {"code": "?", **entry}, key)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
        raise CatalogueError(file, code, key, "a-z, 0-9, -")
    return code


def tables(file: str, table: Table, key: str, keys: frozenset[str]) -> list[Table]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CatalogueError(file, "", key, f"[[{key}]]")
    for entry in entries:
        known(file, entry, keys)
    return entries


def known(file: str, entry: Table, keys: frozenset[str]) -> None:
    """Refuse a key that is none of these, with the nearest one that is: a misspelled one would say nothing."""
    for key in entry.keys() - keys:
        likely = get_close_matches(key, sorted(keys), n=1)
        raise CatalogueError(file, str(entry.get("code", "")), key, ", ".join(likely or sorted(keys)))


def once(file: str, seen: set[str], value: str, code: str, key: str) -> None:
    if value in seen:
        raise CatalogueError(file, code, key, f"{value} twice")
    seen.add(value)


def words(file: str, entry: Table, key: str) -> list[str]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(one, str) and phrase(one) for one in words):
        raise CatalogueError(file, str(entry.get("code", "")), key, '["…", "…"]')
    return words


def flag(file: str, entry: Table, key: str, *, default: bool) -> bool:
    value = entry.get(key, default)
    if not isinstance(value, bool):
        raise CatalogueError(file, str(entry.get("code", "")), key, "true, false")
    return value


def number(file: str, entry: Table, key: str, least: int, most: int) -> int:
    value = entry.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise CatalogueError(file, str(entry.get("code", "")), key, f"{least} … {most}")
    return value


def text(file: str, entry: Table, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(file, str(entry.get("code", "")), key, "missing")
    return value.strip()


def member(file: str, entry: Table, key: str, kind: type[Member]) -> Member:
    try:
        return kind(entry.get(key, ""))
    except ValueError:
        raise CatalogueError(file, str(entry.get("code", "")), key, ", ".join(kind)) from None
