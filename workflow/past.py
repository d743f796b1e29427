"""A connection on which every table is as it was at a moment: whatever asks it is answered as it was then.

Positions and findings come from the trail alone, all else from the moments that are written beside it. What an office
was called is not kept: it has its present name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from workflow.counting import RECOUNT
from workflow.database import Database
from workflow.errors import InThePast
from workflow.heads import head_at
from workflow.moments import utc
from workflow.replay import Replay, Standing, replayed

# What was sealed at the migration was there before anybody sealed: its moment is that of the first seal, which comes
# after a move only there.
_OPENED = """
id IN (SELECT key FROM seal WHERE relation = 'obligation' AND (number <= :number OR at = (
    SELECT s.at FROM seal s WHERE s.number = (SELECT min(number) FROM seal) AND s.number > 1)))
"""
_UNTIL = {
    "audit": "number <= :number",
    "seal": "number <= :number",
    "held": "0",  # it says what lies in the inboxes just now
    **dict.fromkeys(("arrival", "retirement", "placement", "turned_away", "scan"), "at <= :at"),
    **dict.fromkeys(("receipt", "delivery", "refusal", "tick", "seen"), "at <= :at"),
    **dict.fromkeys(("enrolment", "public_key"), "at <= :at"),
}
_ENDING = {
    "mandate": ("revoked_at", "revoked_by", "revoked_why"),
    "remembered": ("forgotten_at", "forgotten_by"),
}


class Past(Database):
    """The database as it was at a moment, for reading only. `at` carries the zone that it is told in."""

    is_past = True

    def __init__(self, path: Path, at: datetime) -> None:
        """Raises NotOurs."""
        super().__init__(path)
        self.at = at
        self.run("BEGIN")  # one snapshot for all of it, and whatever comes after is not within
        self._number = head_at(self, at).number
        self._moment = utc(at)
        self._lay(replayed(self, self._number, f"WHERE {self._filled(_OPENED)}"))
        for table, condition in _UNTIL.items():
            self.run(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {self._filled(condition)}")
        there = "id IN (SELECT obligation FROM temp.standing)"
        self.run(f"CREATE TEMP VIEW obligation AS SELECT * FROM main.obligation WHERE {there}")
        for table, ends in _ENDING.items():
            self._view_before(table, ends)
        self._count()
        self.run("COMMIT")
        self.run("PRAGMA query_only = ON")

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:  # noqa: ARG002  # nobody waits for what is refused
        """Raises InThePast."""
        raise InThePast(self.at)
        yield

    def _filled(self, condition: str) -> str:
        """A view takes no parameters; these are a number and a moment that we have written ourselves."""
        return condition.replace(":number", str(self._number)).replace(":at", f"'{self._moment}'")

    def _lay(self, replay: Replay) -> None:
        """Lay what the trail says over the tables that are kept with it."""
        for table in ("standing", "finding"):
            self.run(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} LIMIT 0")
        self.run("CREATE INDEX temp.standing_of ON standing (obligation)")
        self.run("CREATE INDEX temp.finding_of ON finding (obligation)")
        self._insert("standing", ("obligation", *Standing._fields), [(o, *one) for o, one in replay.stands.items()])
        found = [
            (name, one.number, one.seq, one.state, one.changed, *one.defect)
            for name, followed in replay.followed.items()
            for one in followed.findings
        ]
        self._insert("finding", ("obligation", "number", "seq", "state", "changed", "text", "code", "page"), found)

    def _count(self) -> None:
        """What is kept of how many stand alike, of those who stood there then."""
        (view,) = self.rows("SELECT sql FROM main.sqlite_schema WHERE name = 'counted'")[0]
        self.run(view.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
        self.run(f"CREATE TEMP VIEW tally AS {RECOUNT}")

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        statement = f"INSERT INTO temp.{table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        self._connection.executemany(statement, rows)

    def _view_before(self, table: str, ends: tuple[str, ...]) -> None:
        """Rows that somebody ended since had not ended then."""
        columns = [row[0] for row in self.rows("SELECT name FROM pragma_table_info(?, 'main')", table)]
        condition = self._filled(f"iif({ends[0]} <= :at, %s, NULL) AS %s")
        shown = ", ".join(condition % (name, name) if name in ends else name for name in columns)
        self.run(f"CREATE TEMP VIEW {table} AS SELECT {shown} FROM main.{table} WHERE {self._filled('at <= :at')}")
