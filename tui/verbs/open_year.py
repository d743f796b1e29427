"""`pantau open-year`: add what is owed for a year."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json
from tui.language import _
from tui.verbs import workspace


def run(options: Namespace) -> int:
    """Add obligations and drop folders from the catalogue files."""
    added = workspace(options).open_year(options.year)
    if options.json:
        as_json.show(added)
        return 0
    print(_("{year}: {count} new obligations.").format(year=options.year, count=len(added)))
    return 0
