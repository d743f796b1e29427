"""The registers of regions, with the years open that a measurement needs."""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.labelled import FOR_A_PERSON, Label, Truth, code, rows
from inbox import Recogniser
from workflow import Catalogue, Database, Obligation, Period, Register, phrase, read_catalogue, shipped_catalogue

SHIPPED = "Provinsi Lampung"
YEARS = range(2019, 2029)
PLANS = (Period(2019, 2023), Period(2020, 2024), Period(2021, 2026), Period(2024, 2026), Period(2025, 2029))
# Without its part of the year such a document is not told of.
_PART_OF_A_YEAR = {"quarter": "q", "semester": "s", "month": "m"}

# `Disbunnak (old)`, `Sekretariat Daerah (with Bagian Organisasi)`: a remark about the name, not a part of it.
_REMARK = re.compile(r"\s*\([^)]*\)")

_Offices = list[dict[str, Any]]


class Region(NamedTuple):
    """A region with many years open, and a recogniser that knows it and files whatever it can, however unsure."""

    catalogue: Catalogue
    recogniser: Recogniser

    def holds_everything(self, truth: Truth) -> bool:
        """Whether what is true of a file is enough to file it here: an aim is measured on these alone."""
        entries = {entry.requirement.key: entry for entry in self.catalogue.entries}
        entry = entries.get(f"{truth.requirement}+{truth.variant}" if truth.variant else str(truth.requirement))
        if entry is None or not truth.is_whole or not truth.years:
            return False
        letter = _PART_OF_A_YEAR.get(entry.every, "")
        is_told = truth.part is None or truth.part.startswith(letter)
        return is_told and self.is_office(truth.office)

    def has(self, part: str, value: str | None) -> bool:
        """Whether this is something that could be found of a part, here."""
        if part == "office":
            return self.is_office(value)
        if part == "requirement":
            return any(entry.requirement.code == value for entry in self.catalogue.entries)
        return value not in (None, "", FOR_A_PERSON)

    def is_office(self, code: str | None) -> bool:
        """Whether an office of this code owes documents here."""
        return any(office.code == code for office in self.catalogue.offices)


def shipped() -> Region:
    """Provinsi Lampung as it is shipped."""
    return _region(tomllib.loads(shipped_catalogue(SHIPPED, 2026)["offices.toml"]), YEARS, PLANS)


def registers(tables: Sequence[Path], labels: Iterable[Label]) -> dict[str, Region]:
    """A region for each that the labels name, with the years open that they tell of.

    Offices without a region are for all who have none of their own; where there is no such table, all offices are.
    """
    lines = [row for table in tables for row in rows(table)]
    common = [row for row in lines if not row.get("region")] or lines
    truths = [label.truth for label in labels]
    plans = {Period.parse(truth.years) for truth in truths if truth.years}
    # What a report is about lies a year before the year in which it is collected.
    years = {year + later for plan in plans for year in (plan.first_year, plan.last_year) for later in (0, 1)}
    found = {}
    for region in sorted({label.region for label in labels}):
        own = [row for row in lines if row.get("region") == region] if region else []
        table = {"region": region or "Uji", "office": _offices(own or common)}
        ranges = {plan for plan in plans if plan.last_year > plan.first_year}
        found[region] = _region(table, sorted({*YEARS, *years}), sorted({*PLANS, *ranges}))
    return found


def _region(offices: dict[str, Any], years: Sequence[int], plans: Sequence[Period]) -> Region:
    # A year has one plan; opened once for each plan, it is owed for all of them.
    pairs = zip(years, cycle(plans)) if len(years) >= len(plans) else zip(cycle(years), plans)
    catalogues = [(year, _catalogue(offices, year, plan)) for year, plan in pairs]
    with tempfile.TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "pantau.db")
        register = Register(database, lambda: datetime.now(UTC))
        with register.writing():
            for year, catalogue in catalogues:
                register.open_year(catalogue, year)
        owed: dict[str, list[Obligation]] = {office.code: [] for office in register.offices()}
        for obligation in register.obligations():
            owed[obligation.office.code].append(obligation)
        recogniser = Recogniser(register.vocabulary(), owed.__getitem__, threshold=0.0)
        database.close()
    return Region(catalogues[0][1], recogniser)


def _catalogue(offices: dict[str, Any], year: int, plan: Period) -> Catalogue:
    """The shipped catalogue with all of it asked of everybody: what is filed is a matter of reading alone."""
    files = shipped_catalogue(offices["region"], year)
    requirements, calendar = tomllib.loads(files["requirements.toml"]), tomllib.loads(files["calendar.toml"])
    for one in requirements["requirement"]:
        one.update(ask="all", need="required", level="region" if one.get("level") == "region" else "office")
    calendar[str(year)] = {"plan": str(plan)}
    return read_catalogue(offices, requirements, calendar)


def _offices(lines: Sequence[dict[str, str]]) -> _Offices:
    """The offices of these lines. Words that two of them claim are left to the first, its code and name before all.

    A catalogue would refuse such a clash; a measurement says so and goes on.
    """
    owner: dict[str, str] = {}
    found: dict[str, dict[str, Any]] = {}
    for row in lines:
        name = _REMARK.sub("", row["name"]).strip()
        office = found.setdefault(code(row["code"]), {"code": code(row["code"]), "name": name, "aliases": []})
        for words in (row["code"], name):
            owner.setdefault(phrase(words), office["code"])
    clashes = []
    for row in lines:
        office = found[code(row["code"])]
        for words in filter(phrase, (row["code"], *_REMARK.sub("", row.get("aliases", "")).split(";"))):
            if owner.setdefault(phrase(words), office["code"]) == office["code"]:
                office["aliases"].append(words.strip())
            else:
                clashes.append(words.strip())
    if clashes:
        sys.stderr.write(f"claimed by two offices, left to the first: {', '.join(clashes)}\n")
    return [office for office in found.values() if owner[phrase(office["name"])] == office["code"]]
