"""`pantau doctor`, as a person or a script uses it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from inbox import InboxCheck, MachineCheck, WatchLock, machine
from tui import advice
from tui.backups import BackupCheck
from tui.main import main
from tui.workspace import Workspace
from workflow import Checked, DatabaseCheck, Severity

ROOT = Path(__file__).parents[2]
CONTENT = b"%PDF-1.7\nLKjIP 2025\nstartxref\n0\n%%EOF\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace, to be copied."""
    root = tmp_path_factory.mktemp("made") / "ruang"
    assert main(["init", str(root), "--region", "Provinsi Lampung", "--year", "2026", "--lang", "en"]) == 0
    settings = root / "pantau.toml"
    settings.write_text(settings.read_text().replace("settle = 2.0", "settle = 0.3"), encoding="utf-8")
    return root


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    # How full the disk of whoever runs the tests is, is not what they are about.
    monkeypatch.setattr(machine, "LEAST_BYTES", 0)
    monkeypatch.setattr(machine, "LEAST_PERCENT", 0.0)
    return Workspace(Path(shutil.copytree(made, tmp_path / "ruang")))


@pytest.fixture
def watcher(place: Workspace) -> Iterator[WatchLock]:
    """`pantau watch`, which has looked already."""
    command = [sys.executable, "-m", "tui", "--workspace", str(place.root), "watch"]
    lock = WatchLock(place.watch_lock)
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        while (holder := lock.holder()) is None or not holder.looked:
            time.sleep(0.05)
        yield lock
        process.terminate()


def doctor(place: Workspace, *options: str) -> int:
    return main(["--workspace", str(place.root), "--lang", "en", "doctor", *options])


def faults(place: Workspace, capsys: pytest.CaptureFixture[str], *options: str) -> set[str]:
    """The checks that found a fault, as `--json` says it."""
    exit_code = doctor(place, "--json", *options)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    found = {one["check"] for one in said["checks"] if one["severity"] == "fault"}
    assert (said["ok"], exit_code) == (not found, 1 if found else 0)
    return found


def test_a_new_workspace_is_in_order(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(place) == 0

    *lines, last = capsys.readouterr().out.splitlines()
    assert last == "Everything is in order."
    assert [line for line in lines if not line.startswith("ok ")] == [
        (
            "note     No backup of the last two days is known to be whole; the last that was made: -. "
            "Make one: pantau backup FOLDER, each night by pantau-backup.timer. See docs/admin.md."
        ),
        "note     No watcher runs. Start one: pantau watch, or the screens where pantau.toml lets them.",
    ]


def test_looking_leaves_every_file_as_it_was(place: Workspace) -> None:
    def state() -> dict[str, tuple[int, int]]:
        paths = (path for path in place.root.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}

    before = state()
    doctor(place)

    assert state() == before


def test_a_workspace_that_is_watched_is_in_order_and_nothing_has_arrived(
    place: Workspace, watcher: WatchLock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(place) == 0

    assert "ok       watcher looks\n" in capsys.readouterr().out
    assert not list(place.inbox.glob(".pantau-cookie*"))
    database = place.open_database()
    assert database.rows("SELECT * FROM arrival") == database.rows("SELECT * FROM held") == []
    database.close()


def test_a_quick_look_puts_no_cookie(
    place: Workspace, watcher: WatchLock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(place, "--quick") == 0
    assert "watcher looks" not in capsys.readouterr().out


def test_a_service_that_does_not_run_is_a_fault(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    settings = place.root / "pantau.toml"
    settings.write_text(settings.read_text().replace('watch = "beside"', 'watch = "service"'), encoding="utf-8")

    assert faults(Workspace(place.root), capsys) == {InboxCheck.WATCHER}


def test_an_object_that_was_damaged_is_one_line_with_what_to_do(
    place: Workspace, watcher: WatchLock, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.inbox / "diskes" / "LKjIP 2025.pdf").write_bytes(CONTENT)
    deadline = time.monotonic() + 30
    while not (kept := list(place.inbox.glob(".arsip/**/*.pdf"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert kept
    (stored,) = place.content.glob("??/*")
    stored.chmod(0o644)
    stored.write_bytes(CONTENT.replace(b"2025", b"2024"))

    assert doctor(place) == 1

    *lines, last = capsys.readouterr().out.splitlines()
    assert last == "1 thing has to be mended."
    (fault,) = [line for line in lines if line.startswith("FAULT")]
    assert fault.startswith("FAULT    Contents are not what their names say: ")
    assert "Bring them back from a backup" in fault


def test_without_its_database_a_workspace_is_told_so(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place.database.unlink()

    assert faults(place, capsys) == {DatabaseCheck.FILE}
    assert not place.database.exists()


def test_an_inbox_that_is_gone_is_named_and_gets_no_cookie(
    place: Workspace, watcher: WatchLock, capsys: pytest.CaptureFixture[str]
) -> None:
    place.inbox.rename(place.root / "elsewhere")

    assert faults(place, capsys) == {InboxCheck.ROOT}
    assert not place.inbox.exists()


def test_what_somebody_called_a_file_cannot_paint_the_screen(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place.inbox / ".arsip" / "2026-01-05"
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/9-\x1b[2J{path}\xff\n.pdf")).write_bytes(CONTENT)

    assert doctor(place) == 1

    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "9-\ufffd[2J{path}\ufffd .pdf" in said
    assert len(said.splitlines()) == 28


@pytest.mark.needs("setpriv")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_somebody_who_may_not_open_the_files_is_told_in_sentences(place: Workspace) -> None:
    place.watch_lock.touch(mode=0o600)
    for path in (place.root, *place.root.parents):
        if path.stat().st_uid == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    place.database.chmod(0o600)
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
    probe = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    if subprocess.run([*probe, sys.executable, "-c", "import tui.main"], cwd=ROOT, check=False).returncode:
        pytest.skip(f"this interpreter, unlike perhaps {python}, is out of reach for others")
    command = [sys.executable, "-m", "tui", "--workspace", str(place.root), "--lang", "en", "doctor"]

    done = subprocess.run([*probe, *command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "")
    assert "You are nobody, and the workspace belongs to root." in done.stdout
    assert "database file: [Errno 13] Permission denied" in done.stdout
    assert "watcher: [Errno 13] Permission denied" in done.stdout


LISTS = "said missing loose changed added rows faults short files broken strays arrivals".split()
FACTS: dict[str, object] = {name: ["a", "b", "c", "d"] for name in LISTS} | {
    "path": "/ws",
    "type": "cifs",
    "version": 2,
    "known": 1,
    "sqlite": "3.40.1",
    "free": 5 * 10**8,
    "percent": 1.5,
    "inodes": 3,
    "folders": 7,
    "uid": 0,
    "owner": 4242,
    "seconds": 61,
    "looked": "2026-01-05T08:00:00+00:00",
    "at": "2026-01-05T08:00:00+00:00",
}


@pytest.mark.parametrize("severity", [Severity.NOTE, Severity.FAULT])
@pytest.mark.parametrize("check", [*DatabaseCheck, *MachineCheck, *InboxCheck, *BackupCheck])
def test_each_fault_has_a_sentence_for_what_is_wrong_and_one_for_what_to_do(
    check: DatabaseCheck | MachineCheck | InboxCheck | BackupCheck, severity: Severity
) -> None:
    said = advice.advice(check, severity)
    line = advice.line(Checked(check, severity, FACTS), UTC)

    assert said.wrong.endswith(".")
    assert said.remedy
    assert "{" not in line
    assert "\n" not in line
