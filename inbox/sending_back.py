"""What goes back to an office: a file that was turned away, with a note beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from inbox.folders import TURNED_AWAY

_LONGEST_NAME = 240
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def give_back(inbox: Path, path: bytes, content: Path, note: str) -> Path:
    """Copy a content to where its sender finds it, and write the note beside it.

    That is the folder `dikembalikan` in the drop folder that the file came through; the watcher passes it over.
    Follows no link that a sender may have made, and never writes over anything. Raises OSError.
    """
    drop, rest, _ = path.partition(b"/")
    below = [drop, TURNED_AWAY] if rest else [TURNED_AWAY]
    folder = _opened(inbox, below)
    try:
        name = next(name for name in _names(os.path.basename(path)) if _copied(content, name, folder))
        _write(note.encode(), os.open(name + b".txt", _NEW, 0o644, dir_fd=folder))
    finally:
        os.close(folder)
    return inbox.joinpath(*map(os.fsdecode, below), os.fsdecode(name))


def _opened(inbox: Path, below: list[bytes]) -> int:
    """A descriptor of a folder, each part of its path made where it is missing and no link followed on the way."""
    descriptor = os.open(inbox, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for name in below:
        parent = descriptor
        try:
            if name == TURNED_AWAY and name not in map(os.fsencode, os.listdir(parent)):
                os.mkdir(name, dir_fd=parent)
            descriptor = os.open(name, _FOLDER, dir_fd=parent)
        finally:
            os.close(parent)
    return descriptor


def _copied(content: Path, name: bytes, folder: int) -> bool:
    """Whether the name, and that of its note, was free."""
    if os.fsdecode(name + b".txt") in os.listdir(folder):
        return False
    try:
        target = os.open(name, _NEW, 0o644, dir_fd=folder)
    except FileExistsError:
        return False
    _write(content.read_bytes(), target)
    return True


def _write(data: bytes, descriptor: int) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _names(name: bytes) -> Iterator[bytes]:
    stem, dot, extension = name.rpartition(b".")
    yield name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 8] + name[-8:]
    for number in count(2):
        yield b"%s (%d)%s%s" % (stem[: _LONGEST_NAME - 20], number, dot, extension[:8])
