"""`pantau calendar`: what is due when, for people's own calendars too."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui import as_json, calendar_file, due_dates
from tui.language import _
from tui.verbs import session, write


def run(options: Namespace) -> int:
    """Print the due dates of an office or of all in their order, or write them as a calendar."""
    asked = session(options)
    office = asked.register.office(options.office).code if options.office else None
    dates = due_dates.due_dates(asked.register.obligations(year=asked.year, office=office))
    dated = [one for due in dates for one in due.owed]
    if options.ics:
        made = calendar_file.calendar(dated, asked.workspace.settings.region)
        if write(made, options.ics, asked.workspace):
            print(_("{file} is written: {n} dates.").format(file=options.ics, n=len(dated)), file=sys.stderr)
        return 0
    if options.json:
        as_json.show([as_json.obligation(one, asked.today()) for one in dated])
        return 0
    for line in (due_dates.own_lines if office else due_dates.lines)(dates, asked.today()):
        print(line)
    if not dates:
        told = _("Nothing is owed in {year} yet. Open the year: pantau open-year {year}")
        print(told.format(year=asked.year), file=sys.stderr)
    return 0
