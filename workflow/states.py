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


# They are in the same trail, and what happened last to the document is still what happened before them.
ON_THE_SIDE = frozenset(
    {
        *(Action.EXTEND, Action.DECLARE, Action.WAIVE, Action.REINSTATE),
        *(Action.ADMIT, Action.AMEND, Action.HAND_OVER),
    }
)


class Duty(StrEnum):
    """Whether it is owed: as all are, only once there is cause for it, because there is, or not by a waiver."""

    OWED = "owed"
    CONDITIONAL = "conditional"
    DECLARED = "declared"
    WAIVED = "waived"


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
    CONTENT_REQUIRED = "content required"
    NOTE_REQUIRED = "note required"
    FINDINGS_REQUIRED = "findings required"
    DATE_REQUIRED = "date required"
    DATE_NOT_LATER = "date not later"
    TERMS_REQUIRED = "terms required"
    OUTSIDE_WINDOW = "outside window"
    PREREQUISITE = "prerequisite"
    NOTHING_TO_UNDO = "nothing to undo"
    TOO_LATE_TO_UNDO = "too late to undo"
