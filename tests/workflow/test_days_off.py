"""Which holidays and which collective leave moved a due date."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.test_due import CALENDAR, DATES, TEN_WORKING_DAYS, TWO_MONTHS
from workflow import Anchor, DueRule, Period, days_off
from workflow.due import due_date


def test_the_days_between_that_did_not_count_are_named_and_weekends_are_not() -> None:
    due = due_date(TEN_WORKING_DAYS, Period.parse("2026-q1"), CALENDAR)

    assert days_off(TEN_WORKING_DAYS, due, CALENDAR, "en_US") == ((date(2026, 4, 3), "Good Friday"),)


def test_collective_leave_is_named_in_the_language_that_is_asked_for() -> None:
    calendar = CALENDAR._replace(dates={**DATES, Anchor.DPA: date(2026, 5, 13)})
    rule = DueRule(Anchor.DPA, working_days=1)
    due = due_date(rule, Period(2026, 2026), calendar)

    names = [one.name for one in days_off(rule, due, calendar, "id")]
    assert names == ["Kenaikan Yesus Kristus", "Cuti Bersama Kenaikan Yesus Kristus"]


def test_a_day_off_of_the_region_has_no_name() -> None:
    calendar = CALENDAR._replace(holidays=frozenset({date(2026, 7, 13)}))
    due = due_date(TEN_WORKING_DAYS, Period.parse("2026-q2"), calendar)

    assert days_off(TEN_WORKING_DAYS, due, calendar) == ((date(2026, 7, 13), ""),)


def test_nothing_is_said_where_the_calendar_makes_another_date_of_it_by_now() -> None:
    due = due_date(TEN_WORKING_DAYS, Period.parse("2026-q1"), CALENDAR)
    changed = CALENDAR._replace(workdays=frozenset({date(2026, 4, 3)}))

    assert days_off(TEN_WORKING_DAYS, due, changed) == ()


def test_months_are_moved_by_no_holiday() -> None:
    due = due_date(TWO_MONTHS, Period.parse("2025"), CALENDAR)

    assert days_off(TWO_MONTHS, due, CALENDAR) == ()


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(1, 30))
def test_working_days_days_off_and_weekends_are_all_days_there_are(start: date, count: int) -> None:
    calendar = CALENDAR._replace(dates={**DATES, Anchor.DPA: start})
    rule = DueRule(Anchor.DPA, working_days=count)
    due = due_date(rule, Period(2026, 2026), calendar)

    days = [start + timedelta(days=n) for n in range(1, (due.day - start).days + 1)]
    weekends = sum(day.weekday() >= 5 for day in days)
    assert len(days) == count + weekends + len(days_off(rule, due, calendar))
