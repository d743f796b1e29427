"""What a person has seen, and what has come for it since."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.workflow.conftest import BUDI, DINKES, NEWER_FILE, RINI, SARI, Clock
from workflow import Action, Database, Obligation, Register, Sightings, Unavailable


@pytest.fixture
def sightings(database: Database, clock: Clock) -> Sightings:
    return Sightings(database, clock)


def test_what_comes_after_somebody_looked_is_new_to_them_until_they_look_again(
    register: Register, sightings: Sightings, submitted: Obligation
) -> None:
    sightings.saw(submitted, SARI)
    assert sightings.renewed(SARI) == set()
    newer = register.perform(Action.SUBMIT, submitted, DINKES, content=NEWER_FILE)

    assert sightings.renewed(SARI) == {submitted.id}
    assert sightings.renewed(RINI) == set()  # who never looked has nothing to compare it with
    sightings.saw(newer, SARI)
    assert sightings.renewed(SARI) == set()


def test_a_decision_brings_nothing_new(register: Register, sightings: Sightings, submitted: Obligation) -> None:
    sightings.saw(submitted, BUDI)
    register.perform(Action.REVIEW, submitted, SARI)

    assert sightings.renewed(BUDI) == set()


def test_what_somebody_sent_themselves_is_not_new_to_them(
    register: Register, sightings: Sightings, submitted: Obligation
) -> None:
    sightings.saw(submitted, DINKES)
    register.perform(Action.SUBMIT, submitted, DINKES, content=NEWER_FILE)

    assert sightings.renewed(DINKES) == set()


def test_whoever_looks_does_not_wait_for_whoever_writes(
    path: Path, database: Database, sightings: Sightings, submitted: Obligation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen stands still while it waits, and this is noted at a key that somebody pressed."""
    asked: list[float] = []
    monkeypatch.setattr("workflow.database.sleep", asked.append)

    with closing(Database(path)) as other, other.writing(), pytest.raises(Unavailable):
        sightings.saw(submitted, SARI)

    assert sum(asked) < 1
    assert sightings.of(submitted) == []
