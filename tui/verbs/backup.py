"""`pantau backup`, `restore` and `rehearse`: what is kept elsewhere, brought back, and proved to come back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from inbox import Backup, Backups, ContentStore, Origin, Proof, Restored, Unfit, back_up, prove, restore
from tui import as_json, backups, troubles
from tui.backups import Note
from tui.errors import UsageError
from tui.language import _
from tui.verbs import workspace
from tui.workspace import Workspace, now
from workflow import Database, Unavailable, plain


def run(options: Namespace) -> int:
    """Do it. 0 when all is whole, 1 when something is not."""
    with _told():
        match options.verb:
            case "backup":
                return _backup(options)
            case "restore":
                return _restore(options)
            case _:
                return _rehearse(options)


@contextmanager
def _told() -> Iterator[None]:
    """What a folder or a disk refuses is one sentence. Whatever was copied is used by the next try."""
    try:
        yield
    except Unfit as problem:
        raise UsageError(backups.unfit(problem)) from None
    except Unavailable as problem:
        raise UsageError(_("It could not be finished: {problem}.").format(problem=problem)) from None
    except OSError as problem:
        told = troubles.told(problem) if problem.filename else troubles.why(problem)
        raise UsageError(plain(_("It could not be finished: {problem}.").format(problem=told))) from None


def _backup(options: Namespace) -> int:
    if options.keep is not None and options.keep < 1:
        raise UsageError(_("At least one backup is kept: --keep 1."))
    place, kept = workspace(options), Backups(Path(options.folder))
    made = back_up(Origin(place.root, place.settings.region, version("pantau")), kept, now())
    gone = kept.keep(options.keep) if options.keep else []
    is_whole = not made.manifest.missing
    backups.note(place.backup_note, Note(made.manifest.at, made.folder.name, is_whole))
    if options.json:
        one = made.manifest
        told = {"at": one.at, "contents": one.contents, "missing": one.missing, "left": one.left, "removed": gone}
        as_json.show({"ok": is_whole, "backup": made.folder.name, "head": one.head.hash, **told})
        return 0 if is_whole else 1
    for line in backups.made(made):
        print(line)
    if gone:
        print(backups.gone(gone))
    return 0 if is_whole else 1


def _restore(options: Namespace) -> int:
    kept, into = Backups(Path(options.source)), Path(options.folder)
    chosen = kept.newest() if options.backup is None else _named(kept, options.backup)
    restored = restore(kept, chosen, into)
    proved = _proof(into, chosen)
    if options.json:
        as_json.show(backups.data(restored, proved))
    else:
        for line in backups.faults(restored, proved):
            print(line)
        print(backups.came_back(restored, proved, into))
    return 0 if backups.is_whole(restored, proved) else 1


def _named(kept: Backups, name: str) -> Backup:
    kept.newest()
    if name not in kept.names():
        told = _("There is no backup {name} in {folder}. There are: {names}")
        raise UsageError(plain(told.format(name=name, folder=kept.folder, names=", ".join(kept.names()))))
    return kept.backup(name)


def _rehearse(options: Namespace) -> int:
    """Into a place that goes when it is done; TMPDIR says where that is."""
    place, kept = workspace(options), Backups(Path(options.folder))
    began = now().isoformat(timespec="seconds")
    try:
        newest = kept.newest()
        with TemporaryDirectory(prefix="pantau-") as folder:
            restored = restore(kept, newest, Path(folder) / "restored")
            proved = _proof(Path(folder) / "restored", newest)
    except (Unfit, OSError, Unavailable, UsageError):
        backups.note(place.rehearsal_note, Note(began, "", ok=False))
        raise
    is_whole = backups.is_whole(restored, proved)
    backups.note(place.rehearsal_note, Note(began, newest.folder.name, is_whole))
    _tell(restored, proved, options)
    return 0 if is_whole else 1


def _tell(restored: Restored, proved: Proof, options: Namespace) -> None:
    if options.json:
        as_json.show(backups.data(restored, proved))
        return
    for line in backups.faults(restored, proved):
        print(line, file=sys.stderr)
    print(backups.rehearsed(restored, proved))


def _proof(into: Path, backup: Backup) -> Proof:
    """What the restored workspace itself says, opened as any command opens it."""
    place = Workspace(into)
    database: Database = place.open_database()
    try:
        noted = [backup.manifest.head.hash] if backup.manifest.head.hash else []
        return prove(database, ContentStore(place.content), noted)
    finally:
        database.close()
