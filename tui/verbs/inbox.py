"""`pantau inbox`: what arrives, what waits in quarantine, what is not taken yet, and whether somebody watches."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from tui import arriving, as_json, health, inflow
from tui.health import Health
from tui.inflow import Intake
from tui.language import _
from tui.session import Session
from tui.verbs import session

_LATEST = 20


def run(options: Namespace) -> int:
    """The three parts of the inbox view, as text."""
    asked = session(options)
    intake = inflow.intake(asked, count=-1 if options.all else 0 if options.today else _LATEST)
    # Of other people's folders and files an office sees nothing, and of the past there is nothing to be seen.
    is_shown = asked.at is None and asked.register.within is None
    condition = health.look(asked.workspace) if is_shown else None
    if options.json:
        as_json.show(_data(intake, condition))
        return 0
    for line in _lines(asked, intake, condition):
        print(line)
    return 0


def _lines(asked: Session, intake: Intake, condition: Health | None) -> Iterator[str]:
    zone = asked.workspace.zone
    yield inflow.counts(intake.tally)
    if not intake.tally.arrived:
        yield inflow.emptiness(asked)
    yield from inflow.lines(asked, intake.in_order)
    if intake.waiting:
        yield _("What waits for a person:")
    yield from arriving.quarantine(intake.waiting, zone)
    if intake.waiting and asked.at is None:
        yield _("Place one with: pantau place NUMBER ID")
    if intake.held:
        yield _("Not taken yet:")
    yield from arriving.held(intake.held, zone)
    if condition is not None:
        yield from health.lines(condition, zone)


def _data(intake: Intake, condition: Health | None) -> dict[str, object]:
    return {
        "today": intake.tally._asdict(),
        "arrivals": [one._asdict() for one in intake.in_order],
        "quarantine": as_json.quarantine(intake.waiting),
        "held": as_json.held(intake.held),
        "health": health.data(condition) if condition else None,
    }
