"""`pantau log`: everything that happened to a document."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json, report, words
from tui.language import _
from tui.verbs import session


def run(options: Namespace) -> int:
    """Print the trail of one obligation."""
    asked = session(options)
    obligation = asked.register.obligation(options.id)
    records = asked.register.trail(obligation.id)
    if options.json:
        as_json.show(as_json.trail(records))
        return 0
    print(words.title(obligation))
    if not records:
        print(_("nothing has happened yet"))
    for line in report.trail(records, asked.workspace.zone):
        print(line)
    return 0
