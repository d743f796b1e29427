"""What tells one state of a file on a disk from another."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Footprint(NamedTuple):
    """Which file it is and when it last changed. `ctime_ns` is there because senders can set `mtime_ns`."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Footprint:
        """The footprint from a stat."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @classmethod
    def parse(cls, text: str) -> Footprint:
        """The footprint whose `str()` this is."""
        return cls(*map(int, text.split(":")))

    def __str__(self) -> str:
        return ":".join(map(str, self))

    def is_same_size(self, other: Footprint) -> bool:
        """Whether it is the same file with as many bytes, whatever its times say."""
        return self[:3] == other[:3]

    def is_same_content(self, other: Footprint) -> bool:
        """Whether it is the same file with the same bytes; renaming it moves only its `ctime_ns`."""
        return self[:-1] == other[:-1]


class NotRegular(OSError):
    """A link, a pipe, a device or a folder where a file was expected."""


@contextmanager
def opened(root: int, path: bytes) -> Iterator[int]:
    """A descriptor of the regular file at `path` below the folder `root`, following no link on the way.

    Raises NotRegular, or OSError when it is gone or may not be read. Never waits for a writer.
    """
    with opened_folder(root, os.path.dirname(path)) as folder:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        descriptor = os.open(os.path.basename(path), flags, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotRegular(os.fsdecode(path))
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened_in(root: Path, path: bytes) -> Iterator[int]:
    """The same below a folder that is not open yet."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with opened(folder, path) as descriptor:
            yield descriptor
    finally:
        os.close(folder)


@contextmanager
def opened_folder(root: int, path: bytes) -> Iterator[int]:
    """A descriptor of the folder at `path` below the folder `root`, following no link on the way. Raises OSError."""
    # O_NOFOLLOW guards the last component only, so each one is opened by itself.
    descriptor = os.dup(root)
    try:
        for name in filter(None, path.split(b"/")):
            deeper = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = deeper
        yield descriptor
    finally:
        os.close(descriptor)
