"""Who the people of the bureau are, read from `catalogue/people.toml`."""

from __future__ import annotations

import os
import pwd
import tomllib
from pathlib import Path
from typing import Any

from tui import refusals
from tui.errors import UsageError
from tui.language import _
from tui.words import People
from workflow import Actor, Role, plain


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
        raise UsageError(sentence.format(file=path.name, problem=refusals.why(problem), roles=roles)) from problem
    names = [actor.name.casefold() for actor in people]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        # Two spellings of one name would be two pairs of eyes.
        raise UsageError(_("{file} lists {name} twice.").format(file=path.name, name=twice))
    return {actor.name: actor for actor in people}


def _person(entry: dict[str, Any]) -> Actor:
    name, role, unit = entry["name"], entry["role"], entry.get("unit", "")
    if not isinstance(name, str) or not name.strip() or plain(name) != name:
        raise ValueError(f"name = {plain(str(name))}")
    if role not in list(Role):
        raise ValueError(f"role = {plain(str(role))}")
    if not isinstance(unit, str):
        raise ValueError(f"unit = {unit}")
    return Actor(name, Role(role), unit)


def identify(name: str | None, people: People) -> Actor:
    """The actor behind `--as NAME`, or behind the account that runs this.

    That is the account of the process, not what the environment says. Whoever is not listed and can open the files is
    the administrator: on a laptop, the person who runs it.
    """
    if name is None:
        own = pwd.getpwuid(os.geteuid()).pw_name
        return people.get(own, Actor(own, Role.ADMINISTRATOR))
    if name not in people:
        raise UsageError(_("Nobody called {name} is listed in catalogue/people.toml.").format(name=name))
    return people[name]
