"""What is known of a submission: who sent what, what was found before, what may be decided and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, tzinfo
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from inbox import Arrival, Fact, Text
from tui import precheck, report, rules, words
from tui.language import _
from tui.screens import facts
from tui.screens.keymap import press
from tui.screens.rows import Document
from tui.screens.story import sender, story
from tui.screens.text import hanging, line, lines
from tui.session import Session
from tui.versions import SENDING, Version, versions
from tui.workspace import now
from workflow import Action, Actor, AuditRecord, Digest, Finding, Obligation, Sighting, Sightings, Unavailable

# Each with the action whose key makes it.
DECISIONS = (("review.pass", Action.REVIEW), ("review.approve", Action.APPROVE), ("review.return", Action.RETURN))


class Submission(NamedTuple):
    """An obligation with what led to where it stands, and up to which record its viewer has seen that before."""

    obligation: Obligation
    trail: Sequence[AuditRecord]
    arrivals: Sequence[Arrival]
    twins: Sequence[Obligation] = ()
    findings: Sequence[Finding] = ()
    sightings: Sequence[Sighting] = ()
    last_seen: int = 0
    viewer: str = ""

    @classmethod
    def of(cls, session: Session, o: Obligation, last_seen: int) -> Submission:
        """As it stands now."""
        arrivals, twins = session.arrivals.of(o.id), session.twins(o)
        sightings = Sightings(session.database, now).of(o)
        trail, findings = session.register.trail(o.id), session.register.findings(o)
        return cls(o, trail, arrivals, twins, findings, sightings, last_seen, session.actor.name)

    @property
    def sent(self) -> AuditRecord | None:
        """The record of how the present content came."""
        content = self.obligation.content
        return next((r for r in reversed(self.trail) if r.action in SENDING and r.content == content), None)

    @property
    def size(self) -> int | None:
        """How many bytes the present content has, where that is known."""
        return next((a.size for a in self.arrivals if a.digest == self.obligation.content), None)

    @property
    def returned(self) -> AuditRecord | None:
        """The last time it was sent back."""
        return next((r for r in reversed(self.trail) if r.action is Action.RETURN), None)

    @property
    def versions(self) -> list[Version]:
        """The contents that were sent, the oldest first."""
        return versions(self.trail)

    def version(self, content: Digest) -> int:
        """Which of the contents that were sent it is: the first is version 1."""
        return next(one.number for one in self.versions if one.content == content)

    def star(self, record: AuditRecord) -> str:
        """A star where the viewer sees it for the first time, else a blank."""
        return "*" if record.seq > self.last_seen and record.actor != self.viewer else " "


def last_seen(session: Session, o: Obligation) -> int:
    """The last record that this person has seen."""
    known = Sightings(session.database, now).of(o)
    return next((one.seq for one in known if one.actor == session.actor.name), 0)


def note_sight(session: Session, o: Obligation) -> None:
    """This person has it on the screen. Nothing is seen of what has no record yet, nor in the past."""
    if o.seq and session.at is None:
        with suppress(Unavailable):
            Sightings(session.database, now).saw(o, session.actor)


def decision(action: Action) -> str:
    """What a decision is called where it is made."""
    return {Action.REVIEW: _("pass on to approval"), Action.APPROVE: _("approve")}.get(action, _("send back"))


def short(digest: str) -> str:
    """The two ends of a hash, enough to compare by eye."""
    return f"{digest[:8]}…{digest[-4:]}"


def measure(submission: Submission, document: Document) -> str:
    """Size and pages, as far as they are known."""
    size = words.size(submission.size) if submission.size is not None else ""
    count = document.total if isinstance(document, Text) else 0
    pages = _("{n} pp.").format(n=words.number(count)) if count else ""
    return " · ".join(filter(None, (size, pages)))


def particulars(submission: Submission, document: Document, zone: tzinfo, actor: Actor) -> list[str]:
    """What exactly one is about to decide on, and as whom."""
    o, sent = submission.obligation, submission.sent
    content = (
        _("version {n}").format(n=submission.version(o.content)) if sent and o.content else "",
        _("round {n}").format(n=o.round),
        f"SHA-256 {short(o.content)}" if o.content else "",
        measure(submission, document),
    )
    return [
        words.title(o),
        f"{sent.name}, {words.moment(sent.at, zone)}" if sent else "",
        " · ".join(filter(None, content)),
        _("reviewed by {name}").format(name=o.reviewer) if o.reviewer else "",
        _("You decide as {role} in the place of {name}.").format(role=words.role(actor.role), name=actor.on_behalf)
        if actor.on_behalf
        else "",
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
    """What is known of it, as the right-hand side of a review."""
    rows = standing(submission, document, today, zone, width)
    told = story(submission.trail, zone, width, submission.star, submission.sightings)
    return lines([*prechecked(found, width), *rows, *_decisions(why_not, width), line(), told])


def standing(submission: Submission, document: Document, today: date, zone: tzinfo, width: int) -> Iterator[Content]:
    """The present file, and where the obligation stands with it."""
    table = _file(submission, document, today, zone)
    longest = max(cell_len(label) for label, _value in table)
    yield from (hanging((f"{label:<{longest}}  ", "dim"), value, width) for label, value in table if value)


def prechecked(found: Iterable[Fact], width: int) -> Iterator[Content]:
    """What a machine has found in the document."""
    told = precheck.listed(found)
    if told:
        yield line((_("Pre-check"), "bold"))
    for sign, sentence in told:
        yield hanging((f"{sign} ", "bold"), sentence, width)
    if told:
        yield line()


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
        (_("held by"), o.holder or ""),
        (_("reviewed by"), o.reviewer or ""),
        (_("seen by"), ", ".join(one.actor for one in submission.sightings if one.seq == o.seq)),
    )


def _decisions(why_not: Callable[[Action], str | None], width: int) -> Iterator[Content]:
    """Each with why it cannot be made; what holds for all of them is said once."""
    yield line()
    yield line((_("Decision"), "bold"))
    reasons = [why_not(action) or "" for _name, action in DECISIONS]
    for (name, action), reason, following in zip(DECISIONS, reasons, [*reasons[1:], ""], strict=True):
        yield line((press(name), "dim" if reason else "bold"), " ", (decision(action), "dim" if reason else ""))
        if reason and reason != following:
            yield hanging("  ", (reason, "dim"), width)
