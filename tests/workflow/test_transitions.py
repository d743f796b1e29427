from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from tests.workflow.conftest import ANI, BUDI, DEWI, DINKES, DISDIK, FIRST_FILE, HADI, SARI, WATI
from workflow import (
    TRANSITIONS,
    Action,
    Actor,
    Check,
    Defect,
    Duty,
    FindingState,
    Hat,
    Mark,
    Obligation,
    ObligationId,
    Office,
    Period,
    Permit,
    Refusal,
    Refused,
    Requirement,
    Role,
    Rule,
    State,
    Transition,
    is_allowed,
    judge,
)
from workflow.statements import Statement, lacking
from workflow.trail import step
from workflow.transitions import Eyes, Needs
from workflow.windows import Window, Windows

D, S, R, A = State.DRAFT, State.SUBMITTED, State.REVIEWED, State.APPROVED
OFFICE, REVIEWER, APPROVER, BUREAU = (Role.OFFICE,), (Role.REVIEWER,), (Role.APPROVER,), (Role.BUREAU,)
ASSIGNING = (Role.BUREAU, Role.REVIEWER, Role.APPROVER)
TALKING = (Role.OFFICE, Role.REVIEWER, Role.APPROVER, Role.BUREAU, Role.LEADER)

# Section 3 of the design: from, action, to, who, what has to be handed in, whose eyes it must not be.
THE_MACHINE = [
    (D, Action.SAVE, D, OFFICE, {"file"}, set()),
    (D, Action.SUBMIT, S, OFFICE, {"file", "window"}, set()),
    (S, Action.SUBMIT, S, OFFICE, {"file", "window"}, set()),
    (R, Action.SUBMIT, S, OFFICE, {"file", "window"}, set()),
    (S, Action.WITHDRAW, D, OFFICE, {"note"}, set()),
    (S, Action.REVIEW, R, REVIEWER, {"window"}, {"submitter"}),
    (S, Action.RETURN, D, REVIEWER, {"findings", "window"}, set()),
    (S, Action.APPROVE, A, APPROVER, {"window"}, {"submitter"}),
    (R, Action.APPROVE, A, APPROVER, {"window"}, {"submitter", "reviewer"}),
    (R, Action.RETURN, D, APPROVER, {"findings", "window"}, set()),
    (A, Action.REOPEN, D, APPROVER, {"note"}, set()),
    (D, Action.EXTEND, D, BUREAU, {"note", "date"}, set()),
    (S, Action.EXTEND, S, BUREAU, {"note", "date"}, set()),
    (R, Action.EXTEND, R, BUREAU, {"note", "date"}, set()),
    (D, Action.DECLARE, D, BUREAU, {"note"}, set()),
    (D, Action.WAIVE, D, BUREAU, {"note"}, set()),
    (D, Action.REINSTATE, D, BUREAU, {"note"}, set()),
    *((state, Action.ADMIT, state, BUREAU, {"note"}, set()) for state in (D, S, R)),
    *((state, Action.AMEND, state, BUREAU, {"note", "terms"}, set()) for state in (D, S, R)),
    *((state, Action.HAND_OVER, state, BUREAU, {"note", "terms"}, set()) for state in (D, S, R)),
    (S, Action.TAKE, S, (Role.REVIEWER, Role.APPROVER), set(), {"submitter"}),
    (R, Action.TAKE, R, APPROVER, set(), {"submitter", "reviewer"}),
    *((state, Action.ASSIGN, state, ASSIGNING, {"holder"}, set()) for state in (D, S, R)),
    *((state, Action.COMMENT, state, TALKING, {"note"}, set()) for state in (D, S, R, A)),
    (D, Action.ANSWER, D, OFFICE, {"note", "finding"}, set()),
    (S, Action.ANSWER, S, OFFICE, {"note", "finding"}, set()),
    (S, Action.ACCEPT, S, REVIEWER, {"finding"}, {"submitter"}),
    (R, Action.ACCEPT, R, APPROVER, {"finding"}, {"submitter", "reviewer"}),
    (S, Action.OPEN_AGAIN, S, REVIEWER, {"note", "finding"}, {"submitter"}),
    (R, Action.OPEN_AGAIN, R, APPROVER, {"note", "finding"}, {"submitter", "reviewer"}),
]
# A waiver and what takes it back depend on the duty as well, and are asked for below.
OF_DUTY = {Action.DECLARE, Action.REINSTATE}
# So do these on what was found.
OF_FINDINGS = {Action.ANSWER, Action.ACCEPT, Action.OPEN_AGAIN}
WHO = {(source, action): roles for source, action, _, roles, _, _ in THE_MACHINE}
NEEDS = {
    "file": Needs.CONTENT,
    "note": Needs.NOTE,
    "findings": Needs.FINDINGS,
    "date": Needs.DATE,
    "terms": Needs.TERMS,
    "window": Needs.WINDOW,
    "holder": Needs.HOLDER,
    "finding": Needs.FINDING,
}
EYES = {"submitter": Eyes.NOT_SUBMITTER, "reviewer": Eyes.NOT_REVIEWER}
NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
GOOD, BAD = Check("judul", Mark.NOT_APPLICABLE), Check("tabel", Mark.NOT_FOUND, 12, "kosong")
ONE_OF_EACH = [
    DINKES,
    SARI,
    BUDI,
    ANI,
    WATI,
    Actor("joko", Role.LEADER),
    Actor("tuti", Role.AUDITOR),
]


