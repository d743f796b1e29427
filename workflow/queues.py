"""What waits, and for whom: the lists that people work from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from workflow.actors import Actor
from workflow.obligations import Obligation
from workflow.states import Action, Role, State
from workflow.transitions import is_allowed

# Sending back is open to whoever may decide at all; what waits for a person is what they could pass on.
_ONWARD = (Action.REVIEW, Action.APPROVE, Action.TAKE)


class Queue(StrEnum):
    """Which of what waits for a decision: what I hold, what my unit could decide, what nobody holds, and so on.

    What somebody holds is also held by whoever takes their place.
    """

    MINE = "mine"
    UNIT = "unit"
    NOBODY = "nobody"
    OVERDUE = "overdue"
    REVISED = "revised"


class Load(NamedTuple):
    """How much a person holds: how many documents, how many of them late, and since when the oldest waits (UTC)."""

    holder: str
    held: int
    late: int
    oldest: str


def is_waiting(obligation: Obligation, actor: Actor) -> bool:
    """Whether it waits for this person's decision."""
    return any(is_allowed(obligation, action, actor) for action in _ONWARD)


def queued(obligations: Iterable[Obligation], queue: Queue, actor: Actor, today: date) -> list[Obligation]:
    """Those of a queue, what is most urgent first: the late ones, then by the day on which they came."""
    found = [one for one in obligations if _is_in(one, queue, actor, today)]
    return sorted(found, key=lambda one: (not one.is_overdue(today), one.last_at or "", one.id))


def loads(obligations: Iterable[Obligation], today: date) -> list[Load]:
    """What each person holds, who holds most first."""
    held: dict[str, list[Obligation]] = {}
    for one in obligations:
        if one.holder and one.turn in (Role.REVIEWER, Role.APPROVER):
            held.setdefault(one.holder, []).append(one)
    found = [
        Load(name, len(those), sum(one.is_overdue(today) for one in those), min(one.last_at or "" for one in those))
        for name, those in held.items()
    ]
    return sorted(found, key=lambda one: (-one.held, one.holder))


def _is_in(one: Obligation, queue: Queue, actor: Actor, today: date) -> bool:
    if queue is Queue.MINE:
        return one.state in (State.SUBMITTED, State.REVIEWED) and any(one.holder in it.eyes for it in actor.each())
    if not is_waiting(one, actor) and not (one.holder and is_waiting(one._replace(holder=None), actor)):
        return False
    match queue:
        case Queue.NOBODY:
            return one.holder is None
        case Queue.OVERDUE:
            return one.is_overdue(today)
        case Queue.REVISED:
            return one.state is State.SUBMITTED and one.round > 1
    return True
