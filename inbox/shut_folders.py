"""Folders that take nothing just now: none is tried twice in one round, and the fault of each is told once."""

from __future__ import annotations

import errno
from pathlib import Path

# Another folder of the same root fares no better, and to try each would keep what arrives waiting.
_FAULTS_OF_DISKS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class ShutFolders:
    """What is known of them until the next round."""

    def __init__(self) -> None:
        self._shut: set[Path] = set()
        self._told: dict[Path, str] = {}

    def is_shut(self, root: Path, folder: Path) -> bool:
        """Whether it, or its whole root, has taken nothing in this round."""
        return root in self._shut or folder in self._shut

    def shut(self, root: Path, folder: Path, fault: Exception) -> bool:
        """Note a fault; whether it is another than was last told of the folder."""
        self._shut.add(root if getattr(fault, "errno", None) in _FAULTS_OF_DISKS else folder)
        said = str(getattr(fault, "strerror", None) or fault)
        is_new = self._told.get(folder) != said
        self._told[folder] = said
        return is_new

    def has_taken(self, folder: Path) -> None:
        """Note that it is in order, so that its next fault is told again."""
        self._told.pop(folder, None)

    def try_again(self) -> None:
        """Begin the next round."""
        self._shut.clear()
