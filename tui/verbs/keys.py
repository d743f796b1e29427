"""`pantau keys`: which key does what on the screens, and choosing another for oneself."""

from __future__ import annotations

import sys
from argparse import Namespace
from itertools import groupby

from tui import as_json
from tui.errors import UsageError
from tui.language import _
from tui.screens import keymap
from tui.screens.keymap import PREFIX
from tui.screens.keys import Key
from tui.screens.places import HEADINGS, actions
from tui.session import Session
from tui.verbs import session
from workflow import Preferences, plain


def run(options: Namespace) -> int:
    """List the keys, or change one and say which it is now. 1 where not all that is chosen can be meant."""
    asked = session(options)
    if options.default:
        _drop(asked, options.name)
    elif options.key is not None:
        _choose(asked, options.name, options.key)
    problem = keymap.take_up(asked)
    named = [actions()[options.name]] if options.name in actions() else list(actions().values())
    if options.name and options.name not in actions():
        raise UsageError(_("{name} is no action; all are listed by: pantau keys").format(name=plain(options.name)))
    if options.json:
        as_json.show({"problem": problem or None, "keys": [_data(key) for key in named]})
    else:
        _print(named, problem)
    return 1 if problem else 0


def _choose(asked: Session, name: str, key: str) -> None:
    """Raises UsageError, and nothing is changed, where it cannot be meant."""
    shared, _problem = keymap.settled(asked.workspace.settings.keys, {})
    keymap.checked({one: ",".join(keys) for one, keys in shared.items()}, {**keymap.own(asked), name: key})
    Preferences(asked.database).choose(asked.actor, f"{PREFIX}{name}", key)


def _drop(asked: Session, name: str | None) -> None:
    for one in [name] if name else keymap.own(asked):
        Preferences(asked.database).drop(asked.actor, f"{PREFIX}{one}")


def _print(named: list[Key], problem: str) -> None:
    if problem:
        print(problem, file=sys.stderr)
    widest = max(len(key.name) for key in named)
    for number, (scope, those) in enumerate(groupby(named, key=lambda key: key.scope)):
        print(*[""] * bool(number), HEADINGS[scope](), sep="\n")
        for key in those:
            pressed = " ".join(map(keymap.display, keymap.pressed(key)))
            print(f"  {key.name:<{widest}}  {pressed:<9}  {key.help()}")


def _data(key: Key) -> dict[str, object]:
    told = {"name": key.name, "keys": keymap.pressed(key), "default": key.keys.split(",")}
    return {**told, "asks_first": key.is_danger, "help": key.help()}
