"""The people of a workspace and their keys: who may act today, and every change of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from typing import Any

from workflow.access import Power, require
from workflow.actors import Actor
from workflow.database import Database, Row
from workflow.enrolments import (
    Enrolment,
    GivenKey,
    Misfit,
    Presence,
    Unsuitable,
    administered_until,
    check_name,
    check_terms,
)
from workflow.errors import Unknown
from workflow.holders import key_holder
from workflow.moments import utc
from workflow.plain import plain
from workflow.public_keys import PublicKey
from workflow.seals import seal
from workflow.states import Role
from workflow.tables import likely

_BEFORE = "people.toml"  # the note of those who were listed there
_NOW = "SELECT * FROM enrolment WHERE number IN (SELECT max(number) FROM enrolment GROUP BY name) ORDER BY number"


class Personnel:
    """Everybody, one source at a time: `before` says who there is until the first change is recorded here.

    That change records all of them first. What is changed needs the power to enrol, or else raises Forbidden; what
    cannot be raises Unsuitable.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        zone: tzinfo,
        before: Callable[[], Iterable[Actor]] = tuple,
    ) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone
        self._before = before

    @property
    def is_recorded(self) -> bool:
        """Whether people are recorded here, so that nothing else says who there is."""
        return self._database.row("SELECT 1 FROM enrolment LIMIT 1") is not None

    def all(self) -> list[Enrolment]:
        """Everybody as they are by now, whoever was changed last at the end."""
        if rows := self._database.rows(_NOW):
            return list(map(_enrolment, rows))
        return list(map(Enrolment.of, self._before()))

    def actors(self) -> list[Actor]:
        """Everybody as the rules see them."""
        return [one.person for one in self.all()]

    def person(self, name: str) -> Enrolment:
        """Raises Unknown with the nearest."""
        found = {one.name: one for one in self.all()}
        if name not in found:
            raise Unknown("person", name, likely(name, found))
        return found[name]

    def present(self) -> dict[str, Actor]:
        """Those who may act today, by name."""
        today = self.today()
        return {one.name: one.person for one in self.all() if one.presence(today) is Presence.ACTIVE}

    def changes(self, name: str) -> list[Enrolment]:
        """All that was ever recorded of a person, oldest first."""
        query = "SELECT * FROM enrolment WHERE name = ? ORDER BY number"
        return [_enrolment(row) for row in self._database.rows(query, name)]

    def keys(self, name: str | None = None) -> list[GivenKey]:
        """The keys of a person, or of everybody, oldest first, with those that were revoked."""
        query = "SELECT * FROM public_key WHERE person = ?1 OR ?1 IS NULL ORDER BY number"
        return _given(self._database.rows(query, name))

    def admitted(self) -> list[tuple[Enrolment, PublicKey]]:
        """Every key in use of whoever may act today."""
        today = self.today()
        present = {one.name: one for one in self.all() if one.presence(today) is Presence.ACTIVE}
        return [(present[one.person], one.key) for one in self.keys() if one.is_in_use and one.person in present]

    def holder(self, key: PublicKey) -> Enrolment | None:
        """Whose key it is, if it is in use, and its person may act today."""
        row = key_holder(self._database, key.type, key.blob, self.today())
        return self.person(row["name"]) if row else None

    def today(self) -> date:
        """The day by the region's clock."""
        return self._clock().astimezone(self._zone).date()

    def add(
        self,
        by: Actor,
        person: Actor,
        key: PublicKey | None = None,
        *,
        begins: date | None = None,
        ends: date | None = None,
        note: str = "",
    ) -> Enrolment:
        """Enrol somebody whom nobody could take for another, with their first key."""
        with self._changing(by):
            check_name(person, [one.name for one in self.all()], self._offices())
            self._record(by, Enrolment.of(person, begins, ends), note)
            if key:
                self._give(by, person.name, key, note)
        return self.person(person.name)

    def change(self, by: Actor, name: str, note: str = "", **what: Any) -> Enrolment:
        """Give a person another `role`, `unit`, `begins` or `ends`."""
        with self._changing(by):
            was = self.person(name)
            if was._replace(**what) == was:
                raise Unsuitable(Misfit.SAME, name)
            self._record(by, was._replace(**what), note)
        return self.person(name)

    def suspend(self, by: Actor, name: str, note: str) -> Enrolment:
        """Let a person do nothing from now on, until somebody lets them again."""
        _need(note, name)
        return self.change(by, name, note, is_suspended=True)

    def resume(self, by: Actor, name: str, note: str = "") -> Enrolment:
        """Let a person who was suspended act again."""
        return self.change(by, name, note, is_suspended=False)

    def end(self, by: Actor, name: str, note: str, last: date | None = None) -> Enrolment:
        """Let a day be somebody's last; without one it is today, and they do nothing any more from now on."""
        _need(note, name)
        if last is None:
            return self.change(by, name, note, ends=self.today(), is_suspended=True)
        return self.change(by, name, note, ends=last)

    def give_key(self, by: Actor, name: str, key: PublicKey, note: str = "") -> None:
        """Let a key be a person's, one more beside those that they have."""
        with self._changing(by):
            self._give(by, self.person(name).name, key, note)

    def replace_key(self, by: Actor, name: str, key: PublicKey, old: str = "", note: str = "") -> None:
        """Revoke the one key of a person, or the one whose fingerprint begins as `old` does, for another."""
        with self._changing(by):
            self._revoke(by, self._key(self.person(name).name, old), note)
            self._give(by, name, key, note)

    def revoke_key(self, by: Actor, name: str, old: str, note: str) -> None:
        """Let nobody in by a key any more: the one of this person whose fingerprint begins so."""
        _need(note, name)
        with self._changing(by):
            self._revoke(by, self._key(self.person(name).name, old), note)

    @contextmanager
    def _changing(self, by: Actor) -> Iterator[None]:
        """One transaction, in which everybody is recorded before the first change."""
        require(by, Power.ENROL)
        with self._database.writing():
            if not self.is_recorded:
                self._take_over(by)
            yield

    def _take_over(self, by: Actor) -> None:
        known: list[str] = []
        for one in self._before():
            check_name(one, known, self._offices())
            self._write(by, Enrolment.of(one), _BEFORE)
            known.append(one.name)

    def _record(self, by: Actor, one: Enrolment, note: str) -> None:
        today = self.today()
        until = administered_until(self.all(), today)
        self._write(by, one, note)
        # Who takes the place of the last one has to be there before that one goes.
        if administered_until(self.all(), today) < until:
            raise Unsuitable(Misfit.LAST_ADMINISTRATOR, one.name)

    def _write(self, by: Actor, one: Enrolment, note: str) -> None:
        check_terms(one, self._offices())
        days = (one.begins and one.begins.isoformat(), one.ends and one.ends.isoformat())
        values = (one.name, one.role, one.unit, *days, int(one.is_suspended), plain(note).strip())
        self._append("enrolment", by, values)

    def _give(self, by: Actor, name: str, key: PublicKey, note: str) -> None:
        same = [one for one in self.keys() if one.key.fingerprint == key.fingerprint]
        # What was done by a key was done by its person, so that it is nobody else's even after it was revoked.
        if taken := next((one.person for one in same if one.person != name), None):
            raise Unsuitable(Misfit.KEY_TAKEN, name, taken)
        if any(one.is_in_use for one in same):
            raise Unsuitable(Misfit.SAME, name)
        self._append("public_key", by, (name, "added", *_columns(key), plain(note).strip()))

    def _revoke(self, by: Actor, one: GivenKey, note: str) -> None:
        self._append("public_key", by, (one.person, "revoked", *_columns(one.key), plain(note).strip()))

    def _key(self, name: str, old: str) -> GivenKey:
        """The key in use whose fingerprint begins so, which has to be one."""
        said = "SHA256:" + old.removeprefix("SHA256:")
        found = [one for one in self.keys(name) if one.is_in_use and one.key.fingerprint.startswith(said)]
        if len(found) != 1:
            raise Unsuitable(Misfit.WHICH_KEY if found else Misfit.NO_KEY, name, old)
        return found[0]

    def _append(self, relation: str, by: Actor, values: tuple[object, ...]) -> None:
        at = utc(self._clock())
        number = f"(SELECT coalesce(max(number), 0) + 1 FROM {relation})"
        marks = ", ".join("?" * (len(values) + 3))
        statement = f"INSERT INTO {relation} VALUES ({number}, {marks}) RETURNING number"
        ((kept,),) = self._database.rows(statement, at, plain(by.name), plain(by.via), *values)
        seal(self._database, relation, [kept], at)

    def _offices(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._database.rows("SELECT code FROM office"))


def _need(note: str, name: str) -> None:
    if not plain(note).strip():
        raise Unsuitable(Misfit.NOTE_REQUIRED, name)


def _enrolment(row: Row) -> Enrolment:
    one = Enrolment(*row)
    begins, ends = (date.fromisoformat(day) if day else None for day in (row["begins"], row["ends"]))
    return one._replace(role=Role(one.role), begins=begins, ends=ends, is_suspended=bool(one.is_suspended))


def _given(rows: Iterable[Row]) -> list[GivenKey]:
    """Each giving of a key in its order, with the revocation that came after it."""
    given: list[GivenKey] = []
    last: dict[str, int] = {}
    for row in rows:
        if row["change"] == "added":
            last[row["fingerprint"]] = len(given)
            key = PublicKey(row["type"], row["blob"], row["comment"])
            given.append(GivenKey(row["person"], key, row["at"], row["actor"]))
        else:
            place = last[row["fingerprint"]]
            given[place] = given[place]._replace(
                revoked_at=row["at"], revoked_by=row["actor"], revoked_why=row["note"]
            )
    return given


def _columns(key: PublicKey) -> tuple[str, ...]:
    return key.type, key.blob, key.fingerprint, key.comment
