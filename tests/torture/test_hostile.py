"""What is hostile or odd: it stops nothing, shows nothing that it should not, and is never deleted."""

from __future__ import annotations

import json
import os
import pwd
import socket
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from tempfile import gettempdir
from time import monotonic, sleep

import pytest

from inbox import Hold, Outcome, Text, Unreadable, Why, read_text
from inbox.folders import DEEPEST
from tests.inbox.conftest import ROOT, Place, pantau, wait_until
from tests.torture.accounts import arrivals, count_retired, had_its_chance, holds, is_held, names, standing, taken
from tests.torture.conftest import Figures, run
from tests.torture.senders import pdf, spawn, tell
from tests.torture.test_events_lost import MOST_MEMORY
from tests.torture.watching import Watch
from workflow import Action, verify

NAME = "PK 2026.pdf"
PK = "dinkes/pk/2026"
LONG = pytest.mark.torture
MOST_MEMORY_OF_A_LOOK = 256  # MB, with a hundred thousand files that wait; two kB for each
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="giving a file to another account takes root")


def asked(place: Place, *arguments: str) -> str:
    """What `pantau` answers to a question that it can answer."""
    command = [sys.executable, "-m", "tui", "--lang", "en", "--workspace", str(place.root), *arguments]
    return run(*command, cwd=ROOT).stdout


def test_case_35_no_regular_files(watched: Watch, place: Place, tmp_path: Path, figures: Figures) -> None:
    """Links, pipes, sockets and devices are shown with their reason, never followed, and stop nothing."""
    folder = place.inbox / "dinkes"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "LKjIP 2025.pdf").write_bytes(pdf("not ours"))
    (folder / "Renstra 2025-2029.pdf").symlink_to("/etc/shadow")
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "Renja 2026.pdf")
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket may be no longer than 107 bytes
    listening.bind("LKjIP 2026.pdf")
    os.chdir(here)
    odd = ["Renstra 2025-2029.pdf", "folder", "loop", "Renja 2026.pdf", "LKjIP 2026.pdf"]
    if os.geteuid() == 0:
        os.mknod(folder / "IKU 2026.pdf", 0o20600, os.makedev(1, 5))
        odd.append("IKU 2026.pdf")
    os.link(tmp_path / "outside" / "LKjIP 2025.pdf", folder / NAME)

    (arrival,) = taken(place, 1)
    wait_until(lambda: len(holds(place)) == len(odd))
    assert holds(place) == {f"dinkes/{name}": Hold.NOT_A_FILE for name in odd}
    kept = place.store.path(arrival.digest)
    assert (names(arrivals(place)), kept.stat().st_nlink) == ([NAME], 1)
    assert (tmp_path / "outside" / "LKjIP 2025.pdf").read_bytes() == kept.read_bytes()
    assert watched.is_alive
    listening.close()
    figures(kinds=len(odd) + 1)


ODD_NAMES = [
    b"bad[/].pdf",
    b"[red]PK 2026[/red].pdf",
    b"\x1b]0;owned\x07 PK 2026.pdf",
    b"\x1b]52;c;b3duZWQ=\x07.pdf",
    b"two\nlines.pdf",
    "\u202efdp.6202 KP.pdf".encode(),
    "\x9b31m.pdf".encode(),
    b"\xff\xfe\x80.pdf",
    b"x" * 251 + b".pdf",
    unicodedata.normalize("NFD", "Perjanjian Kinerja é 2026.pdf").encode(),
    b"PK 2026.pdf ",
    b"PK 2026.",
    b"-rf PK 2026.pdf",
    b"CON.pdf",
    "\U0001f4c4 PK 2026.pdf".encode(),
    b"=cmd|' /C calc'!A0.csv",
]


