"""A process at the other end of a pty: the very bytes that leave, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_SPOKEN_FOR = ("NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "LC_ALL", "LC_CTYPE", "COLUMNS", "LINES")
_WORDS = re.compile(r"\x1b\[[0-9;?>=<$]*[ -/]*[@-~]|\x1b\].*?\x07|\x1b.")


class AtTerminal:
    """A process at a terminal of its own. `sent` is all that it has written."""

    def __init__(
        self,
        command: list[str],
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.sent = b""
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            for name in _SPOKEN_FOR:
                os.environ.pop(name, None)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"})
            os.environ.update(environment or {})
            os.execvp(command[0], command)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.read(patience=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        self.hang_up()

    @property
    def words(self) -> str:
        """What was written, without what only moves and colours."""
        return _WORDS.sub("", self.sent.decode("utf-8", "replace"))

    def press(self, *keys: str) -> bytes:
        """Type keys one after the other; what came back."""
        before = len(self.sent)
        for key in keys:
            os.write(self._terminal, key.encode())
            self.read()
        return self.sent[before:]

    def until(self, text: str, *, seconds: float = 60.0) -> None:
        """Wait until a text was written, and for what comes with it."""
        end = time.monotonic() + seconds
        while text not in self.words:
            assert time.monotonic() < end, self.words
            self.read(patience=0.2)
        self.read()

    def read(self, *, patience: float = 1.5, quiet: float = 0.5) -> bytes:
        """What comes until nothing came for a while; `patience` is how long the first byte may take."""
        before = len(self.sent)
        while select.select([self._terminal], [], [], quiet if len(self.sent) > before else patience)[0]:
            try:
                self.sent += os.read(self._terminal, 1 << 16)
            except OSError:  # the process has ended
                break
        return self.sent[before:]

    def hang_up(self) -> None:
        """The terminal is closed, as a window is or a line that breaks."""
        if self._terminal >= 0:
            os.close(self._terminal)
            self._terminal = -1

    def exit_code(self, *, seconds: float = 20.0) -> int:
        """How the process has ended, within so long; negative is the signal that ended it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._terminal >= 0:
                self.read(patience=0.05)
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.process = 0
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        raise AssertionError("it has not ended")


class Wire(AtTerminal):
    """Pantau itself at that terminal, with sari in front of it."""

    def __init__(
        self,
        root: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        program: str = "from tui.main import main; sys.exit(main())",
    ) -> None:
        where = ["--workspace", str(root), "--as", "sari", *arguments]
        command = [sys.executable, "-c", f"import sys; {program}", *where]
        super().__init__(command, size=size, environment=environment)
