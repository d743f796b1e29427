"""What a machine has to be so that Pantau can serve on it: facts, and a row for each thing that is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from tui.backups import BACKUP_WITHIN, REHEARSAL_WITHIN, Note
from workflow import Checked, Severity

ACCOUNT = "pantau"
PROGRAM = "/opt/pantau/bin/pantau"
WATCHER = "pantau-watch.service"
TIMERS = ("pantau-backup.timer", "pantau-verify.timer", "pantau-rehearse.timer")
LEAST_BYTES = 5 * 10**9
# What sshd must say of the account, in the words of `sshd -T`.
_SSHD = {
    "passwordauthentication": "no",
    "kbdinteractiveauthentication": "no",
    "disableforwarding": "yes",
    "permituserrc": "no",
}
_KEYS_BY = "authorizedkeyscommand"
_LONGEST_SILENCE = 60


class ServerCheck(StrEnum):
    """What is looked at, in the order in which a server is set up. Each has its sentences, in `tui.server_advice`."""

    COMMAND = "command"
    ACCOUNT = "service account"
    WORKSPACE = "workspace"
    OWNER = "owner"
    MODE = "mode"
    SERVICE = "watch setting"
    SQLITE = "sqlite"
    PEOPLE = "people"
    SSHD = "sshd"
    KEYS = "keys of people"
    LINES = "silent lines"
    WATCHER = "watcher unit"
    TIMERS = "timers"
    BACKUP = "last backup"
    REHEARSAL = "last rehearsal"
    CLOCK = "clock"
    LOCALE = "locale"
    SPACE = "disk"


class House(NamedTuple):
    """What is known of the workspace: where it is, whose, what it is set to, and how much room is there."""

    path: Path
    owner: str
    mode: int
    watch: str
    journal: str
    sqlite: str
    people: int
    free: int
    backup: Note | None
    rehearsal: Note | None


class Server(NamedTuple):
    """What was found; None where it could not be asked, mostly for want of root."""

    command: str
    has_account: bool
    house: House | None
    encoding: str
    sshd: Mapping[str, str] | None
    units: Mapping[str, str] | None
    is_synchronised: bool | None


def checks(server: Server, now: datetime) -> Iterator[Checked]:
    """One for each row of what is looked at; what hangs on a workspace that is not there is left out."""
    yield _row(ServerCheck.COMMAND, server.command != "", command=server.command)
    yield _row(ServerCheck.ACCOUNT, server.has_account, account=ACCOUNT)
    yield _row(ServerCheck.WORKSPACE, server.house is not None, path=str(server.house.path if server.house else ""))
    if server.house is not None:
        yield from _of_the_house(server.house)
    yield from _of_sshd(server.sshd)
    yield from _of_the_units(server.units)
    if server.house is not None:
        yield _kept(ServerCheck.BACKUP, server.house.backup, now - BACKUP_WITHIN)
        yield _kept(ServerCheck.REHEARSAL, server.house.rehearsal, now - REHEARSAL_WITHIN)
    yield _row(ServerCheck.CLOCK, server.is_synchronised)
    yield _row(ServerCheck.LOCALE, server.encoding.casefold().replace("-", "") == "utf8", encoding=server.encoding)
    if server.house is not None:
        yield _row(
            ServerCheck.SPACE, server.house.free >= LEAST_BYTES, free=server.house.free, path=str(server.house.path)
        )


def _of_the_house(house: House) -> Iterator[Checked]:
    yield _row(ServerCheck.OWNER, house.owner == ACCOUNT, whose=house.owner, account=ACCOUNT, path=str(house.path))
    yield _row(ServerCheck.MODE, not house.mode & 0o027, mode=f"{house.mode:04o}", path=str(house.path))
    yield _row(ServerCheck.SERVICE, house.watch == "service", watch=house.watch)
    yield _row(ServerCheck.SQLITE, house.journal == "wal", version=house.sqlite, mode=house.journal)
    yield _row(ServerCheck.PEOPLE, house.people > 0, people=house.people)


def _of_sshd(said: Mapping[str, str] | None) -> Iterator[Checked]:
    if said is None:
        yield _row(ServerCheck.SSHD, None)
        return
    wrong = [f"{name} {said.get(name, '?')}" for name, wanted in _SSHD.items() if said.get(name) != wanted]
    yield _row(ServerCheck.SSHD, not wrong, wrong=wrong)
    files, asked = said.get("authorizedkeysfile", "none"), said.get(_KEYS_BY, "none")
    yield _row(ServerCheck.KEYS, PROGRAM in asked or files.startswith("/"), command=asked, file=files)
    silence = int(said.get("clientaliveinterval", 0)) * int(said.get("clientalivecountmax", 0))
    yield _row(ServerCheck.LINES, 0 < silence <= _LONGEST_SILENCE, seconds=silence)


def _of_the_units(states: Mapping[str, str] | None) -> Iterator[Checked]:
    if states is None:
        yield _row(ServerCheck.WATCHER, None, state="?")
        return
    state = states.get(WATCHER, "")
    yield _row(ServerCheck.WATCHER, state == "active", state=state or "?")
    idle = [name for name in TIMERS if states.get(name) != "active"]
    yield _row(ServerCheck.TIMERS, not idle, idle=idle)


def _kept(check: ServerCheck, done: Note | None, since: datetime) -> Checked:
    is_well = done is not None and done.ok and datetime.fromisoformat(done.at) >= since
    return _row(check, is_well, at=done.at if done else "")


def _row(check: ServerCheck, is_well: bool | None, **facts: object) -> Checked:
    """What cannot be told is a note: whoever asks is told how it can."""
    severity = Severity.NOTE if is_well is None else Severity.OK if is_well else Severity.FAULT
    return Checked(check, severity, facts)