def lkjip(
    state: State, *, needs_review: bool = True, submitter: str = "tono", reviewer: str | None = "rini"
) -> Obligation:
    """The LKjIP of Dinas Kesehatan in this state, submitted by Tono and reviewed by Rini."""
    return Obligation(
        id=ObligationId("dinkes/lkjip/2025"),
        office=Office("dinkes", "Dinas Kesehatan"),
        requirement=Requirement("lkjip", "", "LK", "Laporan Kinerja", "Performance report", "SAKIP"),
        period=Period(2025, 2025),
        year=2026,
        unit="biro-organisasi",
        needs_review=needs_review,
        duty=Duty.OWED,
        due=date(2026, 2, 28),
        seq=0 if state is D else 2,
        state=state,
        round=0 if state is D else 1,
        content=None if state is D else FIRST_FILE,
        submitter=None if state is D else submitter,
        hands=() if state is D else (submitter,),
        readers=(reviewer,) if state in (R, A) and reviewer else (),
        reviewer=reviewer if state in (R, A) else None,
        review_seq=2 if state in (R, A) and reviewer else None,
        last_action=None,
        last_actor=None,
        last_at=None,
    )


def refusal(obligation: Obligation, action: Action, actor: Actor, *, on_behalf: str = "") -> Refusal:
    verdict = judge(obligation, action, actor, on_behalf=on_behalf)
    assert isinstance(verdict, Refusal)
    return verdict


def test_the_table_is_the_one_of_the_design() -> None:
    rows = [
        (
            *(row.source, row.action, row.target, row.roles),
            {word for word, need in NEEDS.items() if need in row.needs},
            {word for word, eyes in EYES.items() if eyes in row.eyes},
        )
        for row in TRANSITIONS
    ]

    assert rows == THE_MACHINE


def test_only_the_approval_without_review_is_kept_from_what_needs_one() -> None:
    assert [(row.source, row.action) for row in TRANSITIONS if row.unless_reviewed_first] == [(S, Action.APPROVE)]


@pytest.mark.parametrize("actor", ONE_OF_EACH, ids=lambda actor: actor.role)
def test_everyone_may_do_what_the_table_gives_to_their_role_and_nothing_else(actor: Actor) -> None:
    """An administrator has every role; a leader only talks, and an auditor not even that."""
    obligations = {state: lkjip(state, needs_review=False) for state in State}
    allowed = {
        (state, action) for state, action in product(State, Action) if is_allowed(obligations[state], action, actor)
    }

    assert allowed == {
        move
        for move, roles in WHO.items()
        if actor.role in (*roles, Role.ADMINISTRATOR)
        and move[1] not in OF_DUTY | OF_FINDINGS
        and (move != (S, Action.TAKE) or actor.role is not Role.REVIEWER)  # nothing here is theirs to decide
    }


