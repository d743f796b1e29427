"""Kills, full disks, failing disks and an older database: nothing is lost, and work goes on by itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from inbox import Hold, Problem
from tests.inbox.conftest import LATER, Place, faults, pantau, snapshot, wait_until
from tests.inbox.ingest import DIGEST, MUTATING, NAME, drop, take
from tests.inbox.test_kill import swept
from tests.torture.accounts import arrivals, count_retired, is_held, objects, standing, taken, unfinished
from tests.torture.conftest import Figures
from tests.torture.disks import Disks
from tests.torture.senders import heard, pdf, spawn
from tests.torture.test_exactly_once import RENAMES
from tests.torture.watching import Watch
from workflow import verify

PK = "dinkes/pk/2026"
LONG = pytest.mark.torture
SYNCS = ("fsync", "fdatasync")


def parted(calls: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The system calls in as many parts as there are processors."""
    parts = min(len(calls), os.cpu_count() or 1)
    return [calls[n::parts] for n in range(parts)]


@pytest.mark.needs("strace")
@pytest.mark.parametrize(
    "calls", [("link", *RENAMES), pytest.param(MUTATING, marks=LONG)], ids=["link and rename", "all"]
)
def test_case_27_killed_at_each_system_call(
    template: Path, tmp_path: Path, figures: Figures, calls: tuple[str, ...]
) -> None:
    """Killed at each of these system calls and started again, an intake ends in the same place."""
    points = swept(template, tmp_path, parted(calls), "signal=KILL")

    figures(points=len(points))
    assert [point for point in points if point.faults] == []
    assert {point.ended for point in points} == {"killed"}


@pytest.mark.needs("strace")
@pytest.mark.parametrize("call", [RENAMES, pytest.param(SYNCS, marks=LONG)], ids=["rename", "sync"])
def test_case_27_watcher_killed_at_a_system_call(
    watch: Watch, place: Place, figures: Figures, call: tuple[str, ...]
) -> None:
    """The watcher itself, killed at such a call and started again, ends where it should."""
    drop(place.root)
    injected = [word for one in call for word in ("-e", f"inject={one}:signal=KILL:when=1")]
    strace = ["strace", "-D", "-f", "-qqq", "-o", "/dev/null", "-e", f"trace={','.join(call)}", *injected]
    watch.start(*strace)
    wait_until(lambda: not watch.is_alive)
    assert faults(place, {DIGEST}) == []

    watch.start()

    (arrival,) = taken(place, 1)
    assert (arrival.digest, faults(place, {DIGEST})) == (DIGEST, [])
    assert (place.left(), unfinished(place)) == ([], [])


