"""`pantau show`: where a document stands, who sent it, and what may be done."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json, report, words
from tui.language import _
from tui.verbs import session
from workflow import allowed


def run(options: Namespace) -> int:
    """Print one obligation."""
    asked = session(options)
    obligation = asked.register.obligation(options.id)
    arrivals, twins = asked.arrivals.of(obligation.id), asked.twins(obligation)
    content = obligation.content
    facts = asked.precheck(obligation, content)(asked.reading(content)()) if content else ()
    may = allowed(obligation, asked.actor)
    if options.json:
        shown = as_json.obligation(obligation, asked.today())
        known = {"arrivals": as_json.arrivals(arrivals), "same_as": [o.id for o in twins]}
        as_json.show({**shown, **known, "facts": as_json.facts(facts), "allowed": may})
        return 0
    zone = asked.workspace.zone
    for line in report.standing(obligation, zone, asked.today()):
        print(line)
    for line in report.arrivals(arrivals, zone):
        print(line)
    if content:
        print(_("virus scan: {scan}").format(scan=words.scan(asked.arrivals.scan(content))))
    if twins:
        print(_("same file as: {others}").format(others=report.twins(twins)))
    for line in report.facts(facts):
        print(line)
    print(_("you may: {actions}").format(actions=", ".join(map(words.action, may)) or _("look")))
    return 0
