"""How an office stands, as the text in its folder: the words of the screens, for a clerk who sees nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from inbox import Inflow, Receipts, waiting
from tui import arriving, cells, findings, queues, report, words
from tui.language import _, many
from workflow import Action, Database, FindingState, Obligation, Office, Register, State

_WIDTH = 76
_LAST = 5
_TO_REPAIR = (FindingState.OPEN, FindingState.ANSWERED)
_WITH_THE_BUREAU = (State.SUBMITTED, State.REVIEWED)


def text(database: Database, office: Office, at: datetime, region: str, year: int, zone: tzinfo) -> str:
    """All that it says of a document year, as it is true at a moment of today, in the language that is spoken."""
    own, today = Register(database, lambda: at, office.code), at.astimezone(zone).date()
    owed = [one for one in own.obligations(year=year, office=office.code) if one.is_owed]
    missing = [one for one in owed if one.state is State.DRAFT and not one.is_returned]
    parts = {
        _("RETURNED: repair these and send them again"): _returned(own, owed, today, zone),
        _("LATE: not received yet"): _due([one for one in missing if one.is_overdue(today)], today),
        _("DUE NEXT: not received yet"): _due([one for one in missing if not one.is_overdue(today)], today),
        _("WITH THE BUREAU: nothing to do for you"): _with_the_bureau(owed, zone),
        _("RECEIVED, BUT NOT CLEAR: somebody at the bureau has to look"): _unclear(database, own, zone),
        _("STILL IN YOUR FOLDER: not taken yet"): _held(database, office),
        _("LAST RECEIPTS: they are in tanda-terima"): _receipts(database, own, office, zone),
    }
    summary = report.summary(office.name, cells.count(owed, today))
    told = [*_heading(office, region, year, at.astimezone(zone)), "", *textwrap.wrap(summary, _WIDTH)]
    for heading, lines in parts.items():
        if found := list(lines):
            told += ["", heading, *(wrapped for line in found for wrapped in _wrapped(line))]
    return "\n".join(told)


def _heading(office: Office, region: str, year: int, at: datetime) -> Iterator[str]:
    moment = f"{words.moment(at.isoformat(), at.tzinfo)} {at:%Z}" if at.tzinfo else ""
    yield _("STATUS OF YOUR DOCUMENTS {year}").format(year=year)
    yield f"{office.name} ({office.code}), {region}"
    yield ""
    yield _("Written {moment}, holds until the end of {day}.").format(moment=moment, day=words.day(at))
    yield from textwrap.wrap(
        _(
            "Pantau writes this file anew as soon as something changes, and every day. Where that day is over, it "
            "could not: ask the bureau. Do not write into it; what you have to say comes as a file of its own."
        ),
        _WIDTH,
    )


def _returned(own: Register, owed: Iterable[Obligation], today: date, zone: tzinfo) -> Iterator[str]:
    for one in owed:
        if not one.is_returned:
            continue
        records = own.trail(one.id)
        last = next(record for record in reversed(records) if record.action is Action.RETURN)
        returned = _("returned by {name} on {moment}").format(name=last.actor, moment=words.moment(last.at, zone))
        yield ", ".join((_name(one), *_when(one, today), returned))
        for found in own.findings(one):
            if found.state in _TO_REPAIR:
                yield f"    {findings.finding(found, findings.noted_with(found, records))}"


def _due(missing: Sequence[Obligation], today: date) -> Iterator[str]:
    """Those with a day first, the nearest before the others."""
    for one in sorted(missing, key=lambda one: one.due or date.max):
        yield ", ".join((_name(one), *_when(one, today), *([] if one.is_missing else [_("only a draft is here")])))


def _when(one: Obligation, today: date) -> Iterator[str]:
    """Its day, and how far that is from today."""
    if one.due is None:
        return
    yield _("due {day}").format(day=words.day(one.due))
    days = (one.due - today).days
    if one.is_overdue(today):
        yield queues.due(one, today)
    elif days >= 0:
        yield many("in {n} day", "in {n} days", days).format(n=words.number(days)) if days else _("today")


def _with_the_bureau(owed: Iterable[Obligation], zone: tzinfo) -> Iterator[str]:
    for one in owed:
        if one.state in _WITH_THE_BUREAU:
            who = " ".join(filter(None, (words.turn(one), one.unit)))
            waits = _("waits for {turn} since {day}").format(turn=who, day=queues.since(one, zone))
            held = _("held by: {name}").format(name=one.holder) if one.holder else ""
            yield ", ".join(filter(None, (_name(one), words.standing(one), waits, held)))


def _unclear(database: Database, own: Register, zone: tzinfo) -> Iterator[str]:
    for one in reversed(Inflow(database, own).waiting()):
        why = arriving.reason(one.reason) if one.reason else ""
        yield f"{words.moment(one.at, zone)}  {one.name}: {why}"


def _held(database: Database, office: Office) -> Iterator[str]:
    for one in waiting(database):
        if one.folder.partition("/")[0] == office.code:
            yield f"{one.name}: {arriving.hold(one.reason)}"


def _receipts(database: Database, own: Register, office: Office, zone: tzinfo) -> Iterator[str]:
    for one in Receipts(database, own, zone).latest(office.code, _LAST):
        yield f"{one.number}  {words.moment(one.at, zone)}  {one.name}"


def _name(one: Obligation) -> str:
    return f"{words.document(one.requirement)} {words.period(one.period)}"


def _wrapped(line: str) -> list[str]:
    """Indented, and further so where it goes on."""
    own = "  " + " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line.strip(), _WIDTH, initial_indent=own, subsequent_indent=f"{own}  ", break_on_hyphens=False
    )
