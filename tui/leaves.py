"""The pages of a document as lines that are harmless to a terminal, with a mark where a picture stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from inbox import Picture, Text, Why
from tui.language import _
from workflow import plain_lines


class Line(NamedTuple):
    """A line, and the picture of which it is the mark."""

    text: str
    picture: Picture | None = None


class Leaf(NamedTuple):
    """A page: its number and its lines, none where it says nothing and shows nothing."""

    number: int
    lines: tuple[Line, ...]


def leaves(text: Text) -> Iterator[Leaf]:
    """Each page that was read."""
    for number, page in zip(text.numbers, text.pages, strict=True):
        yield Leaf(number, tuple(_lines(page, [one for one in text.pictures if one.page == number])))


def mark(picture: Picture) -> str:
    """What stands where a picture does."""
    return _("[picture {width}x{height} pt here]").format(width=picture.width, height=picture.height)


def heading(number: int, count: int) -> str:
    """What stands above a page."""
    return _("page {n}/{count}").format(n=number, count=count)


def unreadable(why: Why) -> str:
    """Why there is no text to read."""
    match why:
        case Why.NO_READER:
            return _("The text of this kind of file cannot be shown here. The file itself is kept.")
        case Why.ENCRYPTED:
            return _("This file is locked with a password. Ask for one that is not, or send it back.")
        case Why.BROKEN:
            return _("This file is damaged and cannot be read.")
        case Why.TOO_MUCH:
            return _("This file needs more time or memory than is allowed to read it.")
        case _:
            assert_never(why)


def _lines(page: str, pictures: Sequence[Picture]) -> Iterator[Line]:
    said = plain_lines(page).expandtabs(4).split("\n")
    for place, text in enumerate(said):
        yield from (Line(mark(one), one) for one in pictures if one.line == place)
        # Blank lines part the others; at the ends of a page there is nothing to part.
        if text.strip() or (any(map(str.strip, said[:place])) and any(map(str.strip, said[place:]))):
            yield Line(text.rstrip())
    yield from (Line(mark(one), one) for one in pictures if one.line >= len(said))
