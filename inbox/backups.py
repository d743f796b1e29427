"""A folder of backups: each finished one in a folder called by its moment, the contents of all in one store."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from inbox.contents import ContentStore, sync_folder
from workflow import Digest, Head, ReadOnly

MARK = "pantau-backup.json"
MANIFEST = "manifest.json"
DATABASE = "pantau.db"
_FORMAT = 1
_UNFINISHED = "unfinished"
_GOING = "going"
_LOCK = "lock"


class Obstacle(StrEnum):
    """Why a folder cannot be used for what was asked. Each has its sentence, in `tui.backups`."""

    FILE = "file"  # it is no folder
    INSIDE = "inside"  # it lies in the workspace, or the workspace in it
    STRANGE = "strange"  # something else is in it
    ANOTHER = "another"  # it holds the backups of another region
    BUSY = "busy"  # somebody works in it
    NONE = "none"  # there is no backup in it
    NEWER = "newer"  # a newer Pantau has written it
    DAMAGED = "damaged"  # the database of the backup, or its manifest, is not what was written
    TAKEN = "taken"  # the place to restore into is not empty
    FULL = "full"  # there is not enough room


class Unfit(Exception):
    """A folder cannot be used so. Nothing was changed in what was there."""

    def __init__(self, why: Obstacle, path: Path, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.path = path
        self.facts: Mapping[str, object] = facts


class Kept(NamedTuple):
    """A file that is no content: where it lies in the workspace, its bytes, and who may read it."""

    path: str
    digest: Digest
    size: int
    mode: int


class Manifest(NamedTuple):
    """What a backup holds: what it is of, the hash of its database, and all files beside it.

    `missing` are contents that were not whole in the workspace, `left` files that were just being written.
    """

    pantau: str
    sqlite: str
    schema: int
    region: str
    at: str
    head: Head
    database: Digest
    size: int
    contents: int
    bytes: int
    files: tuple[Kept, ...]
    folders: tuple[tuple[str, int], ...]
    missing: tuple[Digest, ...] = ()
    left: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is kept."""
        told = {**self._asdict(), "head": self.head._asdict(), "files": [one._asdict() for one in self.files]}
        return json.dumps({"format": _FORMAT, **told}, indent=1)

    @classmethod
    def of(cls, said: dict[str, Any]) -> Manifest:
        """What was kept. Raises KeyError, TypeError or ValueError."""
        told: dict[str, Any] = {
            **said,
            "head": Head(**said["head"]),
            "files": tuple(Kept(**one) for one in said["files"]),
            "folders": tuple((str(path), int(mode)) for path, mode in said["folders"]),
            "missing": tuple(said["missing"]),
            "left": tuple(said["left"]),
        }
        return cls(**told)


class Backup(NamedTuple):
    """One finished backup, and where its database lies."""

    folder: Path
    manifest: Manifest

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    def contents(self) -> dict[Digest, int]:
        """Every content that its database knows, with its size. Raises OSError or Unavailable."""
        return contents_of(self.database)

    @property
    def needs(self) -> int:
        """How many bytes it takes when it is restored."""
        return self.manifest.size + self.manifest.bytes + sum(one.size for one in self.manifest.files)


def contents_of(path: Path) -> dict[Digest, int]:
    """Every content that a database knows, with its size. Raises OSError or Unavailable."""
    database = ReadOnly(path)
    try:
        return {Digest(row[0]): int(row[1]) for row in database.rows("SELECT digest, size FROM content")}
    finally:
        database.close()


class Backups:
    """The folder. Who writes in it has claimed it; reading needs nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = ContentStore(folder / "content")
        self.unfinished = folder / _UNFINISHED

    @contextmanager
    def claimed(self, region: str, workspace: Path) -> Iterator[None]:
        """Be the only one who writes in it, for this region. Makes it where it is not there. Raises Unfit."""
        self._check_place(workspace)
        self._begin(region)
        lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Unfit(Obstacle.BUSY, self.folder) from None
            for name in (_UNFINISHED, _GOING):
                if (self.folder / name).exists():
                    shutil.rmtree(self.folder / name)
            self.store.sweep()
            yield
        finally:
            os.close(lock)

    def _check_place(self, workspace: Path) -> None:
        ours, theirs = self.folder.resolve(), workspace.resolve()
        if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
            raise Unfit(Obstacle.INSIDE, self.folder)

    def _begin(self, region: str) -> None:
        mark = self.folder / MARK
        if self.folder.exists() and not self.folder.is_dir():
            raise Unfit(Obstacle.FILE, self.folder)
        if mark.exists():
            if (other := self._mark()) != region:
                raise Unfit(Obstacle.ANOTHER, self.folder, region=other)
            return
        # A half-made mark is all that a process leaves that was killed here.
        if self.folder.exists() and {path.name for path in self.folder.iterdir()} - {f"{MARK}.new", "lost+found"}:
            raise Unfit(Obstacle.STRANGE, self.folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(mark, json.dumps({"format": _FORMAT, "region": region}))

    def _mark(self) -> str:
        try:
            said = json.loads((self.folder / MARK).read_text(encoding="utf-8"))
            if said["format"] > _FORMAT:
                raise Unfit(Obstacle.NEWER, self.folder)
            return str(said["region"])
        except FileNotFoundError:
            raise Unfit(Obstacle.NONE, self.folder) from None
        except (KeyError, TypeError, ValueError):
            raise Unfit(Obstacle.DAMAGED, self.folder / MARK) from None

    def newest(self) -> Backup:
        """The last that was finished. Raises Unfit."""
        if self.folder.exists() and not self.folder.is_dir():
            raise Unfit(Obstacle.FILE, self.folder)
        self._mark()
        names = self.names()
        if not names:
            raise Unfit(Obstacle.NONE, self.folder)
        return self.backup(names[-1])

    def names(self) -> list[str]:
        """Of all that are finished, the oldest first."""
        return sorted(path.parent.name for path in self.folder.glob(f"[0-9]*/{MANIFEST}"))

    def backup(self, name: str) -> Backup:
        """The finished backup of this name. Raises Unfit."""
        path = self.folder / name / MANIFEST
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            if said.pop("format") > _FORMAT:
                raise Unfit(Obstacle.NEWER, path.parent)
            return Backup(path.parent, Manifest.of(said))
        except (OSError, KeyError, TypeError, ValueError):
            raise Unfit(Obstacle.DAMAGED, path) from None

    def finish(self, manifest: Manifest) -> Backup:
        """Turn what is unfinished into a backup, at once and for good."""
        write_durably(self.unfinished / MANIFEST, manifest.text())
        name = "".join(letter for letter in manifest.at[:19] if letter.isalnum())
        while (self.folder / name).exists():  # within one second, or after the clock went back
            name += "+"
        self.unfinished.rename(self.folder / name)
        sync_folder(self.folder)
        return Backup(self.folder / name, manifest)

    def keep(self, count: int) -> list[str]:
        """Let go of all but the newest `count`, and of every content that none of those needs."""
        gone = self.names()[:-count]
        for name in gone:
            (self.folder / name).rename(self.folder / _GOING)
            shutil.rmtree(self.folder / _GOING)
        if gone:
            needed: set[str] = set()
            for left in map(self.backup, self.names()):
                needed |= left.contents().keys() | {one.digest for one in left.manifest.files}
            self.store.forget(lambda digest: digest not in needed)
        return gone


def write_durably(path: Path, text: str) -> None:
    """All of it or nothing."""
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    new.replace(path)
    sync_folder(path.parent)
