"""What is said of an obligation beside its code: when it is due, who acts next, what happened last."""

from __future__ import annotations

from datetime import date, tzinfo

from textual.content import Content

from tui import words
from tui.cells import cell
from tui.language import _, many
from tui.screens.text import Part, line
from workflow import Obligation, Role


def due(o: Obligation, today: date) -> str:
    """The due date and how far it is away."""
    if o.due is None:
        return _("no due date")
    days = (o.due - today).days
    if not o.is_owed or o.turn is None:
        return words.day(o.due)
    if days < 0:
        away = many("{n} day late", "{n} days late", -days).format(n=words.number(-days))
    elif days == 0:
        away = _("today")
    else:
        away = many("in {n} day", "in {n} days", days).format(n=words.number(days))
    return f"{words.day(o.due)} ({away})"


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
    rounds = " · " + _("round {n}").format(n=o.round) if o.round > 1 else ""
    late = ", " + _("late") if code.is_late else ""
    return [(str(code).strip(), "bold"), f" {words.standing(o)}{late}{rounds}"]


def detail(o: Obligation, today: date) -> Content:
    """All of it on one line, what matters most first."""
    document = f"{o.requirement.short} {name(o)}"
    return line(" ", *standing(o, today), f" · {document} · ", _("due"), f" {due(o, today)} · {o.office.name}")
