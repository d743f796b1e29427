"""Events that are lost, folders that go away, storms: the look at the folder is the truth."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest

from inbox import Hints, Outcome
from inbox.watcher import RESCAN_SECONDS
from tests.inbox.conftest import Place, faults, wait_until
from tests.torture.accounts import arrivals, count_retired, had_its_chance, names, standing, taken
from tests.torture.conftest import Figures, run
from tests.torture.disks import Disks
from tests.torture.senders import pdf
from tests.torture.watching import Watch
from workflow import Digest, verify

NAME = "PK 2026.pdf"
PK = "dinkes/pk/2026"
LONG = pytest.mark.torture
MOST_MEMORY = 120  # MB
PATIENCE = 3600.0


def told_all_once(place: Place, watch: Watch, number: int, figures: Figures, begun: float) -> None:
    """All of so many files were taken, each once, and the watcher stayed small."""
    wait_until(lambda: count_retired(place) >= number, PATIENCE)
    listener = watch.listeners_memory()
    watch.end()
    rows = place.database.rows("SELECT count(*), count(DISTINCT path), count(DISTINCT digest) FROM arrival")
    figures(
        files=number,
        took=f"{monotonic() - begun:.1f} s",
        watcher=f"{watch.memory()} MB",
        listener=f"{listener} MB",
    )
    assert [tuple(row) for row in rows] == [(number, number, number)]
    assert place.left() == []
    assert verify(place.database).faults == ()
    assert len(list((place.root / "content").glob("??/*"))) == number
    assert sum(path.is_file() for path in place.inbox.glob(".arsip/**/*")) == number
    assert max(watch.memory(), listener) < MOST_MEMORY


def scans(folder: Path, number: int) -> None:
    """So many small files, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        (folder / f"scan {n}.pdf").write_bytes(b"scan %d" % n)


@pytest.mark.parametrize("number", [300, pytest.param(60_000, marks=LONG)])
def test_case_13_renames(watched: Watch, place: Place, tmp_path: Path, figures: Figures, number: int) -> None:
    """Files that are renamed in at once are all taken, once."""
    scans(tmp_path / "scans", number)
    begun = monotonic()
    for path in list((tmp_path / "scans").iterdir()):
        path.rename(place.inbox / "dinkes" / path.name)

    told_all_once(place, watched, number, figures, begun)


@pytest.mark.parametrize("number", [300, pytest.param(20_000, marks=LONG)])
def test_case_14_stopped(watched: Watch, place: Place, figures: Figures, number: int) -> None:
    """Files that are dropped while the watcher is stopped are all taken, once."""
    watched.listener()
    watched.stop()
    scans(place.inbox / "dinkes", number)
    watched.go_on()

    told_all_once(place, watched, number, figures, monotonic())


@pytest.mark.parametrize("number", [50, pytest.param(1_000, marks=LONG)])
def test_case_15_new_folders(watched: Watch, place: Place, tmp_path: Path, figures: Figures, number: int) -> None:
    """A tree of new folders that is copied in is taken whole, once."""
    for n in range(number):
        scan = tmp_path / "kiriman" / f"{n % 10}" / f"{n}"
        scan.mkdir(parents=True)
        for page in range(2):
            (scan / f"scan {page}.pdf").write_bytes(b"scan %d of %d" % (page, n))
    begun = monotonic()
    run("cp", "-r", tmp_path / "kiriman", place.inbox / "dinkes")

    told_all_once(place, watched, number * 2, figures, begun)


def test_case_16_one_of_a_burst_unreported(place: Place) -> None:
    """Of what no event told is known at the next look."""
    reconcile = place.reconcile(place.told.append)
    reconcile.look(0.0)
    for n in range(3):
        place.drop(f"dinkes/scan {n}.pdf", b"scan %d" % n)
    for looks in (1, 2):
        reconcile.look(looks * RESCAN_SECONDS)

    assert len(arrivals(place)) == 3


@LONG
def test_case_16_deaf(watched: Watch, place: Place, figures: Figures) -> None:
    """A watcher whose listener hears nothing at all takes a burst at its next look."""
    had_its_chance(place)
    listener = watched.listener()
    os.kill(listener, signal.SIGSTOP)
    begun = monotonic()
    for n in range(3):
        place.drop(f"dinkes/scan {n}.pdf", b"scan %d" % n)

    assert len(taken(place, 3)) == 3
    figures(took=f"{monotonic() - begun:.1f} s")


