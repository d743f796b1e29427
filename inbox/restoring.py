"""A backup brought back into an empty place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from inbox.backups import DATABASE, Backup, Backups, Kept, Obstacle, Unfit
from inbox.contents import ContentStore, digest_of, sync_folder
from workflow import SCHEMA_VERSION, Digest, settle_database

# What a place is known by in which a restore was stopped.
_BEGUN = ".restoring"


class Restored(NamedTuple):
    """What was brought back, and what the backup had lost: contents by their digest, files by their path."""

    backup: Backup
    contents: int
    lost: tuple[str, ...]


def restore(backups: Backups, backup: Backup, into: Path) -> Restored:
    """Bring back all of it. Stopped at any moment, doing it again goes on. Raises Unfit, OSError or Unavailable.

    The settings come last, so that no half of a workspace is taken for one.
    """
    _check(backup, into)
    into.mkdir(mode=0o750, parents=True, exist_ok=True)
    (into / _BEGUN).touch(mode=0o600)
    store, contents = ContentStore(into / "content"), backup.contents()
    (into / "content").mkdir(exist_ok=True)
    missing = [digest for digest, size in contents.items() if not _has(store, backups.store, digest, size)]
    settle_database(backup.database, into / DATABASE)
    for path, mode in backup.manifest.folders:
        (into / path).mkdir(exist_ok=True)
        (into / path).chmod(mode | 0o700)
    lost = list(_bring_files(backup.manifest.files, backups.store, into))
    (into / _BEGUN).unlink()
    sync_folder(into)
    return Restored(backup, len(contents) - len(missing), (*missing, *lost))


def _check(backup: Backup, into: Path) -> None:
    if backup.manifest.schema > SCHEMA_VERSION:
        raise Unfit(Obstacle.NEWER, backup.folder)
    if into.exists() and not into.is_dir():
        raise Unfit(Obstacle.FILE, into)
    there = {path.name for path in into.iterdir()} if into.exists() else set()
    if there - {"lost+found"} and _BEGUN not in there:
        raise Unfit(Obstacle.TAKEN, into)
    with backup.database.open("rb") as file:
        if digest_of(file.fileno()) != backup.manifest.database:
            raise Unfit(Obstacle.DAMAGED, backup.database)
    free = shutil.disk_usage(next(path for path in (into, *into.absolute().parents) if path.exists())).free
    if _BEGUN not in there and free < backup.needs:
        raise Unfit(Obstacle.FULL, into, needs=backup.needs, free=free)


def _has(store: ContentStore, source: ContentStore, digest: Digest, size: int) -> bool:
    return store.has(digest, size) or store.bring(digest, source)


def _bring_files(files: tuple[Kept, ...], store: ContentStore, into: Path) -> Iterator[str]:
    """Write each file; yield those that are not there, or not what they were."""
    for one in files:
        new = into / f"{one.path}.restoring"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            is_whole = store.copy(one.digest, descriptor)
            os.fchmod(descriptor, one.mode)
            os.fsync(descriptor)
        except FileNotFoundError:
            is_whole = False
        finally:
            os.close(descriptor)
        if is_whole:
            new.replace(into / one.path)
        else:
            new.unlink()
            yield one.path
