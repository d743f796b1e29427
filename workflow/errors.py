"""What can go wrong, one class for each thing that a caller would do differently."""

from __future__ import annotations

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from datetime import datetime

    from workflow.access import Power
    from workflow.actors import Actor
    from workflow.obligations import Obligation
    from workflow.states import Rule
    from workflow.trail import AuditRecord
    from workflow.transitions import Refusal


class WorkflowError(Exception):
    """The parent of all that the workflow raises on purpose."""


class Refused(WorkflowError):
    """The rules forbid this action here, now, or by this actor. Nothing has changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.rule)
        self.refusal = refusal


class Stale(WorkflowError):
    """The obligation has moved since the caller saw it, by this record if there is one. Nothing has changed."""

    def __init__(self, seen: Obligation, now: Obligation, by: AuditRecord | None) -> None:
        super().__init__(seen.id)
        self.seen = seen
        self.now = now
        self.by = by


class Unknown(WorkflowError):
    """There is no such obligation, office or arrival."""

    def __init__(self, what: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(f"{what} {name}")
        self.what = what
        self.name = name
        self.nearest = nearest


class Forbidden(WorkflowError):
    """The actor lacks a power, or what it is asked for is of another office (`rule` says so). Nothing has changed."""

    def __init__(self, actor: Actor, power: Power, rule: Rule) -> None:
        super().__init__(actor.name)
        self.actor = actor
        self.power = power
        self.rule = rule


class Unwarranted(WorkflowError):
    """The actor cannot give or end a mandate so, by this rule. Nothing has changed."""

    def __init__(self, actor: Actor, rule: Rule) -> None:
        super().__init__(rule)
        self.actor = actor
        self.rule = rule


class InThePast(WorkflowError):
    """What is shown is as it was at a moment, and what was cannot be changed. `at` carries the zone of the region."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class CatalogueError(WorkflowError):
    """A catalogue file says something that cannot be meant; the whole catalogue is refused.

    `within` is the table that the key stands in, by which `line` is found; 0 where it is not known. `against` is the
    table of the same file that it clashes with, if it does, whose line is told too.
    """

    def __init__(
        self,
        file: str,
        entry: str,
        key: str,
        hint: str,
        within: object = None,
        line: int = 0,
        against: object = None,
    ) -> None:
        super().__init__(file, entry, key, hint)
        self.against = against
        self.file = file
        self.entry = entry
        self.key = key
        self.hint = hint
        self.within = within
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.entry}: {self.key}: {self.hint}"


class NoYear(WorkflowError):
    """The calendar has no dates for a year."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class NotOurs(WorkflowError):
    """The file is no Pantau database, or one that a newer Pantau has written."""

    def __init__(self, path: str, version: int = 0) -> None:
        super().__init__(path)
        self.path = path
        self.version = version


class Outgrown(WorkflowError):
    """A newer Pantau has brought the database up to date while this process had it open. Nothing has changed."""


class OnlyACopy(WorkflowError):
    """The database may only be read here. `version` is that of one that is too old to be read as it lies, else 0."""

    def __init__(self, version: int = 0) -> None:
        super().__init__(str(version))
        self.version = version
