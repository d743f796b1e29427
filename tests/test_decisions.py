"""Many people who decide at once lose nothing: the small form of `python -m benchmarks.decisions`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import decisions
from benchmarks.decisions import Proof, Told
from workflow import Database, ObligationId, Role

_PROCESSES, _EACH = 4, 60
_NOTHING = Proof(lost=0, unasked=0, gaps=0, receipt_gaps=0, faults=0)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decisions") / "pantau.db"
    assert len(decisions.prepare(path)) == 3000
    return path


@pytest.fixture(scope="module")
def told(path: Path) -> list[Told]:
    return decisions.decide(path, seconds=600, processes=_PROCESSES, most=_EACH)


def test_every_success_is_exactly_one_record_and_nothing_else_is(path: Path, told: list[Told]) -> None:
    assert decisions.proved(path, told) == _NOTHING

    assert [len(one.times) for one in told] == [_EACH] * _PROCESSES
    assert sum(len(one.made) + one.refused + one.stale for one in told) == _EACH * _PROCESSES
    assert all(one.made for one in told)
    assert any(one.refused for one in told)
    assert any(one.stale for one in told)


def test_a_success_without_its_record_is_told(path: Path, told: list[Told]) -> None:
    dreamt = Told([(ObligationId("dinkes/pk/2026"), 1)], 0, 0, [])

    assert decisions.proved(path, [*told, dreamt]) == _NOTHING._replace(lost=1)
    assert decisions.proved(path, told[1:]) == _NOTHING._replace(unasked=len(told[0].made))


def test_the_people_are_two_hundred_with_every_role_that_decides() -> None:
    people = decisions.people()
    roles = {(one.role, one.unit) for one in people}

    assert len({one.name for one in people}) == 200
    assert roles >= {(Role.REVIEWER, ""), (Role.REVIEWER, "bappeda"), (Role.APPROVER, ""), (Role.BUREAU, "")}


def test_a_record_that_was_taken_out_is_told(path: Path, told: list[Told], tmp_path: Path) -> None:
    copy = tmp_path / "pantau.db"
    source = Database(path)
    source.run("VACUUM INTO ?", str(copy))
    source.close()
    database = Database(copy)
    database.run("DROP TRIGGER audit_stays")
    database.run("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit WHERE seq = 1 AND terms = '{}')")
    database.run("DROP TRIGGER receipt_stays")
    database.run("PRAGMA foreign_keys = OFF")
    database.run("DELETE FROM receipt WHERE number = 3")
    database.close()

    proof = decisions.proved(copy, told)

    assert proof.lost == proof.gaps == 1
    assert proof.receipt_gaps
    assert proof.faults
