"""What each record of a trail did to the findings."""

from __future__ import annotations

from workflow import Action, FindingState, Obligation, Register, moved_by

from .conftest import DINKES, NEWER_FILE, SARI


def test_each_record_is_told_with_what_it_noted_answered_and_settled(
    register: Register, submitted: Obligation
) -> None:
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["satu", "dua"])
    talked = register.perform(Action.COMMENT, returned, SARI, note="segera", about=[1])
    again = register.perform(Action.SUBMIT, talked, DINKES, content=NEWER_FILE)
    opened = register.perform(Action.OPEN_AGAIN, again, SARI, about=[2], note="belum")
    accepted = register.perform(Action.ACCEPT, opened, SARI, about=[2])
    reviewed = register.perform(Action.REVIEW, accepted, SARI)
    register.perform(Action.UNDO, reviewed, SARI)

    records = register.trail(submitted.id)
    told = {seq: [(one.number, one.state) for one in those] for seq, those in moved_by(records).items()}

    assert told == {
        submitted.seq: [],
        returned.seq: [(1, FindingState.OPEN), (2, FindingState.OPEN)],
        talked.seq: [],
        again.seq: [(1, FindingState.ANSWERED), (2, FindingState.ANSWERED)],
        opened.seq: [(2, FindingState.OPEN)],
        accepted.seq: [(2, FindingState.ACCEPTED)],
        reviewed.seq: [(1, FindingState.ACCEPTED)],
        reviewed.seq + 1: [(1, FindingState.ANSWERED)],
    }


def test_the_last_that_moved_each_finding_left_it_as_it_stands(register: Register, submitted: Obligation) -> None:
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["satu", "dua"])
    undone = register.perform(Action.UNDO, returned, SARI)
    once_more = register.perform(Action.RETURN, undone, SARI, findings=["tiga"])

    last = {one.number: one for those in moved_by(register.trail(submitted.id)).values() for one in those}

    assert list(last.values()) == register.findings(once_more)
    assert [one.state for one in last.values()] == [FindingState.FALLEN, FindingState.FALLEN, FindingState.OPEN]
