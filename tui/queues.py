"""The lists that people work from, and how much each person holds, as rows for a verb and a screen alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from tui import cells, findings, layout, report, words
from tui.language import _, many
from tui.refusals import People
from workflow import Actor, AuditRecord, Database, Hat, Obligation, Queue, Role, decided_since, loads, queued

_DECIDING = (Role.REVIEWER, Role.APPROVER)
Queues = Mapping[Queue, Sequence[Obligation]]


class Carried(NamedTuple):
    """What one person holds: `actor` is None for a holder who is not listed, `days` the age of what waits longest."""

    name: str
    actor: Actor | None
    held: int
    late: int
    days: int | None


def queues(items: Sequence[Obligation], actor: Actor, today: date, *, unit: str = "") -> Queues:
    """All five: as the actor has them, or a unit; for who decides nothing themselves, what waits for anybody."""
    theirs = [one for one in items if one.turn in _DECIDING and unit in ("", one.unit)]
    other = actor if not unit and decides(actor) else Actor("", Role.REVIEWER, unit, hats=(Hat(Role.APPROVER),))
    return {one: queued(theirs, one, actor if one is Queue.MINE else other, today) for one in Queue}


def decides(actor: Actor) -> bool:
    """Whether they decide anything themselves, by any of their mandates too."""
    return any(one.may_act_as(role) for one in actor.each() for role in _DECIDING)


def name(queue: Queue, actor: Actor, *, unit: str = "") -> str:
    """What a queue is called, as a unit has it; who decides nothing themselves has none, and sees all that waits."""
    if queue is Queue.UNIT and (unit or not decides(actor)):
        return unit or _("all")
    return words.queue(queue)


def counts(those: Queues, actor: Actor, *, unit: str = "") -> str:
    """`mine 2 · my unit's 14 · nobody's 9 · overdue 3 · revised 1`."""
    named = ((name(one, actor, unit=unit), items) for one, items in those.items())
    return " · ".join(f"{called} {words.number(len(items))}" for called, items in named)


def finished(database: Database, actor: Actor, today: date, zone: tzinfo) -> list[AuditRecord]:
    """What they have decided today, by the region's clock, and not undone."""
    return decided_since(database, actor.name, datetime.combine(today, time.min, zone))


def lines(items: Sequence[Obligation], today: date, zone: tzinfo, columns: int | None = None) -> Iterator[str]:
    """One line each: code, document, office, due date or how late, round, holder, since when, findings, id.

    On a terminal of so few columns that a line has no room, several short ones.
    """
    rows = [_cells(one, today, zone) for one in items]
    return layout.on_a_phone(rows) if layout.is_narrow(columns) else report.table(rows)


def carried(items: Iterable[Obligation], people: People, today: date, zone: tzinfo) -> list[Carried]:
    """What each person holds, who holds most first, and then those who decide and hold nothing."""
    held = [
        Carried(one.holder, people.get(one.holder), one.held, one.late, (today - day(one.oldest, zone)).days)
        for one in loads(items, today)
    ]
    names = {one.name for one in held}
    free = [one for one in people.values() if one.role in _DECIDING and one.name not in names]
    return held + [Carried(one.name, one, 0, 0, None) for one in sorted(free)]


def loaded(those: Iterable[Carried]) -> Iterator[str]:
    """One line each: name, role and unit, held, late, the age of what waits longest."""
    return report.table([load(one) for one in those])


def due(o: Obligation, today: date) -> str:
    """`31 March 2026`, or `12 days late`."""
    if o.due is None or not o.is_overdue(today):
        return words.day(o.due) if o.due else ""
    days = (today - o.due).days
    return many("{n} day late", "{n} days late", days).format(n=words.number(days))


def since(o: Obligation, zone: tzinfo) -> str:
    """The day on which it came to whoever has to act now."""
    return words.day(day(o.last_at, zone)) if o.last_at else ""


def _cells(o: Obligation, today: date, zone: tzinfo) -> tuple[str, ...]:
    return (
        str(cells.cell(o, today)),
        f"{words.document(o.requirement)} {words.period(o.period)}",
        report.office_name(o.office, report.NAME_WIDTH),
        due(o, today),
        _("round {n}").format(n=o.round),
        o.holder or "-",
        _("since {day}").format(day=since(o, zone)) if o.last_at else "",
        findings.tally(o.findings),
        o.id,
    )


def load(one: Carried) -> tuple[str, ...]:
    """Name, role and unit, held, late, and the age of what waits longest where they hold anything."""
    role = words.role(one.actor.role) if one.actor else _("not listed")
    oldest = many("oldest {n} day", "oldest {n} days", one.days or 0).format(n=words.number(one.days or 0))
    return (
        one.name,
        " ".join(filter(None, (role, one.actor.unit if one.actor else ""))),
        _("{n} held").format(n=words.number(one.held)),
        _("{n} late").format(n=words.number(one.late)),
        oldest if one.held else "",
    )


def day(at: str, zone: tzinfo) -> date:
    """The day of a moment of the trail, by the region's clock."""
    return datetime.fromisoformat(at).astimezone(zone).date()
