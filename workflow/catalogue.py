"""What a region asks of whom: offices, requirements and dates, read from the tables of the bureau's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from workflow import tables
from workflow.errors import CatalogueError
from workflow.periods import Period
from workflow.tables import Table, phrase

_OFFICE_KEYS = frozenset({"code", "name", "short", "aliases", "checked"})
_REQUIREMENT_KEYS = frozenset(
    "code variant short name name_en family period year due conditional review reviewer chapters spellings source"
    " sure".split()
)
_DUE_KEYS = frozenset({"code", "anchor", "months", "days", "working_days"})


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
    chapters: tuple[str, ...] = ()


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


def read_catalogue(offices: Table, requirements: Table, calendar: Table) -> Catalogue:
    """Read the parsed tables of offices.toml, requirements.toml and calendar.toml.

    Raises CatalogueError naming the file and the entry; nothing of a wrong catalogue is used.
    """
    listed = tuple(_offices(offices))
    return Catalogue(
        region=tables.text("offices.toml", offices, "region"),
        offices=tuple(office for office, _ in listed),
        aliases=_aliases(listed),
        entries=tuple(_entries(requirements)),
        lookalikes=tuple(map(phrase, tables.words("requirements.toml", requirements, "lookalikes"))),
        calendars={year: _calendar(year, table) for year, table in _years(calendar)},
    )


def _offices(table: Table) -> Iterator[tuple[Office, list[str]]]:
    file, seen = "offices.toml", set[str]()
    for entry in tables.tables(file, table, "office", _OFFICE_KEYS):
        code = tables.code(file, entry)
        tables.once(file, seen, code, code, "code")
        aliases = tables.words(file, entry, "aliases")
        short = tables.text(file, entry, "short") if "short" in entry else aliases[0] if aliases else code.upper()
        yield Office(code, tables.text(file, entry, "name"), short), aliases


def _aliases(offices: Iterable[tuple[Office, list[str]]]) -> dict[str, str]:
    """Every way to name an office, to its code. An alias belongs to one office of a region."""
    known: dict[str, str] = {}
    for office, aliases in offices:
        for words in map(phrase, (office.code, office.name, *aliases)):
            if known.setdefault(words, office.code) != office.code:
                raise CatalogueError("offices.toml", office.code, "aliases", f"{words!r} is {known[words]}")
    return known


def _entries(table: Table) -> Iterator[Entry]:
    file, keys, shorts = "requirements.toml", set[str](), set[str]()
    for entry in tables.tables(file, table, "requirement", _REQUIREMENT_KEYS):
        code = tables.code(file, entry)
        requirement = Requirement(
            code=code,
            variant=tables.code(file, entry, "variant") if entry.get("variant") else "",
            short=tables.text(file, entry, "short"),
            name=tables.text(file, entry, "name"),
            name_en=tables.text(file, entry, "name_en" if "name_en" in entry else "name"),
            family=tables.text(file, entry, "family"),
        )
        tables.once(file, keys, requirement.key, code, "code")
        tables.once(file, shorts, requirement.short, code, "short")
        if len(requirement.short) != 2:
            raise CatalogueError(file, code, "short", "two characters")
        yield Entry(
            requirement=requirement,
            every=tables.member(file, entry, "period", Frequency),
            year_offset=tables.number(file, entry, "year", -5, 5),
            due=_due(file, entry),
            conditional=tables.flag(file, entry, "conditional", default=False),
            needs_review=tables.flag(file, entry, "review", default=True),
            reviewer=tables.code(file, entry, "reviewer") if entry.get("reviewer") else "",
            spellings=tuple(map(phrase, (*tables.words(file, entry, "spellings"), code))),
            chapters=tuple(tables.words(file, entry, "chapters")),
        )


def _due(file: str, entry: Table) -> DueRule:
    due = entry.get("due")
    if not isinstance(due, dict):
        raise CatalogueError(file, entry["code"], "due", "missing")
    rule = {"code": entry["code"], **due}
    tables.known(file, rule, _DUE_KEYS)
    return DueRule(
        tables.member(file, rule, "anchor", Anchor),
        months=tables.number(file, rule, "months", 0, 120),
        days=tables.number(file, rule, "days", 0, 3660),
        working_days=tables.number(file, rule, "working_days", 0, 1000),
    )


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
    holidays = table.get("holidays", [])
    if not isinstance(holidays, list) or not all(isinstance(day, date) for day in holidays):
        raise CatalogueError(file, str(year), "holidays", "[2026-03-31]")
    return Calendar(plan, {anchor: table[anchor] for anchor in anchors}, frozenset(holidays))
