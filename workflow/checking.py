"""A reviewer's checklist on one version of a document: work in progress until a decision takes it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from workflow.actors import Actor
from workflow.catalogue import Requirement
from workflow.database import Database
from workflow.errors import Unknown
from workflow.findings import Check, Defect, page_of
from workflow.moments import utc
from workflow.obligations import Digest, Obligation
from workflow.plain import plain
from workflow.states import Mark
from workflow.tables import likely

_TICK = """
INSERT INTO tick (obligation, content, code, actor, mark, page, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET mark = excluded.mark, page = excluded.page, note = excluded.note, at = excluded.at
"""


class Checklists:
    """What each reviewer has ticked on the version that stands there. A newer version is ticked anew."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of(self, obligation: Obligation, actor: Actor) -> dict[str, Check]:
        """What this person has ticked, by the item's code."""
        return {one.code: one for one in ticked(self._database, obligation, obligation.content, actor.name)}

    def tick(
        self, obligation: Obligation, actor: Actor, code: str, mark: Mark, *, page: int = 0, note: str = ""
    ) -> None:
        """Tick an item on the version that the caller saw. Raises Unknown for no such item, or no file."""
        codes = [item.code for item in obligation.requirement.checklist]
        if code not in codes or obligation.content is None:
            raise Unknown("check", code, likely(code, codes))
        at = utc(self._clock())
        values = (obligation.id, obligation.content, code, plain(actor.name), mark, page_of(page))
        with self._database.writing():
            self._database.run(_TICK, *values, plain(note).strip(), at)

    def untick(self, obligation: Obligation, actor: Actor, code: str) -> None:
        """Say nothing of an item any more."""
        where = "WHERE obligation = ? AND content = ? AND actor = ? AND code = ?"
        values = (obligation.id, obligation.content, plain(actor.name), code)
        with self._database.writing():
            self._database.run(f"DELETE FROM tick {where}", *values)


def ticked(database: Database, obligation: Obligation, content: Digest | None, actor: str) -> tuple[Check, ...]:
    """What a person has ticked on a version, of the items that are still asked for."""
    where = "WHERE obligation = ? AND content = ? AND actor = ? ORDER BY code"
    rows = database.rows(f"SELECT code, mark, page, note FROM tick {where}", obligation.id, content, plain(actor))
    asked = {item.code for item in obligation.requirement.checklist}
    return tuple(Check(row[0], Mark(row[1]), row[2], row[3]) for row in rows if row[0] in asked)


def defects_of(requirement: Requirement, checks: Iterable[Check]) -> tuple[Defect, ...]:
    """What a return says of a checklist that was begun: every item that was not ticked as met or not applicable."""
    said = {one.code: one for one in checks}
    return tuple(_defects(requirement, said)) if said else ()


def _defects(requirement: Requirement, said: dict[str, Check]) -> Iterator[Defect]:
    for item in requirement.checklist:
        check = said.get(item.code)
        if check is None:
            yield Defect(item.text, item.code)
        elif check.fails:
            yield Defect(": ".join(filter(None, (item.text, check.note))), item.code, check.page)
