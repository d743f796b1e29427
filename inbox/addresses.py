"""Where what goes back to an office is put: into the drop folder that its file came through, else into its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from inbox.roots import Root
from workflow import Office, Register, phrase


class Addresses:
    """The drop folders of all roots."""

    def __init__(self, register: Register, roots: Sequence[Root]) -> None:
        self._register = register
        self._roots = {root.name: root for root in roots}

    def of(self, office: str, root: str, path: bytes) -> tuple[Root, str]:
        """The root and the drop folder for what came in by a root, at a path below it, through whosever folder.

        The main inbox has a folder for each office, so it stands in for a root that is for reading only, or is gone.
        """
        return self._found(office, root, path, self._register.offices())

    def of_its_own(self, office: str, root: str, path: bytes) -> tuple[Root, str]:
        """The same for what is the office's to know and to answer: never the folder of another."""
        return self._found(office, root, path, [one for one in self._register.offices() if one.code == office])

    def _found(self, office: str, root: str, path: bytes, among: Sequence[Office]) -> tuple[Root, str]:
        came = self._roots.get(root)
        folder, is_below, _ = os.fsdecode(path).partition("/")
        if came is None or came.is_read_only:
            return self._roots[""], office
        if is_below and _is_called(folder, among):
            return came, folder
        return came if (came.path / office).is_dir() else self._roots[""], office


def _is_called(folder: str, offices: Iterable[Office]) -> bool:
    named = {name for one in offices for name in (one.code, one.name, one.short) if name}
    return phrase(folder) in map(phrase, named)
