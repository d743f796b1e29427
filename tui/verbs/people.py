"""`pantau people`: who does what, how much each holds, what each has done lately, and every change of that."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from tui import as_json, everybody, queues
from tui.errors import UsageError
from tui.everybody import Person
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.workspace import now
from workflow import Obligation, Unknown, likely


def run(options: Namespace) -> int:
    """List all, show one of them, or change who there is."""
    if options.what not in ("list", "show"):
        from tui.verbs import enrol

        return enrol.run(options)
    asked = session(options)
    everything = asked.register.obligations(year=asked.year)
    those = everybody.everybody(asked, everything)
    if options.what == "show":
        return _show(asked, _named(those, options.name), everything, options)
    at, zone = asked.at or now(), asked.workspace.zone
    if options.json:
        as_json.show([everybody.as_data(asked, one) for one in those])
        return 0
    if not asked.people:
        print(everybody.emptiness(), file=sys.stderr)
    for line in everybody.lines(those, at, zone) if those else ():
        print(line)
    return 0


def _named(those: Sequence[Person], name: str | None) -> Person:
    """One of those whom one may see. Raises UsageError or Unknown."""
    if not name:
        raise UsageError(_("Which person? Name one of those of: pantau people"))
    found = {one.name: one for one in those}
    if name not in found:
        raise Unknown("person", name, likely(name, found))
    return found[name]


def _show(asked: Session, one: Person, everything: Sequence[Obligation], options: Namespace) -> int:
    at, zone = asked.at or now(), asked.workspace.zone
    held, records = [o for o in everything if everybody.holds(o, one.carried)], everybody.records(asked, one.name)
    if options.json:
        items = [as_json.obligation(o, asked.today()) for o in held]
        as_json.show({**everybody.as_data(asked, one), "obligations": items, "records": as_json.trail(records)})
        return 0
    about = (*everybody.enrolled(asked, one), *everybody.known_of(one, at, zone))
    for line in (*everybody.lines([one], at, zone), *about):
        print(line)
    for line in queues.lines(held, asked.today(), zone):
        print(line)
    for record in records:
        print(everybody.told(record, zone))
    return 0
