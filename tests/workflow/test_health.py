"""What the doctor sees in the database: each fault made by hand is named, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.conftest import FIRST_FILE, SARI, by_hand, nth
from workflow import (
    Action,
    Checked,
    Database,
    DatabaseCheck,
    Obligation,
    ReadOnly,
    Register,
    Severity,
    Unavailable,
    check_database,
    health,
)
from workflow.database import SCHEMA_VERSION

LOOSE_HELD = (
    "CREATE TABLE other AS SELECT * FROM held",
    "DROP TABLE held",
    "ALTER TABLE other RENAME TO held",
)


@pytest.fixture
def closed(path: Path, database: Database, register: Register, submitted: Obligation) -> Path:
    """A database with two records, that nobody has open."""
    register.perform(Action.REVIEW, submitted, SARI)
    database.close()
    return path


def faults(path: Path) -> dict[str, Checked]:
    return {one.check: one for one in check_database(path) if not one.is_ok}


def test_a_healthy_database_has_no_fault_and_every_check_is_made(closed: Path) -> None:
    found = list(check_database(closed))

    assert [(one.check, one.severity) for one in found] == [(check, Severity.OK) for check in DatabaseCheck]


def test_an_empty_database_is_healthy(path: Path, database: Database) -> None:
    assert faults(path) == {}


def test_looking_changes_nothing(closed: Path) -> None:
    before = closed.read_bytes()

    list(check_database(closed))

    assert closed.read_bytes() == before
    assert {one.name for one in closed.parent.iterdir()} == {"pantau.db", "pantau.lock"}


@pytest.mark.parametrize(
    ("statements", "check", "facts"),
    [
        pytest.param(
            ["DROP TRIGGER audit_keeps"],
            DatabaseCheck.TRIGGERS,
            {"missing": ["audit_keeps"], "changed": [], "added": []},
            id="a trigger dropped",
        ),
        pytest.param(
            [
                "DROP TRIGGER audit_stays",
                "CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT 1; END",
            ],
            DatabaseCheck.TRIGGERS,
            {"missing": [], "changed": ["audit_stays"], "added": []},
            id="a trigger made toothless",
        ),
        pytest.param(
            ["CREATE TRIGGER quiet AFTER INSERT ON held BEGIN DELETE FROM held; END"],
            DatabaseCheck.TRIGGERS,
            {"missing": [], "changed": [], "added": ["quiet"]},
            id="a trigger added",
        ),
        pytest.param(
            LOOSE_HELD,
            DatabaseCheck.TABLES,
            {"missing": [], "loose": ["held"], "changed": []},
            id="a table that is not strict",
        ),
        pytest.param(
            ["DROP TABLE held"],
            DatabaseCheck.TABLES,
            {"missing": ["held"], "loose": [], "changed": []},
            id="a table gone",
        ),
        pytest.param(
            ["DROP INDEX arrival_by_digest"],
            DatabaseCheck.TABLES,
            {"missing": ["arrival_by_digest"], "loose": [], "changed": []},
            id="an index gone",
        ),
        pytest.param(
            ["ALTER TABLE held ADD COLUMN more TEXT"],
            DatabaseCheck.TABLES,
            {"missing": [], "loose": [], "changed": ["held"]},
            id="a column more",
        ),
        pytest.param(
            ["UPDATE standing SET state = 'approved' WHERE obligation = 'dinkes/lkjip/2025'"],
            DatabaseCheck.TRAIL,
            {"faults": ["dinkes/lkjip/2025 2 (standing)"]},
            id="a state that its trail does not say",
        ),
        pytest.param(
            ["PRAGMA user_version = 99"],
            DatabaseCheck.VERSION,
            {"version": 99, "known": SCHEMA_VERSION},
            id="a newer version",
        ),
        pytest.param(
            ["PRAGMA application_id = 7"], DatabaseCheck.FILE, {"application_id": 7}, id="another program's database"
        ),
    ],
)
def test_what_somebody_has_changed_by_hand_is_named_and_nothing_else(
    closed: Path, statements: list[str], check: DatabaseCheck, facts: dict[str, object]
) -> None:
    assert by_hand(closed, *statements) == ""

    found = faults(closed)

    assert set(found) == {check}
    assert facts.items() <= found[check].facts.items()


def test_a_content_row_that_was_removed_is_missed_by_what_refers_to_it_and_by_the_trail(closed: Path) -> None:
    assert by_hand(closed, f"DELETE FROM content WHERE digest = '{FIRST_FILE}'") == ""

    found = faults(closed)

    assert set(found) == {DatabaseCheck.REFERENCES, DatabaseCheck.TRAIL}
    missed, unsealed = found[DatabaseCheck.REFERENCES].facts["rows"], found[DatabaseCheck.TRAIL].facts["faults"]
    assert isinstance(missed, list)
    assert isinstance(unsealed, list)
    assert [row.split()[0] for row in missed] == ["audit", "audit"]
    assert [fault.split()[0] for fault in unsealed] == ["content"]


def test_one_table_more_does_no_harm(closed: Path) -> None:
    assert by_hand(closed, "CREATE TABLE mine (a)") == ""
    assert faults(closed) == {}


def test_an_older_version_is_a_note_and_the_looking_ends_there(closed: Path) -> None:
    assert by_hand(closed, "PRAGMA user_version = 0") == ""

    *_, last = check_database(closed)

    assert (last.check, last.severity) == (DatabaseCheck.VERSION, Severity.NOTE)
    assert last.facts == {"version": 0, "known": SCHEMA_VERSION}


def test_a_record_in_words_of_no_version_is_a_fault_of_the_trail(closed: Path) -> None:
    assert (
        by_hand(closed, "DROP TRIGGER audit_keeps", f"UPDATE audit SET action = 'bless' WHERE number = {nth(1)}")
        == ""
    )

    found = faults(closed)

    assert set(found) == {DatabaseCheck.TRIGGERS, DatabaseCheck.TRAIL}


def test_a_damaged_page_is_told_and_ends_nothing(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    # An index page: its rows are overwritten, its table is not.
    size = 4096
    database = ReadOnly(closed)
    root = database.answer("SELECT rootpage FROM sqlite_schema WHERE name = 'obligation_by_year'")
    database.close()
    assert isinstance(root, int)
    content[(root - 1) * size + 8 : root * size] = b"\xff" * (size - 8)
    closed.write_bytes(content)

    found = faults(closed)

    assert set(found) == {DatabaseCheck.PAGES}
    assert found[DatabaseCheck.PAGES].facts.get("said") or found[DatabaseCheck.PAGES].facts.get("error")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="none"),
        pytest.param(b"", id="an empty one"),
        pytest.param(b"not a database at all, but long enough" * 20, id="something else"),
    ],
)
def test_what_is_no_database_is_told_and_not_made(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)

    (only,) = check_database(path)

    assert (only.check, only.severity) == (DatabaseCheck.FILE, Severity.FAULT)
    assert path.exists() is (content is not None)


def test_a_write_ahead_log_where_it_is_not_safe_is_a_fault(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert by_hand(closed, "PRAGMA journal_mode = wal") == ""
    monkeypatch.setattr("workflow.health.JOURNAL_MODE", "truncate")

    assert set(faults(closed)) == {DatabaseCheck.JOURNAL}


def test_a_rollback_journal_is_safe_everywhere(closed: Path) -> None:
    assert by_hand(closed, "PRAGMA journal_mode = delete") == ""
    assert faults(closed) == {}


def test_nothing_can_be_written_through_a_connection_that_only_reads(closed: Path) -> None:
    database = ReadOnly(closed)

    with pytest.raises(Unavailable):
        database.run("DELETE FROM held")

    database.close()


def test_what_cannot_be_finished_is_the_fault(closed: Path) -> None:
    def broken() -> Checked:
        raise OSError(5, "Input/output error")

    found = health.attempt(DatabaseCheck.TRAIL, broken)

    assert not found.is_ok
    assert found.facts == {"error": "[Errno 5] Input/output error"}
