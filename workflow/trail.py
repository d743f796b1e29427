"""The append-only trail: one record for each move, each with the hash of the one before."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from workflow.actors import Actor
from workflow.errors import Refused
from workflow.findings import Check, Defect, said_of
from workflow.moments import utc
from workflow.obligations import Digest, Obligation, ObligationId
from workflow.plain import plain
from workflow.statements import Statement, lacking, relevant
from workflow.states import Action, Role, Rule, State
from workflow.terms import NO_TERMS, Terms
from workflow.transitions import Refusal, is_in_window, judge

DECISIONS = frozenset({Action.REVIEW, Action.APPROVE, Action.RETURN})
UNDO_FOR = timedelta(minutes=5)


class AuditRecord(NamedTuple):
    """A move that happened: who, on whose behalf, when (UTC), from, to, why, on which content.

    `cancels` holds the `seq` of the decisions that fell with it, `terms` what it changes of the terms. `dated` is how
    old a file was that was taken over with an archive, long after it had been made. `about` are the findings that it
    speaks of, `checks` the checklist that it was decided on, `holder` who has it from then on (nobody when empty),
    `via` the terminal, key or folder that it came from.
    """

    obligation: ObligationId
    seq: int
    at: str
    actor: str
    role: Role
    unit: str
    on_behalf: str
    action: Action
    source: State
    target: State
    content: Digest | None
    name: str
    note: str
    findings: tuple[Defect, ...]
    due: date | None
    cancels: tuple[int, ...]
    dated: date | None = None
    terms: Terms = NO_TERMS
    about: tuple[int, ...] = ()
    checks: tuple[Check, ...] = ()
    holder: str | None = None
    via: str = ""

    @property
    def happened(self) -> datetime:
        """When, as a moment with its zone."""
        return datetime.fromisoformat(self.at)

    def hash_after(self, previous: str) -> str:
        """The link of the chain: SHA-256 over the hash before and every field, as canonical JSON."""
        due, dated = self.due and self.due.isoformat(), self.dated and self.dated.isoformat()
        fields = [previous, *self[:13], said_of(self.findings), due, self.cancels]
        if dated:  # only then, for a record from before there was such a field keeps its hash
            fields.append(dated)
        if self.terms != NO_TERMS:  # the records of before there were any keep their hashes
            fields.append(self.terms.packed())
        if any(beside := (self.about, self.checks, self.holder is not None, self.via)):
            fields.append([*beside, self.holder])
        return sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def step(obligation: Obligation, action: Action, actor: Actor, statement: Statement, *, at: datetime) -> AuditRecord:
    """The record of a move that the rules allow. Decides and changes nothing. Raises Refused."""
    verdict = judge(obligation, action, actor, on_behalf=statement.on_behalf)
    if isinstance(verdict, Refusal):
        raise Refused(verdict)
    given, could = relevant(verdict, statement, obligation), verdict.row.roles[0]
    if rule := lacking(verdict.row, given, obligation):
        raise Refused(Refusal(rule, obligation, action, actor, (action,), could))
    if not is_in_window(verdict.row, obligation, at, on_behalf=statement.on_behalf):
        raise Refused(Refusal(Rule.OUTSIDE_WINDOW, obligation, action, actor, could=Role.BUREAU))
    falls = (obligation.review_seq,) if action is Action.SUBMIT and obligation.review_seq else ()
    return _record(obligation, action, verdict.row.target, verdict.actor, given, at, falls)


def undo(obligation: Obligation, last: AuditRecord | None, actor: Actor, *, at: datetime) -> AuditRecord:
    """The record that takes back one's own last decision, for as long as `UNDO_FOR`. Raises Refused."""
    if last is None or last.action not in DECISIONS or last.actor != actor.name:
        raise Refused(Refusal(Rule.NOTHING_TO_UNDO, obligation, Action.UNDO, actor))
    again = next((one for one in actor.each() if one.may_act_as(last.role)), None)
    if again is None:
        raise Refused(Refusal(Rule.WRONG_ROLE, obligation, Action.UNDO, actor, could=last.role))
    if abs(at - last.happened) > UNDO_FOR:
        raise Refused(Refusal(Rule.TOO_LATE_TO_UNDO, obligation, Action.UNDO, actor))
    statement = Statement(content=last.content, name=last.name, on_behalf=again.on_behalf)
    return _record(obligation, Action.UNDO, last.source, again, statement, at, (last.seq,))


def _record(
    obligation: Obligation,
    action: Action,
    target: State,
    actor: Actor,
    statement: Statement,
    at: datetime,
    cancels: tuple[int, ...],
) -> AuditRecord:
    return AuditRecord(
        obligation=obligation.id,
        seq=obligation.seq + 1,
        at=utc(at),
        actor=plain(actor.name),
        role=actor.role,
        unit=actor.unit,
        on_behalf=statement.on_behalf,
        action=action,
        source=obligation.state,
        target=target,
        content=statement.content,
        name=statement.name,
        note=statement.note,
        findings=statement.findings,
        due=statement.due,
        cancels=cancels,
        dated=statement.dated,
        terms=statement.terms,
        about=statement.about,
        checks=statement.checks,
        holder=statement.holder,
        via=plain(actor.via),
    )
