"""The searches that people come back to, by their names."""

from __future__ import annotations

from typing import NamedTuple

from tui.language import _, language
from workflow import Actor, Preferences

_PREFIX = "search."
# What is offered to whoever has saved none: each as a person types it.
_USUAL = {
    "id": ("adalah:terlambat adalah:saya", "adalah:temuan-terbuka", "tenggat:14h"),
    "en": ("is:late is:mine", "is:open-finding", "due:14d"),
}


class Saved(NamedTuple):
    """A search with a name. Those that come with Pantau are not the person's own."""

    name: str
    line: str
    is_own: bool = True


def saved(preferences: Preferences, actor: Actor) -> list[Saved]:
    """The searches that a person has saved, or some that are useful to all where they have saved none."""
    own = preferences.of(actor, _PREFIX)
    if own:
        return [Saved(name.removeprefix(_PREFIX), line) for name, line in own.items()]
    names = (_("late, and my turn"), _("open findings"), _("due within 14 days"))
    return [Saved(name, line, is_own=False) for name, line in zip(names, _USUAL[language()], strict=True)]


def save(preferences: Preferences, actor: Actor, name: str, line: str) -> None:
    """Keep a search under a name, instead of another of that name. The first one keeps the usual ones beside it."""
    for one in saved(preferences, actor):
        preferences.choose(actor, _PREFIX + one.name, one.line)
    preferences.choose(actor, _PREFIX + name, line)


def drop(preferences: Preferences, actor: Actor, name: str) -> None:
    """Keep it no longer."""
    preferences.drop(actor, _PREFIX + name)
