"""A server with a workspace behind it, and a key for one person of each role."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tests.inbox.conftest import wait_until
from tests.sshd import LONGEST, Sshd
from tests.tui.conftest import Elsewhere, filled
from tests.tui.wire import AtTerminal
from tui.main import main
from tui.workspace import Workspace
from workflow import Role, read_public_key

__all__ = ["filled"]

PEOPLE = {
    "dina": Role.OFFICE,
    "sari": Role.REVIEWER,
    "budi": Role.APPROVER,
    "ani": Role.BUREAU,
    "lina": Role.LEADER,
    "tuti": Role.AUDITOR,
    "wati": Role.ADMINISTRATOR,
}
# What a client may bring here is more than deploy/sshd lets it: Pantau itself keeps none of it, and so does the key.
SETTINGS = """\
AcceptEnv LANG LC_* NO_COLOR COLORTERM COLUMNS LINES PAGER EDITOR VISUAL BROWSER TEXTUAL* PANTAU_* HOME PATH
AllowAgentForwarding yes
AllowTcpForwarding yes
X11Forwarding yes
ClientAliveInterval 1
ClientAliveCountMax 2
LogLevel VERBOSE
"""


class Served:
    """A workspace behind the server: everybody's key leads into it."""

    def __init__(self, sshd: Sshd, workspace: Workspace) -> None:
        self.sshd = sshd
        self.workspace = workspace
        self.log = workspace.root / "ssh.log"
        self._lines = pantau(workspace, "authorized-keys").splitlines()
        self._doors = Path(tempfile.mkdtemp(prefix="pantau-"))  # the name of a socket may be no longer than 107 bytes
        self._open: dict[str, subprocess.Popen[bytes]] = {}

    def run(
        self, name: str, command: str = "", *options: str, tty: bool = False
    ) -> subprocess.CompletedProcess[bytes]:
        """What somebody is answered, by the connection that is open for them, if there is one."""
        self.sshd.authorize(*self._lines)
        door = ["-o", f"ControlPath={self._doors / name}"] if name in self._open else []
        return self.sshd.run(name, command, tty=tty, options=[*options, *door])

    def open(self, name: str) -> None:
        """Have somebody's next questions wait for no other handshake."""
        if name in self._open:
            return
        self.sshd.authorize(*self._lines)
        master = self.sshd.ssh(name, options=["-NM", "-o", f"ControlPath={self._doors / name}"])
        self._open[name] = subprocess.Popen(["timeout", str(LONGEST), *master])
        wait_until((self._doors / name).exists)

    def client(self, name: str, command: str) -> list[str]:
        """The line that starts a client of somebody's own."""
        self.sshd.authorize(*self._lines)
        return self.sshd.ssh(name, command, options=["-T"])

    def came_by(self, name: str) -> str:
        """How the trail tells a person's address and key, but for the terminal."""
        public = self.sshd.key(name).with_suffix(".pub").read_text()
        return f"127.0.0.1 key:{read_public_key(public).fingerprint.removeprefix('SHA256:')[:12]}"

    def close(self) -> None:
        """Let go of the connections that are open."""
        for process in self._open.values():
            process.terminate()
            process.wait()
        shutil.rmtree(self._doors)

    def screens(
        self,
        name: str,
        command: str = "",
        *,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> AtTerminal:
        """Somebody sits down at a terminal of their own."""
        self.sshd.authorize(*self._lines)
        return self.sshd.screens(name, command, options=options, environment=environment)

    def processes(self) -> list[int]:
        """What the keys have started that still runs."""
        return self._running("--as")

    def watchers(self) -> list[int]:
        """The watchers that still run."""
        return self._running("watch")

    def _running(self, word: str) -> list[int]:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:  # it has ended meanwhile
                continue
            if line.startswith(sys.executable) and f"--workspace {self.workspace.root} {word} " in line:
                found.append(int(path.parent.name))
        return found


def pantau(workspace: Workspace, *words: str) -> str:
    """What is answered to whoever sits at the server."""
    told = StringIO()
    with redirect_stdout(told), redirect_stderr(StringIO()):
        assert main(["--lang", "en", "--workspace", str(workspace.root), *words]) == 0, words
    return told.getvalue()


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """The server, for all tests."""
    with Sshd(tmp_path_factory.mktemp("sshd"), SETTINGS) as running:
        for name in (*PEOPLE, "stranger"):
            running.key(name)
        yield running


@pytest.fixture(scope="session")
def staffed(filled: Path, sshd: Sshd, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One person of each role, each with a key, Dina of Dinas Kesehatan."""
    made = Workspace(Path(shutil.copytree(filled, tmp_path_factory.mktemp("staffed") / "ruang kerja")))
    made.people.unlink()
    for name, role in PEOPLE.items():
        office = ["--office", "diskes"] if role is Role.OFFICE else []
        public = str(sshd.key(name).with_suffix(".pub"))
        pantau(made, "people", "add", name, "--role", role, *office, "--key", public)
    return made


@pytest.fixture
def workspace(staffed: Workspace, tmp_path: Path) -> Workspace:
    """The same, to write in."""
    return Workspace(Path(shutil.copytree(staffed.root, tmp_path / "ruang kerja")))


@pytest.fixture(scope="session")
def standing(sshd: Sshd, staffed: Workspace) -> Iterator[Served]:
    """For questions, and for what is refused: nothing is written."""
    behind = Served(sshd, staffed)
    yield behind
    behind.close()


@pytest.fixture
def served(sshd: Sshd, workspace: Workspace) -> Iterator[Served]:
    """For what is written, too."""
    behind = Served(sshd, workspace)
    yield behind
    behind.close()


@pytest.fixture
def elsewhere(workspace: Workspace) -> Iterator[Elsewhere]:
    other = Elsewhere(workspace)
    yield other
    other.close()
