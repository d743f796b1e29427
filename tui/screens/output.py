"""The last that is done to a line before it leaves for the terminal, whichever widget has drawn it."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.look import Signs

_SIGNS: dict[int, str] = {
    **dict.fromkeys(range(0x2500, 0x2580), "+"),  # corners and crossings; those that are neither follow
    **dict.fromkeys(map(ord, "─━┄┅┈┉╌╍═╴╶╸╺╼╾"), "-"),
    **dict.fromkeys(map(ord, "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"), "|"),
    **dict.fromkeys(range(0x2580, 0x25A0), " "),  # ends of scrollbars, whose rest is blank too
    **dict.fromkeys(map(ord, "█▓■●◆"), "#"),
    **dict.fromkeys(map(ord, "░▒□○◇"), "."),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "“”„«»"), '"'),
    **dict.fromkeys(map(ord, "‘’‚"), "'"),
    **dict.fromkeys(map(ord, "›►▶▸→≥"), ">"),
    **dict.fromkeys(map(ord, "‹◄◀◂←≤"), "<"),
    **dict.fromkeys(map(ord, "▲▴↑"), "^"),
    **dict.fromkeys(map(ord, "▼▾↓✓√"), "v"),
    **dict.fromkeys(map(ord, "•∙"), "*"),
    **dict.fromkeys(map(ord, "×✗"), "x"),
    ord("·"): ".",
    ord("…"): "~",
    0xA0: " ",
    0xFFFD: "?",
}


class Lean(LineFilter):
    """Does not say what holds anyway, as each stretch begins anew: that the colours are those of the terminal.

    With `is_colourless` no colour is said at all. Neighbours that look the same leave as one.
    """

    def __init__(self, *, is_colourless: bool) -> None:
        super().__init__()
        self._is_colourless = is_colourless

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # Textual's own
        """The same line in fewer bytes."""
        look = _colourless if self._is_colourless else _lean
        return list(Segment.simplify(Segment(text, look(style) if style else None) for text, style, _ in segments))


class Ascii(LineFilter):
    """Draws with the signs that every terminal has.

    `is_strict` is for one that cannot show others at all: letters lose their accents there, and what has no such
    letter becomes a question mark. Otherwise names and documents keep their letters.
    """

    def __init__(self, *, is_strict: bool) -> None:
        super().__init__()
        self._is_strict = is_strict

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # Textual's own
        """The same line, as wide as before."""
        return [
            one if one.text.isascii() else one._replace(text=spelled(one.text, is_strict=self._is_strict))
            for one in segments
        ]


def filters(signs: Signs, *, is_colourless: bool) -> list[LineFilter]:
    """What is done to each line, in this order."""
    lean = Lean(is_colourless=is_colourless)
    return [lean] if signs is Signs.ALL else [lean, Ascii(is_strict=signs is Signs.ASCII_ONLY)]


def leaving(told: str, signs: Signs) -> str:
    """What is said when the screens are gone, with the signs that they had."""
    return told if signs is Signs.ALL else spelled(told, is_strict=signs is Signs.ASCII_ONLY)


@lru_cache(4096)
def spelled(text: str, *, is_strict: bool) -> str:
    """A text in ASCII signs, in as many columns."""
    plainer = text.translate(_SIGNS)
    if not is_strict or plainer.isascii():
        return plainer
    return set_cell_size("".join(map(_letter, plainer)), cell_len(text))


def _letter(one: str) -> str:
    bare = normalize("NFKD", one).encode("ascii", "ignore").decode("ascii")
    width = cell_len(one)
    return bare if len(bare) == width else "?" * width


@lru_cache(1024)
def _lean(style: Style) -> Style:
    colours = (None if one is None or one.is_default else one for one in (style.color, style.bgcolor))
    return _colourless(style) + Style.from_color(*colours)


@lru_cache(1024)
def _colourless(style: Style) -> Style:
    return style.without_color.clear_meta_and_links()
