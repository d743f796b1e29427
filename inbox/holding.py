"""Files that wait in an inbox, each with the reason, so that nothing waits unseen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from workflow import Database, plain


class Hold(StrEnum):
    """Why a file is not taken yet. Each has one sentence, in `tui.words`."""

    BEING_WRITTEN = "being written"
    OPEN_IN_EDITOR = "open in editor"
    EMPTY = "empty"
    EMPTY_HEAD = "empty head"
    PDF_END = "pdf end"
    ZIP_END = "zip end"
    OLE_END = "ole end"
    TOO_LARGE = "too large"
    TOO_DEEP = "too deep"
    NOT_A_FILE = "not a file"
    PASSING = "passing"
    UNREADABLE = "unreadable"
    NOT_PUT_AWAY = "not put away"
    DISK = "disk"
    BUSY = "busy"


class Waiting(NamedTuple):
    """A file that waits: where, why and since when (UTC). `name` and `folder` are cleaned for display."""

    root: str
    path: bytes
    name: str
    folder: str
    reason: Hold
    since: str


class Holding:
    """What waits in one root, as the watcher last saw it."""

    def __init__(self, database: Database, root: str) -> None:
        self._database = database
        self._root = root
        self._written = {one.path: one.reason for one in waiting(database) if one.root == root}

    def update(self, held: Mapping[bytes, Hold], now: str) -> None:
        """Make the record say exactly this. Writes only what has changed; `since` stays while the reason does."""
        gone = self._written.keys() - held.keys()
        new = {path: reason for path, reason in held.items() if self._written.get(path) is not reason}
        if not gone and not new:
            return
        with self._database.writing():
            for path in gone:
                self._database.run("DELETE FROM held WHERE root = ? AND path = ?", self._root, path)
            for path, reason in new.items():
                folder, name = os.path.split(path)
                shown = (plain(os.fsdecode(name)), plain(os.fsdecode(folder)))
                row = (self._root, path, *shown, reason, now)
                self._database.run("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?, ?)", *row)
        self._written = dict(held)


def waiting(database: Database) -> list[Waiting]:
    """All that waits in any root, the longest first."""
    rows = database.rows("SELECT root, path, name, folder, reason, since FROM held ORDER BY since, path")
    return [_waiting(row) for row in rows]


def _waiting(row: Iterable[Any]) -> Waiting:
    one = Waiting(*row)
    return one._replace(reason=Hold(one.reason))
