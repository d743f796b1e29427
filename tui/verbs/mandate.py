"""`pantau delegate`, `grant`, `mandates` and `revoke`: who may act for whom, or in which further role, and when."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from tui import as_json, moments, people, words
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.workspace import now
from workflow import Actor, Mandate, Mandates, Role, utc


def run(options: Namespace) -> int:
    """Give one, end one, or list all."""
    asked = session(options)
    mandates = Mandates(asked.database, now)
    match options.verb:
        case "delegate":
            return _show(asked, [_delegated(asked, mandates, options)], options)
        case "grant":
            return _show(asked, [_granted(asked, mandates, options)], options)
        case "revoke":
            return _show(asked, [mandates.revoke(options.number, asked.actor, options.note)], options)
        case _:
            own = asked.register.within
            return _show(asked, [one for one in mandates.all() if own in (None, one.unit)], options)


def _delegated(asked: Session, mandates: Mandates, options: Namespace) -> Mandate:
    """What is given is the giver's own role, not one in which they act for somebody else."""
    person = people.listed(options.name, asked.people)
    _check_fits(person, asked.actor.role, asked.actor.unit)
    return mandates.delegate(asked.actor, person.name, *_days(asked, options), options.note)


def _granted(asked: Session, mandates: Mandates, options: Namespace) -> Mandate:
    person, role = people.listed(options.name, asked.people), Role(options.role)
    _check_fits(person, role, options.unit)
    return mandates.grant(asked.actor, person.name, role, options.unit, *_days(asked, options), options.note)


def _check_fits(person: Actor, role: Role, unit: str) -> None:
    """A person of an office would decide on what their own office has sent, which names alone do not show."""
    if Role.OFFICE in (person.role, role) and (person.role, person.unit) != (role, unit):
        raise UsageError(
            _("{name} cannot be given that: an office's people act for their own office only.").format(
                name=person.name
            )
        )


def _days(asked: Session, options: Namespace) -> tuple[datetime, datetime]:
    """From the beginning of the first day until the end of the last, by the region's clock."""
    first, last = moments.day(options.begins), moments.day(options.ends)
    if first < asked.today():
        raise UsageError(_("{day} has passed; a mandate begins today at the earliest.").format(day=words.day(first)))
    return _midnight(first, asked), _midnight(last + timedelta(days=1), asked)


def _midnight(day: date, asked: Session) -> datetime:
    return datetime.combine(day, time(), asked.workspace.zone).astimezone(UTC)


def _show(asked: Session, those: Sequence[Mandate], options: Namespace) -> int:
    if options.json:
        at = _moment(asked)
        as_json.show([{**one._asdict(), "in_force": one.holds(at)} for one in those])
        return 0
    for one in those:
        for line in _told(one, asked):
            print(line)
    if not those:
        print(_("Nobody acts for anybody else."))
    return 0


def _told(one: Mandate, asked: Session) -> Iterator[str]:
    role = f"{words.role(one.role)}, {one.unit}" if one.unit else words.role(one.role)
    place = _(" in the place of {name}").format(name=one.on_behalf) if one.on_behalf else ""
    first, last = _local(one.begins, asked), _local(one.ends, asked) - timedelta(days=1)
    days, standing = f"{words.day(first)} - {words.day(last)}", _standing(one, _moment(asked))
    yield f"{one.number:4}  {one.person} ({role}){place}  {days}  {standing}"
    yield "      " + _("given by {name}: {note}").format(name=one.giver, note=one.note)
    if one.revoked_at:
        when = words.moment(one.revoked_at, asked.workspace.zone)
        told = _("ended by {name}, {moment}: {note}")
        yield "      " + told.format(name=one.revoked_by, moment=when, note=one.revoked_why)


def _local(at: str, asked: Session) -> date:
    return datetime.fromisoformat(at).astimezone(asked.workspace.zone).date()


def _moment(asked: Session) -> str:
    """The moment that is asked about."""
    return utc(asked.at or now())


def _standing(one: Mandate, at: str) -> str:
    if one.holds(at):
        return _("in force")
    if one.revoked_at:
        return _("revoked")
    return _("not yet") if at < one.begins else _("over")
