"""The whole trail as a file: JSON Lines, which anyone can verify, or CSV, which anyone can open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tui.tables import guarded

COLUMNS = (
    *(
        "number",
        "kind",
        "at",
        "obligation",
        "seq",
        "actor",
        "role",
        "unit",
        "on_behalf",
        "action",
        "source",
        "target",
    ),
    *("content", "name", "note", "findings", "due", "cancels", "dated", "terms", "about", "checks", "holder", "via"),
    *("relation", "key", "digest", "row", "hash"),
)


def json_lines(entries: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One entry a line, as canonical as the hashes need it."""
    for one in entries:
        yield json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def comma_separated(entries: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One entry a row; what has parts stands in its cell as JSON, and no cell is calculated by a spreadsheet."""
    yield "\ufeff".encode()  # with its mark, a spreadsheet does not take UTF-8 for the code page of the machine
    yield _row(COLUMNS)
    for one in entries:
        yield _row(_cell(one.get(column)) for column in COLUMNS)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case int():
            return str(value)
        case _:
            return guarded(json.dumps(value, ensure_ascii=False))


def _row(cells: Iterable[str]) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerow(cells)
    return made.getvalue().encode()
