"""`pantau quarantine`, `place`, `turn-away` and `retry`: what a person must place, and what can be done with it."""

from __future__ import annotations

from argparse import Namespace

from inbox import lesson, waiting
from tui import arriving, as_json, sorting
from tui.language import _
from tui.session import Session
from tui.verbs import answer, session
from tui.workspace import now
from workflow import Action, Power, Spellings, permits


def run(options: Namespace) -> int:
    """List what waits, or do something with it."""
    verbs = {"place": _place, "turn-away": _turn_away, "retry": _retry, "quarantine": _list}
    return verbs[options.verb](session(options), options)


def _list(asked: Session, options: Namespace) -> int:
    placeable, within = asked.quarantine.waiting(), asked.register.within
    held = [one for one in waiting(asked.database) if within in (None, one.folder.partition("/")[0])]
    if options.json:
        as_json.show({"quarantine": as_json.quarantine(placeable), "held": as_json.held(held)})
        return 0
    for line in arriving.quarantine(placeable, asked.workspace.zone):
        print(line)
    if placeable and asked.at is None:
        print(_("Place one with: pantau place NUMBER ID"))
    if held:
        print(_("Not taken yet:"))
    for line in arriving.held(held, asked.workspace.zone):
        print(line)
    if not placeable and not held:
        print(_("Nothing waits."))
    return 0


def _place(asked: Session, options: Namespace) -> int:
    held = asked.quarantine.held(options.arrival)
    moved = asked.quarantine.place(held.id, asked.register.obligation(options.id), asked.actor)
    learned = lesson(held.evidence, moved)
    if learned and options.remember:
        Spellings(asked.database, now).remember(*learned, asked.actor)
    elif learned and not options.json and permits(asked.actor, Power.REMEMBER) is None:
        print(_("To know it next time: {command}").format(command=arriving.remember_command(learned)))
    answer(asked, moved, options)
    if moved.wanting and moved.last_action is Action.SUBMIT and not options.json:
        print(_("not approved yet, and should come before it: {names}").format(names=", ".join(moved.wanting)))
    return 0


def _turn_away(asked: Session, options: Namespace) -> int:
    place = sorting.turn_away(asked, options.arrival, options.note)
    if options.json:
        as_json.show({"arrival": options.arrival, "place": place})
        return 0
    print(sorting.turned_away(place))
    return 0


def _retry(asked: Session, options: Namespace) -> int:
    found = sorting.retry(asked)
    if options.json:
        as_json.show(found)
        return 0
    for arrival, name in found.items():
        print(_("{arrival}: filed as {id}").format(arrival=arrival, id=name))
    print(sorting.retried(asked, len(found)))
    return 0
