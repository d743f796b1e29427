"""Files that are not whole yet: what is being written is never taken, what is whole is taken once."""

from __future__ import annotations

import errno
import mmap
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from inbox import Hold, Outcome
from inbox.leases import Writers
from tests.inbox.conftest import LATER, Place, faults, wait_until
from tests.torture.accounts import (
    arrivals,
    had_its_chance,
    holds,
    is_held,
    names,
    objects,
    standing,
    taken,
    unfinished,
)
from tests.torture.conftest import Figures, run
from tests.torture.senders import Sshd, heard, pdf, spawn
from tests.torture.watching import Watch
from workflow import Digest

PK = "dinkes/pk/2026"
NAME = "PK 2026.pdf"
LONG = pytest.mark.torture


def digest(content: bytes) -> Digest:
    return Digest(sha256(content).hexdigest())


@pytest.fixture
def target(place: Place) -> Path:
    """Where the office puts its document."""
    return place.inbox / "dinkes" / NAME


@pytest.mark.needs("sshd", "sftp")
@pytest.mark.parametrize(
    ("megabytes", "kilobits"), [(6, 24_000), pytest.param(200, 400_000, marks=LONG)], ids=["6 MB", "200 MB"]
)
def test_case_01_upload_in_progress(
    watched: Watch,
    place: Place,
    target: Path,
    sshd: Sshd,
    tmp_path: Path,
    figures: Figures,
    megabytes: int,
    kilobits: int,
) -> None:
    """An upload by sftp is not taken while it runs, and once when it has ended."""
    content = pdf("PK", megabytes << 20)
    (tmp_path / NAME).write_bytes(content)
    sending = sshd.sftp(f'put "{tmp_path / NAME}" "{target}"', slowly=kilobits)
    wait_until(lambda: target.exists() and target.stat().st_size > len(content) // 4)
    midway = target.stat().st_size
    had_its_chance(place)
    assert arrivals(place) == []
    assert sending.wait(timeout=120) == 0

    assert names(taken(place, 1)) == [NAME]
    assert standing(place, PK) == digest(content)
    figures(bytes=len(content), looked_at_midway=midway)


@pytest.mark.needs("sshd", "sftp")
def test_case_02_client_killed_at_a_tenth(
    watched: Watch, place: Place, target: Path, sshd: Sshd, tmp_path: Path, figures: Figures
) -> None:
    """The stump that a killed client leaves is held as incomplete, and the whole is taken when it comes again."""
    content = pdf("PK", 6 << 20)
    (tmp_path / NAME).write_bytes(content)
    sending = sshd.sftp(f'put "{tmp_path / NAME}" "{target}"', slowly=16_000)
    wait_until(lambda: target.exists() and target.stat().st_size >= len(content) // 10)
    sending.kill()
    sending.wait()
    is_held(place, f"dinkes/{NAME}", Hold.PDF_END)
    stump = target.read_bytes()
    assert arrivals(place) == []
    assert digest(stump) not in objects(place)

    assert sshd.sftp(f'put "{tmp_path / NAME}" "{target}"').wait(timeout=60) == 0

    assert names(taken(place, 1)) == [NAME]
    assert standing(place, PK) == digest(content)
    assert digest(stump) not in objects(place)
    figures(stump=len(stump), whole=len(content))


def test_case_03_scanner_writes_later(watched: Watch, place: Place, target: Path, tmp_path: Path) -> None:
    """A scanner that makes the file and writes it a while later sends one document."""
    (tmp_path / NAME).write_bytes(pdf("PK"))
    scanner = subprocess.Popen(["sh", "-c", ': > "$2"; sleep 1.5; cat "$1" > "$2"', "sh", tmp_path / NAME, target])
    had_its_chance(place)
    assert arrivals(place) == []
    scanner.wait()

    assert names(taken(place, 1)) == [NAME]
    assert standing(place, PK) == digest(pdf("PK"))


@pytest.mark.parametrize(
    "gaps", [[0.2, 0.8], pytest.param([0.2, 1.0, 2.0, 4.0], marks=LONG)], ids=["two gaps", "four gaps"]
)
def test_case_04_scanner_opens_the_file_for_each_page(
    watched: Watch, place: Place, target: Path, figures: Figures, gaps: list[float]
) -> None:
    """A scanner that closes the file after each page sends one complete document."""
    content = pdf("halaman", 40_000)
    cuts = [len(content) * n // (len(gaps) + 1) for n in range(len(gaps) + 2)]
    for start, end, gap in zip(cuts[:-1], cuts[1:], [*gaps, 0.0], strict=True):
        with target.open("ab") as file:
            file.write(content[start:end])
        sleep(gap)

    assert names(taken(place, 1)) == [NAME]
    assert standing(place, PK) == digest(content)
    figures(pages=len(gaps) + 1, longest_gap=max(gaps))


def test_case_04_scanner_writes_a_whole_file_for_each_page(watched: Watch, place: Place, target: Path) -> None:
    """A scanner whose file is valid after each page sends versions, the last of which stands."""
    pages = [pdf("halaman", 1000 * n) for n in (1, 2, 3)]
    for content in pages:
        target.write_bytes(content)
        had_its_chance(place)

    wait_until(lambda: standing(place, PK) == digest(pages[-1]))
    assert [one.digest for one in taken(place, 3)] == [digest(content) for content in pages]


def test_case_05_preallocated(watched: Watch, place: Place, target: Path, tmp_path: Path) -> None:
    """A file that has its full size and a tail of zeros is held until it is written."""
    content = pdf("PK", 1 << 20)
    target.write_bytes(b"\0" * len(content))
    is_held(place, f"dinkes/{NAME}", Hold.EMPTY_HEAD)
    with target.open("r+b") as file:
        file.write(content[: len(content) // 2])
    is_held(place, f"dinkes/{NAME}", Hold.PDF_END)
    assert arrivals(place) == []

    with target.open("r+b") as file:
        file.seek(len(content) // 2)
        file.write(content[len(content) // 2 :])

    taken(place, 1)
    assert standing(place, PK) == digest(content)
    assert holds(place) == {}


def test_case_06_placeholder(watched: Watch, place: Place, target: Path) -> None:
    """Of an empty placeholder nothing is recorded until it is filled."""
    target.touch()
    had_its_chance(place)
    assert (arrivals(place), holds(place)) == ([], {})

    target.write_bytes(pdf("PK"))

    assert names(taken(place, 1)) == [NAME]


def test_case_06_placeholder_that_stays_empty(place: Place, target: Path) -> None:
    """An empty file is shown after a quarter of an hour, and stays where it is."""
    target.touch()
    reconcile = place.reconcile(place.told.append)
    for minutes in (0, 14):
        reconcile.look(minutes * 60.0)
        assert holds(place) == {}

    reconcile.look(15 * 60.0)

    assert holds(place) == {f"dinkes/{NAME}": Hold.EMPTY}
    assert target.exists()


_PAUSING = """
import sys
with open(sys.argv[1], "wb", buffering=0) as file:
    file.write(open(sys.argv[2], "rb").read())
    print("pausing", flush=True)
    sys.stdin.readline()
    file.write(b"% ends\\nstartxref\\n0\\n%%EOF\\n")
"""


@pytest.mark.parametrize("seconds", [1.0, pytest.param(60.0, marks=LONG)])
def test_case_07_writer_pauses(
    watched: Watch, place: Place, target: Path, tmp_path: Path, figures: Figures, seconds: float
) -> None:
    """A file that a writer holds open is waited for, however whole it looks and however long it lies still."""
    (tmp_path / NAME).write_bytes(pdf("PK"))
    writer = spawn(_PAUSING, target, tmp_path / NAME)
    heard(writer)
    sleep(seconds)
    had_its_chance(place)
    assert arrivals(place) == []
    writer.communicate("\n")

    taken(place, 1)
    assert standing(place, PK) == digest(pdf("PK") + b"% ends\nstartxref\n0\n%%EOF\n")
    figures(pause=seconds)


_MAPPING = """
import mmap, os, sys
file = os.open(sys.argv[1], os.O_RDWR)
view = mmap.mmap(file, 0)
os.close(file)
print("mapped", flush=True)
for line in sys.stdin:
    view[20:24] = line.strip().encode()
    print("written", flush=True)
view.close()
"""


def test_case_08_mmap_writer(watched: Watch, place: Place, target: Path, tmp_path: Path) -> None:
    """A file that is written through a mapping is waited for, though neither its size nor its times move."""
    content = bytearray(pdf("PK", mmap.PAGESIZE))
    (tmp_path / NAME).write_bytes(content)
    (tmp_path / NAME).chmod(0o600)
    writer = spawn(_MAPPING, tmp_path / NAME)
    heard(writer)
    (tmp_path / NAME).rename(target)
    assert writer.stdin is not None
    for word in (b"AAAA", b"BBBB"):
        writer.stdin.write(f"{word.decode()}\n")
        writer.stdin.flush()
        heard(writer)
        had_its_chance(place)
        assert arrivals(place) == []
    content[20:24] = b"BBBB"
    writer.communicate()

    taken(place, 1)
    assert standing(place, PK) == digest(bytes(content))


def test_case_09_grows_while_it_is_hashed(
    place: Place, target: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """Of a file that grows while it is copied no object is left, and it is taken when it rests."""
    target.write_bytes(pdf("PK", 1 << 20))
    put, grown = place.store.put, []

    def put_while_it_grows(source: int, **given: Any) -> Digest | None:
        subprocess.run(["sh", "-c", f"printf '%%%%EOF' >> '{target}'"], check=True)
        grown.append(target.stat().st_size)
        return put(source, **given)

    @contextmanager
    def no_lease(descriptor: int) -> Iterator[Writers]:
        yield Writers.NONE  # a writer that the kernel does not see, as on a share

    monkeypatch.setattr("inbox.intake.leased", no_lease)
    monkeypatch.setattr(place.store, "put", put_while_it_grows)
    reconcile = place.reconcile(place.told.append)
    for now in range(0, 20, 2):
        reconcile.look(float(now))
    assert (place.told, objects(place), unfinished(place)) == ([], set(), [])

    monkeypatch.setattr(place.store, "put", put)
    for moment in (LATER, LATER * 2):
        reconcile.look(moment)

    assert standing(place, PK) == digest(pdf("PK", 1 << 20) + b"%%EOF" * len(grown))
    assert len(grown) > 2
    figures(times_it_grew=len(grown))


def test_case_09_grows_bit_by_bit(watched: Watch, place: Place, target: Path) -> None:
    """A file that is opened, lengthened and closed again and again is taken once, when that has ended."""
    script = 'for n in 1 2 3 4 5 6 7 8 9 10 11 12; do printf "%%%%EOF" >> "$1"; sleep 0.1; done'
    target.write_bytes(pdf("PK"))
    subprocess.run(["sh", "-c", script, "sh", target], check=True)
    assert arrivals(place) == []

    (arrival,) = taken(place, 1)
    assert arrival.digest == digest(pdf("PK") + b"%%EOF" * 12)
    assert objects(place) == {arrival.digest}


@pytest.mark.parametrize(
    "part",
    ["PK 2026.pdf.filepart", *(pytest.param(part, marks=LONG) for part in ("PK 2026.pd~", "PK 2026.pdf.crdownload"))],
)
def test_case_10_renamed_when_it_is_whole(watched: Watch, place: Place, target: Path, part: str) -> None:
    """An upload under a passing name is taken once, at its rename."""
    beside = target.with_name(part)
    beside.write_bytes(pdf("PK"))
    had_its_chance(place)
    assert arrivals(place) == []
    run("mv", beside, target)

    assert names(taken(place, 1)) == [NAME]


@pytest.mark.parametrize("number", [errno.EBUSY, errno.ETXTBSY], ids=["EBUSY", "ETXTBSY"])
def test_case_11_busy(
    place: Place, target: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures, number: int
) -> None:
    """A file that its server calls busy is tried again without limit, told once, and taken when it is free."""
    target.write_bytes(pdf("PK"))
    really = os.open
    refused: list[bytes] = []

    def open_busy(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if path == os.fsencode(NAME) and len(refused) < 500:
            refused.append(path)
            raise OSError(number, os.strerror(number))
        return really(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr("inbox.footprints.os.open", open_busy)
    reconcile = place.reconcile(place.told.append)
    for now in range(502):
        reconcile.look(now * 10.0)
        if now == 250:
            assert holds(place) == {f"dinkes/{NAME}": Hold.BUSY}

    assert [type(one).__name__ for one in place.told] == ["Problem", "Arrival"]
    assert (len(refused), standing(place, PK)) == (500, digest(pdf("PK")))
    figures(attempts=len(refused) + 1)


@pytest.mark.parametrize("time", [4_070_908_800, 315_532_800], ids=["mtime 2099", "mtime 1980"])
def test_case_12_odd_times(watched: Watch, place: Place, target: Path, time: int) -> None:
    """A file with a time far off settles as any other."""
    target.write_bytes(pdf("PK"))
    os.utime(target, (time, time))

    assert names(taken(place, 1)) == [NAME]


@pytest.mark.parametrize("hours", [-1, 24], ids=["an hour back", "a day ahead"])
def test_case_12_clock_jumps(place: Place, target: Path, hours: int) -> None:
    """A clock that jumps while a file settles changes nothing: only the monotonic one counts."""
    target.write_bytes(pdf("PK"))
    reconcile = place.reconcile(place.told.append, quiet=2.0)
    reconcile.look(0.0)
    place.clock.now += timedelta(hours=hours)
    reconcile.look(1.0)
    assert place.told == []

    reconcile.look(2.5)

    assert [one.outcome for one in arrivals(place)] == [Outcome.FILED]
    assert faults(place, {digest(pdf("PK"))}) == []
