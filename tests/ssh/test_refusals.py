"""What a key does not open: no shell, no files, no way on, and nobody else's name."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
from pathlib import Path

import pytest

from tests.inbox.conftest import wait_until
from tests.ssh.conftest import Served, pantau
from tests.tui.conftest import LKJIP

pytestmark = pytest.mark.needs("sshd", "ssh", "ssh-keygen")

NO_SHELL = b"There is no shell here that "
NOT_ASKED = b"is nothing that can be asked for over SSH"
THEIR_KEY = b"Who somebody is, and where, their key says"
OF_THE_SERVER = b"would be a file of the server"
FILES = b"Files do not go this way"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sh", NOT_ASKED),
        ("/bin/sh -c id", NOT_ASKED),
        ("; id", NO_SHELL),
        ("status; touch {made}", NO_SHELL),
        ("status && touch {made}", NO_SHELL),
        ("status | tee {made}", NO_SHELL),
        ("status > {made}", NO_SHELL),
        ("$(touch {made})", NO_SHELL),
        ("status `touch {made}`", NO_SHELL),
        ("status $HOME", NO_SHELL),
        ("status\ntouch {made}", b"The command is not one line of readable text."),
        ("status \x1b]0;x\x07", b"The command is not one line of readable text."),
        ("search " + "x" * 5000, b"The command is longer than 4096 bytes."),
        ("search " + "y" * 100_000, b"The command is longer than 4096 bytes."),
        ("--as wati grant lina --role administrator", THEIR_KEY),
        ("status --as=wati", THEIR_KEY),
        ("--workspace /tmp status", THEIR_KEY),
        ("init {made} --region x --year 2026", NOT_ASKED),
        ("watch", NOT_ASKED),
        ("serve", NOT_ASKED),
        ("authorized-keys", NOT_ASKED),
        ("backup {made}", NOT_ASKED),
        (f"fetch {LKJIP} --output {{made}}", OF_THE_SERVER),
        ("calendar --ics {made}", OF_THE_SERVER),
        ("trail export {made}", OF_THE_SERVER),
        ("receipt verify /etc/passwd", OF_THE_SERVER),
    ],
    ids=lambda one: repr(one[:30]) if isinstance(one, str) else "",
)
def test_what_is_no_line_of_pantau_gets_one_sentence_and_is_noted(
    standing: Served, line: str, told: bytes, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    standing.open("ani")
    standing.log.unlink(missing_ok=True)

    answer = standing.run("ani", line.format(made=made))

    assert (answer.returncode, answer.stdout) == (2, b"")
    assert told in answer.stderr
    assert answer.stderr.count(b"\n") == 1
    assert not made.exists()
    (note,) = standing.log.read_text().splitlines()
    assert f" ani ({standing.came_by('ani')}) refused: " in note
    assert len(note) < 300


def test_a_command_of_a_megabyte_runs_nothing(standing: Served) -> None:
    """No program could be given it: the line is cut before Pantau, by the client, by sshd or by the system."""
    longest = ["x" * 100_000] * 10
    line = standing.sshd.ssh("ani", "search", *longest, options=["-T"])
    answer = subprocess.run(line, capture_output=True, timeout=60, check=False)

    assert answer.returncode != 0
    assert answer.stdout == b""


def test_a_shell_is_not_to_be_had_at_a_terminal_either(standing: Served) -> None:
    standing.open("ani")
    for line in ("sh", "bash -i", "-i"):
        answer = standing.run("ani", line, tty=True)
        assert answer.returncode == 2
        assert b"nothing that can be asked" in answer.stdout or b"-i" in answer.stdout


@pytest.mark.needs("scp", "sftp", "rsync")
def test_files_are_neither_brought_nor_taken(served: Served, tmp_path: Path) -> None:
    (tmp_path / "own").write_bytes(b"own")
    made, taken = tmp_path / "made", tmp_path / "taken"
    sshd, settings = served.sshd, served.workspace.root / "pantau.toml"
    served.run("ani", "sh")
    before = len(served.log.read_text().splitlines())
    rsync = ["rsync", "-e", shlex.join(sshd.ssh("ani")[:-1]), str(tmp_path / "own"), f"{sshd.user}@127.0.0.1:{made}"]

    answers = [
        sshd.sftp("ani", f"put {tmp_path / 'own'} {made}"),
        sshd.sftp("ani", f'get "{settings}" {taken}'),
        sshd.scp("ani", str(tmp_path / "own"), f":{made}"),
        sshd.scp("ani", "-O", str(tmp_path / "own"), f":{made}"),
        sshd.scp("ani", "-O", f":{settings}", str(taken)),
        subprocess.run(rsync, capture_output=True, timeout=60, check=False),
    ]

    assert [one.returncode == 0 for one in answers] == [False] * len(answers)
    # What a subsystem says besides its protocol, sshd keeps to itself.
    assert [FILES in one.stderr for one in answers] == [False] * 3 + [True] * 3
    assert not made.exists()
    assert not taken.exists()
    assert len(served.log.read_text().splitlines()) == before + len(answers)


def listening() -> socket.socket:
    """Something that nobody of outside should get to."""
    inner = socket.create_server(("127.0.0.1", 0))
    inner.settimeout(0)
    return inner


def is_open(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def is_reached(inner: socket.socket) -> bool:
    try:
        inner.accept()
    except BlockingIOError:
        return False
    return True


def test_no_port_of_the_server_is_reached_through_it(served: Served) -> None:
    served.run("ani", "status")
    with listening() as inner, socket.create_server(("127.0.0.1", 0)) as taken:
        port, own = inner.getsockname()[1], taken.getsockname()[1]
        taken.close()
        way = ["-N", "-o", "ExitOnForwardFailure=yes", "-L", f"127.0.0.1:{own}:127.0.0.1:{port}"]
        client = subprocess.Popen(["timeout", "60", *served.sshd.ssh("ani", options=way)])
        try:
            wait_until(lambda: is_open(own))
            with socket.create_connection(("127.0.0.1", own), timeout=20) as through:
                assert through.recv(1) == b""
        finally:
            client.terminate()
            client.wait()
        straight = served.sshd.run("ani", options=["-W", f"127.0.0.1:{port}"])
        assert straight.returncode != 0
        assert b"forwarding failed" in straight.stderr
        assert not is_reached(inner)


def test_no_port_of_ones_own_is_opened_on_the_server(served: Served) -> None:
    served.run("ani", "status")
    with listening() as own:
        where = f"127.0.0.1:0:127.0.0.1:{own.getsockname()[1]}"
        answer = served.sshd.run("ani", "status", options=["-o", "ExitOnForwardFailure=yes", "-R", where])

    assert answer.returncode == 255
    assert b"remote port forwarding failed" in answer.stderr


@pytest.mark.needs("ssh-agent", "ssh-add")
def test_neither_agent_nor_display_of_ones_own_is_there_on_the_server(served: Served, tmp_path: Path) -> None:
    """As the system has it of the process that the key has started."""
    door = tmp_path / "agent"
    agent = subprocess.Popen(["timeout", "60", "ssh-agent", "-D", "-a", door], stdout=subprocess.DEVNULL)
    wait_until(door.exists)
    lent = {"SSH_AUTH_SOCK": str(door), "DISPLAY": "127.0.0.1:99"}
    subprocess.run(["ssh-add", "-q", served.sshd.key("ani")], env={**os.environ, **lent}, check=True)
    with served.screens("ani", options=["-A", "-Y", "-o", f"IdentityAgent={door}"], environment=lent) as wire:
        wire.until("Sekretariat DPRD")
        (process,) = served.processes()
        surroundings = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    agent.terminate()
    agent.wait()

    names = {one.partition(b"=")[0] for one in surroundings}
    assert b"SSH_CONNECTION" in names
    assert names & {b"SSH_AUTH_SOCK", b"DISPLAY"} == set()


def test_a_key_that_nobody_has_is_not_let_in(served: Served) -> None:
    served.run("ani", "status")
    answer = served.sshd.run("stranger", "status")

    assert (answer.returncode, answer.stdout) == (255, b"")
    assert b"Permission denied" in answer.stderr


def test_whoever_is_suspended_is_told_so_though_the_key_still_stands_in_a_file(served: Served) -> None:
    assert served.run("lina", "status").returncode == 0
    pantau(served.workspace, "people", "suspend", "lina", "--note", "cuti")
    answers = [served.run("lina", line) for line in ("status", "show diskes/lkjip/2025", "pantau")]

    assert [(one.returncode, one.stdout) for one in answers] == [(2, b"")] * 3
    assert [b"lina is suspended" in one.stderr for one in answers] == [True] * 3
    assert " --as lina " not in pantau(served.workspace, "authorized-keys")
