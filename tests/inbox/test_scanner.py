"""A virus scanner is asked where there is one; what it has not seen is never called clean."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from inbox import Intake, Outcome, Reason, Scan, Scanner, Verdict, clamd
from inbox.scanner import no_scanner
from tests.inbox.conftest import LATER, Place, documents

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"


def serve(listener: socket.socket) -> None:
    """Answer as clamd does: each stream is a virus when it holds one."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack(">I", stream.read(4))[0]:
                content += stream.read(length)
            found = VIRUS in content
            connection.sendall(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[str]:
    """The address of a clamd."""
    address = str(tmp_path / "clamd.ctl")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(address)
        listener.listen()
        thread = Thread(target=serve, args=[listener], daemon=True)
        thread.start()
        yield address
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def take(place: Place, scanner: Scanner) -> None:
    intake = Intake(place.as_root(), place.store, place.database, place.clock, scanner)
    for found in documents(place.inbox):
        intake.take(found, LATER)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        pytest.param(b"PK 2026", Scan(Verdict.CLEAN), id="clean"),
        pytest.param(b"PK " * 200_000 + VIRUS, Scan(Verdict.INFECTED, "Eicar-Signature"), id="in the last block"),
    ],
)
def test_clamd_is_asked_about_the_whole_content(daemon: str, tmp_path: Path, content: bytes, answer: Scan) -> None:
    (tmp_path / "content").write_bytes(content)

    assert clamd(daemon)(tmp_path / "content") == answer


def test_a_scanner_that_is_down_blocks_nothing_and_says_nothing_is_clean(place: Place, tmp_path: Path) -> None:
    digest = place.drop("dinkes/PK 2026.pdf", b"PK 2026")

    take(place, clamd(str(tmp_path / "nobody")))

    assert place.arrivals.latest(1)[0].outcome is Outcome.FILED
    assert place.arrivals.scan(digest).verdict is Verdict.NOT_SCANNED


def test_what_clamd_would_read_in_part_only_is_not_called_clean(daemon: str, tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as large:
        large.truncate((25 << 20) + 1)

    assert clamd(daemon)(tmp_path / "large").verdict is Verdict.NOT_SCANNED


def test_an_infected_file_waits_in_quarantine_and_is_kept(place: Place, daemon: str) -> None:
    digest = place.drop("dinkes/PK 2026.pdf", VIRUS)

    take(place, clamd(daemon))

    (held,) = place.quarantine.waiting()
    assert (held.reason, held.digest) == (Reason.INFECTED, digest)
    assert place.store.is_whole(digest)
    assert place.obligation("dinkes/pk/2026").is_missing


def test_what_was_once_scanned_stays_known(place: Place, daemon: str) -> None:
    digest = place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    take(place, clamd(daemon))
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    take(place, no_scanner)

    assert place.arrivals.scan(digest).verdict is Verdict.CLEAN
