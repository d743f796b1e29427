"""A tree of files from past years, which is read and never changed."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from datetime import date, datetime, tzinfo
from pathlib import Path

from inbox.folders import Found, Odd, files
from inbox.footprints import opened_in
from inbox.holding import Hold
from workflow import plain


class Archive:
    """All files below a folder, at any depth, but for those that are passing things: see `inbox.folders`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def files(self) -> tuple[list[Found], list[Odd]]:
        """What could be a document, and what else lies there and why it is none; each by its path."""
        lying = sorted(files(self._root), key=lambda one: one.path)
        found = [one for one in lying if isinstance(one, Found)]
        return found, [one for one in lying if isinstance(one, Odd) and one.reason is not Hold.PASSING]

    def path(self, found: Found) -> Path:
        """Where a file lies."""
        return self._root / os.fsdecode(found.path)

    def opened(self, found: Found) -> AbstractContextManager[int]:
        """A descriptor of a file, following no link on the way. Raises OSError when it is gone or may not be read."""
        return opened_in(self._root, found.path)


def shown(path: bytes) -> str:
    """The path as a person reads it, and as a table gives it back. Two paths can look the same."""
    return plain(os.fsdecode(path))


def dated(found: Found, zone: tzinfo) -> date | None:
    """The day on which a file was last changed, as far as its file system tells; None when that is no day at all."""
    try:
        return datetime.fromtimestamp(found.footprint.mtime_ns // 10**9, zone).date()
    except (OverflowError, ValueError, OSError):
        return None
