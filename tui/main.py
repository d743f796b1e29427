"""The command `pantau`: what is asked most is answered at once, all else by the whole command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from tui import at_once


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb and return its exit code: 0 done, 1 refused, 2 not understood or not possible."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a sign that the terminal cannot show stops no answer
    answered = at_once.answer(arguments)
    if answered is not None:
        return answered
    from tui import running

    return running.run(arguments)
