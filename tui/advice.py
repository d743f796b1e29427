"""What the doctor says: for each check what is wrong, and what to do about it."""

from __future__ import annotations

import pwd
from collections.abc import Mapping
from datetime import tzinfo
from enum import StrEnum
from typing import NamedTuple, assert_never

from inbox import InboxCheck, MachineCheck
from tui import server_advice, words
from tui.backups import BackupCheck
from tui.language import _, many
from tui.report import shortened
from tui.server import ServerCheck
from workflow import Checked, DatabaseCheck, Severity, plain

_SHOWN = 3
_WIDTH = 60


class SettingsCheck(StrEnum):
    """What is looked at in the files that the bureau writes, beyond whether they can be read."""

    KEYS = "keys"
    PEOPLE = "people"


class Advice(NamedTuple):
    """What was looked at, what is wrong with it, and what to do; with the names of facts in braces."""

    title: str
    wrong: str
    remedy: str


def line(one: Checked, zone: tzinfo) -> str:
    """One line: shortly where all is well, else what is wrong and what to do."""
    said, facts = advice(one.check, one.severity), _shown(one.facts, zone)
    if "error" in facts:
        text = f"{said.title}: {facts['error']}. {said.remedy}"
    elif one.severity is Severity.OK:
        text = f"{said.title}: {facts['path']}" if "path" in facts else said.title
    else:
        text = f"{said.wrong} {said.remedy}".format_map(facts)
    return f"{_mark(one.severity):8} {plain(text)}"


def _mark(severity: Severity) -> str:
    match severity:
        case Severity.OK:
            return _("ok")
        case Severity.NOTE:
            return _("note")
        case Severity.FAULT:
            return _("FAULT")
        case _:
            assert_never(severity)


def _shown(facts: Mapping[str, object], zone: tzinfo) -> dict[str, str]:
    return {name: _fact(name, value, zone) for name, value in facts.items()}


def _fact(name: str, value: object, zone: tzinfo) -> str:
    """One fact as a person reads it."""
    if isinstance(value, list):
        return _listed([str(item) for item in value])
    if name == "free":
        return words.size(int(str(value)))
    if name in ("since", "looked", "at"):
        return words.moment(str(value), zone) if value else "-"
    if name in ("uid", "owner"):
        return _account(int(str(value)))
    return words.number(value, 1) if isinstance(value, float) else str(value)


def _listed(items: list[str]) -> str:
    shown = ", ".join(shortened(item, _WIDTH) for item in items[:_SHOWN]) or "-"
    more = len(items) - _SHOWN
    return shown + (many(" and {n} more", " and {n} more", more).format(n=more) if more > 0 else "")


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def advice(check: StrEnum, severity: Severity) -> Advice:
    """The sentences of a check. What is a note in one case and a fault in another has a sentence for each."""
    match check:
        case DatabaseCheck():
            return _database(check, severity)
        case MachineCheck():
            return _machine(check)
        case InboxCheck():
            return _inbox(check, severity)
        case ServerCheck():
            return Advice(*server_advice.said(check, severity))
        case BackupCheck():
            return _backup(check)
        case SettingsCheck.KEYS:
            remedy = _("Until [keys] in pantau.toml is mended, nothing of it holds.")
            return Advice(_("keys"), "{problem}", remedy)
        case SettingsCheck.PEOPLE:
            wrong = _("people.toml still lists people, and is not read any more: {names}.")
            remedy = _("Take them out of it; who there is, pantau people tells.")
            return Advice(_("people"), wrong, remedy)
        case _:
            raise TypeError(check)


def _backup(check: BackupCheck) -> Advice:
    match check:
        case BackupCheck.BACKUP:
            wrong = _("No backup of the last two days is known to be whole; the last that was made: {at}.")
            remedy = _("Make one: pantau backup FOLDER, each night by pantau-backup.timer. See docs/admin.md.")
            title = _("backup")
        case BackupCheck.REHEARSAL:
            wrong = _("That a backup comes back was not proved in the last two weeks; the last try: {at}.")
            remedy = _("Prove it: pantau rehearse FOLDER, each week by pantau-rehearse.timer.")
            title = _("rehearsal")
        case _:
            assert_never(check)
    return Advice(title, wrong, remedy)


def _database(check: DatabaseCheck, severity: Severity) -> Advice:
    backup = _("Stop the watcher, keep a copy, and put the newest backup of pantau.db in its place.")
    match check:
        case DatabaseCheck.FILE:
            return Advice(_("database file"), _("{path} is not the database of a Pantau workspace."), backup)
        case DatabaseCheck.VERSION if severity is Severity.NOTE:
            older = _("The database is of version {version}, this Pantau writes {known}.")
            return Advice(_("database version"), older, _("The next command brings it up to date."))
        case DatabaseCheck.VERSION:
            newer = _("The database is of version {version}, this Pantau knows {known}.")
            return Advice(_("database version"), newer, _("Upgrade this Pantau."))
        case DatabaseCheck.JOURNAL:
            wrong = _("The database keeps a write-ahead log, with which SQLite {sqlite} can lose records.")
            return Advice(_("journal"), wrong, _("Run: pantau status, which turns it off; or install pysqlite3."))
        case DatabaseCheck.PAGES:
            return Advice(_("database pages"), _("The database is damaged: {said}."), backup)
        case DatabaseCheck.TABLES:
            wrong = _(
                "Tables are not as Pantau made them. Missing: {missing}; not strict: {loose}; changed: {changed}."
            )
            return Advice(_("tables"), wrong, backup)
        case DatabaseCheck.TRIGGERS:
            wrong = _(
                "What guards the trail has been touched. Missing: {missing}; changed: {changed}; added: {added}."
            )
            return Advice(_("triggers"), wrong, _("Find out who has opened pantau.db by hand. ") + backup)
        case DatabaseCheck.REFERENCES:
            return Advice(_("references"), _("Rows refer to what is not there: {rows}."), backup)
        case DatabaseCheck.TRAIL:
            remedy = _("See pantau verify, and compare with a backup and with the hash on what was printed.")
            return Advice(_("trail"), _("The trail does not fit: {faults}."), remedy)
        case _:
            assert_never(check)


