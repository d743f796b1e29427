"""What the register reads: obligations and records, from their rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from workflow.catalogue import Level, Office, Requirement
from workflow.database import Database, Row
from workflow.editions import Edition
from workflow.findings import unpacked_checks, unpacked_defects
from workflow.obligations import Digest, Obligation, ObligationId
from workflow.periods import Period
from workflow.states import Action, Duty, FindingState, Role, State
from workflow.terms import Terms
from workflow.trail import AuditRecord
from workflow.windows import Windows

_OBLIGATIONS = """
SELECT o.id, s.office, o.requirement, o.period, o.year, s.unit, s.needs_review, s.edition, s.duty, s.start, s.ruled,
       s.windows, s.due, s.seq, s.state, s.round, s.content, s.submitter, s.hands, s.readers, s.reviewer,
       s.review_seq, s.action, s.actor, s.at, s.holder, s.findings
FROM obligation o JOIN standing s ON s.obligation = o.id
"""
_WANTED = """
SELECT o.id, s.office, o.requirement, o.period, s.edition, s.duty, s.content
FROM obligation o JOIN standing s ON s.obligation = o.id WHERE s.state != 'approved' AND s.duty != 'waived'
"""
_DECIDED = (Duty.DECLARED, Duty.WAIVED)
# A year has few periods and windows, and a thousand obligations.
_period, _windows = lru_cache(1024)(Period.parse), lru_cache(1024)(Windows.unpacked)
_state, _duty, _action = lru_cache(State), lru_cache(Duty), lru_cache(Action)
# Most records say nothing of these, and then all say it in the same words.
_terms, _defects = lru_cache(1024)(Terms.unpacked), lru_cache(1024)(unpacked_defects)
_checks = lru_cache(1024)(unpacked_checks)


class _Columns(NamedTuple):
    """What `_OBLIGATIONS` asks for, in its order: by name, as a row of SQLite has it, each would be looked for."""

    id: ObligationId
    office: str
    requirement: str
    period: str
    year: int
    unit: str
    needs_review: int
    edition: str
    duty: str
    start: str | None
    ruled: str | None
    windows: str
    due: str | None
    seq: int
    state: str
    round: int
    content: Digest | None
    submitter: str | None
    hands: str
    readers: str
    reviewer: str | None
    review_seq: int | None
    action: str | None
    actor: str | None
    at: str | None
    holder: str | None
    findings: str


@lru_cache(1024)
def _findings(text: str) -> tuple[FindingState, ...]:
    return tuple(map(FindingState, text.split()))


@lru_cache(1024)
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(json.loads(text))


def offices(database: Database, where: str = "", *values: object) -> dict[str, Office]:
    """All offices by their code, in the order of the catalogue, or those that a condition holds for."""
    rows = database.rows(f"SELECT code, name, short FROM office {where} ORDER BY position", *values)
    return {row["code"]: Office(*row) for row in rows}


def editions(database: Database, where: str = "", *values: object) -> dict[str, Requirement]:
    """Every wording of every requirement, by its hash, or those that a condition holds for."""
    rows = database.rows(f"SELECT digest, words FROM edition {where}", *values)
    return {row["digest"]: Edition(*row).requirement() for row in rows}


def obligations(database: Database, where: str = "", *values: object) -> list[Obligation]:
    """Those that a condition on o (obligation) and s (standing) holds for."""
    rows = [*map(_Columns._make, database.rows(f"{_OBLIGATIONS} {where}", *values))]
    if not rows:
        return []
    # One is asked for most often: what is not of it is not read.
    codes, digests = {one.office for one in rows}, {one.edition for one in rows}
    there = offices(database, f"WHERE code IN ({_marks(codes)})", *codes)
    known = editions(database, f"WHERE digest IN ({_marks(digests)})", *digests)
    wanting = _Wanting(database, rows, known)
    return [_obligation(one, there, known, wanting) for one in rows]


def as_they_were(database: Database, stood: Mapping[str, NamedTuple]) -> list[Obligation]:
    """Obligations with other columns of `standing` than the present ones; what came before them is not looked up."""
    there, known, nothing = offices(database), editions(database), _Wanting(database, [], {})
    marks = ", ".join("?" * len(stood))
    rows = database.rows(f"{_OBLIGATIONS} WHERE o.id IN ({marks}) ORDER BY o.id", *stood)
    then = [{**dict(zip(row.keys(), row, strict=True)), **stood[row["id"]]._asdict()} for row in rows]
    columns = [_Columns(**{name: one[name] for name in _Columns._fields}) for one in then]
    return [_obligation(one, there, known, nothing) for one in columns]


def _obligation(
    stands: _Columns, there: Mapping[str, Office], known: Mapping[str, Requirement], wanting: _Wanting
) -> Obligation:
    requirement, duty, period = known[stands.edition], _duty(stands.duty), _period(stands.period)
    return Obligation(
        id=stands.id,
        office=there[stands.office],
        requirement=requirement,
        period=period,
        year=stands.year,
        unit=stands.unit,
        needs_review=bool(stands.needs_review),
        duty=duty if duty in _DECIDED else requirement.duty,
        due=day(stands.due),
        seq=stands.seq,
        state=_state(stands.state),
        round=stands.round,
        content=stands.content,
        submitter=stands.submitter,
        hands=_names(stands.hands),
        readers=_names(stands.readers),
        reviewer=stands.reviewer,
        review_seq=stands.review_seq,
        last_action=_action(stands.action) if stands.action else None,
        last_actor=stands.actor,
        last_at=stands.at,
        edition=stands.edition,
        start=day(stands.start),
        ruled=day(stands.ruled),
        windows=_windows(stands.windows),
        wanting=wanting.of(stands.office, requirement, period) if requirement.wants else (),
        holder=stands.holder,
        findings=_findings(stands.findings),
    )


class _Wanting:
    """What is not approved of all that these obligations want to be approved first."""

    def __init__(self, database: Database, rows: Sequence[_Columns], known: Mapping[str, Requirement]) -> None:
        self._open: dict[tuple[str, str], list[tuple[ObligationId, Period]]] = {}
        keys = sorted({key for one in rows for key in known[one.edition].wants})
        if not keys:
            return
        wanted = editions(database, f"WHERE requirement IN ({_marks(keys)})", *keys)
        of_region = {one.key for one in wanted.values() if one.level is Level.REGION}
        codes = {one.office for one in rows}
        query = f"""{_WANTED} AND o.requirement IN ({_marks(keys)})
            AND (s.office IN ({_marks(codes)}) OR o.requirement IN ({_marks(of_region)}))"""
        for row in database.rows(query, *keys, *codes, *of_region):
            requirement = wanted[row["edition"]]
            if requirement.duty is Duty.CONDITIONAL and row["duty"] != Duty.DECLARED and row["content"] is None:
                continue
            holder = "" if requirement.level is Level.REGION else row["office"]
            self._open.setdefault((row["requirement"], holder), []).append((row["id"], _period(row["period"])))

    def of(self, office: str, requirement: Requirement, period: Period) -> tuple[ObligationId, ...]:
        """Those of the same office, or of the region, that are for the whole of a period."""
        return tuple(
            name
            for key in requirement.wants
            for holder in ("", office)
            for name, wanted in self._open.get((key, holder), ())
            if wanted.covers(period)
        )


def record(row: Row) -> AuditRecord:
    """An audit record from its row."""
    return AuditRecord(
        obligation=row["obligation"],
        seq=row["seq"],
        at=row["at"],
        actor=row["actor"],
        role=Role(row["role"]),
        unit=row["unit"],
        on_behalf=row["on_behalf"],
        action=Action(row["action"]),
        source=State(row["source"]),
        target=State(row["target"]),
        content=row["content"],
        name=row["name"],
        note=row["note"],
        findings=_defects(row["findings"]),
        due=day(row["due"]),
        cancels=_numbers(row["cancels"]),
        dated=day(row["dated"]),
        terms=_terms(row["terms"]),
        about=_numbers(row["about"]),
        checks=_checks(row["checks"]),
        holder=row["holder"],
        via=row["via"],
    )


def trail(database: Database, name: str) -> Iterator[AuditRecord]:
    """What happened to an obligation, oldest first."""
    yield from map(record, database.rows("SELECT * FROM audit WHERE obligation = ? ORDER BY seq", name))


def day(text: str | None) -> date | None:
    """A date from its column."""
    return date.fromisoformat(text) if text else None


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _names(lines: str) -> tuple[str, ...]:
    return tuple(lines.split("\n")) if lines else ()
