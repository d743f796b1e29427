"""A database written into another file, as it is at one moment."""

from __future__ import annotations

import os
from pathlib import Path

from workflow.database import JOURNAL_MODE
from workflow.health import ReadOnly


def copy_database(source: Path, target: Path) -> None:
    """Copy it while others write, as one file without a log; durable when this returns. Replaces `target`.

    Raises OSError or Unavailable, and leaves half a `target` then.
    """
    _copy(source, target, "delete")


def settle_database(source: Path, target: Path) -> None:
    """Make such a copy into the database of a workspace."""
    _copy(source, target, JOURNAL_MODE)


def _copy(source: Path, target: Path, journal: str) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    # So it is never readable for others, not even for a moment.
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    database = ReadOnly(source)
    try:
        database.copy_to(target, journal)
    finally:
        database.close()
    for path in (target, target.parent):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
