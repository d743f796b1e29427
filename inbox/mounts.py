"""What kind of file system a folder lies on, read from the mount table."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

MOUNT_TABLE = Path("/proc/self/mountinfo")

# On these another machine can write without this kernel hearing of it: no events, and leases that promise nothing.
_REMOTE = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs ceph glusterfs lustre 9p virtiofs vboxsf vmhgfs prl_fs davfs fuse"
    " fuseblk".split()
)
_ESCAPE = re.compile(r"\\([0-7]{3})")


class FileSystem(NamedTuple):
    """Its type as the kernel names it, and whether anything can be written there."""

    type: str
    is_read_only: bool

    @property
    def is_remote(self) -> bool:
        """Whether writers may be where this kernel does not see them."""
        return self.type in _REMOTE or self.type.startswith("fuse.")


def file_system(folder: Path, table: str | None = None) -> FileSystem:
    """The file system that a folder lies on; an unknown one, taken for local, where there is no mount table."""
    if table is None:
        if not MOUNT_TABLE.exists():
            return FileSystem("unknown", is_read_only=False)
        table = MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    return _nearest(os.path.realpath(folder), table)


def _nearest(folder: str, table: str) -> FileSystem:
    """The last mount on the longest mount point above the folder: a later one hides those before it."""
    best, answer = -1, FileSystem("unknown", is_read_only=False)
    for line in table.splitlines():
        mount, _, source = line.partition(" - ")
        fields, kinds = mount.split(" "), source.split(" ")
        if len(fields) < 6 or len(kinds) < 3:
            continue
        point = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[4])
        if len(point) >= best and _is_below(folder, point):
            options = {*fields[5].split(","), *kinds[2].split(",")}
            best, answer = len(point), FileSystem(kinds[0], "ro" in options)
    return answer


def _is_below(folder: str, point: str) -> bool:
    return point in ("/", folder) or folder.startswith(f"{point}/")
