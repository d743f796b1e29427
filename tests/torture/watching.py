"""`pantau watch` as a service runs it, and what a test does to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.inbox.conftest import ROOT, wait_until


class Watch:
    """The watcher of a workspace, in a process of its own. What it says goes into a file."""

    def __init__(self, root: Path, log: Path) -> None:
        self._root = root
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._peaks: list[int] = []

    @property
    def pid(self) -> int:
        """The process that watches."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process is not None and self._process.poll() is None

    def start(self, *under: str) -> None:
        """Start it, if need be under another program that runs it in its own place, and wait until it watches."""
        begun = len(self.said("watching"))
        command = [*under, sys.executable, "-m", "tui", "--lang", "en", "--json", "--workspace", str(self._root)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "watch"], cwd=ROOT, stdin=subprocess.DEVNULL, stderr=log, start_new_session=True
            )
        wait_until(lambda: len(self.said("watching")) > begun or not self.is_alive)
        assert self.is_alive, self._log.read_text()

    def end(self) -> None:
        """End it as a service manager does, if it runs."""
        if self._process is None:
            return
        if self.is_alive:
            self._peaks.append(_peak(self.pid))
            os.killpg(self.pid, signal.SIGCONT)
            self._process.terminate()
        self._process.wait(timeout=60)
        self._process = None

    def kill(self) -> None:
        """Kill it at once."""
        assert self._process is not None
        self._peaks.append(_peak(self.pid))
        self._process.kill()
        self._process.wait(timeout=60)
        self._process = None

    def stop(self) -> None:
        """Let neither it nor its listener run until `go_on`."""
        os.killpg(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let them run again."""
        os.killpg(self.pid, signal.SIGCONT)

    def look(self) -> None:
        """Have it look now."""
        os.kill(self.pid, signal.SIGUSR1)

    def looked(self) -> str:
        """When it last looked at the inboxes."""
        return str(json.loads((self._root / "watch.lock").read_text())[3])

    def said(self, event: str = "") -> list[dict[str, Any]]:
        """The lines of its log, or those of one kind of happening."""
        if not self._log.exists():
            return []
        lines = [line for line in self._log.read_text().splitlines() if line.startswith("{")]
        told: list[dict[str, Any]] = [json.loads(line) for line in lines]
        return [one for one in told if event in ("", one.get("event"))]

    def memory(self) -> int:
        """The most memory that it ever held, in MB."""
        return max([*self._peaks, _peak(self.pid) if self.is_alive else 0])

    def listener(self) -> int:
        """The process that reads events for it."""
        wait_until(lambda: bool(_children(self.pid)))
        return _children(self.pid)[0]

    def listeners_memory(self) -> int:
        """The most memory that its listener ever held, in MB."""
        return _peak(self.listener())


def _children(pid: int) -> Sequence[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = dict(line.partition(":")[::2] for line in status.splitlines())
    return int(lines.get("VmHWM", "0 kB").split()[0]) // 1024
