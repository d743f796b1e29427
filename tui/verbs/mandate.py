"""`pantau delegate`, `grant`, `mandates` and `revoke`: who may act for whom, or in which further role, and when."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime

from tui import as_json, mandates, people
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.workspace import now
from workflow import Mandate, Mandates, Role, utc


def run(options: Namespace) -> int:
    """Give one, end one, or list all."""
    asked = session(options)
    known = Mandates(asked.database, now)
    match options.verb:
        case "delegate":
            return _show(asked, [_delegated(asked, known, options)], options)
        case "grant":
            return _show(asked, [_granted(asked, known, options)], options)
        case "revoke":
            return _show(asked, [known.revoke(options.number, asked.actor, options.note)], options)
        case _:
            own = asked.register.within
            return _show(asked, [one for one in known.all() if own in (None, one.unit)], options)


def _delegated(asked: Session, known: Mandates, options: Namespace) -> Mandate:
    """What is given is the giver's own role, not one in which they act for somebody else."""
    person = people.listed(options.name, asked.people)
    mandates.check_fits(person, asked.actor.role, asked.actor.unit)
    return known.delegate(asked.actor, person.name, *_span(asked, options), options.note)


def _granted(asked: Session, known: Mandates, options: Namespace) -> Mandate:
    person, role = people.listed(options.name, asked.people), Role(options.role)
    mandates.check_fits(person, role, options.unit)
    return known.grant(asked.actor, person.name, role, options.unit, *_span(asked, options), options.note)


def _span(asked: Session, options: Namespace) -> tuple[datetime, datetime]:
    return mandates.span(options.begins, options.ends, asked.today(), asked.workspace.zone)


def _show(asked: Session, those: Sequence[Mandate], options: Namespace) -> int:
    at, zone = utc(asked.at or now()), asked.workspace.zone
    if options.json:
        as_json.show([{**one._asdict(), "in_force": one.holds(at)} for one in those])
        return 0
    for one in those:
        for line in mandates.told(one, at, zone):
            print(line)
    if not those:
        print(_("Nobody acts for anybody else."))
    return 0
