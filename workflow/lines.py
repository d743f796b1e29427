"""The line at which something stands in a TOML file. Slow, and only asked where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit

_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"

Way = tuple[str | int, ...]


def way_to(wanted: object, here: object, way: Way = ()) -> Way | None:
    """The keys and places that lead from a parsed file to one of its tables, told by its identity."""
    if here is wanted:
        return way
    if isinstance(here, Mapping):
        steps = here.items()
    elif isinstance(here, list):
        steps = dict(enumerate(here)).items()
    else:
        return None
    found = (way_to(wanted, below, (*way, step)) for step, below in steps)
    return next((one for one in found if one is not None), None)


def line_of(text: str, way: Sequence[str | int], key: str) -> int:
    """The line of a key of the table at the end of the way, or of the table where it has no such key."""
    document = tomlkit.parse(text)
    table: Any = document
    item: Any = None
    for step in way:
        item = table.item(step) if isinstance(step, str) else table[step]
        table = item
    if isinstance(table, tomlkit.items.InlineTable) and key not in table:
        key = next(iter(table), key)  # one that stands in a list has no beginning of its own
    if key in table:
        item = table.item(key)
    elif item is None:
        return 1
    item = item[0] if isinstance(item, tomlkit.items.AoT) else item
    # The library keeps every character of the file, and no positions: a mark in front of the thing shows the line.
    item.trivia.indent = _MARK + item.trivia.indent
    before, mark, _ = document.as_string().partition(_MARK)
    return before.count("\n") + 1 if mark else 0
