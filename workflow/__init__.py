"""What is owed, where it stands, and what may happen next. Knows no screen, no folder and no clock."""

from workflow.actors import Actor
from workflow.asked import Asked, asked
from workflow.calendars import Anchor
from workflow.catalogue import Ask, Catalogue, DueRule, Entry, Family, Level, Listed, Need, Office, Requirement, Sure
from workflow.catalogue_files import FILES, read_catalogue, read_catalogue_files
from workflow.database import Database, Integrity, Unavailable
from workflow.difference import Change, Difference
from workflow.errors import CatalogueError, Forbidden, NotOurs, NoYear, Refused, Stale, Unknown, WorkflowError
from workflow.health import Checked, DatabaseCheck, ReadOnly, Severity, attempt, check_database, judged
from workflow.obligations import Digest, Obligation, ObligationId
from workflow.periods import Period
from workflow.plain import plain, plain_lines
from workflow.plans import Frequency
from workflow.register import Register, Vocabulary
from workflow.shipped import shipped_catalogue
from workflow.states import ON_THE_SIDE, Action, Duty, Role, Rule, State
from workflow.tables import phrase
from workflow.terms import Terms
from workflow.trail import AuditRecord
from workflow.transitions import TRANSITIONS, Refusal, Transition, allowed, files_for_offices, is_allowed, judge
from workflow.verification import Fault, Verdict, verify

__all__ = [
    "FILES",
    "ON_THE_SIDE",
    "TRANSITIONS",
    "Action",
    "Actor",
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
    "asked",
    "attempt",
    "check_database",
    "files_for_offices",
    "is_allowed",
    "judge",
    "judged",
    "phrase",
    "plain",
    "plain_lines",
    "read_catalogue",
    "read_catalogue_files",
    "shipped_catalogue",
    "verify",
]
