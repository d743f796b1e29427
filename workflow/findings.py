"""What a reviewer notes: defects, answers to a checklist, and findings that are followed until they are repaired."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from workflow.plain import plain
from workflow.states import FindingState, Mark

LAST_PAGE = 99_999


class Defect(NamedTuple):
    """One defect as it is noted. `code` is that of an item of the checklist, `page` 0 where it is on none."""

    text: str
    code: str = ""
    page: int = 0


class Check(NamedTuple):
    """What a reviewer says of one item of the checklist, on which page, and why."""

    code: str
    mark: Mark
    page: int = 0
    note: str = ""

    @property
    def fails(self) -> bool:
        """Whether the item is not as it should be."""
        return self.mark in (Mark.NEEDS_REPAIR, Mark.NOT_FOUND)


class Finding(NamedTuple):
    """A defect that is followed. `seq` is the record that it was noted in, `changed` the one that moved it last."""

    number: int
    seq: int
    state: FindingState
    changed: int
    defect: Defect


def noted(said: str | Defect) -> Defect:
    """A defect whose words no terminal obeys, from what a person has typed."""
    defect = said if isinstance(said, Defect) else Defect(said)
    return Defect(plain(defect.text).strip(), plain(defect.code), page_of(defect.page))


def page_of(said: int) -> int:
    """A page that a document can have, or 0 for none."""
    return said if 0 < said <= LAST_PAGE else 0


def packed_defects(defects: tuple[Defect, ...]) -> str:
    """As they are stored; one that is words alone is stored as words."""
    return json.dumps(said_of(defects), ensure_ascii=False)


def said_of(defects: tuple[Defect, ...]) -> list[Any]:
    """As the chain of hashes has them: one without code and page as in the records of before there were any."""
    return [one._asdict() if one.code or one.page else one.text for one in defects]


def unpacked_defects(text: str) -> tuple[Defect, ...]:
    """Read what `packed_defects` has written. Raises TypeError or ValueError for anything else."""
    return tuple(Defect(**one) if isinstance(one, dict) else Defect(one) for one in json.loads(text))


def packed_checks(checks: tuple[Check, ...]) -> str:
    """As they are stored."""
    return json.dumps(checks, ensure_ascii=False)


def unpacked_checks(text: str) -> tuple[Check, ...]:
    """Read what `packed_checks` has written. Raises TypeError or ValueError for anything else."""
    return tuple(Check(code, Mark(mark), page, note) for code, mark, page, note in json.loads(text))
