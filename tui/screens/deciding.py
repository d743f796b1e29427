"""What may be decided on a document, why not, and the question that is asked before it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rich.cells import cell_len
from textual.content import Content

from tui import refusals
from tui.language import _
from tui.report import office_name
from tui.screens import facts, matters, repairs
from tui.screens.decision import Confirm, SendBack
from tui.screens.keymap import press
from tui.screens.rows import Document
from tui.screens.submission import DECISIONS as NAMED
from tui.screens.submission import Submission, decision, particulars
from tui.screens.text import line
from tui.session import Session
from workflow import Action, Actor, Check, InThePast, Obligation, Permit, Role, defects_of, judge

DECISIONS = {"pass": Action.REVIEW, "approve": Action.APPROVE, "return": Action.RETURN}
ACTIONS = {
    **DECISIONS,
    "answer": Action.ANSWER,
    "note": Action.COMMENT,
    "take": Action.TAKE,
    "release": Action.ASSIGN,
}
_LEGIBLE = 10  # columns that an office keeps however much else there is to say


def onward(o: Obligation) -> Action:
    """The decision that takes it a step further."""
    return Action.REVIEW if o.needs_review and o.reviewer is None else Action.APPROVE


def left_out(actor: Actor, o: Obligation) -> set[str]:
    """The keys that say nothing to this person, or of a step that is not the next one."""
    found = {"take" if o.holder == actor.name else "release", "approve" if onward(o) is Action.REVIEW else "pass"}
    return found | {*DECISIONS, "mark", "take", "next", "undo"} if actor.role is Role.OFFICE else found


def why_not(session: Session, o: Obligation, action: Action) -> str | None:
    """Why this person cannot do it now; None when they can."""
    if session.at:
        return refusals.error(InThePast(session.at))
    refusal = session.register.why_not(action, o, session.actor)
    return refusals.why(refusal, session.people) if refusal else None


def at_a_glance(o: Obligation, why_not: Callable[[Action], str | None], today: date, width: int) -> Content:
    """How it stands, whose it is, and what may be decided, or why nothing may: on one line."""
    allowed = [f"{press(name)} {decision(action)}" for name, action in NAMED if why_not(action) is None]
    said = " · ".join(allowed) if allowed else why_not(onward(o)) or ""
    standing = line(" ", *facts.standing(o, today), " · ")
    room = max(width - standing.cell_length - cell_len(said) - 4, _LEGIBLE)
    return standing + line(f"{office_name(o.office, room)} · {said}")


def question(
    session: Session, shown: Submission, document: Document, checks: Mapping[str, Check], action: Action
) -> Confirm | SendBack:
    """What it is about; what the checklist brings, or how far it is, and which repairs are accepted with it."""
    about = _about(session, shown, document, action)
    if action is Action.RETURN:
        return SendBack(about, defects_of(shown.obligation.requirement, checks.values()), checks)
    # An approver's own list, not begun, would read as if the reviewer had checked nothing.
    told = matters.summary(shown, checks) if checks or action is Action.REVIEW else ""
    return Confirm(action, [*about, told, repairs.accepting(shown.findings)])


def _about(session: Session, shown: Submission, document: Document, action: Action) -> list[str]:
    o = shown.obligation
    is_held = o.holder not in (None, session.actor.name)
    held = _("{name} has taken it and is at work on it.").format(name=o.holder) if is_held else ""
    return [*particulars(shown, document, session.workspace.zone, _permit(session, o, action)), held]


def _permit(session: Session, o: Obligation, action: Action) -> Actor:
    """As whom this person would do it."""
    actor = session.register.acting(session.actor)
    verdict = judge(o, action, actor)
    return verdict.actor if isinstance(verdict, Permit) else actor