@pytest.mark.parametrize(
    ("state", "finding", "actor", "allowed"),
    [
        pytest.param(D, FindingState.OPEN, DINKES, {Action.ANSWER}, id="the office answers"),
        pytest.param(D, FindingState.ACCEPTED, DINKES, set(), id="nothing left to answer"),
        pytest.param(D, FindingState.FALLEN, DINKES, set(), id="what fell needs no answer"),
        pytest.param(S, FindingState.ANSWERED, DINKES, {Action.ANSWER}, id="and once more"),
        pytest.param(S, FindingState.OPEN, SARI, {Action.ACCEPT}, id="the reviewer lets it be"),
        pytest.param(S, FindingState.ANSWERED, SARI, {Action.ACCEPT, Action.OPEN_AGAIN}, id="the reviewer looks"),
        pytest.param(S, FindingState.ACCEPTED, SARI, {Action.OPEN_AGAIN}, id="the reviewer thinks again"),
        pytest.param(S, FindingState.FALLEN, SARI, set(), id="what fell stays down"),
        pytest.param(S, FindingState.ANSWERED, BUDI, set(), id="the approver waits for the review"),
        pytest.param(R, FindingState.ACCEPTED, SARI, set(), id="passed on and out of the reviewer's hands"),
        pytest.param(R, FindingState.ACCEPTED, BUDI, {Action.OPEN_AGAIN}, id="the approver disagrees"),
        pytest.param(R, FindingState.OPEN, BUDI, {Action.ACCEPT}, id="the approver is content"),
        pytest.param(A, FindingState.ACCEPTED, WATI, set(), id="approved with all of it"),
    ],
)
def test_what_may_be_said_of_a_finding_depends_on_how_it_stands(
    state: State, finding: FindingState, actor: Actor, allowed: set[Action]
) -> None:
    found = lkjip(state)._replace(findings=(finding,))

    assert {action for action in OF_FINDINGS if is_allowed(found, action, actor)} == allowed


@pytest.mark.parametrize(
    ("state", "action", "actor"),
    [(S, Action.REVIEW, SARI), (R, Action.APPROVE, BUDI)],
    ids=["review", "approve"],
)
def test_nothing_is_passed_on_with_an_open_finding(state: State, action: Action, actor: Actor) -> None:
    found = lkjip(state)._replace(findings=(FindingState.ACCEPTED, FindingState.OPEN, FindingState.FALLEN))

    assert refusal(found, action, actor).rule is Rule.FINDINGS_OPEN
    assert is_allowed(found._replace(findings=(FindingState.ANSWERED, FindingState.FALLEN)), action, actor)


def test_whoever_decides_next_takes_it() -> None:
    assert is_allowed(lkjip(S), Action.TAKE, SARI)
    assert refusal(lkjip(S), Action.TAKE, BUDI).rule is Rule.WRONG_ROLE
    assert is_allowed(lkjip(S, needs_review=False), Action.TAKE, BUDI)
    assert is_allowed(lkjip(R), Action.TAKE, BUDI)


@pytest.mark.parametrize("action", [Action.TAKE, Action.ASSIGN])
def test_only_the_bureau_takes_from_one_reviewer_what_another_is_to_decide(action: Action) -> None:
    held = lkjip(S)._replace(holder="rini")

    assert refusal(held, action, SARI).rule is Rule.HELD_BY_ANOTHER
    assert is_allowed(held, action, Actor("rini", Role.REVIEWER))
    assert is_allowed(held, Action.ASSIGN, ANI)


# --- hats ---


def test_a_hat_lends_its_role_and_its_unit_and_the_answer_says_for_whom() -> None:
    sari = SARI._replace(hats=(Hat(Role.APPROVER, "", "budi"),))

    permit = judge(lkjip(R), Action.APPROVE, sari)

    assert isinstance(permit, Permit)
    assert (permit.actor.name, permit.actor.role, permit.actor.on_behalf) == ("sari", Role.APPROVER, "budi")


@pytest.mark.parametrize(
    ("reviewer", "submitter"),
    [
        pytest.param("sari", "tono", id="their own review"),
        pytest.param("budi", "tono", id="the review of the one whose place they take"),
        pytest.param("rini", "sari", id="their own file"),
        pytest.param("rini", "budi", id="the file of the one whose place they take"),
    ],
)
def test_under_a_hat_one_has_the_eyes_of_both(reviewer: str, submitter: str) -> None:
    sari = SARI._replace(hats=(Hat(Role.APPROVER, "", "budi"),))

    assert refusal(lkjip(R, reviewer=reviewer, submitter=submitter), Action.APPROVE, sari).rule is Rule.OTHER_EYES


def test_a_hat_of_no_use_here_has_nothing_to_say() -> None:
    dewi = DEWI._replace(hats=(Hat(Role.BUREAU),))

    assert refusal(lkjip(S), Action.REVIEW, dewi).rule is Rule.OTHER_UNIT