def _machine(check: MachineCheck) -> Advice:
    match check:
        case MachineCheck.LOCAL:
            wrong = _("{path} lies on a share ({type}), where two processes can destroy the database.")
            return Advice(_("local disk"), wrong, _("Move the workspace to a disk of this machine."))
        case MachineCheck.SPACE:
            wrong = _("The disk of {path} is almost full: {free} ({percent}%) are free.")
            return Advice(_("free space"), wrong, _("Make room. What cannot be taken waits, and is not lost."))
        case MachineCheck.INODES:
            wrong = _("The disk of {path} has room for {inodes} more files only ({percent}%).")
            return Advice(_("free inodes"), wrong, _("Remove many small files there, or move to another disk."))
        case MachineCheck.INOTIFY:
            wrong = _("The kernel hears too little for {folders} folders; it needs at least: {short}.")
            remedy = _(
                "As root, write that into /etc/sysctl.d/pantau.conf, a line for each, and run: sysctl --system"
            )
            return Advice(_("inotify limits"), wrong, remedy)
        case MachineCheck.ACCOUNT:
            remedy = _("Run Pantau as {owner} only: what another account makes may be out of its reach.")
            return Advice(_("account"), _("You are {uid}, and the workspace belongs to {owner}."), remedy)
        case MachineCheck.OWNERS:
            return Advice(_("owners"), _("Not of {owner}: {files}."), _("As root, give them to {owner} with chown."))
        case MachineCheck.MODES:
            return Advice(_("modes"), _("Everybody may write: {files}."), _("Take that away with: chmod o-w"))
        case _:
            assert_never(check)


def _inbox(check: InboxCheck, severity: Severity) -> Advice:
    restore = _("Bring them back from a backup of content/, or drop the same file again: look in .arsip.")
    restart = _("See its log, and start it again.")
    match check:
        case InboxCheck.WATCHER:
            remedy = _("Start one: pantau watch, or the screens where pantau.toml lets them.")
            return Advice(_("watcher"), _("No watcher runs."), remedy)
        case InboxCheck.HOLDER:
            wrong = _("A process holds the watch lock and does not say who it is.")
            return Advice(_("watch lock"), wrong, _("Find it with: fuser watch.lock. Then start the watcher again."))
        case InboxCheck.HEARTBEAT:
            return Advice(_("heartbeat"), _("The watcher has not looked since {looked}."), restart)
        case InboxCheck.COOKIE:
            wrong = _("Something came into the inbox, and for {seconds} seconds the watcher did not look.")
            return Advice(_("watcher looks"), wrong, restart)
        case InboxCheck.EVENTS:
            wrong = _("The watcher hears no events; it looks by the clock.")
            return Advice(_("watcher hears"), wrong, _("Its log says why; mostly a limit of the kernel is too low."))
        case InboxCheck.ROOT if severity is Severity.NOTE:
            return Advice(_("inbox"), _("{path} is new and not watched yet."), _("Start the watcher again."))
        case InboxCheck.ROOT:
            wrong = _("{path} is away, or is not the folder that it was: nothing is taken from it.")
            return Advice(_("inbox"), wrong, _("Mount it again, or put the folder with its .pantau-inbox back."))
        case InboxCheck.FILE_SYSTEM:
            wrong = _(
                "{path} lies on a share ({type}): what other machines write there is not heard, only seen later."
            )
            return Advice(_("file system"), wrong, _("It may stay so; better is a file server on this machine."))
        case InboxCheck.WRITABLE:
            wrong = _("Nothing can be put away from {path}: it may not be written.")
            return Advice(_("writable"), wrong, _("Let this account write there, or set read_only in pantau.toml."))
        case InboxCheck.OBJECTS:
            return Advice(_("contents are there"), _("Contents are missing from the store: {missing}."), restore)
        case InboxCheck.CONTENTS:
            wrong = _("Contents are not what their names say: {broken}.")
            return Advice(_("contents are whole"), wrong, restore)
        case InboxCheck.STRAYS:
            wrong = _("Contents that nothing is recorded of: {strays}.")
            return Advice(_("contents are known"), wrong, _("They may stay; they are used when they come again."))
        case InboxCheck.UNRETIRED:
            wrong = _("Arrivals whose file is neither in {path} nor put away: {arrivals}.")
            return Advice(_("put away"), wrong, _("Their contents are safe. Start the watcher again: it notes that."))
        case InboxCheck.RETAINED:
            wrong = _("Put away in {path}, and no arrival tells of it: {files}.")
            remedy = _("Mostly an older pantau.db was put back. Start the watcher again: it takes them anew.")
            return Advice(_("retained files"), wrong, remedy)
        case _:
            assert_never(check)
