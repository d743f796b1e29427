"""A file beside the database that can be made from it again: no evidence, and thrown away when it is damaged."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workflow.database import APPLICATION_ID, JOURNAL_MODE, Database, DatabaseError, Row, Unavailable, connect

_DERIVED = APPLICATION_ID + 1
_DAMAGED = (11, 26)  # SQLITE_CORRUPT and SQLITE_NOTADB, however they are extended


class Derived(Database):
    """Such a file, made when it is not there. Whoever has it open holds a lock under which nobody throws it away."""

    def __init__(self, path: Path, script: str, version: int) -> None:
        """`script` makes its tables; an older `version` of them is thrown away. It is opened by `renew`."""
        self._path, self._script, self._version = path, script, version
        self._connection = connect(Path(":memory:"))  # until there is a file
        self._lock = self._inode = self._damaged = -1

    def renew(self) -> bool:
        """Open it, where it is not open or another has come into its place since. Raises Unavailable."""
        if self._lock >= 0 and self._damaged != self._inode == self._there():
            return False
        self.close()
        try:
            self._lock = os.open(self._path.with_suffix(".lock"), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            if not self._is_usable():
                self._make()
                fcntl.flock(self._lock, fcntl.LOCK_SH)
            self._inode = self._there()
        except OSError as problem:
            self.close()
            raise Unavailable(str(problem)) from problem
        except BaseException:
            self.close()
            raise
        return True

    def _there(self) -> int:
        with suppress(OSError):
            return self._path.stat().st_ino
        return 0

    def _is_usable(self) -> bool:
        """Whether it is whole as far as one sees at once, and of this version."""
        if self._there() in (0, self._damaged):
            return False
        try:
            self._open(self._path)
            self._connection.execute("PRAGMA synchronous = NORMAL")  # what the last moments brought is brought again
            found = self._pragma("application_id"), self._pragma("user_version")
        except UnicodeDecodeError:  # what is wrong with the tables is told with their damaged names
            return False
        except DatabaseError as error:
            if _code(error) not in _DAMAGED:
                raise Unavailable(str(error)) from error
            return False
        if found[1] > self._version:
            raise Unavailable("a newer Pantau has written it")
        return bool(found == (_DERIVED, self._version))

    def _make(self) -> None:
        """Throw away what is there, unless somebody else has it open, and make it anew."""
        self._connection.close()
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for suffix in ("", "-wal", "-shm", "-journal"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._open(self._path)
        # Half of it is nothing that could be used, so that nobody waits for the disk meanwhile.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._pragma(f"journal_mode = {JOURNAL_MODE}")
        with self.writing():
            for statement in filter(str.strip, self._script.split(";\n")):
                self.run(statement)
            self.run(f"PRAGMA application_id = {_DERIVED}")
            self.run(f"PRAGMA user_version = {self._version}")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._damaged = -1

    def _open(self, path: Path | str) -> None:
        super()._open(path)
        self._connection.text_factory = bytes.decode  # what is no text is damage, and not a mistake of ours

    def version(self) -> int:
        """A number that moves when another connection has committed. Raises as `rows` does."""
        with self._looking():
            return super().version()

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:
        """One transaction, all or nothing. Raises as `rows` does."""
        with self._looking(), super().writing(patience):
            yield

    @contextmanager
    def understood(self) -> Iterator[None]:
        """What is made of rows herein makes sense, or the file is damaged: raises as `rows` does."""
        try:
            yield
        except (ValueError, zlib.error) as error:
            raise self._found_damaged(error) from error

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows at once. Raises Unavailable for a damaged file too, and `renew` throws that away."""
        with self._looking():
            return super().rows(query, *values)

    def run(self, statement: str, *values: object) -> int:
        """Change something, inside `writing`. Raises as `rows` does."""
        with self._looking():
            return super().run(statement, *values)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if _code(error) not in _DAMAGED:
                raise
            raise self._found_damaged(error) from error
        except UnicodeDecodeError as error:
            raise self._found_damaged(error) from error

    def _found_damaged(self, error: Exception) -> Unavailable:
        self._damaged = self._inode
        return Unavailable(str(error))

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1


def _code(error: DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