def test_a_reviewer_reviews_for_another_unit_under_its_hat() -> None:
    dewi = DEWI._replace(hats=(Hat(Role.REVIEWER, "biro-organisasi", "sari"),))

    assert is_allowed(lkjip(S), Action.REVIEW, dewi)


@pytest.mark.parametrize("on_behalf", ["dinkes", "sari"])
def test_no_decision_is_outside_its_window_for_being_made_for_another(on_behalf: str) -> None:
    """Only what others file for an office is their decision and not the calendar's."""
    closed = Windows(Window(NOON, NOON + timedelta(days=1)), Window(NOON, NOON + timedelta(days=1)))
    early, sari = NOON - timedelta(hours=1), SARI._replace(hats=(Hat(Role.APPROVER, "", "budi"),))
    waiting, missing = lkjip(R)._replace(windows=closed), lkjip(D)._replace(windows=closed)

    with pytest.raises(Refused) as refused:
        step(waiting, Action.APPROVE, sari, Statement(on_behalf=on_behalf), at=early)
    filed = step(missing, Action.SUBMIT, ANI, Statement(content=FIRST_FILE, on_behalf="dinkes"), at=early)

    assert refused.value.refusal.rule is Rule.OUTSIDE_WINDOW
    assert filed.on_behalf == "dinkes"


def test_nobody_talks_for_an_office() -> None:
    said = step(lkjip(S), Action.COMMENT, SARI, Statement("lihat hal. 3", on_behalf="dinkes"), at=NOON)

    assert said.on_behalf == ""


@pytest.mark.parametrize(
    ("duty", "allowed"),
    [
        pytest.param(Duty.OWED, {Action.WAIVE}, id="owed"),
        pytest.param(Duty.CONDITIONAL, {Action.DECLARE, Action.WAIVE}, id="waits for a cause"),
        pytest.param(Duty.DECLARED, {Action.WAIVE, Action.REINSTATE}, id="declared"),
        pytest.param(Duty.WAIVED, {Action.REINSTATE}, id="waived"),
    ],
)
def test_what_may_be_decided_of_a_duty_depends_on_it(duty: Duty, allowed: set[Action]) -> None:
    obligation = lkjip(D)._replace(duty=duty)

    assert {one for one in (Action.DECLARE, Action.WAIVE, Action.REINSTATE) if is_allowed(obligation, one, ANI)} == (
        allowed
    )


def test_nobody_is_told_to_amend_by_hand_what_the_catalogue_decides() -> None:
    assert refusal(lkjip(D), Action.APPROVE, ANI).allowed == (Action.EXTEND, Action.WAIVE, Action.ADMIT)


def test_what_is_allowed_is_answered_with_the_row_that_allows_it_and_as_whom() -> None:
    row = Transition(R, Action.APPROVE, A, APPROVER, Needs.WINDOW, Eyes.NOT_SUBMITTER | Eyes.NOT_REVIEWER)

    assert judge(lkjip(R), Action.APPROVE, BUDI) == Permit(row, BUDI)