def test_case_36_names(watched: Watch, place: Place, figures: Figures) -> None:
    """Names that no terminal should see are stored byte for byte, shown harmlessly, and matched where they can be."""
    for number, name in enumerate(ODD_NAMES):
        path = place.inbox / "dinkes" / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)  # [/] has the one byte that no name can have
        path.write_bytes(b"content %d" % number)

    taken(place, len(ODD_NAMES))
    paths = {row[0] for row in place.database.rows("SELECT path FROM arrival")}
    assert paths == {b"dinkes/" + name for name in ODD_NAMES}
    shown = asked(place, "quarantine") + asked(place, "log", PK) + asked(place, "show", PK)
    unwanted = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")} - {"\n", "\t"}
    assert unwanted == set()
    assert json.loads(asked(place, "--json", "quarantine"))
    assert len([one for one in arrivals(place) if one.obligation == PK]) >= 4
    assert (verify(place.database).faults, place.left()) == ((), [])
    figures(names=len(ODD_NAMES))


def bomb(megabytes: int, layers: int = 3) -> bytes:
    """A PDF whose page, unpacked, is that large."""
    content = b" " * (1 << 20)
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(content) for _ in range(megabytes)) + packing.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    stream = b"<</Length %d/Filter[%s]>>stream\n" % (len(packed), b"/FlateDecode" * layers)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        stream + packed + b"\nendstream",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def zips(depth: int) -> bytes:
    """A ZIP of ZIPs of ZIPs, of zeros at last."""
    content = bytes(1 << 20)
    for _ in range(depth):
        whole = BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(8):
                archive.writestr(f"{number}.zip", content)
        content = whole.getvalue()
    return content


@pytest.mark.parametrize("megabytes", [64, pytest.param(4_000, marks=LONG)])
def test_case_37_bombs(watched: Watch, place: Place, figures: Figures, megabytes: int) -> None:
    """A sparse file of a terabyte waits; bombs are stored unread, and cost the child that reads them at most."""
    sparse = place.inbox / "dinkes" / "Renja 2026.pdf"
    with sparse.open("wb") as file:
        file.truncate(1 << 40)
    bombs = {"LKjIP 2025.pdf": bomb(megabytes), "scan.zip": zips(5), "data.xlsx": zips(2)}
    for name, content in bombs.items():
        place.drop(f"dinkes/{name}", content)
    is_held(place, "dinkes/Renja 2026.pdf", Hold.TOO_LARGE)

    assert sorted(names(taken(place, len(bombs)))) == sorted(bombs)
    digest = standing(place, "dinkes/lkjip/2025")
    assert digest is not None
    answer = read_text(place.store.path(digest))
    assert isinstance(answer, Text | Unreadable)
    if megabytes > 1_000:
        assert answer == Unreadable(Why.TOO_MUCH) or isinstance(answer, Text)
    assert watched.is_alive
    assert watched.memory() < MOST_MEMORY
    sparse.unlink()
    figures(unpacked=f"{megabytes} MB", packed=len(bombs["LKjIP 2025.pdf"]), reading=type(answer).__name__)


@pytest.mark.parametrize("number", [2_000, pytest.param(100_000, marks=LONG)])
def test_case_38_many_and_deep(watch: Watch, place: Place, figures: Figures, number: int) -> None:
    """With very many files that wait and folders too deep, a look costs little and the memory is bounded."""
    folder = place.inbox / "dinkes" / "banyak"
    folder.mkdir()
    for n in range(number):
        os.close(os.open(folder / f"scan {n}.pdf", os.O_CREAT | os.O_WRONLY))
    deep = place.inbox.joinpath("dinkes", *["d"] * (DEEPEST + 1))
    deep.mkdir(parents=True)
    (deep / "Renja 2026.pdf").write_bytes(pdf("deep"))
    watch.start()
    had_its_chance(place)
    place.drop(f"dinkes/{NAME}", pdf("PK"))
    begun = monotonic()

    assert names(taken(place, 1, 120)) == [NAME]
    took = monotonic() - begun
    assert Hold.TOO_DEEP in holds(place).values()
    assert sum(1 for path in folder.iterdir()) == number
    assert watch.memory() < MOST_MEMORY_OF_A_LOOK
    figures(files=number, one_more_taken_after=f"{took:.1f} s", watcher=f"{watch.memory()} MB")


