"""`pantau`: the screens; the whole matrix as text where there is no terminal."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from signal import SIG_DFL, SIGHUP, signal

from tui import as_json, cells, report
from tui.grid import grid
from tui.look import Terminal, look
from tui.session import Session
from tui.signs import signs
from tui.verbs import session

_PATIENCE = 1.0  # seconds that keys may wait for a database; then the screens say that it does not answer


def run(options: Namespace) -> int:
    """Open the screens, or print what they would show first."""
    asked = session(options)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if options.json or not is_terminal:
        return _print(asked, as_data=options.json)
    terminal = Terminal(os.environ, sys.stderr.encoding)
    wanted = look(asked, terminal, theme=options.theme, is_ascii=options.ascii)
    if terminal.has_all_colours:
        # Read when Textual is imported: each colour leaves as one of 256, in half the bytes.
        os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
    # Nothing that is imported is ever let go of: to look through it for that would delay the first picture.
    gc.disable()
    from tui.app import PantauApp

    gc.freeze()
    gc.enable()
    app = PantauApp(asked, wanted)
    asked.database.wait_for_others(_PATIENCE)
    signal(SIGHUP, SIG_DFL)  # whoever started it with nohup would leave it to a terminal that is gone
    # Without the mouse the terminal's own selecting and copying works, and no movement costs a byte.
    app.run(mouse=False)
    return app.return_code or 0


def _print(asked: Session, *, as_data: bool) -> int:
    today = asked.today()
    items = asked.register.obligations(year=asked.year)
    if as_data:
        as_json.show([as_json.obligation(o, today) for o in items])
        return 0
    print(report.summary(asked.title, cells.count(items, today)))
    print()
    for line in report.matrix(grid(items, today, signs(asked))):
        print(line)
    return 0
