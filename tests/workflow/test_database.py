from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlite_utils import Database as Utilities

from tests.workflow.conftest import DINKES, FIRST_FILE, at_once, by_hand, everything, nth
from workflow import Action, Database, Digest, Integrity, NotOurs, Obligation, Register, Unavailable
from workflow.database import APPLICATION_ID, SCHEMA_VERSION, connect
from workflow.schema import MIGRATIONS

COPY = "INSERT {} INTO audit SELECT {}, obligation, {}, at, actor, role, unit, on_behalf, action, {}, target,"
COPY += " content, name, note, findings, due, cancels, hash, dated, terms, about, checks, holder, via FROM audit"
COPY += f" WHERE number = {nth(1)}"

# The trail holds two records of one obligation, which is reviewed: number 3, seq 3, from 'reviewed' would fit.
FORGERIES = [
    pytest.param(f"UPDATE audit SET note = 'setuju' WHERE number = {nth(1)}", id="change a note"),
    pytest.param(
        f"UPDATE OR REPLACE audit SET number = {nth(1)} WHERE number = {nth(2)}",
        id="one record over another",
    ),
    pytest.param("UPDATE audit SET hash = hash", id="change nothing"),
    pytest.param(f"DELETE FROM audit WHERE number = {nth(2)}", id="delete the last record"),
    pytest.param("DELETE FROM audit", id="delete the trail"),
    pytest.param(COPY.format("OR REPLACE", nth(1), 1, "source"), id="replace the first record"),
    pytest.param(COPY.format("OR REPLACE", nth(2), 2, "'submitted'"), id="replace the last record"),
    pytest.param(COPY.format("OR REPLACE", nth(3), 1, "'reviewed'"), id="replace by obligation and seq"),
    pytest.param(COPY.format("OR REPLACE", nth(3), 2, "'submitted'"), id="replace the last by obligation and seq"),
    pytest.param(COPY.format("OR IGNORE", nth(3), 3, "'draft'"), id="from a state where it does not stand"),
    pytest.param(COPY.format("", nth(3), 4, "'reviewed'"), id="skip a seq"),
    pytest.param(COPY.format("", nth(4), 3, "'reviewed'"), id="skip a number"),
    pytest.param(COPY.format("", -1, 3, "'reviewed'"), id="a number before all others"),
    pytest.param(COPY.format("", "NULL", 3, "'reviewed'"), id="no number"),
    pytest.param(COPY.format("", nth(3), 3, "'reviewed'").replace(" obligation", " 'x/y/2026'"), id="owed by nobody"),
]

CREATE = """
import sys
from pathlib import Path
from workflow import Database
import workflow.schema
print("ready", flush=True)
sys.stdin.readline()
database = Database.create(Path(sys.argv[1]))
print(database.row("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")[0])
"""


@pytest.fixture
def other(path: Path, database: Database) -> Iterator[Database]:
    """The same file, as another process has it open."""
    connection = Database(path)
    yield connection
    connection.close()


def test_a_record_that_fits_is_appended(database: Database, reviewed: Obligation) -> None:
    """What makes the forgeries below forgeries."""
    database.run(COPY.format("", nth(3), 3, "'reviewed'"))

    assert len(everything(database)["audit"]) == 3


@pytest.mark.parametrize("statement", FORGERIES)
def test_the_trail_can_only_be_appended_to(database: Database, reviewed: Obligation, statement: str) -> None:
    before = everything(database)

    with pytest.raises(Integrity, match="append-only"):
        database.run(statement)

    assert everything(database) == before


@pytest.mark.parametrize("statement", FORGERIES)
def test_a_plain_sqlite_without_our_settings_can_only_append_too(
    path: Path, database: Database, reviewed: Obligation, statement: str
) -> None:
    before = everything(database)

    assert "append-only" in by_hand(path, statement)
    assert everything(database) == before


def test_no_move_is_recorded_on_content_that_was_never_received(register: Register, missing: Obligation) -> None:
    with pytest.raises(Integrity):
        register.perform(Action.SUBMIT, missing, DINKES, content=Digest("0" * 64))

    assert register.obligation(missing.id) == missing
    assert register.trail(missing.id) == []


def test_no_state_but_the_four_can_be_recorded(database: Database, reviewed: Obligation) -> None:
    fifth = COPY.format("", nth(3), 3, "'reviewed'").replace(" target", " 'archived'")

    with pytest.raises(Integrity, match="CHECK"):
        database.run(fifth)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("synchronous", 2, id="a commit has reached the disk"),
        pytest.param("foreign_keys", 1, id="no record of what is not there"),
        pytest.param("recursive_triggers", 1, id="REPLACE fires the triggers of DELETE"),
        pytest.param("trusted_schema", 0, id="a schema from elsewhere runs nothing"),
        pytest.param("cell_size_check", 1, id="a damaged page is noticed"),
    ],
)
def test_every_connection_has_the_safe_settings(other: Database, setting: str, value: int) -> None:
    assert [tuple(row) for row in other.rows(f"PRAGMA {setting}")] == [(value,)]


def test_making_a_database_that_is_there_opens_it(path: Path, register: Register, submitted: Obligation) -> None:
    again = Database.create(path)

    assert again.row("SELECT state FROM standing WHERE obligation = ?", submitted.id) is not None
    again.close()


def test_eight_processes_make_one_database(path: Path) -> None:
    answers = at_once(CREATE, *[(str(path),)] * 8)

    assert len(set(answers)) == 1
    assert int(answers[0]) > 0
    with_all = Database(path)
    applied = [row[0] for row in with_all.rows("SELECT name FROM _sqlite_migrations")]
    assert sorted(applied) == ["dated", "fifth", "first", "fourth", "second", "seventh", "sixth", "third"]
    with_all.close()


