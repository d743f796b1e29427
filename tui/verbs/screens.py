"""`pantau`: the screens; the whole matrix as text where there is no terminal."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from tui import as_json, cells, report
from tui.session import Session
from tui.verbs import session


def run(options: Namespace) -> int:
    """Open the screens, or print what they would show first."""
    asked = session(options)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if options.json or not is_terminal:
        return _print(asked, as_data=options.json)
    from tui.app import PantauApp

    # Without the mouse the terminal's own selecting and copying works, and no movement costs a byte.
    PantauApp(asked).run(mouse=False)
    return 0


def _print(asked: Session, *, as_data: bool) -> int:
    today = asked.today()
    items = asked.register.obligations(year=asked.year)
    if as_data:
        as_json.show([as_json.obligation(o, today) for o in items])
        return 0
    print(report.summary(asked.title, cells.count(items, today)))
    print()
    for line in report.matrix(items, today):
        print(line)
    return 0
