"""`pantau status` and `pantau due`: the truth in one line, an office's documents, what is late, what will be."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui import as_json, layout, refusals, standing, words
from tui.errors import UsageError
from tui.json_text import written
from tui.language import _
from tui.session import Session
from tui.verbs import session
from workflow import WorkflowError

_LONGEST = 3660  # days


def run(options: Namespace) -> int:
    """Print what was asked, once or whenever it changes."""
    if options.verb == "due":
        return _due(session(options), options)
    if not options.exit_code:
        return _status(options)
    try:
        return _status(options)
    except WorkflowError as problem:  # 1 says that something is late, and nothing else
        print(refusals.error(problem, {}), file=sys.stderr)
        return 2


def _status(options: Namespace) -> int:
    asked = session(options)
    if options.watch:
        if options.as_at:
            raise UsageError(
                _("{verb} tells of now only: --as-at does not go with it.").format(verb="status --watch")
            )
        from tui import redrawing

        return redrawing.watch(asked, lambda: "\n".join(_lines(asked, options)))
    told = _told(asked, options)
    if options.json:
        as_json.show(told.known)
    else:
        print("\n".join(told.lines(layout.terminal_columns())))
    return 1 if options.exit_code and told.is_late else 0


def _lines(asked: Session, options: Namespace) -> list[str]:
    told = _told(asked, options)
    return [written(told.known)] if options.json else list(told.lines(layout.terminal_columns()))


def _told(asked: Session, options: Namespace) -> standing.Told:
    view = _view(asked)
    if options.office is None:
        return standing.region(view, is_late=options.late)
    office = asked.register.office(options.office)
    told = standing.office(view, office.code, is_late=options.late)
    if options.json and not options.late:
        theirs = asked.register.obligations(year=asked.year, office=office.code)
        told.known["obligations"] = [as_json.obligation(one, asked.today()) for one in theirs]
    return told


def _due(asked: Session, options: Namespace) -> int:
    days = _days(options.within)
    lines, known = standing.due(_view(asked), days)
    if options.json:
        as_json.show({"today": asked.today(), "days": days, "offices": known})
        return 0
    print("\n".join(lines or [_("Nothing is due.")]))
    return 0


def _days(text: str) -> int:
    number, unit = (text[:-1], text[-1:]) if text[-1:] in ("d", "w") else (text, "d")
    if not (number.isascii() and number.isdigit()) or int(number) * (7 if unit == "w" else 1) > _LONGEST:
        raise UsageError(_("{text} is no number of days; write it like 14d or 2w.").format(text=text))
    return int(number) * (7 if unit == "w" else 1)


def _view(asked: Session) -> standing.View:
    def inboxes() -> standing.Inboxes:
        if asked.at is not None:
            return standing.Inboxes(asked.quarantine.count(), None, None)
        away = [root.name for root in asked.away()]
        return standing.Inboxes(asked.quarantine.count(), asked.watch_lock.holder() is not None, away)

    then = words.as_at(asked.at) if asked.at else ""
    settings = asked.workspace.settings
    return standing.View(
        asked.database, settings.region, asked.year, asked.today(), asked.register.within, inboxes, asked.at, then
    )
