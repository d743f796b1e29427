"""`pantau quarantine` and `pantau place`: what a person must place, and placing it."""

from __future__ import annotations

from argparse import Namespace

from inbox import waiting
from tui import as_json, report
from tui.language import _
from tui.session import Session
from tui.verbs import session


def run(options: Namespace) -> int:
    """List what waits, or place one arrival."""
    asked = session(options)
    return _place(asked, options) if options.verb == "place" else _list(asked, options)


def _list(asked: Session, options: Namespace) -> int:
    placeable, held = asked.quarantine.waiting(), waiting(asked.database)
    if options.json:
        as_json.show({"quarantine": as_json.quarantine(placeable), "held": as_json.held(held)})
        return 0
    for line in report.quarantine(placeable, asked.workspace.zone):
        print(line)
    if placeable:
        print(_("Place one with: pantau place NUMBER ID"))
    if held:
        print(_("Not taken yet:"))
    for line in report.held(held, asked.workspace.zone):
        print(line)
    if not placeable and not held:
        print(_("Nothing waits."))
    return 0


def _place(asked: Session, options: Namespace) -> int:
    moved = asked.quarantine.place(options.arrival, asked.register.obligation(options.id), asked.actor)
    if options.json:
        as_json.show(as_json.obligation(moved, asked.today()))
        return 0
    for line in report.obligations([moved], asked.today()):
        print(line)
    return 0
