"""`pantau search`: find documents, pages, notes, findings and file names, by words and filters."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from time import monotonic

from tui import as_json, report, saved_searches, searches
from tui.desk import Answer, Desk
from tui.errors import UsageError
from tui.language import _
from tui.saved_searches import Saved
from tui.session import Session
from tui.verbs import session
from workflow import Preferences, Unknown, likely

_PATIENCE = 2.0  # seconds for what nobody has brought into the index yet
_LENGTH = 100


def run(options: Namespace) -> int:
    """Print what is found, or the saved searches and how much each finds."""
    asked = session(options)
    desk = Desk(asked)
    _catch_up(desk)
    kept = saved_searches.saved(Preferences(asked.database), asked.actor)
    if options.saved is None and not options.words:
        raise UsageError(_("Say what to look for, or --saved for the searches that are saved."))
    if options.saved == "":
        return _list(desk, kept, options)
    line = " ".join(options.words) if options.saved is None else _named(options.saved, kept).line
    answer = desk.ask(line, shown=options.limit, length=_LENGTH)
    if options.json:
        as_json.show(as_json.found(line, answer, asked.today()))
    else:
        _print(answer, asked)
    desk.close()
    return 0


def _list(desk: Desk, kept: Sequence[Saved], options: Namespace) -> int:
    found = desk.count(one.line for one in kept)
    if options.json:
        as_json.show([{**one._asdict(), "results": each.total} for one, each in zip(kept, found, strict=True)])
        return 0
    rows = [(one.name, searches.count(each), one.line) for one, each in zip(kept, found, strict=True)]
    for line in report.table(rows):
        print(line)
    return 0


def _named(name: str, kept: Sequence[Saved]) -> Saved:
    known = {one.name: one for one in kept}
    if name not in known:
        raise Unknown("search", name, likely(name, known))
    return known[name]


def _catch_up(desk: Desk) -> None:
    end = monotonic() + _PATIENCE
    while desk.step() and monotonic() < end:
        pass


def _print(answer: Answer, asked: Session) -> None:
    for line in searches.lines(answer.found, asked.today(), asked.workspace.zone):
        print(line)
    print(searches.total(answer.found) if answer.found.total else searches.nothing())
    for remark in (*map(searches.slip, answer.query.slips), searches.behind(answer.behind)):
        if remark:
            print(remark, file=sys.stderr)
