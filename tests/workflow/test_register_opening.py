from __future__ import annotations

from datetime import date

import pytest

from tests.workflow.conftest import (
    CALENDAR,
    OFFICES,
    REQUIREMENTS,
    Clock,
    everything,
    small_catalogue,
)
from workflow import (
    Database,
    NoYear,
    Obligation,
    Office,
    Register,
)

OWED_BY_DINKES = [
    ("dinkes/lkjip/2025", date(2026, 2, 28)),
    ("dinkes/pk/2026", date(2026, 2, 2)),
    ("dinkes/pk/2026+perubahan", date(2026, 10, 31)),
    ("dinkes/ukur-tw/2026-q1", date(2026, 4, 15)),
    ("dinkes/ukur-tw/2026-q2", date(2026, 7, 15)),
    ("dinkes/ukur-tw/2026-q3", date(2026, 10, 14)),
    ("dinkes/ukur-tw/2026-q4", date(2027, 1, 18)),
    ("dinkes/dpa/2026", date(2026, 2, 2)),
]
NEXT_YEAR = CALENDAR + CALENDAR.replace("[2026]", "[2027]").replace("dpa = 2026-01-02", "dpa = 2027-01-04")


def test_opening_a_year_makes_every_office_owe_every_requirement(register: Register) -> None:
    owed = register.obligations(year=2026)

    assert [(one.id, one.due) for one in owed if one.office.code == "dinkes"] == OWED_BY_DINKES
    assert len(owed) == 3 * len(OWED_BY_DINKES)


def test_opening_a_year_tells_what_is_new(database: Database, clock: Clock) -> None:
    new = Register(database, clock).open_year(small_catalogue(), 2026)

    assert [name for name in new if name.startswith("dinkes/")] == [name for name, _ in OWED_BY_DINKES]
    assert len(new) == 24


def test_opening_a_year_again_adds_nothing_and_keeps_what_has_moved(
    database: Database, register: Register, approved: Obligation
) -> None:
    before = everything(database)

    assert register.open_year(small_catalogue(), 2026) == []
    assert everything(database) == before


def test_an_open_obligation_keeps_the_due_date_the_unit_and_the_review_that_it_was_opened_with(
    register: Register, missing: Obligation
) -> None:
    changed = REQUIREMENTS.replace("months = 2", "months = 3").replace("biro-organisasi", "inspektorat")
    changed = changed.replace('period = "year"', 'period = "year"\nreview = false', 1)

    register.open_year(small_catalogue(requirements=changed), 2026)

    assert register.obligation(missing.id) == missing


def test_an_open_obligation_takes_over_the_new_name_of_its_office(register: Register, missing: Obligation) -> None:
    renamed = OFFICES.replace("Dinas Kesehatan", "Dinas Kesehatan dan KB").replace("Diskes", "Dinkes KB")

    register.open_year(small_catalogue(offices=renamed), 2026)

    assert register.obligation(missing.id).office == Office("dinkes", "Dinas Kesehatan dan KB", "Dinkes KB")
    assert register.vocabulary().offices["dinkes kb"] == "dinkes"
    assert "diskes" not in register.vocabulary().offices


def test_an_office_that_came_later_is_added_alone(register: Register, approved: Obligation) -> None:
    grown = OFFICES + '[[office]]\ncode = "bpbd"\nname = "Badan Penanggulangan Bencana"\n'

    new = register.open_year(small_catalogue(offices=grown), 2026)

    assert len(new) == 8
    assert {name.partition("/")[0] for name in new} == {"bpbd"}
    assert register.obligation(approved.id) == approved


def test_an_office_that_left_the_catalogue_keeps_what_it_owes(register: Register, approved: Obligation) -> None:
    without = "\n\n".join(part for part in OFFICES.split("\n\n") if "dinkes" not in part)

    register.open_year(small_catalogue(offices=without), 2026)

    assert register.obligation(approved.id) == approved


def test_the_next_year_adds_what_it_collects_anew(register: Register) -> None:
    new = register.open_year(small_catalogue(calendar=NEXT_YEAR), 2027)

    assert [name for name in new if name.startswith("dinkes/l")] == ["dinkes/lkjip/2026"]
    assert register.years() == [2026, 2027]
    assert len(register.obligations(year=2027)) == len(register.obligations(year=2026)) == 24


def test_a_year_without_dates_is_not_opened(database: Database, register: Register) -> None:
    before = everything(database)

    with pytest.raises(NoYear) as none:
        register.open_year(small_catalogue(), 2031)

    assert none.value.year == 2031
    assert everything(database) == before
