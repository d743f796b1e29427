"""What the rows of a table mean that a person has looked through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from inbox.evidence import Part
from inbox.proposing import Goal
from workflow import (
    EVER,
    Catalogue,
    Digest,
    Entry,
    NoYear,
    ObligationId,
    Period,
    Register,
    asked_in,
    collected_in,
    obligation_id,
    periods_of,
    phrase,
    suits,
)

_LONGEST_PLAN = 20
_SOME_YEAR = 2026
_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)


class Row(NamedTuple):
    """A row that a person says to take: its number in the table, the file, and what it is, as it was typed."""

    number: int
    path: str
    digest: Digest
    goal: Goal


class Wrong(NamedTuple):
    """What cannot be meant: which part of which row, what it says, and the nearest right thing, if there is one."""

    row: Row
    part: Part
    value: str
    nearest: str


class Wanted(NamedTuple):
    """A row, and the obligation that it means."""

    row: Row
    obligation: ObligationId


class Plan(NamedTuple):
    """All rows, in their order; what is wrong with them; the years that have to be opened first.

    `undated` are those of them that cannot be opened: the calendar does not have their dates.
    """

    wanted: tuple[Wanted, ...]
    wrong: tuple[Wrong, ...]
    years: tuple[int, ...]
    undated: tuple[int, ...]


class Planner:
    """Holds rows against the catalogue and against what is owed already. Changes nothing."""

    def __init__(self, catalogue: Catalogue, register: Register) -> None:
        self._offices = catalogue.aliases
        self._entries = {entry.requirement.key: entry for entry in catalogue.entries}
        self._catalogue = catalogue
        self._asked: dict[int, frozenset[ObligationId] | None] = {}
        self._owed = {one.id for one in register.obligations()}

    def plan(self, rows: Iterable[Row]) -> Plan:
        """What the rows mean. A plan with anything wrong in it is not to be carried out."""
        wanted, wrong, years = list[Wanted](), list[Wrong](), set[int]()
        for row in rows:
            meant = self._meant(row)
            if isinstance(meant, Wrong):
                wrong.append(meant)
                continue
            office, entry, period = meant
            name = obligation_id(office, entry.requirement, period)
            if name not in self._owed:
                collecting = self._collecting(entry, period, name)
                if not collecting:
                    is_other_plan = period.is_plan and period != EVER
                    wrong.append(self._misread(row, entry) if is_other_plan else Wrong(row, Part.PIECE, name, ""))
                    continue
                years.add(next((year for year in collecting if year in years), collecting[0]))
            wanted.append(Wanted(row, name))
        undated = sorted(year for year in years if self._asked_in(year) is None)
        return Plan(tuple(wanted), tuple(wrong), tuple(sorted(years)), tuple(undated))

    def _collecting(self, entry: Entry, period: Period, name: ObligationId) -> list[int]:
        """The document years that would ask for it; where none would, those of which the calendar knows nothing."""
        years = collected_in(entry.year_offset, period)
        asked = {year: self._asked_in(year) for year in years[: _LONGEST_PLAN + 1]}
        asking = [year for year, names in asked.items() if names is not None and name in names]
        return asking or [year for year, names in asked.items() if names is None]

    def _asked_in(self, year: int) -> frozenset[ObligationId] | None:
        """All that the catalogue asks in a year; None when it has no dates for it."""
        if year not in self._asked:
            try:
                self._asked[year] = frozenset(one.id for one in asked_in(self._catalogue, year))
            except NoYear:
                self._asked[year] = None
        return self._asked[year]

    def _meant(self, row: Row) -> tuple[str, Entry, Period] | Wrong:
        office = self._offices.get(phrase(row.goal.office))
        if office is None:
            near = get_close_matches(phrase(row.goal.office), self._offices, n=1, cutoff=0.5)
            return Wrong(row, Part.OFFICE, row.goal.office, self._offices[near[0]] if near else "")
        key = row.goal.requirement.casefold()
        entry = self._entries.get(key)
        if entry is None:
            near = get_close_matches(key, self._entries, n=1, cutoff=0.5)
            return Wrong(row, Part.REQUIREMENT, row.goal.requirement, near[0] if near else "")
        try:
            period = Period.parse(row.goal.period.casefold())
        except ValueError:
            return self._misread(row, entry)
        if not suits(entry.every, period):
            return self._misread(row, entry)
        return office, entry, period

    def _misread(self, row: Row, entry: Entry) -> Wrong:
        return Wrong(row, Part.PERIOD, row.goal.period, self._example(entry, row.goal.period))

    def _example(self, entry: Entry, near: object) -> str:
        """A period for which this is owed, in the year that is spoken of."""
        said = _YEAR.search(str(near))
        try:
            calendar = self._catalogue.calendars.of(int(said[0]) if said else _SOME_YEAR)
        except NoYear:
            return ""
        return str(periods_of(entry.every, 0, calendar)[0])
