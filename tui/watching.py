"""A watcher beside the screens: one person on a laptop needs no service."""

from __future__ import annotations

import subprocess
import sys

from inbox import WatchLock
from tui.workspace import Workspace


class Beside:
    """Starts a watcher when none runs and the settings allow it. It ends with the process that started it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = WatchLock(workspace.watch_lock)
        self._child: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Look whether somebody watches, and start a watcher if not. Cheap enough for every second."""
        if self._workspace.settings.watch == "service":
            return
        if self._child is not None and self._child.poll() is None:
            return
        if self._lock.holder() is None:
            self._child = self._start()

    def stop(self) -> None:
        """End the watcher that was started here, if there is one."""
        if self._child is not None:
            if self._child.stdin:
                self._child.stdin.close()
            self._child.wait()
            self._child = None

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(self._workspace.root)
        with (self._workspace.root / "watch.log").open("ab") as log:
            # The pipe is how the watcher learns that the screens are gone, however they went.
            return subprocess.Popen(
                [sys.executable, "-m", "tui", "--workspace", root, "watch", "--beside"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
