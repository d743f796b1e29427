"""What waits for one person, in the order of the overview."""

from __future__ import annotations

from collections.abc import Sequence

from workflow import Action, Actor, Obligation, ObligationId, is_allowed

# Sending back is open to whoever may decide at all; what waits for a person is what they could pass on.
_ONWARD = (Action.REVIEW, Action.APPROVE)


def is_waiting(obligation: Obligation, actor: Actor) -> bool:
    """Whether it is this person's turn."""
    return any(is_allowed(obligation, action, actor) for action in _ONWARD)


def following(obligations: Sequence[Obligation], current: ObligationId | None, actor: Actor) -> Obligation | None:
    """The first that waits behind the current one, coming round; never the current one itself."""
    place = next((i for i, o in enumerate(obligations) if o.id == current), -1)
    others = (*obligations[place + 1 :], *obligations[: max(place, 0)])
    return next((o for o in others if is_waiting(o, actor)), None)
