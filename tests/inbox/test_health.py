"""What the doctor sees around the inbox: each fault made for real is named, and nothing else is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox import (
    InboxCheck,
    MachineCheck,
    Root,
    Roots,
    WatchLock,
    check_disks,
    check_inotify,
    check_owners,
    check_roots,
    check_store,
    check_watcher,
    health,
    machine,
)
from inbox.mounts import FileSystem
from tests.inbox.conftest import ROOT, Place, pantau, wait_until
from workflow import Checked, Digest, Severity

PK = b"%PDF-1.7\nPerjanjian Kinerja 2026\nstartxref\n0\n%%EOF\n"
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

# Holds the lock and says what a watcher would say, then does nothing more.
STUCK = """
import sys
from pathlib import Path
from inbox import WatchLock
lock = WatchLock(Path(sys.argv[1]))
lock.acquire(host="mesin", since="2026-01-05T11:00:00+00:00")
if sys.argv[2]:
    lock.beat(sys.argv[2], is_live=sys.argv[3] == "live")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holding(lock: Path, looked: str, *, hears: bool = True) -> Iterator[None]:
    """A process that holds the lock, looked at that moment, and looks no more."""
    command = [sys.executable, "-c", STUCK, str(lock), looked, "live" if hears else "deaf"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.kill()


@pytest.fixture
def lock(place: Place) -> WatchLock:
    return WatchLock(place.root / "watch.lock")


@pytest.fixture
def filled(place: Place) -> Place:
    """One document that was taken."""
    place.submit("dinkes/Perjanjian Kinerja 2026.pdf", PK)
    return place


def named(found: Iterator[Checked]) -> dict[str, tuple[Severity, dict[str, Any]]]:
    """All that is not simply well."""
    return {one.check: (one.severity, dict(one.facts)) for one in found if one.severity is not Severity.OK}


def store(place: Place, *, is_quick: bool = False) -> dict[str, tuple[Severity, dict[str, Any]]]:
    return named(check_store(place.root / "content", place.database, is_quick=is_quick))


def roots(place: Place, *more: Root) -> dict[str, tuple[Severity, dict[str, Any]]]:
    return named(check_roots([place.as_root(), *more], place.database))


def watched(
    place: Place, *, now: datetime = NOON, expected: bool = True, cookie: bool = False
) -> dict[str, tuple[Severity, dict[str, Any]]]:
    cookie_in = place.inbox if cookie else None
    lock = WatchLock(place.root / "watch.lock")
    found = check_watcher(lock, [place.as_root()], lambda: now, is_expected=expected, cookie_in=cookie_in)
    return named(found)


def the_object(place: Place) -> Path:
    (one,) = (place.root / "content").glob("??/*")
    one.chmod(0o644)
    return one


def test_a_workspace_in_order_has_no_fault(filled: Place) -> None:
    assert store(filled) == {}
    assert roots(filled) == {}


@pytest.mark.parametrize("quick", [False, True])
def test_an_object_that_is_gone_is_named(filled: Place, quick: bool) -> None:
    gone = the_object(filled)
    gone.unlink()

    assert store(filled, is_quick=quick) == {
        InboxCheck.OBJECTS: (Severity.FAULT, {"rows": 1, "missing": [gone.name]})
    }


@pytest.mark.parametrize("quick", [False, True])
def test_an_object_cut_short_is_named(filled: Place, quick: bool) -> None:
    broken = the_object(filled)
    os.truncate(broken, 10)

    found = store(filled, is_quick=quick)

    assert set(found) == {InboxCheck.CONTENTS}
    assert found[InboxCheck.CONTENTS][1]["broken"] == [broken.name]


def test_an_object_with_one_byte_turned_is_named_by_a_whole_look_only(filled: Place) -> None:
    broken = the_object(filled)
    broken.write_bytes(PK.replace(b"2026", b"2027"))

    assert set(store(filled)) == {InboxCheck.CONTENTS}
    assert store(filled, is_quick=True) == {}


def test_a_size_that_is_not_that_of_the_object_is_named(filled: Place) -> None:
    with filled.database.writing():
        filled.database.run("UPDATE content SET size = 1")

    assert set(store(filled)) == {InboxCheck.CONTENTS}


def test_an_object_that_is_not_recorded_is_told_and_is_no_fault(place: Place) -> None:
    digest = Digest("0a" * 32)
    stray = place.store.path(digest)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"?")

    found = store(place, is_quick=True)

    assert found == {InboxCheck.STRAYS: (Severity.NOTE, {"strays": [digest]})}


