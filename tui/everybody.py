"""Everybody who is listed: what each holds, has done and may do for others, as rows for a verb and a screen alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from tui import as_json, enrolling, mandates, queues, report, words
from tui.language import _
from tui.queues import Carried
from tui.refusals import People
from tui.workspace import now
from workflow import (
    Activity,
    Actor,
    AuditRecord,
    Enrolment,
    GivenKey,
    Mandate,
    Mandates,
    Obligation,
    Power,
    Presence,
    Role,
    activities,
    last_records,
    permits,
    utc,
)

if TYPE_CHECKING:
    from tui.session import Session

_BACK = timedelta(days=30)  # as far as the trail is looked through: never less than since the first of the month
_LAST = 10
_QUIET = Activity(0, 0, "")


class Person(NamedTuple):
    """What a person holds and has done lately, and the mandates not over: to act for others, or others for them.

    `enrolment` is None for whoever is not listed, and `keys` for whoever asks and may not know them.
    """

    carried: Carried
    activity: Activity
    mandates: tuple[Mandate, ...]
    enrolment: Enrolment | None = None
    keys: tuple[GivenKey, ...] | None = None

    @property
    def name(self) -> str:
        """By which the trail knows them."""
        return self.carried.name

    @property
    def actor(self) -> Actor | None:
        """As they are listed, if they are."""
        return self.carried.actor


def everybody(session: Session, everything: Sequence[Obligation]) -> list[Person]:
    """All who are listed or hold anything, who holds most first. An office's people see themselves only.

    Whoever is not at work any more comes last.
    """
    today, zone = session.today(), session.workspace.zone
    moment = utc(session.at or now())
    done = activities(session.database, *_since(today, zone))
    given = [
        one for one in Mandates(session.database, now).all() if moment < min(one.ends, one.revoked_at or one.ends)
    ]
    enrolled = {one.name: one for one in session.personnel.all()}
    listed = {name: one.person for name, one in enrolled.items()}
    keys = session.personnel.keys()
    found = [
        Person(
            one,
            done.get(one.name, _QUIET),
            tuple(it for it in given if one.name in (it.person, it.on_behalf)),
            enrolled.get(one.name),
            tuple(it for it in keys if it.person == one.name) if _may_know_keys(session.actor, one.name) else None,
        )
        for one in _carried(everything, listed, today, zone)
        if session.register.within is None or one.name == session.actor.name
    ]
    return sorted(found, key=lambda one: _presence(one, today) is Presence.ENDED)


def holds(o: Obligation, person: Carried) -> bool:
    """Whether it waits for this person: they have taken it, or it is for their office to send."""
    if person.actor and person.actor.role is Role.OFFICE:
        return _is_to_send(o) and o.office.code == person.actor.unit
    return o.holder == person.name and o.turn in (Role.REVIEWER, Role.APPROVER)


def records(session: Session, name: str) -> list[AuditRecord]:
    """The last that a person has done, the newest first, of the last thirty days."""
    since, _week, _month = _since(session.today(), session.workspace.zone)
    return last_records(session.database, name, since, _LAST)


def _may_know_keys(actor: Actor, name: str) -> bool:
    return actor.name == name or permits(actor, Power.KNOW_KEYS) is None


def _presence(one: Person, today: date) -> Presence | None:
    return one.enrolment.presence(today) if one.enrolment else None


def _carried(everything: Sequence[Obligation], people: People, today: date, zone: tzinfo) -> Iterator[Carried]:
    """As `pantau load` has them, then all others as they are listed; an office's people hold what it has to send."""
    told = queues.carried(everything, people, today, zone)
    names = {one.name for one in told}
    yield from told
    owed, late = Counter[str](), Counter[str]()
    for o in filter(_is_to_send, everything):
        owed[o.office.code] += 1
        late[o.office.code] += o.is_overdue(today)
    for name, actor in people.items():
        if name not in names:
            office = actor.unit if actor.role is Role.OFFICE else ""
            yield Carried(name, actor, owed[office], late[office], None)


