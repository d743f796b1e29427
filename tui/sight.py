"""Whose documents somebody may see, where that is plainly written: the short way to what a session finds out."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, date, datetime, timedelta

from tui import plain_toml
from tui.plain_toml import NotPlain

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from typing import Any

    from workflow import Database

_ROLES = frozenset({"office", "reviewer", "approver", "bureau", "leader", "auditor", "administrator"})


def within(database: Database, root: str, name: str | None, today: date) -> str | None:
    """The only office that the person, or the account that asks, may see; None for who sees all. Raises NotPlain."""
    own = pwd.getpwuid(os.geteuid()).pw_name if name is None else name
    if not own.isascii() or not own.isprintable():
        raise NotPlain
    role, unit = _enrolled(database, own, today.isoformat()) or _listed(database, root, own) or ("", "")
    if not role and name is not None:
        raise NotPlain  # somebody who is not here
    if own != unit and database.row("SELECT 1 FROM office WHERE code = ?", own):
        raise NotPlain
    if role != "office":
        return None
    # Whoever acts for others too, or did a day ago, may see more.
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    if not unit or database.row("SELECT 1 FROM mandate WHERE person = ? AND ends > ?", own, yesterday):
        raise NotPlain
    return unit


def _enrolled(database: Database, name: str, today: str) -> tuple[str, str] | None:
    query = "SELECT role, unit, begins, ends, suspended FROM enrolment WHERE name = ? ORDER BY number DESC LIMIT 1"
    row = database.row(query, name)
    if row is None:
        return None
    if row["suspended"] or today < (row["begins"] or today) or today > (row["ends"] or today):
        raise NotPlain
    return row["role"], row["unit"]


def _listed(database: Database, root: str, name: str) -> tuple[str, str] | None:
    """The person of people.toml, which counts as long as nobody is enrolled; all of it has to be in order."""
    if database.row("SELECT 1 FROM enrolment LIMIT 1"):
        return None
    try:
        entries = plain_toml.read_file(os.path.join(root, "catalogue", "people.toml")).get("person", [])
    except FileNotFoundError:
        return None
    found = {}
    for entry in entries if isinstance(entries, list) else [None]:
        person, role, unit = _person(entry)
        if person.casefold().strip() in found:
            raise NotPlain
        found[person.casefold().strip()] = (person, role, unit)
    person, role, unit = found.get(name.casefold().strip(), ("", "", ""))
    return (role, unit) if person == name else None


def _person(entry: Any) -> tuple[str, str, str]:
    if not isinstance(entry, dict):
        raise NotPlain
    name, role, unit = said = (entry.get("name", ""), entry.get("role", ""), entry.get("unit", ""))
    if not all(isinstance(one, str) and one.isascii() and one.isprintable() for one in said) or not name.strip():
        raise NotPlain
    if role not in _ROLES or (role == "office" and not unit.strip()):
        raise NotPlain
    return name, role, unit
