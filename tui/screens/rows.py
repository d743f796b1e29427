"""What a reader shows, as rows that fit its width: a text by page, or what has changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content, Span

from inbox import Picture, Text, Unreadable
from tui.difference import Change, Sign, is_changed, shortened
from tui.language import _
from tui.leaves import heading, leaves, unreadable

Document = Text | Unreadable | None
Changes = tuple[Change, ...] | Unreadable | None
Places = tuple[tuple[int, int], ...]


class Showing(Enum):
    """What is shown of a document."""

    TEXT = auto()
    COMPARED = auto()
    CHANGES = auto()


class Kind(Enum):
    """What a row is. What Pantau itself says begins at the edge, where no text from outside does."""

    TEXT = auto()
    PAGE = auto()
    PICTURE = auto()
    SAME = auto()
    GONE = auto()
    NEW = auto()


_HEADS = {Kind.PICTURE: "■ ", Kind.SAME: "  ", Kind.GONE: "- ", Kind.NEW: "+ "}


class Row(NamedTuple):
    """What it says, on which page, and from where to where words stand out in it."""

    said: str
    kind: Kind = Kind.TEXT
    page: int = 0
    picture: Picture | None = None
    places: Places = ()


def told(document: Document, width: int) -> Iterator[Row]:
    """A document, or why there is none."""
    match document:
        case None:
            yield Row(_("reading…"), Kind.PAGE)
        case Unreadable(why):
            yield from remark(unreadable(why), width)
        case Text(pages=()):
            yield from remark(_("Nothing has arrived yet."), width)
        case Text(total=total):
            for leaf in leaves(document):
                yield _heading(leaf.number, total, width)
                if not any(one.picture is None for one in leaf.lines):
                    yield from _folded(_("No text on this page: a scan or a picture."), Kind.TEXT, leaf.number, width)
                for one in leaf.lines:
                    kind = Kind.PICTURE if one.picture else Kind.TEXT
                    yield from _folded(one.text, kind, leaf.number, width, picture=one.picture)


def changed(changes: Changes, showing: Showing, total: int, width: int) -> Iterator[Row]:
    """What has changed since the version before, or why that cannot be told, or not yet (None)."""
    match changes:
        case None:
            yield Row(_("comparing…"), Kind.PAGE)
        case Unreadable(why):
            told = _("The version before has no text to compare with.")
            yield from remark(f"{told} {unreadable(why)}", width)
        case _ if is_changed(changes):
            yield from _changed(changes if showing is Showing.COMPARED else [*shortened(changes)], total, width)
        case _:
            yield from remark(_("Word for word the same as the version before, in other bytes."), width)


def remark(said: str, width: int) -> Iterator[Row]:
    """A sentence in the place of a text."""
    yield from _folded(said, Kind.TEXT, 0, width)


def hits(rows: Sequence[Row], found: str) -> dict[int, Places]:
    """In which rows the words stand one behind the other; where they do nowhere, in which each of them stands."""
    words = [re.escape(word) for word in found.split()]
    for wanted in (r"\s+".join(words), "|".join(words)):
        at = {
            place: _places(row.said, wanted) for place, row in enumerate(rows) if wanted and row.kind is not Kind.PAGE
        }
        if any(at.values()):
            return {place: those for place, those in at.items() if those}
    return {}


def _changed(changes: Sequence[Change | None], total: int, width: int) -> Iterator[Row]:
    """Below the headings of the pages of the present version; None is what was left out."""
    page = 0
    for one in changes:
        if one is None:
            yield from (Row("···", Kind.PAGE, page) for _left_out in range(page > 0))
            continue
        if one.page != page and (one.sign is not Sign.GONE or not page):
            page = one.page
            yield _heading(page, total, width)
        kind = {Sign.SAME: Kind.SAME, Sign.GONE: Kind.GONE, Sign.NEW: Kind.NEW}[one.sign]
        yield from _folded(one.text, kind, page, width, one.words)


def _places(said: str, wanted: str) -> Places:
    return tuple(one.span() for one in re.finditer(wanted, said, re.IGNORECASE))


def _heading(page: int, total: int, width: int) -> Row:
    return Row(f" {heading(page, total)} ".center(width + 1, "─"), Kind.PAGE, page)


def _folded(
    said: str, kind: Kind, page: int, width: int, places: Places = (), picture: Picture | None = None
) -> Iterator[Row]:
    head = _HEADS.get(kind, " ")
    room = width + 1 - len(head)
    if cell_len(said) <= room:
        parts = [Content(said, [Span(*one, "") for one in places])]
    else:
        parts = Content(said, [Span(*one, "u") for one in places]).wrap(room)
    for one in parts:
        moved = tuple((span.start + len(head), span.end + len(head)) for span in one.spans)
        yield Row(head + one.plain, kind, page, picture, moved)