def test_case_39_ignored_and_unknown(watched: Watch, place: Place) -> None:
    """What looks passing stays where it is, and what is unknown waits for a person; nothing is deleted."""
    passing = ["Thumbs.db", "PK 2026.pdf.part", "~WRL0001.tmp", "laporan.tmp"]
    unknown = ["setup.exe", "foto.heic", "tanpa akhiran"]
    for name in (*passing, *unknown):
        place.drop(f"dinkes/{name}", name.encode())

    assert sorted(names(taken(place, len(unknown)))) == sorted(unknown)
    assert {one.name for one in place.quarantine.waiting()} == set(unknown)
    assert place.left() == sorted(f"dinkes/{name}" for name in passing)


def test_case_39_shown_when_they_stay(place: Place) -> None:
    """What looks passing and stays is listed for a person after a quarter of an hour."""
    place.drop("dinkes/laporan.tmp", b"laporan")
    reconcile = place.reconcile(place.told.append)
    reconcile.look(0.0)
    reconcile.look(15 * 60.0)

    assert holds(place) == {"dinkes/laporan.tmp": Hold.PASSING}
    assert place.left() == ["dinkes/laporan.tmp"]


@pytest.mark.parametrize("lock", ["~$ 2026.pdf", pytest.param(f".~lock.{NAME}#", marks=LONG)])
def test_case_40_open_in_an_editor(watched: Watch, place: Place, lock: str) -> None:
    """A document that an editor has open waits until it is closed; the lock itself is never a document."""
    beside = place.inbox / "dinkes" / lock
    beside.write_bytes(b"\x05sari")
    place.drop(f"dinkes/{NAME}", pdf("PK"))
    is_held(place, f"dinkes/{NAME}", Hold.OPEN_IN_EDITOR)
    assert arrivals(place) == []
    beside.unlink()

    assert names(taken(place, 1)) == [NAME]


def test_case_41_saved_by_an_office_program(watched: Watch, place: Place) -> None:
    """A document that is saved by writing another, deleting it and renaming is one new version."""
    target = place.inbox / "dinkes" / NAME
    target.write_bytes(pdf("first"))
    taken(place, 1)
    target.write_bytes(pdf("second"))
    sleep(0.05)
    saving = target.with_name("~WRD0001.tmp")
    saving.write_bytes(pdf("third"))
    target.unlink()
    saving.rename(target)

    assert len(taken(place, 2)) == 2
    had_its_chance(place)
    trail = place.register.trail(place.obligation(PK).id)
    assert [one.action for one in trail] == [Action.SUBMIT] * 2
    assert place.store.path(trail[-1].content or trail[0].content).read_bytes() == pdf("third")  # type: ignore[arg-type]


def test_case_42_times_that_never_rest(place: Place, figures: Figures) -> None:
    """A file whose times move for ever while its bytes do not is taken in the end."""
    target = place.inbox / "dinkes" / NAME
    target.write_bytes(pdf("PK"))
    reconcile = place.reconcile(place.told.append, quiet=2.0)
    looks = 0
    while not place.told and looks < 100:
        run("touch", target)
        reconcile.look(looks * 4.0)
        looks += 1

    assert [one.outcome for one in arrivals(place)] == [Outcome.FILED]
    assert place.left() == []
    figures(looks=looks)


