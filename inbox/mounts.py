"""What kind of file system a folder lies on, read from the mount table."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from inbox import mount_table


class FileSystem(NamedTuple):
    """Its type as the kernel names it, and whether anything can be written there."""

    type: str
    is_read_only: bool

    @property
    def is_remote(self) -> bool:
        """Whether writers may be where this kernel does not see them."""
        return mount_table.is_remote(self.type)


def file_system(folder: Path, table: str | None = None) -> FileSystem:
    """The file system that a folder lies on; an unknown one, taken for local, where there is no mount table."""
    return FileSystem(*mount_table.mounted(str(folder), mount_table.table() if table is None else table))
