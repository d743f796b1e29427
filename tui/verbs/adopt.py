"""`pantau adopt`: take over the files of past years, as a person has looked them through in a table."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path
from shlex import quote
from typing import Any

from inbox import (
    Adoption,
    Archive,
    Left,
    Outcome,
    Part,
    Plan,
    Planner,
    Proposal,
    Proposer,
    TextReader,
    Wanted,
    Wrong,
    clamd,
    no_scanner,
)
from tui import as_json, survey, tables, words
from tui.errors import UsageError
from tui.language import _
from tui.progress import along
from tui.session import Session
from tui.verbs import session, target
from tui.workspace import now
from workflow import plain


def run(options: Namespace) -> int:
    """Write the table of what lies there, or take what a table says to take."""
    asked = session(options)
    folder = _folder(Path(options.folder), asked)
    if options.apply:
        return _apply(asked, Archive(folder), Path(options.apply), options)
    return _propose(asked, folder, options)


def _folder(named: Path, asked: Session) -> Path:
    """Raises UsageError for what is no folder, and for one that Pantau itself writes into."""
    if not named.is_dir():
        raise UsageError(_("{path} is not a folder.").format(path=named))
    folder, own = named.resolve(), asked.workspace.root
    if folder.is_relative_to(own) or own.is_relative_to(folder):
        raise UsageError(
            _("{path} and the workspace lie one within the other; adopt another folder.").format(path=named)
        )
    return folder


def _propose(asked: Session, folder: Path, options: Namespace) -> int:
    table = target(options.table or _("adoption.csv"), asked.workspace)
    tables.check_new(table)
    if table.resolve().is_relative_to(folder):
        sentence = _("{path} would lie among the files; nothing is written there. Name another one with --table.")
        raise UsageError(sentence.format(path=table))
    archive, reader = Archive(folder), TextReader()
    found, odd = archive.files()
    place = asked.workspace
    proposer = Proposer(
        *(archive, asked.register, place.read_catalogue(), reader, place.zone), place.settings.confidence
    )
    proposals: list[Proposal] = []
    try:
        for one in along(found, _("reading")):
            read = proposer.propose(one)
            if isinstance(read, Proposal):
                proposals.append(read)
            else:
                odd.append(read)
    finally:
        reader.close()
    offices = asked.register.offices()
    tables.write_table(table, list(survey.lines(proposals)), offices, asked.register.requirements())
    if options.json:
        as_json.show({"table": table, **survey.data(proposals, odd)})
        return 0
    for line in survey.report(proposals, odd, offices):
        print(line)
    sentence = _("Look through {table}, then: pantau adopt {folder} --apply {table}")
    print(sentence.format(table=quote(str(table)), folder=quote(plain(options.folder))))
    return 0


def _apply(asked: Session, archive: Archive, path: Path, options: Namespace) -> int:
    table = tables.read_table(path)
    plan = Planner(asked.workspace.read_catalogue(), asked.register).plan(table.rows)
    _check(plan, may_open=options.open_years)
    address = asked.workspace.settings.clamav
    adoption = Adoption(
        *(archive, asked.contents, asked.database, now, asked.actor, asked.workspace.zone),
        clamd(address) if address else no_scanner,
    )
    for year in plan.years:
        added = asked.workspace.open_year(year)
        print(_("{year}: {count} new obligations.").format(year=year, count=len(added)), file=sys.stderr)
    fates = [(one, adoption.take(one)) for one in along(adoption.in_order(plan.wanted), _("taking"))]
    left = [(one, fate) for one, fate in fates if not isinstance(fate, Outcome)]
    counts = Counter(fate for _one, fate in fates if isinstance(fate, Outcome))
    told = {
        "filed": counts[Outcome.FILED],
        "there": counts[Outcome.AGAIN],
        "refused": table.refused,
        "undecided": table.undecided,
    }
    if options.json:
        as_json.show({**told, "opened": plan.years, "left": [_data(one, fate) for one, fate in left]})
    else:
        for one, fate in left:
            print(_sentence(one, fate))
        numbers = {name: words.number(count) for name, count in told.items()}
        sentence = _(
            "filed: {filed} · there already: {there} · left: {left} · no: {refused} · undecided: {undecided}"
        )
        print(sentence.format(left=words.number(len(left)), **numbers))
    return 1 if left else 0


def _check(plan: Plan, *, may_open: bool) -> None:
    """Raise UsageError with all that keeps the table from being applied."""
    if plan.wrong:
        raise UsageError("\n".join([*map(_wrong, plan.wrong), _("Nothing was taken.")]))
    if plan.undated:
        years = ", ".join(f"[{year}]" for year in plan.undated)
        raise UsageError(
            _("calendar.toml does not have the sections {years}. Nothing was taken.").format(years=years)
        )
    if plan.years and not may_open:
        years = ", ".join(map(str, plan.years))
        sentence = _(
            "Not open yet: {years}. Nothing was taken. Open each (pantau open-year {year}) or add --open-years."
        )
        raise UsageError(sentence.format(years=years, year=plan.years[0]))


def _wrong(one: Wrong) -> str:
    """What cannot be meant, and what could."""
    number, document = one.row.number, one.row.goal.requirement
    nearest = _(" Did you mean {names}?").format(names=one.nearest) if one.nearest else ""
    if not one.value:
        column = {Part.OFFICE: "office", Part.REQUIREMENT: "document"}.get(one.part, "period")
        return (
            _("Row {row}: the column {column} is empty.").format(row=number, column=tables.heading(column)) + nearest
        )
    match one.part:
        case Part.OFFICE:
            sentence = _("Row {row}: there is no office {value!r}.")
        case Part.PIECE:
            sentence = _("Row {row}: {value} is asked of nobody by the catalogue.")
        case Part.REQUIREMENT:
            sentence = _("Row {row}: there is no document {value!r}.")
        case _:
            sentence = _("Row {row}: {document} is not owed for {value!r}.")
    return sentence.format(row=number, value=plain(one.value), document=plain(document)) + nearest


def _sentence(one: Wanted, why: Left) -> str:
    """Why a row was left."""
    return _("row {row}, {file}: {reason}").format(
        row=one.row.number, file=plain(one.row.path), reason=survey.left(why)
    )


def _data(one: Wanted, why: Left) -> dict[str, Any]:
    return {"row": one.row.number, "file": one.row.path, "obligation": one.obligation, "reason": why}