def test_a_file_that_is_not_there_is_not_made_by_opening_it(path: Path) -> None:
    with pytest.raises(NotOurs):
        Database(path)

    assert not path.exists()


def test_an_empty_file_is_not_ours(path: Path) -> None:
    path.touch()

    with pytest.raises(NotOurs):
        Database(path)

    assert path.read_bytes() == b""


def test_the_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    assert by_hand(path, "CREATE TABLE kantor (nama TEXT)") == ""
    before = path.read_bytes()

    with pytest.raises(NotOurs):
        Database(path)

    assert path.read_bytes() == before


def test_a_file_that_a_newer_release_has_written_is_refused_with_its_version(path: Path, database: Database) -> None:
    database.close()
    assert by_hand(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}") == ""

    for attempt in (Database, Database.create):
        with pytest.raises(NotOurs) as refused:
            attempt(path)
        assert (refused.value.path, refused.value.version) == (str(path), SCHEMA_VERSION + 1)


def test_a_file_that_was_left_half_made_is_finished(path: Path) -> None:
    """Power was lost after the file was marked as ours and before its tables were there."""
    assert by_hand(path, f"PRAGMA application_id = {APPLICATION_ID}") == ""

    finished = Database(path)

    assert finished.rows("SELECT * FROM audit") == []
    finished.close()


@pytest.mark.parametrize("opened", [Database, Database.create])
def test_a_file_of_the_first_version_is_brought_up_to_date(path: Path, opened: Callable[[Path], Database]) -> None:
    of_old = connect(path)
    MIGRATIONS.apply(Utilities(of_old), stop_before="second")
    of_old.execute("INSERT INTO content VALUES (?, 7)", ("f" * 64,))
    of_old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    of_old.execute("PRAGMA user_version = 1")
    of_old.close()
    new = Database.create(path.with_name("new.db"))

    database = opened(path)

    schema = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '!_sqlite%' ESCAPE '!' ORDER BY name"
    assert list(map(tuple, database.rows(schema))) == list(map(tuple, new.rows(schema)))
    assert [tuple(row) for row in database.rows("PRAGMA user_version")] == [(SCHEMA_VERSION,)]
    assert [tuple(row) for row in database.rows("SELECT * FROM content")] == [("f" * 64, 7)]
    for one in (database, new):
        one.close()


def test_a_reader_sees_one_moment_while_another_writes(path: Path, database: Database, register: Register) -> None:
    """Whether the journal lets the writer through or makes it wait."""
    count = "SELECT count(*) FROM content"
    has_begun = Event()

    def write() -> None:
        connection = Database(path)
        has_begun.set()
        connection.run("INSERT INTO content VALUES (?, 1)", "f" * 64)
        connection.close()

    writer = Thread(target=write)
    with database.reading():
        first = database.rows(count)[0][0]
        writer.start()
        assert has_begun.wait(10)
        writer.join(0.2)
        second = database.rows(count)[0][0]
    writer.join(10)

    assert (first, second, database.rows(count)[0][0]) == (2, 2, 3)


def test_what_was_begun_is_undone_when_it_fails(database: Database, register: Register) -> None:
    before = everything(database)

    with pytest.raises(KeyError), database.writing():
        database.run("INSERT INTO content VALUES (?, 1)", "f" * 64)
        raise KeyError

    assert everything(database) == before


def test_several_moves_stand_or_fall_together(database: Database, register: Register, missing: Obligation) -> None:
    before = everything(database)

    with pytest.raises(KeyError), register.writing():
        register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE)
        register.perform(Action.SUBMIT, register.obligation("dinkes/pk/2026"), DINKES, content=FIRST_FILE)
        raise KeyError

    assert everything(database) == before


def test_a_file_that_another_holds_for_too_long_is_unavailable(
    other: Database, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.database.BUSY_SECONDS", 0.02)

    with database.writing(), pytest.raises(Unavailable), other.writing():
        pass


def test_a_full_disk_is_told_and_changes_nothing(database: Database, register: Register, missing: Obligation) -> None:
    before = everything(database)
    database.run("PRAGMA max_page_count = 1")  # as many as there are: not one more

    with pytest.raises(Unavailable):
        register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE, note="panjang " * 9999)

    assert everything(database) == before


def test_after_a_failure_the_next_move_goes_through(register: Register, missing: Obligation) -> None:
    with pytest.raises(KeyError), register.writing():
        raise KeyError

    assert register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE).seq == 1


def test_what_another_has_not_finished_is_not_seen(other: Database, database: Database, register: Register) -> None:
    count = "SELECT count(*) FROM content"

    with database.writing():
        database.run("INSERT INTO content VALUES (?, 1)", "f" * 64)
        during = other.rows(count)[0][0]

    assert (during, other.rows(count)[0][0]) == (2, 3)


def test_the_version_moves_when_another_process_has_changed_something(
    other: Database, database: Database, register: Register, missing: Obligation
) -> None:
    before = other.version()
    assert other.version() == before

    register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE)

    assert other.version() != before


def test_a_process_does_not_notice_its_own_changes(register: Register, missing: Obligation) -> None:
    before = register.version()

    register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE)

    assert register.version() == before


def test_the_file_alone_is_the_whole_database_once_it_is_closed(
    path: Path, database: Database, register: Register, submitted: Obligation
) -> None:
    """Copying a workspace is moving house."""
    before = everything(database)
    database.close()

    moved = Database(Path(shutil.copy(path, path.with_name("moved.db"))))

    assert everything(moved) == before
    moved.close()
