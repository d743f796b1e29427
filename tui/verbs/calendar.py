"""`pantau calendar`: what is due when, for people's own calendars too."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from tui import as_json, calendar_file, words
from tui.language import _, many
from tui.verbs import session, write
from workflow import Obligation


def run(options: Namespace) -> int:
    """Print the due dates of an office or of all in their order, or write them as a calendar."""
    asked = session(options)
    office = asked.register.office(options.office).code if options.office else None
    found = asked.register.obligations(year=asked.year, office=office)
    dated = sorted((o for o in found if o.due and o.is_owed), key=lambda o: (o.due or date.min, o.id))
    if options.ics:
        made = calendar_file.calendar(dated, asked.workspace.settings.region)
        if write(made, options.ics, asked.workspace):
            print(_("{file} is written: {n} dates.").format(file=options.ics, n=len(dated)), file=sys.stderr)
        return 0
    if options.json:
        as_json.show([as_json.obligation(o, asked.today()) for o in dated])
        return 0
    for line in _one(dated, asked.today()) if office else _all(dated, asked.today()):
        print(line)
    return 0


def _one(dated: Sequence[Obligation], today: date) -> Iterator[str]:
    for o in dated:
        yield f"{_day(o):<17}  {words.document(o.requirement)} {words.period(o.period)}  {_state(o, today)}".rstrip()


def _all(dated: Sequence[Obligation], today: date) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Obligation]] = {}
    for o in dated:
        name = f"{words.document(o.requirement)} {words.period(o.period)}"
        groups.setdefault((_day(o), name), []).append(o)
    for (due, name), theirs in groups.items():
        open_ones, states = [o for o in theirs if o.is_open], Counter(_state(o, today) for o in theirs)
        late = states[_("late")]
        count = many("{n} office", "{n} offices", len(theirs)).format(n=len(theirs))
        told = [count, _("{n} open").format(n=len(open_ones)), *([_("{n} late").format(n=late)] if late else [])]
        yield f"{due:<17}  {name}  {', '.join(told)}"


def _day(o: Obligation) -> str:
    return words.day(o.due) if o.due else ""


def _state(o: Obligation, today: date) -> str:
    if o.is_overdue(today):
        return _("late")
    return _("due soon") if o.is_due_soon(today) else words.standing(o)
