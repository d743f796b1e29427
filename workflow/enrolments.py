"""What is known of a person and of their keys, and what cannot be so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from workflow.actors import Actor
from workflow.errors import WorkflowError
from workflow.plain import plain
from workflow.public_keys import PublicKey
from workflow.states import Role

_LONGEST_NAME = 64


class Presence(StrEnum):
    """Whether a person may do anything on a day, and why not."""

    ACTIVE = "active"
    NOT_BEGUN = "not begun"
    ENDED = "ended"
    SUSPENDED = "suspended"


class Misfit(StrEnum):
    """Why something cannot be true of a person or of a key."""

    NAME = "name"
    NAME_TAKEN = "name taken"
    NAME_OF_OFFICE = "name of office"
    NO_OFFICE = "no office"
    DAYS = "days"
    SAME = "same"
    NOTE_REQUIRED = "note required"
    LAST_ADMINISTRATOR = "last administrator"
    KEY_TAKEN = "key taken"
    NO_KEY = "no key"
    WHICH_KEY = "which key"


class Unsuitable(WorkflowError):
    """It cannot be so of this person. `about` is who or what stands in the way, if anything. Nothing has changed."""

    def __init__(self, misfit: Misfit, name: str, about: str = "") -> None:
        super().__init__(f"{name}: {misfit}")
        self.misfit = misfit
        self.name = name
        self.about = about


class Enrolment(NamedTuple):
    """All that is true of a person from a moment on: who said so (`actor`, `via`), when (UTC) and why.

    `begins` and `ends` are the first and the last day by the region's clock, None where there is none. `number` is 0
    and `at` nothing where it is of a time before people were recorded.
    """

    number: int
    at: str
    actor: str
    via: str
    name: str
    role: Role
    unit: str = ""
    begins: date | None = None
    ends: date | None = None
    is_suspended: bool = False
    note: str = ""

    @classmethod
    def of(cls, person: Actor, begins: date | None = None, ends: date | None = None) -> Enrolment:
        """What is yet to be recorded of a person, or is said elsewhere."""
        return cls(0, "", "", "", person.name, person.role, person.unit, begins, ends)

    def presence(self, today: date) -> Presence:
        """Whether they may do anything on a day; that they have ended outweighs all else."""
        if self.ends and today > self.ends:
            return Presence.ENDED
        if self.is_suspended:
            return Presence.SUSPENDED
        return Presence.NOT_BEGUN if self.begins and today < self.begins else Presence.ACTIVE

    @property
    def person(self) -> Actor:
        """Whom the rules see."""
        return Actor(self.name, self.role, self.unit)


class GivenKey(NamedTuple):
    """A key of a person: since when (UTC), by whom, and whether somebody has taken it from them, when and why."""

    person: str
    key: PublicKey
    at: str
    actor: str
    revoked_at: str | None = None
    revoked_by: str | None = None
    revoked_why: str | None = None

    @property
    def is_in_use(self) -> bool:
        """Whether it lets its person in, as far as the key goes."""
        return self.revoked_at is None


def check_name(person: Actor, others: Iterable[str], offices: Collection[str]) -> None:
    """Raise Unsuitable for a name that is no plain word, or that the trail or a reader could take for another's."""
    name = person.name
    if plain(name) != name or name.strip() != name or not name or len(name) > _LONGEST_NAME or name.startswith("-"):
        raise Unsuitable(Misfit.NAME, plain(name))
    spelled = _folded(name)
    # Two spellings of one name would be two pairs of eyes.
    if twin := next((other for other in others if _folded(other) == spelled), None):
        raise Unsuitable(Misfit.NAME_TAKEN, name, twin)
    if name != person.unit and spelled in map(_folded, offices):
        raise Unsuitable(Misfit.NAME_OF_OFFICE, name)


def check_terms(one: Enrolment, offices: Collection[str]) -> None:
    """Raise Unsuitable for an office that there is not, or days that are in no order."""
    # Whoever is of no office would act for none, and see all.
    if plain(one.unit) != one.unit or (one.role is Role.OFFICE and one.unit not in offices):
        raise Unsuitable(Misfit.NO_OFFICE, one.name, plain(one.unit))
    if one.begins and one.ends and one.ends < one.begins:
        raise Unsuitable(Misfit.DAYS, one.name)


def administered_until(those: Iterable[Enrolment], today: date) -> date:
    """The last day on which one of those who are administrators today is one still."""
    there = (one for one in those if one.role is Role.ADMINISTRATOR and one.presence(today) is Presence.ACTIVE)
    return max((one.ends or date.max for one in there), default=date.min)


def _folded(name: str) -> str:
    return normalize("NFKC", name).casefold().strip()
