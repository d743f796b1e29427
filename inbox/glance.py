"""What a status asks of the inboxes: how much waits to be placed, whether somebody watches, whether one is away."""

from __future__ import annotations

import fcntl
import os

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from workflow import Database

SENTINEL = ".pantau-inbox"
WAITING = """
outcome = 'quarantined' AND id NOT IN (SELECT arrival FROM placement) AND id NOT IN (SELECT arrival FROM turned_away)
"""


def to_place(database: Database, within: str | None) -> int:
    """How many arrivals wait for a person, or how many of those that came through the folder of one office."""
    rows = database.rows(f"SELECT folder FROM arrival WHERE {WAITING}")
    return sum(within in (None, row[0].partition("/")[0]) for row in rows)


def is_watched(lock: str | os.PathLike[str]) -> bool:
    """Whether a watcher holds this lock."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not is_locked(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def is_locked(descriptor: int, kind: int) -> bool:
    """Whether a lock of this kind can be had; then it is taken."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_away(database: Database, name: str, folder: str | os.PathLike[str]) -> bool:
    """Whether an inbox that marks are written into was adopted once, and what lies there now is not it."""
    known = sentinel(database, name)
    return known is not None and mark(folder) != known


def sentinel(database: Database, name: str) -> str | None:
    """The mark of the inbox of this name; None when it was never adopted."""
    row = database.row("SELECT sentinel FROM root WHERE name = ?", name)
    return str(row[0]) if row else None


def mark(folder: str | os.PathLike[str]) -> str | None:
    """The mark that lies in a folder; None when it has none, or is not there."""
    try:
        with open(os.path.join(folder, SENTINEL), encoding="ascii") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError):
        return None
