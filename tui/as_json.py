"""What `--json` prints: the values of the core, with the words of the code."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.cells import Count
from workflow import AuditRecord, Entry, Obligation, plain

if TYPE_CHECKING:
    from inbox import Arrival, Fact, Held, Waiting
    from workflow import Difference, Spelling


def show(value: object) -> None:
    """Print it on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


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
        "moved": o.last_at,
    }


def trail(records: Iterable[AuditRecord]) -> list[dict[str, Any]]:
    """What happened, oldest first."""
    return [{**record._asdict(), "terms": record.terms.said()} for record in records]


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


def held(items: Iterable[Waiting]) -> list[dict[str, Any]]:
    """What lies in an inbox and is not taken yet."""
    return [{**one._asdict(), "path": plain(os.fsdecode(one.path))} for one in items]


def entry(value: Entry) -> dict[str, Any]:
    """What is asked by the catalogue, and of whom."""
    one = value.requirement
    return {"key": one.key, **one._asdict(), "due": one.due._asdict(), "review": value.needs_review} | {
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


def count(value: Count) -> dict[str, int]:
    """How a number of obligations stand."""
    return {**value._asdict(), "percent": value.percent}