@pytest.mark.parametrize(
    ("obligation", "action", "actor", "rule"),
    [
        pytest.param(lkjip(D), Action.APPROVE, BUDI, Rule.NOT_FROM_HERE, id="approve what is missing"),
        pytest.param(lkjip(A), Action.SUBMIT, DINKES, Rule.NOT_FROM_HERE, id="submit over an approval"),
        pytest.param(lkjip(A), Action.EXTEND, ANI, Rule.NOT_FROM_HERE, id="more time for what is approved"),
        pytest.param(lkjip(R), Action.WITHDRAW, DINKES, Rule.NOT_FROM_HERE, id="withdraw after the review"),
        pytest.param(lkjip(S), Action.APPROVE, BUDI, Rule.NOT_YET_REVIEWED, id="approve before the review"),
        pytest.param(lkjip(S), Action.APPROVE, WATI, Rule.NOT_YET_REVIEWED, id="administrator before the review"),
        pytest.param(lkjip(S), Action.REVIEW, BUDI, Rule.WRONG_ROLE, id="approver reviews"),
        pytest.param(lkjip(R), Action.APPROVE, SARI, Rule.WRONG_ROLE, id="reviewer approves"),
        pytest.param(lkjip(D), Action.SUBMIT, ANI, Rule.WRONG_ROLE, id="bureau submits in its own name"),
        pytest.param(lkjip(D), Action.SUBMIT, DISDIK, Rule.OTHER_OFFICE, id="another office submits"),
        pytest.param(lkjip(S), Action.WITHDRAW, DISDIK, Rule.OTHER_OFFICE, id="another office withdraws"),
        pytest.param(lkjip(S), Action.REVIEW, DEWI, Rule.OTHER_UNIT, id="another unit reviews"),
        pytest.param(lkjip(S), Action.RETURN, DEWI, Rule.OTHER_UNIT, id="another unit returns"),
        pytest.param(lkjip(S, submitter="sari"), Action.REVIEW, SARI, Rule.OTHER_EYES, id="review one's own"),
        pytest.param(lkjip(R, submitter="budi"), Action.APPROVE, BUDI, Rule.OTHER_EYES, id="approve one's own"),
        pytest.param(lkjip(R, reviewer="budi"), Action.APPROVE, BUDI, Rule.OTHER_EYES, id="approve one's review"),
        pytest.param(
            lkjip(S, submitter="budi", needs_review=False),
            Action.APPROVE,
            BUDI,
            Rule.OTHER_EYES,
            id="at once",
        ),
        pytest.param(lkjip(S, submitter="wati"), Action.REVIEW, WATI, Rule.OTHER_EYES, id="administrator: review"),
        pytest.param(lkjip(R, submitter="wati"), Action.APPROVE, WATI, Rule.OTHER_EYES, id="administrator: own"),
        pytest.param(lkjip(R, reviewer="wati"), Action.APPROVE, WATI, Rule.OTHER_EYES, id="administrator: reviewed"),
        pytest.param(
            lkjip(S, submitter="wati", needs_review=False),
            Action.APPROVE,
            WATI,
            Rule.OTHER_EYES,
            id="and at once",
        ),
    ],
)
def test_a_refusal_names_the_rule(obligation: Obligation, action: Action, actor: Actor, rule: Rule) -> None:
    assert refusal(obligation, action, actor).rule is rule
    assert not is_allowed(obligation, action, actor)


def test_a_refusal_says_what_one_may_do_instead_and_who_could() -> None:
    refused = refusal(lkjip(S), Action.REVIEW, DINKES)

    assert refused.allowed == (Action.SUBMIT, Action.WITHDRAW)
    assert refused.could is Role.REVIEWER


def test_what_nobody_can_do_from_here_is_nobodys() -> None:
    assert refusal(lkjip(A), Action.SUBMIT, DINKES).could is None


def test_a_reviewer_of_no_unit_reviews_for_every_unit() -> None:
    assert is_allowed(lkjip(S), Action.REVIEW, HADI)


def test_an_office_may_return_to_what_someone_else_of_it_submitted() -> None:
    assert is_allowed(lkjip(S, submitter="tono"), Action.WITHDRAW, Actor("yuli", Role.OFFICE, "dinkes"))


@pytest.mark.parametrize("actor", [ANI, SARI, WATI], ids=lambda actor: actor.role)
def test_bureau_reviewer_and_administrator_may_file_for_an_office(actor: Actor) -> None:
    assert isinstance(judge(lkjip(D), Action.SUBMIT, actor, on_behalf="dinkes"), Permit)


@pytest.mark.parametrize(
    ("actor", "on_behalf", "rule"),
    [
        pytest.param(BUDI, "dinkes", Rule.WRONG_ROLE, id="approver"),
        pytest.param(Actor("tuti", Role.AUDITOR), "dinkes", Rule.WRONG_ROLE, id="auditor"),
        pytest.param(DISDIK, "dinkes", Rule.WRONG_ROLE, id="another office"),
        pytest.param(ANI, "disdik", Rule.OTHER_OFFICE, id="for an office that does not owe it"),
        pytest.param(WATI, "disdik", Rule.OTHER_OFFICE, id="administrator for the wrong office"),
    ],
)
def test_nobody_else_files_for_an_office(actor: Actor, on_behalf: str, rule: Rule) -> None:
    refused = refusal(lkjip(D), Action.SUBMIT, actor, on_behalf=on_behalf)

    assert refused.rule is rule
    assert Action.SUBMIT not in refused.allowed


def test_filing_for_an_office_lends_no_other_power() -> None:
    assert refusal(lkjip(R), Action.APPROVE, ANI, on_behalf="dinkes").rule is Rule.WRONG_ROLE


