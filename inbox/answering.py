"""What becomes of a file that answers findings: a record for each answer, or a question to a person."""

from __future__ import annotations

from contextlib import suppress

from inbox.answers import Answered, Mangled, Sheet
from inbox.arrivals import Decision, Outcome
from inbox.evidence import Reason
from workflow import Action, Actor, AuditRecord, Obligation, Refused, Register, Unknown

ABOUT_ANSWERS = frozenset(
    {
        *(Reason.ANSWER_MANGLED, Reason.ANSWER_EMPTY, Reason.ANSWER_OF_ANOTHER),
        *(Reason.ANSWER_TO_OLDER, Reason.ANSWER_TOO_LATE),
    }
)


class Answering:
    """Records what offices answer. What it writes belongs into the caller's transaction."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def decide(self, told: Answered | Mangled, office: str | None, name: str) -> Decision:
        """Record the answers of the office whose drop folder it is; without one, of the office that was asked.

        What was answered so before is not recorded again. An answer to a finding that is settled is left out, as
        long as there is another.
        """
        if isinstance(told, Mangled):
            return _asked(Reason.ANSWER_MANGLED)
        try:
            obligation = self._register.obligation(told.sheet.obligation)
        except Unknown:
            return _asked(Reason.ANSWER_MANGLED)
        trail = self._register.trail(obligation.id)
        if reason := _why_not(told, obligation, office, trail):
            return _asked(reason)
        known = {number: one.note for one in trail if one.action is Action.ANSWER for number in one.about}
        new = [(number, text) for number, text in told.said if known.get(number) != text]
        if not new:
            return Decision(Outcome.AGAIN, is_draft=False, obligation=obligation.id)
        moved = self._record(obligation, new, name)
        if moved.seq == obligation.seq:
            return _asked(Reason.ANSWER_TOO_LATE)
        return Decision(Outcome.FILED, is_draft=False, obligation=moved.id, seq=moved.seq)

    def _record(self, obligation: Obligation, said: list[tuple[int, str]], name: str) -> Obligation:
        office = Actor.office(obligation.office.code)
        for number, text in said:
            with suppress(Refused):
                obligation = self._register.perform(
                    Action.ANSWER, obligation, office, about=[number], note=text, name=name
                )
        return obligation


def _why_not(told: Answered, obligation: Obligation, office: str | None, trail: list[AuditRecord]) -> Reason | None:
    """The first thing that only a person can answer."""
    if office not in (None, obligation.office.code):
        return Reason.ANSWER_OF_ANOTHER
    if told.sheet != _newest(obligation, trail):
        return Reason.ANSWER_TO_OLDER
    if any(number > len(obligation.findings) for number, _ in told.said):
        return Reason.ANSWER_MANGLED
    return None if told.said else Reason.ANSWER_EMPTY


def _newest(obligation: Obligation, trail: list[AuditRecord]) -> Sheet | None:
    """The sheet of the last round that ended with findings."""
    undone = {seq for one in trail for seq in one.cancels if one.action is Action.UNDO}
    returns = [one.seq for one in trail if one.action is Action.RETURN and one.seq not in undone]
    if not returns:
        return None
    submissions = [one for one in trail if one.action is Action.SUBMIT and one.source == "draft"]
    rounds = sum(one.seq < returns[-1] for one in submissions)
    return Sheet(obligation.id, rounds, returns[-1])


def _asked(reason: Reason) -> Decision:
    """It waits, and no obligation is offered for it: with one key it would be filed as a document."""
    return Decision(Outcome.QUARANTINED, is_draft=False, reason=reason)
