"""What is known of one arrival: how it came, what became of it, where it may belong and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from inbox import Became, Came, Evidence, Held, Scan, Waiting
from tui import arriving, explaining, inflow, report, words
from tui.language import _
from tui.screens import facts
from tui.screens.listing import Row
from tui.screens.text import hanging, line
from tui.session import Session
from workflow import Obligation, ObligationId

# How much of the room of a list a result may take, in a narrow one and in a wide one.
_NARROW, _WIDE = 30, 60
Named = Callable[[ObligationId], Obligation]


class Seen(NamedTuple):
    """An arrival, where it waits with its guesses and reasons, the pick for it, and what else its content says."""

    came: Came
    held: Held | None
    pick: Obligation | None
    scan: Scan
    elsewhere: Sequence[ObligationId]


def headings() -> Row:
    """What the columns of the lists are."""
    return (" ", _("when"), _("folder"), _("file"), _("result"), _("size"))


def row(one: Came, session: Session, obligation: Named, *, is_wide: bool) -> Row:
    """`? 09.14  dinsos  Laporan.pdf  waits: …`; what needs a person is marked before it is coloured."""
    needs, room = inflow.needs_person(one), _WIDE if is_wide else _NARROW
    return (
        ("?" if needs else " ", "bold"),
        inflow.when(one.at, session.today(), session.workspace.zone),
        report.shortened(one.folder or "/", room // 2),
        (one.name, "bold" if needs else ""),
        _cut(inflow.result(one, obligation, room - 12), room),
        words.size(one.size),
    )


def held_row(one: Waiting, session: Session, *, is_wide: bool) -> Row:
    """The same of what is held."""
    room = _WIDE if is_wide else _NARROW
    moment = inflow.when(one.since, session.today(), session.workspace.zone)
    reason = _cut(arriving.hold(one.reason), room)
    return (" ", moment, report.shortened(one.folder or "/", room // 2), one.name, reason, "")


def known(session: Session, seen: Seen, names: explaining.Names, width: int) -> Iterator[Content]:
    """All that is known of it, what one acts on first."""
    came, zone = seen.came, session.workspace.zone
    yield line((came.name, "bold"))
    facts_ = (words.moment(came.at, zone), came.folder or "/", words.size(came.size))
    yield line(" · ".join(facts_))
    yield from _became(session, came, width)
    if seen.held is not None:
        yield from _guesses(session, seen.held, seen.pick, width)
    yield hanging((_("scanner") + "  ", "dim"), arriving.scan(seen.scan), width)
    if seen.elsewhere:
        yield hanging((_("same file as") + "  ", "dim"), ", ".join(seen.elsewhere), width)
    if seen.held is not None and seen.held.evidence:
        yield line()
        yield from _reasons(seen.held.evidence, names, width)


def held(one: Waiting, session: Session, width: int) -> Iterator[Content]:
    """A file that lies in an inbox, why it is not taken yet, and since when."""
    yield line((one.name, "bold"))
    since = _("since {moment}").format(moment=words.moment(one.since, session.workspace.zone))
    yield line(" · ".join(filter(None, (since, one.folder or "/", one.root))))
    yield hanging("", _("Why it waits: {reason}").format(reason=arriving.hold(one.reason)), width)


def _became(session: Session, came: Came, width: int) -> Iterator[Content]:
    if came.became is Became.QUARANTINED:
        reason = arriving.reason(came.reason) if came.reason else ""
        yield hanging("", _("Why it waits: {reason}").format(reason=reason), width)
        return
    yield hanging("", (inflow.result(came, session.register.obligation, _WIDE), "bold"), width)
    if came.became is Became.PLACED:
        yield line(_("placed by {actor}").format(actor=came.actor))
    if came.note:
        yield from (hanging("  ", one, width) for one in came.note.splitlines() if one)


def _guesses(session: Session, one: Held, pick: Obligation | None, width: int) -> Iterator[Content]:
    for number, guess in enumerate(one.guesses[:9], start=1):
        is_picked = pick is not None and pick.id == guess
        yield hanging(
            (f"{'>' if is_picked else ' '} {number} ", "bold"), _named(session.register.obligation(guess)), width
        )
    if pick is not None and pick.id not in one.guesses[:9]:
        yield hanging(("> ", "bold"), _named(pick), width)


def _named(o: Obligation) -> str:
    return f"{facts.name(o)}, {o.office.name} ({words.standing(o)})"


def _reasons(evidence: Sequence[Evidence], names: explaining.Names, width: int) -> Iterator[Content]:
    for one in explaining.lines(evidence, names):
        value = f"{one.value}: " if one.value else ""
        yield hanging((f"{'-' if one.is_against else '+'} {one.part} ", "dim"), f"{value}{one.words}", width)


def _cut(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"
