"""What goes back to an office: a file that was turned away, with a note beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from inbox.folders import TURNED_AWAY


def give_back(inbox: Path, path: bytes, content: Path, note: str) -> Path:
    """Copy a content to where its sender finds it, and write the note beside it. Never writes over anything.

    That is the folder `dikembalikan` in the drop folder that the file came through; the watcher passes it over.
    """
    drop, rest, _ = path.partition(b"/")
    folder = inbox / os.fsdecode(drop if rest else b"") / os.fsdecode(TURNED_AWAY)
    folder.mkdir(parents=True, exist_ok=True)
    place = next(free for free in _names(folder, os.fsdecode(os.path.basename(path))) if not free.exists())
    with content.open("rb") as source, place.open("xb") as target:
        shutil.copyfileobj(source, target)
    place.with_name(f"{place.name}.txt").write_text(note, encoding="utf-8")
    return place


def _names(folder: Path, name: str) -> Iterator[Path]:
    stem, dot, extension = name.rpartition(".")
    yield folder / name
    for number in count(2):
        yield folder / (f"{stem} ({number}){dot}{extension}" if stem else f"{name} ({number})")
