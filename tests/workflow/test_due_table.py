"""Every due date of the shipped catalogue from 2024 to 2027, in one table that a person can read.

Where the catalogue or the calendar of holidays has changed on purpose: `python -m tests.workflow.test_due_table`.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from workflow import Ask, asked_in, read_catalogue_files, shipped_catalogue

TABLE = Path(__file__).with_name("due_dates.tsv")
YEARS = range(2024, 2028)


# What is asked of those alone that are named is asked of one of them.
ASSIGNED = '[[assignment]]\nrequirement = "{key}"\noffices = ["disdukcapil", "pemda"]\nfrom = 2024\n'
DESIGNATED = '[[unit]]\nzi = ["disdukcapil"]\nfrom = 2024\n'


def key(one: dict[str, str]) -> str:
    return f"{one['code']}+{one['variant']}" if "variant" in one else one["code"]


def due_dates() -> list[str]:
    """Document year, requirement, period and due date, each once: all who owe it owe it by then."""
    shipped = shipped_catalogue("Provinsi Lampung", 2026)
    requirements = tomllib.loads(shipped["requirements.toml"])["requirement"]
    assigned = "".join(ASSIGNED.format(key=key(one)) for one in requirements if one["ask"] == Ask.ASSIGNED)
    texts = {name: text.encode() for name, text in (shipped | {"assignments.toml": assigned + DESIGNATED}).items()}
    catalogue = read_catalogue_files(texts)
    rows = dict.fromkeys(
        (year, one.requirement.key, str(one.period), one.due) for year in YEARS for one in asked_in(catalogue, year)
    )
    return ["\t".join(map(str, row)) for row in rows]


def test_every_due_date_is_that_of_the_table() -> None:
    assert due_dates() == TABLE.read_text(encoding="utf-8").splitlines()


def test_every_requirement_that_is_asked_for_is_in_the_table() -> None:
    shipped = tomllib.loads(shipped_catalogue("Provinsi Lampung", 2026)["requirements.toml"])["requirement"]
    told = {line.split("\t")[1] for line in TABLE.read_text(encoding="utf-8").splitlines()}

    assert told == {key(one) for one in shipped if one["ask"] != Ask.NEVER}


@pytest.mark.parametrize(
    ("year", "name", "due"),
    [
        pytest.param(2024, "lkjip\t2023", date(2024, 2, 29), id="a leap day"),
        pytest.param(2026, "lkjip\t2025", date(2026, 2, 28), id="no leap day"),
        pytest.param(2026, "lkjip-pemda\t2025", date(2026, 3, 31), id="the region: three months"),
        pytest.param(2025, "ukur-tw\t2025-q1", date(2025, 4, 22), id="ten working days over Lebaran"),
    ],
)
def test_what_the_regulation_says_is_in_the_table(year: int, name: str, due: date) -> None:
    assert f"{year}\t{name}\t{due}" in TABLE.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    TABLE.write_text("\n".join(due_dates()) + "\n", encoding="utf-8")
