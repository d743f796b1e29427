"""`pantau doctor`: check that everything is in order, and say what to do where it is not."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress

from inbox import (
    WatchLock,
    check_disks,
    check_inotify,
    check_owners,
    check_roots,
    check_store,
    check_watcher,
)
from tui import advice, as_json, people
from tui.advice import SettingsCheck
from tui.backups import check_backups
from tui.errors import UsageError
from tui.language import _, many
from tui.screens import keymap
from tui.verbs import workspace
from tui.workspace import Workspace, now
from workflow import Checked, Database, DatabaseCheck, ReadOnly, Severity, check_database, judged


def run(options: Namespace) -> int:
    """One line for each check as it is made. 0 when nothing has to be mended, 1 when something has."""
    place = workspace(options)
    found: list[Checked] = []
    for one in _checks(place, is_quick=options.quick):
        found.append(one)
        if not options.json:
            print(advice.line(one, place.zone), flush=True)
    faults = sum(not one.is_ok for one in found)
    if options.json:
        as_json.show({"ok": not faults, "checks": [_data(one) for one in found]})
    elif faults:
        print(many("{n} thing has to be mended.", "{n} things have to be mended.", faults).format(n=faults))
    else:
        print(_("Everything is in order."))
    return 1 if faults else 0


def _checks(place: Workspace, *, is_quick: bool) -> Iterator[Checked]:
    yield _of_the_keys(place)
    roots = place.roots()
    folders = [root.path for root in roots]
    yield from check_owners(place.root, place.database, folders, os.geteuid())
    yield from check_disks(place.root, [place.content, *folders])
    yield from check_inotify(roots)
    yield from _of_the_database(place, is_quick=is_quick)
    cookie_in = None if is_quick else place.inbox
    is_expected = place.settings.watch == "service"
    yield from check_backups(place, now())
    yield from check_watcher(WatchLock(place.watch_lock), roots, now, is_expected=is_expected, cookie_in=cookie_in)


def _of_the_database(place: Workspace, *, is_quick: bool) -> Iterator[Checked]:
    found = list(check_database(place.database))
    yield from found
    if found[-1].check in (DatabaseCheck.FILE, DatabaseCheck.VERSION):
        return  # without it nothing can be compared with it
    database = ReadOnly(place.database)
    try:
        yield from check_store(place.content, database, is_quick=is_quick)
        yield from check_roots(place.roots(), database)
        yield _of_the_people(place, database)
    finally:
        database.close()


def _of_the_keys(place: Workspace) -> Checked:
    _chosen, problem = keymap.settled(place.settings.keys, {})
    return judged(SettingsCheck.KEYS, is_well=not problem, **({"problem": problem} if problem else {}))


def _of_the_people(place: Workspace, database: Database) -> Checked:
    """Whoever looks into the file would take it for what counts."""
    with suppress(UsageError):
        if people.personnel(place, database, now).is_recorded and (listed := people.read_people(place.people)):
            return Checked(SettingsCheck.PEOPLE, Severity.NOTE, {"names": ", ".join(listed)})
    return Checked(SettingsCheck.PEOPLE, Severity.OK, {})


def _data(one: Checked) -> dict[str, object]:
    return {"check": one.check, "severity": one.severity, "facts": one.facts}
