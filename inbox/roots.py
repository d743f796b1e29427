"""The folders that files come in through, and whether one is really there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from inbox.glance import SENTINEL, mark, sentinel
from inbox.mounts import FileSystem, file_system
from workflow import Database

# Seconds that a file must lie still. A lease tells of writers on a local disk; elsewhere only time does.
QUIET_WITHOUT_LEASE = 10.0
QUIET_REMOTE = 25.0


class Root(NamedTuple):
    """A folder that files come in through. The main inbox has the name ''."""

    name: str
    path: Path
    quiet: float
    is_read_only: bool = False

    @property
    def file_system(self) -> FileSystem:
        """What it lies on."""
        return file_system(self.path)

    def quiet_without_lease(self) -> float:
        """How long a file must lie still where nobody can tell whether it is being written."""
        return max(self.quiet, QUIET_REMOTE if self.file_system.is_remote else QUIET_WITHOUT_LEASE)


class Roots:
    """Knows each root again: a share that is away looks like an empty folder, and must not be taken for one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def adopt(self, root: Root) -> None:
        """Mark a folder as this root. What is marked keeps its mark; a read-only one is known by its file system."""
        found = _mark(root) or _write_mark(root)
        with self._database.writing():
            self._database.run("INSERT OR REPLACE INTO root VALUES (?, ?)", root.name, found)

    def is_known(self, root: Root) -> bool:
        """Whether the root was adopted once."""
        return sentinel(self._database, root.name) is not None

    def is_there(self, root: Root) -> bool:
        """Whether what lies at its path is the folder that was adopted."""
        found = _mark(root)
        return found is not None and found == sentinel(self._database, root.name)


def _mark(root: Root) -> str | None:
    if not root.is_read_only:
        return mark(root.path)
    try:
        return f"{root.file_system.type}:{os.lstat(root.path).st_ino}"
    except OSError:
        return None


def _write_mark(root: Root) -> str:
    made = os.urandom(16).hex()
    (root.path / SENTINEL).write_text(f"{made}\n", encoding="ascii")
    return made
