"""What `--json` prints: the values of the core, with the words of the code."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.cells import Count
from tui.json_text import written
from workflow import AuditRecord, Check, Entry, Finding, Obligation, Refused, Requirement, WorkflowError, plain

if TYPE_CHECKING:
    from inbox import Arrival, Fact, Held, Hit, Receipt, Waiting
    from tui.desk import Answer
    from tui.grid import Grid
    from tui.queues import Carried
    from workflow import Changes, CommonDefect, Difference, KeptRefusal, Spelling


def show(value: object) -> None:
    """Print it on standard output."""
    print(written(value))


def obligation(o: Obligation, today: date) -> dict[str, Any]:
    """Where an obligation stands."""
    return {
        "id": o.id,
        "office": o.office.code,
        "requirement": o.requirement.key,
        "period": str(o.period),
        "state": o.state,
        "missing": o.is_missing,
        "returned": o.is_returned,
        "owed": o.is_owed,
        "late": o.is_overdue(today),
        "due": o.due,
        "ruled": o.ruled,
        "start": o.start,
        "duty": o.duty,
        "unit": o.unit,
        "wanting": o.wanting,
        "turn": o.turn,
        "round": o.round,
        "seq": o.seq,
        "content": o.content,
        "submitter": o.submitter,
        "reviewer": o.reviewer,
        "holder": o.holder,
        "finding_states": o.findings,
        "moved": o.last_at,
    }


def trail(records: Iterable[AuditRecord]) -> list[dict[str, Any]]:
    """What happened, oldest first."""
    return [
        {
            **record._asdict(),
            "terms": record.terms.said(),
            "findings": [one._asdict() for one in record.findings],
            "checks": [one._asdict() for one in record.checks],
        }
        for record in records
    ]


def refusals(items: Iterable[KeptRefusal]) -> list[dict[str, Any]]:
    """What was refused: `refused` is the rule, which no record of a move has."""
    told = [one._asdict() for one in items]
    return [{"refused": one.pop("rule"), **one} for one in told]


def refused(name: str, problem: WorkflowError, why: str) -> dict[str, Any]:
    """What one of several could not be done with, by which rule, and the sentence that a person reads."""
    rule = problem.refusal.rule if isinstance(problem, Refused) else type(problem).__name__.casefold()
    return {"id": name, "rule": rule, "why": why}


def findings(items: Iterable[Finding]) -> list[dict[str, Any]]:
    """What was found, and how each finding stands."""
    return [
        {"number": one.number, "state": one.state, "seq": one.seq, "changed": one.changed, **one.defect._asdict()}
        for one in items
    ]


def checklist(requirement: Requirement, checks: Mapping[str, Check]) -> list[dict[str, Any]]:
    """What is said of each item."""
    return [
        {**item._asdict(), **(checks[item.code]._asdict() if item.code in checks else {"mark": None})}
        for item in requirement.checklist
    ]


def defects(items: Sequence[CommonDefect]) -> list[dict[str, Any]]:
    """What is found most often; `item` is null for what was found in a reviewer's own words."""
    total = sum(one.times for one in items)
    return [
        {**one._asdict(), "item": one.item and one.item._asdict(), "share": round(one.times / total, 4)}
        for one in items
    ]


def arrivals(items: Iterable[Arrival]) -> list[dict[str, Any]]:
    """Who sent what."""
    return [one._asdict() for one in items]


def facts(items: Iterable[Fact]) -> list[dict[str, Any]]:
    """What is true of a document."""
    return [{**one._asdict(), "is_good": one.is_good, "is_warning": one.is_warning} for one in items]


def quarantine(items: Iterable[Held]) -> list[dict[str, Any]]:
    """What waits for a person."""
    return [{**one._asdict(), "evidence": [evidence._asdict() for evidence in one.evidence]} for one in items]


def spellings(items: Iterable[Spelling]) -> list[dict[str, Any]]:
    """What people have said that words mean."""
    return [one._asdict() for one in items]


