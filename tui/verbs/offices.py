"""`pantau offices`: the accounts through which offices deliver by SFTP, their folders, and whose keys open them."""

from __future__ import annotations

import pwd
import sys
from argparse import Namespace

from tui import office_accounts, people
from tui.errors import UsageError
from tui.language import _, many
from tui.verbs import workspace
from tui.workspace import Workspace, now
from workflow import Office, Presence, Register


def run(options: Namespace) -> int:
    """Print the commands that make the accounts, make the folders theirs, or print the keys of one account."""
    place = workspace(options)
    match options.what:
        case "accounts":
            return _accounts(place)
        case "folders":
            return _folders(place)
        case _:
            return _keys(place, options.account)


def _accounts(place: Workspace) -> int:
    service = pwd.getpwuid(place.database.stat().st_uid).pw_name
    for line in office_accounts.script(_offices(place), place.inbox, service):
        print(line)
    print(_("Then, as {service}: pantau offices folders").format(service=service), file=sys.stderr)
    return 0


def _folders(place: Workspace) -> int:
    database = place.open_database()
    try:
        place.make_drop_folders(Register(database, now))
    except PermissionError as problem:
        told = _("{file} cannot be handed to its office: {account} has to be the owner, and in the office's group.")
        own = pwd.getpwuid(place.database.stat().st_uid).pw_name
        raise UsageError(told.format(file=problem.filename or place.inbox, account=own)) from None
    finally:
        database.close()
    those = [one for one in _offices(place) if office_accounts.group_of(one) is not None]
    told = many(
        "{n} office has a folder that only its account enters.",
        "{n} offices have a folder that only their accounts enter.",
        len(those),
    )
    print(told.format(n=len(those)))
    return 0


def _keys(place: Workspace, account: str | None) -> int:
    """For sshd, which asks for each connection: nothing where nobody may come."""
    office, database = office_accounts.office_of(account or ""), place.open_database()
    try:
        known = people.personnel(place, database, now)
        today = known.today()
        for one in known.all():
            if office_accounts.is_of(one.person, office) and one.presence(today) is Presence.ACTIVE:
                for line in office_accounts.key_lines(known.keys(one.name)):
                    print(line)
    finally:
        database.close()
    return 0


def _offices(place: Workspace) -> list[Office]:
    database = place.open_database()
    try:
        return Register(database, now).offices()
    finally:
        database.close()
