from __future__ import annotations

from datetime import date

import pytest

from workflow import Anchor, DueRule, Frequency, Period
from workflow.calendars import Calendar, MonthDay
from workflow.due import due_date
from workflow.plans import periods_of

DATES = {
    Anchor.RPJMD: date(2025, 8, 20),
    Anchor.RKPD: date(2025, 6, 30),
    Anchor.DPA: date(2026, 1, 2),
    Anchor.DPPA: date(2026, 10, 1),
}
CALENDAR = Calendar(2026, Period(2025, 2029), Period(2025, 2045), DATES, {}, frozenset(), frozenset())
TWO_MONTHS = DueRule(Anchor.PERIOD_END, months=2)
TEN_WORKING_DAYS = DueRule(Anchor.PERIOD_END, working_days=10)


@pytest.mark.parametrize(
    ("rule", "period", "due"),
    [
        pytest.param(TWO_MONTHS, "2023", date(2024, 2, 29), id="LKjIP 2023: a leap day"),
        pytest.param(TWO_MONTHS, "2025", date(2026, 2, 28), id="LKjIP 2025: a Saturday all the same"),
        pytest.param(TWO_MONTHS, "2099", date(2100, 2, 28), id="LKjIP 2099: 2100 has no leap day"),
        pytest.param(DueRule(Anchor.PERIOD_END, months=6), "2025", date(2026, 6, 30), id="LHE AKIP 2025"),
        pytest.param(DueRule(Anchor.PERIOD_END, months=12), "2025", date(2026, 12, 31), id="TL LHE 2025"),
        pytest.param(DueRule(Anchor.DPA, months=1), "2026", date(2026, 2, 2), id="PK 2026"),
        pytest.param(DueRule(Anchor.DPPA, months=1), "2026", date(2026, 11, 1), id="PK Perubahan 2026"),
        pytest.param(DueRule(Anchor.RKPD, months=1), "2026", date(2025, 7, 30), id="Renja 2026"),
        pytest.param(DueRule(Anchor.RPJMD, months=1), "2025-2029", date(2025, 9, 20), id="Renstra 2025-2029"),
        pytest.param(DueRule(Anchor.DPA, days=30), "2026", date(2026, 2, 1), id="thirty calendar days"),
        pytest.param(DueRule(Anchor.DPA, months=1, days=3), "2026", date(2026, 2, 5), id="a month and three days"),
        pytest.param(DueRule(Anchor.DPA), "2026", date(2026, 1, 2), id="the day itself"),
    ],
)
def test_a_due_date_is_counted_from_its_anchor_on_the_calendar(rule: DueRule, period: str, due: date) -> None:
    assert due_date(rule, Period.parse(period), CALENDAR).day == due


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        pytest.param("2025-q1", date(2025, 4, 22), id="Lebaran and its collective leave, Good Friday"),
        pytest.param("2025-q4", date(2026, 1, 15), id="New Year"),
        pytest.param("2026-q1", date(2026, 4, 15), id="Good Friday"),
        pytest.param("2026-q2", date(2026, 7, 14), id="no holiday"),
        pytest.param("2026-q3", date(2026, 10, 14), id="no holiday either"),
        pytest.param("2026-q4", date(2027, 1, 18), id="New Year and Isra Mikraj"),
    ],
)
def test_a_quarterly_report_is_due_ten_working_days_after_the_quarter(quarter: str, due: date) -> None:
    assert due_date(TEN_WORKING_DAYS, Period.parse(quarter), CALENDAR).day == due


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        pytest.param(date(2026, 2, 13), 1, date(2026, 2, 18), id="Imlek and the leave before it"),
        pytest.param(date(2026, 3, 16), 1, date(2026, 3, 17), id="the last working day before Nyepi"),
        pytest.param(date(2026, 3, 17), 1, date(2026, 3, 25), id="Nyepi, Lebaran: seven days off"),
        pytest.param(date(2026, 3, 16), 3, date(2026, 3, 26), id="from before Lebaran to after it"),
        pytest.param(date(2026, 5, 13), 1, date(2026, 5, 18), id="Ascension and the leave after it"),
        pytest.param(date(2026, 5, 26), 1, date(2026, 5, 29), id="Idul Adha and the leave after it"),
        pytest.param(date(2026, 12, 23), 1, date(2026, 12, 28), id="leave before Christmas, then a weekend"),
        pytest.param(date(2025, 12, 31), 1, date(2026, 1, 2), id="New Year"),
    ],
)
def test_no_holiday_weekend_or_collective_leave_counts_as_a_working_day(day: date, count: int, due: date) -> None:
    calendar = CALENDAR._replace(dates={**DATES, Anchor.DPA: day})

    assert due_date(DueRule(Anchor.DPA, working_days=count), Period(2026, 2026), calendar).day == due


