"""The programs that offices send with, and what they send."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from tests.inbox.conftest import ROOT, wait_until

_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
_SETTINGS = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile none
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
Subsystem sftp internal-sftp
MaxStartups 100
"""


def pdf(text: str, size: int = 4000) -> bytes:
    """A document of about this size, complete as far as its structure tells."""
    line = f"% {text}\n".encode()
    return b"%PDF-1.7\n" + line * max(1, size // len(line)) + b"startxref\n0\n%%EOF\n"


def spawn(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """A sender that is a few lines of Python; it says a line when it is ready and goes on when told."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def heard(process: subprocess.Popen[str]) -> str:
    """The next line that a sender says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str]) -> None:
    """Tell a sender to go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


class Sshd:
    """A server on the loopback, with a key of its own, for whoever runs the tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sshd:
        for key in ("host", "key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._folder / key)]
            subprocess.run(command, check=True)
        shutil.copy(self._folder / "key.pub", self._folder / "authorized")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        (self._folder / "sshd").write_text(_SETTINGS.format(port=self._port, folder=self._folder))
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        program = shutil.which("sshd", path=_PATH)
        assert program is not None
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen([program, "-D", "-e", "-f", self._folder / "sshd"], stderr=log)
        wait_until(self._answers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()

    def sftp(self, *orders: str, slowly: int = 0) -> subprocess.Popen[str]:
        """Begin a session with these orders, if need be at so many kbit/s."""
        limit = ["-l", str(slowly)] if slowly else []
        command = ["sftp", "-q", "-b", "-", *limit, "-P", str(self._port), *self._options(), self._host()]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, text=True)
        assert process.stdin is not None
        process.stdin.write("".join(f"{order}\n" for order in orders))
        process.stdin.close()
        return process

    def scp(self, source: Path, target: Path) -> None:
        """Copy a file to the server."""
        there = f"{self._host()}:{target}"
        subprocess.run(["scp", "-q", "-P", str(self._port), *self._options(), source, there], check=True)

    def rsync(self, source: Path, target: Path, *more: str) -> None:
        """Copy a file to the server as rsync does."""
        shell = " ".join(["ssh", "-p", str(self._port), *self._options()])
        there = f"{self._host()}:{target}"
        subprocess.run(["rsync", "--protect-args", *more, "-e", shell, source, there], check=True)

    def _answers(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self._port)) == 0

    def _options(self) -> list[str]:
        known = "UserKnownHostsFile=/dev/null"
        no_check = "StrictHostKeyChecking=no"
        return ["-i", str(self._folder / "key"), "-F", "none", "-o", known, "-o", no_check, "-o", "LogLevel=ERROR"]

    def _host(self) -> str:
        return f"{getpass.getuser()}@127.0.0.1"
