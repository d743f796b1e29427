"""`pantau init`: make a workspace."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tui.language import _, language
from tui.workspace import create


def run(options: Namespace) -> int:
    """Make what is not there yet, open the year, and say what to do next."""
    workspace = create(Path(options.folder), options.region, options.year, language())
    added = workspace.open_year(options.year)
    offices, region = len(workspace.read_catalogue().offices), workspace.settings.region
    print(_("{region} {year}: {folder}").format(region=region, year=options.year, folder=workspace.root))
    print(_("{offices} offices, {added} new obligations.").format(offices=offices, added=len(added)))
    if not offices:
        told = _(
            "No offices are known for this region: list them in catalogue/offices.toml, then: pantau open-year {year}"
        )
        print(told.format(year=options.year))
    print(
        _(
            "Next: list reviewers and approvers in catalogue/people.toml, then start: pantau --workspace {folder}"
        ).format(folder=options.folder)
    )
    return 0