def test_copies_that_are_not_finished_are_nobodys_object(filled: Place) -> None:
    (filled.root / "content" / "tmp" / "ab").write_bytes(b"half")

    assert store(filled) == {}


def test_a_root_that_was_renamed_is_away(filled: Place) -> None:
    filled.inbox.rename(filled.root / "elsewhere")
    filled.inbox.mkdir()

    assert roots(filled) == {InboxCheck.ROOT: (Severity.FAULT, {"root": "", "path": str(filled.inbox)})}


def test_a_root_that_nobody_has_watched_yet_is_a_note(place: Place, tmp_path: Path) -> None:
    new = tmp_path / "scanner"
    new.mkdir()

    assert roots(place, Root("scanner", new, 1.0)) == {
        InboxCheck.ROOT: (Severity.NOTE, {"root": "scanner", "path": str(new)})
    }


def test_a_root_that_never_was_there_is_away(place: Place, tmp_path: Path) -> None:
    assert roots(place, Root("scanner", tmp_path / "none", 1.0))[InboxCheck.ROOT][0] is Severity.FAULT


@pytest.mark.needs("mount", "umount")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
def test_a_root_that_may_not_be_written_is_named_unless_the_settings_say_so(place: Place, tmp_path: Path) -> None:
    folder, known = tmp_path / "share", Roots(place.database)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", str(folder)], check=True)
    try:
        known.adopt(Root("share", folder, 1.0))
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        found = roots(place, Root("share", folder, 1.0))
        declared = Root("share", folder, 1.0, is_read_only=True)
        known.adopt(declared)
        assert roots(place, declared) == {}
    finally:
        subprocess.run(["umount", str(folder)], check=True)

    assert found == {InboxCheck.WRITABLE: (Severity.FAULT, {"root": "share", "path": str(folder)})}


