"""Why the operating system would not open, read or write something, in words."""

from __future__ import annotations

import errno

from tui.language import _


def told(problem: OSError) -> str:
    """`/srv/arsip: no permission`."""
    return f"{_name(problem.filename)}: {why(problem)}"


def why(problem: Exception) -> str:
    """The reason alone; what has no number of the system says it itself."""
    match getattr(problem, "errno", None):
        case errno.ENOENT:
            return _("there is no such file or folder")
        case errno.EACCES | errno.EPERM:
            return _("no permission; ask the administrator, or choose another place")
        case errno.EISDIR:
            return _("it is a folder, not a file")
        case errno.ENOTDIR | errno.EEXIST:
            return _("a file is in the way")
        case errno.EROFS:
            return _("the disk can only be read")
        case errno.ENOSPC | errno.EDQUOT:
            return _("the disk is full")
        case errno.ENAMETOOLONG:
            return _("the name is too long")
        case _:
            return getattr(problem, "strerror", None) or str(problem)


def _name(filename: object) -> str:
    return filename.decode(errors="replace") if isinstance(filename, bytes) else str(filename)
