"""The calendar of a region, read from calendar.toml.

[default]                                  # every year that has no section of its own
plan = "2025-2029"                         # comes again every five years
long_plan = "2025-2045"
rpjmd = "08-20"                            # in the first year of the plan
rkpd = { date = "06-30", year = -1 }       # in the year before
dpa = "01-02"
dppa = "10-01"
windows.period-end = { submit = ["01-01", "12-31"], review = ["01-01", "12-31"] }
[2026]                                     # what is otherwise in this year
dpa = 2026-01-05
holidays = [2026-07-14]
workdays = [2026-03-23]
windows.dpa = { submit = [2026-01-05, 2026-02-28] }
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow import tables
from workflow.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    LONG_PLAN,
    RATIFIED,
    Anchor,
    Calendars,
    Default,
    MonthDay,
    Section,
    Span,
    Windows,
)
from workflow.periods import Period
from workflow.tables import Table, wrong

FILE = "calendar.toml"
_DEFAULT = "default"
_KEYS = frozenset({"plan", "long_plan", "holidays", "workdays", "windows", *RATIFIED})
_DATE_KEYS = frozenset({"date", "year"})
_WINDOW_KEYS = frozenset({"submit", "review"})
_REACH = 5


def read_calendars(table: Table) -> Calendars:
    """The calendar of every year. Without a default, each year has to say everything."""
    for year, section in table.items():
        if year != _DEFAULT and (not re.fullmatch(r"\d{4}", year, re.ASCII) or not _is_served(int(year))):
            raise wrong(FILE, table, year, f"[{FIRST_YEAR}] … [{LAST_YEAR}], [{_DEFAULT}]", of=year)
        if not isinstance(section, dict):
            raise wrong(FILE, table, year, f"[{year}]", of=year)
        tables.known(FILE, section, _KEYS, of=year)
    default = _default(table[_DEFAULT]) if _DEFAULT in table else None
    years = {int(year): section for year, section in table.items() if year != _DEFAULT}
    sections = {year: _section(section, str(year), is_whole=default is None) for year, section in years.items()}
    off = {key: frozenset(day for year, one in table.items() for day in _days(one, key, year)) for key in _OFF}
    return Calendars(default, sections, off["holidays"], off["workdays"])


_OFF = ("holidays", "workdays")


def month_day(value: object) -> MonthDay | None:
    """`02-28`; None when it is none."""
    match = re.fullmatch(r"(\d\d)-(\d\d)", value, re.ASCII) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        date(2024, int(match[1]), int(match[2]))
    except ValueError:
        return None
    return MonthDay(int(match[1]), int(match[2]))


def _is_served(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _is_near(value: object, year: str) -> bool:
    """Whether it is a date that can be meant in the section of a year; the RPJMD is as old as its plan."""
    return isinstance(value, date) and tables.is_day(value) and abs(value.year - int(year)) <= _REACH


def _default(table: Table) -> Default:
    return Default(
        plan=_plan(table, "plan", _DEFAULT),
        long_plan=_plan(table, "long_plan", _DEFAULT) if "long_plan" in table else LONG_PLAN,
        dates={anchor: _yearly(table, anchor, _DEFAULT) for anchor in RATIFIED},
        windows={
            anchor: (_yearly_span(both, "submit"), _yearly_span(both, "review"))
            for anchor, both in _windows(table, _DEFAULT).items()
        },
    )


def _section(table: Table, year: str, *, is_whole: bool) -> Section:
    given = [anchor for anchor in RATIFIED if is_whole or anchor in table]
    for anchor in given:
        if not _is_near(table.get(anchor), year):
            raise wrong(FILE, table, anchor, f"{year}-01-31", of=year)
    return Section(
        plan=_plan(table, "plan", year) if is_whole or "plan" in table else None,
        long_plan=_plan(table, "long_plan", year) if "long_plan" in table else None,
        dates={anchor: table[anchor] for anchor in given},
        windows={
            anchor: Windows(_span(both, "submit", year), _span(both, "review", year))
            for anchor, both in _windows(table, year).items()
        },
    )


def _plan(table: Table, key: str, of: str) -> Period:
    try:
        plan = Period.parse(table[key])
    except (KeyError, TypeError, ValueError):
        plan = None
    if plan is None or plan.part:
        raise wrong(FILE, table, key, '"2025-2029"', of=of)
    return plan


def _yearly(table: Table, key: str, of: str) -> MonthDay:
    value = table.get(key)
    if isinstance(value, dict):
        tables.known(FILE, value, _DATE_KEYS, of=of)
        day, offset = month_day(value.get("date")), tables.number(FILE, value, "year", -5, 5, of=of)
    else:
        day, offset = month_day(value), 0
    if day is None:
        raise wrong(FILE, table, key, '"01-31", { date = "06-30", year = -1 }', of=of)
    return day._replace(year=offset)


def _windows(table: Table, of: str) -> Mapping[Anchor, Table]:
    windows = table.get("windows", {})
    if not isinstance(windows, dict):
        raise wrong(FILE, table, "windows", ", ".join(Anchor), of=of)
    tables.known(FILE, windows, frozenset(Anchor), of=of)
    return {Anchor(name): tables.inner(FILE, windows, name, _WINDOW_KEYS, of=of) for name in windows}


def _yearly_span(table: Table, key: str) -> tuple[MonthDay, MonthDay] | None:
    if key not in table:
        return None
    ends = [month_day(day) for day in _pair(table, key, _DEFAULT, '["01-01", "12-31"]')]
    first, last = ends
    if first is None or last is None or last < first:
        raise wrong(FILE, table, key, '["01-01", "12-31"]', of=_DEFAULT)
    return first, last


def _span(table: Table, key: str, year: str) -> Span | None:
    if key not in table:
        return None
    hint = f"[{year}-01-01, {year}-12-31]"
    first, last = _pair(table, key, year, hint)
    if not _is_near(first, year) or not _is_near(last, year) or last < first:
        raise wrong(FILE, table, key, hint, of=year)
    return Span(first, last)


def _pair(table: Table, key: str, of: str, hint: str) -> tuple[Any, Any]:
    value = table[key]
    if not isinstance(value, list) or len(value) != 2:
        raise wrong(FILE, table, key, hint, of=of)
    return value[0], value[1]


def _days(table: Table, key: str, of: str) -> list[date]:
    days = table.get(key, [])
    if not isinstance(days, list) or not all(map(tables.is_day, days)):
        raise wrong(FILE, table, key, "[2026-03-31]", of=of)
    return days
