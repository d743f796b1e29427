"""What waits for whom, and how much each person holds, at the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tui import language, queues
from tui.main import main
from tui.workspace import Workspace
from workflow import Action, Actor, Hat, Obligation, Queue, Role, State

from .conftest import BUDI, LKJIP, SARI, Elsewhere

PK, OTHER = "diskes/pk/2026", "bpbd/lkjip/2025"
RINI, DEWI = Actor("rini", Role.REVIEWER, "biro-organisasi"), Actor("dewi", Role.REVIEWER, "bappeda")
TODAY = date(2026, 3, 10)


@pytest.fixture
def waiting(elsewhere: Elsewhere) -> list[Obligation]:
    """A report that sari holds, one that nobody holds, a revision, one that is reviewed, and one that is approved."""
    register = elsewhere.register
    for name in (LKJIP, PK, OTHER, "bpbd/pk/2026", "disdikbud/pk/2026"):
        elsewhere.submit(name, content=name.encode())
    elsewhere.decide(Action.TAKE, LKJIP, SARI)
    elsewhere.decide(Action.RETURN, PK, RINI, "tanpa tanggal")
    elsewhere.submit(PK, content=b"newer")
    elsewhere.decide(Action.REVIEW, "bpbd/pk/2026", SARI)
    elsewhere.decide(Action.REVIEW, "disdikbud/pk/2026", SARI)
    elsewhere.decide(Action.APPROVE, "disdikbud/pk/2026", BUDI)
    return register.obligations(year=2026)


def ids(those: queues.Queues) -> dict[Queue, set[str]]:
    return {queue: {one.id for one in items} for queue, items in those.items()}


def test_each_person_has_five_queues(waiting: list[Obligation]) -> None:
    found = ids(queues.queues(waiting, SARI, TODAY))

    assert found[Queue.MINE] == {LKJIP}
    assert found[Queue.UNIT] == {LKJIP, PK, OTHER}
    assert found[Queue.NOBODY] == {OTHER}
    assert found[Queue.REVISED] == {PK}
    assert found[Queue.OVERDUE] == {
        one.id for one in waiting if one.id in found[Queue.UNIT] and one.is_overdue(TODAY)
    }


def test_another_unit_has_none_of_it_but_is_shown_what_it_asks_for(waiting: list[Obligation]) -> None:
    assert ids(queues.queues(waiting, DEWI, TODAY))[Queue.UNIT] == set()
    assert ids(queues.queues(waiting, DEWI, TODAY, unit="biro-organisasi"))[Queue.UNIT] == {
        LKJIP,
        PK,
        OTHER,
        "bpbd/pk/2026",
    }


def test_what_one_holds_is_ones_own_in_whatever_unit_it_is_looked_for(waiting: list[Obligation]) -> None:
    assert ids(queues.queues(waiting, SARI, TODAY, unit="biro-organisasi"))[Queue.MINE] == {LKJIP}
    assert ids(queues.queues(waiting, SARI, TODAY, unit="bappeda"))[Queue.MINE] == set()


@pytest.mark.parametrize("role", [Role.LEADER, Role.BUREAU, Role.AUDITOR])
def test_who_decides_nothing_sees_what_waits_for_anybody(waiting: list[Obligation], role: Role) -> None:
    """An empty list would say that nothing waits."""
    found = queues.queues(waiting, Actor("lina", role), TODAY)[Queue.UNIT]

    assert {one.id for one in found} == {one.id for one in waiting if one.state in (State.SUBMITTED, State.REVIEWED)}


def test_who_acts_for_another_has_the_queue_of_both(waiting: list[Obligation]) -> None:
    acting = Actor("lina", Role.LEADER, hats=(Hat(Role.APPROVER, "", "budi"),))

    assert {one.id for one in queues.queues(waiting, acting, TODAY)[Queue.UNIT]} >= {"bpbd/pk/2026"}


def test_the_load_lists_who_holds_something_then_who_holds_nothing(waiting: list[Obligation]) -> None:
    people = {one.name: one for one in (RINI, BUDI, Actor("lina", Role.LEADER))}
    moved = next(one for one in waiting if one.id == LKJIP).last_at
    assert moved
    later = datetime.fromisoformat(moved).date() + timedelta(days=9)

    told = queues.carried(waiting, people, later, UTC)

    assert [(one.name, one.held, one.days) for one in told] == [("rini", 1, 9), ("sari", 1, 9), ("budi", 0, None)]
    assert next(one for one in told if one.name == "sari").actor is None


def test_how_late_it_is_takes_the_place_of_its_due_date(waiting: list[Obligation]) -> None:
    one = next(one for one in waiting if one.id == LKJIP)
    assert one.due
    with language.speaking("en"):
        assert queues.due(one, one.due) == "28 February 2026"
        assert queues.due(one, one.due + timedelta(days=1)) == "1 day late"
        assert queues.due(one, one.due + timedelta(days=1200)) == "1,200 days late"


def test_a_queue_is_printed_below_the_counts_of_all(
    workspace: Workspace, waiting: list[Obligation], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(workspace.root), "--as", "sari", "--lang", "en", "queue", "mine"]) == 0

    counts, line = capsys.readouterr().out.splitlines()
    assert counts.startswith("mine 1 · my unit's 3 · nobody's 1 · overdue ")
    assert "Dinas Kesehatan" in line
    assert "round 1  sari  since " in line
    assert line.endswith(LKJIP)


def test_an_empty_queue_says_so(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(workspace.root), "--as", "sari", "--lang", "en", "queue"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing waits."


def test_the_same_as_data(
    workspace: Workspace, waiting: list[Obligation], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(workspace.root), "--as", "sari", "queue", "revised", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["queue"], told["counts"]["mine"], told["counts"]["revised"]) == ("revised", 1, 1)
    assert [(one["id"], one["finding_states"], one["round"]) for one in told["obligations"]] == [
        (PK, ["answered"], 2)
    ]


def test_a_unit_that_reviews_nothing_is_answered_with_the_nearest(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--workspace", str(workspace.root), "--as", "lina", "--lang", "en", "queue", "--unit", "biro-organ"]

    assert main(arguments) == 2
    assert "There is no unit that reviews 'biro-organ'. Did you mean biro-organisasi?" in capsys.readouterr().err


def test_the_load_names_holders_whom_nobody_lists(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.TAKE, LKJIP, RINI)

    assert main(["--workspace", str(workspace.root), "--as", "lina", "--lang", "en", "load"]) == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first.split()[:3] == ["rini", "not", "listed"]
    assert [line.split()[:2] for line in others] == [["budi", "approver"], ["sari", "reviewer"]]
    assert main(["--workspace", str(workspace.root), "--as", "lina", "load", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["role"], one["held"]) for one in told][:2] == [
        ("rini", None, 1),
        ("budi", "approver", 0),
    ]
