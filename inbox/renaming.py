"""Two ways of renaming that Python does not have: to a free name only, and two names at once."""

from __future__ import annotations

import ctypes
import errno
import os

HERE = -100
_NOREPLACE, _EXCHANGE = 1, 2


def rename_to_free(source: bytes, folder: int, target: bytes, beside: int) -> None:
    """Rename without ever writing over anything. Raises FileExistsError.

    Each name is below the open folder that stands behind it; `HERE` is for a whole path.
    """
    if not _renamed(source, folder, target, beside, _NOREPLACE):
        # Some network file systems cannot; there a link is what never writes over anything.
        os.link(source, target, src_dir_fd=folder, dst_dir_fd=beside, follow_symlinks=False)
        os.unlink(source, dir_fd=folder)


def exchange(one: bytes, folder: int, other: bytes, beside: int) -> bool:
    """Let two files change names in one step; False where the file system cannot. Raises FileNotFoundError."""
    return _renamed(one, folder, other, beside, _EXCHANGE)


def _renamed(source: bytes, folder: int, target: bytes, beside: int, how: int) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    if not libc.renameat2(folder, source, beside, target, how):
        return True
    error = ctypes.get_errno()
    if error not in (errno.EINVAL, errno.ENOSYS):
        raise OSError(error, os.strerror(error), source)
    return False
