"""How often a requirement falls due, and for which periods a document year asks for it."""

from __future__ import annotations

from enum import StrEnum

from workflow.calendars import Calendar
from workflow.periods import EVER, Period


class Frequency(StrEnum):
    """How often a requirement falls due."""

    TWENTY_YEARS = "twenty-years"
    FIVE_YEARS = "five-years"
    YEAR = "year"
    SEMESTER = "semester"
    QUARTER = "quarter"
    MONTH = "month"
    ONCE = "once"


_PARTS = {
    Frequency.YEAR: ("",),
    Frequency.SEMESTER: ("s1", "s2"),
    Frequency.QUARTER: ("q1", "q2", "q3", "q4"),
    Frequency.MONTH: tuple(f"m{month:02}" for month in range(1, 13)),
}


def periods_of(every: Frequency, offset: int, calendar: Calendar) -> tuple[Period, ...]:
    """The periods for which a document year collects a requirement; a plan is the one that covers the year."""
    about = calendar.year + offset
    match every:
        case Frequency.TWENTY_YEARS:
            return (calendar.long_plan,)
        case Frequency.FIVE_YEARS:
            return (calendar.plan,)
        case Frequency.ONCE:
            return (EVER,)
        case _:
            return tuple(Period(about, about, part) for part in _PARTS[every])


def suits(every: Frequency, period: Period) -> bool:
    """Whether what falls due so often is for such a period: a year, a part of one, or several years."""
    match every:
        case Frequency.TWENTY_YEARS | Frequency.FIVE_YEARS:
            return period.is_plan and period != EVER
        case Frequency.ONCE:
            return period == EVER
        case _:
            return not period.is_plan and period.part in _PARTS[every]


def collected_in(offset: int, period: Period) -> range:
    """The document years that may collect what is for this period: all that a plan covers, or the one."""
    return range(period.first_year - offset, period.last_year - offset + 1)
