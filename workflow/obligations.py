"""One requirement, owed by one office, for one period, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, NewType

from workflow.catalogue import Office, Requirement
from workflow.periods import Period
from workflow.states import Action, Role, State

Digest = NewType("Digest", str)
ObligationId = NewType("ObligationId", str)


class Obligation(NamedTuple):
    """An obligation as it stood when it was read; a later reading is another value.

    `seq` counts its audit records and is what `Register.perform` compares. `content` is the newest that arrived,
    `submitter` who submitted it, `reviewer` who reviewed it (None when that review has fallen). `hands` are all who
    ever saved or submitted these bytes, `readers` all who ever reviewed them: the rule of other eyes is about those.
    """

    id: ObligationId
    office: Office
    requirement: Requirement
    period: Period
    year: int
    unit: str
    needs_review: bool
    conditional: bool
    due: date | None
    seq: int
    state: State
    round: int
    content: Digest | None
    submitter: str | None
    hands: tuple[str, ...]
    readers: tuple[str, ...]
    reviewer: str | None
    review_seq: int | None
    last_action: Action | None
    last_actor: str | None
    last_at: str | None

    @property
    def is_missing(self) -> bool:
        """Nothing has arrived yet."""
        return self.state is State.DRAFT and self.content is None

    @property
    def is_returned(self) -> bool:
        """The last decision sent it back and nothing newer has arrived."""
        return self.state is State.DRAFT and self.last_action is Action.RETURN

    @property
    def is_owed(self) -> bool:
        """Whether it counts: a conditional one (PK Perubahan) only once something has arrived."""
        return not (self.conditional and self.is_missing)

    def is_overdue(self, today: date) -> bool:
        """Owed, past its due date and not approved yet."""
        return self.is_owed and self.state is not State.APPROVED and self.due is not None and today > self.due

    @property
    def turn(self) -> Role | None:
        """Who has to act next; None when it is approved."""
        match self.state:
            case State.DRAFT:
                return Role.OFFICE
            case State.SUBMITTED:
                return Role.REVIEWER if self.needs_review else Role.APPROVER
            case State.REVIEWED:
                return Role.APPROVER
            case State.APPROVED:
                return None


def obligation_id(office: str, requirement: Requirement, period: Period) -> ObligationId:
    """The natural key that a person can type: `dinkes/pk/2026+perubahan`."""
    variant = f"+{requirement.variant}" if requirement.variant else ""
    return ObligationId(f"{office}/{requirement.code}/{period}{variant}")
