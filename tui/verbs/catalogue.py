"""`pantau catalogue`: what is asked of whom, whether the files can be used, and what they would change."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from tui import as_json, people, required, words
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session, workspace
from tui.workspace import Workspace
from workflow import Action, Catalogue, Change, Difference, Entry, Role, Unknown, likely


def run(options: Namespace) -> int:
    """List, show, check or compare."""
    match options.what:
        case "check":
            return _check(options)
        case "show":
            return _show(workspace(options), options)
        case "diff":
            return _diff(session(options), options)
        case _:
            return _list(workspace(options).read_catalogue(), options)


def _list(catalogue: Catalogue, options: Namespace) -> int:
    if options.json:
        as_json.show([as_json.entry(entry) for entry in catalogue.entries])
        return 0
    for line in required.lines(catalogue.entries):
        print(line)
    return 0


def _show(place: Workspace, options: Namespace) -> int:
    if not options.name:
        raise UsageError(_("Which document? Name one of those of: pantau catalogue"))
    entry = _entry(place.read_catalogue(), options.name, place.settings.year)
    if options.json:
        as_json.show(as_json.entry(entry))
        return 0
    for label, value in required.particulars(entry.requirement, unit=entry.reviewer, needs_review=entry.needs_review):
        print(f"{label}: {value}")
    if years := required.validity(entry):
        print(_("in the years: {years}").format(years=years))
    return 0


def _entry(catalogue: Catalogue, name: str, year: int) -> Entry:
    """What is asked under this name, as the year on screen has it where it has changed over the years."""
    in_order = sorted(catalogue.entries, key=lambda entry: (entry.is_valid(year), entry.valid_from))
    entries = {entry.requirement.key: entry for entry in in_order}
    if name not in entries:
        raise Unknown("requirement", name, required.nearest(name, entries))
    return entries[name]


def _check(options: Namespace) -> int:
    place = workspace(options)
    catalogue, listed = place.read_catalogue(), people.read_people(place.people)
    if catalogue.timezone != place.settings.timezone:
        two = _("offices.toml says {theirs}, pantau.toml {ours}: windows would open by one, days begin by the other.")
        print(two.format(theirs=catalogue.timezone, ours=place.settings.timezone), file=sys.stderr)
    codes = {office.code for office in catalogue.everyone()}
    if strangers := [one for one in listed.values() if one.role is Role.OFFICE and one.unit not in codes]:
        raise Unknown("office", strangers[0].unit, likely(strangers[0].unit, codes))
    counts = {"offices": len(catalogue.offices), "requirements": len(catalogue.entries), "people": len(listed)}
    if options.json:
        as_json.show(counts)
        return 0
    told = _("The catalogue can be used: {offices} offices, {requirements} requirements, {people} people.")
    print(told.format(**counts))
    return 0


def _diff(asked: Session, options: Namespace) -> int:
    year, catalogue = _year(options.name, asked.year), asked.workspace.read_catalogue()
    if year not in asked.register.years():
        raise UsageError(_("{year} is not open yet. Open it: pantau open-year {year}").format(year=year))
    found = asked.register.difference(catalogue, year, asked.today())
    if options.apply:
        asked.register.apply(catalogue, found, asked.actor, options.note)
        asked.workspace.make_drop_folders(asked.register)
    if options.json:
        as_json.show({**as_json.difference(found), "applied": options.apply})
        return 0
    for line in told(found):
        print(line)
    if found.changes and not options.apply:
        print(_("Nothing was changed. Apply it: pantau catalogue diff --apply --note TEXT"), file=sys.stderr)
    return 0


def _year(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not text.isdecimal():
        raise UsageError(_("{year} is not a year that documents are about.").format(year=text))
    return int(text)


def told(found: Difference) -> Iterator[str]:
    """A line for each: `+` what is new, `~` what would change, `=` what stays though nobody asks for it.

    `-` is asked for and waived; only `reinstate` brings it back.
    """
    yield _("{year}: {added} new, {changed} changed, {left} not asked for any more and left as they are").format(
        year=found.year, added=len(found.added), changed=len(found.changes), left=len(found.left)
    )
    yield from (f"+ {one.id}  {words.day(one.due)}" for one in found.added)
    yield from (f"~ {change.obligation.id}  {_changed(change)}" for change in found.changes)
    yield from (f"= {one.id}  {words.standing(one)}" for one in found.left)
    yield from (f"- {one.id}  {words.standing(one)}" for one in found.waived)


def _changed(change: Change) -> str:
    terms, one = change.terms, change.obligation
    parts = [words.action(change.action)] if change.action is not Action.AMEND else []
    if terms.office:
        parts.append(f"{one.office.code} → {terms.office}")
    if terms.unit is not None:
        parts.append(f"{one.unit or '-'} → {terms.unit or '-'}")
    if terms.needs_review is not None:
        parts.append(_("a review is needed") if terms.needs_review else _("no review is needed"))
    if change.due and change.due != one.due:
        before = words.day(one.due) if one.due else "-"
        parts.append(f"{before} → {words.day(change.due)}")
    if terms.windows:
        parts.append(_("other windows"))
    if terms.edition:
        parts.append(_("worded anew"))
    return ", ".join(parts)
