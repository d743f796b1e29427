"""The names that a person reads, made from the values of the core."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import assert_never

from tui import figures
from tui.language import _, language
from workflow import (
    TRANSITIONS,
    Action,
    AuditRecord,
    CheckItem,
    Defect,
    Duty,
    FindingState,
    Mark,
    Obligation,
    Period,
    Queue,
    Requirement,
    Role,
    State,
)

day, number, part_of_year = figures.day, figures.number, figures.part_of_year

_OF_OFFICES = frozenset(row.action for row in TRANSITIONS if row.roles == (Role.OFFICE,))

_SHORT_MONTHS = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
_WEEKDAYS = {"id": "Sen Sel Rab Kam Jum Sab Min".split(), "en": "Mon Tue Wed Thu Fri Sat Sun".split()}


def short_day(when: date) -> str:
    """` 5 Mar`, always six columns wide."""
    return f"{when.day:2} {_SHORT_MONTHS[language()][when.month - 1]}"


def weekday(when: date) -> str:
    """`Kam`, always three columns wide."""
    return _WEEKDAYS[language()][when.weekday()]


def short_month(when: date) -> str:
    """`Mar 2026`, always eight columns wide."""
    return f"{_SHORT_MONTHS[language()][when.month - 1]} {when.year}"


def moment(at: str, zone: tzinfo) -> str:
    """`5 Mar 2026 09.14` on the region's clock, from a UTC time of the trail."""
    local = datetime.fromisoformat(at).astimezone(zone)
    return f"{short_day(local).strip()} {local.year} {clock(at, zone)}"


def clock(at: str, zone: tzinfo) -> str:
    """`09.14` on the region's clock, from a UTC time of the trail."""
    local = datetime.fromisoformat(at).astimezone(zone)
    point = "." if language() == "id" else ":"
    return f"{local:%H}{point}{local:%M}"


def as_at(at: datetime) -> str:
    """That it is not how it is now."""
    return _("as at {moment}").format(moment=moment(at.isoformat(), at.tzinfo or UTC))


def size(count: int) -> str:
    """`1,2 MB`."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= step:
            return f"{number(count / step, 1)} {unit}"
    return f"{count} B"


def period(value: Period) -> str:
    """`2026`, `2025-2029`, `TW I 2026`, `Juli 2026`."""
    return figures.span(value.first_year, value.last_year, value.part)


def document(requirement: Requirement) -> str:
    """The name of a kind of document."""
    return requirement.name if language() == "id" else requirement.name_en


def check_item(item: CheckItem) -> str:
    """What a reviewer looks at, with the group that it belongs to: `Format: Menyajikan target kinerja`."""
    text = item.text if language() == "id" else item.text_en or item.text
    return f"{group(item.group)}: {text}" if item.group else text


def group(name: str) -> str:
    """A group of the shipped lists in the language that is spoken; a region's own as the region has written it."""
    return {
        "Umum": _("General"),
        "Kelengkapan": _("Completeness"),
        "Mekanisme": _("Mechanism"),
        "Perubahan": _("Revision"),
        "Substansi": _("Substance"),
    }.get(name, name)


def short_title(obligation: Obligation) -> str:
    """`LK 2025`; where the document is called as its quarter is, `TW I 2026` says both."""
    short, when = obligation.requirement.short, period(obligation.period)
    return when if when.startswith(f"{short} ") else f"{short} {when}"


def title(obligation: Obligation) -> str:
    """`Perjanjian Kinerja (PK) 2026, Dinas Kesehatan`."""
    return f"{document(obligation.requirement)} {period(obligation.period)}, {obligation.office.name}"


def state(value: State) -> str:
    """The name of a state."""
    match value:
        case State.DRAFT:
            return _("draft")
        case State.SUBMITTED:
            return _("submitted")
        case State.REVIEWED:
            return _("reviewed")
        case State.APPROVED:
            return _("approved")
        case _:
            assert_never(value)


def standing(obligation: Obligation) -> str:
    """The state as people say it: missing and returned are kinds of draft that they tell apart."""
    if not obligation.is_owed:
        return _("waived") if obligation.duty is Duty.WAIVED else _("not owed yet")
    if obligation.is_missing:
        return _("missing")
    return _("returned") if obligation.is_returned else state(obligation.state)


def defect(value: Defect) -> str:
    """What is to be repaired, and where."""
    return _("{text} (p. {page})").format(text=value.text, page=value.page) if value.page else value.text