@pytest.mark.parametrize(
    ("state", "action", "statement", "rule"),
    [
        pytest.param(D, Action.SUBMIT, Statement(), Rule.CONTENT_REQUIRED, id="submit nothing"),
        pytest.param(D, Action.SAVE, Statement(note="nanti"), Rule.CONTENT_REQUIRED, id="save nothing"),
        pytest.param(S, Action.WITHDRAW, Statement(), Rule.NOTE_REQUIRED, id="withdraw without a word"),
        pytest.param(S, Action.WITHDRAW, Statement(note=" \t"), Rule.NOTE_REQUIRED, id="withdraw with blanks"),
        pytest.param(S, Action.RETURN, Statement(note="perbaiki"), Rule.FINDINGS_REQUIRED, id="return by note only"),
        pytest.param(
            A, Action.REOPEN, Statement(findings=(Defect("x"),)), Rule.NOTE_REQUIRED, id="reopen without a note"
        ),
        pytest.param(S, Action.EXTEND, Statement(note="banjir"), Rule.DATE_REQUIRED, id="extend until never"),
        pytest.param(S, Action.EXTEND, Statement(due=date(2026, 4, 1)), Rule.NOTE_REQUIRED, id="extend, no reason"),
        pytest.param(D, Action.SUBMIT, Statement(content=FIRST_FILE), None, id="submit a file"),
        pytest.param(
            S, Action.RETURN, Statement(findings=(Defect("Tabel kosong"),)), None, id="return with a finding"
        ),
        pytest.param(S, Action.REVIEW, Statement(), None, id="a review needs nothing"),
        pytest.param(S, Action.EXTEND, Statement("banjir", due=date(2026, 4, 1)), None, id="extend with both"),
        pytest.param(S, Action.ASSIGN, Statement(), Rule.HOLDER_REQUIRED, id="assign to whom"),
        pytest.param(S, Action.ASSIGN, Statement(holder=""), None, id="assign to nobody"),
        pytest.param(S, Action.TAKE, Statement(), None, id="taking needs nothing"),
        pytest.param(S, Action.COMMENT, Statement(), Rule.NOTE_REQUIRED, id="comment without a word"),
        pytest.param(S, Action.COMMENT, Statement("x", about=(3,)), Rule.NO_SUCH_FINDING, id="comment on nothing"),
        pytest.param(S, Action.COMMENT, Statement("x", about=(1, 2)), None, id="comment on two"),
        pytest.param(S, Action.ANSWER, Statement("x"), Rule.FINDING_REQUIRED, id="answer to which"),
        pytest.param(S, Action.ANSWER, Statement(about=(1,)), Rule.NOTE_REQUIRED, id="answer without a word"),
        pytest.param(S, Action.ANSWER, Statement("x", about=(2,)), Rule.NO_SUCH_FINDING, id="answer the accepted"),
        pytest.param(S, Action.ACCEPT, Statement(), Rule.FINDING_REQUIRED, id="accept which"),
        pytest.param(S, Action.ACCEPT, Statement(about=(1, 2)), Rule.NO_SUCH_FINDING, id="accept it twice"),
        pytest.param(S, Action.ACCEPT, Statement(about=(0,)), Rule.NO_SUCH_FINDING, id="accept none"),
        pytest.param(S, Action.ACCEPT, Statement(about=(1,)), None, id="accept one"),
        pytest.param(S, Action.OPEN_AGAIN, Statement(about=(2,)), Rule.NOTE_REQUIRED, id="open again, no reason"),
        pytest.param(S, Action.OPEN_AGAIN, Statement("x", about=(1,)), Rule.NO_SUCH_FINDING, id="it is open"),
        pytest.param(S, Action.RETURN, Statement(checks=(BAD,)), Rule.FINDINGS_REQUIRED, id="return by ticks only"),
        pytest.param(R, Action.APPROVE, Statement(checks=(GOOD, BAD)), Rule.CHECKS_FAIL, id="approve what fails"),
        pytest.param(R, Action.APPROVE, Statement(checks=(GOOD,)), None, id="approve what meets"),
    ],
)
def test_what_a_move_needs_is_asked_for(
    state: State, action: Action, statement: Statement, rule: Rule | None
) -> None:
    first = FindingState.ANSWERED if action in (Action.REVIEW, Action.APPROVE) else FindingState.OPEN
    seen = lkjip(state)._replace(findings=(first, FindingState.ACCEPTED))
    permit = judge(seen, action, WATI)
    assert isinstance(permit, Permit)

    assert lacking(permit.row, statement, seen) is rule
