"""What the screens show, as plain lines: the same words and codes, for pipes, phones and screen readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from tui import cells, rules, words
from tui.language import _, many
from workflow import Action, AuditRecord, Finding, Obligation, Office, Terms, moved_by

if TYPE_CHECKING:
    from inbox import Arrival, Fact, Text, Unreadable
    from tui.grid import Filters, Grid, Order

NAME_WIDTH = 30


def summary(title: str, count: cells.Count) -> str:
    """The truth in one line; where nothing is owed, that nothing is done is no achievement."""
    if not count.owed:
        return _("{title}: nothing is owed").format(title=title)
    parts = [
        _("{title}: {approved} of {owed} approved ({percent}%)").format(
            title=title,
            approved=words.number(count.approved),
            owed=words.number(count.owed),
            percent=count.percent,
        ),
        many("{n} waits for the bureau", "{n} wait for the bureau", count.ours).format(n=words.number(count.ours)),
        _("{n} late").format(n=words.number(count.late)),
    ]
    return " · ".join(parts)


def obligations(items: Sequence[Obligation], today: date) -> Iterator[str]:
    """One line each: code, document and period, due date, what to type."""
    names = [f"{words.document(o.requirement)} {words.period(o.period)}" for o in items]
    width = max(map(len, names), default=0)
    for o, name in zip(items, names, strict=True):
        due = words.day(o.due) if o.due else ""
        state = words.standing(o)
        yield f"{cells.cell(o, today)} {name:<{width}}  {state:<12} {due:<17} {o.id}".rstrip()


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows with their columns one below the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()


def shown(whole: Grid, narrowed: Grid, filters: Filters, order: Order) -> str:
    """How many offices of the matrix are shown, by which filters and in which order."""
    parts = [
        _("{shown} of {all} offices").format(shown=len(narrowed.rows), all=len(whole.rows)),
        *([_("only {filters}").format(filters=filters.told())] if filters else []),
        *([str(order)] if order else []),
    ]
    return " · ".join(parts)


def matrix(grid: Grid, width: int | None = None) -> Iterator[str]:
    """Offices by documents: the overview as text.

    Where a terminal is not wide enough for all documents they stand one part below the other.
    """
    room = len(grid.columns) if width is None else max((width - NAME_WIDTH - 6) // 2, 1)
    for first in range(0, len(grid.columns), max(room, 1)):
        shown = slice(first, first + room)
        for half in range(2):
            headings = " ".join(column.heading[half] for column in grid.columns[shown])
            yield (" " * (NAME_WIDTH + 6) + headings).rstrip()
        for row in grid.rows:
            codes = "".join(str(code) if code else "  " for code in row.codes[shown])
            name = office_name(row.office, NAME_WIDTH)
            yield f"{name:<{NAME_WIDTH}} {row.tally.percent:3}% {codes}".rstrip()
        yield ""
    yield from _wrapped([f"{code} {meaning}" for code, meaning in cells.legend()], width)


def _wrapped(parts: Sequence[str], width: int | None) -> Iterator[str]:
    """Parts one after the other, on as many lines as they need."""
    told = ""
    for part in parts:
        longer = f"{told}  {part}" if told else part
        if told and width is not None and len(longer) > width:
            yield told
            longer = part
        told = longer
    yield told


def standing(o: Obligation, zone: tzinfo, today: date) -> Iterator[str]:
    """Where one obligation stands."""
    yield words.title(o)
    late = _(", late") if o.is_overdue(today) else ""
    yield _("state: {state}{late}").format(state=words.standing(o), late=late)
    if o.due:
        yield _("due: {day}").format(day=words.day(o.due))
    if o.start:
        yield _("by rule: {rule}").format(rule=rules.because(o))
    if o.requirement.evidence:
        yield _("evidence for: {criteria}").format(criteria=", ".join(o.requirement.evidence))
    if o.wanting:
        yield _("comes after, not approved yet: {names}").format(names=", ".join(o.wanting))
    yield _("next: {turn}").format(turn=words.turn(o))
    if o.submitter:
        yield _("submitted by: {name}").format(name=o.submitter)
    if o.reviewer:
        yield _("reviewed by: {name}").format(name=o.reviewer)
    if o.holder:
        yield _("held by: {name}").format(name=o.holder)
    if o.content:
        yield _("content: {digest}").format(digest=o.content)
    if o.last_at:
        yield _("last moved: {moment}").format(moment=words.moment(o.last_at, zone))


def twins(items: Sequence[Obligation]) -> str:
    """Other obligations that have the same file, and where they stand."""
    return ", ".join(f"{o.id} ({words.standing(o)})" for o in items)


def facts(items: Sequence[Fact]) -> Iterator[str]:
    """What is true of a document: one line each, below a heading."""
    from tui import precheck

    if items:
        yield _("pre-check:")
    for sign, sentence in precheck.listed(items):
        yield f"  {sign} {sentence}"


def arrivals(items: Sequence[Arrival], zone: tzinfo) -> Iterator[str]:
    """Who sent what: one line each."""
    for one in items:
        yield _("arrived: {moment} {name} ({size}) in {folder}").format(
            moment=words.moment(one.at, zone),
            name=one.name,
            size=words.size(one.size),
            folder=one.folder or "/",
        )


def trail(records: Sequence[AuditRecord], zone: tzinfo) -> Iterator[str]:
    """What happened, one line for each record and one for each note and finding."""
    moved = moved_by(records)
    for one in records:
        yield from entry(one, moved[one.seq], zone)


def entry(one: AuditRecord, moved: Sequence[Finding], zone: tzinfo) -> Iterator[str]:
    """One record, and the findings that it noted or moved."""
    who = f"{one.actor} ({words.role(one.role)})"
    name = f" · {one.name}" if one.name else ""
    yield f"{one.seq:3} {words.moment(one.at, zone)}  {words.done(one.action)}: {who}{words.behalf(one)}{name}"
    yield from (f"      {line}" for line in remarks(one, moved))


def remarks(one: AuditRecord, moved: Sequence[Finding] = ()) -> Iterator[str]:
    """What a record says besides who and when: note, findings, holder, new due date, decisions that fell, and so on.

    `moved` are the findings that it noted or moved, as they stood after it.
    """
    # Not at the top: `pantau status` tells of none, and must start at once.
    from tui import findings

    if one.note:
        yield one.note
    numbered = [f"{each.number}. {findings.fault(each.defect, one.checks)}" for each in moved if each.seq == one.seq]
    yield from numbered or (f"- {findings.fault(finding, one.checks)}" for finding in one.findings)
    if one.about and not moved:
        yield _("about finding {numbers}").format(numbers=", ".join(map(str, one.about)))
    if one.checks:
        yield _("checklist: {marks}").format(marks=findings.marks(one.checks))
    if one.holder is not None:
        yield _("held by: {name}").format(name=one.holder) if one.holder else _("held by nobody any more")
    if one.due:
        yield _("new due date: {day}").format(day=words.day(one.due))
    if one.dated:
        yield _("the file is dated {day}").format(day=words.day(one.dated))
    yield from _terms(one.terms)
    if one.cancels:
        fallen = ", ".join(map(str, one.cancels))
        if one.action is Action.SUBMIT:
            yield _("a newer file: the review (record {fallen}) fell").format(fallen=fallen)
        else:
            yield _("takes back record {fallen}").format(fallen=fallen)
    yield from findings.moved(moved)


def _terms(terms: Terms) -> Iterator[str]:
    """What a record changes of what an obligation is owed under."""
    if terms.by:
        yield _("by the file that was sent for {id}").format(id=terms.by)
    if terms.office:
        yield _("now with: {office}").format(office=terms.office)
    if terms.unit is not None:
        yield _("reviewing unit: {unit}").format(unit=terms.unit or _("any"))
    if terms.needs_review is not None:
        yield _("a review is needed") if terms.needs_review else _("no review is needed")
    if terms.edition:
        yield _("the requirement is worded anew: {digest}").format(digest=terms.edition[:12])


def last_page(name: str, text: Text | Unreadable | None) -> int:
    """The number of the last page, 0 where that is not known: only a PDF has the same pages wherever it is opened."""
    from inbox import Text

    return text.total if name.casefold().endswith(".pdf") and isinstance(text, Text) else 0


def no_such_page(last: int) -> str:
    """What is said of a page behind the last one."""
    told = many("The document has {n} page only.", "The document has {n} pages only.", last)
    return told.format(n=words.number(last))


def office_name(office: Office, width: int) -> str:
    """The office's name, or what people call it where the name does not fit."""
    return shortened(office.name if len(office.name) <= width else office.short or office.name, width)


def shortened(text: str, width: int) -> str:
    """The text, with its middle left out where it is too long."""
    if len(text) <= width:
        return text
    head = (width - 1) // 2
    return f"{text[:head]}…{text[len(text) - (width - 1 - head) :]}"
