"""Killed at any moment and started again, an intake ends in the same place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from inbox import Outcome, Sheet
from tests.inbox.conftest import ROOT, Place, faults, snapshot
from tests.inbox.ingest import DIGEST, MUTATING, STEPS, Point, drop, take
from workflow import State

# Every call in the long run; otherwise the first of each kind, and one in three of those after it.
EACH = pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.torture)], ids=["some", "each"])
DRIVER = [sys.executable, "-m", "tests.inbox.ingest"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_watcher_killed_at_a_step_ends_where_an_undisturbed_one_ends(
    place: Place, template: Path, step: str, when: str
) -> None:
    drop(place.root)
    killed = subprocess.run([*DRIVER, "step", place.root, when, step], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert faults(place, {DIGEST}) == []

    take(place.root)

    obligation = place.obligation("dinkes/pk/2026")
    (arrival,) = place.arrivals.latest(10)
    (retired,) = place.root.glob("inbox/.arsip/*/dinkes/*")
    assert (obligation.state, obligation.content, obligation.seq) == (State.SUBMITTED, DIGEST, 1)
    assert (arrival.outcome, retired.name) == (Outcome.FILED, f"{arrival.id}-Perjanjian Kinerja 2026.pdf")
    assert place.left() == []
    assert faults(place, {DIGEST}) == []
    end = snapshot(place)
    take(place.root)
    assert snapshot(place) == end


def swept(template: Path, folder: Path, parts: Sequence[Sequence[str]], what: str, step: int = 1) -> list[Point]:
    """Sweep each part of the system calls in a process of its own, so that the processors share the work."""
    calls = [
        [*DRIVER, "sweep", str(template), str(folder / f"part-{n}"), ",".join(part), what, str(step)]
        for n, part in enumerate(parts)
    ]
    run = partial(subprocess.run, check=False)
    with ThreadPoolExecutor(len(calls)) as pool:
        done = list(pool.map(lambda call: run(call, cwd=ROOT, capture_output=True, text=True), calls))
    assert [one.returncode for one in done] == [0] * len(done), "\n".join(one.stderr for one in done)
    return [Point(*json.loads(line)) for one in done for line in one.stdout.splitlines()]


@pytest.mark.needs("strace")
@EACH
def test_killed_at_any_system_call_nothing_is_lost_and_a_restart_ends_in_the_same_place(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], step: int
) -> None:
    workers = min(4, os.cpu_count() or 1)
    points = swept(template, tmp_path, [MUTATING[n::workers] for n in range(workers)], "signal=KILL", step)

    counts = {call: sum(point.call == call for point in points) for call in MUTATING}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(points)} kill points: {counts}\n")
    assert [point for point in points if point.faults] == []
    assert {point.ended for point in points} == {"killed"}
    # Fewer would mean that the sweep no longer reaches the steps: copy, sync, link, unlink, commit, rename.
    assert all(counts[call] for call in ("openat", "write", "fsync", "renameat2", "mkdir", "unlink"))


@pytest.mark.needs("strace")
@EACH
def test_killed_at_any_system_call_an_answer_to_findings_is_recorded_once(
    place: Place, tmp_path: Path, step: int
) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    sent = place.send_back("dinkes/pk/2026", "Sampul salah")
    sheet = Sheet(sent.id, sent.round, sent.seq)
    place.drop(f"dinkes/dikembalikan/{sheet.name}", f"{sheet.line}\n--- Temuan 1 ---\nJawaban: diganti".encode())
    calls = ("pwrite64", "fsync", "link", "renameat2", "mkdir", "unlink")

    points = swept(place.root, tmp_path, [calls[:2], calls[2:]], "signal=KILL", step)

    assert [point for point in points if point.faults] == []
    assert {point.call for point in points} >= {"fsync", "renameat2", "mkdir"}


@pytest.mark.needs("strace")
def test_after_an_error_of_the_disk_at_any_sync_the_file_is_kept_and_taken_later(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points = swept(template, tmp_path, [["fsync"], ["fdatasync"]], "error=EIO")

    with capsys.disabled():
        sys.stdout.write(f"\n{len(points)} failed syncs: {[point.ended for point in points]}\n")
    assert [point for point in points if point.faults] == []
    assert "problem" in {point.ended for point in points}
