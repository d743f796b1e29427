"""The order of work for a file that lies still: content, then record, then drop folder.

Killed between any two, doing it again ends in the same place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from inbox.arrivals import Arrival, Arrivals, Decision, Outcome
from inbox.contents import ContentStore
from inbox.folders import Found
from inbox.footprints import Footprint, opened
from inbox.recognition import Reason, Recogniser, Unrecognised
from inbox.retention import Replaced, Retention
from workflow import Action, Actor, Database, Digest, Obligation, Refused, Register, State, plain


class Problem(NamedTuple):
    """A file that could not be taken or put away this time, and what the system said. It stays where it is."""

    path: bytes
    error: OSError


class Intake:
    """Takes files out of the inbox. One for each process; several at once do no harm."""

    def __init__(self, inbox: Path, store: ContentStore, database: Database, clock: Callable[[], datetime]) -> None:
        self._root = inbox
        self._store = store
        self._register = Register(database, clock)
        self._arrivals = Arrivals(database)
        self._retention = Retention(inbox)
        self._clock = clock

    def take(self, found: Found) -> Arrival | Problem | None:
        """Keep, record and put away a file that lies still. None when it has moved or was recorded before."""
        try:
            return self._take(found)
        except FileNotFoundError:
            return None
        except OSError as error:
            return Problem(found.path, error)

    def recover(self) -> None:
        """Finish what a killed process left between its record and its drop folder."""
        self._store.sweep()
        for one in self._arrivals.unretired():
            if not os.path.lexists(os.path.join(os.fsencode(self._root), one.path)):
                self._retire(one.id, Found(one.path, Footprint.parse(one.identity)))

    def _take(self, found: Found) -> Arrival | None:
        arrival = self._arrivals.known(found.path, found.footprint)
        if arrival is not None:
            self._retire(arrival, found)
            return None
        digest = self._put(found)
        if digest is None:
            return None
        new = self._record(found, digest)
        self._retire(new.id if isinstance(new, Arrival) else new, found)
        return new if isinstance(new, Arrival) else None

    def _put(self, found: Found) -> Digest | None:
        root = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with opened(root, found.path) as source:

                def is_unchanged() -> bool:
                    return Footprint.of(os.fstat(source)) == found.footprint

                return self._store.put(source, is_unchanged=is_unchanged) if is_unchanged() else None
        finally:
            os.close(root)

    def _record(self, found: Found, digest: Digest) -> Arrival | int:
        """The new arrival, or the number of the one that this file was recorded as before."""
        with self._register.writing():
            known = self._arrivals.known(found.path, found.footprint)
            known = known or self._arrivals.waiting_to_retire(found.path, digest)
            if known is not None:
                return known
            *folders, name = (os.fsdecode(part) for part in found.path.split(b"/"))
            self._arrivals.keep_content(digest, found.footprint.size)
            decision = self._decide(folders, name, digest)
            at, shown, folder = self._now(), plain(name), plain("/".join(folders))
            number = self._arrivals.add(at, found.path, shown, folder, found.footprint, digest, decision)
        size, outcome = found.footprint.size, decision.outcome
        return Arrival(number, at, shown, folder, digest, size, outcome, decision.obligation, decision.seq)

    def _decide(self, folders: list[str], name: str, digest: Digest) -> Decision:
        answer = self._recogniser().recognise(folders, name)
        if isinstance(answer, Unrecognised):
            reason, is_draft, guesses, evidence = answer
            return Decision(Outcome.QUARANTINED, is_draft, reason=reason, guesses=guesses, evidence=evidence)
        obligation, is_draft, evidence = answer
        if _is_there_already(obligation, digest, is_draft=is_draft):
            return Decision(Outcome.AGAIN, is_draft, obligation.id, None, evidence=evidence)
        try:
            moved = self._file(obligation, digest, name, is_draft=is_draft)
        except Refused:
            approved = obligation.state is State.APPROVED
            reason = Reason.ALREADY_APPROVED if approved else Reason.DRAFT_TOO_LATE
            return Decision(Outcome.QUARANTINED, is_draft, reason=reason, guesses=(obligation.id,), evidence=evidence)
        return Decision(Outcome.FILED, is_draft, obligation.id, moved.seq, evidence=evidence)

    def _recogniser(self) -> Recogniser:
        return Recogniser(self._register.vocabulary(), lambda office: self._register.obligations(office=office))

    def _file(self, obligation: Obligation, digest: Digest, name: str, *, is_draft: bool) -> Obligation:
        action = Action.SAVE if is_draft else Action.SUBMIT
        office = Actor.office(obligation.office.code)
        return self._register.perform(action, obligation, office, content=digest, name=name)

    def _retire(self, arrival: int, found: Found) -> None:
        now = self._now()
        try:
            place = self._retention.retire(found.path, found.footprint, arrival, now[:10])
        except Replaced:
            place = None
        self._arrivals.retired(arrival, now, place)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="microseconds")


def _is_there_already(obligation: Obligation, digest: Digest, *, is_draft: bool) -> bool:
    """Whether the same bytes stand there in the same or a later state, so that nothing would move."""
    return obligation.content == digest and (is_draft or obligation.state is not State.DRAFT)
