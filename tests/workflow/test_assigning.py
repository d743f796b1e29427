"""Who could decide an obligation that is given to them."""

from __future__ import annotations

import pytest

from workflow import Action, Actor, Hat, Obligation, Refusal, Register, Role, Rule, State, judge, unfit

from .conftest import BUDI, DEWI, FIRST_FILE, HADI, RINI, SARI, WATI


def rule(refusal: Refusal | None) -> Rule | None:
    return refusal and refusal.rule


@pytest.mark.parametrize(
    ("person", "against"),
    [
        pytest.param(SARI, None, id="a reviewer of the unit"),
        pytest.param(HADI, None, id="a reviewer of no unit"),
        pytest.param(DEWI, Rule.OTHER_UNIT, id="a reviewer of another unit"),
        pytest.param(BUDI, Rule.WRONG_ROLE, id="an approver, where a review comes first"),
        pytest.param(DEWI._replace(hats=(Hat(Role.REVIEWER, "biro-organisasi"),)), None, id="acting in the unit"),
    ],
)
def test_what_is_to_be_reviewed_is_for_a_reviewer_of_its_unit(
    submitted: Obligation, person: Actor, against: Rule | None
) -> None:
    assert rule(unfit(submitted, person)) is against


def test_what_is_to_be_approved_is_for_other_eyes_than_the_reviewers(reviewed: Obligation) -> None:
    assert unfit(reviewed, BUDI) is None
    assert rule(unfit(reviewed, Actor("sari", Role.ADMINISTRATOR))) is Rule.OTHER_EYES
    assert rule(unfit(reviewed, RINI)) is Rule.WRONG_ROLE


def test_what_has_not_come_yet_may_be_given_to_who_will_review_it(missing: Obligation) -> None:
    assert unfit(missing, SARI) is None
    assert rule(unfit(missing, BUDI)) is Rule.WRONG_ROLE


def test_what_somebody_holds_and_what_is_open_in_it_does_not_speak_against_a_person(
    register: Register, submitted: Obligation
) -> None:
    taken = register.perform(Action.TAKE, submitted, SARI)
    assert isinstance(judge(taken, Action.TAKE, RINI), Refusal)
    assert unfit(taken, RINI) is None

    returned = register.perform(Action.RETURN, taken, SARI, findings=["no date"])
    again = register.perform(Action.SUBMIT, returned, Actor.office("dinkes"), content=FIRST_FILE)
    assert isinstance(judge(again, Action.REVIEW, RINI), Refusal)
    assert unfit(again, RINI) is None


def test_who_sent_it_is_not_to_decide_it(register: Register, missing: Obligation) -> None:
    sent = register.perform(Action.SUBMIT, missing, WATI, content=FIRST_FILE, on_behalf="dinkes")
    refusal = unfit(sent, WATI)

    assert rule(refusal) is Rule.OTHER_EYES
    assert refusal
    assert refusal.obligation == sent
    assert refusal.obligation.state is State.SUBMITTED
