"""What is owed, where it stands, and what may happen next. Knows no screen, no folder and no clock.

What the catalogue, the checks and the opening of a year need is behind a second door that opens by itself: to ask
where something stands must not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from workflow.access import POWERS, Power, permits, require, scope
from workflow.actors import Actor, Hat
from workflow.catalogue import (
    LAST_YEAR,
    Ask,
    Catalogue,
    CheckItem,
    DueRule,
    Entry,
    Family,
    Level,
    Listed,
    Need,
    Office,
    Requirement,
    Spans,
    Sure,
)
from workflow.database import Database, Integrity, Unavailable
from workflow.errors import (
    CatalogueError,
    Forbidden,
    InThePast,
    NotOurs,
    NoYear,
    Refused,
    Stale,
    Unknown,
    Unwarranted,
    WorkflowError,
)
from workflow.findings import Check, Defect, Finding
from workflow.moments import utc
from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
from workflow.periods import EVER, Period
from workflow.plain import plain, plain_lines
from workflow.register import Register
from workflow.seals import seal
from workflow.states import ON_THE_SIDE, QUIET, Action, Duty, FindingState, Mark, Role, Rule, State
from workflow.tables import likely, phrase
from workflow.terms import Terms
from workflow.trail import UNDO_FOR, AuditRecord
from workflow.transitions import (
    TRANSITIONS,
    Permit,
    Refusal,
    Transition,
    allowed,
    is_allowed,
    judge,
)

if TYPE_CHECKING:
    from workflow.asked import Asked, asked_in
    from workflow.assigning import unfit
    from workflow.calendars import Anchor
    from workflow.catalogue_files import FILES, read_catalogue, read_catalogue_files
    from workflow.changes import Changes, Moved, changes_since
    from workflow.checking import Checklists, defects_of
    from workflow.defects import CommonDefect, common_defects
    from workflow.difference import Change, Difference
    from workflow.exporting import exported
    from workflow.following import moved_by
    from workflow.heads import Head, head_at, head_with, length_since
    from workflow.health import Checked, DatabaseCheck, ReadOnly, Severity, attempt, check_database, judged
    from workflow.mandates import Mandate, Mandates
    from workflow.past import Past
    from workflow.plans import Frequency, collected_in, periods_of, suits
    from workflow.preferences import Preferences
    from workflow.queues import Load, Queue, is_waiting, loads, queued
    from workflow.refusals import KeptRefusal, kept_refusals
    from workflow.shipped import shipped_catalogue
    from workflow.sightings import Sighting, Sightings
    from workflow.spellings import AlreadyMeans, Spelled, Spelling, Spellings
    from workflow.verification import Fault, Verdict, verify
    from workflow.vocabulary import Vocabulary, spelled, vocabulary_of

__all__ = [
    "EVER",
    "FILES",
    "LAST_YEAR",
    "ON_THE_SIDE",
    "POWERS",
    "QUIET",
    "TRANSITIONS",
    "UNDO_FOR",
    "Action",
    "Actor",
    "AlreadyMeans",
    "Anchor",
    "Ask",
    "Asked",
    "AuditRecord",
    "Catalogue",
    "CatalogueError",
    "Change",
    "Changes",
    "Check",
    "CheckItem",
    "Checked",
    "Checklists",
    "CommonDefect",
    "Database",
    "DatabaseCheck",
    "Defect",
    "Difference",
    "Digest",
    "DueRule",
    "Duty",
    "Entry",
    "Family",
    "Fault",
    "Finding",
    "FindingState",
    "Forbidden",
    "Frequency",
    "Hat",
    "Head",
    "InThePast",
    "Integrity",
    "KeptRefusal",
    "Level",
    "Listed",
    "Load",
    "Mandate",
    "Mandates",
    "Mark",
    "Moved",
    "Need",
    "NoYear",
    "NotOurs",
    "Obligation",
    "ObligationId",
    "Office",
    "Past",
    "Period",
    "Permit",
    "Power",
    "Preferences",
    "Queue",
    "ReadOnly",
    "Refusal",
    "Refused",
    "Register",
    "Requirement",
    "Role",
    "Rule",
    "Severity",
    "Sighting",
    "Sightings",
    "Spans",
    "Spelled",
    "Spelling",
    "Spellings",
    "Stale",
    "State",
    "Sure",
    "Terms",
    "Transition",
    "Unavailable",
    "Unknown",
    "Unwarranted",
    "Verdict",
    "Vocabulary",
    "WorkflowError",
    "allowed",
    "asked_in",
    "attempt",
    "changes_since",
    "check_database",
    "collected_in",
    "common_defects",
    "defects_of",
    "exported",
    "head_at",
    "head_with",
    "is_allowed",
    "is_waiting",
    "judge",
    "judged",
    "kept_refusals",
    "length_since",
    "likely",
    "loads",
    "moved_by",
    "obligation_id",
    "periods_of",
    "permits",
    "phrase",
    "plain",
    "plain_lines",
    "queued",
    "read_catalogue",
    "read_catalogue_files",
    "require",
    "scope",
    "seal",
    "shipped_catalogue",
    "spelled",
    "suits",
    "unfit",
    "utc",
    "verify",
    "vocabulary_of",
]

_MODULES = {
    "asked": "Asked asked_in",
    "assigning": "unfit",
    "calendars": "Anchor",
    "catalogue_files": "FILES read_catalogue read_catalogue_files",
    "changes": "Changes Moved changes_since",
    "checking": "Checklists defects_of",
    "defects": "CommonDefect common_defects",
    "difference": "Change Difference",
    "exporting": "exported",
    "following": "moved_by",
    "heads": "Head head_at head_with length_since",
    "health": "Checked DatabaseCheck ReadOnly Severity attempt check_database judged",
    "mandates": "Mandate Mandates",
    "past": "Past",
    "plans": "Frequency collected_in periods_of suits",
    "preferences": "Preferences",
    "queues": "Load Queue is_waiting loads queued",
    "refusals": "KeptRefusal kept_refusals",
    "shipped": "shipped_catalogue",
    "sightings": "Sighting Sightings",
    "spellings": "AlreadyMeans Spelled Spelling Spellings",
    "verification": "Fault Verdict verify",
    "vocabulary": "Vocabulary spelled vocabulary_of",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """The name, from the module that it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"workflow.{_HOME[name]}"), name)
    globals()[name] = value
    return value
