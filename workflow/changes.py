"""What has moved since a moment, or since a head of the chain that somebody noted then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflow.database import Database
from workflow.obligations import Obligation, ObligationId
from workflow.replay import replayed
from workflow.rows import as_they_were, obligations, record
from workflow.seals import SEALED
from workflow.trail import AuditRecord

# What comes in and what is decided beside the moves, in the order in which it is told.
BESIDE = ("arrival", "receipt", "refusal", "mandate")
# Whether a row is about an office: by its obligation, or by the folder that it came through, or by the unit.
_OF_OFFICE = "(SELECT obligation FROM standing WHERE office = :office)"
_ABOUT = {
    **dict.fromkeys(("receipt", "refusal"), f"AND (:office IS NULL OR t.obligation IN {_OF_OFFICE})"),
    "arrival": f"""AND (:office IS NULL OR t.folder || '/' LIKE :office || '/%' OR t.obligation IN {_OF_OFFICE}
        OR t.id IN (SELECT arrival FROM placement WHERE obligation IN {_OF_OFFICE}))""",
    "mandate": "AND (:office IS NULL OR t.unit = :office)",
}
_MOVED = "id IN (SELECT obligation FROM audit WHERE number > ?)"


class Moved(NamedTuple):
    """An obligation as it stood before, as it stands, and the records between, oldest first."""

    before: Obligation
    after: Obligation
    records: tuple[AuditRecord, ...]


class Changes(NamedTuple):
    """What has moved, in the order in which it moved last, and by its table each row that came beside."""

    moved: tuple[Moved, ...]
    beside: Mapping[str, tuple[Mapping[str, object], ...]]


def changes_since(database: Database, number: int, office: str | None = None) -> Changes:
    """All that came after a number of the chain, or only what is about an office."""
    with database.reading():
        beside = {relation: tuple(_rows(database, relation, number, office)) for relation in BESIDE}
        return Changes(tuple(_moved(database, number, office)), beside)


def _moved(database: Database, number: int, office: str | None) -> Iterator[Moved]:
    records: dict[ObligationId, list[AuditRecord]] = {}
    for row in database.rows("SELECT * FROM audit WHERE number > ? ORDER BY number", number):
        # Taken out and put in again, the one that moved last is the last.
        records[row["obligation"]] = [*records.pop(row["obligation"], []), record(row)]
    before = as_they_were(database, replayed(database, number, f"WHERE {_MOVED}", number).stands)
    then, now = ({o.id: o for o in those} for those in (before, obligations(database, f"WHERE o.{_MOVED}", number)))
    for name, since in records.items():
        one = Moved(then[name], now[name], tuple(since))
        if office in (None, one.before.office.code, one.after.office.code):
            yield one


def _rows(database: Database, relation: str, number: int, office: str | None) -> Iterator[Mapping[str, object]]:
    key = " || '/' || ".join(f"t.{column}" for column in SEALED[relation])
    sealed = "SELECT key FROM seal WHERE relation = ?1 AND number > ?2"
    query = f"SELECT t.* FROM {relation} t WHERE CAST({key} AS TEXT) IN ({sealed}) {_ABOUT[relation]} ORDER BY t.at"
    for row in database.rows(query.replace(":office", "?3"), relation, number, office):
        yield dict(row)
