"""`pantau people add`, `change`, `suspend`, `resume`, `end` and `key`: who there is, and by which keys they come."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tui import as_json, enrolling, moments, report, troubles, words
from tui.errors import UsageError
from tui.language import _, many
from tui.session import Session
from tui.verbs import session
from workflow import Actor, Enrolment, PublicKey, Role, plain, read_public_key

_LONGEST = 1 << 16  # bytes; what has more is no key
_NO_DAY = "-"


def run(options: Namespace) -> int:
    """Change what was asked for, and show the person as they are now."""
    asked = session(options)
    before = () if asked.personnel.is_recorded else asked.personnel.all()
    _CHANGES[options.what](asked, options)
    if before:
        told = many(
            "{n} person of people.toml is recorded now; the file is not read any more, and can go.",
            "{n} people of people.toml are recorded now; the file is not read any more, and can go.",
            len(before),
        )
        print(told.format(n=len(before)), file=sys.stderr)
    return _show(asked, asked.personnel.person(options.name), options)


def _add(asked: Session, options: Namespace) -> None:
    role = Role(options.role)
    person = Actor(options.name, role, _unit(asked, role, options) or "")
    key = _key(options.key) if options.key else None
    days = {"begins": _day(options.begins), "ends": _day(options.ends)}
    asked.personnel.add(asked.actor, person, key, **days, note=options.note)


def _change(asked: Session, options: Namespace) -> None:
    was = asked.personnel.person(options.name)
    role = Role(options.role) if options.role else was.role
    unit = _unit(asked, role, options)
    what: dict[str, Any] = {"role": role}
    if unit is not None:
        what["unit"] = unit
    elif Role.OFFICE in (role, was.role) and role is not was.role:
        what["unit"] = ""  # that of an office means nothing to the bureau, nor the other way round
    said = {"begins": options.begins, "ends": options.ends}
    what |= {name: _day(text) for name, text in said.items() if text is not None}
    asked.personnel.change(asked.actor, options.name, options.note, **what)


def _suspend(asked: Session, options: Namespace) -> None:
    asked.personnel.suspend(asked.actor, options.name, options.note)


def _resume(asked: Session, options: Namespace) -> None:
    asked.personnel.resume(asked.actor, options.name, options.note)


def _end(asked: Session, options: Namespace) -> None:
    asked.personnel.end(asked.actor, options.name, options.note, _day(options.ends))


def _change_key(asked: Session, options: Namespace) -> None:
    known, by, name = asked.personnel, asked.actor, options.name
    match options.how:
        case "add":
            known.give_key(by, name, _key(options.key), options.note)
        case "replace":
            known.replace_key(by, name, _key(options.key), options.old, options.note)
        case _:
            known.revoke_key(by, name, options.old, options.note)


_CHANGES: Mapping[str, Callable[[Session, Namespace], None]] = {
    "add": _add,
    "change": _change,
    "suspend": _suspend,
    "resume": _resume,
    "end": _end,
    "key": _change_key,
}


def _unit(asked: Session, role: Role, options: Namespace) -> str | None:
    """The office of an office's people, the unit of all others; None where nothing is said of it."""
    if (options.unit is not None and role is Role.OFFICE) or (options.office is not None and role is not Role.OFFICE):
        raise UsageError(_("An office's people are of an --office, all others of a --unit."))
    return options.unit if options.office is None else asked.register.office(options.office).code


def _day(text: str | None) -> date | None:
    return None if text in (None, _NO_DAY) else moments.day(text)


def _key(name: str) -> PublicKey:
    """The key in a file, or on the input. Raises UsageError or Unfit."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_LONGEST)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_LONGEST)
    except OSError as problem:
        told = _("{file} cannot be read: {problem}")
        raise UsageError(told.format(file=plain(name), problem=troubles.why(problem))) from None
    return read_public_key(data.decode(errors="replace"))


def _show(asked: Session, one: Enrolment, options: Namespace) -> int:
    keys = asked.personnel.keys(one.name)
    used = [enrolling.last_use(asked.database, it) for it in keys]
    today, zone = asked.today(), asked.workspace.zone
    if options.json:
        listed = [enrolling.key_data(*pair) for pair in zip(keys, used, strict=True)]
        known = {"name": one.name, "role": one.role, "unit": one.unit}
        as_json.show({**known, **enrolling.as_data(one, today), "keys": listed})
        return 0
    for line in report.table([(one.name, words.role(one.role), one.unit, enrolling.standing(one, today))]):
        print(line.rstrip())
    for it, when in zip(keys, used, strict=True):
        print(enrolling.key(it, when, zone))
    return 0
