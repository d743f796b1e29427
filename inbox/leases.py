"""Whether anybody has a file open for writing, as the kernel knows it."""

from __future__ import annotations

import errno
import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

_CANNOT_TELL = frozenset({errno.EACCES, errno.EINVAL, errno.ENOLCK, errno.EOPNOTSUPP, errno.EPERM})


class Writers(Enum):
    """What a lease tells about those who write."""

    NONE = auto()
    SOME = auto()
    UNKNOWN = auto()


def ignore_breaks() -> None:
    """Survive the signal by which the kernel announces that somebody wants to write; its default ends the process."""
    signal.signal(signal.SIGIO, signal.SIG_IGN)


@contextmanager
def leased(descriptor: int) -> Iterator[Writers]:
    """Hold a read lease while the block runs, where the file system grants one.

    With NONE a new writer waits until the block is left, at most for the kernel's lease-break time (45 s).
    UNKNOWN is for network shares, and for files of another account without CAP_LEASE.
    """
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        if error.errno == errno.EAGAIN:
            yield Writers.SOME
        elif error.errno in _CANNOT_TELL:
            yield Writers.UNKNOWN
        else:
            raise
        return
    try:
        yield Writers.NONE
    finally:
        # The kernel takes it back by itself when a writer has waited for the lease-break time.
        with suppress(BlockingIOError):
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
