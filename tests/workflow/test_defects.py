"""The commonest defects, counted over what was found and how it stands."""

from __future__ import annotations

import pytest

from workflow import (
    Action,
    Actor,
    CheckItem,
    Database,
    Defect,
    Family,
    Obligation,
    Register,
    common_defects,
)

from .conftest import FIRST_FILE, NEWER_FILE, REQUIREMENTS, SARI, Clock, open_region, small_catalogue

DATED, SIGNED = CheckItem("tanggal", "Bertanggal", "Dated"), CheckItem("ttd", "Ditandatangani")
_LISTS = """
checklist = [
    { code = "tanggal", text = "Bertanggal", text_en = "Dated" },
    { code = "ttd", text = "Ditandatangani" },
]
"""


@pytest.fixture
def register(database: Database, clock: Clock) -> Register:
    """The small region, where all reviewed documents share two items."""
    return open_region(database, clock, small_catalogue(requirements=_LISTS + REQUIREMENTS))


def returned(register: Register, name: str, *findings: str | Defect) -> Obligation:
    seen = register.obligation(name)
    sent = register.perform(Action.SUBMIT, seen, Actor.office(seen.office.code), content=FIRST_FILE)
    return register.perform(Action.RETURN, sent, SARI, findings=findings)


def test_nothing_found_is_nothing_to_tell(database: Database, register: Register) -> None:
    assert common_defects(database, 2026) == []


def test_the_commonest_come_first_with_how_they_stand(database: Database, register: Register) -> None:
    report = returned(
        register, "dinkes/lkjip/2025", Defect("Bertanggal", "tanggal"), Defect("Bertanggal: 2", "tanggal")
    )
    returned(register, "disdik/lkjip/2025", Defect("Bertanggal", "tanggal"), Defect("Ditandatangani", "ttd"))
    register.perform(Action.SUBMIT, report, Actor.office("dinkes"), content=NEWER_FILE)

    first, second = common_defects(database, 2026)

    assert first == (DATED, 3, 2, 1, 2, 0)
    assert second == (SIGNED, 1, 1, 1, 0, 0)


def test_two_documents_share_an_item(database: Database, register: Register) -> None:
    returned(register, "dinkes/lkjip/2025", Defect("Bertanggal", "tanggal"))
    returned(register, "dinkes/pk/2026", Defect("Bertanggal", "tanggal"))

    ((item, times, offices, *_),) = common_defects(database, 2026)

    assert (item, times, offices) == (DATED, 2, 1)


def test_own_words_are_one_line_whatever_they_say(database: Database, register: Register) -> None:
    returned(register, "dinkes/lkjip/2025", "bab 2 kurang", "bab 3 kurang")

    assert common_defects(database, 2026) == [(None, 2, 1, 2, 0, 0)]


def test_what_fell_with_its_decision_was_never_found(database: Database, register: Register) -> None:
    register.perform(Action.UNDO, returned(register, "dinkes/lkjip/2025", Defect("Bertanggal", "tanggal")), SARI)

    assert common_defects(database, 2026) == []


def test_an_item_that_the_catalogue_has_no_longer_keeps_its_words(database: Database, register: Register) -> None:
    returned(register, "dinkes/lkjip/2025", Defect("Bermaterai", "materai"))

    assert common_defects(database, 2026)[0].item == CheckItem("materai", "Bermaterai")


@pytest.mark.parametrize(
    ("year", "family", "office", "times"),
    [
        pytest.param(2026, None, None, 2, id="all"),
        pytest.param(2026, Family.SAKIP, None, 2, id="of the programme"),
        pytest.param(2026, Family.RB, None, 0, id="of another programme"),
        pytest.param(2025, None, None, 0, id="of another year"),
        pytest.param(2026, None, "disdik", 1, id="of one office"),
    ],
)
def test_only_what_is_asked_for_is_counted(
    database: Database, register: Register, year: int, family: Family | None, office: str | None, times: int
) -> None:
    returned(register, "dinkes/lkjip/2025", "satu")
    returned(register, "disdik/pk/2026", "dua")

    assert sum(one.times for one in common_defects(database, year, family, office)) == times


def test_it_is_what_the_findings_say(database: Database, register: Register) -> None:
    """The law: nothing is lost or counted twice on the way through SQL."""
    noted: dict[str, list[str | Defect]] = {
        "dinkes/lkjip/2025": [Defect("Bertanggal", "tanggal"), "x"],
        "disdik/lkjip/2025": [Defect("Ditandatangani", "ttd", 3)],
        "dukcapil/pk/2026": ["y", Defect("Bertanggal: lain", "tanggal", 1)],
    }
    for name, findings in noted.items():
        returned(register, name, *findings)
    found = [one for o in register.obligations(year=2026) for one in register.findings(o)]

    counted = common_defects(database, 2026)

    assert sum(one.times for one in counted) == len(found) == 5
    assert all(one.times == one.open + one.answered + one.accepted for one in counted)
    assert {one.item.code for one in counted if one.item} == {one.defect.code for one in found if one.defect.code}
