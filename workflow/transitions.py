"""The moves that the rules allow: a table, and the one check that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Flag, auto
from typing import NamedTuple

from workflow.access import POWERS, Power
from workflow.actors import Actor
from workflow.obligations import Obligation
from workflow.states import HOLDING, QUIET, Action, Duty, FindingState, Role, Rule, State


class Needs(Flag):
    """What has to be handed in with an action."""

    NOTHING = 0
    CONTENT = auto()
    NOTE = auto()
    FINDINGS = auto()
    DATE = auto()
    TERMS = auto()
    WINDOW = auto()
    HOLDER = auto()
    FINDING = auto()


class Eyes(Flag):
    """Whose hands must not be the same: the rule of other eyes has no exception."""

    ANY = 0
    NOT_SUBMITTER = auto()
    NOT_REVIEWER = auto()


class Transition(NamedTuple):
    """A move that the rules allow: a row of the table. Any of `roles` may make it."""

    source: State
    action: Action
    target: State
    roles: tuple[Role, ...]
    needs: Needs = Needs.NOTHING
    eyes: Eyes = Eyes.ANY
    unless_reviewed_first: bool = False
    duties: tuple[Duty, ...] = tuple(Duty)


_D, _S, _R, _A = State.DRAFT, State.SUBMITTED, State.REVIEWED, State.APPROVED
_OFFICE, _REVIEWER, _APPROVER, _BUREAU = (Role.OFFICE,), (Role.REVIEWER,), (Role.APPROVER,), (Role.BUREAU,)
_DECIDING = (Role.REVIEWER, Role.APPROVER)
_TALKING = (Role.OFFICE, Role.REVIEWER, Role.APPROVER, Role.BUREAU, Role.LEADER)
_ASSIGNING = (Role.BUREAU, Role.REVIEWER, Role.APPROVER)
_BOTH = Eyes.NOT_SUBMITTER | Eyes.NOT_REVIEWER
_SENT = Needs.CONTENT | Needs.WINDOW
_DATED = Needs.NOTE | Needs.DATE
_AMENDED = Needs.NOTE | Needs.TERMS
_SAID = Needs.NOTE | Needs.FINDING

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
    Transition(_S, Action.TAKE, _S, _DECIDING, eyes=Eyes.NOT_SUBMITTER),
    Transition(_R, Action.TAKE, _R, _APPROVER, eyes=_BOTH),
    Transition(_D, Action.ASSIGN, _D, _ASSIGNING, Needs.HOLDER),
    Transition(_S, Action.ASSIGN, _S, _ASSIGNING, Needs.HOLDER),
    Transition(_R, Action.ASSIGN, _R, _ASSIGNING, Needs.HOLDER),
    Transition(_D, Action.COMMENT, _D, _TALKING, Needs.NOTE),
    Transition(_S, Action.COMMENT, _S, _TALKING, Needs.NOTE),
    Transition(_R, Action.COMMENT, _R, _TALKING, Needs.NOTE),
    Transition(_A, Action.COMMENT, _A, _TALKING, Needs.NOTE),
    Transition(_D, Action.ANSWER, _D, _OFFICE, _SAID),
    Transition(_S, Action.ANSWER, _S, _OFFICE, _SAID),
    Transition(_S, Action.ACCEPT, _S, _REVIEWER, Needs.FINDING, Eyes.NOT_SUBMITTER),
    Transition(_R, Action.ACCEPT, _R, _APPROVER, Needs.FINDING, _BOTH),
    Transition(_S, Action.OPEN_AGAIN, _S, _REVIEWER, _SAID, Eyes.NOT_SUBMITTER),
    Transition(_R, Action.OPEN_AGAIN, _R, _APPROVER, _SAID, _BOTH),
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

# Of which findings each of these can be said.
SPEAKS_OF = {
    Action.ANSWER: frozenset({FindingState.OPEN, FindingState.ANSWERED}),
    Action.ACCEPT: frozenset({FindingState.OPEN, FindingState.ANSWERED}),
    Action.OPEN_AGAIN: frozenset({FindingState.ANSWERED, FindingState.ACCEPTED}),
}
ONWARD = frozenset({Action.REVIEW, Action.APPROVE})

# Who may file for an office what it sent by another way: the trail names both.
FILES_FOR_OFFICES = POWERS[Power.SORT]


_BY_CATALOGUE = frozenset({Action.AMEND, Action.HAND_OVER})


class Refusal(NamedTuple):
    """Which rule refused what, to whom, what this actor may do instead, and which role could."""

    rule: Rule
    obligation: Obligation
    action: Action
    actor: Actor
    allowed: tuple[Action, ...] = ()
    could: Role | None = None


class Permit(NamedTuple):
    """The row that lets an actor do it, and as whom: as themselves, or under one of their hats."""

    row: Transition
    actor: Actor


def judge(obligation: Obligation, action: Action, actor: Actor, *, on_behalf: str = "") -> Permit | Refusal:
    """Whether the rules let this actor do this now; what has to be handed in with it is not looked at yet."""
    row = _BY_MOVE.get((obligation.state, action))
    rules: list[Rule] = []
    for one in actor.each():
        rule = _broken_rule(row, obligation, one, on_behalf)
        if row is not None and rule is None:
            return Permit(row, one)
        rules.append(rule or Rule.NOT_FROM_HERE)
    # A hat that is of no use here has nothing to say.
    rule = next((one for one in rules if one is not Rule.WRONG_ROLE), rules[0])
    others = tuple(one for one in allowed(obligation, actor) if one is not action and one not in QUIET)
    return Refusal(rule, obligation, action, actor, others, row.roles[0] if row else None)


def is_allowed(obligation: Obligation, action: Action, actor: Actor) -> bool:
    """Whether the rules let this actor do this now."""
    row = _BY_MOVE.get((obligation.state, action))
    return row is not None and any(_broken_rule(row, obligation, one, "") is None for one in actor.each())


def allowed(obligation: Obligation, actor: Actor) -> tuple[Action, ...]:
    """What a person can be told to do now. What the catalogue decides comes with its difference, not by itself."""
    return tuple(one for one in Action if one not in _BY_CATALOGUE and is_allowed(obligation, one, actor))


def _broken_rule(row: Transition | None, obligation: Obligation, actor: Actor, on_behalf: str) -> Rule | None:
    if row is None or obligation.duty not in row.duties:
        return Rule.NOT_FROM_HERE
    if row.unless_reviewed_first and obligation.needs_review:
        return Rule.NOT_YET_REVIEWED
    if not any(_has_role(actor, role, on_behalf) for role in row.roles):
        return Rule.WRONG_ROLE
    if Role.OFFICE in row.roles and not _is_for(obligation.office.code, actor, on_behalf):
        return Rule.OTHER_OFFICE
    if row.roles is not _TALKING and _is_of_other_unit(actor, obligation):
        return Rule.OTHER_UNIT
    if Eyes.NOT_SUBMITTER in row.eyes and actor.eyes & {obligation.office.code, *obligation.hands}:
        return Rule.OTHER_EYES
    if Eyes.NOT_REVIEWER in row.eyes and actor.eyes & {*obligation.readers}:
        return Rule.OTHER_EYES
    if row.action in SPEAKS_OF and not SPEAKS_OF[row.action] & {*obligation.findings}:
        return Rule.NO_SUCH_FINDING
    if row.action is Action.TAKE and obligation.turn and not _has_role(actor, obligation.turn, ""):
        return Rule.WRONG_ROLE
    if row.action in HOLDING and _is_held_by_another(obligation, actor):
        return Rule.HELD_BY_ANOTHER
    if row.action in ONWARD and FindingState.OPEN in obligation.findings:
        return Rule.FINDINGS_OPEN
    if row.action is Action.APPROVE and obligation.requirement.wants_enforced and obligation.wanting:
        return Rule.PREREQUISITE
    return None


def _is_held_by_another(obligation: Obligation, actor: Actor) -> bool:
    """Only the bureau takes from one reviewer what another is to decide."""
    is_deciding = actor.role in _DECIDING
    return is_deciding and obligation.holder is not None and obligation.holder not in actor.eyes


def is_in_window(row: Transition, obligation: Obligation, at: datetime, *, on_behalf: str) -> bool:
    """Whether the time has come; what is filed for an office by others is their decision, and says so."""
    if Needs.WINDOW not in row.needs or filed_for(row, on_behalf):
        return True
    window = obligation.windows.submit if Role.OFFICE in row.roles else obligation.windows.review
    return window is None or window.has(at)


def filed_for(row: Transition, on_behalf: str) -> str:
    """The office that others do this for: only what is an office's alone can be done for it."""
    return on_behalf if row.roles is _OFFICE else ""


def _is_of_other_unit(actor: Actor, obligation: Obligation) -> bool:
    return actor.role is Role.REVIEWER and "" not in (actor.unit, obligation.unit) and actor.unit != obligation.unit


def _has_role(actor: Actor, role: Role, on_behalf: str) -> bool:
    if role is Role.OFFICE and on_behalf:
        return actor.role in FILES_FOR_OFFICES
    return actor.may_act_as(role)


def _is_for(office: str, actor: Actor, on_behalf: str) -> bool:
    if on_behalf:
        return on_behalf == office
    return actor.role is not Role.OFFICE or actor.unit == office
