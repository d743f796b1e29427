"""What is due when, as rows of a list and as the panel beside it: the load of each month, and the chosen date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from textual.content import Content

from tui import about, due_dates, rules, words
from tui.cells import cell
from tui.due_dates import DueDate, Month, Selection
from tui.language import _, many
from tui.report import office_name
from tui.screens.listing import Row
from tui.screens.text import NOTHING, Part, hanging, line, lines
from workflow import DayOff, Obligation

_BAR = 20


def headings() -> Row:
    """What the columns of a date are."""
    return ["", "", "", _("document"), _("delivered"), _("late"), _("review")]


def rows(dates: Sequence[DueDate], today: date) -> dict[str, Row]:
    """Each date, its month and its day told where they begin."""
    made: dict[str, Row] = {}
    before: date | None = None
    for due in dates:
        is_new_month = before is None or before.replace(day=1) != due.day.replace(day=1)
        month = words.short_month(due.day) if is_new_month else ""
        made[due.id] = [(month, "bold"), *_day(due, today, is_new=due.day != before), *_counts(due, today)]
        before = due.day
    return made


def _day(due: DueDate, today: date, *, is_new: bool) -> tuple[Part, Part]:
    look = "bold reverse" if due.day == today else "" if due.is_open else "dim"
    return (f"{due.day.day:2}" if is_new else "", look), (words.weekday(due.day) if is_new else "", look)


def _counts(due: DueDate, today: date) -> tuple[Part, ...]:
    late, look = due.late(today), "" if due.is_open else "dim"
    counted = f"{words.number(due.delivered)}/{words.number(len(due.owed))}"
    return (due.name, look), (f"{counted:>9}", look), (f"{words.number(late):>4}" if late else "", "bold"), due.units


def emptiness(count: int, year: int, *, is_past: bool) -> str:
    """What it means that no date is shown, and what could be done next."""
    if not count and is_past:
        told = _("Nothing was owed in {year} at that moment. Without --as-at Pantau shows how it is now.")
        return told.format(year=year)
    if not count:
        return _("Nothing is owed in {year} yet. Open the year: pantau open-year {year}").format(year=year)
    return many("0 of {n} date. Esc shows all.", "0 of {n} dates. Esc shows all.", count).format(
        n=words.number(count)
    )


def selections(counted: Mapping[Selection, int], chosen: Selection, group: str) -> Content:
    """The selections with how much is in each, and what it is narrowed to."""
    parts: list[Part] = [
        (f" {one} {words.number(n)} ", "bold reverse" if one is chosen else "") for one, n in counted.items()
    ]
    return line(*parts, *([("  " + _("only {group}").format(group=group), "bold")] if group else []))


def away(day: date, today: date) -> str:
    """`in 12 days`, `12 days ago`, `today`."""
    days = (day - today).days
    if days == 0:
        return _("today")
    told = many("in {n} day", "in {n} days", days) if days > 0 else many("{n} day ago", "{n} days ago", -days)
    return told.format(n=words.number(abs(days)))


def detail(due: DueDate, today: date) -> Content:
    """A date on one line."""
    said = (f"{due_dates.long_day(due.day)} ({away(due.day, today)})", due_dates.said(due, today), due.units)
    return line(" ", (due.name, "bold"), " · ", " · ".join(filter(None, said)))


def panel(months: Sequence[Month], due: DueDate | None, off: Sequence[DayOff], today: date, width: int) -> Content:
    """The months, then the chosen date and the rule behind it."""
    return lines([*strip(months, today), line(), *_chosen(due, off, today, width)]) if due else NOTHING


def strip(months: Sequence[Month], today: date) -> Iterator[Content]:
    """One line for each month: how much is due in it and open, as a bar and in numbers."""
    yield line((_("How much is due in each month"), "bold"))
    most = max((month.owed for month in months), default=0)
    for month in months:
        is_open, is_done = due_dates.bar(month, most, _BAR)
        here = "bold reverse" if month.first == today.replace(day=1) else ""
        bar = f"{is_open}{is_done}".ljust(_BAR)
        counted = f"{words.number(month.open):>6}/{words.number(month.owed)}"
        yield line((words.short_month(month.first), here), f" {bar}", (counted, "" if month.open else "dim"))
    yield line((_("# open, - done"), "dim"))


def _chosen(due: DueDate, off: Sequence[DayOff], today: date, width: int) -> Iterator[Content]:
    yield hanging("", (due.name, "bold"), width)
    yield hanging((_("due "), "dim"), f"{due_dates.long_day(due.day)} ({away(due.day, today)})", width)
    ruled = next((one for one in due.owed if not one.is_extended), due.owed[0])
    yield hanging((_("by rule") + " ", "dim"), rules.because(ruled), width)
    if off:
        yield line((_("days off, not counted"), "dim"))
        yield hanging("  ", about.off(off), width)
    yield hanging("", due_dates.said(due, today), width)
    yield hanging((_("review") + " ", "dim"), due.units or "-", width)


def office_headings() -> Row:
    """What the columns of an office are."""
    return ["", _("office"), _("state"), _("held by"), _("review")]


def office_rows(due: DueDate, today: date, room: int) -> dict[str, Row]:
    """Each office that owes it, and how it stands; those that are late or open come first."""
    ordered = sorted(due.owed, key=lambda one: (not one.is_overdue(today), not one.is_open))
    return {one.id: _office(one, today, room) for one in ordered}


def _office(one: Obligation, today: date, room: int) -> Row:
    code, look = cell(one, today), "" if one.is_open else "dim"
    return [
        (str(code), "bold reverse" if one.is_overdue(today) else look),
        (office_name(one.office, room), look),
        (due_dates.standing(one, today), look),
        one.holder or ("-", "dim"),
        (one.unit, "dim"),
    ]
