"""The drop folders: one for each office, and what lies in them."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from inbox.footprints import Footprint
from workflow import Office

RETIRED = b".arsip"
DRAFTS = "draft"
_NOTE = b"baca-saya.txt"

# What browsers, office programs, sync clients and file managers write beside a document; never a document itself.
_PASSING = (
    *(".*", "~$*", "~*.tmp", "*.tmp", "*.part", "*.partial", "*.filepart", "*.crdownload", "*.download"),
    *("*.pd~", "*~", "-tmp-*", "tmp_obj_*", "desktop.ini", "thumbs.db", "ehthumbs.db", "__macosx", "@eadir"),
)
_IS_PASSING = re.compile("|".join(map(fnmatch.translate, _PASSING)))


class Found(NamedTuple):
    """A file in the inbox: its path below the inbox, as bytes, and its footprint."""

    path: bytes
    footprint: Footprint


def make_drop_folders(inbox: Path, offices: Iterable[Office], note: tuple[str, str]) -> None:
    """A folder with a place for drafts and a note for the clerk, for each office that has none yet."""
    name, text = note
    for office in offices:
        folder = inbox / office.code
        (folder / DRAFTS).mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")


def files(inbox: Path) -> Iterator[Found]:
    """Every file that could be a document, at any depth. Follows no link and waits for nobody.

    Raises FileNotFoundError when the inbox itself is gone; a folder that goes meanwhile is passed over.
    """
    root, folders = os.fsencode(inbox), [b""]
    while folders:
        for path, status in _entries(root, folders.pop()):
            if stat.S_ISDIR(status.st_mode):
                folders.append(path)
            elif stat.S_ISREG(status.st_mode) and status.st_size:
                yield Found(path, Footprint.of(status))


def _entries(root: bytes, folder: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    try:
        entries = list(os.scandir(os.path.join(root, folder)))
    except OSError:
        if not folder:
            raise
        return
    for entry in entries:
        if is_passing(entry.name):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:  # gone meanwhile, or deeper than any path can tell
            continue
        yield os.path.join(folder, entry.name), status


def is_passing(name: bytes) -> bool:
    """Whether a name is that of a passing thing: a temporary, a lock, our own note or archive."""
    folded = os.fsdecode(name).casefold()
    return os.fsencode(folded) == _NOTE or _IS_PASSING.match(folded) is not None
