"""A real terminal with Pantau's screens in it: tmux, on a socket of its own."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from benchmarks.measure import pantau


class Terminal:
    """Opens the screens on a workspace; `text` is what a person sees."""

    def __init__(self, root: Path, width: int, height: int, *arguments: str) -> None:
        self._socket = f"pantau-{uuid4().hex[:12]}"
        # Whoever starts this may have a COLUMNS of their own (readline sets one unseen): the pane's size is meant.
        environment = ["env", "-u", "COLUMNS", "-u", "LINES", "TERM=xterm-256color"]
        command = shlex.join([*environment, *pantau(root, *arguments)])
        self._tmux("new-session", "-d", "-x", str(width), "-y", str(height), command)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # It may be gone already, which shall not hide why.
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], check=False, capture_output=True)

    def text(self) -> str:
        """The whole screen."""
        return self._tmux("capture-pane", "-p")

    def row(self, start: str) -> str:
        """The line that begins with this, after the cursor mark; empty when there is none."""
        lines = (line.lstrip(" >►") for line in self.text().splitlines())
        return next((line for line in lines if line.startswith(start)), "")

    def process(self) -> int:
        """The process of the screens."""
        return int(self._tmux("list-panes", "-F", "#{pane_pid}"))

    def press(self, *keys: str) -> None:
        """Type keys, by the names that tmux has for them."""
        self._tmux("send-keys", *keys)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._socket, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
