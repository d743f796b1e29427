"""When an obligation falls due: an anchor and an offset, counted on the Indonesian calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from workflow.catalogue import Anchor, Calendar, DueRule, Entry, Frequency
from workflow.periods import Period


def periods(entry: Entry, year: int, calendar: Calendar) -> tuple[Period, ...]:
    """The periods for which a document year collects a requirement."""
    about = year + entry.year_offset
    match entry.every:
        case Frequency.FIVE_YEARS:
            return (calendar.plan,)
        case Frequency.YEAR:
            return (Period(about, about),)
        case Frequency.QUARTER:
            return tuple(Period(about, about, f"q{quarter}") for quarter in (1, 2, 3, 4))


def suits(entry: Entry, period: Period) -> bool:
    """Whether a requirement is owed for such a period: for a year, a quarter or several years."""
    match entry.every:
        case Frequency.FIVE_YEARS:
            return period.last_year > period.first_year
        case Frequency.YEAR:
            return period.last_year == period.first_year and not period.part
        case Frequency.QUARTER:
            return period.part.startswith("q")


def collected_in(entry: Entry, period: Period, calendars: Mapping[int, Calendar]) -> list[int]:
    """The document years that collect a requirement for this period; only of a plan's must the calendar know."""
    if entry.every is Frequency.FIVE_YEARS:
        return sorted(year for year, calendar in calendars.items() if calendar.plan == period)
    return [period.first_year - entry.year_offset]


def due_date(rule: DueRule, period: Period, calendar: Calendar) -> date:
    """The last day on which it is in time. Months end where the calendar ends: 31 Dec + 2 months is 28 or 29 Feb."""
    start = period.ends if rule.anchor is Anchor.PERIOD_END else calendar.dates[rule.anchor]
    day = _months_after(start, rule.months) + timedelta(days=rule.days)
    return _working_days_after(day, rule.working_days, _is_holiday(calendar)) if rule.working_days else day


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))


def _working_days_after(day: date, count: int, is_holiday: Callable[[date], bool]) -> date:
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and not is_holiday(day):
            count -= 1
    return day


def _is_holiday(calendar: Calendar) -> Callable[[date], bool]:
    """Public holidays, collective leave (cuti bersama) and the bureau's own days off."""
    # Half a second of imports that only the opening of a year needs.
    import holidays

    national = holidays.country_holidays("ID", categories=("public", "government"))
    return lambda day: day in calendar.holidays or day in national
