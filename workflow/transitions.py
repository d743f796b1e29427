"""The moves that the rules allow: a table, and the one check that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Flag, auto
from typing import NamedTuple

from workflow.actors import Actor
from workflow.obligations import Digest, Obligation
from workflow.states import Action, Duty, Role, Rule, State
from workflow.terms import NO_TERMS, Terms
from workflow.windows import Windows


class Needs(Flag):
    """What has to be handed in with an action."""

    NOTHING = 0
    CONTENT = auto()
    NOTE = auto()
    FINDINGS = auto()
    DATE = auto()
    TERMS = auto()
    WINDOW = auto()


class Eyes(Flag):
    """Whose hands must not be the same: the rule of other eyes has no exception."""

    ANY = 0
    NOT_SUBMITTER = auto()
    NOT_REVIEWER = auto()


class Transition(NamedTuple):
    """A move that the rules allow: a row of the table."""

    source: State
    action: Action
    target: State
    role: Role
    needs: Needs = Needs.NOTHING
    eyes: Eyes = Eyes.ANY
    unless_reviewed_first: bool = False
    duties: tuple[Duty, ...] = tuple(Duty)


_D, _S, _R, _A = State.DRAFT, State.SUBMITTED, State.REVIEWED, State.APPROVED
_OFFICE, _REVIEWER, _APPROVER, _BUREAU = Role.OFFICE, Role.REVIEWER, Role.APPROVER, Role.BUREAU
_BOTH = Eyes.NOT_SUBMITTER | Eyes.NOT_REVIEWER
_SENT = Needs.CONTENT | Needs.WINDOW
_DATED = Needs.NOTE | Needs.DATE
_AMENDED = Needs.NOTE | Needs.TERMS

TRANSITIONS = (
    Transition(_D, Action.SAVE, _D, _OFFICE, Needs.CONTENT),
    Transition(_D, Action.SUBMIT, _S, _OFFICE, _SENT),
    Transition(_S, Action.SUBMIT, _S, _OFFICE, _SENT),
    Transition(_R, Action.SUBMIT, _S, _OFFICE, _SENT),
    Transition(_S, Action.WITHDRAW, _D, _OFFICE, Needs.NOTE),
    Transition(_S, Action.REVIEW, _R, _REVIEWER, Needs.WINDOW, Eyes.NOT_SUBMITTER),
    Transition(_S, Action.RETURN, _D, _REVIEWER, Needs.FINDINGS | Needs.WINDOW),
    Transition(_S, Action.APPROVE, _A, _APPROVER, Needs.WINDOW, Eyes.NOT_SUBMITTER, unless_reviewed_first=True),
    Transition(_R, Action.APPROVE, _A, _APPROVER, Needs.WINDOW, _BOTH),
    Transition(_R, Action.RETURN, _D, _APPROVER, Needs.FINDINGS | Needs.WINDOW),
    Transition(_A, Action.REOPEN, _D, _APPROVER, Needs.NOTE),
    Transition(_D, Action.EXTEND, _D, _BUREAU, _DATED),
    Transition(_S, Action.EXTEND, _S, _BUREAU, _DATED),
    Transition(_R, Action.EXTEND, _R, _BUREAU, _DATED),
    Transition(_D, Action.DECLARE, _D, _BUREAU, Needs.NOTE, duties=(Duty.CONDITIONAL,)),
    Transition(_D, Action.WAIVE, _D, _BUREAU, Needs.NOTE, duties=(Duty.OWED, Duty.CONDITIONAL, Duty.DECLARED)),
    Transition(_D, Action.REINSTATE, _D, _BUREAU, Needs.NOTE, duties=(Duty.DECLARED, Duty.WAIVED)),
    Transition(_D, Action.ADMIT, _D, _BUREAU, Needs.NOTE),
    Transition(_S, Action.ADMIT, _S, _BUREAU, Needs.NOTE),
    Transition(_R, Action.ADMIT, _R, _BUREAU, Needs.NOTE),
    Transition(_D, Action.AMEND, _D, _BUREAU, _AMENDED),
    Transition(_S, Action.AMEND, _S, _BUREAU, _AMENDED),
    Transition(_R, Action.AMEND, _R, _BUREAU, _AMENDED),
    Transition(_D, Action.HAND_OVER, _D, _BUREAU, _AMENDED),
    Transition(_S, Action.HAND_OVER, _S, _BUREAU, _AMENDED),
    Transition(_R, Action.HAND_OVER, _R, _BUREAU, _AMENDED),
)
_BY_MOVE = {(row.source, row.action): row for row in TRANSITIONS}

# What of the terms each action changes. The catalogue decides them, not the person who applies it.
ALTERS: Mapping[Action, frozenset[str]] = {
    **dict.fromkeys((Action.SAVE, Action.SUBMIT, Action.WITHDRAW), frozenset({"by"})),
    **dict.fromkeys((Action.DECLARE, Action.WAIVE, Action.REINSTATE), frozenset({"duty"})),
    Action.ADMIT: frozenset({"windows"}),
    Action.AMEND: frozenset({"unit", "needs_review", "edition", "start", "ruled", "windows"}),
    Action.HAND_OVER: frozenset({"office"}),
}
# What these three always say.
DECIDED = {Action.DECLARE: Duty.DECLARED, Action.WAIVE: Duty.WAIVED, Action.REINSTATE: Duty.OWED}
DATED = frozenset({Action.EXTEND, Action.AMEND})

# Who may file for an office what it sent by another way: the trail names both.
_FILES_FOR_OFFICES = frozenset({Role.BUREAU, Role.REVIEWER, Role.ADMINISTRATOR})


_BY_CATALOGUE = frozenset({Action.AMEND, Action.HAND_OVER})


class Statement(NamedTuple):
    """What an actor hands in with an action."""

    note: str = ""
    findings: tuple[str, ...] = ()
    content: Digest | None = None
    name: str = ""
    due: date | None = None
    on_behalf: str = ""
    dated: date | None = None
    terms: Terms = NO_TERMS


class Refusal(NamedTuple):
    """Which rule refused what, to whom, what this actor may do instead, and which role could."""

    rule: Rule
    obligation: Obligation
    action: Action
    actor: Actor
    allowed: tuple[Action, ...] = ()
    could: Role | None = None


def judge(obligation: Obligation, action: Action, actor: Actor, *, on_behalf: str = "") -> Transition | Refusal:
    """Whether the rules let this actor do this now; what has to be handed in with it is not looked at yet."""
    row = _BY_MOVE.get((obligation.state, action))
    rule = _broken_rule(row, obligation, actor, on_behalf)
    if row is not None and rule is None:
        return row
    others = tuple(one for one in allowed(obligation, actor) if one is not action)
    return Refusal(rule or Rule.NOT_FROM_HERE, obligation, action, actor, others, row.role if row else None)


def is_allowed(obligation: Obligation, action: Action, actor: Actor) -> bool:
    """Whether the rules let this actor do this now."""
    row = _BY_MOVE.get((obligation.state, action))
    return row is not None and _broken_rule(row, obligation, actor, "") is None


def allowed(obligation: Obligation, actor: Actor) -> tuple[Action, ...]:
    """What a person can be told to do now. What the catalogue decides comes with its difference, not by itself."""
    return tuple(one for one in Action if one not in _BY_CATALOGUE and is_allowed(obligation, one, actor))


def relevant(row: Transition, statement: Statement, obligation: Obligation) -> Statement:
    """What of a statement belongs to the move: only an office's move brings content, only a dated one a date.

    Without new content the move is about the one that stands, and no file is there to be dated.
    """
    brings, terms = Needs.CONTENT in row.needs, statement.terms.only(ALTERS.get(row.action, frozenset()))
    if row.action is Action.ADMIT:
        terms = Terms(windows=Windows().packed())
    return statement._replace(
        content=(statement.content if brings else None) or obligation.content,
        due=statement.due if row.action in DATED else None,
        on_behalf=statement.on_behalf if row.role is Role.OFFICE else "",
        dated=statement.dated if brings and statement.content else None,
        terms=terms._replace(duty=DECIDED[row.action]) if row.action in DECIDED else terms,
    )


def lacking(row: Transition, statement: Statement, obligation: Obligation) -> Rule | None:
    """The first thing that the move needs and the statement does not hold."""
    if Needs.DATE in row.needs and statement.due and obligation.due and statement.due <= obligation.due:
        return Rule.DATE_NOT_LATER
    held = (
        (Needs.CONTENT, statement.content is not None, Rule.CONTENT_REQUIRED),
        (Needs.NOTE, bool(statement.note.strip()), Rule.NOTE_REQUIRED),
        (Needs.FINDINGS, bool(statement.findings), Rule.FINDINGS_REQUIRED),
        (Needs.DATE, statement.due is not None, Rule.DATE_REQUIRED),
        (Needs.TERMS, statement.terms != NO_TERMS, Rule.TERMS_REQUIRED),
    )
    return next((rule for need, is_held, rule in held if need in row.needs and not is_held), None)


def _broken_rule(row: Transition | None, obligation: Obligation, actor: Actor, on_behalf: str) -> Rule | None:
    if row is None or obligation.duty not in row.duties:
        return Rule.NOT_FROM_HERE
    if row.unless_reviewed_first and obligation.needs_review:
        return Rule.NOT_YET_REVIEWED
    if not _has_role(actor, row.role, on_behalf):
        return Rule.WRONG_ROLE
    if row.role is Role.OFFICE and not _is_for(obligation.office.code, actor, on_behalf):
        return Rule.OTHER_OFFICE
    if row.role is Role.REVIEWER and _is_of_other_unit(actor, obligation):
        return Rule.OTHER_UNIT
    if Eyes.NOT_SUBMITTER in row.eyes and actor.name in obligation.hands:
        return Rule.OTHER_EYES
    if Eyes.NOT_REVIEWER in row.eyes and actor.name in obligation.readers:
        return Rule.OTHER_EYES
    if row.action is Action.APPROVE and obligation.requirement.wants_enforced and obligation.wanting:
        return Rule.PREREQUISITE
    return None


def is_in_window(row: Transition, obligation: Obligation, at: datetime, *, on_behalf: str) -> bool:
    """Whether the time has come; what is filed for an office by others is their decision, and says so."""
    if Needs.WINDOW not in row.needs or on_behalf:
        return True
    window = obligation.windows.submit if row.role is Role.OFFICE else obligation.windows.review
    return window is None or window.has(at)


def _is_of_other_unit(actor: Actor, obligation: Obligation) -> bool:
    return actor.role is Role.REVIEWER and "" not in (actor.unit, obligation.unit) and actor.unit != obligation.unit


def files_for_offices(actor: Actor) -> bool:
    """Whether the actor may decide where a file belongs that another has sent."""
    return actor.role in _FILES_FOR_OFFICES


def _has_role(actor: Actor, role: Role, on_behalf: str) -> bool:
    if role is Role.OFFICE and on_behalf:
        return files_for_offices(actor)
    return actor.may_act_as(role)


def _is_for(office: str, actor: Actor, on_behalf: str) -> bool:
    if on_behalf:
        return on_behalf == office
    return actor.role is not Role.OFFICE or actor.unit == office
