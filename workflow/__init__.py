"""What is owed, where it stands, and what may happen next. Knows no screen, no folder and no clock.

What the catalogue, the checks and the opening of a year need is behind a second door that opens by itself: to ask
where something stands must not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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
    NotOurs,
    NoYear,
    Refused,
    Stale,
    Unknown,
    Unwarranted,
    WorkflowError,
)
from workflow.findings import Check, Defect, Finding
from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
from workflow.periods import EVER, Period
from workflow.plain import plain, plain_lines
from workflow.register import Register
from workflow.seals import seal
from workflow.states import ON_THE_SIDE, QUIET, Action, Duty, FindingState, Mark, Role, Rule, State
from workflow.tables import phrase
from workflow.terms import Terms
from workflow.trail import AuditRecord
from workflow.transitions import (
    TRANSITIONS,
    Permit,
    Refusal,
    Transition,
    allowed,
    files_for_offices,
    is_allowed,
    judge,
)

if TYPE_CHECKING:
    from workflow.asked import Asked, asked_in
    from workflow.calendars import Anchor
    from workflow.catalogue_files import FILES, read_catalogue, read_catalogue_files
    from workflow.checking import Checklists, defects_of
    from workflow.difference import Change, Difference
    from workflow.health import Checked, DatabaseCheck, ReadOnly, Severity, attempt, check_database, judged
    from workflow.mandates import Mandate, Mandates
    from workflow.plans import Frequency, collected_in, periods_of, suits
    from workflow.queues import Load, Queue, is_waiting, loads, queued
    from workflow.refusals import KeptRefusal, refusals
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
    "QUIET",
    "TRANSITIONS",
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
    "Check",
    "CheckItem",
    "Checked",
    "Checklists",
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
    "Integrity",
    "KeptRefusal",
    "Level",
    "Listed",
    "Load",
    "Mandate",
    "Mandates",
    "Mark",
    "Need",
    "NoYear",
    "NotOurs",
    "Obligation",
    "ObligationId",
    "Office",
    "Period",
    "Permit",
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
    "check_database",
    "collected_in",
    "defects_of",
    "files_for_offices",
    "is_allowed",
    "is_waiting",
    "judge",
    "judged",
    "loads",
    "obligation_id",
    "periods_of",
    "phrase",
    "plain",
    "plain_lines",
    "queued",
    "read_catalogue",
    "read_catalogue_files",
    "refusals",
    "seal",
    "shipped_catalogue",
    "spelled",
    "suits",
    "verify",
    "vocabulary_of",
]

_MODULES = {
    "asked": "Asked asked_in",
    "calendars": "Anchor",
    "catalogue_files": "FILES read_catalogue read_catalogue_files",
    "checking": "Checklists defects_of",
    "difference": "Change Difference",
    "health": "Checked DatabaseCheck ReadOnly Severity attempt check_database judged",
    "mandates": "Mandate Mandates",
    "plans": "Frequency collected_in periods_of suits",
    "queues": "Load Queue is_waiting loads queued",
    "refusals": "KeptRefusal refusals",
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
