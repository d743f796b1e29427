"""What goes back to an office, where its files come from: one that was turned away, and receipts."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from inbox.folders import TURNED_AWAY

TO_READ, TO_WRITE_IN = 0o644, 0o664
_LONGEST_NAME = 240
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_THERE = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def give_back(inbox: Path, path: bytes, content: Path, note: str) -> Path:
    """Copy a content to where its sender finds it, and write the note beside it.

    That is the folder `dikembalikan` in the drop folder that the file came through; the watcher passes it over.
    Follows no link that a sender may have made, and never writes over anything. Raises OSError.
    """
    drop, rest, _ = path.partition(b"/")
    below = [drop, TURNED_AWAY] if rest else [TURNED_AWAY]
    with opened_below(inbox, below) as folder:
        name = next(name for name in _names(os.path.basename(path)) if _copied(content, name, folder))
        _create(note.encode(), name + b".txt", folder)
    return inbox.joinpath(*map(os.fsdecode, below), os.fsdecode(name))


def lay(data: bytes, name: bytes, folder: int, mode: int = TO_READ) -> None:
    """Write a file, durably, or finish it where a process was killed that had begun to. Raises OSError.

    What else has its name stays as it is, and the file gets another.
    """
    for free in _names(name):
        with suppress(FileExistsError):
            _create(data, free, folder, mode)
            break
        if _finished(data, free, folder):
            break
    os.fsync(folder)


@contextmanager
def opened_below(inbox: Path, below: Sequence[bytes]) -> Iterator[int]:
    """A descriptor of a folder, made where it is missing in one that is there. Follows no link. Raises OSError."""
    descriptor = os.open(inbox, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name in below:
            if name == below[-1]:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=descriptor)
            deeper = os.open(name, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = deeper
        yield descriptor
    finally:
        os.close(descriptor)


def _copied(content: Path, name: bytes, folder: int) -> bool:
    """Whether the name, and that of its note, was free."""
    if os.fsdecode(name + b".txt") in os.listdir(folder):
        return False
    try:
        _create(content.read_bytes(), name, folder)
    except FileExistsError:
        return False
    return True


def _finished(data: bytes, name: bytes, folder: int) -> bool:
    """Whether what has the name is this very file, or the beginning of it, which is then written to its end.

    A file that has a second name is somebody's, whatever it holds.
    """
    try:
        there = os.open(name, _THERE, dir_fd=folder)
    except OSError:
        return False
    try:
        status = os.fstat(there)
        is_plain = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
        if not is_plain or not data.startswith(os.pread(there, len(data) + 1, 0)):
            return False
        with os.fdopen(there, "r+b", closefd=False) as file:
            file.seek(status.st_size)
            file.write(data[status.st_size :])
        os.fsync(there)
        return True
    finally:
        os.close(there)


def _create(data: bytes, name: bytes, folder: int, mode: int = TO_READ) -> None:
    """Write a new file. None is left half written: it would be taken for what an office sends.

    Whatever the umask, whom the folder lets in can read it: that the office may is the folder's affair.
    """
    descriptor = os.open(name, _NEW, mode, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise


def _names(name: bytes) -> Iterator[bytes]:
    stem, dot, extension = name.rpartition(b".")
    yield name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 8] + name[-8:]
    for number in count(2):
        yield b"%s (%d)%s%s" % (stem[: _LONGEST_NAME - 20], number, dot, extension[:8])
