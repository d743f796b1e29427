"""`pantau queue` and `pantau load`: what waits for whom, and how much each person holds."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json, layout, queues
from tui.language import _
from tui.verbs import session
from workflow import Queue, Unknown, likely


def run(options: Namespace) -> int:
    """Print a queue, or everybody's load."""
    return _load(options) if options.verb == "load" else _queue(options)


def _queue(options: Namespace) -> int:
    asked = session(options)
    today = asked.today()
    everything = asked.register.obligations()
    units = {one.unit for one in everything if one.unit}
    if options.unit and options.unit not in units:
        raise Unknown("unit", options.unit, likely(options.unit, units))
    those = queues.queues(everything, asked.actor, today, unit=options.unit)
    chosen = Queue(options.queue)
    if options.json:
        items = [as_json.obligation(one, today) for one in those[chosen]]
        as_json.show({"queue": chosen, "counts": {one: len(those[one]) for one in those}, "obligations": items})
        return 0
    columns = layout.terminal_columns()
    told = queues.counts(those, asked.actor, unit=options.unit)
    for line in layout.folded(told, 2) if layout.is_narrow(columns) else [told]:
        print(line)
    for line in queues.lines(those[chosen], today, asked.workspace.zone, columns):
        print(line)
    if not those[chosen]:
        print(_("Nothing waits."))
    return 0


def _load(options: Namespace) -> int:
    asked = session(options)
    everybody = queues.carried(asked.register.obligations(), asked.people, asked.today(), asked.workspace.zone)
    if options.json:
        as_json.show([as_json.carried(one) for one in everybody])
        return 0
    for line in queues.loaded(everybody):
        print(line)
    if not everybody:
        print(_("Nobody holds anything."))
    return 0
