"""How the catalogue comes into the register: names and spellings, and what is owed anew."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.asked import Asked
from workflow.catalogue import Catalogue
from workflow.database import Database
from workflow.editions import Edition
from workflow.obligations import ObligationId
from workflow.vocabulary import spelled

_OFFICE = """
INSERT INTO office (position, code, name, short) VALUES (?, ?, ?, ?) ON CONFLICT (code)
DO UPDATE SET position = excluded.position, name = excluded.name, short = excluded.short
"""
_REQUIREMENT = """
INSERT INTO requirement (position, key, code, variant, short, name, name_en, family) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET position = excluded.position, short = excluded.short, name = excluded.name,
    name_en = excluded.name_en, family = excluded.family
"""
_OBLIGATION = """
INSERT INTO obligation (id, office, requirement, period, year, first, last, unit, needs_review, edition, start, due,
    windows)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
"""


def take_over(database: Database, catalogue: Catalogue) -> None:
    """Names and spellings as the catalogue has them now. What is open keeps the words that it was opened with."""
    for position, office in enumerate(catalogue.everyone()):
        database.run(_OFFICE, position, *office)
    for position, entry in enumerate(catalogue.entries):
        one = entry.requirement
        names = (one.key, one.code, one.variant, one.short, one.name, one.name_en, one.family)
        database.run(_REQUIREMENT, position, *names)
    database.run("DELETE FROM spelling")
    for kind, words, means in spelled(catalogue):
        database.run("INSERT OR IGNORE INTO spelling (kind, words, means) VALUES (?, ?, ?)", kind, words, means)


def add(database: Database, new: Iterable[Asked]) -> list[ObligationId]:
    """Owe what is asked; what is there already stays as it is. Returns those that are new."""
    return [one.id for one in new if _add(database, one)]


def keep(database: Database, edition: Edition, key: str) -> None:
    """Keep the words of a requirement."""
    database.run("INSERT INTO edition VALUES (?, ?, ?) ON CONFLICT DO NOTHING", edition.digest, key, edition.words)


def _add(database: Database, one: Asked) -> bool:
    edition = Edition.of(one.requirement)
    keep(database, edition, one.requirement.key)
    values = (
        *(one.id, one.office, one.requirement.key, str(one.period), one.year, one.first, one.last, one.unit),
        *(one.needs_review, edition.digest, one.start.isoformat(), one.due.isoformat(), one.windows.packed()),
    )
    return database.run(_OBLIGATION, *values) == 1
