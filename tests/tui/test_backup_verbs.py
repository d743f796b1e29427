"""`pantau backup`, `restore` and `rehearse`, as a person or a timer uses them; and a copy that may only be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.torture.disks import Disks
from tui import backups
from tui.backups import BackupCheck, Note, check_backups
from tui.main import main
from tui.workspace import Workspace, now
from workflow import Severity
from workflow.database import connect

ROOT = Path(__file__).parents[2]
NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]


def pantau(place: Workspace, *words: str | Path) -> int:
    return main(["--workspace", str(place.root), "--lang", "en", *map(str, words)])


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def test_a_backup_a_rehearsal_and_a_restore_are_a_line_each(
    workspace: Workspace, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pantau(workspace, "backup", kept) == 0
    assert pantau(workspace, "rehearse", kept) == 0
    assert main(["--lang", "en", "restore", str(kept), str(tmp_path / "new")]) == 0

    made, rehearsed, restored = capsys.readouterr().out.splitlines()
    name = next(path.name for path in kept.glob("2*"))
    assert made.startswith(f"Backup {name}: ")
    assert rehearsed.startswith(f"Backup {name} was restored and proved: ")
    assert restored.startswith(f"Backup {name} is restored into {tmp_path / 'new'}: ")
    assert rehearsed.endswith("Everything is whole.")
    assert restored.endswith("Everything is whole.")
    assert pantau(Workspace(tmp_path / "new"), "status") == 0


def test_a_rehearsal_leaves_nothing_behind_but_its_note(
    workspace: Workspace, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (there := tmp_path / "there").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(there))
    pantau(workspace, "backup", kept)

    assert pantau(workspace, "rehearse", kept) == 0

    assert list(there.iterdir()) == []
    done = backups.last(workspace.rehearsal_note)
    assert done is not None
    assert (done.ok, done.name) == (True, next(path.name for path in kept.glob("2*")))


def test_a_rehearsal_that_fails_is_told_and_noted(
    workspace: Workspace, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pantau(workspace, "backup", kept)
    for path in kept.glob("content/??/*"):
        path.unlink()

    assert pantau(workspace, "rehearse", kept) == 2

    assert "pantau.toml is missing" in capsys.readouterr().err
    done = backups.last(workspace.rehearsal_note)
    assert done is not None
    assert not done.ok


def test_json_says_the_same(workspace: Workspace, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pantau(workspace, "backup", kept, "--json") == 0
    assert pantau(workspace, "rehearse", kept, "--json") == 0

    first, second = capsys.readouterr().out.split("\n}\n", 1)
    made, rehearsed = json.loads(first + "\n}"), json.loads(second)
    assert (made["ok"], made["missing"], rehearsed["ok"], rehearsed["faults"]) == (True, [], True, [])
    assert rehearsed["head"] == made["head"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["backup", "{ws}/b"], "lies in the workspace, or the workspace in it", id="inside"),
        pytest.param(["backup", "{here}"], "lies in the workspace, or the workspace in it", id="around"),
        pytest.param(["backup", "{here}/other"], "holds something else already", id="not ours"),
        pytest.param(["backup", "{here}/file"], "is a file, not a folder", id="a file"),
        pytest.param(["backup", "{here}/b", "--keep", "0"], "At least one backup is kept", id="keep nothing"),
        pytest.param(["rehearse", "{here}/nothing"], "There is no backup in", id="nothing to rehearse"),
        pytest.param(["restore", "{here}/nothing", "{here}/new"], "There is no backup in", id="nothing there"),
        pytest.param(["restore", "{here}/good", "{ws}"], "is not empty", id="into a workspace"),
        pytest.param(["restore", "{here}/good", "{here}/new", "--backup", "1"], "There is no backup 1 in", id="name"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "photo.jpg").touch()
    (tmp_path / "file").touch()
    pantau(workspace, "backup", tmp_path / "good")
    capsys.readouterr()

    assert pantau(workspace, *(word.format(ws=workspace.root, here=tmp_path) for word in words)) == 2

    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert said in printed.err


@pytest.fixture
def disks() -> Iterator[Disks]:
    mounted = Disks()
    yield mounted
    mounted.unmount_all()


@pytest.mark.parametrize("kilobytes", [16, 100, 1000])
def test_on_a_full_disk_it_is_a_sentence_and_what_was_copied_is_used_by_the_next(
    workspace: Workspace, kept: Path, disks: Disks, capsys: pytest.CaptureFixture[str], kilobytes: int
) -> None:
    disks.memory(kept, size=f"{kilobytes}k")

    assert pantau(workspace, "backup", kept / "b") == 2

    said = capsys.readouterr().err
    assert said.startswith("It could not be finished: ")
    assert "full" in said
    assert len(said.splitlines()) == 1
    assert not list(kept.glob("b/2*"))
    disks.remount(kept, "size=50m")
    copied = {path: path.stat().st_ino for path in kept.glob("b/content/??/*")}
    assert pantau(workspace, "backup", kept / "b") == 0
    assert copied.items() <= {path: path.stat().st_ino for path in kept.glob("b/content/??/*")}.items()


def test_only_so_many_are_kept(workspace: Workspace, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        assert pantau(workspace, "backup", kept, "--keep", "2") == 0

    assert len(list(kept.glob("2*"))) == 2
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 older backup was removed: ")


@pytest.mark.parametrize(
    ("note", "setting", "severity"),
    [
        pytest.param(None, "service", Severity.NOTE, id="never"),
        pytest.param((1, True), "service", Severity.OK, id="yesterday"),
        pytest.param((1, False), "service", Severity.FAULT, id="yesterday, not whole"),
        pytest.param((40, True), "service", Severity.FAULT, id="long ago"),
        pytest.param((40, True), "beside", Severity.NOTE, id="long ago, on a laptop"),
    ],
)
def test_the_doctor_says_when_it_was_last_done(
    workspace: Workspace, note: tuple[int, bool] | None, setting: str, severity: Severity
) -> None:
    settings = workspace.root / "pantau.toml"
    settings.write_text(settings.read_text().replace('"service"', f'"{setting}"'), encoding="utf-8")
    place = Workspace(workspace.root)
    if note is not None:
        for path in (place.backup_note, place.rehearsal_note):
            backups.note(path, Note((now() - timedelta(days=note[0])).isoformat(), "x", note[1]))

    found = {one.check: one.severity for one in check_backups(place, now())}

    looked = BackupCheck if note else [BackupCheck.BACKUP]  # what was never made cannot be rehearsed
    assert found == dict.fromkeys(looked, severity)


def test_a_note_that_is_damaged_is_no_note(workspace: Workspace) -> None:
    for text in ("", "{", "[]", '{"at": "yesterday", "name": "x", "ok": true}'):
        workspace.backup_note.write_text(text)
        assert backups.last(workspace.backup_note) is None


@pytest.fixture
def copy(workspace: Workspace) -> Workspace:
    """What root owns and everybody may read."""
    for path in (workspace.root, *workspace.root.parents):
        if path.stat().st_uid == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    for path in workspace.root.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return workspace


def state(root: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in root.rglob("*")}


def as_nobody(place: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*NOBODY, sys.executable, "-m", "tui", "--workspace", str(place.root), "--lang", "en", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


IS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")


@IS_ROOT
@pytest.mark.needs("setpriv")
@pytest.mark.parametrize("words", ["status", "status diskes", "show diskes/lkjip/2025", "verify", "queue", "matrix"])
def test_a_copy_that_may_only_be_read_answers_and_says_as_of_when(copy: Workspace, words: str) -> None:
    before = state(copy.root)

    done = as_nobody(copy, *words.split())

    assert done.returncode == 0
    assert done.stdout
    assert done.stderr.startswith("This is a copy for reading only. Its last record is of ")
    assert len(done.stderr.splitlines()) == 1
    assert state(copy.root) == before


@IS_ROOT
@pytest.mark.needs("setpriv")
def test_nothing_is_decided_on_a_copy(copy: Workspace) -> None:
    done = as_nobody(copy, "waive", "diskes/lkjip/2025", "--note", "x")

    assert done.returncode != 0
    assert "This is a copy that may only be read: nothing can be changed in it." in done.stderr
    assert "Traceback" not in done.stderr


@IS_ROOT
@pytest.mark.needs("setpriv")
def test_a_copy_is_not_looked_back_in(copy: Workspace) -> None:
    done = as_nobody(copy, "status", "--as-at", "2026-01-01")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "A copy is read as it lies: --as-at does not go with it.\n"


@IS_ROOT
@pytest.mark.needs("setpriv")
def test_a_copy_of_an_older_version_is_told_so(copy: Workspace) -> None:
    connection = connect(copy.database)
    connection.execute("PRAGMA user_version = 1")
    connection.close()

    done = as_nobody(copy, "status")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "This copy is of an older version (1), and cannot be brought up to date where it lies.\n"
