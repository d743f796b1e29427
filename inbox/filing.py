"""What becomes of an arrival: it moves an obligation, it was there already, or a person must place it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from inbox.arrivals import Decision, Outcome
from inbox.evidence import Reason
from inbox.readings import Text, Unreadable
from inbox.recognition.recogniser import THRESHOLD, Known, Recogniser, Unrecognised
from workflow import Action, Actor, Database, Digest, Obligation, Refused, Register, Rule, State

_SENDING = (Action.SAVE, Action.SUBMIT)


class Filing:
    """Recognises and files. What it writes belongs into the caller's transaction.

    What is less than `threshold` sure is a person's to place.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], threshold: float = THRESHOLD) -> None:
        self._register = Register(database, clock)
        self._threshold = threshold
        self._recogniser: Recogniser | None = None
        self._version = -1

    def decide(self, known: Known, digest: Digest, *, arrived: str | None = None) -> Decision:
        """Move the obligation that folders, name and text speak of; where they do not say, the reason why.

        What `arrived` before the content that stands there by now does not take its place.
        """
        answer = self._current_recogniser().recognise(known)
        if isinstance(answer, Unrecognised):
            reason, is_draft, guesses, evidence = answer
            return Decision(Outcome.QUARANTINED, is_draft, reason=reason, guesses=guesses, evidence=evidence)
        obligation, is_draft, evidence, _ = answer
        if _is_there_already(obligation, digest, is_draft=is_draft):
            return Decision(Outcome.AGAIN, is_draft, obligation.id, None, evidence=evidence)
        if arrived is not None and self._has_newer(obligation, arrived):
            return Decision(
                Outcome.QUARANTINED, is_draft, reason=Reason.OLDER, guesses=(obligation.id,), evidence=evidence
            )
        try:
            moved = self._file(obligation, digest, known.name, is_draft=is_draft)
        except Refused as refused:
            reason = _why_not(obligation, refused.refusal.rule)
            return Decision(Outcome.QUARANTINED, is_draft, reason=reason, guesses=(obligation.id,), evidence=evidence)
        return Decision(Outcome.FILED, is_draft, obligation.id, moved.seq, evidence=evidence)

    def office_of(self, known: Known) -> str | None:
        """The office whose drop folder a file came through; None when it came through none."""
        return self._current_recogniser().office_of(known.folders[0]) if known.folders else None

    def _current_recogniser(self) -> Recogniser:
        """The spellings of the region are read again only after another process has changed something."""
        version = self._register.version()
        if self._recogniser is None or version != self._version:
            vocabulary = self._register.vocabulary()
            self._recogniser = Recogniser(
                vocabulary, lambda office: self._register.obligations(office=office), self._threshold
            )
            self._version = version
        return self._recogniser

    def _has_newer(self, obligation: Obligation, arrived: str) -> bool:
        sent = (record for record in self._register.trail(obligation.id) if record.action in _SENDING)
        return any(record.at > arrived for record in sent)

    def _file(self, obligation: Obligation, digest: Digest, name: str, *, is_draft: bool) -> Obligation:
        action = Action.SAVE if is_draft else Action.SUBMIT
        office = Actor.office(obligation.office.code)
        return self._register.perform(action, obligation, office, content=digest, name=name)


def _is_there_already(obligation: Obligation, digest: Digest, *, is_draft: bool) -> bool:
    """Whether the same bytes stand there in the same or a later state, so that nothing would move."""
    return obligation.content == digest and (is_draft or obligation.state is not State.DRAFT)


def _why_not(obligation: Obligation, rule: Rule) -> Reason:
    """What a person is asked when the rules do not let an office file it."""
    if rule is Rule.OUTSIDE_WINDOW:
        return Reason.OUTSIDE_WINDOW
    return Reason.ALREADY_APPROVED if obligation.state is State.APPROVED else Reason.DRAFT_TOO_LATE


def known_of(path: bytes, text: Text | Unreadable | None) -> Known:
    """What is known of a file that lies at a path below its inbox."""
    *folders, name = (os.fsdecode(part) for part in path.split(b"/"))
    if isinstance(text, Text):
        return Known(tuple(folders), name, text.pages, text.title)
    return Known(tuple(folders), name)
