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
from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
from workflow.periods import EVER, Period
from workflow.plain import plain, plain_lines
from workflow.plans import Frequency, collected_in, periods, suits
from workflow.register import Register
from workflow.shipped import shipped_catalogue
from workflow.spellings import AlreadyMeans, Spelled, Spelling, Spellings
from workflow.states import ON_THE_SIDE, Action, Duty, Role, Rule, State
from workflow.tables import phrase
from workflow.terms import Terms
from workflow.trail import AuditRecord
from workflow.transitions import TRANSITIONS, Refusal, Transition, allowed, files_for_offices, is_allowed, judge
from workflow.verification import Fault, Verdict, verify
from workflow.vocabulary import Vocabulary, spelled, vocabulary

__all__ = [
    "EVER",
    "FILES",
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
    "asked",
    "attempt",
    "check_database",
    "collected_in",
    "files_for_offices",
    "is_allowed",
    "judge",
    "judged",
    "obligation_id",
    "periods",
    "phrase",
    "plain",
    "plain_lines",
    "read_catalogue",
    "read_catalogue_files",
    "shipped_catalogue",
    "spelled",
    "suits",
    "verify",
    "vocabulary",
]
