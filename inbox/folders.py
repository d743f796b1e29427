"""The drop folders: one for each office, and what lies in them."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from inbox.answers import is_called_so
from inbox.footprints import Footprint
from inbox.holding import Hold
from workflow import Office

RETIRED = b".arsip"
TURNED_AWAY = b"dikembalikan"
RECEIPTS = b"tanda-terima"
DRAFTS = "draft"
LARGEST = 2 << 30
DEEPEST = 50
_NOTE = b"baca-saya.txt"

# What browsers, office programs, sync clients and file managers write beside a document; never a document itself.
_PASSING_FILES = (
    *(".*", "~$*", "~*.tmp", "*.tmp", "*.part", "*.partial", "*.filepart", "*.crdownload", "*.download"),
    *("*.opdownload", "*.aria2", "*.pd~", "*~", "*.swp", "*.swx", "-tmp-*", "tmp_obj_*", "desktop.ini"),
    *("thumbs.db", "ehthumbs.db", "~wrl*.tmp"),
)
_PASSING_FOLDERS = (
    *(".*", "__macosx", "@eadir", "$recycle.bin", "system volume information", "lost+found", "~snapshot", "*.part"),
    os.fsdecode(RECEIPTS),
)
_IS_PASSING_FILE = re.compile("|".join(map(fnmatch.translate, _PASSING_FILES)))
_IS_PASSING_FOLDER = re.compile("|".join(map(fnmatch.translate, _PASSING_FOLDERS)))


class Found(NamedTuple):
    """A file that could be a document: its path below the inbox, as bytes, and its footprint."""

    path: bytes
    footprint: Footprint


class Odd(NamedTuple):
    """Something else that lies there, and why it is not taken."""

    path: bytes
    footprint: Footprint
    reason: Hold


def _nobody(_office: Office) -> None:
    """On a laptop, and where files come in by a share, no office has a group here."""


def make_drop_folders(
    inbox: Path, offices: Iterable[Office], note: tuple[str, str], group_of: Callable[[Office], int | None] = _nobody
) -> None:
    """A folder with a place for drafts and a note for the clerk, for each office that has none yet.

    Where an office has a group of its own, its account may put into the folder, and take out again what it has put
    there and nothing else; what lies in `dikembalikan` is the office's to tidy, receipts are only to be read, and no
    other account enters. Raises PermissionError where whoever runs this is not of that group.
    """
    name, text = note
    for office in offices:
        folder = inbox / office.code
        (folder / DRAFTS).mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
        if (group := group_of(office)) is not None:
            _hand_over(folder, name, group)


def _hand_over(folder: Path, note: str, group: int) -> None:
    """Sticky: an account renames and deletes only what is its own. Setgid: what it puts there can be read by us."""
    returned, receipts = (folder / os.fsdecode(one) for one in (TURNED_AWAY, RECEIPTS))
    for path, mode in ((folder, 0o3770), (folder / DRAFTS, 0o3770), (returned, 0o2770), (receipts, 0o2750)):
        path.mkdir(exist_ok=True)
        _permit(path, group, mode)
    _permit(folder / note, group, 0o640)


def _permit(path: Path, group: int, mode: int) -> None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags)
    try:
        os.fchown(descriptor, -1, group)
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def files(inbox: Path) -> Iterator[Found | Odd]:
    """All that lies there, at any depth up to `DEEPEST`. Follows no link, opens nothing, waits for nobody.

    Raises FileNotFoundError when the inbox itself is gone; a folder that goes meanwhile is passed over.
    """
    root, folders = os.fsencode(inbox), [(b"", 0)]
    while folders:
        folder, depth = folders.pop()
        for path, status in _entries(root, folder):
            if not stat.S_ISDIR(status.st_mode):
                yield _classified(path, status)
            elif depth < DEEPEST:
                folders.append((path, depth + 1))
            else:
                yield Odd(path, Footprint.of(status), Hold.TOO_DEEP)


def _entries(root: bytes, folder: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    try:
        entries = list(os.scandir(os.path.join(root, folder)))
    except OSError:
        if not folder:
            raise
        return
    for entry in entries:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:  # gone meanwhile
            continue
        if not _is_ours(folder, entry.name, status):
            yield os.path.join(folder, entry.name), status


def _classified(path: bytes, status: os.stat_result) -> Found | Odd:
    footprint = Footprint.of(status)
    if not stat.S_ISREG(status.st_mode):
        return Odd(path, footprint, Hold.NOT_A_FILE)
    if is_passing(os.path.basename(path)):
        return Odd(path, footprint, Hold.PASSING)
    if not status.st_size:
        return Odd(path, footprint, Hold.EMPTY)
    if status.st_size > LARGEST:
        return Odd(path, footprint, Hold.TOO_LARGE)
    return Found(path, footprint)


def _is_ours(folder: bytes, name: bytes, status: os.stat_result) -> bool:
    """What Pantau itself put there, and folders that hold no documents.

    Of what was handed back only those are looked at that can be answered in, and the locks of editors.
    """
    if stat.S_ISDIR(status.st_mode):
        return is_handed_back(os.path.join(folder, name)) or _IS_PASSING_FOLDER.match(_folded(name)) is not None
    if is_handed_back(os.path.join(folder, name)):
        return not (is_called_so(os.fsdecode(name)) or is_passing(name))
    return _folded(name) in (os.fsdecode(_NOTE), ".pantau-inbox")


def is_handed_back(path: bytes) -> bool:
    """Whether it lies where Pantau puts what an office has to answer or to send anew."""
    return os.path.basename(os.path.dirname(path)).lower() == TURNED_AWAY


def is_passing(name: bytes) -> bool:
    """Whether a name is that of a passing thing: a temporary, or the lock of an editor."""
    return _IS_PASSING_FILE.match(_folded(name)) is not None


def is_locked(path: bytes, names: frozenset[bytes]) -> bool:
    """Whether one of the `names` beside a file is the lock of an editor that has it open.

    Word replaces the first letters of a long name (`~$tak_resi.docx`), LibreOffice writes `.~lock.NAME#`.
    """
    name = os.path.basename(path)
    return any(b"~$" + name[cut:] in names for cut in (0, 1, 2)) or b".~lock." + name + b"#" in names


def _folded(name: bytes) -> str:
    return os.fsdecode(name).casefold()
