"""The code of a state: one letter and one mark, which read without colour.

An upper-case letter is the bureau's turn, a lower-case one is not; `!` is past its due date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


class Cell(NamedTuple):
    """A letter, and whether its due date has passed."""

    letter: Letter
    is_late: bool

    def __str__(self) -> str:
        return f"{self.letter}{'!' if self.is_late else ' '}"


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
    owed = [o for o in obligations if o.is_owed]
    return Count(
        owed=len(owed),
        approved=sum(o.state is State.APPROVED for o in owed),
        ours=sum(o.state in (State.SUBMITTED, State.REVIEWED) for o in owed),
        late=sum(o.is_overdue(today) for o in owed),
    )


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
        ("!", _("late")),
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


def columns(obligations: Sequence[Obligation]) -> list[Column]:
    """The columns that these obligations need, in the order of the catalogue and of the year.

    What nobody owes yet has none: a column of dashes for each document that may be revised would say nothing.
    """
    return list(dict.fromkeys(Column.of(o) for o in _by_column([o for o in obligations if o.is_owed])))


def _by_column(obligations: Sequence[Obligation]) -> list[Obligation]:
    order = {key: i for i, key in enumerate(dict.fromkeys(o.requirement.key for o in obligations))}
    return sorted(obligations, key=lambda o: (order[o.requirement.key], o.period.part))
