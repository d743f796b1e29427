"""Arrivals that a person must place, each with its reason and the likeliest obligations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from inbox.recognition import Evidence, Reason
from workflow import Action, Actor, Database, Digest, Obligation, ObligationId, Register, Role, Unknown

_WAITING = "outcome = 'quarantined' AND id NOT IN (SELECT arrival FROM placement)"
_HELD = f"""
SELECT id, at, name, folder, a.digest, c.size, reason, is_draft, guesses, evidence
FROM arrival a JOIN content c ON c.digest = a.digest WHERE {_WAITING}
"""


class Held(NamedTuple):
    """An arrival that waits for a person. Its bytes are in the content store."""

    id: int
    at: str
    name: str
    folder: str
    digest: Digest
    size: int
    reason: Reason
    is_draft: bool
    guesses: tuple[ObligationId, ...]
    evidence: tuple[Evidence, ...]


class Quarantine:
    """What waits, and how a person places it."""

    def __init__(self, database: Database, register: Register, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._register = register
        self._clock = clock

    def count(self) -> int:
        """How many wait."""
        row = self._database.row(f"SELECT count(*) FROM arrival WHERE {_WAITING}")
        return int(row[0]) if row else 0

    def waiting(self) -> list[Held]:
        """All that wait, oldest first."""
        return [_held(row) for row in self._database.rows(_HELD + "ORDER BY id")]

    def held(self, arrival: int) -> Held:
        """The one with this number. Raises Unknown when it does not wait, or does not wait any more."""
        row = self._database.row(_HELD + "AND id = ?", arrival)
        if row is None:
            raise Unknown("arrival", str(arrival))
        return _held(row)

    def place(self, arrival: int, obligation: Obligation, actor: Actor) -> Obligation:
        """File it for an obligation as the caller saw it; a draft is saved, anything else submits.

        Whoever places it for an office counts as the one who submitted it, so others have to decide on it.
        Raises Unknown, Refused or Stale, and changes nothing then.
        """
        with self._register.writing():
            held = self.held(arrival)
            moved = self._register.perform(
                Action.SAVE if held.is_draft else Action.SUBMIT,
                obligation,
                actor,
                content=held.digest,
                name=held.name,
                on_behalf="" if actor.role is Role.OFFICE else obligation.office.code,
            )
            at = self._clock().isoformat(timespec="microseconds")
            values = (arrival, at, actor.name, obligation.id, moved.seq)
            self._database.run("INSERT INTO placement VALUES (?, ?, ?, ?, ?)", *values)
            return moved


def _held(row: Iterable[Any]) -> Held:
    held = Held(*row)
    return held._replace(
        reason=Reason(held.reason),
        is_draft=bool(held.is_draft),
        guesses=tuple(json.loads(str(held.guesses))),
        evidence=tuple(Evidence(*one) for one in json.loads(str(held.evidence))),
    )
