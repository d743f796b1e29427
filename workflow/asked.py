"""What the catalogue asks of whom in a document year: pure, and the same however often it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workflow.calendars import Calendar
from workflow.calendars import Windows as Spans
from workflow.catalogue import REGION, Ask, Catalogue, Entry, Level, Listed, Requirement
from workflow.due import due_date
from workflow.obligations import ObligationId, obligation_id
from workflow.periods import EVER, Period
from workflow.plans import Frequency, periods_of
from workflow.windows import Windows


class Asked(NamedTuple):
    """One requirement, asked of one office for one period, and the terms of it.

    `first` and `last` are the document years in which it is listed.
    """

    id: ObligationId
    office: str
    requirement: Requirement
    period: Period
    year: int
    first: int
    last: int
    unit: str
    needs_review: bool
    start: date
    due: date
    windows: Windows


def asked_in(catalogue: Catalogue, year: int) -> Iterator[Asked]:
    """All that is asked in a document year, in the order of the catalogue. Raises NoYear."""
    calendar, zone = catalogue.calendars.of(year), ZoneInfo(catalogue.timezone)
    for entry in catalogue.entries:
        if entry.ask is Ask.NEVER or not entry.is_valid(year):
            continue
        requirement = entry.requirement
        windows = Windows.of(calendar.windows.get(entry.due.anchor, Spans()), zone)
        holders = list(_holders(catalogue, entry, year))
        for period in periods_of(entry.every, entry.year_offset, calendar):
            start, due = due_date(entry.due, period, calendar)
            first, last = _years(entry, period, year)
            for holder in _there(catalogue, holders, period, calendar):
                yield Asked(
                    *(obligation_id(holder, requirement, period), holder, requirement, period, year, first, last),
                    *(entry.reviewer, entry.needs_review, start, due, windows),
                )


def _years(entry: Entry, period: Period, year: int) -> tuple[int, int]:
    """A plan is listed in each year that it covers; what is owed once, in all; anything else where it was opened."""
    if period == EVER:
        return period.first_year, period.last_year
    if entry.every in (Frequency.FIVE_YEARS, Frequency.TWENTY_YEARS):
        return period.first_year - entry.year_offset, period.last_year - entry.year_offset
    return year, year


def _holders(catalogue: Catalogue, entry: Entry, year: int) -> Iterator[Listed]:
    """Who owes it, were all of them there the whole year."""
    assigned = {
        office
        for one in catalogue.assignments
        if one.requirement == entry.requirement.key and one.is_valid(year)
        for office in one.offices
    }
    if entry.requirement.level is Level.REGION:
        own = catalogue.region_office
        candidates = [one for one in catalogue.listed if one.office == own] or [Listed(own)]
    elif entry.requirement.level is Level.ZI_UNIT:
        designated = {office for one in catalogue.designated if one.is_valid(year) for office in one.offices}
        candidates = [one for one in catalogue.listed if one.office.code in designated]
    else:
        # A unit below an office owes what it is assigned by name, and nothing else.
        candidates = [one for one in catalogue.listed if one.kind != REGION]
        candidates = [one for one in candidates if not one.parent or one.office.code in assigned]
    yield from (one for one in candidates if entry.ask is not Ask.ASSIGNED or one.office.code in assigned)


def _there(catalogue: Catalogue, holders: list[Listed], period: Period, calendar: Calendar) -> Iterator[str]:
    """Those that exist then, but for the successor of one that owes the same: it is handed over, not owed twice."""
    there = [one for one in holders if one.exists(*_days(period, calendar.year))]
    codes = {one.office.code for one in there}
    for one in there:
        if not any(code in codes and catalogue.successor(code) == one.office.code for code in one.follows):
            yield one.office.code


def _days(period: Period, year: int) -> tuple[date, date]:
    """The days on which an office owes something by being there: those of a part of the year, or the whole year."""
    if period.part and period.first_year == year and period != EVER:
        return period.begins, period.ends
    return date(year, 1, 1), date(year, 12, 31)
