"""`pantau trail`: the whole trail as a file, its head, and whether a head that was noted is still in it."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from tui import as_json, proof, trail_file, troubles, words
from tui.errors import UsageError
from tui.language import _, many
from tui.session import Session
from tui.verbs import session, target
from tui.workspace import Workspace
from workflow import Power, Unknown, exported, head_at, head_with, length_since, plain, require

_HASH = re.compile(r"(?<![0-9a-z])[0-9a-f]{12,64}(?![0-9a-z])", re.ASCII | re.IGNORECASE)
_FORMS = {"jsonl": trail_file.json_lines, "csv": trail_file.comma_separated}


def run(options: Namespace) -> int:
    """Write the trail, print its head, or compare: 0, or 1 where the trail does not have the head any more."""
    asked = session(options)
    match options.what:
        case "head":
            return _head(asked, options)
        case "compare":
            return _compare(asked, options)
        case _:
            return _export(asked, options)


def said(text: str) -> str | None:
    """The hash in what was typed: the hash, its first twelve letters or more, or the line of `trail head`."""
    found = _HASH.findall(text)
    return found[-1].casefold() if found else None


def _head(asked: Session, options: Namespace) -> int:
    head = head_at(asked.database)
    if options.json:
        as_json.show(head._asdict())
    else:
        print(proof.head(head, asked.workspace.settings.region, asked.workspace.zone))
    return 0


def _compare(asked: Session, options: Namespace) -> int:
    noted = said(options.name or "")
    if noted is None:
        raise UsageError(_("Compare with which head? pantau trail compare HEAD"))
    try:
        found = head_with(asked.database, noted)
    except Unknown:
        if options.json:
            as_json.show({"head": noted, "found": False})
        else:
            told = _(
                "The trail never had the head {head}: it was changed or cut short, or the head is another trail's."
            )
            print(told.format(head=noted))
        return 1
    moves, seals = length_since(asked.database, found.number)
    if options.json:
        as_json.show({"head": noted, "found": True, **found._asdict(), "records_since": moves, "seals_since": seals})
        return 0
    told = _("Number {number} of the trail, of {moment}; since then came {records} and {seals}.")
    print(
        told.format(
            number=words.number(found.number),
            moment=words.moment(found.at, asked.workspace.zone),
            records=many("{n} record", "{n} records", moves).format(n=words.number(moves)),
            seals=many("{n} seal", "{n} seals", seals).format(n=words.number(seals)),
        )
    )
    print(_("That all between is whole, pantau verify --head proves."))
    return 0


def _export(asked: Session, options: Namespace) -> int:
    require(asked.actor, Power.EXPORT)
    if options.as_at:
        raise UsageError(_("{verb} tells of now only: --as-at does not go with it.").format(verb="trail export"))
    name = options.name or ""
    kind = options.format or Path(name).suffix.removeprefix(".").casefold()
    if not name or kind not in _FORMS:
        raise UsageError(_("Into which file? pantau trail export FILE.jsonl, FILE.csv, or - with --format"))
    _write(_FORMS[kind](exported(asked.database)), name, asked.workspace)
    return 0


def _write(lines: Iterable[bytes], name: str, place: Workspace) -> None:
    if name == "-":
        sys.stdout.buffer.writelines(lines)
        return
    try:
        with target(name, place).open("xb") as file:
            file.writelines(lines)
    except FileExistsError:
        raise UsageError(_("{file} is there already and is not written over.").format(file=plain(name))) from None
    except OSError as problem:
        raise UsageError(
            _("{file} cannot be written: {problem}").format(file=name, problem=troubles.why(problem))
        ) from None
    print(_("{file} is written.").format(file=plain(name)), file=sys.stderr)
