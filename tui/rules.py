"""Why a document is due when it is: the rule, the day that it is counted from, and where the rule stands."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from tui import words
from tui.language import _, many
from workflow import Anchor, DueRule, Frequency, Level, Need, Obligation, Requirement, Sure


def because(o: Obligation) -> str:
    """`two months after 31 December 2025, PermenPAN-RB 53/2014 II.D`, and what was granted beyond it."""
    requirement, start = o.requirement, o.start
    parts = [_counted(requirement.due, words.day(start) if start else anchor(requirement.due)), requirement.source]
    if requirement.due.grace:
        days = requirement.due.grace
        parts.append(many("{n} day of grace", "{n} days of grace", days).format(n=days))
    if o.is_extended and o.ruled:
        parts.append(_("extended from {day}").format(day=words.day(o.ruled)))
    return ", ".join(filter(None, parts))


def rule(requirement: Requirement) -> str:
    """The same before any year: `2 months after the end of the period`."""
    return _counted(requirement.due, anchor(requirement.due))


def _counted(due: DueRule, start: str) -> str:
    offsets = (
        (due.months, many("{n} month", "{n} months", due.months)),
        (due.days, many("{n} day", "{n} days", due.days)),
        (due.working_days, many("{n} working day", "{n} working days", due.working_days)),
    )
    told = _(" and ").join(sentence.format(n=count) for count, sentence in offsets if count)
    return _("{offset} after {start}").format(offset=told, start=start) if told else start


def anchor(due: DueRule) -> str:
    """What a due date is counted from."""
    match due.anchor:
        case Anchor.PERIOD_END:
            return _("the end of the period")
        case Anchor.RPJMD:
            return _("the RPJMD")
        case Anchor.RKPD:
            return _("the RKPD")
        case Anchor.DPA:
            return _("the DPA")
        case Anchor.DPPA:
            return _("the revised DPA")
        case Anchor.FIXED:
            fixed = due.fixed.of(2024) if due.fixed else date.min
            return words.short_day(fixed).strip()
        case _:
            assert_never(due.anchor)


def frequency(value: Frequency) -> str:
    """How often."""
    match value:
        case Frequency.TWENTY_YEARS:
            return _("every twenty years")
        case Frequency.FIVE_YEARS:
            return _("every five years")
        case Frequency.YEAR:
            return _("every year")
        case Frequency.SEMESTER:
            return _("every semester")
        case Frequency.QUARTER:
            return _("every quarter")
        case Frequency.MONTH:
            return _("every month")
        case Frequency.ONCE:
            return _("once")
        case _:
            assert_never(value)


def level(value: Level) -> str:
    """Who owes it."""
    match value:
        case Level.OFFICE:
            return _("office")
        case Level.REGION:
            return _("region")
        case Level.ZI_UNIT:
            return _("ZI unit")
        case _:
            assert_never(value)


def need(value: Need) -> str:
    """How strongly it is asked for."""
    match value:
        case Need.REQUIRED:
            return _("required")
        case Need.EVIDENCE:
            return _("evidence")
        case Need.OPTIONAL:
            return _("optional")
        case _:
            assert_never(value)


def sure(value: Sure) -> str:
    """How sure the due date is."""
    match value:
        case Sure.VERIFIED:
            return _("read in the regulation")
        case Sure.SECONDARY:
            return _("read in another source")
        case Sure.MEMORY:
            return _("not yet compared with the regulation")
        case Sure.DEFAULT:
            return _("suggested, without a source")
        case _:
            assert_never(value)
