"""What each person has chosen for themselves: theme, keys, searches to come back to."""

from __future__ import annotations

from workflow.actors import Actor
from workflow.database import Database
from workflow.plain import plain

_CHOOSE = """
INSERT INTO preference (actor, name, value) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET value = excluded.value
"""


class Preferences:
    """Values by dotted names, such as `theme` or `key.review.approve`. They are no evidence of anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, actor: Actor, prefix: str = "") -> dict[str, str]:
        """What this person has chosen, of the names that begin so, in the order of the names."""
        query = "SELECT name, value FROM preference WHERE actor = ? ORDER BY name"
        rows = self._database.rows(query, plain(actor.name))
        return {row["name"]: row["value"] for row in rows if row["name"].startswith(prefix)}

    def choose(self, actor: Actor, name: str, value: str) -> None:
        """Choose, instead of what was chosen before."""
        with self._database.writing():
            self._database.run(_CHOOSE, plain(actor.name), plain(name), plain(value))

    def drop(self, actor: Actor, name: str) -> None:
        """Choose nothing any more. What was not chosen can be dropped too."""
        with self._database.writing():
            self._database.run("DELETE FROM preference WHERE actor = ? AND name = ?", plain(actor.name), plain(name))
