"""What arrived, and what has become of each file by now."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from inbox.evidence import Reason
from workflow import Database, Digest, ObligationId, Register

_CAME = """
SELECT a.id, a.at, a.name, a.folder, a.digest, c.size,
    CASE WHEN t.arrival NOTNULL THEN 'turned away' WHEN p.arrival NOTNULL THEN 'placed'
        WHEN r.action = 'answer' THEN 'answered' ELSE a.outcome END,
    a.is_draft, coalesce(p.obligation, a.obligation),
    (SELECT count(DISTINCT content) FROM audit
        WHERE obligation = coalesce(p.obligation, a.obligation) AND action IN ('save', 'submit') AND seq <= (
            SELECT min(seq) FROM audit WHERE obligation = coalesce(p.obligation, a.obligation)
                AND action IN ('save', 'submit') AND content = a.digest)),
    a.reason, coalesce(p.actor, t.actor, ''), coalesce(t.note, '')
FROM arrival a JOIN content c ON c.digest = a.digest
LEFT JOIN placement p ON p.arrival = a.id
LEFT JOIN turned_away t ON t.arrival = a.id
LEFT JOIN audit r ON r.obligation = a.obligation AND r.seq = a.seq
WHERE a.root <> 'adopted' AND (?1 IS NULL OR a.folder || '/' GLOB ?1 OR coalesce(p.obligation, a.obligation) GLOB ?1)
"""
_WAITS = "AND a.outcome = 'quarantined' AND p.arrival IS NULL AND t.arrival IS NULL"


class Became(StrEnum):
    """What has become of an arrival by now; a person placed or turned away what had been quarantined."""

    FILED = "filed"
    ANSWERED = "answered"
    AGAIN = "again"
    QUARANTINED = "quarantined"
    PLACED = "placed"
    TURNED_AWAY = "turned away"


class Came(NamedTuple):
    """An arrival as it stands by now. `name`, `folder` and `note` are cleaned for display; `size` is in bytes.

    `obligation` is None where there is none, or where it is not of the only office that is shown. `version` says
    which of the contents that were sent for it this is, the first being 1; 0 for what is none of them. `reason` is
    why it was quarantined, `actor` who placed it or turned it away, with the `note` for its sender.
    """

    id: int
    at: str
    name: str
    folder: str
    digest: Digest
    size: int
    became: Became
    is_draft: bool
    obligation: ObligationId | None
    version: int
    reason: Reason | None
    actor: str
    note: str


class Inflow:
    """What came in through the inboxes, as far as the register shows whose it is: no archive that was taken over.

    Of a single office that is what came through its drop folder, and what was filed for it.
    """

    def __init__(self, database: Database, register: Register) -> None:
        self._database = database
        self._register = register

    def latest(self, count: int) -> list[Came]:
        """The newest so many, newest first; all for -1."""
        return self._came("ORDER BY a.id DESC LIMIT ?2", count)

    def since(self, at: str) -> list[Came]:
        """All that came at a moment (UTC) or later, newest first."""
        # Backwards to the last from before, not through all that ever came.
        before = "(SELECT id FROM arrival WHERE at < ?2 ORDER BY id DESC LIMIT 1)"
        return self._came(f"AND a.id > coalesce({before}, 0) ORDER BY a.id DESC", at)

    def waiting(self) -> list[Came]:
        """All that a person must place, newest first."""
        return self._came(f"{_WAITS} ORDER BY a.id DESC")

    def _came(self, which: str, *values: object) -> list[Came]:
        own = self._register.within
        rows = self._database.rows(_CAME + which, f"{own}/*" if own else None, *values)
        return [self._shown(row) for row in rows]

    def _shown(self, row: Iterable[Any]) -> Came:
        one = Came(*row)
        is_theirs = one.obligation is not None and not self._register.sees(one.obligation)
        return one._replace(
            became=Became(one.became),
            is_draft=bool(one.is_draft),
            obligation=None if is_theirs else one.obligation,
            version=0 if is_theirs else one.version,
            reason=Reason(one.reason) if one.reason else None,
        )
