"""What each colour of the style sheet is in each theme.

A colour never says anything alone: the letter, its case and its attribute say it too. In all themes but `ansi`, whose
colours the terminal has, contrast is at least 4.5 for words and 3 for lines and quiet marks, in 256 colours too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.theme import Theme as Drawn

from tui.look import Theme


class Palette(NamedTuple):
    """The colours of a theme, each by what it says."""

    ground: str
    words: str
    quiet: str
    line: str
    ours: str
    returned: str
    late: str
    cursor: str
    on_cursor: str
    alert: str


PALETTES = {
    Theme.DARK: Palette(
        ground="#1c1c1c",
        words="#d0d0d0",
        quiet="#9e9e9e",
        line="#767676",
        ours="#5fd7ff",
        returned="#ffaf5f",
        late="#9e9e9e",
        cursor="#ffd75f",
        on_cursor="#1c1c1c",
        alert="#ffd75f",
    ),
    Theme.LIGHT: Palette(
        ground="#ffffff",
        words="#1c1c1c",
        quiet="#626262",
        line="#808080",
        ours="#005faf",
        returned="#875f00",
        late="#626262",
        cursor="#00005f",
        on_cursor="#ffffff",
        alert="#875f00",
    ),
    # The colours that Okabe and Ito (2008) chose so that nobody confuses them: sky blue, orange, vermillion, yellow.
    Theme.OKABE_ITO: Palette(
        ground="#121212",
        words="#d0d0d0",
        quiet="#9e9e9e",
        line="#767676",
        ours="#56b4e9",
        returned="#e69f00",
        late="#d55e00",
        cursor="#f0e442",
        on_cursor="#121212",
        alert="#f0e442",
    ),
    Theme.ANSI: Palette(
        ground="ansi_default",
        words="ansi_default",
        quiet="ansi_default",
        line="ansi_bright_black",
        ours="ansi_cyan",
        returned="ansi_yellow",
        late="ansi_bright_black",
        cursor="ansi_bright_yellow",
        on_cursor="ansi_black",
        alert="ansi_yellow",
    ),
}


def themes() -> Iterator[Drawn]:
    """What the application registers."""
    for name, colours in PALETTES.items():
        yield Drawn(
            name,
            primary=colours.ours,
            warning=colours.alert,
            error=colours.returned,
            foreground=colours.words,
            background=colours.ground,
            surface=colours.ground,
            panel=colours.ground,
            boost=colours.ground,
            dark=name is not Theme.LIGHT,
            ansi=name is Theme.ANSI,
            variables=_variables(colours, is_ansi=name is Theme.ANSI),
        )


def _variables(colours: Palette, *, is_ansi: bool) -> dict[str, str]:
    """The names that the style sheet uses, and those of Textual's own that it would mix from several colours."""
    cursors = ("block-cursor", "block-cursor-blurred", "input-cursor", "input-selection", "screen-selection")
    return {
        **{name.replace("_", "-"): colour for name, colour in colours._asdict().items()},
        # In the terminal's own colours quiet can only be said so; elsewhere it has a colour that was checked.
        "quiet-style": "dim" if is_ansi else "none",
        **{f"{name}-foreground": colours.on_cursor for name in cursors},
        **{f"{name}-background": colours.cursor for name in cursors},
        "ansi-background": colours.ground,
        "ansi-foreground": colours.words,
        "text": colours.words,
        "border": colours.words,
        "border-blurred": colours.line,
        "block-hover-background": colours.ground,
        "scrollbar": colours.line,
        "scrollbar-hover": colours.line,
        "scrollbar-active": colours.line,
        "scrollbar-background": colours.ground,
        "scrollbar-background-hover": colours.ground,
        "scrollbar-background-active": colours.ground,
        "scrollbar-corner-color": colours.ground,
    }
