"""Who could decide an obligation that is given to them."""

from __future__ import annotations

from workflow.actors import Actor
from workflow.obligations import Obligation
from workflow.states import Action, State
from workflow.transitions import Refusal, judge


def unfit(obligation: Obligation, person: Actor) -> Refusal | None:
    """Why a person could not pass it on if it were theirs: by role, by unit, or by the rule of other eyes.

    What stands in anybody's way, an open finding or a file that has still to come, may be gone by then.
    """
    state = State.SUBMITTED if obligation.state is State.DRAFT else obligation.state
    theirs = obligation._replace(state=state, holder=None, findings=(), wanting=())
    onward = Action.REVIEW if state is State.SUBMITTED and obligation.needs_review else Action.APPROVE
    verdict = judge(theirs, onward, person)
    return verdict._replace(obligation=obligation) if isinstance(verdict, Refusal) else None
