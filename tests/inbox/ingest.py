"""The process that the kill tests kill: it takes what lies in an inbox, and can be killed at any system call.

`ingest step ROOT WHEN STEP` takes once and kills itself before or after a step. `ingest sweep TEMPLATE FOLDER CALLS
WHAT` imports once, then forks a process for each system call of one intake, lets strace kill it there (or lets the
call fail), recovers, and prints what it found as JSON, a line for each point.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from inbox import Happening, Intake, Problem
from tests.inbox.conftest import LATER, Place, faults, snapshot
from workflow import Digest

NAME = "dinkes/Perjanjian Kinerja 2026.pdf"
CONTENT = b"%PDF-1.7\n" + b"% Perjanjian Kinerja 2026\n" * 3000 + b"startxref\n0\n%%EOF\n"
DIGEST = Digest(sha256(CONTENT).hexdigest())
STEPS = {"put": "_put", "record": "_record", "retire": "_retire"}

# All that can change something on a disk. openat creates, too; the ones that only read cost a little time.
MUTATING = (
    *("openat", "mkdir", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "link", "linkat", "unlink"),
    *("unlinkat", "rename", "renameat", "renameat2", "fchmod", "chmod", "fallocate", "close"),
)
ENDS = {0: "done", 4: "problem", 5: "error", -signal.SIGKILL: "killed"}
_PR_SET_PTRACER = 0x59616D61


class Point(NamedTuple):
    """What happened when one system call of an intake was made to fail or to kill."""

    call: str
    number: int
    ended: str
    faults: list[str]


def take(root: Path) -> list[Happening]:
    """Recover, then take all that lies there, as the watcher does."""
    place = Place(root)
    told: list[Happening] = []
    reconcile = place.reconcile(told.append)
    reconcile.recover()
    reconcile.look(0.0)
    reconcile.look(LATER)
    place.database.close()
    return told


def takes_all(root: Path) -> bool:
    """Whether it takes what lies there without a problem."""
    return not any(isinstance(one, Problem) for one in take(root))


def drop(root: Path) -> Digest:
    """The one file that is taken: the template's own, or else an agreement."""
    lying = [root / "inbox" / name for name in Place.left_in(root / "inbox")]
    if not lying:
        (root / "inbox" / NAME).write_bytes(CONTENT)
        return DIGEST
    (one,) = lying
    return Digest(sha256(one.read_bytes()).hexdigest())


def dies(step: str, when: str) -> None:
    """Make this process kill itself before or after a step."""
    name = STEPS[step]
    original: Callable[..., Any] = getattr(Intake, name)

    def deadly(*given: Any, **named: Any) -> Any:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        original(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Intake, name, deadly)


def traced(root: Path, expression: str, do: Callable[[Path], bool]) -> int | None:
    """Do something in a forked process under strace, which injects what the expression says.

    Returns how it ended, or None when it never came to the call where something was to be injected.
    """
    here, there = socket.socketpair()
    child = os.fork()
    if child == 0:
        here.close()
        _do_when_told(root, there, do)
    there.close()
    here.recv(1)
    trace = root.with_suffix(".trace")
    command = ["strace", "-p", str(child), "-o", str(trace), "-e", f"trace={expression.partition(':')[0]}"]
    with subprocess.Popen([*command, "-e", f"inject={expression}"], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        line = tracer.stderr.readline()
        assert "attached" in line, line
        here.close()
        _, status = os.waitpid(child, 0)
    exit_code = os.waitstatus_to_exitcode(status)
    return exit_code if exit_code < 0 or "(INJECTED)" in trace.read_text() else None


def _do_when_told(root: Path, teller: socket.socket, do: Callable[[Path], bool]) -> None:
    try:
        # Where only ancestors may trace, this one lets anybody.
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
        teller.send(b"!")
        teller.recv(1)
        os._exit(0 if do(root) else 4)
    except BaseException:  # noqa: BLE001  # a forked process must not go on as its parent
        os._exit(5)


def after(root: Path, digest: Digest) -> list[str]:
    """What does not hold after the fault and after the restart; the end must be the same each time."""
    place = Place(root)
    try:
        found = [f"at once: {fault}" for fault in faults(place, {digest})]
        take(root)
        end = snapshot(place)
        found += [f"restarted: {fault}" for fault in faults(place, {digest})]
        came = [one.digest for one in place.arrivals.latest(9)]
        found += ["not taken"] if place.left() or came.count(digest) != 1 else []
        take(root)
        return found + (["no fixed point"] if snapshot(place) != end else [])
    finally:
        place.database.close()


def point(template: Path, root: Path, call: str, number: int, what: str) -> Point | None:
    """One system call of one intake, made to fail; None when there is no such call any more."""
    shutil.copytree(template, root)
    digest = drop(root)
    exit_code = traced(root, f"{call}:{what}:when={number}", takes_all)
    found = after(root, digest)
    strangers = {path.name for path in root.parent.iterdir()} - {root.name, f"{root.name}.trace"}
    found += [f"outside: {name}" for name in strangers]
    shutil.rmtree(root)
    return None if exit_code is None else Point(call, number, ENDS[exit_code], found)


def sweep(template: Path, folder: Path, calls: Sequence[str], what: str, step: int) -> None:
    """Each of these calls, or one in `step` of them, from the first that an intake makes to the last."""
    folder.mkdir()
    for call in calls:
        numbers = count(1, step)
        while one := point(template, folder / "region", call, next(numbers), what):
            sys.stdout.write(json.dumps(one) + "\n")


def main(verb: str, *given: str) -> None:
    """Do what the test asks."""
    if verb == "step":
        root, when, step = given
        dies(step, when)
        take(Path(root))
        return
    template, folder, calls, what, stride = given
    shutil.copytree(template, f"{folder}-warm")
    drop(Path(f"{folder}-warm"))
    take(Path(f"{folder}-warm"))  # whatever is imported late is imported now
    sweep(Path(template), Path(folder), calls.split(","), what, int(stride))


if __name__ == "__main__":
    main(*sys.argv[1:])
