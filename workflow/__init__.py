"""What is owed, where it stands, and what may happen next. Knows no screen, no folder and no clock."""

from workflow.actors import Actor
from workflow.catalogue import Catalogue, Entry, Office, Requirement, read_catalogue
from workflow.database import Database, Integrity, Unavailable
from workflow.due import collected_in, suits
from workflow.errors import CatalogueError, Forbidden, NotOurs, NoYear, Refused, Stale, Unknown, WorkflowError
from workflow.health import Checked, DatabaseCheck, ReadOnly, Severity, attempt, check_database, judged
from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
from workflow.periods import Period
from workflow.plain import plain, plain_lines
from workflow.register import Register, Vocabulary
from workflow.shipped import shipped_catalogue
from workflow.spellings import AlreadyMeans, Spelled, Spelling, Spellings
from workflow.states import Action, Role, Rule, State
from workflow.tables import phrase
from workflow.trail import AuditRecord
from workflow.transitions import TRANSITIONS, Refusal, Transition, files_for_offices, is_allowed, judge
from workflow.verification import Fault, Verdict, verify

__all__ = [
    "TRANSITIONS",
    "Action",
    "Actor",
    "AlreadyMeans",
    "AuditRecord",
    "Catalogue",
    "CatalogueError",
    "Checked",
    "Database",
    "DatabaseCheck",
    "Digest",
    "Entry",
    "Fault",
    "Forbidden",
    "Integrity",
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
    "Spelled",
    "Spelling",
    "Spellings",
    "Stale",
    "State",
    "Transition",
    "Unavailable",
    "Unknown",
    "Verdict",
    "Vocabulary",
    "WorkflowError",
    "attempt",
    "check_database",
    "collected_in",
    "files_for_offices",
    "is_allowed",
    "judge",
    "judged",
    "obligation_id",
    "phrase",
    "plain",
    "plain_lines",
    "read_catalogue",
    "shipped_catalogue",
    "suits",
    "verify",
]