def receipts(items: Iterable[Receipt]) -> list[dict[str, Any]]:
    """What was issued."""
    return [{"number": one.number, **one._asdict()} for one in items]


def held(items: Iterable[Waiting]) -> list[dict[str, Any]]:
    """What lies in an inbox and is not taken yet."""
    return [{**one._asdict(), "path": plain(os.fsdecode(one.path))} for one in items]


def entry(value: Entry) -> dict[str, Any]:
    """What is asked by the catalogue, and of whom."""
    one = value.requirement
    return {"key": one.key, **one._asdict(), "due": one.due._asdict(), "review": value.needs_review} | {
        "checklist": [item._asdict() for item in one.checklist],
        "reviewer": value.reviewer,
        "year": value.year_offset,
        "spellings": value.spellings,
        "titles": value.titles,
    }


def difference(value: Difference) -> dict[str, Any]:
    """What an edited catalogue would change."""
    return {
        "year": value.year,
        "added": [{"id": one.id, "due": one.due, "unit": one.unit} for one in value.added],
        "changes": [
            {"id": one.obligation.id, "action": one.action, "due": one.due, **one.terms.said()}
            for one in value.changes
        ],
        "left": [one.id for one in value.left],
        "waived": [one.id for one in value.waived],
    }


def changes(value: Changes, *, is_whole: bool) -> dict[str, Any]:
    """What has moved, and how much came beside, or each row of it."""
    moved = [
        {
            "id": one.after.id,
            "from": one.before.state,
            "to": one.after.state,
            "was_missing": one.before.is_missing,
            "actor": one.records[-1].actor,
            "at": one.records[-1].at,
            "records": trail(one.records) if is_whole else len(one.records),
        }
        for one in value.moved
    ]
    beside = {name: [_row(row) for row in rows] if is_whole else len(rows) for name, rows in value.beside.items()}
    return {"moved": moved, **beside}


def _row(row: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(os.fsdecode(value)) if isinstance(value, bytes) else value for name, value in row.items()}


def carried(value: Carried) -> dict[str, Any]:
    """How much a person holds."""
    role, unit = (value.actor.role, value.actor.unit) if value.actor else (None, None)
    known = {"name": value.name, "role": role, "unit": unit}
    return {**known, "held": value.held, "late": value.late, "days": value.days}


def matrix(value: Grid) -> dict[str, Any]:
    """Offices by documents, as far as they are shown: each with its code, `+` and `?` told apart from being late."""
    columns = [
        {"requirement": column.key, "part": column.part, "short": column.short, **count(total)}
        for column, total in zip(value.columns, value.totals(), strict=False)
    ]
    offices = [
        {
            "office": row.office.code,
            "name": row.office.name,
            **count(row.tally),
            "documents": [
                {"id": one.id, "code": code.letter, "late": code.is_late, "sign": code.sign}
                for one, code in zip(row.cells, row.codes, strict=True)
                if one and code
            ],
        }
        for row in value.rows
    ]
    return {**count(Count.of(value.codes())), "columns": columns, "offices": offices}


def count(value: Count) -> dict[str, int]:
    """How a number of obligations stand."""
    return {**value._asdict(), "percent": value.percent}


def found(line: str, answer: Answer, today: date) -> dict[str, Any]:
    """What was searched for and found: `more` where of a kind not all was looked at, `slips` what was no filter."""
    kinds = {
        str(kind): {
            "count": answer.found.counts[kind],
            "more": kind in answer.found.more,
            "hits": [_hit(one, today) for one in hits],
        }
        for kind, hits in answer.found.hits.items()
    }
    slips = [one._asdict() for one in answer.query.slips]
    return {"query": line, "slips": slips, "behind": answer.behind and answer.behind._asdict(), **kinds}


def _hit(one: Hit, today: date) -> dict[str, Any]:
    said = one._asdict()
    del said["text"], said["kind"]
    stands = one.obligation and obligation(one.obligation, today)
    return {**said, "obligation": stands, "said": "".join(span.text for span in one.said)}
