"""What a region asks of whom: offices, requirements and dates, read from the tables of the bureau's files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from workflow.errors import CatalogueError
from workflow.periods import Period

Table = Mapping[str, Any]
Member = TypeVar("Member", bound=StrEnum)


class Office(NamedTuple):
    """A government unit that owes documents. `short` is how people call it where the name does not fit."""

    code: str
    name: str
    short: str = ""


class Requirement(NamedTuple):
    """A document that is asked for, as far as an obligation needs to know it."""

    code: str
    variant: str
    short: str
    name: str
    name_en: str
    family: str

    @property
    def key(self) -> str:
        """`pk`, or `pk+perubahan`: what tells two requirements apart."""
        return f"{self.code}+{self.variant}" if self.variant else self.code


class Frequency(StrEnum):
    """How often a requirement falls due."""

    FIVE_YEARS = "five-years"
    YEAR = "year"
    QUARTER = "quarter"


class Anchor(StrEnum):
    """The day a due date is counted from: the end of the period, or the day a plan or budget was ratified."""

    PERIOD_END = "period-end"
    RPJMD = "rpjmd"
    RKPD = "rkpd"
    DPA = "dpa"
    DPPA = "dppa"


class DueRule(NamedTuple):
    """A due date as the regulation words it: so long after that day."""

    anchor: Anchor
    months: int = 0
    days: int = 0
    working_days: int = 0


class Entry(NamedTuple):
    """A requirement with all that the catalogue says of it."""

    requirement: Requirement
    every: Frequency
    year_offset: int
    due: DueRule
    conditional: bool
    needs_review: bool
    reviewer: str
    spellings: tuple[str, ...]


class Calendar(NamedTuple):
    """The dates of one document year that no rule can know."""

    plan: Period
    dates: Mapping[Anchor, date]
    holidays: frozenset[date]


class Catalogue(NamedTuple):
    """All offices, requirements and calendars of a region."""

    region: str
    offices: tuple[Office, ...]
    aliases: Mapping[str, str]
    entries: tuple[Entry, ...]
    lookalikes: tuple[str, ...]
    calendars: Mapping[int, Calendar]


def phrase(text: str) -> str:
    """The form in which names are compared: lower case, one blank between words, nothing else."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def read_catalogue(offices: Table, requirements: Table, calendar: Table) -> Catalogue:
    """Read the parsed tables of offices.toml, requirements.toml and calendar.toml.

    Raises CatalogueError naming the file and the entry; nothing of a wrong catalogue is used.
    """
    listed = tuple(_offices(offices))
    return Catalogue(
        region=_text("offices.toml", offices, "region"),
        offices=tuple(office for office, _ in listed),
        aliases=_aliases(listed),
        entries=tuple(_entries(requirements)),
        lookalikes=tuple(phrase(words) for words in requirements.get("lookalikes", ())),
        calendars={year: _calendar(year, table) for year, table in _years(calendar)},
    )


def _offices(table: Table) -> Iterator[tuple[Office, list[str]]]:
    seen: set[str] = set()
    for entry in table.get("office", ()):
        code = _code("offices.toml", entry)
        if code in seen:
            raise CatalogueError("offices.toml", code, "code", "listed twice")
        seen.add(code)
        aliases = list(entry.get("aliases", ()))
        short = entry.get("short") or (aliases[0] if aliases else code.upper())
        yield Office(code, _text("offices.toml", entry, "name"), short), aliases


def _aliases(offices: Iterable[tuple[Office, list[str]]]) -> dict[str, str]:
    """Every way to name an office, to its code. An alias belongs to one office of a region."""
    known: dict[str, str] = {}
    for office, aliases in offices:
        for words in map(phrase, (office.code, office.name, *aliases)):
            if known.setdefault(words, office.code) != office.code:
                raise CatalogueError("offices.toml", office.code, "aliases", f"{words!r} is {known[words]}")
    return known


def _entries(table: Table) -> Iterator[Entry]:
    file = "requirements.toml"
    seen: set[str] = set()
    for entry in table.get("requirement", ()):
        code = _code(file, entry)
        requirement = Requirement(
            code=code,
            variant=entry.get("variant", ""),
            short=_text(file, entry, "short"),
            name=_text(file, entry, "name"),
            name_en=entry.get("name_en") or _text(file, entry, "name"),
            family=_text(file, entry, "family"),
        )
        if requirement.key in seen:
            raise CatalogueError(file, requirement.key, "code", "listed twice")
        seen.add(requirement.key)
        yield Entry(
            requirement=requirement,
            every=_member(file, entry, "period", Frequency),
            year_offset=entry.get("year", 0),
            due=_due(file, entry),
            conditional=entry.get("conditional", False),
            needs_review=entry.get("review", True),
            reviewer=entry.get("reviewer", ""),
            spellings=tuple(map(phrase, (*entry.get("spellings", ()), code))),
        )


def _due(file: str, entry: Table) -> DueRule:
    due = entry.get("due")
    if not isinstance(due, dict):
        raise CatalogueError(file, entry["code"], "due", "missing")
    offset = {key: value for key, value in due.items() if key != "anchor"}
    if not offset.keys() <= {"months", "days", "working_days"}:
        raise CatalogueError(file, entry["code"], "due", "months, days, working_days")
    return DueRule(_member(file, {"code": entry["code"], **due}, "anchor", Anchor), **offset)


def _years(calendar: Table) -> Iterator[tuple[int, Table]]:
    for year, table in calendar.items():
        if not year.isdecimal() or len(year) != 4:
            raise CatalogueError("calendar.toml", year, "year", "four digits")
        yield int(year), table


def _calendar(year: int, table: Table) -> Calendar:
    file, anchors = "calendar.toml", [anchor for anchor in Anchor if anchor is not Anchor.PERIOD_END]
    try:
        plan = Period.parse(table["plan"])
    except (KeyError, TypeError, ValueError):
        raise CatalogueError(file, str(year), "plan", "2025-2029") from None
    for anchor in anchors:
        if not isinstance(table.get(anchor), date):
            raise CatalogueError(file, str(year), anchor, "2026-01-31")
    return Calendar(plan, {anchor: table[anchor] for anchor in anchors}, frozenset(table.get("holidays", ())))


def _code(file: str, entry: Table) -> str:
    code = _text(file, {"code": "?", **entry}, "code")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code):
        raise CatalogueError(file, code, "code", "a-z, 0-9, -")
    return code


def _text(file: str, entry: Table, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CatalogueError(file, str(entry.get("code", "")), key, "missing")
    return value.strip()


def _member(file: str, entry: Table, key: str, kind: type[Member]) -> Member:
    try:
        return kind(entry.get(key, ""))
    except ValueError:
        raise CatalogueError(file, str(entry.get("code", "")), key, ", ".join(kind)) from None
