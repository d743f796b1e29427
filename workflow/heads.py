"""The links of the chain, moves and seals in one row, and the heads that it had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from typing import NamedTuple

from workflow.database import Database, Row
from workflow.errors import Unknown
from workflow.moments import utc

_LINKS = "SELECT number, at, hash FROM audit {where} UNION ALL SELECT number, at, hash FROM seal {where}"
# Short enough to be read out over the telephone, long enough that no second link begins so.
SHORTEST = 12


class Head(NamedTuple):
    """A move or a seal as the last of the chain: its number, when it was written (UTC), and its hash."""

    number: int
    at: str
    hash: str


NO_HEAD = Head(0, "", "")


def links(database: Database) -> Iterator[Row]:
    """Every move and every seal in the order of the chain; `is_move` tells them apart."""
    moves = database.rows("SELECT * FROM audit ORDER BY number")
    seals = database.rows("SELECT * FROM seal ORDER BY number")
    yield from merge(moves, seals, key=lambda row: int(row["number"]))


def is_move(row: Row) -> bool:
    """Whether a link is a move, else it is a seal."""
    return "action" in row.keys()  # noqa: SIM118 - a row is asked for its values otherwise


def head_at(database: Database, at: datetime | None = None) -> Head:
    """The head of the chain now, or as it was at a moment; NO_HEAD where nothing was written by then."""
    moment = "9" if at is None else utc(at)
    query = _LINKS.format(where="WHERE at <= ?1") + " ORDER BY number DESC LIMIT 1"
    row = database.row(query, moment)
    return Head(*row) if row else NO_HEAD


def head_with(database: Database, beginning: str) -> Head:
    """The head that this chain once had, by its hash or the first `SHORTEST` letters of it. Raises Unknown."""
    said = beginning.casefold()
    if len(said) >= SHORTEST:
        query = _LINKS.format(where="WHERE hash >= ?1 AND hash < ?1 || 'g'") + " ORDER BY number LIMIT 1"
        if row := database.row(query, said):
            return Head(*row)
    raise Unknown("head", beginning)


def length_since(database: Database, number: int) -> tuple[int, int]:
    """How many moves and how many seals came after a number of the chain."""
    moves, seals = (
        database.rows(f"SELECT count(*) FROM {table} WHERE number > ?", number)[0][0] for table in ("audit", "seal")
    )
    return moves, seals
