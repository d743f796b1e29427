"""The text of a document, page by page, read in a child process that may fail without harm."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

SECONDS = 20


class Why(StrEnum):
    """Why a document has no text to show."""

    NOT_A_PDF = "not a pdf"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MUCH = "too much"


class Pages(NamedTuple):
    """How many pages there are, and the text of the first of them; a scanned page has none."""

    total: int
    texts: tuple[str, ...]


class Unreadable(NamedTuple):
    """The document could not be read, and why."""

    why: Why


def read_pages(path: Path) -> Pages | Unreadable:
    """Read a document. Blocks for up to `SECONDS`; what costs more time, memory or files is given up."""
    # Not at the top: it takes longer to import than the rest of the room, and most commands read no document.
    import subprocess

    # It finds this very package, installed or not, and nothing else that an environment or a user has put in its way.
    command, home = [sys.executable, "-Es", "-m", "inbox.page_reader"], Path(__file__).parents[1]
    try:
        with path.open("rb") as document:
            child = subprocess.run(
                command, stdin=document, capture_output=True, timeout=SECONDS, check=False, cwd=home
            )
    except subprocess.TimeoutExpired:
        return Unreadable(Why.TOO_MUCH)
    except OSError:
        return Unreadable(Why.BROKEN)
    if child.returncode:
        return Unreadable(Why.TOO_MUCH)
    answer = json.loads(child.stdout)
    return Pages(answer[0], tuple(answer[1])) if isinstance(answer, list) else Unreadable(Why(answer))
