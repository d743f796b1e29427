"""What a reviewer looks at, read from the checklists of requirements.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from workflow import tables
from workflow.catalogue import CheckItem
from workflow.tables import Table, wrong

FILE = "requirements.toml"
_KEYS = frozenset(CheckItem._fields)
_SHAPE = '[{ code = "…", text = "…" }]'

Items = tuple[CheckItem, ...]


class Checklists(NamedTuple):
    """The items that all reviewed documents share, and the lists that a requirement can name."""

    common: Items
    named: Mapping[str, Items]

    def of(self, entry: Table, *, is_reviewed: bool) -> Items:
        """The common items, those of the lists that it names, its own; a later one takes the place of its code."""
        code = str(entry["code"])
        items = list(self.common) if is_reviewed else []
        for name in tables.names(FILE, entry, "checklists", self.named, of=code):
            items += self.named[name]
        items += _items(entry, "checklist", of=code)
        return tuple({item.code: item for item in items}.values())


def read_checklists(table: Table) -> Checklists:
    """The common items, and the lists by their names."""
    named = table.get("checklists", {})
    if not isinstance(named, dict):
        raise wrong(FILE, table, "checklists", "[checklists]")
    return Checklists(_items(table, "checklist"), {name: _items(named, name) for name in named})


def _items(table: Table, key: str, *, of: str = "") -> Items:
    """The items of a list. One that is only a text is called by its place, where it is a requirement's own."""
    written, items = table.get(key, []), dict[str, CheckItem]()
    if not isinstance(written, list):
        raise wrong(FILE, table, key, _SHAPE, of=of or key)
    for place, one in enumerate(written, start=1):
        if of and isinstance(one, str) and one.strip():
            item = CheckItem(str(place), one.strip())
        elif isinstance(one, dict):
            item = _item(one, of=of or key)
        else:
            raise wrong(FILE, table, key, _SHAPE, of=of or key)
        if item.code in items:
            within, at = (one, "code") if isinstance(one, dict) else (table, key)
            raise wrong(FILE, within, at, f"{item.code} twice", of=of or key)
        items[item.code] = item
    return tuple(items.values())


def _item(one: Table, *, of: str) -> CheckItem:
    tables.known(FILE, one, _KEYS, of=of)
    code, text = tables.code(FILE, one, of=of), tables.text(FILE, one, "text")
    text_en, group = (tables.text(FILE, one, key) if key in one else "" for key in ("text_en", "group"))
    return CheckItem(code, text, text_en, group)
