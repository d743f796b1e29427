"""What is owed, where it stands, and what may happen next. Knows no screen, no folder and no clock.

The door opens by itself: whoever takes a name from it pays for the module of that name only, so that a question such
as `pantau status` does not wait for what decisions need.
"""

from importlib import import_module

# At once: the module is of the same name, and would be taken for it once somebody has imported that.
from workflow.plain import plain, plain_lines

TYPE_CHECKING = False  # not `typing`, which costs as much as a whole `pantau status`

if TYPE_CHECKING:
    from workflow.access import POWERS, Power, permits, require, scope
    from workflow.activity import Activity, activities, decided_since, last_came_by, last_records
    from workflow.actors import Actor, Hat
    from workflow.asked import Asked, asked_in
    from workflow.assigning import unfit
    from workflow.calendars import Anchor
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
    from workflow.catalogue_files import FILES, read_catalogue, read_catalogue_files
    from workflow.changes import Changes, Moved, changes_since
    from workflow.checking import Checklists, defects_of
    from workflow.copying import copy_database, settle_database
    from workflow.counting import Tally, documents, due_until, overdue, percent, period_span, tally
    from workflow.database import SCHEMA_VERSION, Database, Integrity, Row, Unavailable
    from workflow.defects import CommonDefect, common_defects
    from workflow.derived import Derived
    from workflow.difference import Change, Difference
    from workflow.due import DayOff, Due, days_off
    from workflow.enrolments import Enrolment, GivenKey, Misfit, Presence, Unsuitable
    from workflow.errors import (
        CatalogueError,
        Forbidden,
        InThePast,
        NotOurs,
        NoYear,
        OnlyACopy,
        Outgrown,
        Refused,
        Stale,
        Unknown,
        Unwarranted,
        WorkflowError,
    )
    from workflow.excerpts import Span, excerpt, lined_up, marked, occurrences, standing_in
    from workflow.exporting import exported
    from workflow.filters import lets_through
    from workflow.findings import Check, Defect, Finding
    from workflow.following import moved_by
    from workflow.heads import Head, head_at, head_with, length_since
    from workflow.health import Checked, DatabaseCheck, ReadOnly, Severity, attempt, check_database, judged
    from workflow.holders import key_holder
    from workflow.mandates import Mandate, Mandates
    from workflow.moments import utc
    from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
    from workflow.past import Past
    from workflow.periods import EVER, Period
    from workflow.personnel import Personnel
    from workflow.plans import Frequency, collected_in, periods_of, suits
    from workflow.preferences import Preferences
    from workflow.public_keys import Flaw, PublicKey, Unfit, read_public_key
    from workflow.queues import Load, Queue, is_waiting, loads, queued
    from workflow.refusals import KeptRefusal, kept_refusals
    from workflow.register import Register
    from workflow.replica import Replica
    from workflow.seals import seal
    from workflow.search_words import FIELDS, Field, Kind, Trait
    from workflow.searching import DueBy, Filter, Names, Query, Slip, Term, completions, folded, read_query
    from workflow.shipped import shipped_catalogue
    from workflow.sightings import Sighting, Sightings
    from workflow.spellings import AlreadyMeans, Spelled, Spelling, Spellings
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
    from workflow.verification import Fault, Verdict, verify
    from workflow.vocabulary import Vocabulary, spelled, vocabulary_of

