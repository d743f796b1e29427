"""Who has seen what of an obligation, up to which record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from workflow.actors import Actor
from workflow.database import Database
from workflow.moments import utc
from workflow.obligations import Obligation, ObligationId
from workflow.plain import plain

_PATIENCE = 0.1  # seconds; whoever looks must not wait for whoever writes
_SAW = """
INSERT INTO seen (obligation, actor, seq, at) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET seq = excluded.seq, at = excluded.at WHERE seq < excluded.seq
"""

_RENEWED = """
SELECT s.obligation FROM seen s WHERE s.actor = ?1 AND EXISTS (
    SELECT 1 FROM audit a WHERE a.obligation = s.obligation AND a.seq > s.seq AND a.actor <> ?1
    AND a.action IN ('save', 'submit'))
"""


class Sighting(NamedTuple):
    """A person, the last record that they have seen, and when (UTC)."""

    actor: str
    seq: int
    at: str


class Sightings:
    """What people have opened. It is no evidence: nobody is held to have read what was on their screen."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def saw(self, obligation: Obligation, actor: Actor) -> None:
        """Note that this person has it on the screen as it stands. Noting it twice is noting it once.

        Whoever looks back, or at a copy, sees what is not now, and nothing is noted. Raises Unavailable soon while
        another writes.
        """
        if self._database.is_past or self._database.is_copy:
            return
        known = {one.actor: one.seq for one in self.of(obligation)}
        if known.get(plain(actor.name), -1) < obligation.seq:
            at = utc(self._clock())
            with self._database.writing(_PATIENCE):
                self._database.run(_SAW, obligation.id, plain(actor.name), obligation.seq, at)

    def renewed(self, actor: Actor) -> frozenset[ObligationId]:
        """What this person has seen, and what others have sent something newer for since."""
        rows = self._database.rows(_RENEWED, plain(actor.name))
        return frozenset(row[0] for row in rows)

    def of(self, obligation: Obligation) -> list[Sighting]:
        """Who has seen it, who saw most of it last."""
        query = "SELECT actor, seq, at FROM seen WHERE obligation = ? ORDER BY seq, at, actor"
        return [Sighting(*row) for row in self._database.rows(query, obligation.id)]
