"""The rows of a queue, what it means that it is empty, and the order in which one goes through one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import assert_never

from tui import queues, words
from tui.cells import cell
from tui.language import _
from tui.report import office_name
from tui.screens.keymap import with_keys
from tui.screens.listing import Row
from tui.screens.runs import MARK
from workflow import FindingState, Obligation, ObligationId, Queue


def nothing_waits(finished: int) -> str:
    """What it means that nothing is in any queue, and what could be done next."""
    done = f"{finished_today(finished)}." if finished else ""
    told = with_keys(_("Press {overview} for the overview."), overview="views.overview")
    return " ".join(filter(None, (_("Nothing waits."), done, told)))


def finished_today(count: int) -> str:
    """How much one has done with today."""
    return _("{n} finished today").format(n=words.number(count))


def emptiness(queue: Queue) -> str:
    """What it means that nothing is in this one while something is in others, and what could be done next."""
    match queue:
        case Queue.MINE:
            told = _("You hold nothing. {next} shows what nobody has taken; {take} takes it.")
        case Queue.UNIT:
            told = _("Nothing waits for your unit. {next} shows the next queue.")
        case Queue.NOBODY:
            told = _("Somebody holds everything that waits. {next} shows the next queue.")
        case Queue.OVERDUE:
            told = _("Nothing that waits is overdue. {next} shows the next queue.")
        case Queue.REVISED:
            told = _("No revision waits. {next} shows the next queue.")
        case _:
            assert_never(queue)
    return with_keys(told, next="waiting.cycle", take="marking.take")


def headings() -> Row:
    """What the columns of a row are."""
    named = [_("document"), _("office"), _("due"), _("days"), _("rnd"), _("held by"), _("waits"), _("findings")]
    return ["", *named]


def row(o: Obligation, today: date, zone: tzinfo, *, is_marked: bool, room: int) -> Row:
    """How it stands, which document of which office, when it is due, the round, its holder, and how long it waits.

    Findings are those that are open, and those that are answered. `room` is what an office's name may take.
    """
    return [
        (f"{MARK if is_marked else ' '}{cell(o, today)}", "bold reverse" if o.is_overdue(today) else "bold"),
        words.short_title(o),
        office_name(o.office, room),
        words.short_day(o.due) if o.due else "",
        f"{(o.due - today).days:4}" if o.due else "",
        f"{o.round:3}",
        o.holder or ("-", "dim"),
        _waits(o, today, zone),
        "/".join(str(o.findings.count(state)) for state in (FindingState.OPEN, FindingState.ANSWERED))
        if {FindingState.OPEN, FindingState.ANSWERED} & {*o.findings}
        else "",
    ]


def _waits(o: Obligation, today: date, zone: tzinfo) -> str:
    """For how many days it has waited where it stands."""
    since = queues.day(o.last_at, zone) if o.last_at else today
    return _("{n} d").format(n=words.number((today - since).days))


def in_place(
    queue: Sequence[ObligationId], before: Sequence[ObligationId], subject: ObligationId
) -> list[ObligationId]:
    """The queue as it is now, with what one is at where it stood before when it has left since."""
    if subject in queue or subject not in before:
        return list(queue)
    behind = next((one for one in before[before.index(subject) :] if one in queue), None)
    place = queue.index(behind) if behind else len(queue)
    return [*queue[:place], subject, *queue[place:]]


def following(queue: Sequence[ObligationId], subject: ObligationId) -> ObligationId | None:
    """The one behind what one is at, coming round; never that itself."""
    place = queue.index(subject) if subject in queue else -1
    return next(iter((*queue[place + 1 :], *queue[: max(place, 0)])), None)


def preceding(queue: Sequence[ObligationId], subject: ObligationId) -> ObligationId | None:
    """The one before what one is at, coming round; never that itself."""
    return following(queue[::-1], subject)
