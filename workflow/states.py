"""The closed sets of the workflow: where an obligation can stand, what may be done, who may do it."""

from enum import StrEnum


class State(StrEnum):
    """Where an obligation stands: these four and no fifth."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    APPROVED = "approved"


class Action(StrEnum):
    """What someone does to an obligation."""

    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    APPROVE = "approve"
    RETURN = "return"
    REOPEN = "reopen"
    EXTEND = "extend"
    UNDO = "undo"
    DECLARE = "declare"
    WAIVE = "waive"
    REINSTATE = "reinstate"
    ADMIT = "admit"
    AMEND = "amend"
    HAND_OVER = "hand over"
    TAKE = "take"
    ASSIGN = "assign"
    COMMENT = "comment"
    ANSWER = "answer"
    ACCEPT = "accept"
    OPEN_AGAIN = "open again"


# What says who holds it: of that whoever does the same has to know.
HOLDING = frozenset({Action.TAKE, Action.ASSIGN})
# Whoever decides otherwise on what they saw before one of these decides on the same thing.
QUIET = HOLDING | {Action.COMMENT}
# They are in the same trail, and what happened last to the document is still what happened before them.
ON_THE_SIDE = frozenset(
    {
        *(Action.EXTEND, Action.DECLARE, Action.WAIVE, Action.REINSTATE),
        *(Action.ADMIT, Action.AMEND, Action.HAND_OVER),
        *(Action.ANSWER, Action.ACCEPT, Action.OPEN_AGAIN),
        *QUIET,
    }
)


class Duty(StrEnum):
    """Whether it is owed: as all are, only once there is cause for it, because there is, or not by a waiver."""

    OWED = "owed"
    CONDITIONAL = "conditional"
    DECLARED = "declared"
    WAIVED = "waived"


class FindingState(StrEnum):
    """Where a finding stands. A fallen one went with the decision that it was noted in, when that was taken back."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    FALLEN = "fallen"


class Mark(StrEnum):
    """What a reviewer says of an item of the checklist."""

    MEETS = "meets"
    NEEDS_REPAIR = "needs repair"
    NOT_FOUND = "not found"
    NOT_APPLICABLE = "not applicable"


class Role(StrEnum):
    """What an actor may be."""

    OFFICE = "office"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    BUREAU = "bureau"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Rule(StrEnum):
    """Why an action was refused. Each has one sentence, in `tui.words`."""

    NOT_FROM_HERE = "not from here"
    NOT_YET_REVIEWED = "not yet reviewed"
    WRONG_ROLE = "wrong role"
    OTHER_OFFICE = "other office"
    OTHER_UNIT = "other unit"
    OTHER_EYES = "other eyes"
    OWN_MANDATE = "own mandate"
    CONTENT_REQUIRED = "content required"
    NOTE_REQUIRED = "note required"
    FINDINGS_REQUIRED = "findings required"
    DATE_REQUIRED = "date required"
    DATE_NOT_LATER = "date not later"
    TERMS_REQUIRED = "terms required"
    HOLDER_REQUIRED = "holder required"
    HELD_BY_ANOTHER = "held by another"
    FINDING_REQUIRED = "finding required"
    NO_SUCH_FINDING = "no such finding"
    FINDINGS_OPEN = "findings open"
    CHECKS_FAIL = "checks fail"
    OUTSIDE_WINDOW = "outside window"
    PREREQUISITE = "prerequisite"
    NOTHING_TO_UNDO = "nothing to undo"
    TOO_LATE_TO_UNDO = "too late to undo"
    LONG_PAST = "long past"
