"""A server at work: many people at the screens over SSH, more who ask for the status, and files that are taken."""

from __future__ import annotations

import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import count, cycle
from pathlib import Path
from threading import Event, Thread

from benchmarks import made_regions
from benchmarks.bare_terminal import BareTerminal
from benchmarks.measure import Figure, pantau
from tests.sshd import Sshd
from tui.samples import sample
from workflow import Database

SESSIONS, CALLS_A_SECOND, SECONDS = 100, 20, 30
_OFFICES, _REQUIREMENTS = 45, 60
_SIZE = (120, 40)
_LINES = 8  # connections that the status is asked over, each open already


def measure() -> Iterator[Figure]:
    """Times in milliseconds, from the client's side of a real sshd on the loopback; memory is what is not shared."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        root = made_regions.make(Path(folder) / "w", _OFFICES, _REQUIREMENTS).root
        sshd = opened.enter_context(Sshd(Path(folder) / "ssh"))
        program = Path(sys.executable).with_name("pantau")
        serve = f"{program} --workspace {root} --as sari serve"
        sshd.authorize(f'restrict,pty,command="{serve}" {sshd.key("sari").with_suffix(".pub").read_text().strip()}')
        watcher = subprocess.Popen(pantau(root, "watch"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        opened.callback(watcher.wait)
        opened.callback(watcher.terminate)
        command = sshd.ssh("sari", options=["-tt"])
        begin = time.perf_counter()
        screens = [opened.enter_context(BareTerminal(command, *_SIZE, "001")) for _ in range(SESSIONS)]
        yield Figure(f"{SESSIONS} sessions opened one after the other", time.perf_counter() - begin, "s")
        yield Figure("memory of a session that no other shares, median", _unshared(root), "MB")
        asked, pressed = _under_load(sshd, root, screens)
        yield Figure(f"status calls in {SECONDS} s", len(asked), "")
        yield from _spread("status over a warm connection", asked)
        yield from _spread("a key, first byte", pressed)
        yield Figure("files taken meanwhile", _taken(root), "")


def _under_load(sshd: Sshd, root: Path, screens: Sequence[BareTerminal]) -> tuple[list[float], list[float]]:
    """How long each call of the status took, and each key at one screen after the other, while files come."""
    over = Event()
    sender = Thread(target=_send, args=[root, over])
    sender.start()
    pressed: list[float] = []
    keys = Thread(target=lambda: pressed.extend(_press(screens[0], over)))
    reader = Thread(target=_read, args=[screens[1:], over])
    reader.start()
    with tempfile.TemporaryDirectory() as sockets, ExitStack() as lines:
        warm = [["-o", f"ControlPath={sockets}/{n}"] for n in range(_LINES)]
        for one in warm:
            master = subprocess.Popen(sshd.ssh("sari", options=["-M", "-N", *one]))
            lines.callback(master.wait)
            lines.callback(master.terminate)
            while not Path(one[1].partition("=")[2]).exists():
                time.sleep(0.05)
        keys.start()
        with ThreadPoolExecutor(4 * _LINES) as pool:
            begin = time.perf_counter()
            calls = []
            for n in range(CALLS_A_SECOND * SECONDS):
                time.sleep(max(0.0, begin + n / CALLS_A_SECOND - time.perf_counter()))
                calls.append(pool.submit(_ask, sshd.ssh("sari", "status", options=warm[n % _LINES])))
            asked = [call.result() for call in calls]
    over.set()
    sender.join()
    keys.join()
    reader.join()
    return asked, pressed


def _ask(command: Sequence[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return (time.perf_counter() - begin) * 1000


def _press(screen: BareTerminal, over: Event) -> Iterator[float]:
    """To the first byte: what comes after it may be of a file that was taken meanwhile."""
    for key in cycle((b"j", b"k")):
        if over.is_set():
            return
        yield screen.press(key).first


def _read(screens: Sequence[BareTerminal], over: Event) -> None:
    """Take what the others draw, as their terminals would."""
    while not over.is_set():
        for ready in select.select([one.terminal for one in screens], [], [], 0.2)[0]:
            with suppress(OSError):
                os.read(ready, 1 << 16)


def _send(root: Path, over: Event) -> None:
    """A file a second into one drop folder after the other."""
    folders = sorted(one for one in (root / "inbox").iterdir() if one.is_dir() and not one.name.startswith("."))
    for n in count():
        if over.wait(1.0):
            return
        folder = folders[n % len(folders)]
        made = sample("lkjip", folder.name, "2025", region="Provinsi Contoh", edition=n)
        (folder / f"kiriman {n}.pdf").write_bytes(made)


def _taken(root: Path) -> int:
    database = Database(root / "pantau.db")
    (found,) = database.rows("SELECT count(*) FROM arrival")[0]
    database.close()
    return int(found)


def _unshared(root: Path) -> float:
    """The median over all screens of this workspace."""
    found = []
    for place in Path("/proc").iterdir():
        words = (place / "cmdline").read_bytes().split(b"\0") if place.name.isdecimal() else []
        if os.fsencode(root) in words and b"serve" in words:
            lines = (place / "smaps_rollup").read_text(encoding="ascii").splitlines()
            sizes = {name: int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines[1:])}
            found.append((sizes["Private_Clean"] + sizes["Private_Dirty"]) * 1024 / 1e6)
    return statistics.median(found)


def _spread(what: str, times: Sequence[float]) -> Iterator[Figure]:
    yield Figure(f"{what}, median", statistics.median(times), "ms")
    yield Figure(f"{what}, 99th percentile", statistics.quantiles(times, n=100)[98], "ms")


def main() -> int:
    if shutil.which("sshd", path="/usr/sbin:/sbin:/usr/bin:/usr/local/sbin") is None:
        raise SystemExit("sshd is not installed")
    for figure in measure():
        print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
