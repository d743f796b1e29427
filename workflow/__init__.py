"""What is owed, where it stands, and what may happen next. Knows no screen, no folder and no clock.

What the catalogue, the checks and the opening of a year need is behind a second door that opens by itself: to ask
where something stands must not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from workflow.actors import Actor
from workflow.catalogue import (
    LAST_YEAR,
    Ask,
    Catalogue,
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
from workflow.errors import CatalogueError, Forbidden, NotOurs, NoYear, Refused, Stale, Unknown, WorkflowError
from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
from workflow.periods import EVER, Period
from workflow.plain import plain, plain_lines
from workflow.register import Register
from workflow.states import ON_THE_SIDE, Action, Duty, Role, Rule, State
from workflow.tables import phrase
from workflow.terms import Terms
from workflow.trail import AuditRecord
from workflow.transitions import TRANSITIONS, Refusal, Transition, allowed, files_for_offices, is_allowed, judge

if TYPE_CHECKING:
    from workflow.asked import Asked, asked_in
    from workflow.calendars import Anchor
    from workflow.catalogue_files import FILES, read_catalogue, read_catalogue_files
    from workflow.difference import Change, Difference
    from workflow.health import Checked, DatabaseCheck, ReadOnly, Severity, attempt, check_database, judged
    from workflow.plans import Frequency, collected_in, periods_of, suits
    from workflow.shipped import shipped_catalogue
    from workflow.spellings import AlreadyMeans, Spelled, Spelling, Spellings
    from workflow.verification import Fault, Verdict, verify
    from workflow.vocabulary import Vocabulary, spelled, vocabulary_of

__all__ = [
    "EVER",
    "FILES",
    "LAST_YEAR",
    "ON_THE_SIDE",
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
    "Checked",
    "Database",
    "DatabaseCheck",
    "Difference",
    "Digest",
    "DueRule",
    "Duty",
    "Entry",
    "Family",
    "Fault",
    "Forbidden",
    "Frequency",
    "Integrity",
    "Level",
    "Listed",
    "Need",
    "NoYear",
    "NotOurs",
    "Obligation",
    "ObligationId",
    "Office",
    "Period",
    "ReadOnly",
    "Refusal",
    "Refused",
    "Register",
    "Requirement",
    "Role",
    "Rule",
    "Severity",
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
    "Verdict",
    "Vocabulary",
    "WorkflowError",
    "allowed",
    "asked_in",
    "attempt",
    "check_database",
    "collected_in",
    "files_for_offices",
    "is_allowed",
    "judge",
    "judged",
    "obligation_id",
    "periods_of",
    "phrase",
    "plain",
    "plain_lines",
    "read_catalogue",
    "read_catalogue_files",
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
    "difference": "Change Difference",
    "health": "Checked DatabaseCheck ReadOnly Severity attempt check_database judged",
    "plans": "Frequency collected_in periods_of suits",
    "shipped": "shipped_catalogue",
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
