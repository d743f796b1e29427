"""The mount table, read for one folder."""

from __future__ import annotations

import os

_TABLE = "/proc/self/mountinfo"
# On these another machine can write without this kernel hearing of it: no events, and leases that promise nothing.
_REMOTE = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs ceph glusterfs lustre 9p virtiofs vboxsf vmhgfs prl_fs davfs fuse"
    " fuseblk".split()
)


def table() -> str:
    """The mount table; nothing where there is none."""
    try:
        with open(_TABLE, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def mounted(folder: str, mounts: str) -> tuple[str, bool]:
    """The kind of file system that a folder lies on, and whether nothing can be written there.

    It is the last mount on the longest mount point above the folder: a later one hides those before it. Where none is
    known it is `unknown`, and taken for local.
    """
    best, answer, folder = -1, ("unknown", False), os.path.realpath(folder)
    for line in mounts.splitlines():
        mount, _, source = line.partition(" - ")
        fields, kinds = mount.split(" "), source.split(" ")
        if len(fields) < 6 or len(kinds) < 3:
            continue
        point = _unescaped(fields[4])
        if len(point) >= best and (point in ("/", folder) or folder.startswith(f"{point}/")):
            options = {*fields[5].split(","), *kinds[2].split(",")}
            best, answer = len(point), (kinds[0], "ro" in options)
    return answer


def is_on_share(folder: str) -> bool:
    """Whether a folder lies on another machine."""
    return is_remote(mounted(folder, table())[0])


def is_remote(kind: str) -> bool:
    """Whether writers may be where this kernel does not see them."""
    return kind in _REMOTE or kind.startswith("fuse.")


def _unescaped(point: str) -> str:
    """Blanks, tabs, line ends and backslashes stand there as three octal digits."""
    first, *others = point.split("\\")
    return first + "".join(chr(int(one[:3], 8)) + one[3:] if _is_octal(one[:3]) else f"\\{one}" for one in others)


def _is_octal(digits: str) -> bool:
    return len(digits) == 3 and set(digits) <= set("01234567")
