"""All about an obligation: what it is, by which rule it is owed, when and why then, and what has changed that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple, assert_never

from tui import report, required, rules, words
from tui.due_dates import long_day
from tui.language import _
from tui.refusals import People
from workflow import EVER, Action, Ask, AuditRecord, DayOff, Duty, Obligation, Role

CHANGING = frozenset(
    {
        *(Action.EXTEND, Action.DECLARE, Action.WAIVE, Action.REINSTATE),
        *(Action.ADMIT, Action.AMEND, Action.HAND_OVER),
    }
)
Fact = tuple[str, str]


class Section(NamedTuple):
    """A question, and what there is to say to it: each with what it is about."""

    heading: str
    facts: tuple[Fact, ...]


class Known(NamedTuple):
    """An obligation with its trail, who is listed, and which days off moved its due date."""

    obligation: Obligation
    records: Sequence[AuditRecord]
    people: People
    off: Sequence[DayOff] = ()

    @property
    def changes(self) -> list[AuditRecord]:
        """What has changed the terms that it is owed under, oldest first."""
        return [one for one in self.records if one.action in CHANGING]


def sections(known: Known, today: date, zone: tzinfo) -> list[Section]:
    """The whole answer, what has nothing to say left out."""
    o = known.obligation
    every = (
        (_("What it is"), _identity(o)),
        (_("By which rule"), _rule(o)),
        (_("When it is due"), _due(known, today)),
        (_("Whether it is owed"), _duty(known, zone)),
        (_("When it may be handed in and decided"), _windows(o, zone)),
        (_("Who acts"), _acting(known)),
        (_("What it goes with"), _linked(o)),
        (_("What has changed its terms"), _history(known, zone)),
    )
    told = (Section(heading, tuple(fact for fact in facts if fact[1])) for heading, facts in every)
    return [one for one in told if one.facts]


def lines(told: Sequence[Section]) -> Iterator[str]:
    """Each question on a line of its own, and below it what there is to say."""
    for section in told:
        yield section.heading
        yield from (f"  {label}: {value}" for label, value in section.facts)


def _identity(o: Obligation) -> Iterator[Fact]:
    yield _("document"), words.document(o.requirement)
    yield _("programme"), f"{o.requirement.family}, {rules.need(o.requirement.need)}"
    yield _("office"), o.office.name
    days = "" if o.period == EVER else f" ({words.day(o.period.begins)} - {words.day(o.period.ends)})"
    yield _("period"), f"{words.period(o.period)}{days}"
    yield "id", o.id


def _rule(o: Obligation) -> Iterator[Fact]:
    one = o.requirement
    yield _("rule"), rules.rule(one)
    yield _("source"), one.source or _("none is named")
    yield _("how sure"), rules.sure(one.sure)
    yield _("how often"), rules.frequency(one.every)
    yield _("asked of"), required.asked_of(one)
    yield _("wording"), o.edition[:12]


def _due(known: Known, today: date) -> Iterator[Fact]:
    o = known.obligation
    if o.due is None:
        yield _("due"), _("no due date")
        return
    yield _("due"), " · ".join((long_day(o.due), *([_("late")] if o.is_overdue(today) else [])))
    yield _("by rule"), rules.because(o) if o.start else ""
    yield _("days off, not counted"), off(known.off)
    if o.requirement.due.grace and o.late_after:
        yield _("late after"), long_day(o.late_after)


def off(days: Sequence[DayOff]) -> str:
    """`Fri, 3 April 2026 (Good Friday)`, one after the other."""
    own = _("a day off of the region")
    return ", ".join(f"{long_day(one.day)} ({one.name or own})" for one in days)


def _duty(known: Known, zone: tzinfo) -> Iterator[Fact]:
    decided = next((one for one in reversed(known.changes) if one.terms.duty), None)
    by = _by(decided, zone) if decided else ""
    match known.obligation.duty:
        case Duty.OWED if known.obligation.requirement.ask is Ask.ASSIGNED:
            yield _("owed"), _("yes, for it is assigned to this office")
        case Duty.OWED:
            yield _("owed"), _("yes, as by all of whom it is asked")
        case Duty.CONDITIONAL if known.obligation.is_owed:
            yield _("owed"), _("yes, since a file has arrived for it")
        case Duty.CONDITIONAL:
            yield _("owed"), _("not yet: once it is declared, or a file arrives for it")
        case Duty.DECLARED:
            yield _("owed"), _("yes, it is declared")
        case Duty.WAIVED:
            yield _("owed"), _("no, it is waived")
        case _:
            assert_never(known.obligation.duty)
    yield _("decided by"), by


def _windows(o: Obligation, zone: tzinfo) -> Iterator[Fact]:
    yield _("handed in"), _span(o.windows.submit, zone)
    yield _("decided"), _span(o.windows.review, zone)


def _span(window: tuple[datetime, datetime] | None, zone: tzinfo) -> str:
    if window is None:
        return _("always")
    opens, closes = window
    first, last = opens.astimezone(zone).date(), (closes - timedelta(microseconds=1)).astimezone(zone).date()
    return f"{words.day(first)} - {words.day(last)}"


def _acting(known: Known) -> Iterator[Fact]:
    o = known.obligation
    yield _("next"), words.turn(o) if o.is_owed else _("nobody yet")
    unit, reviewers = o.unit or _("any unit"), _named(known.people, Role.REVIEWER, o.unit)
    yield _("reviews"), f"{unit}{reviewers}" if o.needs_review else _("nobody: no review is needed")
    yield _("approves"), f"{words.role(Role.APPROVER)}{_named(known.people, Role.APPROVER, '')}"
    yield _("held by"), o.holder or ""


def _named(people: People, role: Role, unit: str) -> str:
    names = [one.name for one in people.values() if one.role is role and (not unit or one.unit in ("", unit))]
    return f" ({', '.join(sorted(names))})" if names else ""


def _linked(o: Obligation) -> Iterator[Fact]:
    one = o.requirement
    yield _("evidence for"), ", ".join(one.evidence)
    yield _("also serves"), ", ".join(one.serves)
    yield _("has to come after") if one.wants_enforced else _("comes after"), ", ".join(one.wants)
    yield _("of that not approved yet"), ", ".join(o.wanting)


def _history(known: Known, zone: tzinfo) -> Iterator[Fact]:
    for one in known.changes:
        yield words.done(one.action), " · ".join((_by(one, zone), *report.remarks(one._replace(note=""))))


def _by(record: AuditRecord, zone: tzinfo) -> str:
    """Who, when and why."""
    who = f"{record.actor}{words.behalf(record)}, {words.moment(record.at, zone)}"
    return f"{who}: {record.note}" if record.note else who