def finding_state(value: FindingState) -> str:
    """Where a finding stands."""
    match value:
        case FindingState.OPEN:
            return _("still open")
        case FindingState.ANSWERED:
            return _("answered")
        case FindingState.ACCEPTED:
            return _("accepted")
        case FindingState.FALLEN:
            return _("fallen")
        case _:
            assert_never(value)


def mark(value: Mark) -> str:
    """What a reviewer says of an item of the checklist."""
    match value:
        case Mark.MEETS:
            return _("meets")
        case Mark.NEEDS_REPAIR:
            return _("needs repair")
        case Mark.NOT_FOUND:
            return _("not found")
        case Mark.NOT_APPLICABLE:
            return _("not applicable")
        case _:
            assert_never(value)


def queue(value: Queue) -> str:
    """What waits in it."""
    match value:
        case Queue.MINE:
            return _("mine")
        case Queue.UNIT:
            return _("my unit's")
        case Queue.NOBODY:
            return _("nobody's")
        case Queue.OVERDUE:
            return _("overdue")
        case Queue.REVISED:
            return _("revised")
        case _:
            assert_never(value)


def action(value: Action) -> str:
    """What one does: `review`."""
    match value:
        case Action.SAVE:
            return _("save a draft")
        case Action.SUBMIT:
            return _("submit")
        case Action.WITHDRAW:
            return _("withdraw")
        case Action.REVIEW:
            return _("review")
        case Action.APPROVE:
            return _("approve")
        case Action.RETURN:
            return _("return")
        case Action.REOPEN:
            return _("reopen")
        case Action.EXTEND:
            return _("extend")
        case Action.UNDO:
            return _("undo")
        case Action.DECLARE:
            return _("declare owed")
        case Action.WAIVE:
            return _("waive")
        case Action.REINSTATE:
            return _("reinstate")
        case Action.ADMIT:
            return _("admit outside its window")
        case Action.AMEND:
            return _("amend from the catalogue")
        case Action.HAND_OVER:
            return _("hand over")
        case Action.TAKE:
            return _("take")
        case Action.ASSIGN:
            return _("assign")
        case Action.COMMENT:
            return _("comment")
        case Action.ANSWER:
            return _("answer a finding")
        case Action.ACCEPT:
            return _("accept a repair")
        case Action.OPEN_AGAIN:
            return _("open a finding again")
        case _:
            assert_never(value)


def done(value: Action) -> str:
    """What was done: `reviewed`."""
    match value:
        case Action.SAVE:
            return _("saved as a draft")
        case Action.SUBMIT:
            return _("submitted")
        case Action.WITHDRAW:
            return _("withdrawn")
        case Action.REVIEW:
            return _("reviewed")
        case Action.APPROVE:
            return _("approved")
        case Action.RETURN:
            return _("returned")
        case Action.REOPEN:
            return _("reopened")
        case Action.EXTEND:
            return _("extended")
        case Action.UNDO:
            return _("undone")
        case Action.DECLARE:
            return _("declared owed")
        case Action.WAIVE:
            return _("waived")
        case Action.REINSTATE:
            return _("reinstated")
        case Action.ADMIT:
            return _("admitted outside its window")
        case Action.AMEND:
            return _("amended from the catalogue")
        case Action.HAND_OVER:
            return _("handed over")
        case Action.TAKE:
            return _("taken")
        case Action.ASSIGN:
            return _("assigned")
        case Action.COMMENT:
            return _("comment")
        case Action.ANSWER:
            return _("finding answered")
        case Action.ACCEPT:
            return _("repair accepted")
        case Action.OPEN_AGAIN:
            return _("finding opened again")
        case _:
            assert_never(value)


def behalf(record: AuditRecord) -> str:
    """For which office it was done, or in whose place: ` for diskes`, ` in the place of sari`."""
    if not record.on_behalf:
        return ""
    # An office has nobody to file for; whoever has done for an office what only offices do has said for which.
    if record.action in _OF_OFFICES and record.role is not Role.OFFICE:
        return _(" for {office}").format(office=record.on_behalf)
    return _(" in the place of {name}").format(name=record.on_behalf)


def role(value: Role) -> str:
    """The name of a role."""
    match value:
        case Role.OFFICE:
            return _("office")
        case Role.REVIEWER:
            return _("reviewer")
        case Role.APPROVER:
            return _("approver")
        case Role.BUREAU:
            return _("bureau")
        case Role.LEADER:
            return _("leader")
        case Role.AUDITOR:
            return _("auditor")
        case Role.ADMINISTRATOR:
            return _("administrator")
        case _:
            assert_never(value)


def turn(obligation: Obligation) -> str:
    """Who has to act next."""
    return role(obligation.turn) if obligation.turn else _("nobody, it is done")
