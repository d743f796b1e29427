"""Who has the database open while a newer Pantau brings it up to date neither shows nor writes any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workflow import SCHEMA_VERSION, Database, NotOurs, Outgrown
from workflow.database import connect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pantau.db"
    Database.create(path).close()
    return path


def upgrade(path: Path) -> None:
    """What the migration of a newer version does, as far as an older one can see."""
    connection = connect(path)
    connection.execute("CREATE TABLE of_tomorrow (one TEXT) STRICT")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


def reads(database: Database) -> None:
    with database.reading():
        database.rows("SELECT * FROM office")


def writes(database: Database) -> None:
    with database.writing():
        database.run("INSERT INTO content VALUES (?, 1)", "a" * 64)


def looks(database: Database) -> None:
    database.version()


@pytest.mark.parametrize("does", [reads, writes, looks])
def test_what_was_opened_before_an_upgrade_says_so(path: Path, does: Callable[[Database], None]) -> None:
    database = Database(path)
    does(database)
    upgrade(path)

    with pytest.raises(Outgrown):
        does(database)

    assert not database.is_writing
    database.close()


def test_nothing_is_written_by_the_old_rules(path: Path) -> None:
    database = Database(path)
    upgrade(path)
    with pytest.raises(Outgrown):
        writes(database)
    database.close()

    connection = connect(path)
    assert connection.execute("SELECT count(*) FROM content").fetchone()[0] == 0
    connection.close()


def test_what_opens_it_afterwards_is_told_to_be_upgraded(path: Path) -> None:
    upgrade(path)

    with pytest.raises(NotOurs) as refused:
        Database(path)

    assert refused.value.version == SCHEMA_VERSION + 1


def test_a_transaction_that_had_begun_is_finished_before_the_upgrade(path: Path) -> None:
    """Both have to write, and SQLite lets one of them."""
    database = Database(path)
    with database.writing():
        database.run("INSERT INTO content VALUES (?, 1)", "a" * 64)
        database.version()
    upgrade(path)

    connection = connect(path)
    assert connection.execute("SELECT count(*) FROM content").fetchone()[0] == 1
    connection.close()
    database.close()
