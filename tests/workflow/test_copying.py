"""A copy of the database is what it was at one moment, made while others write."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from workflow import Database, copy_database, settle_database
from workflow.database import JOURNAL_MODE, connect


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database.create(tmp_path / "pantau.db")


def add(database: Database, number: int) -> None:
    """Two rows at once: a copy that has one of them has both."""
    with database.writing():
        for name in (f"{number:063}a", f"{number:063}b"):
            database.run("INSERT INTO content VALUES (?, 1)", name)


def test_the_copy_is_one_file_with_all_of_it(database: Database, tmp_path: Path) -> None:
    add(database, 1)
    (tmp_path / "copies").mkdir()
    copy_database(tmp_path / "pantau.db", tmp_path / "copies" / "copy.db")

    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy.db"]
    assert (tmp_path / "copies" / "copy.db").stat().st_mode & 0o777 == 0o600
    connection = connect(tmp_path / "copies" / "copy.db")
    assert connection.execute("SELECT count(*) FROM content").fetchone()[0] == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    connection.close()


def test_what_lies_there_half_made_is_made_anew(database: Database, tmp_path: Path) -> None:
    for name in ("copy.db", "copy.db-journal", "copy.db-wal"):
        (tmp_path / name).write_bytes(b"half of it")

    copy_database(tmp_path / "pantau.db", tmp_path / "copy.db")

    assert not list(tmp_path.glob("copy.db-*"))
    Database(tmp_path / "copy.db").close()


def test_a_copy_that_is_settled_is_a_database_like_any_other(database: Database, tmp_path: Path) -> None:
    copy_database(tmp_path / "pantau.db", tmp_path / "copy.db")
    settle_database(tmp_path / "copy.db", tmp_path / "settled.db")

    settled = Database(tmp_path / "settled.db")
    add(settled, 1)
    assert settled.rows("PRAGMA journal_mode")[0][0] == JOURNAL_MODE
    settled.close()


def test_each_copy_that_is_made_while_others_write_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    is_done = Event()

    def write() -> None:
        own, number = Database(tmp_path / "pantau.db"), 0
        while not is_done.is_set():
            add(own, number := number + 1)
        own.close()

    writer = Thread(target=write)
    writer.start()
    counts = []
    for number in range(10):
        copy = tmp_path / f"copy-{number}.db"
        copy_database(tmp_path / "pantau.db", copy)
        connection = connect(copy)
        counts.append(connection.execute("SELECT count(*) FROM content").fetchone()[0])
        connection.close()
    is_done.set()
    writer.join()

    assert [count % 2 for count in counts] == [0] * 10
    assert counts == sorted(counts)
