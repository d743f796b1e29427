"""What an actor hands in with an action, and what of it the move has use for or still lacks."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from workflow.findings import Check, Defect
from workflow.obligations import Digest, Obligation
from workflow.states import Action, Rule
from workflow.terms import NO_TERMS, Terms
from workflow.transitions import (
    ALTERS,
    DATED,
    DECIDED,
    ONWARD,
    SPEAKS_OF,
    Needs,
    Permit,
    Transition,
    filed_for,
)
from workflow.windows import Windows

_BESIDE = frozenset({Action.REVIEW, Action.APPROVE, Action.RETURN})


class Statement(NamedTuple):
    """What an actor hands in with an action. `about` are numbers of findings, `holder` who is to decide."""

    note: str = ""
    findings: tuple[Defect, ...] = ()
    content: Digest | None = None
    name: str = ""
    due: date | None = None
    on_behalf: str = ""
    dated: date | None = None
    terms: Terms = NO_TERMS
    about: tuple[int, ...] = ()
    checks: tuple[Check, ...] = ()
    holder: str | None = None


def relevant(permit: Permit, statement: Statement, obligation: Obligation) -> Statement:
    """What of a statement belongs to the move: only an office's move brings content, only a dated one a date.

    Without new content the move is about the one that stands, and no file is there to be dated.
    """
    row, actor = permit
    brings, terms = Needs.CONTENT in row.needs, statement.terms.only(ALTERS.get(row.action, frozenset()))
    if row.action is Action.ADMIT:
        terms = Terms(windows=Windows().packed())
    is_about_findings = Needs.FINDING in row.needs or row.action is Action.COMMENT
    return statement._replace(
        content=(statement.content if brings else None) or obligation.content,
        due=statement.due if row.action in DATED else None,
        # Whose place is taken is said first: whose the document is, it says itself, and those eyes are barred by it.
        on_behalf=actor.on_behalf or filed_for(row, statement.on_behalf),
        dated=statement.dated if brings and statement.content else None,
        terms=terms._replace(duty=DECIDED[row.action]) if row.action in DECIDED else terms,
        findings=statement.findings if Needs.FINDINGS in row.needs else (),
        about=statement.about if is_about_findings else (),
        checks=statement.checks if row.action in _BESIDE else (),
        holder=actor.name if row.action is Action.TAKE else statement.holder if row.action is Action.ASSIGN else None,
    )


def lacking(row: Transition, statement: Statement, obligation: Obligation) -> Rule | None:
    """The first thing that the move needs and the statement does not hold, or that it says wrongly."""
    if Needs.DATE in row.needs and statement.due and obligation.due and statement.due <= obligation.due:
        return Rule.DATE_NOT_LATER
    if not all(_is_spoken_of(number, row.action, obligation) for number in statement.about):
        return Rule.NO_SUCH_FINDING
    if row.action in ONWARD and any(check.fails for check in statement.checks):
        return Rule.CHECKS_FAIL
    held = (
        (Needs.CONTENT, statement.content is not None, Rule.CONTENT_REQUIRED),
        (Needs.FINDING, bool(statement.about), Rule.FINDING_REQUIRED),
        (Needs.NOTE, bool(statement.note.strip()), Rule.NOTE_REQUIRED),
        (Needs.FINDINGS, bool(statement.findings), Rule.FINDINGS_REQUIRED),
        (Needs.DATE, statement.due is not None, Rule.DATE_REQUIRED),
        (Needs.TERMS, statement.terms != NO_TERMS, Rule.TERMS_REQUIRED),
        (Needs.HOLDER, statement.holder is not None, Rule.HOLDER_REQUIRED),
    )
    return next((rule for need, is_held, rule in held if need in row.needs and not is_held), None)


def _is_spoken_of(number: int, action: Action, obligation: Obligation) -> bool:
    """Whether there is a finding of this number that the action can be about."""
    if not 1 <= number <= len(obligation.findings):
        return False
    return action is Action.COMMENT or obligation.findings[number - 1] in SPEAKS_OF[action]
