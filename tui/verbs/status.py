"""`pantau status`: the truth in one line; with an office, its documents too."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json, cells, report, words
from tui.language import _, many
from tui.session import Session
from tui.verbs import session


def run(options: Namespace) -> int:
    """Print the line, and an office's documents below it."""
    asked = session(options)
    return _office(asked, options) if options.office else _region(asked, options)


def _region(asked: Session, options: Namespace) -> int:
    count = cells.count(asked.register.obligations(year=asked.year), asked.today())
    waiting, watched = asked.quarantine.count(), asked.watch_lock.holder() is not None
    if options.json:
        as_json.show(
            {
                "region": asked.workspace.settings.region,
                "year": asked.year,
                **as_json.count(count),
                "quarantine": waiting,
                "as_at": asked.at,
                "watcher": watched if asked.at is None else None,
                "away": [root.name for root in asked.away()] if asked.at is None else None,
            }
        )
        return 0
    parts = [report.summary(asked.title, count)]
    if waiting:
        parts.append(many("{n} arrival to place", "{n} arrivals to place", waiting).format(n=waiting))
    if asked.at is None:
        parts += [_("inbox {name} is away").format(name=root.name or root.path.name) for root in asked.away()]
        parts.append(_("watcher runs") if watched else _("no watcher runs"))
    print(" · ".join(parts))
    return 0


def _office(asked: Session, options: Namespace) -> int:
    office = asked.register.office(options.office)
    theirs = asked.register.obligations(year=asked.year, office=office.code)
    count = cells.count(theirs, asked.today())
    if options.json:
        items = [as_json.obligation(o, asked.today()) for o in theirs]
        as_json.show({"office": office.code, "name": office.name, **as_json.count(count), "obligations": items})
        return 0
    print(" · ".join([report.summary(office.name, count), *([words.as_at(asked.at)] if asked.at else [])]))
    for line in report.obligations(theirs, asked.today()):
        print(line)
    return 0
