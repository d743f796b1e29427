"""Who the people are: those who are enrolled, or those of `catalogue/people.toml` as long as nobody is."""

from __future__ import annotations

import os
import pwd
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from tui import troubles
from tui.errors import UsageError
from tui.language import _
from tui.workspace import Workspace, now
from workflow import Actor, Database, Enrolment, Personnel, Presence, Role, Unknown, likely, plain

if TYPE_CHECKING:
    from tui.refusals import People


def personnel(place: Workspace, database: Database, clock: Callable[[], datetime]) -> Personnel:
    """The people of a workspace. Asking for them raises UsageError where people.toml counts, and is wrong."""
    return Personnel(database, clock, place.zone, lambda: read_people(place.people).values())


def present(place: Workspace) -> People:
    """Those who may act in a workspace today. Raises UsageError or WorkflowError."""
    database = place.open_database()
    try:
        return personnel(place, database, now).present()
    finally:
        database.close()


def read_people(path: Path) -> People:
    """All who are listed, by name. Raises UsageError naming the entry that is wrong."""
    if not path.is_file():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("person", [])
        if not isinstance(entries, list):
            raise ValueError("person")
        people = [_person(entry) for entry in entries]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as problem:
        sentence = _("{file} cannot be used: {problem}. Each [[person]] has a name and a role: {roles}.")
        roles = ", ".join(Role)
        raise UsageError(sentence.format(file=path.name, problem=troubles.why(problem), roles=roles)) from problem
    names = [normalize("NFKC", actor.name).casefold().strip() for actor in people]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        # Two spellings of one name would be two pairs of eyes.
        raise UsageError(_("{file} lists {name} twice.").format(file=path.name, name=twice))
    return {actor.name: actor for actor in people}


def stamp(path: Path) -> tuple[int, int]:
    """What is another when the file was changed."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _person(entry: dict[str, Any]) -> Actor:
    name, role, unit = entry["name"], entry["role"], entry.get("unit", "")
    if not isinstance(name, str) or not name.strip() or plain(name) != name:
        raise ValueError(f"name = {plain(str(name))}")
    if role not in list(Role):
        raise ValueError(f"role = {plain(str(role))}")
    if not isinstance(unit, str) or plain(unit) != unit or (role == Role.OFFICE and not unit.strip()):
        # Whoever is of no office would act for none, and see all.
        raise ValueError(f"{name}: unit = {plain(str(unit)) or '?'}")
    return Actor(name, Role(role), unit)


def listed(name: str, people: People) -> Actor:
    """The person of this name. Raises Unknown with the nearest."""
    if name not in people:
        raise Unknown("person", name, likely(name, people))
    return people[name]


def identify(name: str | None, those: Iterable[Enrolment], today: date) -> Actor:
    """The actor behind `--as NAME`, or behind the account that runs this. Raises UsageError.

    That is the account of the process, not what the environment says. Whoever is not listed and can open the files is
    the administrator: on a laptop, the person who runs it.
    """
    found = {one.name: one for one in those}
    own = pwd.getpwuid(os.geteuid()).pw_name if name is None else name
    if name is None and own not in found:
        return Actor(own, Role.ADMINISTRATOR)
    if own not in found:
        raise UsageError(_("Nobody called {name} is listed here.").format(name=plain(own)))
    match found[own].presence(today):
        case Presence.ACTIVE:
            return found[own].person
        case Presence.NOT_BEGUN:
            raise UsageError(_("{name} has not begun here yet.").format(name=own))
        case Presence.ENDED:
            raise UsageError(_("{name} is not at work here any more.").format(name=own))
        case Presence.SUSPENDED:
            raise UsageError(_("{name} is suspended; ask the administrator.").format(name=own))


def came_by(environment: Mapping[str, str]) -> str:
    """The terminal, the address and the key that a person comes from: `pts/3 192.0.2.7 key:Yd3kq0cF2mZx`.

    A remark in the trail, and no more: whoever starts the process can say in the environment what they like, so that
    none of it says who somebody is. PANTAU_KEY is the fingerprint of a key, where its forced command sets it.
    """
    address = environment.get("SSH_CONNECTION", "").partition(" ")[0]
    key = environment.get("PANTAU_KEY", "").strip()
    parts = (_terminal(), address[:39], key and mark(key))
    return plain(" ".join(filter(None, parts)))


def mark(fingerprint: str) -> str:
    """What stands in the trail for a key."""
    return f"key:{fingerprint.removeprefix('SHA256:')[:12]}"


def _terminal() -> str:
    try:
        return os.ttyname(0).removeprefix("/dev/")[:16]
    except OSError:  # a pipe, or nothing at all
        return ""
