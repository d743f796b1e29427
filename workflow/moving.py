"""A move and all that belongs to it: the record, and the records of what the very same file serves."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime

from workflow.actors import Actor
from workflow.checking import ticked
from workflow.database import Database
from workflow.errors import Refused, Stale
from workflow.findings import packed_checks, packed_defects
from workflow.obligations import Obligation
from workflow.rows import obligations, trail
from workflow.seals import NEXT, head
from workflow.statements import Statement
from workflow.states import HOLDING, ON_THE_SIDE, QUIET, Action, State
from workflow.terms import Terms
from workflow.trail import AuditRecord, step, undo

_HANDING_IN = (Action.SAVE, Action.SUBMIT, Action.WITHDRAW)


def move(
    database: Database,
    action: Action,
    seen: Obligation,
    now: Obligation,
    actor: Actor,
    statement: Statement,
    at: datetime,
) -> None:
    """Record a move of an obligation as it was seen and stands now, inside a transaction. Raises Refused or Stale."""
    if (moved := _moved(database, action, seen, now)) or seen.seq > now.seq:
        raise Stale(seen, now, moved)
    if action is Action.UNDO:
        _append(database, undo(now, last_move(database, now), actor, at=at))
        return
    said = statement._replace(checks=ticked(database, now, now.content, actor.name))
    _append(database, step(now, action, actor, said, at=at))
    shared = said._replace(content=statement.content or now.content, terms=Terms(by=now.id))
    for served in _served(database, now, action):
        with suppress(Refused):
            _append(database, step(served, action, actor, shared, at=at))


def last_move(database: Database, obligation: Obligation) -> AuditRecord | None:
    """The last record that is about the document itself."""
    moves = (one for one in trail(database, obligation.id) if one.action not in ON_THE_SIDE)
    return max(moves, key=lambda one: one.seq, default=None)


def _moved(database: Database, action: Action, seen: Obligation, now: Obligation) -> AuditRecord | None:
    """The last record since then that whoever does this has to know of."""
    if seen.seq == now.seq:
        return None
    quiet = QUIET - HOLDING if action in HOLDING else QUIET
    since = (one for one in trail(database, now.id) if one.seq > seen.seq and one.action not in quiet)
    return max(since, key=lambda one: one.seq, default=None)


def _served(database: Database, now: Obligation, action: Action) -> list[Obligation]:
    """Those that the same file is for: of the same office, for the same time or longer.

    What has a file of its own keeps it.
    """
    keys = now.requirement.serves if action in _HANDING_IN else ()
    marks = ", ".join("?" * len(keys))
    where = f"WHERE s.office = ? AND o.requirement IN ({marks}) ORDER BY o.id"
    found = obligations(database, where, now.office.code, *keys) if keys else []
    return [
        one
        for one in found
        if one.period.covers(now.period)
        and one.is_owed
        and (one.content == now.content or (one.state is State.DRAFT and action is not Action.WITHDRAW))
        and not _has_its_own(database, one)
    ]


def _has_its_own(database: Database, one: Obligation) -> bool:
    where = "WHERE obligation = ? AND action IN ('save', 'submit') ORDER BY seq DESC LIMIT 1"
    row = database.row(f"SELECT terms FROM audit {where}", one.id)
    return row is not None and Terms.unpacked(row["terms"]).by is None


def _append(database: Database, new: AuditRecord) -> None:
    values = (
        *(new.obligation, new.seq, new.at, new.actor, new.role, new.unit, new.on_behalf),
        *(new.action, new.source, new.target, new.content, new.name, new.note),
        *(packed_defects(new.findings), new.due and new.due.isoformat()),
        *(json.dumps(new.cancels), new.hash_after(head(database))),
        *(new.dated and new.dated.isoformat(), new.terms.packed()),
        *(json.dumps(new.about), packed_checks(new.checks), new.holder, new.via),
    )
    marks = ", ".join("?" * len(values))
    database.run(f"INSERT INTO audit VALUES (({NEXT}), {marks})", *values)
