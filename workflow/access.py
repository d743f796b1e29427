"""Who may do what besides deciding, which the table of moves says: a table, and the one check that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from workflow.actors import Actor
from workflow.errors import Forbidden
from workflow.states import Role, Rule


class Power(StrEnum):
    """What a verb or a screen needs of the person who asks."""

    SEE = "see"
    DECIDE = "decide"
    PLACE = "place"
    SORT = "sort"
    REMEMBER = "remember"
    OPEN_YEAR = "open year"
    AMEND = "amend"
    SET_UP = "set up"
    WATCH = "watch"
    CHECK = "check"
    VERIFY = "verify"
    EXPORT = "export"
    DELEGATE = "delegate"
    GRANT = "grant"
    ENROL = "enrol"
    KNOW_KEYS = "know keys"


_BUREAU = frozenset({Role.BUREAU, Role.ADMINISTRATOR})
_SORTING = _BUREAU | {Role.REVIEWER}
_DECIDING = frozenset({Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR})

POWERS: Mapping[Power, frozenset[Role]] = {
    Power.SEE: frozenset(Role),
    Power.DECIDE: _DECIDING,
    Power.PLACE: _SORTING | {Role.OFFICE},
    Power.SORT: _SORTING,
    Power.REMEMBER: _SORTING,
    Power.OPEN_YEAR: _BUREAU,
    Power.AMEND: _BUREAU,
    Power.SET_UP: _BUREAU,
    Power.WATCH: _BUREAU | _DECIDING,
    Power.CHECK: _BUREAU | {Role.AUDITOR},
    Power.VERIFY: frozenset(Role) - {Role.OFFICE},
    Power.EXPORT: _BUREAU | {Role.AUDITOR},
    Power.DELEGATE: frozenset(Role),
    Power.GRANT: frozenset({Role.ADMINISTRATOR}),
    Power.ENROL: frozenset({Role.ADMINISTRATOR}),
    Power.KNOW_KEYS: _BUREAU | {Role.AUDITOR},
}


def permits(actor: Actor, power: Power) -> Rule | None:
    """Which rule keeps the actor from it, as themselves and under each of their hats; None when none does."""
    return None if any(one.role in POWERS[power] for one in actor.each()) else Rule.WRONG_ROLE


def require(actor: Actor, power: Power) -> None:
    """Raise Forbidden unless the actor has the power."""
    if rule := permits(actor, power):
        raise Forbidden(actor, power, rule)


def scope(actor: Actor) -> str | None:
    """The only office of which the actor sees anything; None for whoever sees all."""
    return actor.unit if all(one.role is Role.OFFICE for one in actor.each()) else None
