"""When an obligation falls due: an anchor and an offset, counted on the Indonesian calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from workflow.calendars import Anchor, Calendar
from workflow.catalogue import DueRule
from workflow.periods import EVER, Period


class Due(NamedTuple):
    """The last day on which it is in time, and the day that this was counted from."""

    start: date
    day: date


class DayOff(NamedTuple):
    """A day that did not count, though it is none of a weekend, and what it is called; "" for one of the bureau's."""

    day: date
    name: str


def due_date(rule: DueRule, period: Period, calendar: Calendar) -> Due:
    """When it is due. Months end where the calendar ends: 31 Dec + 2 months is 28 or 29 Feb."""
    start = _start(rule, period, calendar)
    return Due(start, _counted(rule, start, calendar))


def days_off(rule: DueRule, due: Due, calendar: Calendar, language: str = "") -> tuple[DayOff, ...]:
    """The days off that moved a due date, called as in this language (`id`, `en_US`).

    None where no working days were counted, and none where the calendar makes another date of it by now: which days
    it was counted with is not known then.
    """
    if not rule.working_days or _counted(rule, due.start, calendar) != due.day:
        return ()
    first, national = _before_working_days(rule, due.start), _national(language)
    between = (first + timedelta(days=n) for n in range(1, (due.day - first).days + 1))
    is_holiday = _is_holiday(calendar)
    return tuple(DayOff(one, national.get(one, "")) for one in between if one.weekday() < 5 and is_holiday(one))


def _counted(rule: DueRule, start: date, calendar: Calendar) -> date:
    day = _before_working_days(rule, start)
    return _working_days_after(day, rule.working_days, _is_holiday(calendar)) if rule.working_days else day


def _before_working_days(rule: DueRule, start: date) -> date:
    return _months_after(start, rule.months) + timedelta(days=rule.days)


def _start(rule: DueRule, period: Period, calendar: Calendar) -> date:
    if rule.fixed is not None:
        return rule.fixed.of(period.first_year if period.is_plan and period != EVER else calendar.year)
    return period.ends if rule.anchor is Anchor.PERIOD_END else calendar.dates[rule.anchor]


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))


def _working_days_after(day: date, count: int, is_holiday: Callable[[date], bool]) -> date:
    while count:
        day += timedelta(days=1)
        if not is_holiday(day):
            count -= 1
    return day


def _is_holiday(calendar: Calendar) -> Callable[[date], bool]:
    """Weekends, public holidays, collective leave (cuti bersama) and the bureau's own days off, less its workdays."""
    national = _national()

    def is_holiday(day: date) -> bool:
        is_off = day.weekday() >= 5 or day in calendar.holidays or day in national
        return is_off and day not in calendar.workdays

    return is_holiday


def _national(language: str = "") -> Mapping[date, str]:
    """The public holidays and the collective leave of Indonesia, of whatever year is asked for."""
    # Half a second of imports that only the opening of a year needs.
    import holidays

    return holidays.country_holidays("ID", categories=("public", "government"), language=language or None)
