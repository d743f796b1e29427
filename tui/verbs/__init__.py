"""One module for each verb of the command line: `run(options)` answers and returns the exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from tui import as_json, moments, report, troubles, words
from tui.commands import ABOUT_NOW, MAKING, powers
from tui.errors import UsageError
from tui.language import _
from tui.people import identify, personnel, read_people
from tui.session import Session
from tui.workspace import SETTINGS, Workspace, find, now
from workflow import Actor, Database, Enrolment, NotOurs, Obligation, Register, Unavailable, permits, plain, require

_KIND = 5  # bytes by which a PDF or a calendar is known


def workspace(options: Namespace) -> Workspace:
    """The workspace that the command is about. Raises UsageError."""
    return find(options.workspace, os.environ, Path.cwd())


def check(options: Namespace) -> None:
    """Let nobody run a verb who lacks the power that it needs. Raises Forbidden or UsageError."""
    if options.as_at and options.verb in ABOUT_NOW:
        raise UsageError(_("{verb} tells of now only: --as-at does not go with it.").format(verb=options.verb))
    # What is yet to be made has nobody listed, and is made by whoever runs this.
    place = _made(Path(options.folder or options.workspace or "")) if options.verb in MAKING else workspace(options)
    actor = _who(options, place) if place else identify(options.actor, (), now().date())
    for power in powers(options):
        require(actor, power)


def _made(folder: Path) -> Workspace | None:
    is_there = (folder / SETTINGS).is_file() and (folder / "pantau.db").is_file()
    return Workspace(folder.resolve()) if is_there else None


def _who(options: Namespace, place: Workspace) -> Actor:
    """Who asks, with whatever they may be today where their own role does not help."""
    try:
        database = place.open_database()
    except (NotOurs, Unavailable):
        if options.verb != "doctor":
            raise
        # Which says what is wrong with it.
        those = map(Enrolment.of, read_people(place.people).values())
        return identify(options.actor, those, place.today())
    try:
        known = personnel(place, database, now)
        actor = identify(options.actor, known.all(), known.today())
        lacks = options.verb not in MAKING and any(permits(actor, power) for power in powers(options))
        return Register(database, now).acting(actor) if lacks else actor
    finally:
        database.close()


def session(options: Namespace) -> Session:
    """The workspace, opened by the person who asks, as it was when they ask about. Raises UsageError."""
    found = workspace(options)
    at = moments.end_of(options.as_at, found.zone, now()) if options.as_at else None
    asked = Session(found, options.actor, at)
    if asked.database.is_copy:
        print(copied(asked.database, found), file=sys.stderr)
    return asked


def copied(database: Database, place: Workspace) -> str:
    """That it is a copy, and as of when."""
    # Not at the top: most look at the workspace itself.
    from workflow import head_at

    last = head_at(database).at
    told = _("This is a copy for reading only. Its last record is of {moment}; what came later is not in it.")
    return told.format(moment=words.moment(last, place.zone) if last else "-")


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
