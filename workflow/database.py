"""One SQLite file, shared by every process of a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from workflow.errors import NotOurs, Outgrown, WorkflowError

# Two SQLite libraries on one file in one process drop each other's locks: nobody else imports either.
TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from typing import Any
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

APPLICATION_ID = 0x50414E54  # "PANT"
SCHEMA_VERSION = 7
BUSY_SECONDS = 30.0
Row = sqlite3.Row
Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError
Integrity = sqlite3.IntegrityError
# SQLITE_BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR, _FULL, _CANTOPEN (sqlite.org/rescode.html).
_MAY_PASS = frozenset({5, 6, 7, 8, 10, 13, 14})
is_complete = sqlite3.complete_statement

# Until 3.51.3 a checkpoint that meets a WAL reset can lose commits (sqlite.org/wal.html#walresetbug).
_FIXED_FROM = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_BRANCH_ENDS = ((4,), (3, 51), (3, 45))
_WAL_IS_SAFE = any(
    fixed <= sqlite3.sqlite_version_info < end for fixed, end in zip(_FIXED_FROM, _BRANCH_ENDS, strict=True)
)
JOURNAL_MODE = "wal" if _WAL_IS_SAFE else "truncate"

_PRAGMAS = """
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA recursive_triggers = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
"""


_BUSY = 5
_NOT_A_DATABASE = 26
# In seconds: how often to ask for the right to write, and from when on more often.
_FIRST_STEP, _PATIENCE, _LATER_STEP = 0.004, 0.1, 0.001


class Unavailable(WorkflowError):
    """The disk is full, or the file is locked for too long or out of reach. Nothing has changed; later may do."""


def connect(path: Path | str) -> sqlite3.Connection:
    """A bare connection that waits for others and begins no transaction by itself."""
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def connect_as_it_lies(path: Path, *, is_immutable: bool) -> sqlite3.Connection:
    """A bare connection that makes nothing beside the file; an immutable one is read without asking for locks."""
    address = f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if is_immutable else "")
    return sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)


@contextmanager
def _told(path: Path | str | None = None) -> Iterator[None]:
    """Tell what may pass from what is a mistake of ours, and a file that is no database when it is opened."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _MAY_PASS:
            raise
        raise Unavailable(str(error)) from error
    except sqlite3.DatabaseError as error:
        if path is None or getattr(error, "sqlite_errorcode", 0) != _NOT_A_DATABASE:
            raise
        raise NotOurs(str(path)) from error


class Database:
    """A connection with the safe settings. One for each thread; every write goes through `writing`."""

    is_past = False
    is_copy = False
    _patience: float | None = None
    # What the file must stay of while it is open, and the last number by which it was seen to be so.
    _schema: int | None = None
    _moved = -1

    def __init__(self, path: Path | str) -> None:
        """Open an existing database, bringing an older schema up to date. Raises NotOurs."""
        if not os.path.isfile(path):  # noqa: PTH113
            raise NotOurs(str(path))
        with _told(path):
            self._check(path)

    def _check(self, path: Path | str) -> None:
        self._open(path)
        if self._pragma("application_id") != APPLICATION_ID or self._pragma("user_version") > SCHEMA_VERSION:
            version = self._pragma("user_version")
            self.close()
            raise NotOurs(str(path), version)
        if self._pragma("user_version") < SCHEMA_VERSION:
            self._upgrade(path)
        self._settle_journal()
        self._schema = SCHEMA_VERSION

    def _settle_journal(self) -> None:
        if self._pragma("journal_mode") != JOURNAL_MODE and not _WAL_IS_SAFE:
            self._pragma(f"journal_mode = {JOURNAL_MODE}")

    def _check_schema(self) -> None:
        """Raise Outgrown where another process has brought the file up to date meanwhile."""
        if self._schema is not None and self._pragma("user_version") != self._schema:
            raise Outgrown

    @classmethod
    def create(cls, path: Path) -> Database:
        """Make the database, or open it when it is there."""
        from workflow.schema import migrate

        with _told(path):
            migrate(path)
        return cls(path)

    def _open(self, path: Path | str) -> None:
        self._connection = connect(path)
        self._connection.row_factory = Row
        self._connection.executescript(_PRAGMAS)

    def _upgrade(self, path: Path | str) -> None:
        from pathlib import Path

        from workflow.schema import migrate

        self.close()
        migrate(Path(path))
        self._open(path)

    def _pragma(self, text: str) -> Any:
        with _told():
            return self._connection.execute(f"PRAGMA {text}").fetchone()[0]

    def wait_for_others(self, seconds: float) -> None:
        """Let reading wait so long at most for whoever keeps the file to themselves; writing waits as ever."""
        self._patience = seconds
        self._pragma(f"busy_timeout = {int(seconds * 1000)}")

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows at once, so that no open cursor pins the write-ahead log."""
        with _told():
            rows: list[Row] = self._connection.execute(query, values).fetchall()
            return rows

    def row(self, query: str, *values: object) -> Row | None:
        """The first row, or None."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def run(self, statement: str, *values: object) -> int:
        """Change something, inside `writing`. Returns the number of rows that changed."""
        with _told():
            return int(self._connection.execute(statement, values).rowcount)

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:
        """One transaction, all or nothing, durable when it returns. Inside another one it is part of that.

        `patience` is how many seconds it waits for whoever writes, where that is not `BUSY_SECONDS`. Raises Outgrown.
        """
        if self._connection.in_transaction:
            yield
            return
        with _told():
            self._begin(BUSY_SECONDS if patience is None else patience)
        try:
            self._check_schema()
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _begin(self, patience: float) -> None:
        """Wait for whoever writes by asking again and again, more often the longer it takes.

        SQLite by itself asks ever more seldom, so that whoever has just come goes before those who wait.
        """
        waited = 0.0
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF != _BUSY or waited >= patience:
                        raise
                step = _FIRST_STEP if waited < _PATIENCE else _LATER_STEP
                sleep(step)
                waited += step
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {int((self._patience or BUSY_SECONDS) * 1000)}")

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is open, whose end is not ours to decide."""
        return bool(self._connection.in_transaction)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot for several queries. Raises Outgrown."""
        if self._connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            self._check_schema()
            yield
        finally:
            # What was written inside belongs to nobody's transaction, so it is not kept.
            self._connection.execute("ROLLBACK")

    @contextmanager
    def forgiving(self) -> Iterator[None]:
        """Read what is no text, and should be, with signs in its place: it is looked at, not taken for granted."""
        self._connection.text_factory = lambda raw: str(raw, "utf-8", "replace")
        try:
            yield
        finally:
            self._connection.text_factory = str

    def version(self) -> int:
        """A number that moves when another connection has committed; it costs microseconds. Raises Outgrown."""
        moved = int(self._pragma("data_version"))
        if moved != self._moved:
            self._check_schema()
            self._moved = moved
        return moved

    def copy_to(self, path: Path, journal: str) -> None:
        """Write it as it is at one moment into a new file, while others go on; in WAL nobody waits for that.

        Raises Unavailable.
        """
        copy = connect(path)
        try:
            self._connection.backup(copy)
            copy.execute(f"PRAGMA journal_mode = {journal}")
        except sqlite3.OperationalError as error:  # of a backup it does not say which
            raise Unavailable(str(error)) from error
        finally:
            copy.close()

    def stamp(self) -> tuple[int, int]:
        """Another one whenever anything was written, by another connection or by this one; microseconds, too."""
        return self.version(), self._connection.total_changes

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
