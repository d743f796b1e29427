"""What each person has done lately, by the trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.workflow.conftest import BUDI, DINKES, NEWER_FILE, SARI, Clock
from workflow import Action, Database, Obligation, Register, activities, decided_since, last_records
from workflow.activity import _ACTIVITIES

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def test_decisions_are_counted_and_all_else_is_only_activity(
    database: Database, register: Register, approved: Obligation
) -> None:
    done = activities(database, BEGAN, BEGAN, BEGAN)
    last = {one.actor: one.at for one in register.trail(approved.id)}

    assert {name: one[:2] for name, one in done.items()} == {"dinkes": (0, 0), "sari": (1, 1), "budi": (1, 1)}
    assert {name: one.last for name, one in done.items()} == last


def test_a_decision_that_was_undone_is_not_finished(
    database: Database, register: Register, reviewed: Obligation
) -> None:
    undone = register.perform(Action.UNDO, reviewed, SARI)
    assert activities(database, BEGAN, BEGAN, BEGAN)["sari"].month == 0

    register.perform(Action.REVIEW, undone, SARI)
    assert activities(database, BEGAN, BEGAN, BEGAN)["sari"].month == 1


def test_a_week_and_a_month_begin_at_their_moments(
    database: Database, register: Register, clock: Clock, reviewed: Obligation
) -> None:
    week = clock.now + timedelta(days=1)
    clock.now = week
    register.perform(Action.SUBMIT, reviewed, DINKES, content=NEWER_FILE)
    register.perform(Action.RETURN, register.obligation(reviewed.id), SARI, findings=["tanpa tanggal"])

    found = activities(database, BEGAN, week, BEGAN)["sari"]
    assert (found.week, found.month) == (1, 2)


def test_what_is_older_than_the_moment_is_not_looked_at(
    database: Database, register: Register, clock: Clock, reviewed: Obligation
) -> None:
    since = clock.now
    register.perform(Action.APPROVE, reviewed, BUDI)

    assert [*activities(database, since + timedelta(microseconds=1), BEGAN, BEGAN)] == ["budi"]
    plan = [row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {_ACTIVITIES}", "", "", "")]
    assert any(one.startswith("SEARCH a USING INTEGER PRIMARY KEY") for one in plan)
    assert any("INDEX" in one and "obligation" in one for one in plan)


def test_the_last_records_of_a_person_come_newest_first_and_no_more_than_asked(
    database: Database, register: Register, approved: Obligation
) -> None:
    for _ in range(3):
        approved = register.perform(Action.COMMENT, approved, SARI, note="terima kasih")

    found = last_records(database, "sari", BEGAN, 3)
    assert [one.action for one in found] == [Action.COMMENT] * 3
    assert [one.seq for one in found] == sorted((one.seq for one in found), reverse=True)
    assert last_records(database, "sari", BEGAN, 9)[-1].action is Action.REVIEW
    assert last_records(database, "nobody", BEGAN, 9) == []


def test_nobody_has_done_anything_in_an_empty_trail(database: Database) -> None:
    assert activities(database, BEGAN, BEGAN, BEGAN) == {}


def test_what_one_has_done_with_since_a_moment_is_ones_own_decisions_that_stand(
    database: Database, register: Register, clock: Clock, approved: Obligation
) -> None:
    began = clock.now
    assert [one.action for one in decided_since(database, "sari", BEGAN)] == [Action.REVIEW]
    assert [one.action for one in decided_since(database, "budi", BEGAN)] == [Action.APPROVE]
    assert decided_since(database, "dinkes", BEGAN) == []
    assert decided_since(database, "budi", began + timedelta(seconds=1)) == []

    register.perform(Action.UNDO, approved, BUDI)
    assert decided_since(database, "budi", BEGAN) == []
    assert [one.action for one in decided_since(database, "sari", BEGAN)] == [Action.REVIEW]


def test_a_review_that_a_newer_file_has_cancelled_was_work_all_the_same(
    database: Database, register: Register, reviewed: Obligation
) -> None:
    register.perform(Action.SUBMIT, reviewed, DINKES, content=NEWER_FILE)

    assert [one.action for one in decided_since(database, "sari", BEGAN)] == [Action.REVIEW]
