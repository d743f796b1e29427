"""What is said of an obligation beside its code: when it is due, who acts next, what happened last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo

from rich.cells import cell_len
from textual.content import Content

from tui import words
from tui.cells import cell
from tui.language import _, many
from tui.report import office_name
from tui.screens.text import Part, line
from workflow import Obligation, Role

_LEGIBLE = 12


def due(o: Obligation, today: date, day: Callable[[date], str] = words.day) -> str:
    """The due date and how far it is away; `day` is how a date is written."""
    if o.due is None:
        return _("no due date")
    days = (o.due - today).days
    if not o.is_owed or o.turn is None:
        return day(o.due)
    if days < 0:
        away = many("{n} day late", "{n} days late", -days).format(n=words.number(-days))
    elif days == 0:
        away = _("today")
    else:
        away = many("in {n} day", "in {n} days", days).format(n=words.number(days))
    return f"{day(o.due)} ({away})"


def turn(o: Obligation) -> str:
    """Who has to act next, and which unit of the reviewers."""
    if not o.is_owed:
        return _("nobody yet")
    return f"{words.turn(o)} ({o.unit})" if o.turn is Role.REVIEWER and o.unit else words.turn(o)


def last_move(o: Obligation, zone: tzinfo) -> str:
    """What happened last, by whom and when."""
    if o.last_action is None or o.last_at is None:
        return _("nothing has arrived yet")
    return f"{words.done(o.last_action)}: {o.last_actor}, {words.moment(o.last_at, zone)}"


def name(o: Obligation) -> str:
    """The document and its period, without its office."""
    return f"{words.document(o.requirement)} {words.period(o.period)}"


def standing(o: Obligation, today: date) -> list[Part]:
    """The code and what it means."""
    code = cell(o, today)
    late = ", " + _("late") if code.is_late else ""
    return [(str(code).strip(), "bold"), f" {words.standing(o)}{late}{_rounds(o)}"]


def detail(o: Obligation, today: date, width: int) -> Content:
    """All of it on one line: how it stands and when it is due always, of the rest as much as there is room for."""
    state: list[Part] = [(str(cell(o, today)).strip(), "bold"), f" {words.standing(o)}{_rounds(o)}"]
    start = line(" ", *state, " · ", _("due") if o.due else "", f" {due(o, today, _brief_day)} · ")
    for document in (f"{o.requirement.short} {name(o)}", words.short_title(o)):
        room = width - start.cell_length - cell_len(document) - 4
        if room >= min(len(o.office.name), _LEGIBLE):
            return start + line(f"{document} · {office_name(o.office, room)}")
    return start + line(words.short_title(o))


def _rounds(o: Obligation) -> str:
    return " · " + _("round {n}").format(n=o.round) if o.round > 1 else ""


def _brief_day(when: date) -> str:
    return f"{words.short_day(when).strip()} {when.year}"
