"""`pantau log`: everything that happened to a document."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json, proof, words
from tui.language import _
from tui.verbs import session
from workflow import kept_refusals


def run(options: Namespace) -> int:
    """Print the trail of one obligation, and what was refused where all of it is asked for."""
    asked = session(options)
    obligation = asked.register.obligation(options.id)
    records = asked.register.trail(obligation.id)
    refused = kept_refusals(asked.database, obligation.id) if options.all else []
    if options.json:
        told = [*as_json.trail(records), *as_json.refusals(refused)]
        as_json.show(sorted(told, key=lambda one: str(one["at"])))
        return 0
    print(words.title(obligation))
    if not records:
        print(_("nothing has happened yet"))
    for line in proof.trail(records, refused, asked.workspace.zone):
        print(line)
    return 0