def test_case_17_renamed_and_made_again(watched: Watch, place: Place) -> None:
    """An inbox that is renamed and made again is noticed; nothing is taken there until it is back."""
    place.drop(f"dinkes/{NAME}", pdf("first"))
    taken(place, 1)
    away = place.root.parent / "away"
    place.inbox.rename(away)
    (place.inbox / "dinkes").mkdir(parents=True)
    place.drop(f"dinkes/{NAME}", pdf("into the wrong folder"))
    watched.look()
    wait_until(lambda: len(watched.said("offline")) == 1)
    for _ in range(3):
        watched.look()
    assert len(arrivals(place)) == 1

    shutil.rmtree(place.inbox)
    away.rename(place.inbox)
    watched.look()
    wait_until(lambda: len(watched.said("online")) == 1)
    place.drop(f"dinkes/{NAME}", pdf("second"))

    assert [one.outcome for one in taken(place, 2)] == [Outcome.FILED] * 2
    assert len(watched.said("offline")) == 1


def test_case_17_mounted_over(watched: Watch, place: Place, disks: Disks, tmp_path: Path) -> None:
    """An inbox that something is mounted over is noticed, and work goes on when that is gone."""
    (tmp_path / "other" / "dinkes").mkdir(parents=True)
    disks.bind(tmp_path / "other", place.inbox)
    place.drop(f"dinkes/{NAME}", pdf("into the wrong folder"))
    watched.look()
    wait_until(lambda: len(watched.said("offline")) == 1)
    disks.unmount(place.inbox)
    watched.look()
    wait_until(lambda: len(watched.said("online")) == 1)

    place.drop(f"dinkes/{NAME}", pdf("right"))

    (arrival,) = taken(place, 1)
    assert arrival.digest == sha256(pdf("right")).hexdigest()


@pytest.mark.parametrize("is_read_only", [False, True], ids=["writable", "read only"])
def test_case_18_share_offline(place: Place, watch: Watch, disks: Disks, tmp_path: Path, is_read_only: bool) -> None:
    """A share that goes away is offline: nothing is recorded of it, and nothing twice when it is back."""
    share, point = tmp_path / "share", tmp_path / "point"
    (share / "dinkes").mkdir(parents=True)
    (share / "dinkes" / NAME).write_bytes(pdf("PK"))
    more = f'[[inbox]]\nname = "berbagi"\npath = "{point}"\nread_only = {str(is_read_only).lower()}\n'
    settings = place.root / "pantau.toml"
    settings.write_text(settings.read_text() + more)
    disks.bind(share, point)
    watch.start()
    wait_until(lambda: len(arrivals(place)) == 1)
    trail = place.register.trail(place.obligation(PK).id)

    disks.unmount(point, lazily=True)
    (point / "dinkes").mkdir(exist_ok=True)
    (point / "dinkes" / "LKjIP 2025.pdf").write_bytes(pdf("on the empty mount point"))
    watch.look()
    wait_until(lambda: len(watch.said("offline")) == 1)
    had_its_chance(place)
    assert (len(arrivals(place)), place.register.trail(place.obligation(PK).id)) == (1, trail)
    disks.bind(share, point)
    watch.look()
    wait_until(lambda: len(watch.said("online")) == 1)
    (share / "dinkes" / "Renja 2026.pdf").write_bytes(pdf("Renja"))
    watch.look()

    wait_until(lambda: len(arrivals(place)) == 2)
    had_its_chance(place)
    assert names(arrivals(place)) == [NAME, "Renja 2026.pdf"]
    assert (share / "dinkes" / NAME).exists() is is_read_only


@pytest.mark.needs("unshare")
def test_case_19_no_inotify(place: Place, watch: Watch) -> None:
    """Where the kernel grants no more inotify instances, the watcher says so and looks by the clock."""
    limit = 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"'
    under = ["unshare", "--user", "--map-root-user", "sh", "-c", limit, "sh"]
    if subprocess.run([*under, "true"], check=False, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no user namespace of one's own is permitted here")
    watch.start(*under)
    wait_until(lambda: len(watch.said("polling")) == 1)
    place.drop(f"dinkes/{NAME}", pdf("PK"))

    assert names(taken(place, 1)) == [NAME]
    assert watch.is_alive


def test_case_19_no_process_to_listen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where no process can be started to listen, that is said, and the wait is by the clock."""
    told: list[str] = []
    monkeypatch.setattr("sys.executable", str(tmp_path / "none"))
    hints = Hints([tmp_path], monotonic, told.append)
    for _ in range(3):
        hints.wait(0.0)

    assert (hints.are_live, len(told)) == (False, 1)
    hints.close()


@pytest.mark.parametrize("command", ["mv", "ln", "cp"])
def test_case_20_without_a_closing_event(watched: Watch, place: Place, tmp_path: Path, command: str) -> None:
    """A file that is moved in, or linked in, which no closing event tells of, is taken."""
    content = pdf("PK")
    (tmp_path / NAME).write_bytes(content)
    run(command, tmp_path / NAME, place.inbox / "dinkes" / NAME)

    (arrival,) = taken(place, 1)
    assert standing(place, PK) == arrival.digest
    assert faults(place, {Digest(arrival.digest)}) == []
    assert (tmp_path / NAME).exists() is (command != "mv")
