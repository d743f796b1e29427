"""The watcher as it runs: a process of its own, with real senders."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from inbox import Arrival, Happening, Outcome
from inbox import watcher as module
from tests.inbox.conftest import LATER, ROOT, Place, faults, pantau, wait_until
from workflow import Action, State

PK = "dinkes/pk/2026"


@pytest.fixture
def watched(place: Place) -> Iterator[Place]:
    """A workspace that a watcher of its own watches."""
    process = pantau(place.root, "watch")
    try:
        started(process)
        yield place
    finally:
        process.terminate()
        process.communicate(timeout=30)


def started(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    assert "watching" in process.stderr.readline()


def recorded(place: Place, count: int) -> list[tuple[str, Outcome]]:
    """What was recorded, once there are so many arrivals and their files are gone from the inbox."""
    wait_until(lambda: len(place.arrivals.latest(count + 1)) >= count and place.left() == [])
    return [(one.name, one.outcome) for one in reversed(place.arrivals.latest(count + 1))]


def test_a_file_that_is_written_slowly_is_taken_once_when_it_is_whole(watched: Place) -> None:
    content = os.urandom(40) * 1000
    with (watched.inbox / "dinkes" / "PK 2026.pdf").open("wb", buffering=0) as file:
        for start in range(0, len(content), 2000):
            file.write(content[start : start + 2000])
            sleep(0.05)

    assert recorded(watched, 1) == [("PK 2026.pdf", Outcome.FILED)]
    digest = watched.obligation(PK).content
    assert digest is not None
    assert watched.store.path(digest).read_bytes() == content


def test_a_file_that_is_moved_in_is_taken(watched: Place, tmp_path: Path) -> None:
    (tmp_path / "PK 2026.pdf").write_bytes(b"PK 2026")
    (tmp_path / "PK 2026.pdf").rename(watched.inbox / "dinkes" / "PK 2026.pdf")

    assert recorded(watched, 1) == [("PK 2026.pdf", Outcome.FILED)]


def test_a_file_that_is_copied_with_an_old_time_is_taken(watched: Place, tmp_path: Path) -> None:
    source = tmp_path / "PK 2026.pdf"
    source.write_bytes(b"PK 2026")
    os.utime(source, (0, 0))
    shutil.copy2(source, watched.inbox / "dinkes")

    assert recorded(watched, 1) == [("PK 2026.pdf", Outcome.FILED)]


def test_a_file_with_a_time_in_the_future_is_taken(watched: Place) -> None:
    watched.drop("dinkes/PK 2026.pdf", b"PK 2026")
    os.utime(watched.inbox / "dinkes" / "PK 2026.pdf", (4e9, 4e9))

    assert recorded(watched, 1) == [("PK 2026.pdf", Outcome.FILED)]


def test_an_upload_under_another_name_is_taken_when_it_gets_its_own(watched: Place) -> None:
    part = watched.inbox / "dinkes" / "PK 2026.pdf.part"
    part.write_bytes(b"PK")
    watched.drop("dlh/PK 2026.pdf", b"another")  # by the time this is taken, the first has been passed over
    assert recorded_of(watched, "dlh/pk/2026") == State.SUBMITTED
    assert part.exists()

    part.write_bytes(b"PK 2026")
    part.rename(watched.inbox / "dinkes" / "PK 2026.pdf")

    assert recorded(watched, 2) == [("PK 2026.pdf", Outcome.FILED)] * 2
    assert recorded_of(watched, PK) == State.SUBMITTED


def recorded_of(place: Place, name: str) -> State:
    wait_until(lambda: not place.obligation(name).is_missing)
    return place.obligation(name).state


def test_a_tree_of_folders_is_taken_whole(watched: Place, tmp_path: Path) -> None:
    tree = tmp_path / "kiriman"
    for n in range(1, 5):
        (tree / "2026" / f"TW {n}").mkdir(parents=True)
        (tree / "2026" / f"TW {n}" / "Capaian Kinerja.pdf").write_bytes(b"TW %d" % n)
    (tree / "draft").mkdir()
    (tree / "draft" / "PK 2026.pdf").write_bytes(b"PK 2026")
    shutil.copytree(tree, watched.inbox / "dinkes" / "kiriman")

    assert sorted(recorded(watched, 5)) == [
        *[("Capaian Kinerja.pdf", Outcome.FILED)] * 4,
        ("PK 2026.pdf", Outcome.FILED),
    ]
    states = [watched.obligation(f"dinkes/ukur-tw/2026-q{n}").state for n in range(1, 5)]
    assert states == [State.SUBMITTED] * 4
    assert watched.obligation(PK).state is State.DRAFT


def test_a_changed_file_is_a_newer_version(watched: Place) -> None:
    watched.drop("dinkes/PK 2026.pdf", b"first")
    recorded(watched, 1)
    watched.drop("dinkes/PK 2026.pdf", b"second")

    assert recorded(watched, 2) == [("PK 2026.pdf", Outcome.FILED)] * 2
    assert [one.action for one in watched.register.trail(watched.obligation(PK).id)] == [Action.SUBMIT] * 2


def test_a_file_that_is_sent_again_is_recorded_as_sent_again(watched: Place) -> None:
    watched.drop("dinkes/PK 2026.pdf", b"PK 2026")
    recorded(watched, 1)
    watched.drop("dinkes/PK 2026.pdf", b"PK 2026")

    assert recorded(watched, 2) == [("PK 2026.pdf", Outcome.FILED), ("PK 2026.pdf", Outcome.AGAIN)]


def test_many_files_at_once_are_each_taken_once(watched: Place) -> None:
    dropped = {watched.drop(f"dinkes/kiriman/scan {n}.pdf", b"%d" % n) for n in range(150)}

    names = [name for name, _ in recorded(watched, 150)]
    assert sorted(names) == sorted(f"scan {n}.pdf" for n in range(150))
    assert faults(watched, dropped) == []


def test_what_is_no_file_stops_nothing(watched: Place, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    (watched.inbox / "dinkes" / "LKjIP 2025.pdf").symlink_to(tmp_path / "secret.pdf")
    os.mkfifo(watched.inbox / "dinkes" / "Renja 2026.pdf")
    watched.drop(b"dinkes/\xff\x1b]0;x\x07[/].pdf", b"odd")
    watched.drop("dinkes/PK 2026.pdf", b"PK 2026")

    wait_until(lambda: len(watched.arrivals.latest(3)) >= 2)
    assert recorded_of(watched, PK) is State.SUBMITTED
    assert len(watched.arrivals.latest(9)) == 2
    assert watched.left() == ["dinkes/LKjIP 2025.pdf", "dinkes/Renja 2026.pdf"]
    assert watched.obligation("dinkes/lkjip/2025").is_missing


@pytest.mark.needs("rsync")
@pytest.mark.parametrize("more", [[], ["--inplace"], ["--archive"]], ids=["as usual", "in place", "archive"])
def test_a_file_that_comes_by_rsync_is_taken_once(watched: Place, tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "PK 2026.pdf").write_bytes(os.urandom(1 << 20))
    subprocess.run(["rsync", *more, tmp_path / "PK 2026.pdf", f"{watched.inbox}/dinkes/"], check=True)

    assert recorded(watched, 1) == [("PK 2026.pdf", Outcome.FILED)]


@pytest.mark.needs("sftp")
def test_a_file_that_comes_by_sftp_is_taken_once(watched: Place, tmp_path: Path) -> None:
    servers = [*Path("/usr/lib").glob("*/sftp-server"), *Path("/usr/libexec").glob("**/sftp-server")]
    if not servers:
        pytest.skip("not installed: sftp-server")
    (tmp_path / "PK 2026.pdf").write_bytes(os.urandom(1 << 20))
    batch = f'put "{tmp_path}/PK 2026.pdf" "{watched.inbox}/dinkes/x.part"\n'
    batch += f'rename "{watched.inbox}/dinkes/x.part" "{watched.inbox}/dinkes/PK 2026.pdf"\n'
    subprocess.run(
        ["sftp", "-q", "-b", "-", "-D", servers[0]], input=batch, text=True, check=True, capture_output=True
    )

    assert recorded(watched, 1) == [("PK 2026.pdf", Outcome.FILED)]


def test_what_lies_there_before_the_watcher_is_taken_when_it_starts(place: Place) -> None:
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    process = pantau(place.root, "watch")
    try:
        assert recorded(place, 1) == [("PK 2026.pdf", Outcome.FILED)]
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watcher(place: Place, number: signal.Signals) -> None:
    process = pantau(place.root, "watch")
    started(process)

    process.send_signal(number)

    _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "stopped" in told


def test_a_second_watcher_says_who_watches_and_ends(place: Place) -> None:
    first = pantau(place.root, "watch")
    started(first)
    second = pantau(place.root, "watch")
    try:
        _, told = second.communicate(timeout=30)

        assert second.returncode == 1
        assert str(first.pid) in told
        assert first.poll() is None
    finally:
        first.terminate()
        first.communicate(timeout=30)


def test_a_watcher_may_start_at_once_after_another_was_killed(place: Place) -> None:
    first = pantau(place.root, "watch")
    started(first)
    first.kill()
    first.communicate(timeout=30)

    second = pantau(place.root, "watch")
    started(second)
    second.terminate()
    second.communicate(timeout=30)

    assert second.returncode == 0


def test_a_watcher_beside_the_screens_ends_with_them(place: Place) -> None:
    command = [sys.executable, "-m", "tui", "--lang", "en", "--workspace", str(place.root), "watch", "--beside"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    started(process)

    process.communicate(timeout=30)  # closes its standard input

    assert process.returncode == 0


# --- one look, without a process ---


def test_what_no_event_told_of_is_seen_at_the_next_look(place: Place) -> None:
    told: list[Happening] = []
    reconcile = place.reconcile(told.append, quiet=2.0)
    reconcile.look(0.0)
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")

    reconcile.look(module.RESCAN_SECONDS)
    assert told == []
    reconcile.look(module.RESCAN_SECONDS * 2)

    (arrival,) = told
    assert isinstance(arrival, Arrival)


def test_a_stopped_look_takes_nothing_more(place: Place) -> None:
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    told: list[Happening] = []
    reconcile = place.reconcile(told.append)
    reconcile.look(0.0)
    reconcile.look(LATER, is_stopped=lambda: True)

    assert told == []
    assert place.left() == ["dinkes/PK 2026.pdf"]
