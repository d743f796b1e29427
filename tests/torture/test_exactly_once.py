"""What is sent once is recorded once, whatever touches it, restarts or runs beside."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from time import sleep

import pytest

from inbox import Outcome
from tests.inbox.conftest import ROOT, Place, faults, wait_until
from tests.torture.accounts import (
    arrivals,
    count_retired,
    had_its_chance,
    names,
    objects,
    standing,
    taken,
    unfinished,
)
from tests.torture.conftest import Figures, run
from tests.torture.senders import pdf, tell
from tests.torture.watching import Watch
from workflow import Action, State, verify

NAME = "PK 2026.pdf"
PK = "dinkes/pk/2026"
LONG = pytest.mark.torture
RENAMES = ("rename", "renameat", "renameat2")


def slowly(*calls: str, seconds: float) -> list[str]:
    """What runs a program so that the first of each of these system calls takes a while."""
    injected = [f"inject={call}:delay_enter={int(seconds * 1e6)}:when=1" for call in calls]
    traced = ["strace", "-D", "-f", "-qqq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={','.join(calls)}"]
    return [*traced, *(word for one in injected for word in ("-e", one))]


def test_case_21_touched_while_it_waits(watched: Watch, place: Place, figures: Figures) -> None:
    """A file that is touched, given other modes and read by a scanner meanwhile is taken once."""
    target = place.inbox / "dinkes" / NAME
    target.write_bytes(pdf("PK"))
    for mode in range(6):
        os.utime(target)
        target.chmod(0o640 + mode % 2)
        target.read_bytes()
        sleep(0.15)

    assert names(taken(place, 1)) == [NAME]
    had_its_chance(place)
    assert names(arrivals(place)) == [NAME]
    figures(touches=6)


def test_case_21_touched_between_record_and_drop_folder(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is touched after it was recorded and before it is put away is not recorded again."""
    place.drop(f"dinkes/{NAME}", pdf("PK"))
    intake = place.intake()

    def killed(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(intake, "_retire", killed)
        reconcile = place.reconcile(place.told.append, intake=intake)
        reconcile.look(0.0)
        with pytest.raises(KeyboardInterrupt):
            reconcile.look(10.0)
    os.utime(place.inbox / "dinkes" / NAME)

    place.take()

    assert names(arrivals(place)) == [NAME]
    assert place.left() == []


@pytest.mark.parametrize("number", [150, pytest.param(3_000, marks=LONG)])
def test_case_22_restarted_with_a_queue(watch: Watch, place: Place, figures: Figures, number: int) -> None:
    """A watcher that is killed again and again over a full inbox takes each file once."""
    dropped = {place.drop(f"dinkes/scan {n}.pdf", b"scan %d" % n) for n in range(number)}
    kills = 0
    for part in (1, 2, 3):
        watch.start()
        wait_until(lambda part=part: count_retired(place) >= number * part // 4, 600)  # type: ignore[misc]
        watch.kill()
        kills += 1
    watch.start()
    wait_until(lambda: count_retired(place) >= number, 600)
    watch.end()

    assert len(arrivals(place)) == number
    assert faults(place, dropped) == []
    assert place.left() == []
    figures(files=number, kills=kills)


_BOTH = """
import sys
from pathlib import Path
from tests.inbox.conftest import LATER, Place
place = Place(Path(sys.argv[1]))
told = []
reconcile = place.reconcile(told.append)
reconcile.look(0.0)
print("ready", flush=True)
sys.stdin.readline()
for again in range(3):
    reconcile.look(LATER * (1 + again))
print(len(told))
"""


def test_case_23_two_at_the_same_instant(place: Place, figures: Figures) -> None:
    """Two intakes on the same files at the same instant record each once."""
    number = 60
    dropped = {place.drop(f"dinkes/scan {n}.pdf", b"scan %d" % n) for n in range(number)}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", _BOTH, str(place.root)]
    both = [subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        tell(one)
    shares = [int(one.communicate(timeout=60)[0]) for one in both]

    assert [one.returncode for one in both] == [0, 0]
    assert len(arrivals(place)) == number
    assert (faults(place, dropped), place.left()) == ([], [])
    figures(files=number, taken_by_each=" and ".join(map(str, shares)))


def test_case_24_same_and_other_content(place: Place) -> None:
    """One content under two names is one object; other content under one name is a version; later again is told."""
    same = place.drop(f"dinkes/{NAME}", pdf("same"))
    place.drop("dinkes/Perjanjian Kinerja 2026.pdf", pdf("same"))
    place.take()
    assert sorted(one.outcome for one in arrivals(place)) == [Outcome.AGAIN, Outcome.FILED]
    assert objects(place) == {same}

    other = place.drop(f"dinkes/{NAME}", pdf("other"))
    place.take()
    assert standing(place, PK) == other
    place.clock.now += timedelta(days=31)
    place.drop(f"dinkes/{NAME}", pdf("other"))
    place.take()

    assert [one.outcome for one in arrivals(place)][-2:] == [Outcome.FILED, Outcome.AGAIN]
    assert objects(place) == {same, other}
    trail = place.register.trail(place.obligation(PK).id)
    assert [(one.action, one.content) for one in trail] == [(Action.SUBMIT, same), (Action.SUBMIT, other)]
    assert place.left() == []


@pytest.mark.needs("strace")
def test_case_25_overwritten_between_commit_and_retire(watch: Watch, place: Place) -> None:
    """What its sender writes over a file that is recorded and not yet put away is taken as well."""
    watch.start(*slowly(*RENAMES, seconds=1.5))
    first = place.drop(f"dinkes/{NAME}", pdf("first"))
    wait_until(lambda: len(arrivals(place)) == 1)
    second = place.drop(f"dinkes/{NAME}", pdf("second, which is longer", 9000))

    assert [one.digest for one in taken(place, 2)] == [first, second]
    assert standing(place, PK) == second
    assert faults(place, {first, second}) == []
    assert place.left() == []


@pytest.mark.needs("strace")
def test_case_26_taken_back_while_it_is_copied(watch: Watch, place: Place) -> None:
    """A file that its sender deletes during the copy is taken whole or not at all, and not again and again."""
    watch.start(*slowly("fsync", seconds=1.0))
    target = place.inbox / "dinkes" / NAME
    place.drop(f"dinkes/{NAME}", pdf("PK"))
    wait_until(lambda: bool(unfinished(place)))
    target.unlink()
    had_its_chance(place)

    told = [one for one in watch.said() if "digest" not in one and one["event"] != "watching"]
    assert (told, unfinished(place)) == ([], [])
    assert place.obligation(PK).state in (State.DRAFT, State.SUBMITTED)
    assert len(arrivals(place)) <= 1
    assert verify(place.database).faults == ()
    assert watch.is_alive
    run("cp", place.root / "pantau.toml", target)
    assert len(taken(place, len(arrivals(place)) + 1)) <= 2
