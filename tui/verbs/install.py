"""`pantau install --check`: what is missing on this machine for a server, and the next step for each."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path

from tui import advice, as_json, backups, people
from tui.errors import UsageError
from tui.language import _, many
from tui.server import ACCOUNT, TIMERS, WATCHER, House, Server, checks
from tui.workspace import Workspace, find, now
from workflow import ReadOnly

_PATH = f"{os.defpath}:/usr/local/bin:/usr/local/sbin:/usr/sbin:/sbin"
_SECONDS = 10.0


def run(options: Namespace) -> int:
    """One line for each. 0 when nothing is missing, 1 when something is."""
    if not options.check:
        raise UsageError(
            _("This command installs nothing, it looks: pantau install --check. How to is in docs/admin.md.")
        )
    place = _place(options)
    found = list(checks(_server(place), now()))
    missing = sum(not one.is_ok for one in found)
    if options.json:
        told = [{"check": one.check, "severity": one.severity, "facts": one.facts} for one in found]
        as_json.show({"ok": not missing, "checks": told})
        return 1 if missing else 0
    for one in found:
        print(advice.line(one, place.zone if place else UTC))
    if missing:
        print(many("{n} thing is missing.", "{n} things are missing.", missing).format(n=missing))
    else:
        print(_("Nothing is missing."))
    return 1 if missing else 0


def _place(options: Namespace) -> Workspace | None:
    try:
        return find(options.workspace, os.environ, Path.cwd())
    except UsageError:
        return None


def _server(place: Workspace | None) -> Server:
    return Server(
        command=shutil.which("pantau", path=_PATH) or "",
        has_account=_has_account(),
        house=_house(place) if place is not None and place.database.is_file() else None,
        encoding=sys.getfilesystemencoding(),
        sshd=_sshd(),
        units=_units(),
        is_synchronised=_is_synchronised(),
    )


def _has_account() -> bool:
    try:
        return pwd.getpwnam(ACCOUNT).pw_uid >= 0
    except KeyError:
        return False


def _house(place: Workspace) -> House:
    status = place.root.stat()
    database = ReadOnly(place.database)
    try:
        facts = [str(database.answer(what)) for what in ("PRAGMA journal_mode", "SELECT sqlite_version()")]
        listed = people.personnel(place, database, now)
        admitted = {one.name for one, _key in listed.admitted()}
    finally:
        database.close()
    return House(
        path=place.root,
        owner=_account(status.st_uid),
        mode=stat.S_IMODE(status.st_mode),
        watch=place.settings.watch,
        journal=facts[0],
        sqlite=facts[1],
        people=len(admitted),
        free=shutil.disk_usage(place.root).free,
        backup=backups.last(place.backup_note),
        rehearsal=backups.last(place.rehearsal_note),
    )


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _sshd() -> Mapping[str, str] | None:
    """What sshd would do with somebody who comes to the account; only root is told."""
    said = _asked("sshd", "-T", "-C", f"user={ACCOUNT},host=localhost,addr=127.0.0.1")
    pairs = (line.partition(" ") for line in said.splitlines())
    return {name.casefold(): value for name, _blank, value in pairs} or None


def _units() -> Mapping[str, str] | None:
    """How each unit is; None where no systemd answers."""
    names = (WATCHER, *TIMERS)
    states = _asked("systemctl", "is-active", *names).split()
    return dict(zip(names, states, strict=True)) if len(states) == len(names) else None


def _is_synchronised() -> bool | None:
    """Whether the clock is kept right; that of a container is its host's affair."""
    if _asked("systemd-detect-virt", "--container").strip() not in ("", "none"):
        return None
    said = _asked("timedatectl", "show", "--property", "NTPSynchronized", "--value").strip()
    return {"yes": True, "no": False}.get(said)


def _asked(program: str, *arguments: str) -> str:
    """What a program of the system answers; nothing where it is not there, or does not answer."""
    path = shutil.which(program, path=_PATH)
    if path is None:
        return ""
    try:
        done = subprocess.run(
            [path, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
