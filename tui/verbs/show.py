"""`pantau show`: where a document stands, what was found in it and said of it, and what may be done."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tui import arriving, as_json, findings, refusals, report, words
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.workspace import now
from workflow import Action, InThePast, Obligation, Sightings, Unavailable, allowed

# What moves the state: why each of these is refused is told before it is tried.
_MOVING = (Action.SUBMIT, Action.WITHDRAW, Action.REVIEW, Action.APPROVE, Action.RETURN, Action.REOPEN)


def run(options: Namespace) -> int:
    """Print one obligation. Whoever reads it has seen it; a script has not."""
    asked = session(options)
    obligation = asked.register.obligation(options.id)
    arrivals, twins = asked.arrivals.of(obligation.id), asked.twins(obligation)
    content = obligation.content
    facts = asked.precheck(obligation, content)(asked.reading(content)()) if content else ()
    actor = asked.register.acting(asked.actor)
    possible = [] if asked.at else allowed(obligation, actor)
    may = [one for one in possible if asked.register.why_not(one, obligation, actor) is None]
    why_not = {one: asked.register.why_not(one, obligation, actor) for one in _MOVING if asked.at is None}
    barred = {one: refusal for one, refusal in why_not.items() if refusal}
    if options.json:
        shown = as_json.obligation(obligation, asked.today())
        known = {"arrivals": as_json.arrivals(arrivals), "same_as": [o.id for o in twins]}
        known |= _known(asked, obligation)
        refused = {one: refusal.rule for one, refusal in barred.items()}
        as_json.show({**shown, **known, "facts": as_json.facts(facts), "allowed": may, "refused": refused})
        return 0
    zone = asked.workspace.zone
    for line in report.standing(obligation, zone, asked.today()):
        print(line)
    for line in report.arrivals(arrivals, zone):
        print(line)
    if content:
        print(_("virus scan: {scan}").format(scan=arriving.scan(asked.arrivals.scan(content))))
    if twins:
        print(_("same file as: {others}").format(others=report.twins(twins)))
    for line in (*report.facts(facts), *_said(asked, obligation)):
        print(line)
    if asked.at:
        print(refusals.error(InThePast(asked.at)))
        return 0
    print(_("you may: {actions}").format(actions=", ".join(map(words.action, may)) or _("look")))
    for action, refusal in barred.items():
        why = refusals.why(refusal, asked.people)
        print(_("you may not {action}: {why}").format(action=words.action(action), why=why))
    with suppress(Unavailable):
        Sightings(asked.database, now).saw(obligation, asked.actor)
    return 0


def _said(asked: Session, o: Obligation) -> Iterator[str]:
    """What reviewers and the office have said, and who has seen it."""
    records, zone = asked.register.trail(o.id), asked.workspace.zone
    found = asked.register.findings(o)
    if found:
        yield _("findings: {tally}").format(tally=findings.tally(o.findings) or "-")
    yield from (f"  {line}" for line in findings.findings(found, records, zone))
    if comments := findings.comments(records):
        yield _("comments:")
        yield from (f"  {findings.said(one, zone)}" for one in comments)
    if decision := findings.decided(records):
        yield _("checklist of {name}: {marks}").format(name=decision.actor, marks=findings.marks(decision.checks))
        checks = {one.code: one for one in decision.checks}
        yield from (f"  {line}" for line in findings.checklist(o.requirement, checks))
    if seen := findings.seen(Sightings(asked.database, now).of(o), o, zone):
        yield _("seen by: {names}").format(names=", ".join(seen))


def _known(asked: Session, o: Obligation) -> dict[str, Any]:
    """The same as data. Findings stand there with their states and words."""
    records = asked.register.trail(o.id)
    decision = findings.decided(records)
    checks = {one.code: one for one in decision.checks} if decision else {}
    return {
        "findings": as_json.findings(asked.register.findings(o)),
        "comments": as_json.trail([one for one in records if one.action is Action.COMMENT]),
        "checklist": as_json.checklist(o.requirement, checks) if decision else [],
        "seen": [one._asdict() for one in Sightings(asked.database, now).of(o)],
    }
