"""A requirement as the catalogue worded it, kept for good under the hash of its words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from workflow.calendars import Anchor, MonthDay
from workflow.catalogue import Ask, CheckItem, DueRule, Level, Need, Requirement, Sure
from workflow.plans import Frequency


class Edition(NamedTuple):
    """The words and their hash."""

    digest: str
    words: str

    @classmethod
    def of(cls, requirement: Requirement) -> Edition:
        """What is kept of a requirement. Defaults are not written, so that a new key changes no old words."""
        said = {key: _written(value) for key, value in requirement._asdict().items()}
        defaults = {key: _written(value) for key, value in Requirement._field_defaults.items()}
        told = {key: value for key, value in said.items() if key not in defaults or value != defaults[key]}
        words = json.dumps(told, ensure_ascii=False, sort_keys=True)
        return cls(sha256(words.encode()).hexdigest(), words)

    def requirement(self) -> Requirement:
        """The requirement that these are the words of."""
        return _requirement(self.words)


# Each reading of the register meets the same few hundred again.
@lru_cache(maxsize=2048)
def _requirement(words: str) -> Requirement:
    told: dict[str, Any] = json.loads(words)
    read: dict[str, Any] = {key: _READ.get(key, _as_it_is)(value) for key, value in told.items()}
    return Requirement(**read)


def _written(value: object) -> object:
    if isinstance(value, DueRule):
        return {key: _written(one) for key, one in value._asdict().items() if one}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_item(one, place) if isinstance(one, CheckItem) else one for place, one in enumerate(value, start=1)]
    return value


def _item(item: CheckItem, place: int) -> object:
    """An item that is called by its place is its text alone: so it was written before items had codes."""
    if item == CheckItem(str(place), item.text):
        return item.text
    return {key: value for key, value in item._asdict().items() if value}


def _rule(value: Mapping[str, Any]) -> DueRule:
    rule = DueRule(**{**value, "anchor": Anchor(value["anchor"])})
    return rule._replace(fixed=MonthDay(*value["fixed"])) if value.get("fixed") else rule


def _checklist(value: Iterable[str | Mapping[str, str]]) -> tuple[CheckItem, ...]:
    return tuple(
        CheckItem(str(place), one) if isinstance(one, str) else CheckItem(**one)
        for place, one in enumerate(value, start=1)
    )


def _as_it_is(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


_READ: Mapping[str, Callable[[Any], object]] = {
    "level": Level,
    "every": Frequency,
    "need": Need,
    "ask": Ask,
    "due": _rule,
    "checklist": _checklist,
    "sure": Sure,
}
