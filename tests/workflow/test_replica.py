"""A copy is read as it lies: nothing is made beside it, nothing in it changes, and what is not safe is refused."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from workflow import Database, NotOurs, OnlyACopy, Replica, Unavailable, copy_database
from workflow.database import JOURNAL_MODE, connect

CONTENT = "INSERT INTO content VALUES (?, 1)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pantau.db"
    Database.create(path).close()
    return path


def beside(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir() if one.suffix != ".lock")


def test_reading_makes_no_file_and_changes_none(path: Path) -> None:
    before = path.read_bytes()
    replica = Replica(path)

    assert replica.rows("SELECT count(*) FROM audit")[0][0] == 0
    assert (beside(path), path.read_bytes()) == (["pantau.db"], before)
    replica.close()


def test_nothing_is_written(path: Path) -> None:
    replica = Replica(path)

    with pytest.raises(OnlyACopy), replica.writing():
        replica.run(CONTENT, "a" * 64)
    with pytest.raises(Unavailable):
        replica.run(CONTENT, "a" * 64)
    replica.close()


def test_an_older_one_is_not_brought_up_to_date(path: Path) -> None:
    connection = connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()

    with pytest.raises(OnlyACopy) as refused:
        Replica(path)

    assert refused.value.version == 1
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone()[0] == 1


def test_a_newer_one_and_a_strange_one_are_refused(path: Path, tmp_path: Path) -> None:
    connection = connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    (tmp_path / "strange.db").write_bytes(b"no database at all, and long enough to be read as one" * 20)

    for one in (path, tmp_path / "strange.db", tmp_path / "nothing.db"):
        with pytest.raises(NotOurs):
            Replica(one)


@pytest.mark.skipif(JOURNAL_MODE != "wal", reason="this SQLite keeps no log")
def test_what_only_the_log_holds_is_read_too(path: Path) -> None:
    database = Database(path)
    with database.writing():
        database.run(CONTENT, "a" * 64)
    replica = Replica(path)

    assert replica.rows("SELECT count(*) FROM content")[0][0] == 1
    replica.close()
    database.close()


def test_somebody_who_begins_to_write_it_is_seen(path: Path) -> None:
    replica = Replica(path)
    database = Database(path)
    time.sleep(0.01)
    with database.writing():
        database.run(CONTENT, "a" * 64)

    with pytest.raises(Unavailable):
        replica.rows("SELECT count(*) FROM content")
    database.close()
    replica.close()


def test_a_newer_copy_in_its_place_leaves_the_one_that_is_open_as_it_was(path: Path, tmp_path: Path) -> None:
    replica = Replica(path)
    copy_database(path, tmp_path / "new.db")
    (tmp_path / "new.db").replace(path)

    assert replica.rows("SELECT count(*) FROM content")[0][0] == 0
    replica.close()
