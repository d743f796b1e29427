"""Mandates in words, and what is looked at before one is given: for the verbs and the screen alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tui import moments, words
from tui.errors import UsageError
from tui.language import _, many
from workflow import Actor, Mandate, Role


def told(one: Mandate, at: str, zone: tzinfo) -> Iterator[str]:
    """Whose it is and until when, who has given it and why, and who has ended it."""
    first, last = _days(one, zone)
    days = f"{words.day(first)} - {words.day(last)}"
    yield f"{one.number:4}  {one.person} ({_hat(one)}){_place(one)}  {days}  {standing(one, at)}"
    yield "      " + given(one)
    if one.revoked_at:
        ended = _("ended by {name}, {moment}: {note}")
        when = words.moment(one.revoked_at, zone)
        yield "      " + ended.format(name=one.revoked_by, moment=when, note=one.revoked_why)


def given(one: Mandate) -> str:
    """Who has given it and why."""
    return _("given by {name}: {note}").format(name=one.giver, note=one.note)


def standing(one: Mandate, at: str) -> str:
    """How it stands at a moment."""
    if one.holds(at):
        return _("in force")
    if one.revoked_at:
        return _("revoked")
    return _("not yet") if at < one.begins else _("over")


def summary(one: Mandate, name: str, at: str, zone: tzinfo) -> str:
    """`acts for budi until 12 March 2026` for whom it was given to, `sari acts for them until …` for the other."""
    first, last = _days(one, zone)
    if one.person != name:
        until = _("{name} acts for them until {day}")
    elif one.on_behalf:
        until = _("acts for {behalf} until {day}")
    else:
        until = _("is {role} too until {day}")
    said = until.format(name=one.person, behalf=one.on_behalf, role=_hat(one), day=words.day(last))
    return said if one.holds(at) else said + " " + _("(from {day})").format(day=words.day(first))


def left(one: Mandate, at: datetime, zone: tzinfo) -> str:
    """How many days it has still, today included."""
    days = (_days(one, zone)[1] - at.astimezone(zone).date()).days + 1
    return many("{n} day left", "{n} days left", days).format(n=words.number(days))


def check_fits(person: Actor, role: Role, unit: str) -> None:
    """Raise UsageError where a person cannot be given a role.

    A person of an office would decide on what their own office has sent, which names alone do not show.
    """
    if Role.OFFICE in (person.role, role) and (person.role, person.unit) != (role, unit):
        raise UsageError(
            _("{name} cannot be given that: an office's people act for their own office only.").format(
                name=person.name
            )
        )


def span(begins: str, ends: str, today: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the beginning of the first day until the end of the last, by the region's clock. Raises UsageError."""
    first, last = moments.day(begins), moments.day(ends)
    if first < today:
        raise UsageError(_("{day} has passed; a mandate begins today at the earliest.").format(day=words.day(first)))
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _days(one: Mandate, zone: tzinfo) -> tuple[date, date]:
    """The first day and the last."""
    begins, ends = (datetime.fromisoformat(at).astimezone(zone).date() for at in (one.begins, one.ends))
    return begins, ends - timedelta(days=1)


def _hat(one: Mandate) -> str:
    return f"{words.role(one.role)}, {one.unit}" if one.unit else words.role(one.role)


def _place(one: Mandate) -> str:
    return _(" in the place of {name}").format(name=one.on_behalf) if one.on_behalf else ""
