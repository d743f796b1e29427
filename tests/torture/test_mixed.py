"""Many senders of every kind at once, while the watcher is killed again and again: each file is accounted for."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import pytest

from inbox import Hold
from tests.inbox.conftest import Place, wait_until
from tests.torture.accounts import holds, objects, unfinished
from tests.torture.conftest import Figures, run
from tests.torture.senders import Sshd, heard, pdf, spawn
from tests.torture.test_events_lost import MOST_MEMORY
from tests.torture.watching import Watch
from workflow import Digest, verify

LONG = pytest.mark.torture
SENDERS = 4
DOCUMENTS = ("PK 2026", "LKjIP 2025", "Renja 2026", "scan", "notulen")

_MAPPING = """
import mmap, os, sys, time
content = open(sys.argv[2], "rb").read()
file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o644)
os.ftruncate(file, len(content))
view = mmap.mmap(file, 0)
os.close(file)
for start in range(0, len(content), 4096):
    view[start:start + 4096] = content[start:start + 4096]
    time.sleep(0.02)
view.close()
print("done", flush=True)
"""


class Senders:
    """Offices that send at random. Each file has a name and a content of its own."""

    def __init__(self, place: Place, sshd: Sshd, folder: Path, seed: int) -> None:
        self._place = place
        self._sshd = sshd
        self._folder = folder
        self._seed = seed
        self._lock = Lock()
        self._number = 0
        self.sent: dict[Digest, str] = {}
        self.replaced: set[Digest] = set()
        self.stumps: dict[str, Digest] = {}
        self.by: Counter[str] = Counter()

    def send_until(self, end: float, which: int) -> None:
        """One office after another, in an order of its own."""
        chance = random.Random(self._seed * 1000 + which)  # to be drawn again, not to be kept secret
        ways = [
            *(self._cp, self._mv, self._slowly, self._mapped, self._office, self._scp, self._sftp, self._sftp_part),
            *(self._rsync, self._rsync_in_place, self._killed, self._twice, self._tree),
        ]
        while monotonic() < end:
            way = chance.choice(ways)
            self._one(way, chance)
            with self._lock:
                self.by[way.__name__.strip("_")] += 1

    def _one(self, way: Callable[[Path, Path, random.Random], None], chance: random.Random) -> None:
        source = self._source(chance)
        office = chance.choice(("dinkes", "dlh", "dukcapil"))
        draft = chance.choice(("", "", "draft"))
        way(source, self._place.inbox / office / draft / source.name, chance)

    def _source(self, chance: random.Random) -> Path:
        with self._lock:
            self._number += 1
            number = self._number
        path = self._folder / f"{chance.choice(DOCUMENTS)} ({number}).pdf"
        content = pdf(f"{number} {chance.random()}", chance.choice((500, 40_000, 400_000)))
        path.write_bytes(content)
        with self._lock:
            self.sent[Digest(sha256(content).hexdigest())] = path.name
        return path

    def _cp(self, source: Path, target: Path, chance: random.Random) -> None:
        run("cp", *chance.choice(([], ["-p"])), source, target)

    def _mv(self, source: Path, target: Path, chance: random.Random) -> None:
        run("mv", source, target)

    def _slowly(self, source: Path, target: Path, chance: random.Random) -> None:
        content = source.read_bytes()
        with target.open("wb", buffering=0) as file:
            for start in range(0, len(content), 100_000):
                file.write(content[start : start + 100_000])
                sleep(chance.random())

    def _mapped(self, source: Path, target: Path, chance: random.Random) -> None:
        heard(writer := spawn(_MAPPING, target, source))
        writer.communicate()

    def _office(self, source: Path, target: Path, chance: random.Random) -> None:
        saving = target.with_name(f"~WRD{chance.randrange(10**6)}.tmp")
        shutil.copy(source, saving)
        target.unlink(missing_ok=True)
        saving.rename(target)

    def _scp(self, source: Path, target: Path, chance: random.Random) -> None:
        self._sshd.scp(source, target)

    def _sftp(self, source: Path, target: Path, chance: random.Random) -> None:
        assert self._sshd.sftp(f'put "{source}" "{target}"').wait() == 0

    def _sftp_part(self, source: Path, target: Path, chance: random.Random) -> None:
        part = f"{target}.part"
        assert self._sshd.sftp(f'put "{source}" "{part}"', f'rename "{part}" "{target}"').wait() == 0

    def _rsync(self, source: Path, target: Path, chance: random.Random) -> None:
        self._sshd.rsync(source, target, *chance.choice(([], ["--archive"])))

    def _rsync_in_place(self, source: Path, target: Path, chance: random.Random) -> None:
        self._sshd.rsync(source, target, "--inplace")

    def _killed(self, source: Path, target: Path, chance: random.Random) -> None:
        """Begin, be killed, and leave a stump; half of them come again."""
        with source.open("ab") as file:
            file.write(b"% more\n" * 50_000 + b"startxref\n0\n%%EOF\n")
        content = source.read_bytes()
        self._forget(source)
        stump = content[: len(content) // 2]
        script = 'import sys; f = open(sys.argv[1], "wb"); f.write(sys.stdin.buffer.read()); f.flush(); print("!")'
        command = ["python3", "-c", f"{script}; sys.stdout.flush(); import time; time.sleep(60)", str(target)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            writer.stdin.write(stump)
            writer.stdin.close()
            writer.stdout.readline()
            writer.kill()
        if chance.random() < 0.5:
            run("cp", source, target)
            with self._lock:
                self.sent[Digest(sha256(content).hexdigest())] = source.name
        else:
            with self._lock:
                self.stumps[str(target.relative_to(self._place.inbox))] = Digest(sha256(stump).hexdigest())

    def _twice(self, source: Path, target: Path, chance: random.Random) -> None:
        """Send, correct and send again at once: the last one counts, the first may have been taken or not."""
        run("cp", source, target)
        sleep(chance.random())
        first = Digest(sha256(source.read_bytes()).hexdigest())
        corrected = pdf(f"corrected {source.name} {chance.random()}", 9_000)
        source.write_bytes(corrected)
        with self._lock:
            self.replaced.add(first)
            self.sent[Digest(sha256(corrected).hexdigest())] = source.name
        run("cp", source, target)

    def _tree(self, source: Path, target: Path, chance: random.Random) -> None:
        tree = self._folder / f"kiriman {source.name}"
        (tree / "a" / "b").mkdir(parents=True)
        source.rename(tree / "a" / "b" / source.name)
        run("cp", "-r", tree, target.parent)

    def _forget(self, source: Path) -> None:
        with self._lock:
            self.sent = {digest: name for digest, name in self.sent.items() if name != source.name}


@pytest.mark.needs("sshd", "sftp", "scp", "rsync")
@pytest.mark.parametrize("seconds", [12, pytest.param(300, marks=LONG)])
def test_mixed_senders_and_kills(
    watch: Watch, place: Place, sshd: Sshd, tmp_path: Path, figures: Figures, seconds: int
) -> None:
    """Senders of every kind at random, the watcher killed again and again: no file is unaccounted for."""
    seed = int(os.environ.get("PANTAU_SEED", "0")) or random.randrange(1, 10**6)
    figures(seed=seed)
    chance = random.Random(seed)
    (tmp_path / "outgoing").mkdir()
    senders = Senders(place, sshd, tmp_path / "outgoing", seed)
    end, kills = monotonic() + seconds, 0
    watch.start()
    with ThreadPoolExecutor(SENDERS) as pool:
        sending = [pool.submit(senders.send_until, end, which) for which in range(SENDERS)]
        while monotonic() < end:
            sleep(chance.uniform(0.3, 4.0))
            watch.kill()
            kills += 1
            watch.start()
        for one in sending:
            one.result()

    wait_until(lambda: set(place.left()) == set(senders.stumps), 300)
    wait_until(lambda: set(holds(place)) == set(senders.stumps), 60)
    watch.end()
    rows = place.database.rows("SELECT digest, count(*) FROM arrival GROUP BY digest")
    recorded = {Digest(digest): count for digest, count in rows}
    figures(
        files_in=len(senders.sent) + len(senders.stumps),
        taken=len(recorded),
        replaced_by_their_sender=len(senders.replaced - recorded.keys()),
        stumps_held=len(senders.stumps),
        unaccounted_for=len(senders.sent.keys() - recorded.keys() - senders.replaced),
        kills=kills,
        watcher=f"{watch.memory()} MB",
        **senders.by,
    )
    assert senders.sent.keys() - senders.replaced <= recorded.keys()
    assert recorded.keys() <= senders.sent.keys()
    assert set(recorded.values()) == {1}
    assert set(holds(place).values()) <= {Hold.PDF_END}
    assert all(place.store.is_whole(digest) for digest in recorded)
    # A kill between content and record leaves an object without a row, for good when the sender replaced the file.
    assert objects(place) - recorded.keys() <= senders.replaced
    assert (verify(place.database).faults, unfinished(place)) == ((), [])
    assert watch.memory() < MOST_MEMORY
