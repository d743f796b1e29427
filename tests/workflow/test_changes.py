"""What has moved since a moment or a head."""

from __future__ import annotations

import pytest

from tests.workflow.conftest import ANI, BUDI, DISDIK, FIRST_FILE, NEWER_FILE, SARI, WATI, Clock
from workflow import Action, Changes, Database, Mandates, Obligation, Refused, Register, changes_since, head_at, seal

LKJIP, PK = "dinkes/lkjip/2025", "disdik/pk/2026"


def told(found: Changes) -> list[tuple[str, str, str, int]]:
    """Which moved from where to where, in how many records."""
    return [(one.after.id, one.before.state, one.after.state, len(one.records)) for one in found.moved]


@pytest.fixture
def noted(submitted: Obligation, database: Database) -> int:
    """The number of the chain when the LKjIP of Dinas Kesehatan had just been submitted."""
    return head_at(database).number


def test_each_that_moved_is_told_once_who_moved_last_at_the_end(
    register: Register, submitted: Obligation, database: Database, noted: int
) -> None:
    reviewed = register.perform(Action.REVIEW, submitted, SARI)
    register.perform(Action.SUBMIT, register.obligation(PK), DISDIK, content=NEWER_FILE)
    register.perform(Action.APPROVE, reviewed, BUDI)

    found = changes_since(database, noted)

    assert told(found) == [(PK, "draft", "submitted", 1), (LKJIP, "submitted", "approved", 2)]
    assert found.moved[1].before == submitted
    assert found.moved[1].after == register.obligation(LKJIP)
    assert [one.actor for one in found.moved[1].records] == ["sari", "budi"]
    assert told(changes_since(database, head_at(database).number)) == []


def test_what_came_beside_is_told_by_its_rows(
    register: Register, submitted: Obligation, database: Database, noted: int, clock: Clock
) -> None:
    with pytest.raises(Refused):
        register.perform(Action.APPROVE, submitted, BUDI)
    mandate = Mandates(database, clock).delegate(BUDI, "sari", clock.now, clock.now.replace(year=2027), "cuti")
    Mandates(database, clock).revoke(mandate.number, WATI, "kembali")
    at = clock().isoformat(timespec="microseconds")
    for number, folder in ((1, "dinkes/draft"), (2, "disdik"), (3, "dinkes-lama")):
        known = "'i', ?, 'quarantined', NULL, NULL, 'no office', 0, '[]', '[]'"
        values = (number, at, b"%d" % number, folder, FIRST_FILE)
        database.run(f"INSERT INTO arrival VALUES (?, ?, '', ?, 'a.pdf', ?, {known})", *values)
        seal(database, "arrival", [number], at)

    found = changes_since(database, noted)
    theirs = changes_since(database, noted, "dinkes")

    assert {name: len(rows) for name, rows in found.beside.items()} == {
        "arrival": 3,
        "receipt": 0,
        "refusal": 1,
        "mandate": 1,
    }
    assert [row["id"] for row in theirs.beside["arrival"]] == [1]
    assert [row["actor"] for row in theirs.beside["refusal"]] == ["budi"]
    assert changes_since(database, noted, "disdik").beside["refusal"] == ()


def test_an_office_is_told_its_own(register: Register, submitted: Obligation, database: Database, noted: int) -> None:
    register.perform(Action.SUBMIT, register.obligation(PK), DISDIK, content=NEWER_FILE)
    register.perform(Action.EXTEND, submitted, ANI, due=submitted.due and submitted.due.replace(year=2027), note="x")

    assert [row[0] for row in told(changes_since(database, noted, "disdik"))] == [PK]
    assert [row[0] for row in told(changes_since(database, 0, "dinkes"))] == [LKJIP]
