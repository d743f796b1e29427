"""Whether the machine gives what an inbox needs: room, events, a local disk, files of one account."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path

from inbox.mounts import file_system
from inbox.roots import Root
from workflow import Checked, attempt, judged, plain

LEAST_BYTES = 10**9
LEAST_PERCENT = 5.0
LIMITS = Path("/proc/sys/fs/inotify")
# Other programs of the account watch, too, and a queue shorter than this overflows with a few hundred files.
_SHARE = 2
_LEAST_INSTANCES = 8
_LEAST_QUEUE = 4096


class MachineCheck(StrEnum):
    """What is looked at around the workspace. Each has its sentences, in `tui.advice`."""

    LOCAL = "local disk"
    SPACE = "space"
    INODES = "inodes"
    INOTIFY = "inotify limits"
    ACCOUNT = "account"
    OWNERS = "owners"
    MODES = "modes"


def check_disks(workspace: Path, folders: Iterable[Path]) -> Iterator[Checked]:
    """That the database lies on a disk of this machine, and room on each file system that is written to."""
    system = file_system(workspace)
    yield judged(MachineCheck.LOCAL, is_well=not system.is_remote, path=plain(str(workspace)), type=system.type)
    for folder in _one_a_disk([workspace, *folders]):
        yield attempt(MachineCheck.SPACE, partial(_space, folder))
        yield attempt(MachineCheck.INODES, partial(_inodes, folder))


def _one_a_disk(folders: Iterable[Path]) -> list[Path]:
    disks: dict[int, Path] = {}
    for folder in folders:
        with suppress(OSError):  # an inbox that is away is told of elsewhere
            disks.setdefault(folder.stat().st_dev, folder)
    return list(disks.values())


def _space(folder: Path) -> Checked:
    status = os.statvfs(folder)
    free, percent = status.f_bavail * status.f_frsize, _percent(status.f_bavail, status.f_blocks)
    is_well = free >= LEAST_BYTES and percent >= LEAST_PERCENT
    return judged(MachineCheck.SPACE, is_well=is_well, path=plain(str(folder)), free=free, percent=percent)


def _inodes(folder: Path) -> Checked:
    status = os.statvfs(folder)
    percent = _percent(status.f_favail, status.f_files)
    facts = {"path": plain(str(folder)), "inodes": status.f_favail, "percent": percent}
    return judged(MachineCheck.INODES, is_well=percent >= LEAST_PERCENT, **facts)


def _percent(free: int, total: int) -> float:
    """File systems that make inodes as they need them, and some shares, count none."""
    return round(100 * free / total, 1) if total else 100.0


def check_inotify(roots: Iterable[Root], limits: Path = LIMITS) -> Iterator[Checked]:
    """The kernel's limits on events against the folders to listen to; nothing where the kernel has none."""
    if limits.is_dir():
        yield attempt(MachineCheck.INOTIFY, partial(_inotify, roots, limits))


def _inotify(roots: Iterable[Root], limits: Path) -> Checked:
    folders = sum(_folders(root.path) for root in roots if not root.file_system.is_remote)
    needed = {
        "max_user_watches": _SHARE * folders,
        "max_user_instances": _LEAST_INSTANCES,
        "max_queued_events": _LEAST_QUEUE,
    }
    given = {name: int((limits / name).read_text()) for name in needed}
    short = [f"fs.inotify.{name}={least}" for name, least in needed.items() if given[name] < least]
    return judged(MachineCheck.INOTIFY, is_well=not short, folders=folders, short=short, **given)


def _folders(path: Path) -> int:
    return sum(1 for _ in os.walk(path))


def check_owners(workspace: Path, database: Path, inboxes: Sequence[Path], uid: int) -> Iterator[Checked]:
    """Whether one account owns all, and this is it. `uid` is that of the process that asks."""
    try:
        owner = database.stat().st_uid
    except OSError:
        return  # that it is missing is told of elsewhere
    yield judged(MachineCheck.ACCOUNT, is_well=uid == owner, uid=uid, owner=owner)
    found = list(_below(workspace, frozenset(map(os.path.realpath, inboxes))))
    strange = sorted(path for path, status, is_ours in found if is_ours and status.st_uid != owner)
    yield judged(MachineCheck.OWNERS, is_well=not strange, owner=owner, files=strange)
    loose = sorted(path for path, status, _ in found if status.st_mode & stat.S_IWOTH)
    yield judged(MachineCheck.MODES, is_well=not loose, files=loose)


def _below(workspace: Path, inboxes: frozenset[str]) -> Iterator[tuple[str, os.stat_result, bool]]:
    """All of the workspace, and whether it must be ours: what lies in an inbox may belong to its sender.

    Of an inbox the folders only: what a file there may be is its sender's affair as well.
    """
    for folder, _, files in os.walk(os.path.realpath(workspace)):
        is_ours = not any(folder == inbox or folder.startswith(f"{inbox}/") for inbox in inboxes)
        for path in (folder, *(os.path.join(folder, name) for name in (files if is_ours else ()))):
            with suppress(FileNotFoundError):
                status = os.lstat(path)
                # Everybody may write a link, which means nothing.
                if not stat.S_ISLNK(status.st_mode):
                    yield plain(os.path.relpath(path, os.path.realpath(workspace))), status, is_ours
