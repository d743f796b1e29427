"""A small region with three offices and five requirements, and the people who decide there."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from workflow import Action, Actor, Catalogue, Database, Digest, Obligation, Register, Role, read_catalogue, seal

OFFICES = """
region = "Kabupaten Contoh"

[[office]]
code = "dinkes"
name = "Dinas Kesehatan"
aliases = ["Diskes"]

[[office]]
code = "disdik"
name = "Dinas Pendidikan"

[[office]]
code = "dukcapil"
name = "Dinas Kependudukan dan Pencatatan Sipil"
short = "Dukcapil"
aliases = ["Disdukcapil", "Catatan Sipil"]
"""

REQUIREMENTS = """
lookalikes = ["LKPJ", "pk_gubernur"]

[[requirement]]
code = "lkjip"
short = "LK"
name = "Laporan Kinerja Instansi Pemerintah"
name_en = "Annual performance report"
family = "SAKIP"
period = "year"
year = -1
due = { anchor = "period-end", months = 2 }
reviewer = "biro-organisasi"
spellings = ["LKIP", "lakip"]

[[requirement]]
code = "pk"
short = "PK"
name = "Perjanjian Kinerja"
family = "SAKIP"
period = "year"
due = { anchor = "dpa", months = 1 }
reviewer = "biro-organisasi"
spellings = ["perjanjian kinerja"]

[[requirement]]
code = "pk"
variant = "perubahan"
short = "P+"
name = "Perjanjian Kinerja Perubahan"
family = "SAKIP"
period = "year"
due = { anchor = "dppa", days = 30 }
ask = "declared"
reviewer = "biro-organisasi"
spellings = ["perjanjian kinerja"]

[[requirement]]
code = "ukur-tw"
short = "TW"
name = "Pengukuran Kinerja Triwulan"
family = "SAKIP"
period = "quarter"
due = { anchor = "period-end", working_days = 10 }
reviewer = "biro-organisasi"

[[requirement]]
code = "dpa"
short = "DA"
name = "Dokumen Pelaksanaan Anggaran"
family = "SAKIP"
period = "year"
due = { anchor = "dpa", months = 1 }
review = false
reviewer = "bpkad"
"""

CALENDAR = """
[2026]
plan = "2025-2029"
rpjmd = 2025-08-20
rkpd = 2025-06-30
dpa = 2026-01-02
dppa = 2026-10-01
holidays = [2026-07-14]
"""

SARI = Actor("sari", Role.REVIEWER, "biro-organisasi")
RINI = Actor("rini", Role.REVIEWER, "biro-organisasi")
DEWI = Actor("dewi", Role.REVIEWER, "bappeda")
HADI = Actor("hadi", Role.REVIEWER)  # of no unit: reviews for all
BUDI = Actor("budi", Role.APPROVER)
ANI = Actor("ani", Role.BUREAU)
WATI = Actor("wati", Role.ADMINISTRATOR)
DINKES = Actor.office("dinkes")
DISDIK = Actor.office("disdik")

FIRST_FILE = Digest(sha256(b"the first file").hexdigest())
NEWER_FILE = Digest(sha256(b"a newer file").hexdigest())

_OF_DECISIONS = ("finding", "tick", "seen", "mandate", "receipt", "delivery")
_BY_HAND = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
try:
    for statement in sys.argv[2:]:
        connection.execute(statement)
    connection.commit()
except sqlite3.Error as error:
    sys.exit(str(error))
"""


class Clock:
    """One second later at each look, beginning on a working day of January 2026."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def small_catalogue(
    *, offices: str = OFFICES, requirements: str = REQUIREMENTS, calendar: str = CALENDAR
) -> Catalogue:
    return read_catalogue(tomllib.loads(offices), tomllib.loads(requirements), tomllib.loads(calendar))


def open_region(database: Database, clock: Clock, catalogue: Catalogue | None = None) -> Register:
    """The small region with 2026 open, and two files that the inbox has received."""
    register = Register(database, clock)
    register.open_year(catalogue or small_catalogue(), 2026)
    for digest in (FIRST_FILE, NEWER_FILE):
        database.run("INSERT INTO content VALUES (?, 14)", digest)
        seal(database, "content", [digest], "2026-01-05T08:00:00.000000+00:00")
    return register


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the workflow, to tell whether anything has changed but that a refusal was kept."""
    tables = ("audit", "standing", "obligation", "office", "requirement", "spelling", "content", *_OF_DECISIONS)
    return {table: [tuple(row) for row in database.rows(f"SELECT * FROM {table}")] for table in tables}


def by_hand(path: Path, *statements: str) -> str:
    """What someone does who holds the file and a plain SQLite: what it answered, "" when it obeyed."""
    done = subprocess.run(
        [sys.executable, "-c", _BY_HAND, str(path), *statements], check=False, capture_output=True, text=True
    )
    return done.stderr.strip()


def nth(place: int) -> str:
    """In SQL, the number of a record by its place, where nothing was sealed after the first of them."""
    return f"(SELECT count(*) FROM seal) + {place}"


def at_once(script: str, *calls: tuple[str, ...]) -> list[str]:
    """What a script prints for each call, each in a process of its own, all let go at the same moment.

    The script prints a line when it is ready, and waits for a line before it goes on.
    """
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, *call],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for call in calls
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in started]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pantau.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    made = Database.create(path)
    yield made
    made.close()


@pytest.fixture
def register(database: Database, clock: Clock) -> Register:
    return open_region(database, clock)


@pytest.fixture
def missing(register: Register) -> Obligation:
    """The LKjIP 2025 of Dinas Kesehatan, of which nothing has arrived."""
    return register.obligation("dinkes/lkjip/2025")


@pytest.fixture
def submitted(register: Register, missing: Obligation) -> Obligation:
    """The same, submitted by the office."""
    return register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE, name="LKIP Dinkes 2025.pdf")


@pytest.fixture
def reviewed(register: Register, submitted: Obligation) -> Obligation:
    """The same, reviewed by Sari."""
    return register.perform(Action.REVIEW, submitted, SARI)


@pytest.fixture
def approved(register: Register, reviewed: Obligation) -> Obligation:
    """The same, approved by Budi."""
    return register.perform(Action.APPROVE, reviewed, BUDI)


@pytest.fixture
def closed(path: Path, database: Database, register: Register, submitted: Obligation) -> Path:
    """Four records: 1 and 3 of the LKjIP of Dinas Kesehatan, 2 and 4 of the PK of Dinas Pendidikan."""
    agreement = register.perform(Action.SUBMIT, register.obligation("disdik/pk/2026"), DISDIK, content=NEWER_FILE)
    register.perform(Action.REVIEW, submitted, SARI, note="sesuai")
    register.perform(Action.WITHDRAW, agreement, DISDIK, note="salah berkas")
    database.close()
    return path
