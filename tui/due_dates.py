"""What is due when: the documents of each day with all who owe them, as rows for a verb and a screen alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple, assert_never

from tui import report, words
from tui.cycling import after
from tui.language import _, many
from workflow import Actor, Obligation, Period, Requirement, Role, State, is_waiting


class Selection(Enum):
    """Which dates are shown: those with something open and those to come, of them one's own, or all of the year."""

    COMING = auto()
    MINE = auto()
    YEAR = auto()

    def next(self) -> Selection:
        """The one after it, coming round."""
        return after(Selection, self)

    def __str__(self) -> str:
        match self:
            case Selection.COMING:
                return _("open and coming")
            case Selection.MINE:
                return _("mine")
            case Selection.YEAR:
                return _("the whole year")
            case _:
                assert_never(self)


class DueDate(NamedTuple):
    """A document for a period, the day on which it is due, and the obligations of all who owe it then."""

    day: date
    requirement: Requirement
    period: Period
    owed: tuple[Obligation, ...]

    @property
    def id(self) -> str:
        """What tells it apart from every other."""
        return f"{self.day} {self.requirement.key} {self.period}"

    @property
    def delivered(self) -> int:
        """How many have handed it in."""
        return sum(one.state is not State.DRAFT for one in self.owed)

    @property
    def is_open(self) -> bool:
        """Whether any of them is not approved yet."""
        return any(one.is_open for one in self.owed)

    def late(self, today: date) -> int:
        """How many are overdue."""
        return sum(one.is_overdue(today) for one in self.owed)

    @property
    def units(self) -> str:
        """Who reviews it."""
        return ", ".join(dict.fromkeys(one.unit for one in self.owed if one.unit))

    @property
    def name(self) -> str:
        """The document and its period."""
        return f"{words.document(self.requirement)} {words.period(self.period)}"


class Month(NamedTuple):
    """A month by its first day: how much is due in it, and how much of that is still open."""

    first: date
    owed: int
    open: int


def due_dates(obligations: Iterable[Obligation]) -> list[DueDate]:
    """Day after day, all that is owed and has a due date."""
    found: dict[tuple[date, str, str], list[Obligation]] = {}
    for one in obligations:
        if one.due and one.is_owed:
            found.setdefault((one.due, one.requirement.key, str(one.period)), []).append(one)
    return [
        DueDate(day, those[0].requirement, those[0].period, tuple(those))
        for (day, _key, _period), those in sorted(found.items())
    ]


def groups(dates: Iterable[DueDate]) -> list[str]:
    """The programmes and the reviewing units that one can narrow it to."""
    every = [one for due in dates for one in due.owed]
    return [*dict.fromkeys(one.requirement.family for one in every), *sorted({one.unit for one in every if one.unit})]


def narrowed(dates: Sequence[DueDate], selection: Selection, group: str, actor: Actor, today: date) -> list[DueDate]:
    """Those of a selection, and of a programme or a unit where one is given."""
    those = (due._replace(owed=tuple(_of(due, selection, group, actor))) for due in dates)
    return [due for due in those if due.owed and (selection is Selection.YEAR or due.day >= today or due.is_open)]


def _of(due: DueDate, selection: Selection, group: str, actor: Actor) -> Iterator[Obligation]:
    for one in due.owed:
        is_of_group = group in ("", one.requirement.family, one.unit)
        if is_of_group and (selection is not Selection.MINE or is_mine(one, actor)):
            yield one


def is_mine(one: Obligation, actor: Actor) -> bool:
    """Whether it is this person's: their office's, their unit's, or theirs to decide on now."""
    for it in actor.each():
        if it.role is Role.OFFICE and it.unit == one.office.code:
            return True
        if it.role is Role.REVIEWER and it.unit and it.unit == one.unit:
            return True
        if one.holder in it.eyes:
            return True
    return is_waiting(one, actor)


def months(dates: Sequence[DueDate]) -> list[Month]:
    """The months in which anything is due, and how much."""
    found: dict[date, list[Obligation]] = {}
    for due in dates:
        found.setdefault(due.day.replace(day=1), []).extend(due.owed)
    return [Month(first, len(those), sum(one.is_open for one in those)) for first, those in found.items()]


def bar(month: Month, most: int, width: int) -> tuple[str, str]:
    """How much is due in a month as a bar, beside the fullest: what is open, then what is done."""
    whole = max(round(width * month.owed / max(most, 1)), 1)
    is_open = min(max(round(whole * month.open / month.owed), 1 if month.open else 0), whole)
    return "#" * is_open, "-" * (whole - is_open)


def following(dates: Sequence[DueDate], chosen: str | None, step: int) -> DueDate | None:
    """The next date after the chosen one, or the one before, on which something is open; none where there is none."""
    place = next((i for i, due in enumerate(dates) if due.id == chosen), -1)
    here = dates[place].day if place >= 0 else None
    ahead = dates[place + 1 :] if step > 0 else dates[: max(place, 0)][::-1]
    found = next((due for due in ahead if due.is_open and due.day != here), None)
    return found and next(due for due in dates if due.day == found.day and due.is_open)


def today_in(dates: Sequence[DueDate], today: date) -> DueDate | None:
    """The first that is due today or later, else the last of all."""
    return next((due for due in dates if due.day >= today), dates[-1] if dates else None)


def said(due: DueDate, today: date) -> str:
    """`38 of 49 delivered, 11 late`."""
    told = _("{n} of {count} delivered").format(n=words.number(due.delivered), count=words.number(len(due.owed)))
    late = due.late(today)
    return ", ".join(filter(None, (told, _("{n} late").format(n=words.number(late)) if late else "")))


def long_day(day: date) -> str:
    """`Sat, 28 February 2026`."""
    return f"{words.weekday(day)}, {words.day(day)}"


def lines(dates: Sequence[DueDate], today: date) -> Iterator[str]:
    """One line each: the day, the document, how many offices owe it, how many have delivered, who reviews."""
    yield from report.table([_cells(due, today) for due in dates])


def _cells(due: DueDate, today: date) -> tuple[str, ...]:
    offices = many("{n} office", "{n} offices", len(due.owed)).format(n=words.number(len(due.owed)))
    return (long_day(due.day), due.name, offices, said(due, today), due.units)


def own_lines(dates: Sequence[DueDate], today: date) -> Iterator[str]:
    """The same for one office: the day, the document, and how it stands."""
    rows = [(long_day(due.day), due.name, standing(one, today)) for due in dates for one in due.owed]
    yield from report.table(rows)


def standing(one: Obligation, today: date) -> str:
    """`late`, `due soon`, or how it stands."""
    if one.is_overdue(today):
        return _("late")
    return _("due soon") if one.is_due_soon(today) else words.standing(one)
