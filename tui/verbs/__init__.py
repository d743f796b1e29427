"""One module for each verb of the command line: `run(options)` answers and returns the exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from tui import as_json, moments, report, troubles
from tui.commands import ABOUT_NOW, MAKING, powers
from tui.errors import UsageError
from tui.language import _
from tui.people import identify, read_people
from tui.session import Session
from tui.workspace import Workspace, find, now
from workflow import Obligation, Register, permits, plain, require

_KIND = 5  # bytes by which a PDF or a calendar is known


def workspace(options: Namespace) -> Workspace:
    """The workspace that the command is about. Raises UsageError."""
    return find(options.workspace, os.environ, Path.cwd())


def check(options: Namespace) -> None:
    """Let nobody run a verb who lacks the power that it needs. Raises Forbidden or UsageError."""
    if options.as_at and options.verb in ABOUT_NOW:
        raise UsageError(_("{verb} tells of now only: --as-at does not go with it.").format(verb=options.verb))
    # What is yet to be made has nobody listed, and is made by whoever runs this.
    folder = Path(options.folder or "") if options.verb in MAKING else workspace(options).root
    actor = identify(options.actor, read_people(folder / "catalogue" / "people.toml"))
    needed = [power for power in powers(options) if permits(actor, power)]
    if needed and options.verb not in MAKING:
        # Only whom their own role does not help has to be looked up among those who act for others.
        database = workspace(options).open_database()
        actor = Register(database, now).acting(actor)
        database.close()
    for power in needed:
        require(actor, power)


def session(options: Namespace) -> Session:
    """The workspace, opened by the person who asks, as it was when they ask about. Raises UsageError."""
    found = workspace(options)
    return Session(found, options.actor, moments.end_of(options.as_at, found.zone, now()) if options.as_at else None)


def answer(asked: Session, moved: Obligation, options: Namespace) -> int:
    """Print where an obligation stands after a move, and return the exit code."""
    if options.json:
        as_json.show(as_json.obligation(moved, asked.today()))
        return 0
    for line in report.obligations([moved], asked.today()):
        print(line)
    served = asked.register.sharing(moved)
    if served:
        print(_("the same file serves: {others}").format(others=report.twins(served)))
    return 0


def target(name: str, place: Workspace) -> Path:
    """Where a file may be written that somebody asked for. Raises UsageError.

    Never where the workspace keeps what is its own or takes what offices bring: it writes as the account that may.
    """
    path, kept = Path(name), (place.content, place.catalogue, *(root.path for root in place.roots()))
    if any(path.resolve().is_relative_to(one.resolve()) for one in kept):
        told = _("{file} would lie among Pantau's own files, or among those of offices. Write it somewhere else.")
        raise UsageError(told.format(file=plain(name)))
    return path


def write(data: bytes, name: str, place: Workspace) -> bool:
    """Write a file as it was asked for; False when it is `-`, the output. Raises UsageError.

    What is there already is replaced where it is of the same kind, as by next month's calendar, and only then.
    """
    if name == "-":
        sys.stdout.buffer.write(data)
        return False
    path = target(name, place)
    try:
        if path.is_file() and not _begins_alike(path, data):
            raise UsageError(_("{file} is there already and is not written over.").format(file=plain(name)))
        path.write_bytes(data)
    except OSError as problem:
        raise UsageError(
            _("{file} cannot be written: {problem}").format(file=plain(name), problem=troubles.why(problem))
        ) from None
    return True


def _begins_alike(path: Path, data: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(_KIND) == data[:_KIND]
