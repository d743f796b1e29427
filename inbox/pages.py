"""The text of a document, page by page, read in a child process that may fail without harm."""

from __future__ import annotations

import json
import os
import select
import stat
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from socket import SHUT_RDWR, send_fds, socket, socketpair
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakSet, finalize

if TYPE_CHECKING:
    from subprocess import Popen

SECONDS = 20.0
_GRACE = 5.0  # by then the child has ended the reading itself, unless it has been stopped
_MOST_BYTES = 1 << 26  # several times what the most characters can take; who says more has gone astray


class Why(StrEnum):
    """Why a document has no text to show."""

    NO_READER = "no reader"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MUCH = "too much"


class Depth(StrEnum):
    """How far to read: the front, which recognition needs, is quick; the whole is for people and for search."""

    FRONT = "front"
    WHOLE = "whole"


class Text(NamedTuple):
    """How many pages a document has, and the text of those that were read; a scanned page has none."""

    total: int
    pages: tuple[str, ...]
    numbers: tuple[int, ...]  # of the pages that were read, from 1 on; a sheet of a workbook is a page
    title: str = ""
    subject: str = ""
    is_whole: bool = True  # no deeper reading would bring more

    @property
    def is_scan(self) -> bool:
        """Whether there are pages, and no text on any that was read."""
        return bool(self.pages) and not any(page.strip() for page in self.pages)


class Unreadable(NamedTuple):
    """The document could not be read, and why."""

    why: Why


class TextReader:
    """Reads documents one at a time, in a child that the first of them starts and that lives until `close`.

    Any thread may call it. Each document has a process of its own, forked from that child, so what one does to its
    process the next does not meet. The child ends when this process does, however that ends.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: _Child | None = None
        _READERS.add(self)

    def read(self, path: Path, depth: Depth = Depth.WHOLE) -> Text | Unreadable:
        """Read a document. Blocks for up to `SECONDS`; what costs more time, memory or files is given up."""
        try:
            document = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe has no text, ever
        except OSError:
            return Unreadable(Why.BROKEN)
        try:
            if not stat.S_ISREG(os.fstat(document).st_mode):
                return Unreadable(Why.BROKEN)
            with self._lock:
                return self._ask(document, depth)
        finally:
            os.close(document)

    def close(self) -> None:
        """End the child. A later document starts another."""
        with self._lock:
            self._end()

    def forget(self) -> None:
        """Begin anew in a fork of the process that has the child, and perhaps a thread that holds the lock."""
        self._lock = Lock()
        if self._child:
            self._child.ending.detach()
            self._child.ours.close()
            self._child.process.returncode = 0  # not ours to wait for
            self._child = None

    def _ask(self, document: int, depth: Depth) -> Text | Unreadable:
        for _attempt in range(2):  # the child may have been killed since the last document, or over this one
            try:
                self._child = self._child or self._start()
                return _answer(self._child.ours, document, depth)
            except TimeoutError:
                self._end()
                break
            except OSError:
                self._end()
        return Unreadable(Why.TOO_MUCH)

    def _start(self) -> _Child:
        # Not at the top: it takes longer to import than the rest of the room, and most commands read no document.
        from subprocess import DEVNULL, Popen

        # It finds this very package, installed or not, and nothing else that an environment or a user has put in its
        # way. In a session of its own, it does not hear what a terminal tells this process.
        command, home = [sys.executable, "-Es", "-m", "inbox.page_reader"], Path(__file__).parents[1]
        ours, theirs = socketpair()
        with theirs:
            process = Popen(
                command, stdin=theirs.fileno(), stdout=DEVNULL, stderr=DEVNULL, cwd=home, start_new_session=True
            )
        ours.settimeout(_GRACE)
        return _Child(process, ours, finalize(self, _end, process, ours))

    def _end(self) -> None:
        if self._child:
            self._child.ending()
            self._child = None


class _Child(NamedTuple):
    process: Popen[bytes]
    ours: socket
    ending: finalize[..., TextReader]


_READERS: WeakSet[TextReader] = WeakSet()
_OURS = TextReader()


def read_text(path: Path, depth: Depth = Depth.WHOLE) -> Text | Unreadable:
    """Read a document in the child of this process: see `TextReader.read`."""
    return _OURS.read(path, depth)


def _answer(child: socket, document: int, depth: Depth) -> Text | Unreadable:
    """What the child says. Raises OSError when it is gone, TimeoutError when it stands still."""
    answer, theirs = os.pipe()
    try:
        try:
            send_fds(child, [json.dumps([depth, SECONDS]).encode()], [document, theirs])
        finally:
            os.close(theirs)
        said = _everything(answer, until=monotonic() + SECONDS + _GRACE)
    finally:
        os.close(answer)
    if said.endswith(b"\n"):
        return _understood(json.loads(said))
    # The process of the document has died, and the child will say so, or has died itself.
    if not child.recv(1):
        raise BrokenPipeError
    return Unreadable(Why.TOO_MUCH)


def _everything(answer: int, *, until: float) -> bytes:
    said = bytearray()
    ready = select.poll()
    ready.register(answer, select.POLLIN)
    while len(said) < _MOST_BYTES and ready.poll(max(0.0, until - monotonic()) * 1000):
        block = os.read(answer, 1 << 20)
        if not block:
            return bytes(said)
        said += block
    raise TimeoutError


def _understood(answer: list[Any] | str) -> Text | Unreadable:
    if isinstance(answer, str):
        return Unreadable(Why(answer))
    total, pages, numbers, *rest = answer
    return Text(total, tuple(pages), tuple(numbers), *rest)


def _end(process: Popen[bytes], ours: socket) -> None:
    from subprocess import TimeoutExpired

    with suppress(OSError):
        ours.shutdown(SHUT_RDWR)
    try:
        process.wait(_GRACE)
    except TimeoutExpired:
        process.kill()
        process.wait()
    ours.close()


def _forget() -> None:
    for reader in _READERS:
        reader.forget()


os.register_at_fork(after_in_child=_forget)
