"""What arrives, what waits and what is held, as rows for a verb and a screen alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple, assert_never

from inbox import Became, Came, Held, Inflow, Waiting, waiting
from tui import arriving, report, words
from tui.language import _
from tui.session import Session
from workflow import Obligation, ObligationId, utc

# How long an office's name may be in a result before it is called as people call it.
_NAME = 24
_FILED = frozenset({Became.FILED, Became.ANSWERED, Became.PLACED})


class Tally(NamedTuple):
    """How much has arrived today and how much of that is filed, and how much waits for a person or is held by now."""

    arrived: int
    filed: int
    waiting: int
    held: int


class Intake(NamedTuple):
    """The three parts of the inbox, as far as a person may see them, and how much there is of each.

    `arrivals` are newest first. Of what lay in the inboxes at a moment that is past nothing is known: `held` is empty
    then.
    """

    tally: Tally
    arrivals: Sequence[Came]
    waiting: Sequence[Held]
    held: Sequence[Waiting]

    @property
    def in_order(self) -> list[Came]:
        """Those that need a person first."""
        return sorted(self.arrivals, key=lambda one: not needs_person(one))


def intake(session: Session, *, count: int) -> Intake:
    """All of it: the newest so many arrivals (all for -1; only those of today for 0) and all that wait."""
    inflow, within = Inflow(session.database, session.register), session.register.within
    today = inflow.since(midnight(session.today(), session.workspace.zone))
    shown = {one.id: one for one in (*inflow.waiting(), *today, *(inflow.latest(count) if count else ()))}
    placeable = session.quarantine.waiting()
    held = [one for one in waiting(session.database) if within in (None, one.folder.partition("/")[0])]
    filed = sum(one.became in _FILED for one in today)
    tally = Tally(len(today), filed, len(placeable), len(held))
    return Intake(tally, [shown[number] for number in sorted(shown, reverse=True)], placeable, held)


def midnight(day: date, zone: tzinfo) -> str:
    """When a day of the region began, in UTC."""
    return utc(datetime.combine(day, time(), zone))


def needs_person(one: Came) -> bool:
    """Whether it waits until somebody places it or turns it away."""
    return one.became is Became.QUARANTINED


def counts(tally: Tally) -> str:
    """`today 23 arrived, 20 filed`."""
    told = _("today {arrived} arrived, {filed} filed")
    return told.format(arrived=words.number(tally.arrived), filed=words.number(tally.filed))


def when(at: str, today: date, zone: tzinfo) -> str:
    """The time of day of what came today, else the day; of another year the year too."""
    local = datetime.fromisoformat(at).astimezone(zone)
    if local.date() == today:
        return words.moment(at, zone).rpartition(" ")[2]
    return words.short_day(local) if local.year == today.year else f"{words.short_day(local)} {local.year}"


def result(one: Came, obligation: Callable[[ObligationId], Obligation], room: int = _NAME) -> str:
    """What has become of it, shortly: `→ RA 2026 Dinas Pendidikan v2`, `again: …`, `waits: …`."""
    o = obligation(one.obligation) if one.obligation else None
    title = f"{words.short_title(o)} {report.office_name(o.office, room)}" if o else _("another office")
    match one.became:
        case Became.FILED | Became.PLACED:
            version = f" v{one.version}" if one.version else ""
            return f"→ {title}{version}" + (", " + _("draft") if one.is_draft else "")
        case Became.ANSWERED:
            return _("answers: {title}").format(title=title)
        case Became.AGAIN:
            return _("again: {title}").format(title=title)
        case Became.QUARANTINED:
            return _("waits: {reason}").format(reason=arriving.reason(one.reason) if one.reason else "")
        case Became.TURNED_AWAY:
            return _("turned away by {actor}").format(actor=one.actor)
        case _:
            assert_never(one.became)


def lines(session: Session, arrivals: Sequence[Came]) -> Iterator[str]:
    """One line each: whether it needs a person, its number, when, from where, its name, size and result."""
    today, zone, obligation = session.today(), session.workspace.zone, session.register.obligation
    return report.table(
        [
            (
                "?" if needs_person(one) else " ",
                str(one.id),
                when(one.at, today, zone),
                one.folder or "/",
                one.name,
                words.size(one.size),
                result(one, obligation),
            )
            for one in arrivals
        ]
    )


def emptiness(session: Session) -> str:
    """What is said where nothing has come today: when the last came, or what to do so that something comes."""
    last = Inflow(session.database, session.register).latest(1)
    if last:
        moment = words.moment(last[0].at, session.workspace.zone)
        return _("Nothing has arrived today; the last came {moment}.").format(moment=moment)
    told = _("Nothing has arrived yet. Put a file into a folder of {inbox}, or send it there.")
    return told.format(inbox=session.workspace.inbox)
