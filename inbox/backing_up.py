"""A workspace backed up while it is worked in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from inbox.backups import DATABASE, Backup, Backups, Kept, Manifest, contents_of
from inbox.contents import ContentStore, digest_of
from inbox.folders import RETIRED, is_passing
from inbox.footprints import Footprint, NotRegular, opened_in
from inbox.leases import Writers, ignore_breaks, leased
from workflow import Database, Digest, ReadOnly, copy_database, head_at, utc

# What else of a workspace is kept, in the order in which it is brought back: without its settings it is none.
TREES = ("catalogue", "inbox", "pantau.toml")
_INBOX = b"inbox"


class Origin(NamedTuple):
    """What is backed up: a workspace, of which region, and by which Pantau."""

    root: Path
    region: str
    pantau: str


def back_up(origin: Origin, backups: Backups, at: datetime) -> Backup:
    """Make one more backup. Stopped at any moment, the next one takes up what was copied. Raises Unfit or OSError.

    The inbox comes first: what is taken from it meanwhile is in the database that is copied after it.
    """
    Database(origin.root / DATABASE).close()  # NotOurs, before anything is made
    with backups.claimed(origin.region, origin.root):
        backups.unfinished.mkdir(mode=0o700)
        files, folders, left = _keep_files(origin.root, backups.store)
        copy = backups.unfinished / DATABASE
        copy_database(origin.root / DATABASE, copy)
        contents = contents_of(copy)
        source = ContentStore(origin.root / "content")
        missing = [digest for digest, size in contents.items() if not _has(backups.store, source, digest, size)]
        facts = _facts(copy)
        return backups.finish(
            Manifest(
                pantau=origin.pantau,
                region=origin.region,
                at=utc(at),
                database=_digest(copy),
                size=copy.stat().st_size,
                contents=len(contents),
                bytes=sum(contents.values()),
                files=tuple(one for one in files if not _was_taken(origin.root, one, contents)),
                folders=tuple(folders),
                missing=tuple(missing),
                left=tuple(left),
                **facts,
            )
        )


def _has(store: ContentStore, source: ContentStore, digest: Digest, size: int) -> bool:
    """What lies there was hashed when it came; whether it still is what it was, a rehearsal says."""
    return store.has(digest, size) or store.bring(digest, source)


def _was_taken(root: Path, one: Kept, contents: dict[Digest, int]) -> bool:
    """Whether a file has left the inbox since it was copied, and the database knows its bytes."""
    return one.digest in contents and not os.path.lexists(root / one.path)


def _facts(copy: Path) -> dict[str, Any]:
    database = ReadOnly(copy)
    try:
        return {
            "sqlite": str(database.answer("SELECT sqlite_version()")),
            "schema": int(str(database.answer("PRAGMA user_version"))),
            "head": head_at(database),
        }
    finally:
        database.close()


def _digest(path: Path) -> Digest:
    with path.open("rb") as file:
        return digest_of(file.fileno())


def _keep_files(root: Path, store: ContentStore) -> tuple[list[Kept], list[tuple[str, int]], list[str]]:
    """The files beside the database, the folders, and what was just being written."""
    ignore_breaks()
    files, folders, left = [], [], []
    for path, status in _tree(os.fsencode(root)):
        name, mode = os.fsdecode(path), stat.S_IMODE(status.st_mode)
        if stat.S_ISDIR(status.st_mode):
            folders.append((name, mode))
            continue
        try:
            digest = _put(root, path, store)
        except (FileNotFoundError, NotRegular):
            continue  # it has been taken, and what was taken is in the database
        if digest is None:
            left.append(name)
        else:
            files.append(Kept(name, digest, status.st_size, mode))
    return files, folders, left


def _put(root: Path, path: bytes, store: ContentStore) -> Digest | None:
    with opened_in(root, path) as source, leased(source) as writers:
        before = Footprint.of(os.fstat(source))
        return (
            None
            if writers is Writers.SOME
            else store.put(source, is_unchanged=lambda: Footprint.of(os.fstat(source)) == before)
        )


def _tree(root: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    """All that is kept, each folder before what is in it, and no link."""
    waiting = [os.fsencode(name) for name in reversed(TREES)]
    while waiting:
        path = waiting.pop()
        try:
            status = os.lstat(os.path.join(root, path))
            if stat.S_ISDIR(status.st_mode):
                names = sorted(os.listdir(os.path.join(root, path)), reverse=True)
                waiting += [os.path.join(path, name) for name in names if path != _INBOX or name != RETIRED]
        except FileNotFoundError:
            continue
        if stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and not _is_passing(path)):
            yield path, status


def _is_passing(path: bytes) -> bool:
    """What the sentinel of an inbox is called looks like a passing thing."""
    return path.startswith(_INBOX) and is_passing(os.path.basename(path)) and not path.endswith(b"/.pantau-inbox")
