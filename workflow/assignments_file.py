"""Which offices owe what not all owe, read from assignments.toml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflow import tables
from workflow.catalogue import Ask, Assignment, Entry
from workflow.tables import Table, wrong

FILE = "assignments.toml"
_KEYS = frozenset({"requirement", "offices", "from", "to", "reason"})
_UNIT_KEYS = frozenset({"zi", "from", "to", "reason"})


def read_assignments(table: Table, entries: Sequence[Entry], offices: Sequence[str]) -> Iterator[Assignment]:
    """The assignments of requirements that are asked of those alone that are assigned."""
    tables.known(FILE, table, frozenset({"assignment", "unit"}))
    assigned = {entry.requirement.key for entry in entries if entry.ask is Ask.ASSIGNED}
    for entry in tables.tables(FILE, table, "assignment", _KEYS):
        key = entry.get("requirement")
        if not isinstance(key, str) or key not in assigned:
            keys = {one.requirement.key for one in entries}
            hint = f'ask = "{Ask.ASSIGNED}"' if str(key) in keys else f"{key} → {tables.nearest(key, assigned)}"
            raise wrong(FILE, entry, "requirement", hint, of=str(key))
        yield _assignment(entry, "offices", offices, key)


def read_designated(table: Table, offices: Sequence[str]) -> Iterator[Assignment]:
    """The units that were designated for ZI."""
    for entry in tables.tables(FILE, table, "unit", _UNIT_KEYS):
        yield _assignment(entry, "zi", offices, "")


def _assignment(entry: Table, key: str, offices: Sequence[str], requirement: str) -> Assignment:
    of = requirement or "unit"
    if not entry.get(key):
        raise wrong(FILE, entry, key, '["…", "…"]', of=of)
    first = tables.number(FILE, entry, "from", 1990, 2199, of=of)
    return Assignment(
        requirement=requirement,
        offices=tables.names(FILE, entry, key, offices, of=of),
        first=first,
        last=tables.number(FILE, entry, "to", max(first, 1990), 2199, default=9999, of=of),
        reason=tables.text(FILE, entry, "reason") if entry.get("reason") else "",
    )
