"""What a region asks of whom: offices, requirements, assignments and dates, as the bureau's files say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from workflow.calendars import Anchor, Calendars, MonthDay
from workflow.plans import Frequency
from workflow.states import Duty

REGION = "region"  # the kind of the office that owes for the region itself
REGION_CODE = "pemda"
LAST_YEAR = 9999  # of what has no end
Spans = tuple[tuple[int, int], ...]  # years, each from the first to the last


class Family(StrEnum):
    """The programme that a document belongs to."""

    SAKIP = "SAKIP"
    RB = "RB"
    ZI = "ZI"


class Level(StrEnum):
    """Who owes a document: an office, the region itself, or a unit that was designated for ZI."""

    OFFICE = "office"
    REGION = "region"
    ZI_UNIT = "zi-unit"


class Need(StrEnum):
    """How strongly it is asked for: by a regulation, as evidence, or only where it exists."""

    REQUIRED = "required"
    EVIDENCE = "evidence"
    OPTIONAL = "optional"


class Ask(StrEnum):
    """Of whom of its level it is asked.

    Of all, of those that are assigned, of nobody until there is cause for it, or of nobody: such a requirement is
    only known, so that its files are not taken for others.
    """

    ALL = "all"
    ASSIGNED = "assigned"
    DECLARED = "declared"
    NEVER = "never"


class Sure(StrEnum):
    """How sure the due date is: read in the regulation, in another source, from memory, or only suggested."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    MEMORY = "memory"
    DEFAULT = "default"


class Office(NamedTuple):
    """A government unit that owes documents. `short` is how people call it where the name does not fit."""

    code: str
    name: str
    short: str = ""


class Listed(NamedTuple):
    """An office with all that the catalogue says of it. `follows` are the offices whose duties it has taken over."""

    office: Office
    kind: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    follows: tuple[str, ...] = ()
    parent: str = ""

    def exists(self, first: date, last: date) -> bool:
        """Whether there is such an office on any day from the first to the last."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )


class DueRule(NamedTuple):
    """A due date as the regulation words it: so long after that day. `grace` are days until it counts as late."""

    anchor: Anchor
    months: int = 0
    days: int = 0
    working_days: int = 0
    grace: int = 0
    fixed: MonthDay | None = None


class CheckItem(NamedTuple):
    """What a reviewer looks at in a document. `code` tells it apart within its requirement, in reports too."""

    code: str
    text: str
    text_en: str = ""
    group: str = ""


class Requirement(NamedTuple):
    """A document that is asked for, as far as an obligation needs to know it: it is frozen with the year.

    `evidence` are the criteria that it is evidence for, `serves` the requirements that the very same file satisfies,
    `wants` those that have to be approved before it.
    """

    code: str
    variant: str
    short: str
    name: str
    name_en: str
    family: str
    level: Level = Level.OFFICE
    every: Frequency = Frequency.YEAR
    need: Need = Need.REQUIRED
    ask: Ask = Ask.ALL
    due: DueRule = DueRule(Anchor.PERIOD_END)
    evidence: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    wants_enforced: bool = False
    accepts: tuple[str, ...] = ()
    max_mb: int = 0
    chapters: tuple[str, ...] = ()
    checklist: tuple[CheckItem, ...] = ()
    source: str = ""
    sure: Sure = Sure.DEFAULT

    @property
    def key(self) -> str:
        """`pk`, or `pk+perubahan`: what tells two requirements apart."""
        return f"{self.code}+{self.variant}" if self.variant else self.code

    @property
    def duty(self) -> Duty:
        """What it is before anybody decides on it: what is optional waits for a cause as well."""
        is_asked = self.ask is not Ask.DECLARED and self.need is not Need.OPTIONAL
        return Duty.OWED if is_asked else Duty.CONDITIONAL


class Entry(NamedTuple):
    """A requirement with all that the catalogue says of it: when, of whom and by whom. The years are inclusive."""

    requirement: Requirement
    year_offset: int = 0
    needs_review: bool = True
    reviewer: str = ""
    spellings: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    valid_from: int = 0
    valid_to: int = 9999

    @property
    def every(self) -> Frequency:
        """How often it falls due."""
        return self.requirement.every

    @property
    def ask(self) -> Ask:
        """Of whom it is asked."""
        return self.requirement.ask

    @property
    def due(self) -> DueRule:
        """When it falls due."""
        return self.requirement.due

    def is_valid(self, year: int) -> bool:
        """Whether it is asked for in a document year."""
        return self.valid_from <= year <= self.valid_to


class Assignment(NamedTuple):
    """Which offices owe a requirement that not all owe, from year to year, and why."""

    requirement: str
    offices: tuple[str, ...]
    first: int = 0
    last: int = 9999
    reason: str = ""

    def is_valid(self, year: int) -> bool:
        """Whether it holds in a document year."""
        return self.first <= year <= self.last


class Catalogue(NamedTuple):
    """All that a region asks. `designated` holds the units of ZI as an assignment without a requirement.

    `borne` are the years of those aliases that an office has not always had.
    """

    region: str
    timezone: str
    listed: tuple[Listed, ...]
    aliases: Mapping[str, str]
    entries: tuple[Entry, ...]
    lookalikes: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    designated: tuple[Assignment, ...]
    calendars: Calendars
    borne: Mapping[str, Spans]

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices that the bureau has listed, in the order of the file."""
        return tuple(listed.office for listed in self.listed)

    @property
    def region_office(self) -> Office:
        """What owes for the region itself: the office of that kind, or one that bears the region's name."""
        own = next((listed.office for listed in self.listed if listed.kind == REGION), None)
        return own or Office(REGION_CODE, self.region, "Pemda")

    def everyone(self) -> tuple[Office, ...]:
        """All that can owe anything: the offices, and the region where something is asked of it."""
        is_asked = any(
            entry.requirement.level is Level.REGION and entry.ask is not Ask.NEVER for entry in self.entries
        )
        others = () if not is_asked or self.region_office in self.offices else (self.region_office,)
        return (*self.offices, *others)

    def heir(self, code: str) -> str | None:
        """The office that what is open goes to when this one has ended: the first that follows it."""
        return next((listed.office.code for listed in self.listed if code in listed.follows), None)

    def successor(self, code: str) -> str | None:
        """The heir, where it came in the place of an office with an end: one that was there before owes its own."""
        ended = next((one.valid_to for one in self.listed if one.office.code == code), None)
        began = next((one.valid_from for one in self.listed if one.office.code == self.heir(code)), None)
        return self.heir(code) if ended and began and ended.year <= began.year else None
