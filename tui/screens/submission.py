"""What is known of a submission: who sent what, what was found before, what may be decided and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from inbox import Arrival, Fact, Text
from tui import precheck, report, rules, words
from tui.language import _
from tui.screens import facts
from tui.screens.reader import Document
from tui.screens.story import sender
from tui.screens.text import hanging, line, lines
from workflow import Action, AuditRecord, Obligation

DECISIONS = (("t", Action.REVIEW), ("s", Action.APPROVE), ("b", Action.RETURN))
_SENDING = (Action.SAVE, Action.SUBMIT)


class Submission(NamedTuple):
    """An obligation with what led to where it stands."""

    obligation: Obligation
    trail: Sequence[AuditRecord]
    arrivals: Sequence[Arrival]
    twins: Sequence[Obligation] = ()

    @property
    def sent(self) -> AuditRecord | None:
        """The record of how the present content came."""
        content = self.obligation.content
        return next((r for r in reversed(self.trail) if r.action in _SENDING and r.content == content), None)

    @property
    def size(self) -> int | None:
        """How many bytes the present content has, where that is known."""
        return next((a.size for a in self.arrivals if a.digest == self.obligation.content), None)

    @property
    def returned(self) -> AuditRecord | None:
        """The last time it was sent back."""
        return next((r for r in reversed(self.trail) if r.action is Action.RETURN), None)


def decision(action: Action) -> str:
    """What a decision is called where it is made."""
    return {Action.REVIEW: _("pass on to approval"), Action.APPROVE: _("approve")}.get(action, _("send back"))


def short(digest: str) -> str:
    """The two ends of a hash, enough to compare by eye."""
    return f"{digest[:8]}…{digest[-4:]}"


def measure(submission: Submission, document: Document) -> str:
    """Size and pages, as far as they are known."""
    size = words.size(submission.size) if submission.size is not None else ""
    pages = _("{n} pp.").format(n=words.number(document.total)) if isinstance(document, Text) else ""
    return " · ".join(filter(None, (size, pages)))


def particulars(submission: Submission, document: Document, zone: tzinfo) -> list[str]:
    """What exactly one is about to decide on."""
    o, sent = submission.obligation, submission.sent
    content = (
        _("round {n}").format(n=o.round),
        f"SHA-256 {short(o.content)}" if o.content else "",
        measure(submission, document),
    )
    return [
        words.title(o),
        f"{sent.name}, {words.moment(sent.at, zone)}" if sent else "",
        " · ".join(filter(None, content)),
        _("reviewed by {name}").format(name=o.reviewer) if o.reviewer else "",
    ]


def summary(
    submission: Submission,
    document: Document,
    found: Iterable[Fact],
    why_not: Callable[[Action], str | None],
    today: date,
    zone: tzinfo,
    width: int,
) -> Content:
    """All of it, as the right-hand side of a review."""
    table = _file(submission, document, today, zone)
    longest = max(cell_len(label) for label, _value in table)
    rows = [hanging((f"{label:<{longest}}  ", "dim"), value, width) for label, value in table if value]
    return lines([*rows, *_precheck(found, width), *_findings(submission, zone, width), *_decisions(why_not, width)])


def _file(submission: Submission, document: Document, today: date, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    o, sent = submission.obligation, submission.sent
    return (
        (_("sent by"), sender(sent) if sent else ""),
        (_("file"), sent.name if sent else ""),
        (_("arrived"), words.moment(sent.at, zone) if sent else ""),
        (_("size"), measure(submission, document)),
        ("SHA-256", short(o.content) if o.content else ""),
        (_("same file as"), report.twins(submission.twins)),
        (_("round"), str(o.round) if o.round else ""),
        (_("due"), facts.due(o, today)),
        (_("by rule"), rules.because(o) if o.start else ""),
        (_("comes after"), ", ".join(o.wanting)),
        (_("turn"), facts.turn(o)),
        (_("reviewed by"), o.reviewer or ""),
    )


def _precheck(found: Iterable[Fact], width: int) -> Iterator[Content]:
    told = precheck.listed(found)
    if told:
        yield line()
        yield line((_("Pre-check"), "bold"))
    for sign, sentence in told:
        yield hanging((f"{sign} ", "bold"), sentence, width)


def _findings(submission: Submission, zone: tzinfo, width: int) -> Iterator[Content]:
    returned = submission.returned
    if returned is None:
        return
    yield line()
    told = _("Sent back by {actor}, {moment}")
    yield line((told.format(actor=returned.actor, moment=words.moment(returned.at, zone)), "bold"))
    for number, finding in enumerate(returned.findings, start=1):
        yield hanging(f"{number}. ", finding, width)


def _decisions(why_not: Callable[[Action], str | None], width: int) -> Iterator[Content]:
    yield line()
    yield line((_("Decision"), "bold"))
    for key, action in DECISIONS:
        reason = why_not(action)
        yield line((key, "dim" if reason else "bold"), " ", (decision(action), "dim" if reason else ""))
        if reason:
            yield hanging("  ", (reason, "dim"), width)
