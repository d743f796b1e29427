"""A workspace on a real disk: a small region, its inbox, its store and a clock that moves by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

import pytest

from inbox import (
    Arrival,
    Arrivals,
    ContentStore,
    Happening,
    Holding,
    Intake,
    Quarantine,
    Receipts,
    Reconcile,
    Root,
    Roots,
    make_drop_folders,
)
from inbox.folders import Found, files
from workflow import (
    Action,
    Actor,
    Catalogue,
    Database,
    Defect,
    Digest,
    Obligation,
    Register,
    Role,
    read_catalogue,
    shipped_catalogue,
    verify,
)

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
REGION = "Kabupaten Contoh"
OFFICES = {
    "dinkes": ("Dinas Kesehatan", ["Diskes"]),
    "dlh": ("Dinas Lingkungan Hidup", ["LH", "BPLHD"]),
    "dukcapil": ("Dinas Kependudukan dan Pencatatan Sipil", ["Disdukcapil"]),
}
LATER = 1_000_000.0  # on the watcher's clock: whatever was seen before has lain still

SARI = Actor("sari", Role.REVIEWER, "biro-organisasi")
RINI = Actor("rini", Role.REVIEWER, "biro-organisasi")
BUDI = Actor("budi", Role.APPROVER)


# An archive is taken over without receipts; what a person placed was filed, unless it stood there already.
_FILED = """
SELECT a.id FROM arrival a LEFT JOIN placement p ON p.arrival = a.id
WHERE root <> 'adopted' AND (outcome = 'filed' OR p.seq NOTNULL
    AND NOT EXISTS (SELECT 1 FROM arrival b WHERE (b.obligation, b.seq) = (p.obligation, p.seq))
    AND NOT EXISTS (SELECT 1 FROM placement b
        WHERE (b.obligation, b.seq) = (p.obligation, p.seq) AND b.arrival < p.arrival))
"""


class Clock:
    """One second later at each look, beginning on a working day of January 2026."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def catalogue(region: str, offices: dict[str, tuple[str, list[str]]], *years: int) -> Catalogue:
    """The shipped requirements for these offices, with the dates of every year from the first on."""
    files = shipped_catalogue(region, years[0])
    table = {
        "region": region,
        "office": [{"code": code, "name": name, "aliases": more} for code, (name, more) in offices.items()],
    }
    requirements, calendar = (tomllib.loads(files[name]) for name in ("requirements.toml", "calendar.toml"))
    return read_catalogue(table, requirements, calendar)


