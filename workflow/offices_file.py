"""The offices of a region, read from offices.toml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workflow import tables
from workflow.catalogue import LAST_YEAR, REGION, Listed, Office, Spans
from workflow.tables import Table, phrase, wrong

FILE = "offices.toml"
_KEYS = frozenset("code name short aliases kind checked valid_from valid_to follows parent".split())
_ALIAS_KEYS = frozenset({"name", "from", "to"})
_FOR_EVER = (0, LAST_YEAR)


class _Alias(NamedTuple):
    """Another name of an office, and the years in which it bore it."""

    words: str
    first: int
    last: int


def read_timezone(table: Table) -> tuple[str, str]:
    """The name of the region and its time zone."""
    from zoneinfo import ZoneInfo

    region = tables.text(FILE, table, "region")
    zone = table.get("timezone", "Asia/Jakarta")
    try:
        return region, ZoneInfo(zone).key
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        hint = "Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT)"
        raise wrong(FILE, table, "timezone", hint) from None


def read_offices(table: Table) -> Iterator[Listed]:
    """The offices, in the order of the file."""
    tables.known(FILE, table, frozenset({"region", "timezone", "office"}))
    entries = tables.tables(FILE, table, "office", _KEYS)
    codes, region = {str(entry.get("code")) for entry in entries}, 0
    seen: set[str] = set()
    for entry in entries:
        _refuse_circles(entry, entries)
        listed = _office(entry, {code for code in codes if code != entry.get("code")})
        if listed.office.code in seen:
            raise wrong(FILE, entry, "code", f"{listed.office.code} twice")
        seen.add(listed.office.code)
        region += listed.kind == REGION
        if region > 1:
            raise wrong(FILE, entry, "kind", f"{REGION} twice")
        yield listed


def _refuse_circles(entry: Table, entries: Sequence[Table]) -> None:
    """What an office has taken over goes to the one that follows it, and so on; it must not come back."""
    followed = {str(one.get("code")): one.get("follows") for one in entries}
    ways = _codes(entry.get("follows"))
    for code in ways:
        if code == entry.get("code"):
            raise wrong(FILE, entry, "follows", f"{code} → … → {code}")
        ways += [one for one in _codes(followed.get(code)) if one not in ways]


def _codes(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _office(entry: Table, others: set[str]) -> Listed:
    code = tables.code(FILE, entry)
    _aliases(entry)
    name = tables.text(FILE, entry, "name")
    short = tables.text(FILE, entry, "short") if "short" in entry else _first_alias(entry) or code.upper()
    since, until = tables.day(FILE, entry, "valid_from"), tables.day(FILE, entry, "valid_to")
    if since and until and until < since:
        raise wrong(FILE, entry, "valid_to", f"{since} …")
    tables.flag(FILE, entry, "checked", default=True)
    parent = entry.get("parent", "")
    if parent and (not isinstance(parent, str) or parent not in others):
        raise wrong(FILE, entry, "parent", f"{parent} → {tables.nearest(parent, others)}")
    follows = tables.names(FILE, entry, "follows", others)
    kind = tables.text(FILE, entry, "kind") if "kind" in entry else ""
    return Listed(Office(code, name, short), kind, since, until, follows, parent)


def aliases(table: Table, listed: Sequence[Listed]) -> tuple[dict[str, str], dict[str, Spans]]:
    """Every way to name an office, to its code; and for those that it has not always had, in which years it had them.

    No two share one in the same year; the latest counts.
    """
    known: dict[str, list[tuple[_Alias, str]]] = {}
    entries = {one.office.code: entry for entry, one in zip(table.get("office", []), listed, strict=True)}
    for entry, one in zip(table.get("office", []), listed, strict=True):
        office, own = one.office, _aliases(entry)
        for alias in (*(_Alias(phrase(name), *_FOR_EVER) for name in (office.code, office.name)), *own):
            for other, code in known.setdefault(alias.words, []):
                if code != office.code and alias.first <= other.last and other.first <= alias.last:
                    clash = wrong(FILE, entry, "aliases", f"{alias.words!r} → {code}")
                    clash.against = entries[code]
                    raise clash
            known[alias.words].append((alias, office.code))
    codes = {words: max(there, key=lambda one: one[0].last)[1] for words, there in known.items()}
    spans = {
        words: tuple(sorted((alias.first, alias.last) for alias, code in there if code == codes[words]))
        for words, there in known.items()
    }
    return codes, {words: those for words, those in spans.items() if _FOR_EVER not in those}


def _aliases(entry: Table) -> list[_Alias]:
    """Strings, or tables that say from which year to which."""
    values = entry.get("aliases", [])
    if not isinstance(values, list):
        raise wrong(FILE, entry, "aliases", '["…", "…"]')
    return [_alias(entry, value) for value in values]


def _alias(entry: Table, value: object) -> _Alias:
    of = str(entry.get("code", ""))
    if isinstance(value, dict):
        tables.known(FILE, value, _ALIAS_KEYS, of=of)
        first = tables.number(FILE, value, "from", 1945, 2199, of=of)
        last = tables.number(FILE, value, "to", max(first, 1945), 2199, default=LAST_YEAR, of=of)
        value = value.get("name")
    else:
        first, last = _FOR_EVER
    if not isinstance(value, str) or not phrase(value):
        raise wrong(FILE, entry, "aliases", '["…", { name = "…", from = 2009, to = 2016 }]')
    return _Alias(phrase(value), first, last)


def _first_alias(entry: Table) -> str:
    return next((alias for alias in entry.get("aliases", []) if isinstance(alias, str)), "")
