"""A database that may only be read, as it lies: a restored copy, or what a replication has brought."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workflow.database import Database, Row, Unavailable, connect_as_it_lies
from workflow.errors import OnlyACopy


class Replica(Database):
    """Nothing is made beside the file and nothing in it is changed, not even to bring it up to date.

    Raises NotOurs, and OnlyACopy for one that an older Pantau has written.
    """

    is_copy = True

    def __init__(self, path: Path) -> None:
        self._path = path
        # A log that lies there holds what came last; only without one SQLite needs nothing beside the file.
        self._is_immutable = not self._log.exists()
        self._lay = self._footprint()
        super().__init__(path)

    @property
    def _log(self) -> Path:
        return self._path.with_name(f"{self._path.name}-wal")

    def _footprint(self) -> tuple[int, int, int]:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return 0, 0, 0
        return status.st_ino, status.st_size, status.st_mtime_ns

    def _open(self, path: Path | str) -> None:  # noqa: ARG002
        self._connection = connect_as_it_lies(self._path, is_immutable=self._is_immutable)
        self._connection.row_factory = Row
        self._connection.execute("PRAGMA trusted_schema = OFF")

    def _upgrade(self, path: Path | str) -> None:  # noqa: ARG002  # as whoever may write it is asked
        version = int(self._pragma("user_version"))
        self.close()
        raise OnlyACopy(version)

    def _settle_journal(self) -> None:
        """It stays as it is."""

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows at once. Raises Unavailable where somebody writes the file while it is read as immutable."""
        rows = super().rows(query, *values)
        inode, *lies = self._footprint()
        # Another file in its place leaves the one that is open as it was.
        if self._is_immutable and inode == self._lay[0] and (lies != list(self._lay[1:]) or self._log.exists()):
            raise Unavailable("somebody writes it")
        return rows

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:  # noqa: ARG002  # nobody waits for what is refused
        """Raises OnlyACopy."""
        raise OnlyACopy
        yield
