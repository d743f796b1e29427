"""What there is to go through in a review: the checklist, the findings, the comments, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import groupby
from typing import NamedTuple

from tui import findings, words
from tui.language import _
from tui.screens import repairs
from tui.screens.submission import Submission
from tui.screens.text import Part
from workflow import Check, CheckItem, Finding, Mark, Obligation

# The sign of a mark is the key that sets it.
SIGNS = {Mark.MEETS: "x", Mark.NEEDS_REPAIR: "r", Mark.NOT_FOUND: "f", Mark.NOT_APPLICABLE: "-"}
Subject = CheckItem | Finding | None


class Row(NamedTuple):
    """A row and what the keys are about on it: an item, a finding, or the document. A heading has no cursor."""

    id: str
    head: Part
    said: Part
    subject: Subject = None
    is_heading: bool = False


def rows(submission: Submission, checks: Mapping[str, Check], zone: tzinfo, *, is_marking: bool) -> list[Row]:
    """All that there is to go through; the checklist comes first for whoever fills it in the first time."""
    items, found = _items(submission.obligation, checks), _findings(submission, zone)
    is_first = is_marking and submission.obligation.round == 1
    return [*(items if is_first else found), *(found if is_first else items), *_remarks(submission, zone)]


def summary(submission: Submission, checks: Mapping[str, Check]) -> str:
    """How far one is: items with a mark, and findings that are not settled."""
    items = submission.obligation.requirement.checklist
    tally = findings.tally(submission.obligation.findings)
    parts = (
        _("checklist {n}/{count}").format(n=len(checks), count=len(items)) if items else "",
        _("findings: {tally}").format(tally=tally) if tally else "",
    )
    return " · ".join(filter(None, parts))


def again(was: Row, rows: Sequence[Row]) -> list[Row]:
    """Where the cursor goes when the rows are new: to the end of what was said of the same thing, then to that.

    A finding that was settled meanwhile has gone to the end; whoever goes through them is at the next one. Nothing
    where neither is there any more.
    """
    about = [row for row in rows if _thing(row) == _thing(was) and not row.is_heading]
    if (number := _unsettled(was)) and not any(map(_unsettled, about)):
        behind = next((row for row in rows if _unsettled(row) > number), None)
        if behind:
            return [behind]
    same = [row for row in rows if row.id == was.id] or about[:1]
    return [*about[-1:], *same]


def item_id(item: CheckItem) -> str:
    """The row of an item."""
    return f"item {item.code}"


def finding_id(finding: Finding) -> str:
    """The row of a finding."""
    return f"finding {finding.number}"


def _items(o: Obligation, checks: Mapping[str, Check]) -> Iterator[Row]:
    place = 0
    for number, (group, items) in enumerate(groupby(o.requirement.checklist, key=lambda one: one.group)):
        if group:
            yield _heading(f"group {number}", words.group(group))
        for item in items:
            place += 1
            check = checks.get(item.code)
            head = f"[{SIGNS[check.mark] if check else ' '}] {place:>2} "
            yield Row(item_id(item), (head, "bold" if check and check.fails else ""), _item(item, check), item)


def _item(item: CheckItem, check: Check | None) -> str:
    text = words.check_item(item._replace(group=""))
    page = _("p. {numbers}").format(numbers=check.page) if check and check.page else ""
    return " · ".join(filter(None, (text, page, check.note if check else "")))


def _findings(submission: Submission, zone: tzinfo) -> Iterator[Row]:
    if submission.findings:
        yield _heading("findings", _findings_head(submission, zone))
    for one, since in findings.histories(repairs.in_order(submission.findings), submission.trail):
        said = (repairs.told(submission, one), "dim" if repairs.is_settled(one) else "")
        yield Row(finding_id(one), (repairs.sign(one), "bold"), said, one)
        for record in since:
            head = (f"  {submission.star(record)} ", "bold")
            yield Row(f"{finding_id(one)} {record.seq}", head, findings.said(record, zone), one)


def _findings_head(submission: Submission, zone: tzinfo) -> str:
    returned = submission.returned
    if returned is None:
        return _("Findings")
    told = _("Findings; sent back by {actor}, {moment}")
    return told.format(actor=returned.actor, moment=words.moment(returned.at, zone))


def _remarks(submission: Submission, zone: tzinfo) -> Iterator[Row]:
    yield _heading("remarks", _("Comments on the document"))
    said = findings.comments(submission.trail)
    for record in said:
        yield Row(f"remark {record.seq}", (f"{submission.star(record)} ", "bold"), findings.said(record, zone))
    if not said:
        yield Row("remark", "  ", (_("none yet; c writes one"), "dim"))


def _thing(row: Row) -> object:
    """What a row is about, however that stands by now."""
    return row.subject.number if isinstance(row.subject, Finding) else row.subject


def _unsettled(row: Row) -> int:
    """The number of the finding that it is about, when somebody has to act on that; else 0."""
    finding = row.subject if isinstance(row.subject, Finding) else None
    return finding.number if finding and not repairs.is_settled(finding) else 0


def _heading(name: str, said: str) -> Row:
    return Row(name, "", (said, "dim"), is_heading=True)
