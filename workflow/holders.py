"""Whose key it is that somebody comes with: asked at each connection, so that it imports nothing."""

from __future__ import annotations

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from datetime import date

    from workflow.database import Database, Row

# The same rule as Enrolment.presence.
_HOLDER = """
SELECT e.name, e.ends, k.fingerprint FROM public_key k
    JOIN enrolment e ON e.number = (SELECT max(number) FROM enrolment WHERE name = k.person)
WHERE k.number = (SELECT max(number) FROM public_key WHERE blob = ?1 AND type = ?2) AND k.change = 'added'
    AND NOT e.suspended AND ?3 >= coalesce(e.begins, ?3) AND ?3 <= coalesce(e.ends, ?3)
"""


def key_holder(database: Database, type_: str, blob: str, today: date) -> Row | None:
    """Name, last day and fingerprint, if the key is in use and its person may act on that day."""
    return database.row(_HOLDER, blob, type_, today.isoformat())
