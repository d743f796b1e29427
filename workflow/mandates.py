"""Who may act in another's place, or in a further role, from when until when: acting officials and their like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from workflow.actors import Actor, Hat
from workflow.database import Database
from workflow.errors import Unknown, Unwarranted
from workflow.moments import utc
from workflow.plain import plain
from workflow.seals import seal
from workflow.states import Role, Rule


class Mandate(NamedTuple):
    """The right to act in a role from a moment until another, in the place of `on_behalf` where that is a person.

    Moments are UTC, the end is not within. It ends early when somebody revokes it.
    """

    number: int
    at: str
    giver: str
    person: str
    role: Role
    unit: str
    on_behalf: str
    begins: str
    ends: str
    note: str
    revoked_at: str | None = None
    revoked_by: str | None = None
    revoked_why: str | None = None

    def holds(self, at: str) -> bool:
        """Whether it is in force at a moment."""
        return self.begins <= at < min(self.ends, self.revoked_at or self.ends)


class Mandates:
    """All that were ever given. A person gives what is theirs; an administrator gives any role, to others only."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> list[Mandate]:
        """Oldest first."""
        return [_mandate(row) for row in self._database.rows("SELECT * FROM mandate ORDER BY number")]

    def delegate(self, giver: Actor, person: str, begins: datetime, ends: datetime, note: str) -> Mandate:
        """Let a person act in the giver's place. Raises Unwarranted."""
        return self._give(giver, person, Hat(giver.role, giver.unit, plain(giver.name)), begins, ends, note)

    def grant(
        self, giver: Actor, person: str, role: Role, unit: str, begins: datetime, ends: datetime, note: str
    ) -> Mandate:
        """Let a person act in a further role. Raises Unwarranted."""
        if giver.role is not Role.ADMINISTRATOR:
            raise Unwarranted(giver, Rule.WRONG_ROLE)
        return self._give(giver, person, Hat(role, unit), begins, ends, note)

    def revoke(self, number: int, actor: Actor, why: str) -> Mandate:
        """End a mandate now: its giver, whose place it is, or an administrator. Raises Unwarranted or Unknown."""
        found = next((one for one in self.all() if one.number == number and one.revoked_at is None), None)
        if found is None:
            raise Unknown("mandate", str(number))
        if actor.role is not Role.ADMINISTRATOR and actor.name not in (found.giver, found.on_behalf):
            raise Unwarranted(actor, Rule.WRONG_ROLE)
        if not plain(why).strip():
            raise Unwarranted(actor, Rule.NOTE_REQUIRED)
        with self._database.writing():
            at = utc(self._clock())
            statement = "UPDATE mandate SET (revoked_at, revoked_by, revoked_why) = (?, ?, ?) WHERE number = ?"
            self._database.run(statement, at, plain(actor.name), plain(why).strip(), number)
            seal(self._database, "mandate", [number], at)
        return next(one for one in self.all() if one.number == number)

    def _give(self, giver: Actor, person: str, hat: Hat, begins: datetime, ends: datetime, note: str) -> Mandate:
        if person == giver.name:
            raise Unwarranted(giver, Rule.OWN_MANDATE)
        if not plain(note).strip():
            raise Unwarranted(giver, Rule.NOTE_REQUIRED)
        if ends <= begins or ends <= self._clock():
            raise Unwarranted(giver, Rule.DATE_NOT_LATER)
        with self._database.writing():
            at = utc(self._clock())
            values = (at, plain(giver.name), plain(person), *hat, utc(begins), utc(ends), plain(note).strip())
            number = "(SELECT coalesce(max(number), 0) + 1 FROM mandate)"
            marks = ", ".join("?" * len(values))
            statement = f"INSERT INTO mandate VALUES ({number}, {marks}, NULL, NULL, NULL) RETURNING *"
            (row,) = self._database.rows(statement, *values)
            seal(self._database, "mandate", [row["number"]], at)
        return _mandate(row)


def as_may_be(database: Database, actor: Actor, at: datetime) -> Actor:
    """The actor with all that they may be at a moment, by the name that the trail has for them."""
    name = plain(actor.name)
    return actor._replace(name=name, hats=_hats(database, name, at))


def _hats(database: Database, name: str, at: datetime) -> tuple[Hat, ...]:
    moment = utc(at)
    query = "SELECT * FROM mandate WHERE person = ? AND ends > ? ORDER BY number"
    held = (_mandate(row) for row in database.rows(query, name, moment))
    return tuple(Hat(one.role, one.unit, one.on_behalf) for one in held if one.holds(moment))


def _mandate(row: object) -> Mandate:
    one = Mandate(*row)  # type: ignore[misc]
    return one._replace(role=Role(one.role))
