"""Refusals of what people wanted to do, kept beside what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple

from workflow.actors import Actor
from workflow.database import Database, Unavailable
from workflow.errors import Refused, Stale
from workflow.moments import utc
from workflow.obligations import Digest, Obligation, ObligationId
from workflow.plain import plain
from workflow.seals import seal
from workflow.states import Action, Role

# Not one of the rules: what was wanted was right, on something that had moved.
STALE = "stale"


class KeptRefusal(NamedTuple):
    """Who wanted to do what, when, on which record and content, and why not: `stale`, or the value of a `Rule`."""

    number: int
    at: str
    obligation: ObligationId
    seq: int
    action: Action
    actor: str
    role: Role
    unit: str
    via: str
    rule: str
    content: Digest | None


@contextmanager
def keeping(
    database: Database, clock: Callable[[], datetime], seen: Obligation, action: Action, actor: Actor
) -> Iterator[None]:
    """Record that an actor was refused this, and seal it, once the transaction that it was tried in is taken back.

    Not what is refused inside another's transaction, whose end is not ours: what a drop folder brings waits in
    quarantine.
    """
    try:
        yield
    except (Refused, Stale) as error:
        if not database.is_writing:
            rule = error.refusal.rule if isinstance(error, Refused) else STALE
            with suppress(Unavailable):
                _keep(database, clock, seen, action, actor, rule)
        raise


def _keep(
    database: Database, clock: Callable[[], datetime], seen: Obligation, action: Action, actor: Actor, rule: str
) -> None:
    with database.writing():
        # Not before the others are done who write: what comes later in the chain has not happened before.
        at = utc(clock())
        values = (at, seen.id, seen.seq, action, plain(actor.name), actor.role, actor.unit, plain(actor.via), rule)
        number = "(SELECT coalesce(max(number), 0) + 1 FROM refusal)"
        statement = f"INSERT INTO refusal VALUES ({number}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"
        ((kept,),) = database.rows(statement, *values, seen.content)
        seal(database, "refusal", [kept], at)


def kept_refusals(database: Database, obligation: ObligationId | None = None) -> list[KeptRefusal]:
    """Those of one obligation, or all, oldest first."""
    where = "WHERE obligation = ?1 OR ?1 IS NULL ORDER BY number"
    rows = database.rows(f"SELECT * FROM refusal {where}", obligation)
    return [KeptRefusal(*row)._replace(action=Action(row["action"]), role=Role(row["role"])) for row in rows]
