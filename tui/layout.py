"""Rows of text for a terminal, for one as narrow as a telephone, and for what is no terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

PHONE = 40  # columns, of a telephone held upright
_NARROW = 60  # from so many on, a line of a document is a line


def terminal_columns() -> int | None:
    """How wide the terminal is; None where it does not say, or the answer goes somewhere else."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None if sys.stdout.isatty() else None
    except (OSError, ValueError):
        return None


def is_narrow(columns: int | None) -> bool:
    """Whether a line of a document has no room, so that its parts stand one below the other."""
    return columns is not None and columns < _NARROW


def on_a_phone(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their cells one below the other: the code and the name first, all else set in."""
    for code, name, *others in rows:
        yield from folded(f"{code} {name}", 3)
        yield from (f"   {line}" for part in filter(None, others) for line in folded(part, 2, PHONE - 3))


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their columns one below the other; the last one is as long as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        told = "  ".join(f"{text:<{width}}" for text, width in zip(others, widths[1:], strict=True))
        yield f"{first} {told}".rstrip()


def folded(text: str, indent: int, width: int = PHONE) -> Iterator[str]:
    """The text in lines of so many columns at most, all but the first set in; a word that is longer goes on below."""
    line = ""
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word) > width:
            yield line
            line = " " * indent + word
        else:
            line = f"{line} {word}" if line else word
        while len(line) > width:
            yield line[:width]
            line = " " * indent + line[width:]
    yield line
