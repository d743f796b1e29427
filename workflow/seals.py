"""The chain that holds more than moves: every row that is evidence is sealed with the hash of what came before.

Moves and seals are numbered together, and each carries the hash of the one before, whichever it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from workflow.database import Database

# Whose rows are evidence, and by which columns one of them is named.
SEALED: Mapping[str, tuple[str, ...]] = {
    "office": ("code",),
    "requirement": ("key",),
    "edition": ("digest",),
    "obligation": ("id",),
    "content": ("digest",),
    "arrival": ("id",),
    "scan": ("digest",),
    "placement": ("arrival",),
    "turned_away": ("arrival",),
    "remembered": ("id",),
    "refusal": ("number",),
    "mandate": ("number",),
    "receipt": ("year", "number"),
    "enrolment": ("number",),
    "public_key": ("number",),
}

WHOLE = "*"
SEALED_WHOLE = ("spelling",)
NEXT = "SELECT 1 + max(coalesce((SELECT max(number) FROM audit), 0), coalesce((SELECT max(number) FROM seal), 0))"
_HEAD = """
SELECT hash FROM (
    SELECT * FROM (SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1)
    UNION ALL SELECT * FROM (SELECT number, hash FROM seal ORDER BY number DESC LIMIT 1)
) ORDER BY number DESC LIMIT 1
"""


def head(database: Database) -> str:
    """The hash of the last move or seal: whoever knows it can tell whether anything before it was changed."""
    row = database.row(_HEAD)
    return str(row[0]) if row else ""


def seal(database: Database, relation: str, keys: Iterable[object], at: str) -> None:
    """Seal rows as they are now, inside the caller's transaction. A key of several columns is written `2026/12`."""
    previous = head(database)
    (number,) = database.rows(NEXT)[0]
    for key in map(str, keys):
        digest = digest_of(row_of(database, relation, key))
        previous = link(previous, at, relation, key, digest)
        database.run("INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?)", number, at, relation, key, digest, previous)
        number += 1


def seal_changed(database: Database, relation: str, at: str) -> None:
    """Seal those rows that are not as they were sealed last."""
    known = sealed(database, relation)
    rows = database.rows(f"SELECT * FROM {relation}")
    keys = ((key_of(relation, dict(row)), digest_of(dict(row))) for row in rows)
    seal(database, relation, [key for key, digest in keys if known.get(key) != digest], at)


def seal_whole(database: Database, relation: str, at: str) -> None:
    """Seal a table as a whole, where it is not as it was sealed last: one whose rows come and go together."""
    digest = digest_of_all(map(dict, database.rows(f"SELECT * FROM {relation}")))
    if sealed(database, relation).get(WHOLE) != digest:
        number, hash_ = database.rows(NEXT)[0][0], link(head(database), at, relation, WHOLE, digest)
        database.run("INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?)", number, at, relation, WHOLE, digest, hash_)


def sealed(database: Database, relation: str) -> dict[str, str]:
    """The digest that each row was sealed with last."""
    rows = database.rows("SELECT key, digest FROM seal WHERE relation = ? ORDER BY number", relation)
    return {row[0]: row[1] for row in rows}


def row_of(database: Database, relation: str, key: str) -> dict[str, Any]:
    """A row by its key."""
    columns = SEALED[relation]
    where = " AND ".join(f"{column} = ?" for column in columns)
    values = key.split("/") if len(columns) > 1 else [key]
    (row,) = database.rows(f"SELECT * FROM {relation} WHERE {where}", *values)
    return dict(row)


def key_of(relation: str, row: Mapping[str, Any]) -> str:
    """What a row is named by."""
    return "/".join(str(row[column]) for column in SEALED[relation])


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is sealed. A column that says nothing is left out: a new one changes no old digest."""
    said = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    return {name: value for name, value in said.items() if value is not None}


def digest_of(row: Mapping[str, Any]) -> str:
    """SHA-256 of a row as canonical JSON."""
    text = json.dumps(told(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def digest_of_all(rows: Iterable[Mapping[str, Any]]) -> str:
    """The digest of all rows of a table, in whatever order they lie."""
    return sha256("\n".join(sorted(map(digest_of, rows))).encode()).hexdigest()


def link(previous: str, at: str, relation: str, key: str, digest: str) -> str:
    """The hash of a seal."""
    fields = [previous, at, relation, key, digest]
    return sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
