"""`pantau demo`: try everything on a made workspace."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from tui.language import _, language
from tui.tour import Tour, feed
from tui.watching import Beside
from tui.workspace import Workspace, create, now

_REGION = "Provinsi Lampung"


def run(options: Namespace) -> int:
    """Open the screens on it while documents arrive; without a terminal, tell the same story as text."""
    folder = Path(options.folder or tempfile.mkdtemp(prefix="pantau-demo-"))
    workspace = _make(folder)
    tour = Tour(workspace)
    watcher = Beside(workspace)
    watcher.keep()
    try:
        if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            return _open_screens(tour, workspace)
        return tour.tell()
    finally:
        watcher.stop()


def _make(folder: Path) -> Workspace:
    workspace = create(folder, _REGION, now().year, language(), training=True)
    people = workspace.people
    if '[[person]]\nname = "sari"' not in people.read_text(encoding="utf-8"):
        with people.open("a", encoding="utf-8") as listed:
            listed.write(_PEOPLE)
    workspace.open_year(workspace.settings.year)
    return workspace


def _open_screens(tour: Tour, workspace: Workspace) -> int:
    from tui.app import PantauApp
    from tui.session import Session

    print(_("Making a workspace with documents in every state; the screens open in a few seconds …"), flush=True)
    tour.prepare()
    with feed(workspace):
        PantauApp(Session(workspace)).run(mouse=False)
    print(
        _("The workspace stays in {folder}; open it again with: pantau --workspace {folder}").format(
            folder=workspace.root
        )
    )
    return 0


_PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"

[[person]]
name = "rini"
role = "reviewer"

[[person]]
name = "budi"
role = "approver"

[[person]]
name = "ani"
role = "bureau"
"""
