"""Which key does what for whoever sits here: what the table says, unless they or their workspace chose another."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tui.errors import UsageError
from tui.language import _
from tui.screens.keys import Key
from tui.screens.places import PLACES, actions, keys
from workflow import Preferences, plain

if TYPE_CHECKING:
    from tui.session import Session

Chosen = Mapping[str, tuple[str, ...]]

PREFIX = "key."  # of what a person has chosen, among their preferences
NAMED = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "backspace": "Backspace",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "insert": "Ins",
    "delete": "Del",
}
_CALLED_SO_TOO = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
_MODIFIERS = {"ctrl", "alt", "shift", "super", "meta"}
# Textual's own names for these; all other characters are called as Unicode calls them.
_CALLED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_WAY_OUT = "escape"

_chosen: Chosen = {}


def take_up(session: Session) -> str:
    """Listen to what whoever sits here has chosen; a sentence where not all of it can be meant."""
    chosen, problem = settled(session.workspace.settings.keys, own(session))
    use(chosen)
    return problem


def own(session: Session) -> dict[str, str]:
    """What whoever sits here has chosen, as they wrote it."""
    found = Preferences(session.database).of(session.actor, PREFIX)
    return {name.removeprefix(PREFIX): value for name, value in found.items()}


def use(chosen: Chosen) -> None:
    """Listen to these keys from now on, in the whole process."""
    global _chosen
    _chosen = chosen


def pressed(key: Key) -> tuple[str, ...]:
    """What is to be pressed for an action, by Textual's names."""
    return _pressed(key, _chosen)


def shown(key: Key, there: Iterable[Key] = ()) -> str:
    """What a person reads of it, where these keys are pressed as well."""
    if not _chosen:
        return key.shown
    around = (key, *there, *keys(key.scope))
    told: dict[str, None] = {}
    for word in key.shown.split():
        owner = next((one for one in around if word in map(display, one.keys.split(","))), None)
        told |= dict.fromkeys(map(display, pressed(owner)) if owner and owner.name in _chosen else [word])
    return " ".join(told)


def listed(key: Key, there: Iterable[Key] = ()) -> str:
    """What a person reads of it where the others have lines of their own: its own keys, where any are shown."""
    every, own = shown(key, there).split(), [*map(display, pressed(key))] if key.keys else []
    return " ".join([word for word in every if word in own] or every)


def press(name: str) -> str:
    """The key of an action as a sentence tells it. Raises KeyError."""
    return display(pressed(actions()[name])[0])


def with_keys(sentence: str, **names: str) -> str:
    """A sentence with the key of an action at each of its places: `with_keys(_("{key} undoes"), key="scope.id")`."""
    return sentence.format(**{place: press(name) for place, name in names.items()})


def keymap() -> dict[str, str]:
    """What was chosen, as Textual is told it."""
    known = actions()
    return {name: ",".join(pressed(known[name])) for name in _chosen}


def display(key: str) -> str:
    """A key as it stands on a keyboard."""
    *held, last = key.split("+")
    return "+".join([*(one.capitalize() for one in held), NAMED.get(last) or _CHARACTERS.get(last) or last])


def names(name: str, typed: str) -> tuple[str, ...]:
    """The keys that somebody writes for an action, by Textual's names. Raises UsageError."""
    return tuple(dict.fromkeys(_key(name, one.strip()) for one in typed.split(",")))


def settled(shared: Mapping[str, object], own: Mapping[str, object]) -> tuple[dict[str, tuple[str, ...]], str]:
    """What holds of what the workspace and the person have chosen, and a sentence where not all of it can be meant.

    The person's choice wins; of whom the choice is wrong, nothing of it holds.
    """
    problem = ""
    for one, other in ((shared, own), ({}, own), (shared, {})):
        try:
            return checked(one, other), problem
        except UsageError as error:
            problem = problem or str(error)
    return {}, problem


def checked(shared: Mapping[str, object], own: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Both as one choice. Raises UsageError with the first thing that cannot be meant."""
    known = actions()
    chosen = {name: _meant(known, name, value, is_own=False) for name, value in shared.items() if name not in own}
    chosen |= {name: _meant(known, name, value, is_own=True) for name, value in own.items()}
    for place in PLACES.values():
        _check_free(place.keys, chosen)
    return chosen


def _check_free(there: Iterable[Key], chosen: Chosen) -> None:
    taken: dict[str, Key] = {}
    for action in there:
        for key in _pressed(action, chosen) if action.keys else ():
            other = taken.setdefault(key, action)
            if other.name != action.name:
                asked, has = (action, other) if action.name in chosen else (other, action)
                told = _("{name} cannot have {key}: there it is for {other} ({help}).")
                raise UsageError(
                    told.format(name=asked.name, key=display(key), other=has.name, help=has.help())
                ) from None


def _meant(known: Mapping[str, Key], name: str, value: object, *, is_own: bool) -> tuple[str, ...]:
    """The keys of a choice that can be meant by itself. Raises UsageError."""
    if name not in known:
        raise UsageError(_("{name} is no action; all are listed by: pantau keys").format(name=plain(name)))
    chosen = names(name, value if isinstance(value, str) else "")
    is_typed = any(place.is_typed and known[name] in place.keys for place in PLACES.values())
    for key in chosen:
        facts = {"name": name, "key": display(key)}
        if not is_own and ("+" in key or _is_function(key)):
            told = _("{name} cannot have {key} for everybody: many terminals keep it for themselves.")
            raise UsageError(told.format(**facts))
        if key.isdecimal() and known[name].scope != "views":
            raise UsageError(_("{name} cannot have {key}: digits pick what is numbered.").format(**facts))
        if known[name].is_danger and key in ("enter", "y"):
            told = _("{name} cannot have {key}: that is too easily pressed, or answers its question.")
            raise UsageError(told.format(**facts))
        if is_typed and (len(key) == 1 or key in _CHARACTERS or key in ("space", "backspace")):
            raise UsageError(_("{name} cannot have {key}: one types there.").format(**facts))
    return chosen


def _key(name: str, typed: str) -> str:
    """Textual's name of what somebody calls a key. Raises UsageError."""
    *held, last = typed.split("+") if len(typed) > 1 else [typed]
    last = last if len(last) == 1 else last.lower()
    last = _CALLED_SO_TOO.get(last, last)
    found = _character(last) if len(last) == 1 and last.isprintable() and last != " " else last
    is_known = len(found) == 1 or found in NAMED or found in _CHARACTERS or found != last or _is_function(found)
    modifiers = [one.lower() for one in held]
    if not is_known or not _MODIFIERS.issuperset(modifiers):
        told = _("{name}: “{key}” is no key. A key is a character, or one of: {known}")
        raise UsageError(told.format(name=name, key=plain(typed), known=", ".join(NAMED)))
    return "+".join([*modifiers, found])


def _pressed(key: Key, chosen: Chosen) -> tuple[str, ...]:
    """Esc stays a way out, whatever is chosen besides: where one types, no letter is one."""
    usual = tuple(key.keys.split(","))
    kept = (_WAY_OUT,) if _WAY_OUT in usual else ()
    return tuple(dict.fromkeys((*chosen[key.name], *kept))) if key.name in chosen else usual


def _character(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _CALLED.get(name, name)


def _is_function(key: str) -> bool:
    return re.fullmatch(r"f[1-9][0-9]?", key) is not None


_CHARACTERS = {_character(one): one for one in string.punctuation}
