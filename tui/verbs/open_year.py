"""`pantau open-year`: add what is owed for a year."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json
from tui.language import _
from tui.verbs import session, workspace
from tui.verbs.catalogue import told


def run(options: Namespace) -> int:
    """Add obligations and drop folders from the catalogue files, or only say which."""
    if options.dry_run:
        return _preview(options)
    added = workspace(options).open_year(options.year)
    if options.json:
        as_json.show(added)
        return 0
    print(_("{year}: {count} new obligations.").format(year=options.year, count=len(added)))
    return 0


def _preview(options: Namespace) -> int:
    asked = session(options)
    found = asked.register.difference(asked.workspace.read_catalogue(), options.year, asked.today())
    if options.json:
        as_json.show(as_json.difference(found))
        return 0
    for line in told(found._replace(changes=(), left=(), waived=())):
        print(line)
    if found.changes:
        sentence = _("{n} that are open would change, and do not by this: pantau catalogue diff {year}")
        print(sentence.format(n=len(found.changes), year=options.year))
    return 0
