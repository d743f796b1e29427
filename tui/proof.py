"""What the trail proves, in words: what does not fit, who was refused what, which head it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, assert_never

from tui import report, words
from tui.language import _
from workflow import AuditRecord, Rule, moved_by

if TYPE_CHECKING:
    from workflow import Fault, Head, KeptRefusal


def fault(value: Fault) -> str:
    """Which record does not fit, and how."""
    named = {"name": value.obligation, "seq": value.seq, **_record(value)}
    return {
        "chain": _("{record}: its hash is not the one of what it says and what came before"),
        "sequence": _("{record}: what should come before it is missing, or it stands in another place"),
        "move": _("{record}: no rule allows this move, from where it stood or by this person"),
        "standing": _("{name} does not stand where its records say"),
        "tally": _("of {name} another number is kept than stands there"),
        "finding": _("{name}: finding {seq} is not what its records say"),
        "edition": _("{name}: the words of the requirement are not those that its obligations name"),
        "row": _("{name} is not as it was sealed, or came or went without a seal"),
        "head": _("the trail never had the head {name}: it was changed or cut short since that was noted"),
    }[value.what].format(**named)


def _record(value: Fault) -> dict[str, str]:
    """A move is known by its obligation, whose id has no blank in it; a seal by the table and the key of its row."""
    told = _("seal {seq} of {name}") if " " in value.obligation else _("record {seq} of {name}")
    return {"record": told.format(seq=value.seq, name=value.obligation)}


def rule(value: Rule) -> str:
    """Which rule refused something, where there is no room for a sentence."""
    match value:
        case Rule.NOT_FROM_HERE:
            return _("not from where it stood")
        case Rule.NOT_YET_REVIEWED:
            return _("not reviewed yet")
        case Rule.WRONG_ROLE:
            return _("not with this role")
        case Rule.OTHER_OFFICE:
            return _("it is another office's")
        case Rule.OTHER_UNIT:
            return _("another unit reviews it")
        case Rule.OTHER_EYES:
            return _("other eyes are needed")
        case Rule.OWN_MANDATE:
            return _("nobody gives a mandate to themselves")
        case Rule.CONTENT_REQUIRED:
            return _("no file")
        case Rule.NOTE_REQUIRED:
            return _("no note")
        case Rule.FINDINGS_REQUIRED:
            return _("no findings")
        case Rule.DATE_REQUIRED:
            return _("no date")
        case Rule.DATE_NOT_LATER:
            return _("the date was not later")
        case Rule.TERMS_REQUIRED:
            return _("no other terms")
        case Rule.HOLDER_REQUIRED:
            return _("nobody named")
        case Rule.HELD_BY_ANOTHER:
            return _("somebody else held it")
        case Rule.FINDING_REQUIRED | Rule.NO_SUCH_FINDING:
            return _("no such finding")
        case Rule.FINDINGS_OPEN:
            return _("findings were open")
        case Rule.CHECKS_FAIL:
            return _("the checklist said otherwise")
        case Rule.OUTSIDE_WINDOW:
            return _("outside its window")
        case Rule.PREREQUISITE:
            return _("what comes before it was not approved")
        case Rule.NOTHING_TO_UNDO:
            return _("nothing of theirs to undo")
        case Rule.TOO_LATE_TO_UNDO:
            return _("too late to undo")
        case Rule.LONG_PAST:
            return _("it was looked back to")
        case _:
            assert_never(value)


def refusal(one: KeptRefusal, zone: tzinfo) -> str:
    """Who was refused what, when and why: one line."""
    told = _("  - {moment}  refused: {action} {id}, {actor} ({role}): {why}")
    return told.format(
        moment=words.moment(one.at, zone),
        action=words.action(one.action),
        id=one.obligation,
        actor=one.actor,
        role=words.role(one.role),
        why=_("it had moved meanwhile") if one.rule == "stale" else rule(Rule(one.rule)),
    )


def trail(records: Sequence[AuditRecord], refused: Sequence[KeptRefusal], zone: tzinfo) -> Iterator[str]:
    """What happened, and between the records what was refused."""
    moved, waiting = moved_by(records), list(refused)
    for one in records:
        while waiting and waiting[0].at < one.at:
            yield refusal(waiting.pop(0), zone)
        yield from report.entry(one, moved[one.seq], zone)
    yield from (refusal(one, zone) for one in waiting)


def head(value: Head, region: str, zone: tzinfo) -> str:
    """One line that can be printed, read out, signed, and given to `pantau trail compare` as it is."""
    told = _("{region}, head of the trail: number {number}, {moment}, {hash}")
    moment = words.moment(value.at, zone) if value.at else "-"
    return told.format(region=region, number=value.number, moment=moment, hash=value.hash or "-")
