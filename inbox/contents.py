"""Files named by their SHA-256 and written once."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from workflow import Digest

_BLOCK = 1 << 20


class ContentStore:
    """The bytes of every document that was ever taken: `<root>/<first two digits>/<digest>`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._unfinished = root / "tmp"

    def path(self, digest: Digest) -> Path:
        """Where the content lies, or would lie."""
        return self._root / digest[:2] / digest

    def put(self, source: int, *, is_unchanged: Callable[[], bool], read_twice: bool = False) -> Digest | None:
        """Keep what the descriptor holds from its start, durable when this returns.

        None, and nothing kept, when `is_unchanged` says after the copy that the source has moved meanwhile, or when
        reading it twice gives two answers.
        """
        self._unfinished.mkdir(parents=True, exist_ok=True)
        copy = self._unfinished / os.urandom(16).hex()
        try:
            digest = _copy(source, copy)
            if not is_unchanged() or (read_twice and digest_of(source) != digest):
                return None
            self._link(copy, self.path(digest))
            return digest
        finally:
            copy.unlink(missing_ok=True)

    def is_whole(self, digest: Digest) -> bool:
        """Whether the content is there and is what its name says."""
        try:
            with self.path(digest).open("rb") as content:
                return digest_of(content.fileno()) == digest
        except FileNotFoundError:
            return False

    def has(self, digest: Digest, size: int) -> bool:
        """Whether the content is there, by its size; `is_whole` reads it."""
        try:
            return self.path(digest).stat().st_size == size
        except FileNotFoundError:
            return False

    def bring(self, digest: Digest, source: ContentStore) -> bool:
        """Keep a content of another store, durable when this returns; False where it is not whole there."""
        self._unfinished.mkdir(parents=True, exist_ok=True)
        copy = self._unfinished / os.urandom(16).hex()
        try:
            with source.path(digest).open("rb") as content:
                if _copy(content.fileno(), copy) != digest:
                    return False
            self._link(copy, self.path(digest))
        except FileNotFoundError:
            return False
        else:
            return True
        finally:
            copy.unlink(missing_ok=True)

    def forget(self, is_needless: Callable[[str], bool]) -> None:
        """Remove contents that nobody needs. No workspace ever does; a folder of backups grows without it."""
        for content in self._root.glob("[0-9a-f][0-9a-f]/*"):
            if is_needless(content.name):
                content.unlink()

    def copy(self, digest: Digest, target: int) -> bool:
        """Write the content to a descriptor, and say whether what was written is what its name says.

        Raises FileNotFoundError.
        """
        with self.path(digest).open("rb") as content:
            return digest_of(content.fileno(), target) == digest

    def sweep(self) -> None:
        """Remove the copies that a killed process left unfinished. Only the watcher calls it, holding its lock."""
        for copy in self._unfinished.glob("*"):
            copy.unlink(missing_ok=True)

    def _link(self, copy: Path, place: Path) -> None:
        if not place.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
            sync_folder(self._root)
        try:
            os.link(copy, place)
        except FileExistsError:
            # An object that a power cut left broken is put right from the bytes that have just come again.
            if not self.is_whole(Digest(place.name)):
                copy.replace(place)
        sync_folder(place.parent)


def _copy(source: int, copy: Path) -> Digest:
    target = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
    try:
        digest = digest_of(source, target)
        os.fsync(target)
        return digest
    finally:
        os.close(target)


def digest_of(source: int, target: int | None = None) -> Digest:
    """The SHA-256 of what a descriptor holds from its start, copied to `target` on the way where one is given."""
    digest, offset = sha256(), 0
    while block := os.pread(source, _BLOCK, offset):
        digest.update(block)
        offset += len(block)
        if target is not None:
            _write(target, block)
    return Digest(digest.hexdigest())


def _write(target: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(target, rest) :]


def sync_folder(folder: Path) -> None:
    """Make the names in it durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
