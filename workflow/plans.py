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


def periods(every: Frequency, offset: int, calendar: Calendar) -> tuple[Period, ...]:
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
