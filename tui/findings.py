"""Findings, remarks and checklists as plain lines, for a verb and a screen alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from tui import words
from tui.language import _, many
from workflow import (
    Action,
    AuditRecord,
    Check,
    CheckItem,
    Defect,
    Finding,
    FindingState,
    Mark,
    Obligation,
    Requirement,
    Sighting,
    moved_by,
)

SHOWN = (FindingState.OPEN, FindingState.ANSWERED, FindingState.ACCEPTED)
NOT_TICKED = "-"


def tally(states: Iterable[FindingState] | Mapping[FindingState, int]) -> str:
    """`2 still open, 1 answered`; nothing where there are none. Fallen ones are not told."""
    counts = Counter(states)
    return ", ".join(f"{words.number(counts[one])} {words.finding_state(one)}" for one in SHOWN if counts[one])


def fault(defect: Defect, checks: Collection[Check]) -> str:
    """`not found: Bertanggal (p. 3)`: an item of a checklist says what is asked, its mark what is wrong with that.

    `checks` is the checklist that it was noted with.
    """
    if not defect.code or not checks:
        return words.defect(defect)
    mark = next((one.mark for one in checks if one.code == defect.code and one.fails), None)
    wrong = words.mark(mark) if mark else _("not met yet")
    return f"{wrong}: {words.defect(defect)}"


def finding(one: Finding, checks: Collection[Check]) -> str:
    """`2. answered: not found: Bertanggal (p. 3) [tanggal]`."""
    code = f" [{one.defect.code}]" if one.defect.code else ""
    return f"{one.number}. {words.finding_state(one.state)}: {fault(one.defect, checks)}{code}"


def findings(items: Iterable[Finding], records: Sequence[AuditRecord], zone: tzinfo) -> Iterator[str]:
    """Each finding, and below it what happened to it and was said of it since it was noted."""
    for one, since in histories(items, records):
        yield finding(one, noted_with(one, records))
        yield from (f"   {said(record, zone)}" for record in since)


def histories(
    items: Iterable[Finding], records: Sequence[AuditRecord]
) -> Iterator[tuple[Finding, list[AuditRecord]]]:
    """Each finding with what happened to it since it was noted, and what was said of it."""
    moved_in = {seq: {other.number for other in those} for seq, those in moved_by(records).items()}
    for one in items:
        yield one, [r for r in records if r.seq > one.seq and one.number in {*r.about, *moved_in[r.seq]}]


def noted_with(one: Finding, records: Iterable[AuditRecord]) -> tuple[Check, ...]:
    """The checklist of the decision that it was noted in."""
    return next((record.checks for record in records if record.seq == one.seq), ())


def said(record: AuditRecord, zone: tzinfo) -> str:
    """`5 Mar 2026 09.14  finding answered: dinkes · sudah diperbaiki`."""
    who = f"{words.done(record.action)}: {record.actor}"
    rest = (f" · {text}" for text in (record.name, record.note) if text)
    return f"{words.moment(record.at, zone)}  {who}{words.behalf(record)}{''.join(rest)}"


def comments(records: Iterable[AuditRecord]) -> list[AuditRecord]:
    """What was said of the document, not of one of its findings."""
    return [one for one in records if one.action is Action.COMMENT and not one.about]


def seen(sightings: Iterable[Sighting], o: Obligation, zone: tzinfo) -> list[str]:
    """Who has seen it and when, and who has not seen it as it stands now."""
    return [f"{one.actor} {words.moment(one.at, zone)}{_since(one, o)}" for one in sightings]


def moved(those: Sequence[Finding]) -> Iterator[str]:
    """What a record did to findings that were there before it: one line for each state that some of them went to."""
    for state in FindingState:
        if numbers := [str(one.number) for one in those if one.state is state and one.seq != one.changed]:
            told = many("finding {numbers}: {state}", "findings {numbers}: {state}", len(numbers))
            yield told.format(numbers=", ".join(numbers), state=words.finding_state(state))


def checklist(requirement: Requirement, checks: Mapping[str, Check]) -> Iterator[str]:
    """What is said of each item; below them what was said of items that the catalogue has no longer."""
    items = {item.code: item for item in requirement.checklist}
    items |= {code: CheckItem(code, "") for code in checks if code not in items}
    mark_width, code_width = max(len(words.mark(one)) for one in Mark), max(map(len, items), default=0)
    for code, item in items.items():
        check = checks.get(code)
        mark = words.mark(check.mark) if check else NOT_TICKED
        yield f"{mark:<{mark_width}}  {code:<{code_width}}  {_described(item, check)}".rstrip()


def marks(checks: Iterable[Check]) -> str:
    """`meets 19, needs repair 2`."""
    counts = Counter(one.mark for one in checks)
    return ", ".join(f"{words.mark(one)} {counts[one]}" for one in Mark if counts[one])


def decided(records: Sequence[AuditRecord]) -> AuditRecord | None:
    """The last decision that was made on a checklist and still stands."""
    fallen = {seq for one in records for seq in one.cancels}
    return next((one for one in reversed(records) if one.checks and one.seq not in fallen), None)


def _since(one: Sighting, o: Obligation) -> str:
    return "" if one.seq == o.seq else _(" (it has changed since)")


def _described(item: CheckItem, check: Check | None) -> str:
    text = words.check_item(item)
    if check is None:
        return text
    page = _(" (p. {page})").format(page=check.page) if check.page else ""
    note = f": {check.note}" if check.note else ""
    return f"{text}{page}{note}"
