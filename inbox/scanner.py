"""Ask a virus scanner, where the bureau runs one. What was not scanned is never called clean."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import socket

_SECONDS = 20.0
_BLOCK = 1 << 18
# clamd reads larger files in part only, by its defaults, and calls them clean all the same.
_LARGEST = 25 << 20


class Verdict(StrEnum):
    """What is known of a content."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not scanned"


class Scan(NamedTuple):
    """The verdict, and the name of what was found or the reason why nothing is known."""

    verdict: Verdict
    detail: str = ""


Scanner = Callable[[Path], Scan]


def no_scanner(_content: Path) -> Scan:
    """For a bureau that runs none."""
    return Scan(Verdict.NOT_SCANNED)


def clamd(address: str) -> Scanner:
    """A scanner that asks clamd at a socket's path, or at `host:port`. It never raises and never waits for long."""

    def scan(content: Path) -> Scan:
        if content.stat().st_size > _LARGEST:
            return Scan(Verdict.NOT_SCANNED, "larger than 25 MB")
        try:
            return _verdict(_ask(address, content))
        except OSError as error:
            return Scan(Verdict.NOT_SCANNED, str(error))

    return scan


def _ask(address: str, content: Path) -> str:
    with closing(_connected(address)) as daemon, content.open("rb") as source:
        daemon.sendall(b"zINSTREAM\0")
        while block := source.read(_BLOCK):
            daemon.sendall(struct.pack(">I", len(block)) + block)
        daemon.sendall(struct.pack(">I", 0))
        answer = b""
        while b"\0" not in answer and (more := daemon.recv(4096)):
            answer += more
    return answer.partition(b"\0")[0].decode(errors="replace")


def _connected(address: str) -> socket.socket:
    import socket

    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal():
        return socket.create_connection((host, int(port)), timeout=_SECONDS)
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        daemon.settimeout(_SECONDS)
        daemon.connect(address)
    except OSError:
        daemon.close()
        raise
    return daemon


def _verdict(answer: str) -> Scan:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Scan(Verdict.CLEAN)
    if said.endswith(" FOUND"):
        return Scan(Verdict.INFECTED, said.removesuffix(" FOUND"))
    return Scan(Verdict.NOT_SCANNED, said)
