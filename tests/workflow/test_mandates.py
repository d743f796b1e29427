"""Whoever acts for somebody else stays who they are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.workflow.conftest import ANI, FIRST_FILE, SARI, WATI, Clock
from workflow import (
    Action,
    Actor,
    Database,
    Mandates,
    Obligation,
    Queue,
    Refused,
    Register,
    Role,
    Rule,
    Terms,
    queued,
)

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
TONO = Actor("tono", Role.OFFICE, "dinkes")
LILIS = Actor("lilis", Role.OFFICE, "disdik")


@pytest.fixture
def mandates(database: Database, clock: Clock) -> Mandates:
    return Mandates(database, clock)


@pytest.mark.parametrize("action", [Action.REVIEW, Action.TAKE])
def test_an_offices_people_decide_on_nothing_of_their_own_office_whatever_mandate_they_hold(
    register: Register, mandates: Mandates, submitted: Obligation, action: Action
) -> None:
    """The drop folder bears the office's name, not that of whoever laid the file into it."""
    mandates.delegate(SARI, "tono", BEGINS, ENDS, "cuti")
    mandates.grant(WATI, "lilis", Role.REVIEWER, "", BEGINS, ENDS, "pelaksana harian")

    with pytest.raises(Refused) as refused:
        register.perform(action, submitted, TONO)

    assert refused.value.refusal.rule is Rule.OTHER_EYES
    assert register.perform(action, submitted, LILIS).last_actor is not None


def test_an_offices_people_decide_on_nothing_that_their_office_sent_before_it_went_to_another(
    register: Register, mandates: Mandates, submitted: Obligation
) -> None:
    mandates.delegate(SARI, "tono", BEGINS, ENDS, "cuti")
    moved = register.perform(Action.HAND_OVER, submitted, ANI, note="digabung", terms=Terms(office="disdik"))

    refusal = register.why_not(Action.REVIEW, moved, TONO)
    assert refusal is not None
    assert refusal.rule is Rule.OTHER_EYES


def test_what_a_terminal_would_obey_in_a_name_makes_no_second_person_of_it(
    register: Register, missing: Obligation
) -> None:
    sent = register.perform(
        Action.SUBMIT, missing, Actor("rahmat\u200b", Role.BUREAU), content=FIRST_FILE, on_behalf="dinkes"
    )

    with pytest.raises(Refused) as refused:
        register.perform(Action.REVIEW, sent, Actor("rahmat\u200b", Role.ADMINISTRATOR))

    assert refused.value.refusal.rule is Rule.OTHER_EYES


def test_what_waits_for_somebody_waits_for_whoever_takes_their_place(
    register: Register, mandates: Mandates, submitted: Obligation
) -> None:
    held = register.perform(Action.TAKE, submitted, SARI)
    rini = Actor("rini", Role.LEADER)
    today = date(2026, 1, 5)
    assert queued([held], Queue.MINE, register.acting(rini), today) == []

    mandates.delegate(SARI, "rini", BEGINS, ENDS, "cuti")

    assert queued([held], Queue.MINE, register.acting(rini), today) == [held]
