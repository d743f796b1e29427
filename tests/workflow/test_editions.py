"""A requirement is kept as it was worded: it is read again, and what was written before is read still."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.conftest import ANI, REQUIREMENTS, Clock, small_catalogue
from workflow import Anchor, CheckItem, Database, DueRule, Family, Register, Requirement
from workflow.calendars import MonthDay
from workflow.editions import Edition

AGREEMENT = Requirement("pk", "", "PK", "Perjanjian Kinerja", "Agreement", Family.SAKIP)
TEXTS = 'checklist = ["Bertanggal", "Ditandatangani"]'
ITEMS = 'checklist = [{ code = "tanggal", text = "Bertanggal" }, { code = "ttd", text = "Ditandatangani" }]'
TODAY = date(2026, 1, 5)

_codes, _word, _words = st.sampled_from(["1", "2", "3", "ttd"]), st.text(min_size=1, max_size=4), st.text(max_size=4)
_items = st.builds(CheckItem, _codes, _word, _words, _words)


def worded(said: str) -> str:
    return REQUIREMENTS.replace('code = "lkjip"', f'code = "lkjip"\n{said}')


@given(st.lists(_items, max_size=4).map(tuple))
def test_what_is_written_is_read_again(checklist: tuple[CheckItem, ...]) -> None:
    due = DueRule(Anchor.FIXED, grace=3, fixed=MonthDay(2, 28))
    requirement = AGREEMENT._replace(checklist=checklist, due=due, chapters=("Pendahuluan", "Penutup"))

    assert Edition.of(requirement).requirement() == requirement


def test_words_of_before_items_had_codes_are_read_with_codes_by_place() -> None:
    words = json.dumps({**json.loads(Edition.of(AGREEMENT).words), "checklist": ["Bertanggal", "Ditandatangani"]})

    assert Edition("", words).requirement().checklist == (
        *(CheckItem("1", "Bertanggal"), CheckItem("2", "Ditandatangani")),
    )


def test_a_list_of_texts_keeps_the_hash_that_it_had_before_items_had_codes() -> None:
    words = json.dumps(
        {**json.loads(Edition.of(AGREEMENT).words), "checklist": ["Bertanggal", "Ditandatangani"]}, sort_keys=True
    )

    requirement = AGREEMENT._replace(checklist=(CheckItem("1", "Bertanggal"), CheckItem("2", "Ditandatangani")))

    assert Edition.of(requirement).digest == sha256(words.encode()).hexdigest()


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(CheckItem("2", "Bertanggal"), id="out of its place"),
        pytest.param(CheckItem("1", "Bertanggal", "Dated"), id="in English too"),
        pytest.param(CheckItem("1", "Bertanggal", "", "Umum"), id="in a group"),
    ],
)
def test_another_item_is_another_edition(item: CheckItem) -> None:
    plain = AGREEMENT._replace(checklist=(CheckItem("1", "Bertanggal"),))

    assert Edition.of(AGREEMENT._replace(checklist=(item,))).digest != Edition.of(plain).digest


def test_a_year_that_was_opened_with_texts_has_them_until_items_with_codes_are_applied_on_word(
    database: Database, clock: Clock
) -> None:
    register = Register(database, clock)
    before, after = (small_catalogue(requirements=worded(said)) for said in (TEXTS, ITEMS))
    register.open_year(before, 2026)
    assert register.difference(before, 2026, TODAY).changes == ()

    found = register.difference(after, 2026, TODAY)
    assert {change.obligation.requirement.code for change in found.changes} == {"lkjip"}
    assert [item.code for item in register.obligation("dinkes/lkjip/2025").requirement.checklist] == ["1", "2"]

    register.apply(after, found, ANI, "SE 5/2026")
    checklist = register.obligation("dinkes/lkjip/2025").requirement.checklist
    assert [item.code for item in checklist] == ["tanggal", "ttd"]