__all__ = [
    "EVER",
    "FIELDS",
    "FILES",
    "LAST_YEAR",
    "ON_THE_SIDE",
    "POWERS",
    "QUIET",
    "SCHEMA_VERSION",
    "TRANSITIONS",
    "UNDO_FOR",
    "Action",
    "Activity",
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
    "DayOff",
    "Defect",
    "Derived",
    "Difference",
    "Digest",
    "Due",
    "DueBy",
    "DueRule",
    "Duty",
    "Enrolment",
    "Entry",
    "Family",
    "Fault",
    "Field",
    "Filter",
    "Finding",
    "FindingState",
    "Flaw",
    "Forbidden",
    "Frequency",
    "GivenKey",
    "Hat",
    "Head",
    "InThePast",
    "Integrity",
    "KeptRefusal",
    "Kind",
    "Level",
    "Listed",
    "Load",
    "Mandate",
    "Mandates",
    "Mark",
    "Misfit",
    "Moved",
    "Names",
    "Need",
    "NoYear",
    "NotOurs",
    "Obligation",
    "ObligationId",
    "Office",
    "OnlyACopy",
    "Outgrown",
    "Past",
    "Period",
    "Permit",
    "Personnel",
    "Power",
    "Preferences",
    "Presence",
    "PublicKey",
    "Query",
    "Queue",
    "ReadOnly",
    "Refusal",
    "Refused",
    "Register",
    "Replica",
    "Requirement",
    "Role",
    "Row",
    "Rule",
    "Severity",
    "Sighting",
    "Sightings",
    "Slip",
    "Span",
    "Spans",
    "Spelled",
    "Spelling",
    "Spellings",
    "Stale",
    "State",
    "Sure",
    "Tally",
    "Term",
    "Terms",
    "Trait",
    "Transition",
    "Unavailable",
    "Unfit",
    "Unknown",
    "Unsuitable",
    "Unwarranted",
    "Verdict",
    "Vocabulary",
    "WorkflowError",
    "activities",
    "allowed",
    "asked_in",
    "attempt",
    "changes_since",
    "check_database",
    "collected_in",
    "common_defects",
    "completions",
    "copy_database",
    "days_off",
    "decided_since",
    "defects_of",
    "documents",
    "due_until",
    "excerpt",
    "exported",
    "folded",
    "head_at",
    "head_with",
    "is_allowed",
    "is_waiting",
    "judge",
    "judged",
    "kept_refusals",
    "key_holder",
    "last_came_by",
    "last_records",
    "length_since",
    "lets_through",
    "likely",
    "lined_up",
    "loads",
    "marked",
    "moved_by",
    "obligation_id",
    "occurrences",
    "overdue",
    "percent",
    "period_span",
    "periods_of",
    "permits",
    "phrase",
    "plain",
    "plain_lines",
    "queued",
    "read_catalogue",
    "read_catalogue_files",
    "read_public_key",
    "read_query",
    "require",
    "scope",
    "seal",
    "settle_database",
    "shipped_catalogue",
    "spelled",
    "standing_in",
    "suits",
    "tally",
    "unfit",
    "utc",
    "verify",
    "vocabulary_of",
]

_MODULES = {
    "access": "POWERS Power permits require scope",
    "actors": "Actor Hat",
    "catalogue": (
        "LAST_YEAR Ask Catalogue CheckItem DueRule Entry Family Level Listed Need Office Requirement Spans Sure"
    ),
    "counting": "Tally documents due_until overdue percent period_span tally",
    "database": "SCHEMA_VERSION Database Integrity Row Unavailable",
    "errors": (
        "CatalogueError Forbidden InThePast NotOurs NoYear OnlyACopy Outgrown Refused Stale Unknown Unwarranted"
        " WorkflowError"
    ),
    "findings": "Check Defect Finding",
    "moments": "utc",
    "obligations": "Digest Obligation ObligationId obligation_id",
    "periods": "EVER Period",
    "register": "Register",
    "seals": "seal",
    "states": "ON_THE_SIDE QUIET Action Duty FindingState Mark Role Rule State",
    "tables": "likely phrase",
    "terms": "Terms",
    "trail": "UNDO_FOR AuditRecord",
    "transitions": "TRANSITIONS Permit Refusal Transition allowed is_allowed judge",
    "search_words": "FIELDS Field Kind Trait",
    "searching": "DueBy Filter Names Query Slip Term completions folded read_query",
    "filters": "lets_through",
    "excerpts": "Span excerpt lined_up marked occurrences standing_in",
    "derived": "Derived",
    "activity": "Activity activities decided_since last_came_by last_records",
    "asked": "Asked asked_in",
    "assigning": "unfit",
    "calendars": "Anchor",
    "catalogue_files": "FILES read_catalogue read_catalogue_files",
    "changes": "Changes Moved changes_since",
    "checking": "Checklists defects_of",
    "copying": "copy_database settle_database",
    "defects": "CommonDefect common_defects",
    "difference": "Change Difference",
    "due": "DayOff Due days_off",
    "enrolments": "Enrolment GivenKey Misfit Presence Unsuitable",
    "exporting": "exported",
    "following": "moved_by",
    "heads": "Head head_at head_with length_since",
    "health": "Checked DatabaseCheck ReadOnly Severity attempt check_database judged",
    "holders": "key_holder",
    "mandates": "Mandate Mandates",
    "past": "Past",
    "personnel": "Personnel",
    "plans": "Frequency collected_in periods_of suits",
    "preferences": "Preferences",
    "public_keys": "Flaw PublicKey Unfit read_public_key",
    "queues": "Load Queue is_waiting loads queued",
    "refusals": "KeptRefusal kept_refusals",
    "replica": "Replica",
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