def _is_to_send(o: Obligation) -> bool:
    return o.is_open and o.turn is Role.OFFICE


def _since(today: date, zone: tzinfo) -> tuple[datetime, datetime, datetime]:
    """How far one looks back, when the week has begun, and when the month has."""
    days = (today - _BACK, today - timedelta(days=today.weekday()), today.replace(day=1))
    back, week, month = (datetime.combine(day, time(), zone) for day in days)
    return back, week, month


def headings() -> tuple[str, ...]:
    """What the columns of a person are."""
    named = (_("name"), _("role"), _("holds"), _("late"), _("oldest"), _("week"), _("month"), _("last active"))
    return (*named, _("mandates"))


def cells(one: Person, at: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Name, role and unit, how much they hold and how much of that is late, since when, finished, last active."""
    held, done = one.carried, one.activity
    role = words.role(one.actor.role) if one.actor else _("not listed")
    presence = _presence(one, at.astimezone(zone).date())
    absent = enrolling.presence(presence) if presence not in (None, Presence.ACTIVE) else ""
    return (
        one.name,
        " ".join(filter(None, (role, one.actor.unit if one.actor else "", absent and f"({absent})"))),
        words.number(held.held),
        words.number(held.late) if held.late else "",
        _("{n} d").format(n=words.number(held.days)) if held.days is not None else "",
        words.number(done.week) if done.week else "",
        words.number(done.month) if done.month else "",
        _moment(done.last, zone) if done.last else "",
        "; ".join(mandates.summary(it, one.name, utc(at), zone) for it in one.mandates),
    )


def _moment(at: str, zone: tzinfo) -> str:
    """`22 Nov 20:52`: it is of the last thirty days."""
    return f"{words.short_day(queues.day(at, zone))} {words.clock(at, zone)}"


def lines(those: Sequence[Person], at: datetime, zone: tzinfo) -> Iterator[str]:
    """One line each, below what the columns are."""
    yield from report.table([headings(), *(cells(one, at, zone) for one in those)])


def emptiness() -> str:
    """How people come to be listed."""
    return _("Nobody is listed in catalogue/people.toml. Write a [[person]] with a name and a role for each.")


def known_of(one: Person, at: datetime, zone: tzinfo) -> Iterator[str]:
    """The mandates of a person, each with who has given it and how many days it has still."""
    for it in one.mandates:
        yield f"{it.number}  {mandates.summary(it, one.name, utc(at), zone)}, {mandates.left(it, at, zone)}"
        yield f"   {mandates.given(it)}"


def enrolled(session: Session, one: Person) -> Iterator[str]:
    """Whether they are at work and until when, and by which keys they come, as far as there is anything to say."""
    zone = session.workspace.zone
    if one.enrolment and (told := enrolling.standing(one.enrolment, session.personnel.today())):
        yield told
    for it in one.keys or ():
        yield enrolling.key(it, enrolling.last_use(session.database, it), zone)


def told(record: AuditRecord, zone: tzinfo) -> str:
    """What a person has done, when and to which document, on one line."""
    return f"{words.moment(record.at, zone)}  {words.done(record.action)}: {record.obligation}{words.behalf(record)}"


def as_data(session: Session, one: Person) -> dict[str, Any]:
    """The same as data."""
    moment = utc(session.at or now())
    given = [{**it._asdict(), "in_force": it.holds(moment)} for it in one.mandates]
    done = {"week": one.activity.week, "month": one.activity.month, "last": one.activity.last or None}
    known = enrolling.as_data(one.enrolment, session.personnel.today())
    keys = one.keys and [enrolling.key_data(it, enrolling.last_use(session.database, it)) for it in one.keys]
    return {**as_json.carried(one.carried), **done, "mandates": given, **known, "keys": keys}