def test_case_28_database_dies_before_the_commit(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the database goes away between the copy and the commit, the source is still there."""
    drop(place.root)
    intake = place.intake()
    put = place.store.put

    def put_and_lose(source: int, **given: object) -> object:
        digest = put(source, **given)  # type: ignore[arg-type]  # what it was called with
        place.database.close()
        return digest

    monkeypatch.setattr(place.store, "put", put_and_lose)
    reconcile = place.reconcile(place.told.append, intake=intake)
    reconcile.look(0.0)
    with pytest.raises(Exception, match="closed"):
        reconcile.look(LATER)
    assert (place.inbox / NAME).exists()

    again = Place(place.root)
    take(place.root)
    assert standing(again, PK) == DIGEST
    assert faults(again, {DIGEST}) == []
    again.database.close()


_LOCKING = """
import sys
from pathlib import Path
from workflow import Database
with Database(Path(sys.argv[1])).writing():
    print("locked", flush=True)
    sys.stdin.readline()
"""


def test_case_28_database_locked_for_long(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process holds the database, the file waits where it is, and is taken afterwards."""
    monkeypatch.setattr("workflow.database.BUSY_SECONDS", 0.2)
    hasty = Place(place.root)
    drop(place.root)
    locking = spawn(_LOCKING, place.root / "pantau.db")
    heard(locking)
    reconcile = hasty.reconcile(hasty.told.append)
    reconcile.look(0.0)
    reconcile.look(LATER)
    assert {type(one) for one in hasty.told} == {Problem}
    assert (place.inbox / NAME).exists()
    locking.communicate("\n")

    reconcile.look(LATER * 2)

    assert standing(place, PK) == DIGEST
    assert faults(place, {DIGEST}) == []
    hasty.database.close()


@pytest.mark.parametrize("left", [0, 100], ids=["empty", "cut"])
def test_case_29_object_that_a_power_cut_left_broken(place: Place, figures: Figures, left: int) -> None:
    """An object that is not what its name says is noticed by its hash and made whole from the retained source."""
    drop(place.root)
    place.take()
    broken = place.store.path(DIGEST)
    broken.chmod(0o644)
    os.truncate(broken, left)
    assert not place.store.is_whole(DIGEST)
    (retained,) = (path for path in place.inbox.glob(".arsip/**/*") if path.is_file())
    shutil.copy(retained, place.inbox / NAME)

    place.take()

    assert place.store.is_whole(DIGEST)
    assert faults(place, {DIGEST}) in ([], [f"recorded twice: {os.fsencode(NAME)!r}"])


@pytest.mark.parametrize("options", [{"size": "256k"}, {"size": "64m", "nr_inodes": "2"}], ids=["bytes", "inodes"])
def test_case_30_store_is_full(
    watch: Watch, place: Place, disks: Disks, figures: Figures, options: dict[str, str]
) -> None:
    """With no room in the store all files wait, status can be read, and work goes on by itself when there is room."""
    store = place.root / "content"
    disks.memory(store, **options)
    watch.start()
    content = pdf("PK", 600_000)
    place.drop(NAME, content)
    is_held(place, NAME, Hold.DISK)
    assert (place.inbox / NAME).read_bytes() == content
    assert (arrivals(place), unfinished(place)) == ([], [])
    for _ in range(2):
        watch.look()
    asked = pantau(place.root, "status")
    asked.communicate(timeout=30)
    assert asked.returncode == 0

    disks.remount(store, "size=64m,nr_inodes=1000")
    watch.look()

    (arrival,) = taken(place, 1)
    assert faults(place, {arrival.digest}) == []
    assert len(watch.said("problem")) == 1


@LONG
@pytest.mark.needs("strace")
@pytest.mark.parametrize("number", ["ENOSPC", "EDQUOT", "EIO"])
@pytest.mark.parametrize(
    "calls", [("write", "pwrite64", "ftruncate"), SYNCS, ("mkdir", "link", "rename")], ids=["write", "sync", "names"]
)
def test_case_30_each_call_fails(
    template: Path, tmp_path: Path, figures: Figures, number: str, calls: tuple[str, ...]
) -> None:
    """An intake whose every single writing call fails once loses nothing, and ends where it should."""
    points = swept(template, tmp_path, parted(calls), f"error={number}")

    figures(points=len(points), ended={end: sum(one.ended == end for one in points) for end in ("problem", "error")})
    assert [point for point in points if point.faults] == []


def roomy_but_for_the_database(place: Place, disks: Disks, tmp_path: Path) -> None:
    """Put the workspace on a small disk, its store and its inbox on a large one."""
    place.database.close()
    shutil.copytree(place.root, tmp_path / "large")
    disks.memory(place.root, size="4m")
    for path in (tmp_path / "large").iterdir():
        if path.is_file():
            shutil.copy2(path, place.root)
    for folder in ("content", "inbox"):
        disks.bind(tmp_path / "large" / folder, place.root / folder)


def test_case_31_database_disk_is_full(watch: Watch, place: Place, disks: Disks, tmp_path: Path) -> None:
    """With no room for the database a file waits, the watcher lives, and takes it when there is room."""
    roomy_but_for_the_database(place, disks, tmp_path)
    watch.start()
    wait_until(lambda: '"looked"' in (place.root / "watch.lock").read_text() or bool(watch.looked()))
    ballast = place.root / "watch.ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    asked = Place(place.root)
    for n in range(12):
        place.drop(f"dinkes/scan {n}.pdf", b"scan %d" % n)
    place.drop(NAME, pdf("PK"))
    for _ in range(4):
        wait_until(lambda: watch.said("problem") != [] or not watch.is_alive)
        watch.look() if watch.is_alive else None
    assert watch.is_alive, watch.said()
    assert (place.inbox / NAME).exists()

    ballast.unlink()
    watch.look()

    wait_until(lambda: count_retired(asked) == 13)
    assert verify(asked.database).faults == ()
    assert asked.left() == []
    asked.database.close()


@pytest.mark.needs("strace")
def test_case_32_sync_fails(watch: Watch, place: Place) -> None:
    """After a sync that failed the copy is given up, the source kept, and the file taken from the start."""
    drop(place.root)
    failing = ["-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1"]
    watch.start("strace", "-D", "-f", "-qqq", "-o", "/dev/null", *failing)
    wait_until(lambda: len(watch.said("problem")) == 1)
    watch.look()

    taken(place, 1)
    assert standing(place, PK) == DIGEST
    assert (faults(place, {DIGEST}), unfinished(place)) == ([], [])


def test_case_33_cannot_be_put_away(watch: Watch, place: Place, disks: Disks, tmp_path: Path) -> None:
    """A file that cannot be put away is recorded once, told once, shown, and put away when that is possible."""
    real = tmp_path / "real"
    shutil.copytree(place.inbox, real)
    disks.bind(real, place.inbox)
    disks.remount(place.inbox, "bind,ro")
    (real / NAME).write_bytes(pdf("PK"))
    watch.start()
    is_held(place, NAME, Hold.NOT_PUT_AWAY)
    for _ in range(5):
        looked = (place.root / "watch.lock").stat().st_mtime_ns
        watch.look()
        wait_until(lambda looked=looked: (place.root / "watch.lock").stat().st_mtime_ns > looked)  # type: ignore[misc]
    assert len(arrivals(place)) == 1
    assert len(watch.said("problem")) == 1

    disks.remount(place.inbox, "bind,rw")
    watch.look()

    assert len(taken(place, 1)) == 1
    assert place.left() == []


def test_case_34_database_of_yesterday(place: Place) -> None:
    """After yesterday's database came back, what arrived since is recorded again from what was retained."""
    first = place.drop(NAME, pdf("yesterday"))
    place.take()
    place.database.close()
    shutil.copy(place.root / "pantau.db", place.root.parent / "yesterday.db")
    today = Place(place.root)
    second = today.drop(NAME, pdf("today"))
    third = today.drop("dinkes/scan.pdf", b"a scan of today")
    today.take()
    today.database.close()
    shutil.copy(place.root.parent / "yesterday.db", place.root / "pantau.db")
    for name in ("pantau.db-wal", "pantau.db-shm"):
        (place.root / name).unlink(missing_ok=True)

    take(place.root)
    again = Place(place.root)
    take(place.root)

    assert faults(again, {first, second, third}) == []
    assert {one.digest for one in arrivals(again)} == {first, second, third}
    assert standing(again, PK) == second
    assert len(objects(again)) == 3
    end = snapshot(again)
    take(place.root)
    assert snapshot(again) == end
    again.database.close()


def test_case_34_versions_since_yesterday(place: Place) -> None:
    """Of several versions since yesterday's database the last one stands when they are recorded again."""
    place.database.close()
    shutil.copy(place.root / "pantau.db", place.root.parent / "yesterday.db")
    today = Place(place.root)
    for number in range(9):
        last = today.drop(NAME, pdf(f"version {number}"))
        today.take()
    today.database.close()
    shutil.copy(place.root.parent / "yesterday.db", place.root / "pantau.db")
    for name in ("pantau.db-wal", "pantau.db-shm"):
        (place.root / name).unlink(missing_ok=True)

    take(place.root)

    again = Place(place.root)
    found = standing(again, PK)
    again.database.close()
    assert found == last
