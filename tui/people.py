"""Who the people of the bureau are, read from `catalogue/people.toml`."""

from __future__ import annotations

import getpass
import tomllib
from pathlib import Path

from tui.errors import UsageError
from tui.language import _
from tui.words import People
from workflow import Actor, Role


def read_people(path: Path) -> People:
    """All who are listed, by name. Raises UsageError naming the entry that is wrong."""
    if not path.is_file():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("person", [])
        people = [Actor(entry["name"], Role(entry["role"]), entry.get("unit", "")) for entry in entries]
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as problem:
        sentence = _("{file} cannot be used: {problem}. Each [[person]] has a name and a role: {roles}.")
        roles = ", ".join(Role)
        raise UsageError(sentence.format(file=path.name, problem=problem, roles=roles)) from problem
    return {actor.name: actor for actor in people}


def identify(name: str | None, people: People) -> Actor:
    """The actor behind `--as NAME`, or behind the account that runs this.

    Whoever is not listed and can open the files is the administrator: on a laptop, the person who runs it.
    """
    if name is None:
        own = getpass.getuser()
        return people.get(own, Actor(own, Role.ADMINISTRATOR))
    if name not in people:
        raise UsageError(_("Nobody called {name} is listed in catalogue/people.toml.").format(name=name))
    return people[name]
