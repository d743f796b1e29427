"""All that is known of a document besides what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo

from textual.content import Content

from inbox import Fact, Receipt
from tui import findings, words
from tui.language import _
from tui.screens import repairs
from tui.screens.rows import Document
from tui.screens.story import story
from tui.screens.submission import Submission, prechecked, standing
from tui.screens.text import Part, hanging, line, lines
from workflow import Digest


def dossier(
    submission: Submission,
    receipts: Sequence[Receipt],
    shown: Digest | None,
    document: Document,
    found: Iterable[Fact],
    today: date,
    zone: tzinfo,
    width: int,
) -> Content:
    """What a machine has found, the file, its versions with their receipts, findings, comments, and what happened."""
    told = story(submission.trail, zone, width, submission.star, submission.sightings)
    parts = [*prechecked(found, width), *standing(submission, document, today, zone, width), line()]
    parts += [*versions(submission, receipts, zone, width, shown), line()]
    if submission.findings:
        parts += [line((_("Findings"), "bold")), *repairs.listed(submission, zone, width)]
    return lines([*parts, *_comments(submission, zone, width), line((_("Trail"), "bold")), told])


def versions(
    submission: Submission, receipts: Sequence[Receipt], zone: tzinfo, width: int, shown: Digest | None = None
) -> Iterator[Content]:
    """The versions, the newest first: when each came, how large it is, and its receipt; of the shown one the hash."""
    sent = submission.versions
    if sent:
        yield line((_("Versions"), "bold"))
    sizes = {one.digest: one.size for one in submission.arrivals}
    for one in reversed(sent):
        is_shown = one.content == shown
        size = f" · {words.size(sizes[one.content])}" if one.content in sizes else ""
        head: Part = (f"{'>' if is_shown else ' '} {one.number}  ", "bold" if is_shown else "")
        yield hanging(head, f"{words.moment(one.sent.at, zone)}{size} · {one.sent.name}", width)
        numbers = [receipt.number for receipt in receipts if receipt.digest == one.content]
        if numbers:
            yield hanging("     ", (_("receipt {number}").format(number=", ".join(numbers)), "dim"), width)
        if is_shown:
            yield hanging("     SHA-256 ", (one.content, "dim"), width)


def _comments(submission: Submission, zone: tzinfo, width: int) -> Iterator[Content]:
    said = findings.comments(submission.trail)
    if said:
        yield line((_("Comments"), "bold"))
        yield from (hanging(f"{submission.star(one)} ", findings.said(one, zone), width) for one in said)
        yield line()
