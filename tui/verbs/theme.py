"""`pantau theme`: the colours and the signs of one's own screens."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from tui import as_json
from tui.language import _
from tui.look import ASCII_CHOICE, THEME_CHOICE, Signs, Terminal, Theme, look
from tui.verbs import session
from workflow import Preferences


def run(options: Namespace) -> int:
    """Choose for oneself what is named, then print the themes with the one that holds at this terminal."""
    asked = session(options)
    kept = Preferences(asked.database)
    if options.default:
        kept.drop(asked.actor, THEME_CHOICE)
        kept.drop(asked.actor, ASCII_CHOICE)
    if options.name:
        kept.choose(asked.actor, THEME_CHOICE, options.name)
    if options.signs:
        kept.choose(asked.actor, ASCII_CHOICE, "yes" if options.signs == Signs.ASCII else "no")
    here = look(asked, Terminal(os.environ, sys.stdout.encoding))
    if options.json:
        chosen = kept.of(asked.actor)
        as_json.show({"theme": here.theme, "signs": here.signs, "themes": list(Theme), "chosen": chosen})
        return 0
    for theme in Theme:
        print(f"{'>' if theme is here.theme else ' '} {theme:<9}  {_about(theme)}")
    return 0


def _about(theme: Theme) -> str:
    match theme:
        case Theme.DARK:
            return _("light on dark")
        case Theme.LIGHT:
            return _("dark on light")
        case Theme.OKABE_ITO:
            return _("blue, orange and vermillion on dark, for whoever confuses red and green")
        case Theme.ANSI:
            return _("the terminal's own colours, in the fewest bytes")
