"""The code of a state: one letter and one mark, which read without colour.

An upper-case letter is the bureau's turn, a lower-case one is not; `!` is past its due date, `+` has come anew since
somebody looked, `?` may be what waits in quarantine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tui.language import _
from workflow import Obligation, State


class Letter(StrEnum):
    """What a cell can say. The letters are those of the Indonesian words, in both languages."""

    NOT_OWED = "-"
    MISSING = "·"
    DRAFT = "d"
    SUBMITTED = "A"
    REVIEWED = "T"
    RETURNED = "k"
    APPROVED = "s"


class Sign(StrEnum):
    """What the second character can say. That something is late still shows in its look, whatever stands there."""

    LATE = "!"
    RENEWED = "+"
    HELD = "?"


class Cell(NamedTuple):
    """A letter, whether its due date has passed, and what stands beside the letter instead of that."""

    letter: Letter
    is_late: bool
    sign: Sign | None = None

    def __str__(self) -> str:
        return f"{self.letter}{self.sign or (Sign.LATE if self.is_late else ' ')}"


class Count(NamedTuple):
    """How a number of obligations stand. `ours` waits for the bureau."""

    owed: int
    approved: int
    ours: int
    late: int

    @property
    def percent(self) -> int:
        """Of what is owed, the whole per cents that are approved; nothing owed is all done."""
        return 100 * self.approved // self.owed if self.owed else 100

    @classmethod
    def of(cls, codes: Iterable[Cell]) -> Count:
        """How those stand that have these codes."""
        letters, late = Counter[Letter](), 0
        for code in codes:
            letters[code.letter] += 1
            late += code.is_late
        return cls(
            owed=letters.total() - letters[Letter.NOT_OWED],
            approved=letters[Letter.APPROVED],
            ours=letters[Letter.SUBMITTED] + letters[Letter.REVIEWED],
            late=late,
        )


def cell(obligation: Obligation, today: date) -> Cell:
    """The code of where an obligation stands."""
    return Cell(_letter(obligation), obligation.is_overdue(today))


def _letter(obligation: Obligation) -> Letter:
    if not obligation.is_owed:
        return Letter.NOT_OWED
    if obligation.is_missing:
        return Letter.MISSING
    match obligation.state:
        case State.DRAFT:
            return Letter.RETURNED if obligation.is_returned else Letter.DRAFT
        case State.SUBMITTED:
            return Letter.SUBMITTED
        case State.REVIEWED:
            return Letter.REVIEWED
        case State.APPROVED:
            return Letter.APPROVED


def count(obligations: Iterable[Obligation], today: date) -> Count:
    """How they stand together."""
    return Count.of(cell(one, today) for one in obligations)


def legend() -> list[tuple[str, str]]:
    """Each code with its meaning, in the order of a document's life."""
    return [
        (Letter.MISSING, _("missing")),
        (Letter.DRAFT, _("draft")),
        (Letter.SUBMITTED, _("submitted")),
        (Letter.REVIEWED, _("reviewed")),
        (Letter.RETURNED, _("returned")),
        (Letter.APPROVED, _("approved")),
        (Letter.NOT_OWED, _("not owed yet")),
        (Sign.LATE, _("late")),
        (Sign.RENEWED, _("new since you looked")),
        (Sign.HELD, _("perhaps in quarantine")),
    ]


class Column(NamedTuple):
    """A column of the matrix: a requirement, however it is worded, for a part of the year."""

    key: str
    part: str
    short: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Column) and self[:2] == other[:2]

    def __hash__(self) -> int:
        return hash(self[:2])

    @classmethod
    def of(cls, obligation: Obligation) -> Column:
        """The column that an obligation stands in."""
        return cls(obligation.requirement.key, obligation.period.part, obligation.requirement.short)

    @property
    def heading(self) -> str:
        """Two characters, one above the other on screen: `PK`, or `T1` for the first quarter of TW."""
        if self.part[:1] == "m":
            return self.short[0] + "123456789OND"[int(self.part[1:]) - 1]
        return f"{self.short[0]}{self.part[1]}" if self.part[1:].isdecimal() else self.short