def test_a_share_is_a_note(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.roots.file_system", lambda _: FileSystem("cifs", is_read_only=False))

    found = roots(place)

    assert {check: severity for check, (severity, _) in found.items()} == {InboxCheck.FILE_SYSTEM: Severity.NOTE}
    assert found[InboxCheck.FILE_SYSTEM][1]["type"] == "cifs"


def test_an_arrival_whose_file_is_nowhere_is_named(filled: Place) -> None:
    with filled.database.writing():
        filled.database.run("DELETE FROM retirement")
    shutil.rmtree(filled.inbox / ".arsip")

    found = roots(filled)

    assert set(found) == {InboxCheck.UNRETIRED}
    assert found[InboxCheck.UNRETIRED][1]["arrivals"] == [1]


def test_an_arrival_that_was_put_away_and_not_yet_noted_is_in_order(filled: Place) -> None:
    with filled.database.writing():
        filled.database.run("DELETE FROM retirement")

    assert roots(filled) == {}


def test_an_arrival_that_still_lies_in_the_inbox_is_in_order(filled: Place) -> None:
    with filled.database.writing():
        filled.database.run("DELETE FROM retirement")
    (kept,) = (filled.inbox / ".arsip").rglob("*.pdf")
    kept.rename(filled.inbox / "dinkes" / "Perjanjian Kinerja 2026.pdf")

    assert roots(filled) == {}


def test_a_retained_file_that_the_ledger_does_not_know_is_named(filled: Place) -> None:
    (kept,) = (filled.inbox / ".arsip").rglob("*.pdf")
    stranger = kept.with_name("77-Renja \x1b[31m.pdf")
    stranger.write_bytes(b"?")

    found = roots(filled)

    assert set(found) == {InboxCheck.RETAINED}
    assert found[InboxCheck.RETAINED][1]["files"] == [
        f"{kept.parent.relative_to(filled.inbox)}/77-Renja \ufffd[31m.pdf"
    ]


def test_where_nobody_watches_though_a_service_should_that_is_a_fault(place: Place) -> None:
    assert watched(place) == {InboxCheck.WATCHER: (Severity.FAULT, {})}
    assert watched(place, expected=False) == {InboxCheck.WATCHER: (Severity.NOTE, {})}


def test_a_watcher_that_ended_holds_nothing_though_its_file_is_there(place: Place, lock: WatchLock) -> None:
    lock.acquire(host="sini", since=NOON.isoformat())
    lock.release()

    assert set(watched(place)) == {InboxCheck.WATCHER}


def test_a_watcher_that_looked_a_minute_ago_is_in_order(place: Place) -> None:
    with holding(place.root / "watch.lock", NOON.isoformat()):
        assert watched(place, now=NOON + timedelta(seconds=60)) == {}


def test_a_stale_heartbeat_is_named_and_no_cookie_is_wasted_on_it(place: Place) -> None:
    with holding(place.root / "watch.lock", NOON.isoformat()):
        found = watched(place, now=NOON + timedelta(seconds=61), cookie=True)

    assert found == {InboxCheck.HEARTBEAT: (Severity.FAULT, {"looked": NOON.isoformat(), "seconds": 61})}


def test_a_watcher_that_has_never_looked_is_stale_by_when_it_began(place: Place) -> None:
    with holding(place.root / "watch.lock", ""):
        assert set(watched(place)) == {InboxCheck.HEARTBEAT}


def test_a_clock_that_was_set_back_is_no_fault(place: Place) -> None:
    with holding(place.root / "watch.lock", NOON.isoformat()):
        assert watched(place, now=NOON - timedelta(hours=1)) == {}


def test_a_watcher_that_hears_no_events_is_named(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_LISTENS_WITHIN", 0.2)
    with holding(place.root / "watch.lock", NOON.isoformat(), hears=False):
        assert set(watched(place)) == {InboxCheck.EVENTS}


def test_a_lock_that_does_not_say_who_holds_it_is_named(place: Place) -> None:
    with holding(place.root / "watch.lock", NOON.isoformat()):
        (place.root / "watch.lock").write_text("")

        assert set(watched(place)) == {InboxCheck.HOLDER}


def test_a_watcher_that_does_not_look_misses_the_cookie_which_is_taken_away(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "COOKIE_SECONDS", 1.5)
    with holding(place.root / "watch.lock", NOON.isoformat()):
        found = watched(place, cookie=True)

    assert set(found) == {InboxCheck.COOKIE}
    assert not list(place.inbox.glob(".pantau-cookie*"))


def test_a_real_watcher_finds_the_cookie_and_never_takes_it(place: Place, lock: WatchLock) -> None:
    with pantau(place.root, "watch") as process:
        try:
            wait_until(lambda: (holder := lock.holder()) is not None and bool(holder.looked))
            found = watched(place, now=datetime.now(UTC), cookie=True)
        finally:
            process.terminate()

    assert found == {}
    assert not list(place.inbox.glob(".pantau-cookie*"))
    assert place.arrivals.latest(1) == []
    assert place.database.rows("SELECT * FROM held") == []


def test_a_lock_file_that_says_nonsense_of_when_it_looked_is_a_fault(place: Place) -> None:
    with holding(place.root / "watch.lock", NOON.isoformat()):
        said = json.dumps([1, "mesin", "kemarin", "tadi", True])
        (place.root / "watch.lock").write_text(said)

        assert "error" in watched(place)[InboxCheck.HEARTBEAT][1]


def test_room_on_a_small_disk_is_told_in_bytes_and_in_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk(*, blocks: int, free: int, files: int, free_files: int) -> dict[str, tuple[Severity, dict[str, Any]]]:
        made = os.statvfs_result((4096, 4096, blocks, free, free, files, free_files, free_files, 0, 255))
        monkeypatch.setattr("os.statvfs", lambda _: made)
        return named(check_disks(tmp_path, []))

    roomy = {"blocks": 10**7, "free": 10**6, "files": 1000, "free_files": 500}
    assert disk(**roomy) == {}
    assert disk(**{**roomy, "files": 0, "free_files": 0}) == {}
    assert set(disk(**{**roomy, "free": 10**5})) == {MachineCheck.SPACE}
    assert set(disk(blocks=10**8, free=4 * 10**6, files=1000, free_files=500)) == {MachineCheck.SPACE}
    assert set(disk(**{**roomy, "free_files": 49})) == {MachineCheck.INODES}


@pytest.mark.needs("mount", "umount")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
def test_a_disk_without_room_is_named_by_the_inbox_that_lies_on_it(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=10", "none", str(folder)], check=True)
    try:
        for number in range(9):
            (folder / str(number)).write_bytes(b"x")
        found = [one for one in check_disks(place.root, [folder]) if one.facts["path"] == str(folder)]
    finally:
        subprocess.run(["umount", str(folder)], check=True)

    assert {one.check: one.is_ok for one in found} == {MachineCheck.SPACE: False, MachineCheck.INODES: False}


def test_one_disk_is_told_of_once(place: Place) -> None:
    found = [one.check for one in check_disks(place.root, [place.inbox, place.root / "content", place.root / "no"])]

    assert sorted(found) == sorted([MachineCheck.LOCAL, MachineCheck.SPACE, MachineCheck.INODES])


def test_a_database_on_a_share_is_a_fault(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "file_system", lambda _: FileSystem("nfs4", is_read_only=False))

    assert MachineCheck.LOCAL in named(check_disks(place.root, []))


@pytest.mark.parametrize(
    ("limits", "short"),
    [
        pytest.param((8192, 128, 16384), [], id="as kernels come"),
        pytest.param((9, 128, 16384), ["fs.inotify.max_user_watches=18"], id="fewer watches than folders need"),
        pytest.param((8192, 1, 16384), ["fs.inotify.max_user_instances=8"], id="one instance"),
        pytest.param((8192, 128, 64), ["fs.inotify.max_queued_events=4096"], id="a short queue"),
    ],
)
def test_limits_of_the_kernel_are_compared_with_the_folders(
    place: Place, tmp_path: Path, limits: tuple[int, int, int], short: list[str]
) -> None:
    for name, value in zip(("max_user_watches", "max_user_instances", "max_queued_events"), limits, strict=True):
        (tmp_path / name).write_text(f"{value}\n")

    (found,) = check_inotify([place.as_root()], tmp_path)

    assert found.facts["folders"] == 9  # the inbox, three offices, the region and their drafts
    assert (found.is_ok, found.facts["short"]) == (not short, short)


def test_where_the_kernel_has_no_such_limits_there_is_nothing_to_say(place: Place, tmp_path: Path) -> None:
    assert list(check_inotify([place.as_root()], tmp_path / "none")) == []


def owned(place: Place, uid: int | None = None) -> dict[str, tuple[Severity, dict[str, Any]]]:
    asked = os.geteuid() if uid is None else uid
    return named(check_owners(place.root, place.root / "pantau.db", [place.inbox], asked))


def test_a_workspace_of_one_account_is_in_order(filled: Place) -> None:
    assert owned(filled) == {}


def test_whoever_runs_it_with_another_account_is_told(place: Place) -> None:
    uid = os.geteuid() + 1

    assert owned(place, uid) == {MachineCheck.ACCOUNT: (Severity.FAULT, {"uid": uid, "owner": os.geteuid()})}


def test_what_everybody_may_write_is_named_but_for_files_that_came_so(filled: Place) -> None:
    (filled.root / "content").chmod(0o777)
    (filled.inbox / "dinkes").chmod(0o757)
    sent = filled.inbox / "dlh" / "Renja 2026.pdf"
    sent.write_bytes(PK)
    sent.chmod(0o666)
    (filled.root / "link").symlink_to("pantau.db")

    assert owned(filled) == {MachineCheck.MODES: (Severity.FAULT, {"files": ["content", "inbox/dinkes"]})}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_another_account_is_named_but_for_what_came_in(filled: Place) -> None:
    os.chown(the_object(filled), 12345, 12345)
    os.chown(filled.inbox / "dinkes", 12345, 12345)
    (kept,) = (filled.inbox / ".arsip").rglob("*.pdf")
    os.chown(kept, 12345, 12345)

    found = owned(filled)

    assert set(found) == {MachineCheck.OWNERS}
    assert found[MachineCheck.OWNERS][1]["files"] == [
        f"content/{the_object(filled).parent.name}/{the_object(filled).name}"
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_at_work_in_the_workspace_of_another_is_a_fault(place: Place) -> None:
    for path in [place.root, *place.root.rglob("*")]:
        os.chown(path, 12345, 12345)

    assert owned(place) == {MachineCheck.ACCOUNT: (Severity.FAULT, {"uid": 0, "owner": 12345})}
