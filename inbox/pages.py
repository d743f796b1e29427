"""Documents are read in a child process, which may fail without harm."""

from __future__ import annotations

import json
import os
import select
import stat
import sys
from contextlib import suppress
from pathlib import Path
from socket import SHUT_RDWR, send_fds, socket, socketpair
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakSet, finalize

from inbox.readings import Depth, Glimpse, Picture, Text, Unreadable, Why, Window

if TYPE_CHECKING:
    from subprocess import Popen

SECONDS = 20.0
_GRACE = 5.0  # by then the child has ended the reading itself, unless it has been stopped
_MOST_BYTES = 1 << 26  # several times what the most characters can take; who says more has gone astray


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
        answer = self._open(path, depth)
        return Unreadable(Why(answer)) if isinstance(answer, str) else _text(answer)

    def look(self, path: Path, window: Window) -> Glimpse | Unreadable:
        """Look at a part of a page of a PDF. Blocks and gives up as `read` does."""
        answer = self._open(path, window)
        if isinstance(answer, str):
            return Unreadable(Why(answer))
        total, width, height, rows = answer
        return Glimpse(total, width, height, tuple(rows))

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

    def _open(self, path: Path, wanted: Depth | Window) -> list[Any] | str:
        try:
            document = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe has no text, ever
        except OSError:
            return Why.BROKEN
        try:
            if not stat.S_ISREG(os.fstat(document).st_mode):
                return Why.BROKEN
            with self._lock:
                return self._ask(document, wanted)
        finally:
            os.close(document)

    def _ask(self, document: int, wanted: Depth | Window) -> list[Any] | str:
        for _attempt in range(2):  # the child may have been killed since the last document, or over this one
            try:
                self._child = self._child or self._start()
                return _answer(self._child.ours, document, wanted)
            except TimeoutError:
                self._end()
                break
            except OSError:
                self._end()
        return Why.TOO_MUCH

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


def look_at(path: Path, window: Window) -> Glimpse | Unreadable:
    """Look at a part of a page in the child of this process: see `TextReader.look`."""
    return _OURS.look(path, window)


def _answer(child: socket, document: int, wanted: Depth | Window) -> list[Any] | str:
    """What the child says, or why nothing. Raises OSError when it is gone, TimeoutError when it stands still."""
    answer, theirs = os.pipe()
    try:
        try:
            send_fds(child, [json.dumps([wanted, SECONDS]).encode()], [document, theirs])
        finally:
            os.close(theirs)
        said = _everything(answer, until=monotonic() + SECONDS + _GRACE)
    finally:
        os.close(answer)
    if said.endswith(b"\n"):
        answered: list[Any] | str = json.loads(said)
        return answered
    # The process of the document has died, and the child will say so, or has died itself.
    if not child.recv(1):
        raise BrokenPipeError
    return Why.TOO_MUCH


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


def _text(answer: list[Any]) -> Text:
    total, pages, numbers, title, subject, is_whole, pictures = answer
    seen = tuple(Picture(*one) for one in pictures)
    return Text(total, tuple(pages), tuple(numbers), title, subject, is_whole, seen)


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
