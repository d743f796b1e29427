"""The views that a digit opens. Each is imported when it is opened: the first picture waits for no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from tui.language import _
from tui.screens.text import Part

if TYPE_CHECKING:
    from tui.screens.view import View
    from tui.session import Session

OVERVIEW, QUEUE, INBOX, SEARCH, CALENDAR, PEOPLE = "overview queue inbox search calendar people".split()
_SCREENS = {
    QUEUE: ("waiting", "WaitingScreen"),
    INBOX: ("inbox", "InboxScreen"),
    SEARCH: ("search", "SearchScreen"),
    CALENDAR: ("calendar", "CalendarScreen"),
    PEOPLE: ("people", "PeopleScreen"),
}


def opened(name: str, session: Session) -> View:
    """A view by its name; the overview lies below all others and is never opened again."""
    module, screen = _SCREENS[name]
    view: View = getattr(import_module(f"tui.screens.{module}"), screen)(session)
    return view


def tabs(here: str, counts: Mapping[str, int]) -> list[Part]:
    """The views that a digit opens, the one where one is in bold, and how much waits where that is counted."""
    titles = {
        OVERVIEW: _("Overview"),
        QUEUE: _("Queue"),
        INBOX: _("Inbox"),
        SEARCH: _("Search"),
        CALENDAR: _("Calendar"),
        PEOPLE: _("People"),
    }
    parts: list[Part] = []
    for digit, (name, title) in enumerate(titles.items(), start=1):
        counted = f" {counts[name]}" if name in counts else ""
        parts += [(f"{digit} {title}{counted}", "bold" if name == here else ""), "  "]
    return parts[:-1]


def brief(parts: Iterable[Part]) -> list[Part]:
    """The same for a narrow terminal: of a view where one is not, the digit and how much waits there: `2:5`."""
    return [part if isinstance(part, str) or part[1] else (_brief(part[0].split()), "") for part in parts]


def _brief(words: Sequence[str]) -> str:
    return ":".join(word for word in words if word.isdecimal())
