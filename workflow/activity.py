"""Who has been at work lately, by the trail: how much each has decided, and when they did anything last."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from workflow.database import Database
from workflow.moments import utc
from workflow.plain import plain
from workflow.rows import record
from workflow.states import Action
from workflow.trail import DECISIONS, AuditRecord

# The chain grows with time: what is older than the moment is not looked through.
_SINCE = "number > coalesce((SELECT number FROM audit WHERE at < ?1 ORDER BY number DESC LIMIT 1), 0)"
_ACTIVITIES = f"""
SELECT actor, sum(is_decision AND at >= ?2), sum(is_decision AND at >= ?3), max(at) FROM (
    SELECT actor, at, action IN ('review', 'approve', 'return') AND NOT EXISTS (
        SELECT 1 FROM audit WHERE obligation = a.obligation AND seq > a.seq AND action = 'undo'
          AND cancels = '[' || a.seq || ']') AS is_decision
    FROM audit a WHERE {_SINCE}
) GROUP BY actor
"""
_RECORDS = f"SELECT * FROM audit WHERE {_SINCE} AND actor = ?2 ORDER BY number DESC LIMIT ?3"
_ALL = -1


class Activity(NamedTuple):
    """How many of a person's decisions of the week and of the month stand, and when they did anything last (UTC)."""

    week: int
    month: int
    last: str


def activities(database: Database, since: datetime, week: datetime, month: datetime) -> dict[str, Activity]:
    """By their names, all who have done anything since a moment. What has begun earlier counts from there."""
    rows = database.rows(_ACTIVITIES, utc(since), utc(week), utc(month))
    return {row[0]: Activity(row[1], row[2], row[3]) for row in rows}


def last_records(database: Database, actor: str, since: datetime, count: int) -> list[AuditRecord]:
    """The last records of a person since a moment, no more than so many, the newest first."""
    return [record(row) for row in database.rows(_RECORDS, utc(since), plain(actor), count)]


def last_came_by(database: Database, actor: str, via: str) -> str:
    """When a person last did something by a way that is told so; nothing where they never have."""
    query = "SELECT coalesce(max(at), '') FROM audit WHERE actor = ? AND instr(via, ?)"
    return str(database.rows(query, plain(actor), via)[0][0])


def decided_since(database: Database, actor: str, since: datetime) -> list[AuditRecord]:
    """The decisions of a person since a moment that they have not undone, oldest first."""
    records = last_records(database, actor, since, _ALL)[::-1]
    undone = {(one.obligation, seq) for one in records if one.action is Action.UNDO for seq in one.cancels}
    return [one for one in records if one.action in DECISIONS and (one.obligation, one.seq) not in undone]
