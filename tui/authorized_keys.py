"""A file of keys for a server whose sshd cannot ask for them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tui.errors import UsageError
from tui.key_lines import OURS
from tui.language import _
from workflow import plain

_BEGIN = "# BEGIN PANTAU. What stands between this line and the last is written anew each time."
_END = "# END PANTAU"


def check_path(path: Path) -> None:
    """Raise UsageError for a path that no line can hold."""
    if plain(str(path)) != str(path) or not path.is_absolute():
        raise UsageError(_("{path} cannot stand in a file of keys.").format(path=plain(str(path))))


def write(path: Path, lines: Iterable[str]) -> int:
    """Put the lines into a file, whole or not at all, between two marks. How many lines of others stand beside them.

    Raises UsageError where somebody has written between the marks, and OSError.
    """
    path = path.resolve()
    before, after = _others(path)
    # Beside it, as only within one file system is a name exchanged at once; nobody else reads it, as sshd demands.
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    made = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.writelines(f"{one}\n" for one in (*before, _BEGIN, *lines, _END, *after))
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except BaseException:
        made.unlink()
        raise
    _keep_name(path.parent)
    return sum(bool(one.strip()) and not one.lstrip().startswith("#") for one in (*before, *after))


def _others(path: Path) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of others before and after our own."""
    try:
        there = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except FileNotFoundError:
        return (), ()
    there = there[:-1] if there[-1] == "" else there
    marks = [place for place, one in enumerate(there) if one in (_BEGIN, _END)]
    if not marks:
        return there, ()
    if [there[place] for place in marks] != [_BEGIN, _END]:
        raise UsageError(_("{file}: the marks of Pantau are not as it made them; put them right.").format(file=path))
    begin, end = marks
    if foreign := next((one for one in there[begin + 1 : end] if not one.startswith(OURS)), None):
        told = _("{file}: Pantau has not written “{line}”, which would be lost; move it out of the marks.")
        raise UsageError(told.format(file=path, line=plain(foreign[:60])))
    return there[:begin], there[end + 1 :]


def _keep_name(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
