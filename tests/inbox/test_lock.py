"""One watcher for each workspace, whatever happens to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from inbox import Holder, Taken, WatchLock
from tests.inbox.conftest import ROOT

HOLD = """
import sys
from pathlib import Path
from inbox import WatchLock
lock = WatchLock(Path(sys.argv[1]))
lock.acquire(host="mesin-lain", since="2026-01-05T08:00:00+00:00")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watch.lock"


def test_the_second_is_told_who_watches(path: Path) -> None:
    with another_holder(path) as process:
        with pytest.raises(Taken) as taken:
            WatchLock(path).acquire(host="sini", since="")

        assert taken.value.holder == Holder(process.pid, "mesin-lain", "2026-01-05T08:00:00+00:00")


def test_whoever_asks_is_told_who_watches(path: Path) -> None:
    with another_holder(path) as process:
        holder = WatchLock(path).holder()

        assert holder is not None
        assert holder.pid == process.pid


def test_before_the_first_watcher_nobody_watches(path: Path) -> None:
    assert WatchLock(path).holder() is None
    assert not path.exists()


def test_the_kernel_lets_go_when_the_watcher_is_killed(path: Path) -> None:
    with another_holder(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()

    assert WatchLock(path).holder() is None
    lock = WatchLock(path)
    lock.acquire(host="sini", since="")
    lock.release()


def test_after_a_watcher_has_ended_another_may_begin(path: Path) -> None:
    for _ in range(2):
        lock = WatchLock(path)
        lock.acquire(host="sini", since="")
        holder = WatchLock(path).holder()
        lock.release()

        assert holder == Holder(os.getpid(), "sini", "")
        assert WatchLock(path).holder() is None


def test_a_child_of_the_watcher_does_not_hold_the_lock_on(path: Path) -> None:
    lock = WatchLock(path)
    lock.acquire(host="sini", since="")
    with subprocess.Popen(["sleep", "60"], close_fds=False) as child:
        lock.release()

        assert WatchLock(path).holder() is None
        child.kill()


def test_those_who_ask_never_turn_a_starting_watcher_away(path: Path) -> None:
    ended = Event()

    def ask() -> None:
        while not ended.is_set():
            WatchLock(path).holder()
            ended.wait(0.0005)

    askers = [Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    try:
        for _ in range(50):
            lock = WatchLock(path)
            lock.acquire(host="sini", since="")
            lock.release()
    finally:
        ended.set()
        for asker in askers:
            asker.join()


def test_a_lock_file_that_says_nothing_still_locks(path: Path) -> None:
    with another_holder(path):
        path.write_text("")

        with pytest.raises(Taken) as taken:
            WatchLock(path).acquire(host="sini", since="")

        assert taken.value.holder == Holder(0, "?", "")
