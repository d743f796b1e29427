"""One requirement, owed by one office, for one period, and where it stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple, NewType

from workflow.catalogue import Office, Requirement
from workflow.periods import Period
from workflow.states import Action, Duty, FindingState, Role, State
from workflow.windows import Windows

Digest = NewType("Digest", str)
ObligationId = NewType("ObligationId", str)
SOON = timedelta(days=14)


class Obligation(NamedTuple):
    """An obligation as it stood when it was read; a later reading is another value.

    `seq` counts its audit records and is what `Register.perform` compares. `content` is the newest that arrived,
    `submitter` who submitted it, `reviewer` who reviewed it (None when that review has fallen). `hands` are all who
    ever saved or submitted these bytes, `readers` all who ever reviewed them: the rule of other eyes is about those.

    `year` is the document year that it was opened with; one of several years is listed in each of them. `start` is
    the day that the due date is counted from, `ruled` what the rule makes of it, before any extension. `edition` is
    the hash of what the requirement says. `wanting` are prerequisites that are not approved yet. `holder` is who has
    taken it, or was given it, to decide; `findings` is how each finding stands, the first by number 1.
    """

    id: ObligationId
    office: Office
    requirement: Requirement
    period: Period
    year: int
    unit: str
    needs_review: bool
    duty: Duty
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
    edition: str = ""
    start: date | None = None
    ruled: date | None = None
    windows: Windows = Windows()
    wanting: tuple[ObligationId, ...] = ()
    holder: str | None = None
    findings: tuple[FindingState, ...] = ()

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
        """Whether it counts: a conditional one once something has arrived, a waived one once that was submitted."""
        match self.duty:
            case Duty.OWED | Duty.DECLARED:
                return True
            case Duty.CONDITIONAL:
                return not self.is_missing
            case Duty.WAIVED:
                return self.state is not State.DRAFT

    @property
    def is_open(self) -> bool:
        """Owed and not approved yet."""
        return self.is_owed and self.state is not State.APPROVED

    @property
    def late_after(self) -> date | None:
        """The last day on which it does not count as late: the due date and the days of grace."""
        return self.due and self.due + timedelta(days=self.requirement.due.grace)

    @property
    def is_extended(self) -> bool:
        """Whether it was given more time than the rule has."""
        return self.ruled is not None and self.due != self.ruled

    def is_overdue(self, today: date) -> bool:
        """Owed, past its due date and the days of grace, and not approved yet."""
        return self.is_open and self.late_after is not None and today > self.late_after

    def is_due_soon(self, today: date) -> bool:
        """Owed within two weeks or in its days of grace, and the office has not submitted it yet."""
        is_near = self.due is not None and self.due - today <= SOON
        return self.is_open and self.state is State.DRAFT and is_near and not self.is_overdue(today)

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
