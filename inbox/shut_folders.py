"""Folders that take nothing just now: none is tried twice in one round, and the fault of each is told once."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from workflow import Unavailable

AGAIN = timedelta(minutes=1)
# So many are passed over at once: new files wait meanwhile.
AT_ONCE = 100
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

    def take(self, root: Path, folder: Path, work: Callable[[], None], report: Callable[[Exception], None]) -> bool:
        """Whether the folder took what `work` puts there; `report` hears of a fault that was not told last."""
        try:
            work()
        except (OSError, Unavailable) as fault:
            if self._is_new(root, folder, fault):
                report(fault)
            return False
        self._told.pop(folder, None)
        return True

    def _is_new(self, root: Path, folder: Path, fault: Exception) -> bool:
        self._shut.add(root if getattr(fault, "errno", None) in _FAULTS_OF_DISKS else folder)
        said = str(getattr(fault, "strerror", None) or fault)
        is_new = self._told.get(folder) != said
        self._told[folder] = said
        return is_new

    def try_again(self) -> None:
        """Begin the next round."""
        self._shut.clear()