def test_the_days_off_of_the_region_do_not_count_either() -> None:
    calendar = CALENDAR._replace(holidays=frozenset({date(2026, 7, 13), date(2026, 7, 14)}))

    assert due_date(TEN_WORKING_DAYS, Period.parse("2026-q2"), calendar).day == date(2026, 7, 16)


def test_a_day_on_which_the_region_works_counts_though_it_is_off_elsewhere() -> None:
    calendar = CALENDAR._replace(workdays=frozenset({date(2026, 7, 4)}))  # a Saturday

    assert due_date(TEN_WORKING_DAYS, Period.parse("2026-q2"), calendar).day == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("year", "period", "day", "due"),
    [
        pytest.param(2026, "2025", MonthDay(2, 28), date(2026, 2, 28), id="about last year, due in this"),
        pytest.param(2024, "2023", MonthDay(2, 29), date(2024, 2, 29), id="the last day of February"),
        pytest.param(2026, "2025", MonthDay(2, 29), date(2026, 2, 28), id="the last day of a shorter one"),
        pytest.param(2027, "2025-2029", MonthDay(9, 30), date(2025, 9, 30), id="a plan: in its first year"),
        pytest.param(2027, "once", MonthDay(9, 30), date(2027, 9, 30), id="once: in the year that asks first"),
    ],
)
def test_a_fixed_date_is_one_of_the_document_year(year: int, period: str, day: MonthDay, due: date) -> None:
    rule = DueRule(Anchor.FIXED, fixed=day)

    assert due_date(rule, Period.parse(period), CALENDAR._replace(year=year)).day == due


def test_a_due_date_tells_what_it_was_counted_from() -> None:
    assert due_date(TWO_MONTHS, Period(2025, 2025), CALENDAR).start == date(2025, 12, 31)
    assert due_date(DueRule(Anchor.DPA, months=1), Period(2026, 2026), CALENDAR).start == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("every", "offset", "expected"),
    [
        pytest.param(Frequency.YEAR, 0, ["2026"], id="PK: of the year"),
        pytest.param(Frequency.YEAR, -1, ["2025"], id="LKjIP: about the year before"),
        pytest.param(Frequency.QUARTER, 0, ["2026-q1", "2026-q2", "2026-q3", "2026-q4"], id="four quarters"),
        pytest.param(Frequency.QUARTER, -1, ["2025-q1", "2025-q2", "2025-q3", "2025-q4"], id="of last year"),
        pytest.param(Frequency.FIVE_YEARS, 0, ["2025-2029"], id="Renstra: of the plan"),
        pytest.param(Frequency.TWENTY_YEARS, 0, ["2025-2045"], id="RPJPD: of the long plan"),
        pytest.param(Frequency.SEMESTER, 0, ["2026-s1", "2026-s2"], id="two semesters"),
        pytest.param(Frequency.MONTH, 0, [f"2026-m{month:02}" for month in range(1, 13)], id="twelve months"),
        pytest.param(Frequency.ONCE, 0, ["once"], id="once and for all"),
    ],
)
def test_a_document_year_collects_a_requirement_for_these_periods(
    every: Frequency, offset: int, expected: list[str]
) -> None:
    assert [str(period) for period in periods_of(every, offset, CALENDAR)] == expected
