"""What is read of a document: its text by page, where pictures stand in it, and how a part of a page looks."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """Why a document has no text to show."""

    NO_READER = "no reader"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MUCH = "too much"


class Depth(StrEnum):
    """How far to read: the front, which recognition needs, is quick; the whole is for people and for search."""

    FRONT = "front"
    WHOLE = "whole"


class Picture(NamedTuple):
    """A picture on a page: before which line of the page's text it begins, where it lies and how large it is.

    In points, from the top left corner of the page; a letter does not say where on the page one lies (0, 0).
    """

    page: int
    line: int
    left: int
    top: int
    width: int
    height: int


class Text(NamedTuple):
    """How many pages a document has, and the text of those that were read; a scanned page has none."""

    total: int
    pages: tuple[str, ...]
    numbers: tuple[int, ...]  # of the pages that were read, from 1 on; a sheet of a workbook is a page
    title: str = ""
    subject: str = ""
    is_whole: bool = True  # no deeper reading would bring more
    pictures: tuple[Picture, ...] = ()  # in their order; the words of a text are the same with and without them

    @property
    def is_scan(self) -> bool:
        """Whether there are pages, and no text on any that was read."""
        return bool(self.pages) and not any(page.strip() for page in self.pages)


class Unreadable(NamedTuple):
    """The document could not be read, and why."""

    why: Why


class Window(NamedTuple):
    """A part of a page, in dots: `scale` of them are a point. The page is from 1 on."""

    page: int
    scale: float
    left: int
    top: int
    width: int
    height: int


class Glimpse(NamedTuple):
    """What is seen through a window: for each row a letter for each dot, `a` black to `x` white.

    `page_width` and `page_height` are those of the page, in points; what lies beyond the page is white.
    """

    total: int
    page_width: int
    page_height: int
    rows: tuple[str, ...]
