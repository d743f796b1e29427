"""The screens at a terminal over SSH: by keys alone, with nothing of the server behind any of them."""

from __future__ import annotations

import os
import signal
import string
import subprocess
from pathlib import Path

import pytest

from inbox import WatchLock
from tests.inbox.conftest import wait_until
from tests.ssh.conftest import Served
from tests.tui.conftest import LKJIP, Elsewhere
from workflow import State, verify

pytestmark = pytest.mark.needs("sshd", "ssh", "ssh-keygen")

WITHIN = 60.0  # seconds, for a process whose line is gone
TITLE = "Provinsi Lampung 2026"


def watched_beside(served: Served) -> None:
    """Let screens start a watcher of their own."""
    settings = served.workspace.root / "pantau.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"service"', '"beside"'), encoding="utf-8")


def test_a_person_looks_around_and_leaves_by_keys_alone(served: Served) -> None:
    with served.screens("lina") as wire:
        wire.until("Sekretariat DPRD")
        wire.press("2")
        wire.until("Nothing waits.")
        wire.press("q", "q")
        assert wire.exit_code() == 0

    assert b"\x1b[?1049l" in wire.sent, "the terminal is as it was"
    wait_until(lambda: not served.processes())


def test_the_name_alone_opens_them_as_well_and_a_verb_answers_at_a_terminal(served: Served) -> None:
    with served.screens("lina", "pantau --theme dark") as wire:
        wire.until("Sekretariat DPRD")
    with served.screens("lina", "status diskes") as wire:
        wire.until("Dinas Kesehatan: ")
        assert wire.exit_code() == 0


def test_no_key_starts_a_program_or_leaves_a_file(served: Served) -> None:
    """Every Ctrl key but the one that quits, the function keys, and what is pasted."""
    home = Path(f"~{served.sshd.user}").expanduser()
    here, there = files(home), files(served.workspace.root)
    with served.screens("lina") as wire:
        wire.until("Sekretariat DPRD")
        (own,) = served.processes()
        for letter in string.ascii_lowercase.replace("q", ""):
            os.write(wire._terminal, bytes([ord(letter) & 0x1F]))
        for number in (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24):
            os.write(wire._terminal, f"\x1b[{number}~".encode())
        os.write(wire._terminal, b"!id\r\x1b[200~!sh\n:!sh\n\x1b[201~\x1c\x1d\x1e\x1f\x1a")
        wire.read(patience=5)

        assert [*served.processes()] == [own]
        assert children(own) == []
        assert b"uid=" not in wire.sent
        wire.press("\x1b", "\x1b", "1")
    assert (files(home), files(served.workspace.root)) == (here, there)


def files(folder: Path) -> set[str]:
    """What lies in a folder, but for what SQLite keeps beside its database while that is open."""
    return {one.name for one in folder.iterdir() if not one.name.endswith(("-wal", "-shm", "-journal"))}


def children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def test_nothing_that_a_client_says_of_its_surroundings_goes_any_further(served: Served) -> None:
    """What the watcher inherits that screens start beside them is what they have kept themselves."""
    watched_beside(served)
    brought = {
        "PAGER": "sh",
        "EDITOR": "vi",
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": "/tmp/x.log",
        "PANTAU_WORKSPACE": "/tmp",
        "PANTAU_LANG": "id",
        "COLUMNS": "80;id",
        "LC_ALL": "C.UTF-8",
    }
    options = [word for name in brought for word in ("-o", f"SendEnv={name}")]
    with served.screens("sari", options=options, environment=brought) as wire:
        wire.until("Sekretariat DPRD")
        wait_until(lambda: len(served.watchers()) == 1)
        (watcher,) = served.watchers()
        inherited = dict(
            one.split("=", 1) for one in Path(f"/proc/{watcher}/environ").read_text().split("\0") if "=" in one
        )

    # What Textual and readline say to themselves is not from outside.
    assert inherited.keys() - {"TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES"} <= {
        *("TERM", "COLORTERM", "LANG", "LC_ALL", "SSH_CONNECTION", "SSH_TTY", "PANTAU_KEY", "PATH")
    }
    assert inherited.get("COLUMNS", "80") == "80"
    assert (inherited["PATH"], inherited["LC_ALL"]) == ("/usr/bin:/bin", "C.UTF-8")
    assert served.came_by("sari").endswith(inherited["PANTAU_KEY"].removeprefix("SHA256:")[:12])


@pytest.mark.parametrize("way", ["killed", "frozen"])
def test_a_line_that_dies_takes_the_screens_and_their_watcher_along(
    served: Served, elsewhere: Elsewhere, way: str
) -> None:
    """A client that is gone, and one that answers no more while its line seems to stand: a laptop that was closed."""
    watched_beside(served)
    elsewhere.submit(LKJIP)
    before = verify(elsewhere._database)
    with served.screens("sari") as wire:
        wire.until("Sekretariat DPRD")
        wait_until(lambda: len(served.watchers()) == 1)
        wire.press("n", "t")
        os.kill(wire.process, signal.SIGKILL if way == "killed" else signal.SIGSTOP)

        wait_until(lambda: not served.processes() and not served.watchers(), WITHIN)
    assert WatchLock(served.workspace.watch_lock).holder() is None
    assert verify(elsewhere._database) == before
    assert elsewhere.register.obligation(LKJIP).state is State.SUBMITTED


@pytest.mark.parametrize("way", ["killed", "frozen"])
@pytest.mark.parametrize("line", [f"fetch {LKJIP}", "status --watch"])
def test_a_line_that_dies_takes_a_verb_along_that_nobody_reads_any_more(
    served: Served, elsewhere: Elsewhere, line: str, way: str
) -> None:
    """One that is kept from writing, and one that has nothing to write."""
    elsewhere.submit(LKJIP, content=b"%PDF-1.4\n" + os.urandom(1 << 25))
    client = subprocess.Popen(served.client("sari", line), stdout=subprocess.PIPE)
    assert client.stdout is not None
    client.stdout.read(1)
    wait_until(lambda: len(served.processes()) == 1)
    os.kill(client.pid, signal.SIGKILL if way == "killed" else signal.SIGSTOP)

    wait_until(lambda: not served.processes(), WITHIN)
    client.kill()
    client.communicate()