@AS_ROOT
@pytest.mark.needs("setpriv")
@pytest.mark.parametrize("how", ["chown", pytest.param("chmod", marks=LONG)])
def test_case_43_of_another_account(watch: Watch, place: Place, tmp_path: Path, how: str) -> None:
    """A file that the service may not read is shown as such, and taken as soon as it may."""
    account = pwd.getpwnam("nobody")
    for path in (place.root, *place.root.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid)
    for parent in takewhile(lambda parent: parent != Path(gettempdir()), place.root.parents):
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(0o755)
    there = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    reads = f"import tui.main; open({str(place.root / 'pantau.toml')!r})"
    if subprocess.run(
        [*there, sys.executable, "-c", reads], cwd=ROOT, check=False, stderr=subprocess.DEVNULL
    ).returncode:
        pytest.skip("another account cannot run this Python here")
    (tmp_path / "watch.jsonl").touch()
    watch.start(*there)
    target = place.inbox / "dinkes" / NAME
    target.write_bytes(pdf("PK"))
    target.chmod(0o600)
    is_held(place, f"dinkes/{NAME}", Hold.UNREADABLE)

    if how == "chown":
        os.chown(target, account.pw_uid, account.pw_gid)
    else:
        target.chmod(0o644)

    assert names(taken(place, 1)) == [NAME]
    assert len(watch.said("problem")) == 1


_READING = """
import sys
from pathlib import Path
from tempfile import gettempdir
from tui.session import Session
from tui.workspace import Workspace
session = Session(Workspace(Path(sys.argv[1])))
shown = 0
print("open", flush=True)
for _ in sys.stdin:
    session.register.version()
    shown = len(session.register.obligations()) + len(session.arrivals.latest(1000))
    print(shown, flush=True)
"""


def test_case_44_screens_open_for_long(watched: Watch, place: Place, figures: Figures) -> None:
    """A terminal that is open all day neither locks the database nor lets its log grow."""
    screen = spawn(_READING, place.root)
    assert screen.stdout is not None
    screen.stdout.readline()
    for burst in range(3):
        tell(screen)
        screen.stdout.readline()
        for n in range(30):
            place.drop(f"dinkes/scan {burst}-{n}.pdf", b"%d-%d" % (burst, n))
        wait_until(lambda burst=burst: count_retired(place) == 30 * (burst + 1))  # type: ignore[misc]
    log = place.root / "pantau.db-wal"
    largest = log.stat().st_size if log.exists() else 0

    assert place.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0
    assert (log.stat().st_size if log.exists() else 0) == 0
    assert largest < 16 << 20
    assert screen.communicate("\n")[0]
    figures(arrivals=90, log=f"{largest >> 10} kB")


@pytest.mark.parametrize("sessions", [6, pytest.param(20, marks=LONG)])
def test_case_45_many_at_once_on_an_old_schema(place: Place, figures: Figures, sessions: int) -> None:
    """Of many sessions that start at once on an older schema one brings it up to date and none fails."""
    place.database.close()
    for path in place.root.glob("pantau.db*"):
        path.unlink()
    old = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA application_id = 1346457172')"
    run(sys.executable, "-c", old, place.root / "pantau.db")
    started = [pantau(place.root, "verify") for _ in range(sessions)]
    said = [one.communicate(timeout=60)[1] for one in started]

    assert [one.returncode for one in started] == [0] * sessions, said
    figures(sessions=sessions)


def test_case_45_newer_schema(place: Place) -> None:
    """A program that is older than the database refuses it and changes nothing."""
    place.database.close()
    newer = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version = 99')"
    run(sys.executable, "-c", newer, place.root / "pantau.db")
    before = (place.root / "pantau.db").read_bytes()
    told = pantau(place.root, "status")
    told.communicate(timeout=60)

    assert told.returncode != 0
    assert (place.root / "pantau.db").read_bytes() == before


@AS_ROOT
def test_case_46_ran_once_as_root(place: Place) -> None:
    """What a run as another account left behind is found by the doctor."""
    place.submit(f"dinkes/{NAME}", pdf("PK"))
    digest = standing(place, PK)
    assert digest is not None
    account = pwd.getpwnam("nobody")
    os.chown(place.store.path(digest), account.pw_uid, account.pw_gid)
    doctor = subprocess.run(
        [sys.executable, "-m", "tui", "--lang", "en", "--workspace", str(place.root), "--json", "doctor"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert doctor.returncode != 0
    assert "owner" in doctor.stdout.casefold()
