"""How far a long piece of work is, on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from tui import words
from tui.language import _

Thing = TypeVar("Thing")


def along(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """The things one after the other: a bar on a terminal, elsewhere a line at each tenth of the way."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        from rich.console import Console
        from rich.progress import track

        yield from track(things, what, console=Console(stderr=True))
        return
    for n, thing in enumerate(things, start=1):
        yield thing
        if 10 * n // len(things) > 10 * (n - 1) // len(things):
            told = _("{what}: {n} of {all}").format(what=what, n=words.number(n), all=words.number(len(things)))
            print(told, file=sys.stderr, flush=True)
