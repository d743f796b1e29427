"""`pantau authorized-keys`: what sshd is told of the keys of people."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from tui import authorized_keys, key_lines
from tui.errors import UsageError
from tui.language import _, many
from tui.people import personnel
from tui.verbs import target, workspace
from tui.workspace import Workspace, now


def run(options: Namespace) -> int:
    """Print or write the lines of everybody who may come in, or of the one key that somebody comes with."""
    place = workspace(options)
    command = _command(options)
    for path in (command, place.root):
        authorized_keys.check_path(path)
    ways = str(command), str(place.root)
    database = place.open_database()
    try:
        known = personnel(place, database, now)
        if options.type is None:
            found = ((key[:2], key.fingerprint, one.name, one.ends) for one, key in known.admitted())
            lines = [key_lines.line(*one, *ways) for one in found]
        else:
            told = key_lines.asked(database, options.type, options.blob or "", known.today(), *ways)
            lines = [told] * bool(told)
    finally:
        database.close()
    if options.write:
        return _write(options.write, lines, place)
    for line in lines:
        print(line)
    return 0


def _command(options: Namespace) -> Path:
    """The program that a key runs: the one that is asked for, or that of this installation. Raises UsageError."""
    if options.command:
        return Path(options.command)
    own = Path(sys.executable).with_name("pantau")
    if not own.is_file():
        raise UsageError(_("Where is the program pantau that a key shall run? --command PATH"))
    return own


def _write(name: str, lines: list[str], place: Workspace) -> int:
    others = authorized_keys.write(target(name, place), lines)
    told = many("{file}: {n} key of Pantau is written.", "{file}: {n} keys of Pantau are written.", len(lines))
    print(told.format(file=name, n=len(lines)), file=sys.stderr)
    if others:
        told = many(
            "{n} line that is not of Pantau stands there too; whoever has its key may do what it says.",
            "{n} lines that are not of Pantau stand there too; whoever has their keys may do what they say.",
            others,
        )
        print(told.format(n=others), file=sys.stderr)
    return 0