class Place:
    """A workspace folder, and what a test asks of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inbox = root / "inbox"
        self.store = ContentStore(root / "content")
        self.clock = Clock()
        self.database = Database(root / "pantau.db")
        self.register = Register(self.database, self.clock)
        self.arrivals = Arrivals(self.database)
        self.quarantine = Quarantine(self.database, self.register, self.clock)
        self.receipts = Receipts(self.database, self.register)
        self.told: list[Happening] = []

    def as_root(self, quiet: float = 1.0) -> Root:
        return Root("", self.inbox, quiet)

    def intake(self) -> Intake:
        return Intake(self.as_root(), self.store, self.database, self.clock)

    def reconcile(
        self, report: Callable[[Happening], None], *, quiet: float = 1.0, intake: Intake | None = None
    ) -> Reconcile:
        """The work on the inbox, as the watcher does it."""
        root, holding = self.as_root(quiet), Holding(self.database, "")
        return Reconcile(root, intake or self.intake(), Roots(self.database), holding, self.clock, report)

    def drop(self, path: str | bytes, content: bytes) -> Digest:
        target = self.inbox / os.fsdecode(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return Digest(sha256(content).hexdigest())

    def take(self) -> list[Happening]:
        """Take all that lies in the inbox, as a watcher that has waited long enough."""
        told: list[Happening] = []
        reconcile = self.reconcile(told.append)
        reconcile.look(0.0)
        reconcile.look(LATER)
        return told

    def submit(self, path: str, content: bytes) -> Arrival:
        self.drop(path, content)
        (arrival,) = self.take()
        assert isinstance(arrival, Arrival)
        return arrival

    def obligation(self, name: str) -> Obligation:
        return self.register.obligation(name)

    def send_back(self, name: str, *findings: str | Defect) -> Obligation:
        return self.register.perform(Action.RETURN, self.obligation(name), SARI, findings=findings)

    def approve(self, name: str) -> Obligation:
        reviewed = self.register.perform(Action.REVIEW, self.obligation(name), SARI)
        return self.register.perform(Action.APPROVE, reviewed, BUDI)

    def left(self) -> list[str]:
        """What a clerk still sees in the inbox."""
        return self.left_in(self.inbox)

    @staticmethod
    def left_in(inbox: Path) -> list[str]:
        found = (path.relative_to(inbox) for path in inbox.rglob("*") if not path.is_dir())
        return sorted(
            str(path)
            for path in found
            if path.parts[0] != ".arsip"
            and "tanda-terima" not in path.parts
            and path.name not in ("BACA-SAYA.txt", "STATUS.txt", ".pantau-inbox")
        )


def faults(place: Place, dropped: set[Digest]) -> list[str]:
    """What does not hold of what must always hold, in words; nothing when all does."""
    store = list((place.root / "content").glob("??/*"))
    kept = {path.name for path in store}
    inboxed = {sha256(path.read_bytes()).hexdigest() for path in place.inbox.rglob("*") if path.is_file()}
    found = [f"lost: {digest}" for digest in sorted(dropped - kept - inboxed)]
    found += [f"broken object: {path.name}" for path in store if sha256(path.read_bytes()).hexdigest() != path.name]
    found += [f"no object: {digest}" for digest in place.arrivals.digests() if digest not in kept]
    rows = place.database.rows("SELECT path, digest, count(*) FROM arrival GROUP BY path, digest")
    found += [f"recorded twice: {path!r}" for path, _, count in rows if count > 1]
    filed = {row[0] for row in place.database.rows(_FILED)}
    receipts = place.database.rows("SELECT arrival, year, number FROM receipt ORDER BY year, number")
    found += [f"without a receipt, or with two: {arrival}" for arrival in filed ^ {row[0] for row in receipts}]
    years = [row[1] for row in receipts]
    found += [f"a gap: {row[1]}/{row[2]}" for i, row in enumerate(receipts) if row[2] != years[: i + 1].count(row[1])]
    found += [f"trail: {fault}" for fault in verify(place.database).faults]
    strangers = {path.name for path in place.root.iterdir()} - {
        "inbox",
        "content",
        "pantau.db",
        "pantau.lock",
        "pantau.toml",
    }
    found += [
        f"outside: {name}" for name in sorted(strangers) if not name.startswith(("pantau.db-", "search.", "watch."))
    ]
    return found


def snapshot(place: Place) -> tuple[list[str], list[tuple[object, ...]]]:
    """Every file with its content and every row but for the times: where a workspace has ended."""
    files = [
        f"{path.relative_to(place.root)} {sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(place.root.rglob("*"))
        if path.is_file() and not path.name.startswith(("pantau.", "search.", "watch."))
    ]
    rows = place.database.rows("SELECT id, path, name, folder, digest, outcome, obligation, seq, reason FROM arrival")
    rows += place.database.rows("SELECT obligation, seq, state, content, submitter FROM standing ORDER BY 1")
    rows += place.database.rows("SELECT arrival, place FROM retirement ORDER BY 1")
    rows += place.database.rows("SELECT year, number, arrival, obligation, seq, digest, sender FROM receipt")
    return files, [tuple(row) for row in rows]


def wait_until(is_so: Callable[[], bool], seconds: float = 30.0) -> None:
    """Return as soon as it is so; the limit is only there to end a test that would wait for ever."""
    end = monotonic() + seconds
    while not is_so():
        assert monotonic() < end, "it never happened"
        sleep(0.02)


def pantau(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the command on a workspace."""
    command = [sys.executable, "-m", "tui", "--lang", "en", "--workspace", str(root), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 2026 open, to be copied: opening a year takes longer than most tests."""
    root = tmp_path_factory.mktemp("template") / "region"
    for folder in ("content", "inbox"):
        (root / folder).mkdir(parents=True)
    database = Database.create(root / "pantau.db")
    register = Register(database, Clock())
    register.open_year(catalogue(REGION, OFFICES, 2026), 2026)
    make_drop_folders(root / "inbox", register.offices(), ("BACA-SAYA.txt", "Taruh berkas di sini.\n"))
    Roots(database).adopt(Root("", root / "inbox", 1.0))
    database.close()
    (root / "pantau.toml").write_text(
        f'region = "{REGION}"\nyear = 2026\nlang = "en"\ntimezone = "Asia/Jakarta"\nsettle = 0.6\n'
    )
    return root


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Iterator[Place]:
    """A workspace of its own for each test."""
    root = shutil.copytree(template, tmp_path / "region")
    place = Place(root)
    yield place
    place.database.close()


@pytest.fixture(scope="session")
def lampung(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register of Provinsi Lampung as it is shipped, with 2026 open."""
    files = shipped_catalogue("Provinsi Lampung", 2026)
    names = ("offices.toml", "requirements.toml", "calendar.toml")
    database = Database.create(tmp_path_factory.mktemp("lampung") / "pantau.db")
    register = Register(database, Clock())
    register.open_year(read_catalogue(*(tomllib.loads(files[name]) for name in names)), 2026)
    return register


def documents(inbox: Path) -> list[Found]:
    """What lies there and could be a document."""
    return [one for one in files(inbox) if isinstance(one, Found)]
