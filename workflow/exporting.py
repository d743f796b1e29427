"""The whole chain as plain values: whoever has them can compute every hash, with nothing of ours at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from workflow.database import Database, Row
from workflow.findings import said_of
from workflow.heads import head_at, is_move, links
from workflow.rows import record
from workflow.seals import SEALED, key_of, told

Entry = dict[str, Any]


def exported(database: Database) -> Iterator[Entry]:
    """Every move and every seal in the order of the chain, then the head.

    A move's values are in the order in which they are hashed. A seal holds the row that it was the last to seal, but
    for a table that is sealed as a whole.
    """
    with database.reading():
        rows, last = _rows(database), _last_seals(database)
        for row in links(database):
            if is_move(row):
                yield _move(row)
            else:
                key = row["relation"], row["key"]
                yield {"number": row["number"], "kind": "seal", "hash": row["hash"]} | {
                    **{name: row[name] for name in ("at", "relation", "key", "digest")},
                    "row": rows.get(key) if last[key] == row["number"] else None,
                }
        head = head_at(database)
        yield {"number": head.number, "kind": "head", "hash": head.hash, "at": head.at}


def _move(row: Row) -> Entry:
    entry = record(row)
    return {
        "number": row["number"],
        "kind": "move",
        "hash": row["hash"],
        **entry._asdict(),
        "findings": said_of(entry.findings),
        "due": row["due"],
        "dated": row["dated"],
        "terms": json.loads(entry.terms.packed()),
    }


def _rows(database: Database) -> dict[tuple[str, str], Entry]:
    return {
        (relation, key_of(relation, row)): told(row)
        for relation in SEALED
        for row in map(dict, database.rows(f"SELECT * FROM {relation}"))
    }


def _last_seals(database: Database) -> dict[tuple[str, str], int]:
    rows = database.rows("SELECT relation, key, max(number) FROM seal GROUP BY relation, key")
    return {(row[0], row[1]): row[2] for row in rows}
