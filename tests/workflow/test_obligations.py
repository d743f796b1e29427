from __future__ import annotations

from datetime import date

import pytest

from tests.workflow.conftest import ANI, DINKES, FIRST_FILE, NEWER_FILE, SARI
from workflow import Action, Obligation, Register, Role

DUE = date(2026, 2, 28)


@pytest.mark.parametrize(
    ("office", "name"),
    [
        pytest.param("dinkes", "dinkes/lkjip/2025", id="year"),
        pytest.param("disdik", "disdik/ukur-tw/2026-q1", id="quarter"),
        pytest.param("dinkes", "dinkes/pk/2026", id="first document"),
        pytest.param("dinkes", "dinkes/pk/2026+perubahan", id="variant"),
    ],
)
def test_an_obligation_is_named_by_the_key_that_a_person_can_type(register: Register, office: str, name: str) -> None:
    assert name in [obligation.id for obligation in register.obligations(office=office)]


def test_an_obligation_begins_missing(missing: Obligation) -> None:
    assert missing.is_missing
    assert (missing.seq, missing.round, missing.content, missing.last_action) == (0, 0, None, None)


def test_what_was_withdrawn_is_not_missing(register: Register, submitted: Obligation) -> None:
    assert not register.perform(Action.WITHDRAW, submitted, DINKES, note="salah berkas").is_missing


def test_on_its_due_date_it_is_not_overdue_yet(missing: Obligation) -> None:
    assert missing.due == DUE
    assert not missing.is_overdue(DUE)
    assert missing.is_overdue(date(2026, 3, 1))


def test_in_its_days_of_grace_it_is_still_due_soon(missing: Obligation) -> None:
    rule = missing.requirement.due._replace(grace=3)
    graced = missing._replace(requirement=missing.requirement._replace(due=rule))

    days = [date(2026, 2, 13), date(2026, 2, 14), DUE, date(2026, 3, 3), date(2026, 3, 4)]
    assert [graced.is_due_soon(day) for day in days] == [False, True, True, True, False]
    assert [graced.is_overdue(day) for day in days] == [False, False, False, False, True]


def test_what_is_approved_is_never_overdue(reviewed: Obligation, approved: Obligation) -> None:
    assert reviewed.is_overdue(date(2026, 12, 31))
    assert not approved.is_overdue(date(2026, 12, 31))


def test_a_conditional_one_is_owed_only_once_something_has_arrived(register: Register) -> None:
    change = register.obligation("dinkes/pk/2026+perubahan")
    arrived = register.perform(Action.SUBMIT, change, DINKES, content=FIRST_FILE)

    assert not change.is_owed
    assert not change.is_overdue(date(2027, 12, 31))
    assert arrived.is_owed
    assert arrived.is_overdue(date(2027, 12, 31))


def test_it_is_returned_until_a_newer_file_arrives(register: Register, submitted: Obligation) -> None:
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["Tabel 3.1 kosong"])
    repaired = register.perform(Action.SUBMIT, returned, DINKES, content=NEWER_FILE)

    assert (submitted.is_returned, returned.is_returned, repaired.is_returned) == (False, True, False)


def test_a_draft_that_nobody_returned_is_not_returned(register: Register, submitted: Obligation) -> None:
    assert not register.perform(Action.WITHDRAW, submitted, DINKES, note="salah berkas").is_returned


def test_whose_turn_it_is_follows_the_state(
    missing: Obligation, submitted: Obligation, reviewed: Obligation, approved: Obligation
) -> None:
    turns = [obligation.turn for obligation in (missing, submitted, reviewed, approved)]

    assert turns == [Role.OFFICE, Role.REVIEWER, Role.APPROVER, None]


def test_without_a_review_it_is_the_approvers_turn_at_once(register: Register) -> None:
    budget = register.obligation("dinkes/dpa/2026")

    assert register.perform(Action.SUBMIT, budget, DINKES, content=FIRST_FILE).turn is Role.APPROVER


def test_more_time_moves_the_due_date_and_nothing_else(register: Register, submitted: Obligation) -> None:
    extended = register.perform(Action.EXTEND, submitted, ANI, note="banjir", due=date(2026, 3, 15))

    assert extended.due == date(2026, 3, 15)
    assert extended.state is submitted.state
    assert (extended.content, extended.submitter, extended.round) == (FIRST_FILE, "dinkes", 1)
