"""The dates of each document year that no rule can know: plans, budgets, days off, and when a window is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from workflow.errors import NoYear
from workflow.periods import Period

FIRST_YEAR, LAST_YEAR = 2010, 2099


class Anchor(StrEnum):
    """The day a due date is counted from: the end of the period, the day a plan or budget was ratified, or a date."""

    PERIOD_END = "period-end"
    RPJMD = "rpjmd"
    RKPD = "rkpd"
    DPA = "dpa"
    DPPA = "dppa"
    FIXED = "fixed"


RATIFIED = (Anchor.RPJMD, Anchor.RKPD, Anchor.DPA, Anchor.DPPA)


class MonthDay(NamedTuple):
    """`02-28`, so many years after the year in question. 02-29 is the last day of February."""

    month: int
    day: int
    year: int = 0

    def of(self, year: int) -> date:
        """The date in a year."""
        year += self.year
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 2, 28)


class Span(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date


class Windows(NamedTuple):
    """When offices may submit and when reviewers may decide; None is always."""

    submit: Span | None = None
    review: Span | None = None


class Calendar(NamedTuple):
    """The dates of one document year. `workdays` are days on which work is done though they are off elsewhere."""

    year: int
    plan: Period
    long_plan: Period
    dates: Mapping[Anchor, date]
    windows: Mapping[Anchor, Windows]
    holidays: frozenset[date]
    workdays: frozenset[date]


class Section(NamedTuple):
    """What the file says of one year; what it leaves out is as the default has it."""

    plan: Period | None
    long_plan: Period | None
    dates: Mapping[Anchor, date]
    windows: Mapping[Anchor, Windows]


class Default(NamedTuple):
    """What holds in every year that says nothing else. A plan comes again when it ends."""

    plan: Period
    long_plan: Period
    dates: Mapping[Anchor, MonthDay]
    windows: Mapping[Anchor, tuple[tuple[MonthDay, MonthDay] | None, tuple[MonthDay, MonthDay] | None]]


class Calendars(NamedTuple):
    """The calendar of every year. Days off belong to no year: a due date may fall into the next one."""

    default: Default | None
    sections: Mapping[int, Section]
    holidays: frozenset[date]
    workdays: frozenset[date]

    def of(self, year: int) -> Calendar:
        """The calendar of a document year. Raises NoYear."""
        own = self.sections.get(year)
        if not FIRST_YEAR <= year <= LAST_YEAR or (own is None and self.default is None):
            raise NoYear(year)
        plan = (own and own.plan) or _turned(self.default and self.default.plan, year)
        begun = self.sections.get(plan.first_year)
        long_plan = (own and own.long_plan) or _turned(self.default and self.default.long_plan, year)
        return Calendar(
            year,
            plan,
            long_plan,
            {**self._dates(year, plan), **_ratified(begun), **(own.dates if own else {})},
            {**self._windows(year), **(own.windows if own else {})},
            self.holidays,
            self.workdays,
        )

    def _dates(self, year: int, plan: Period) -> dict[Anchor, date]:
        dates = self.default.dates if self.default else {}
        return {anchor: day.of(plan.first_year if anchor is Anchor.RPJMD else year) for anchor, day in dates.items()}

    def _windows(self, year: int) -> dict[Anchor, Windows]:
        windows = self.default.windows if self.default else {}
        return {
            anchor: Windows(*(span and Span(span[0].of(year), span[1].of(year)) for span in both))
            for anchor, both in windows.items()
        }


def _ratified(begun: Section | None) -> Mapping[Anchor, date]:
    """The RPJMD was ratified in the first year of its plan, whichever year asks for it."""
    return {Anchor.RPJMD: begun.dates[Anchor.RPJMD]} if begun and Anchor.RPJMD in begun.dates else {}


# RPJPD run 2005-2025 and 2025-2045: the year in which one ends is the first of the next.
LONG_PLAN = Period(2025, 2045)


def _turned(plan: Period | None, year: int) -> Period:
    """The plan of the same length that covers a year."""
    plan = plan or LONG_PLAN
    length = plan.last_year - plan.first_year
    step = length if length == 20 else length + 1
    first = plan.first_year + (year - plan.first_year) // step * step
    return Period(first, first + length)
