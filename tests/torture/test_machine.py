"""Whatever happens in whatever order, what must always hold does."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from inbox import Reconcile
from tests.inbox.conftest import Place, snapshot
from tests.torture.conftest import Figures
from workflow import Database, Digest, verify

PATHS = ("dinkes/PK 2026.pdf", "dinkes/LKjIP 2025.pdf", "dinkes/scan.pdf", "dlh/draft/PK 2026.pdf", "dlh/PK 2026.pdf")
LONG = pytest.mark.torture
_NUMBER = re.compile(rb"(^|/)(?:\d+-)+")
paths = st.sampled_from(PATHS)


class _Killed(BaseException):
    """The process has been killed: nothing that it would still have done happens."""


class _Power:
    """Lets so many more steps that change something happen, and none after that."""

    def __init__(self) -> None:
        self.left = -1

    def step(self) -> None:
        if self.left == 0:
            raise _Killed
        self.left -= self.left > 0


class AnInbox(RuleBasedStateMachine):
    """Senders, two intakes, kills and backups over one workspace on real files."""

    template: ClassVar[Path]
    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        fast = Path("/dev/shm")  # the plug is pulled elsewhere
        self.folder = Path(tempfile.mkdtemp(dir=fast if fast.is_dir() else None))
        self.root = Path(shutil.copytree(self.template, self.folder / "region"))
        self.clock = 0.0
        self.dropped: set[Digest] = set()
        self.put_there: Counter[tuple[bytes, Digest]] = Counter()
        self.taken_back: set[Digest] = set()
        self.number = 0
        self.backup = False
        self.open()

    def open(self) -> None:
        """Two intakes begin, each with its own connection; the first recovers, as the watcher does."""
        self.places = [Place(self.root), Place(self.root)]
        self.reconciles: list[Reconcile] = [place.reconcile(place.told.append) for place in self.places]
        self.reconciles[0].recover()

    def close(self) -> None:
        for place in self.places:
            place.database.close()

    @property
    def place(self) -> Place:
        return self.places[0]

    # --- what senders do ---

    def put(self, path: str, content: bytes) -> None:
        target = self.place.inbox / path
        before = self.lying(path)
        digest = self.place.drop(path, content)
        if before:
            self.taken_back.add(before)
        self.dropped.add(digest)
        self.put_there[os.fsencode(path), digest] += 1
        self.steps["files"] += 1
        assert target.exists()

    def lying(self, path: str) -> Digest | None:
        target = self.place.inbox / path
        return Digest(sha256(target.read_bytes()).hexdigest()) if target.exists() else None

    def drop_new(self, path: str) -> None:
        self.number += 1
        self.put(path, b"content %d" % self.number)

    @rule(path=paths)
    def drop(self, path: str) -> None:
        self.drop_new(path)

    @precondition(lambda self: self.number)
    @rule(path=paths, data=st.data())
    def drop_again(self, path: str, data: st.DataObject) -> None:
        self.put(path, b"content %d" % data.draw(st.integers(1, self.number)))

    @rule(path=paths)
    def replace_in_one_step(self, path: str) -> None:
        self.number += 1
        beside = self.place.inbox / "dinkes" / "saving.tmp"
        beside.write_bytes(b"content %d" % self.number)
        if before := self.lying(path):
            self.taken_back.add(before)
        (self.place.inbox / path).parent.mkdir(exist_ok=True)
        digest = Digest(sha256(beside.read_bytes()).hexdigest())
        beside.rename(self.place.inbox / path)
        self.dropped.add(digest)
        self.put_there[os.fsencode(path), digest] += 1

    @rule(path=paths)
    def lengthen(self, path: str) -> None:
        if self.lying(path):
            self.put(path, (self.place.inbox / path).read_bytes() + b", longer")

    @rule(source=paths, to=paths)
    def rename(self, source: str, to: str) -> None:
        digest = self.lying(source)
        if digest is None or source == to:
            return
        if over := self.lying(to):
            self.taken_back.add(over)
        (self.place.inbox / to).parent.mkdir(exist_ok=True)
        (self.place.inbox / source).rename(self.place.inbox / to)
        self.put_there[os.fsencode(to), digest] += 1

    @rule(path=paths)
    def delete(self, path: str) -> None:
        if digest := self.lying(path):
            self.taken_back.add(digest)
            (self.place.inbox / path).unlink()

    @rule(path=paths)
    def touch(self, path: str) -> None:
        if self.lying(path):
            (self.place.inbox / path).touch()

    # --- what the watcher and its machine do ---

    @rule(which=st.integers(0, 1), seconds=st.sampled_from([0.1, 2.0, 100.0]))
    def look(self, which: int, seconds: float) -> None:
        self.clock += seconds
        self.reconciles[which].look(self.clock)

    @rule(which=st.integers(0, 1), steps=st.integers(0, 30))
    def crash(self, which: int, steps: int) -> None:
        """Look twice, and die at some step on the way; then begin again."""
        if self.place.left() == []:
            self.drop_new(PATHS[steps % len(PATHS)])
        power = _Power()
        with _dying(power):
            power.left = steps
            try:
                for _ in range(2):
                    self.clock += 100.0
                    self.reconciles[which].look(self.clock)
            except _Killed:
                self.steps["kills"] += 1
        self.restart()

    @rule()
    def restart(self) -> None:
        self.close()
        self.open()

    @rule()
    def back_up(self) -> None:
        self.close()
        _copy(self.root / "pantau.db", self.folder / "backup.db")
        self.backup = True
        self.open()

    @precondition(lambda self: self.backup)
    @rule()
    def restore(self) -> None:
        self.close()
        for path in self.root.glob("pantau.db-*"):
            path.unlink()
        _copy(self.folder / "backup.db", self.root / "pantau.db")
        self.steps["restores"] += 1
        # What was recorded since may be recorded once more.
        self.put_there.update(dict.fromkeys(self.put_there, 3))
        self.open()

    @rule()
    def rest(self) -> None:
        """Started again and left alone, it takes all there is and then changes nothing more."""
        for _ in range(3):  # what a start lays back is taken after it
            self.start_and_look()
        assert self.place.left() in ([], ["dinkes/saving.tmp"])
        end = snapshot(self.place)
        self.start_and_look()
        assert snapshot(self.place) == end, "(f) a fixed point"

    def start_and_look(self) -> None:
        self.restart()
        for which in (0, 1, 0):
            self.clock += 100.0
            self.reconciles[which].look(self.clock)

    # --- what always holds ---

    @invariant()
    def nothing_is_lost_and_nothing_is_broken(self) -> None:
        self.steps["steps"] += 1
        objects = {path.name: path for path in (self.root / "content").glob("??/*")}
        lying = {_digest(path) for path in (self.root / "inbox").rglob("*") if path.is_file()}
        gone = self.dropped - self.taken_back - objects.keys() - lying
        assert not gone, "(a) every dropped byte string is in the inbox, in retention or in the store"
        assert all(_digest(path) == name for name, path in objects.items()), "(b) an object is what its name says"
        digests = set(self.place.arrivals.digests())
        assert digests <= objects.keys(), "(c) each row has its object"
        rows: Counter[tuple[bytes, Digest]] = Counter()
        for path, digest in self.place.database.rows("SELECT path, digest FROM arrival"):
            # What is laid back beside a newer file has a number before its name.
            rows[_NUMBER.sub(rb"\1", path), digest] += 1
        assert all(number <= self.put_there[key] for key, number in rows.items()), "(d) one row for each arrival"
        assert verify(self.place.database).faults == (), "(e) the chain is whole"
        strangers = {path.name for path in self.folder.iterdir()} - {"region", "backup.db"}
        assert not strangers, "(g) nothing outside"

    def teardown(self) -> None:
        self.rest()
        self.close()
        shutil.rmtree(self.folder)


def _digest(path: Path) -> Digest:
    return Digest(sha256(path.read_bytes()).hexdigest())


def _copy(source: Path, target: Path) -> None:
    """As a backup does it: nobody has it open."""
    shutil.copy(source, target)


@contextmanager
def _dying(power: _Power) -> Iterator[None]:
    """Let each step that changes something be the last one."""
    steps: list[tuple[Any, str]] = [
        (os, "fsync"), (os, "link"), (os, "unlink"), (os, "write"), (os, "makedirs"), (os, "rename"),
        (Database, "run"), (Path, "unlink"), (Path, "replace"),
    ]  # fmt: skip
    import inbox.retention

    steps += [(inbox.retention, name) for name in ("_rename",) if hasattr(inbox.retention, name)]

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in steps:
            patch.setattr(owner, name, _counted(power, getattr(owner, name)))
        yield


def _counted(power: _Power, original: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        power.step()
        return original(*given, **named)

    return counted


@pytest.mark.parametrize(("examples", "steps"), [(6, 25), pytest.param(400, 60, marks=LONG)], ids=["short", "long"])
def test_anything_in_any_order(template: Path, figures: Figures, examples: int, steps: int) -> None:
    """Drops, changes, renames, deletions, kills, restarts, two intakes and yesterday's database, in any order."""
    AnInbox.template = template
    AnInbox.steps.clear()
    run_state_machine_as_test(
        AnInbox,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    figures(**AnInbox.steps)
