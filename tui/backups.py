"""Backups in words, and the note in the workspace of when the last was made and the last was rehearsed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, assert_never

from inbox import Backup, Obstacle, Proof, Restored, Unfit, write_durably
from tui import proof, words
from tui.language import _, many
from tui.workspace import Workspace
from workflow import Checked, Severity, plain

# A backup is made each night, a rehearsal each week: one may fail before somebody is told.
BACKUP_WITHIN = timedelta(days=2)
REHEARSAL_WITHIN = timedelta(days=15)
_SHOWN = 3


class BackupCheck(StrEnum):
    """What is looked at of the backups. Each has its sentences, in `tui.advice`."""

    BACKUP = "backup"
    REHEARSAL = "rehearsal"


class Note(NamedTuple):
    """When something was done last (UTC), with which backup, and whether all of it was whole."""

    at: str
    name: str
    ok: bool


def last(path: Path) -> Note | None:
    """What was noted last; None where nothing was, or where nobody can tell."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        datetime.fromisoformat(said["at"])
        return Note(str(said["at"]), str(said["name"]), bool(said["ok"]))
    except (OSError, KeyError, TypeError, ValueError):
        return None


def note(path: Path, value: Note) -> None:
    """Note it, for whoever asks later."""
    write_durably(path, json.dumps(value._asdict()))


def check_backups(place: Workspace, now: datetime) -> Iterator[Checked]:
    """When the last was made and rehearsed. Where no service watches, it is for the person to know."""
    is_service, made = place.settings.watch == "service", last(place.backup_note)
    yield _judged(BackupCheck.BACKUP, made, now - BACKUP_WITHIN, is_service=is_service)
    if made is None:
        return  # there is nothing that could be rehearsed
    yield _judged(BackupCheck.REHEARSAL, last(place.rehearsal_note), now - REHEARSAL_WITHIN, is_service=is_service)


def _judged(check: BackupCheck, done: Note | None, since: datetime, *, is_service: bool) -> Checked:
    if done is None:
        return Checked(check, Severity.NOTE, {"at": ""})
    if done.ok and datetime.fromisoformat(done.at) >= since:
        return Checked(check, Severity.OK, {"at": done.at})
    return Checked(check, Severity.FAULT if is_service else Severity.NOTE, {"at": done.at, "ok": done.ok})


def unfit(problem: Unfit) -> str:
    """Why a folder cannot be used so, and what could be done."""
    facts = {name: words.size(value) if isinstance(value, int) else value for name, value in problem.facts.items()}
    return plain(_unfit(problem.why).format(path=problem.path, **facts))


def _unfit(why: Obstacle) -> str:
    match why:
        case Obstacle.FILE:
            return _("{path} is a file, not a folder.")
        case Obstacle.INSIDE:
            return _("{path} lies in the workspace, or the workspace in it: a backup belongs on another disk.")
        case Obstacle.STRANGE:
            return _("{path} holds something else already. Name a new or empty folder for the backups.")
        case Obstacle.ANOTHER:
            return _("{path} holds the backups of another workspace: {region}. Name another folder.")
        case Obstacle.BUSY:
            return _("Another backup is being made in {path} just now.")
        case Obstacle.NONE:
            return _("There is no backup in {path}.")
        case Obstacle.NEWER:
            return _("{path} was written by a newer Pantau. Upgrade this one first.")
        case Obstacle.DAMAGED:
            return _("{path} is not what was written there. Use an older backup: --backup NAME.")
        case Obstacle.TAKEN:
            return _("{path} is not empty. A backup is brought back into a new or empty folder only.")
        case Obstacle.FULL:
            return _("{path} has room for {free}; {needs} are needed.")
        case _:
            assert_never(why)


def made(backup: Backup) -> Iterator[str]:
    """What a backup holds, and what it could not hold."""
    one = backup.manifest
    told = _("Backup {name}: {contents} contents, {files} files beside them, {size}; head {head}.")
    yield told.format(
        name=backup.folder.name,
        head=one.head.hash[:12] or "-",
        contents=words.number(one.contents),
        size=words.size(backup.needs),
        files=words.number(len(one.files)),
    )
    if one.missing:
        sentence = many(
            "{n} content is not whole in the workspace, and is in no backup unless an older one has it: {names}.",
            "{n} contents are not whole in the workspace, and in no backup unless an older one has them: {names}.",
            len(one.missing),
        )
        yield sentence.format(n=words.number(len(one.missing)), names=_some(one.missing))
    if one.left:
        sentence = many(
            "{n} file was just being written, and is left to the next backup: {names}.",
            "{n} files were just being written, and are left to the next backup: {names}.",
            len(one.left),
        )
        yield plain(sentence.format(n=words.number(len(one.left)), names=_some(one.left)))


def gone(names: list[str]) -> str:
    """Which older ones were let go of."""
    return many(
        "{n} older backup was removed: {names}.", "{n} older backups were removed: {names}.", len(names)
    ).format(n=words.number(len(names)), names=_some(names))


def faults(restored: Restored, proved: Proof) -> Iterator[str]:
    """What is not as it was, one line each."""
    for name in restored.lost:
        told = _(
            "{name} is missing in the backup, or damaged there. Remove it there; the next backup copies it anew."
        )
        yield plain(told.format(name=name))
    yield from (plain(proof.fault(fault)) for fault in proved.verdict.faults)
    for digest in proved.broken:
        if digest not in restored.lost:
            yield _("content {digest} is missing or not what its name says").format(digest=digest)
    for number in proved.receipts:
        yield _("receipt {number}: its content is not there, or the trail never had its head").format(number=number)


def came_back(restored: Restored, proved: Proof, into: Path) -> str:
    """One line: what was brought back, of when, and whether it is whole."""
    told = _("Backup {name} is restored into {folder}: {records} records, {contents} contents, head {head}.")
    return plain(told.format(folder=into, **_numbers(restored, proved))) + " " + _verdict(restored, proved)


def rehearsed(restored: Restored, proved: Proof) -> str:
    """One line: whether last night's backup could be restored."""
    told = _("Backup {name} was restored and proved: {records} records, {contents} contents, head {head}.")
    return told.format(**_numbers(restored, proved)) + " " + _verdict(restored, proved)


def _numbers(restored: Restored, proved: Proof) -> dict[str, str]:
    return {
        "name": restored.backup.folder.name,
        "records": words.number(proved.verdict.records),
        "contents": words.number(restored.contents),
        "head": (proved.verdict.head or "-")[:12],
    }


def _verdict(restored: Restored, proved: Proof) -> str:
    if is_whole(restored, proved):
        return _("Everything is whole.")
    n = sum(1 for _fault in faults(restored, proved))
    return many("{n} thing is not as it was.", "{n} things are not as they were.", n).format(n=words.number(n))


def is_whole(restored: Restored, proved: Proof) -> bool:
    """Whether all came back, and all of it fits."""
    return proved.is_well and not restored.lost


def data(restored: Restored, proved: Proof) -> dict[str, Any]:
    """The same for `--json`."""
    return {
        "ok": is_whole(restored, proved),
        "backup": restored.backup.folder.name,
        "at": restored.backup.manifest.at,
        "records": proved.verdict.records,
        "head": proved.verdict.head,
        "contents": restored.contents,
        "faults": list(faults(restored, proved)),
    }


def _some(names: tuple[str, ...] | list[str]) -> str:
    more = len(names) - _SHOWN
    rest = many(" and {n} more", " and {n} more", more).format(n=more) if more > 0 else ""
    return ", ".join(names[:_SHOWN]) + rest
