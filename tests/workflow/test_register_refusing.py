from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflow.conftest import (
    ANI,
    BUDI,
    DINKES,
    DISDIK,
    FIRST_FILE,
    RINI,
    SARI,
    WATI,
    Clock,
    at_once,
    everything,
)
from workflow import (
    Action,
    Actor,
    Database,
    Obligation,
    ObligationId,
    Refused,
    Register,
    Rule,
    Stale,
    State,
    Unknown,
)

# A process of its own that has read the obligation, and acts when it is let go.
ACT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from workflow import Action, Actor, Database, Register, Role, Stale
file, action, name, role = sys.argv[1:]
register = Register(Database(Path(file)), lambda: datetime(2026, 2, 2, tzinfo=UTC))
seen = register.obligation("dinkes/lkjip/2025")
print("ready", flush=True)
sys.stdin.readline()
try:
    register.perform(Action(action), seen, Actor(name, Role(role)))
    print(name, "did it")
except Stale as stale:
    print("too late:", stale.by.actor, "at", stale.now.seq)
"""


@pytest.fixture
def elsewhere(path: Path, register: Register, clock: Clock) -> Iterator[Register]:
    """The same register, open in another terminal."""
    database = Database(path)
    yield Register(database, clock)
    database.close()


@pytest.mark.parametrize(
    ("action", "actor", "rule"),
    [
        pytest.param(Action.APPROVE, BUDI, Rule.NOT_YET_REVIEWED, id="too early"),
        pytest.param(Action.REOPEN, BUDI, Rule.NOT_FROM_HERE, id="nothing to reopen"),
        pytest.param(Action.REVIEW, ANI, Rule.WRONG_ROLE, id="no reviewer"),
        pytest.param(Action.SUBMIT, DISDIK, Rule.OTHER_OFFICE, id="not theirs"),
        pytest.param(Action.RETURN, SARI, Rule.FINDINGS_REQUIRED, id="no finding"),
        pytest.param(Action.WITHDRAW, DINKES, Rule.NOTE_REQUIRED, id="no reason"),
        pytest.param(Action.UNDO, SARI, Rule.NOTHING_TO_UNDO, id="no decision"),
    ],
)
def test_a_refusal_changes_nothing(
    database: Database, register: Register, submitted: Obligation, action: Action, actor: Actor, rule: Rule
) -> None:
    before = everything(database)

    with pytest.raises(Refused) as refused:
        register.perform(action, submitted, actor, note=" ", findings=["", " \t"])

    assert refused.value.refusal.rule is rule
    assert refused.value.refusal.obligation == submitted
    assert everything(database) == before


def test_what_has_moved_since_it_was_seen_is_stale_and_says_by_whom(
    database: Database, register: Register, elsewhere: Register, submitted: Obligation
) -> None:
    moved = elsewhere.perform(Action.REVIEW, submitted, RINI)
    before = everything(database)

    with pytest.raises(Stale) as stale:
        register.perform(Action.REVIEW, submitted, SARI)

    assert (stale.value.seen, stale.value.now) == (submitted, moved)
    assert stale.value.by == register.trail(submitted.id)[-1]
    assert everything(database) == before


def test_who_is_to_hold_it_is_stale_once_somebody_else_does(
    register: Register, elsewhere: Register, submitted: Obligation
) -> None:
    """Talk since then is none of their business; who holds it is what they decide on."""
    register.perform(Action.COMMENT, submitted, SARI, note="lihat hal. 3")
    register.perform(Action.ASSIGN, submitted, ANI, holder="rini")

    with pytest.raises(Stale) as stale:
        elsewhere.perform(Action.ASSIGN, submitted, WATI, holder="sari")

    assert stale.value.by == register.trail(submitted.id)[-1]
    assert register.obligation(submitted.id).holder == "rini"
    again = register.perform(Action.ASSIGN, register.obligation(submitted.id), WATI, holder="sari")
    register.perform(Action.COMMENT, again, SARI, note="baik")
    assert register.perform(Action.ASSIGN, again, WATI, holder="").holder is None


def test_stale_is_told_before_any_rule_is_read(
    register: Register, submitted: Obligation, reviewed: Obligation
) -> None:
    with pytest.raises(Stale):
        register.perform(Action.REOPEN, submitted, DISDIK)


def test_an_obligation_that_is_not_there_cannot_move(
    database: Database, register: Register, missing: Obligation
) -> None:
    before = everything(database)

    with pytest.raises(Unknown):
        register.perform(
            Action.SUBMIT, missing._replace(id=ObligationId("dinkes/lkjip/1999")), DINKES, content=FIRST_FILE
        )

    assert everything(database) == before


def test_of_two_reviewers_at_once_exactly_one_wins_and_the_other_is_told_by_whom(
    path: Path, register: Register, submitted: Obligation
) -> None:
    answers = at_once(ACT, (str(path), "review", "sari", "reviewer"), (str(path), "review", "rini", "reviewer"))
    winner = register.obligation(submitted.id).reviewer

    assert sorted(answers) == sorted([f"{winner} did it", f"too late: {winner} at 2"])
    assert [one.actor for one in register.trail(submitted.id)] == ["dinkes", winner]


def test_of_many_approvers_at_once_exactly_one_wins(path: Path, register: Register, reviewed: Obligation) -> None:
    names = ["budi", "joko", "tuti", "yuli"]
    answers = at_once(ACT, *[(str(path), "approve", name, "approver") for name in names])
    winner = register.obligation(reviewed.id).last_actor

    assert answers.count(f"{winner} did it") == 1
    assert answers.count(f"too late: {winner} at 3") == len(names) - 1
    assert len(register.trail(reviewed.id)) == 3


def test_approving_and_submitting_a_newer_file_at_once_never_approves_what_nobody_reviewed(
    path: Path, register: Register, reviewed: Obligation
) -> None:
    """Submitting without a new file keeps the content: it is the review that has to fall."""
    answers = at_once(ACT, (str(path), "approve", "budi", "approver"), (str(path), "submit", "wati", "administrator"))
    now = register.obligation(reviewed.id)

    assert sum(answer.endswith("did it") for answer in answers) == 1
    assert (now.state, now.reviewer) in [(State.APPROVED, "sari"), (State.SUBMITTED, None)]
    assert now.seq == 3
