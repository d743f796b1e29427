"""How the screens look to one person at one terminal: which theme, and with which signs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workflow import Preferences

if TYPE_CHECKING:
    from tui.session import Session

THEME_CHOICE, ASCII_CHOICE = "theme", "ascii"  # the names of what a person has chosen


class Theme(StrEnum):
    """The themes by their names."""

    DARK = "dark"
    LIGHT = "light"
    OKABE_ITO = "okabe-ito"
    ANSI = "ansi"


class Signs(StrEnum):
    """What lines are drawn with, and whether names keep letters that ASCII has not."""

    ALL = "all"
    ASCII = "ascii"
    ASCII_ONLY = "ascii only"


class Look(NamedTuple):
    """The theme and the signs."""

    theme: Theme = Theme.ANSI
    signs: Signs = Signs.ALL


PLAINEST = Look()


class Terminal(NamedTuple):
    """What is known of the terminal: the variables that are set, and how text leaves for it."""

    environment: Mapping[str, str]
    encoding: str

    @property
    def is_colourless(self) -> bool:
        """Whether its person wants no colour (no-color.org)."""
        return "NO_COLOR" in self.environment

    @property
    def shows_all_signs(self) -> bool:
        """Whether it can be sent more than ASCII. No locale is taken for UTF-8, as Python does; C is not."""
        said = next(filter(None, map(self.environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
        return said not in ("C", "POSIX") and self.encoding.replace("-", "").casefold() == "utf8"

    @property
    def theme(self) -> Theme:
        """What suits it. Over SSH bytes count, and where colours are few a theme would be guessed at."""
        is_remote = any(map(self.environment.get, ("SSH_CONNECTION", "SSH_TTY")))
        return Theme.DARK if self.has_all_colours and not is_remote else Theme.ANSI

    @property
    def has_all_colours(self) -> bool:
        """Whether it says that it shows 24 bits of colour."""
        return self.environment.get("COLORTERM", "").casefold() in ("truecolor", "24bit")


def look(session: Session, terminal: Terminal, *, theme: str | None = None, is_ascii: bool = False) -> Look:
    """What is asked for now, then what the person has chosen, then the workspace's setting, then what suits.

    No colour at all leaves only the terminal's own theme, and a terminal that shows only ASCII gets nothing else.
    """
    kept, settings = Preferences(session.database).of(session.actor), session.workspace.settings.screens
    asked = (theme, kept.get(THEME_CHOICE), settings.get("theme"))
    named = next((Theme(name) for name in asked if name in list(Theme)), terminal.theme)
    is_chosen = kept.get(ASCII_CHOICE, "yes" if settings.get("ascii") else "no") == "yes"
    signs = Signs.ASCII if is_ascii or is_chosen else Signs.ALL
    shown = signs if terminal.shows_all_signs else Signs.ASCII_ONLY
    return Look(Theme.ANSI if terminal.is_colourless else named, shown)
