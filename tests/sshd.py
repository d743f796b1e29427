"""A real sshd on the loopback, and people who come to it with their keys."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.tui.wire import AtTerminal

LONGEST = 600  # seconds; whatever becomes of the tests, the server ends by then
_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
_SETTINGS = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
UseDNS no
MaxStartups 100
# A bash that does not take itself for the first reads no ~/.bashrc: that of whoever runs the tests is not under test.
SetEnv SHLVL=2
"""
_AS_USUAL = """\
AuthorizedKeysFile {folder}/authorized_keys
Subsystem sftp internal-sftp
"""


class Sshd:
    """The server, for whoever runs the tests, by the settings that a test adds; the first that is said of one counts.

    `authorize` says whose keys it takes. It runs between `with` and its end.
    """

    def __init__(self, folder: Path, settings: str = "", within: Sequence[str] = ()) -> None:
        """`within` is what the server is started by, where it shall have accounts and folders of its own."""
        self.folder = folder
        self.port = 0
        self.user = getpass.getuser()
        self._settings = settings
        self._within = within
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sshd:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.key("host")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        host = " ".join((self.folder / "host.pub").read_text().split()[:2])
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {host}\n")
        where = {"port": self.port, "folder": self.folder}
        parts = (self._settings, _SETTINGS.format(**where), _AS_USUAL.format(**where))
        (self.folder / "sshd_config").write_text("\n".join(parts))
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        program = shutil.which("sshd", path=_PATH)
        assert program is not None
        command = [
            *self._within,
            "timeout",
            str(LONGEST),
            program,
            "-D",
            "-e",
            "-f",
            str(self.folder / "sshd_config"),
        ]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, stderr=log)
        end = time.monotonic() + 30
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < end, self.log()  # noqa: PT018
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()

    def key(self, name: str) -> Path:
        """The private key of this name, made when it is first asked for; the public one lies beside it."""
        path = self.folder / name
        if not path.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True)
        return path

    def authorize(self, *lines: str) -> None:
        """Take these keys from now on, and no others."""
        (self.folder / "authorized_keys").write_text("".join(f"{line}\n" for line in lines))

    def log(self) -> str:
        """What the server has said so far."""
        return (self.folder / "log").read_text(errors="replace")

    def options(self, name: str) -> list[str]:
        """How a client of OpenSSH is told to come with the key of this name, and to ask nobody anything."""
        said = {
            "UserKnownHostsFile": self.folder / "known_hosts",
            "GlobalKnownHostsFile": "none",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
        }
        key = ["-F", "none", "-i", str(self.key(name))]
        return [*key, *(word for option, value in said.items() for word in ("-o", f"{option}={value}"))]

    def ssh(self, name: str, *command: str, options: Sequence[str] = ()) -> list[str]:
        """The line that somebody would type: options, server, command."""
        # What is said first of an option counts.
        where = ["-p", str(self.port), f"{self.user}@127.0.0.1"]
        return ["ssh", *options, *self.options(name), *where, *(["--", *command] if command else [])]

    def run(
        self,
        name: str,
        command: str = "",
        *,
        tty: bool = False,
        input: bytes = b"",  # noqa: A002  # as subprocess has it
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Come with a key, have a command run, and wait for the end. With `tty`, at a terminal of the server's."""
        line = self.ssh(name, *([command] if command else []), options=[*(["-tt"] if tty else ["-T"]), *options])
        return self._done(line, input=input, environment=environment)

    def sftp(self, name: str, *orders: str) -> subprocess.CompletedProcess[bytes]:
        """Give orders to sftp, one after the other."""
        line = ["sftp", "-q", "-b", "-", *self.options(name), "-P", str(self.port), f"{self.user}@127.0.0.1"]
        return self._done(line, input="".join(f"{order}\n" for order in orders).encode())

    def scp(self, name: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Copy; a word that begins with `:` is a path on the server."""
        there = f"{self.user}@127.0.0.1"
        paths = [f"{there}{word}" if word.startswith(":") else word for word in words]
        return self._done(["scp", "-q", *self.options(name), "-P", str(self.port), *paths])

    def screens(
        self,
        name: str,
        command: str = "",
        *,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (80, 24),
    ) -> AtTerminal:
        """Come with a key from a terminal of one's own."""
        line = self.ssh(name, *([command] if command else []), options=["-tt", *options])
        return AtTerminal(line, size=size, environment=environment)

    def _done(
        self,
        line: Sequence[str],
        input: bytes = b"",  # noqa: A002
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        plain = {"PATH": _PATH, "HOME": str(self.folder), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        surroundings = {**plain, **(environment or {})}
        return subprocess.run(line, input=input, capture_output=True, env=surroundings, timeout=60, check=False)

    def _answers(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0
