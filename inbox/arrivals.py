"""The record of every file that came in, and of what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from inbox.evidence import Evidence, Reason
from inbox.footprints import Footprint
from inbox.scanner import Scan, Verdict
from workflow import Database, Digest, ObligationId, plain, seal

_ARRIVALS = """
SELECT a.id, a.at, a.name, a.folder, a.digest, c.size, a.outcome, a.obligation, a.seq
FROM arrival a JOIN content c ON c.digest = a.digest
"""


class Outcome(StrEnum):
    """What became of an arrival: it moved an obligation, it was there already, or a person must place it."""

    FILED = "filed"
    AGAIN = "again"
    QUARANTINED = "quarantined"


class Arrival(NamedTuple):
    """One file that came into the inbox. `name` and `folder` are cleaned for display; `size` is in bytes."""

    id: int
    at: str
    name: str
    folder: str
    digest: Digest
    size: int
    outcome: Outcome
    obligation: ObligationId | None
    seq: int | None


class Decision(NamedTuple):
    """What is recorded of an arrival besides where it came from."""

    outcome: Outcome
    is_draft: bool
    obligation: ObligationId | None = None
    seq: int | None = None
    reason: Reason | None = None
    guesses: tuple[ObligationId, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Unretired(NamedTuple):
    """An arrival that is recorded and whose file has not been put away yet."""

    id: int
    path: bytes
    identity: str
    digest: Digest


class Arrivals:
    """All arrivals of a workspace, or, for those that write, of one root of it.

    What it writes belongs into the caller's transaction.
    """

    def __init__(self, database: Database, root: str = "") -> None:
        self._database = database
        self._root = root

    def of(self, obligation: ObligationId) -> list[Arrival]:
        """All that came in for an obligation, placed by a person or not, oldest first."""
        query = """
        WHERE a.obligation = ? OR a.id IN (SELECT arrival FROM placement WHERE obligation = ?) ORDER BY a.id
        """
        return [_arrival(row) for row in self._database.rows(_ARRIVALS + query, obligation, obligation)]

    def elsewhere(self, digest: Digest, obligation: ObligationId | None) -> list[ObligationId]:
        """The other obligations that the same bytes were sent for."""
        query = """
        SELECT obligation FROM arrival WHERE digest = ?1 AND obligation IS NOT NULL AND obligation IS NOT ?2
        UNION SELECT p.obligation FROM placement p JOIN arrival a ON a.id = p.arrival
        WHERE a.digest = ?1 AND p.obligation IS NOT ?2 ORDER BY 1
        """
        return [row[0] for row in self._database.rows(query, digest, obligation)]

    def latest(self, count: int) -> list[Arrival]:
        """The newest arrivals, newest first."""
        return [_arrival(row) for row in self._database.rows(_ARRIVALS + "ORDER BY a.id DESC LIMIT ?", count)]

    def digests(self) -> list[Digest]:
        """Every content that the store must hold."""
        return [row[0] for row in self._database.rows("SELECT digest FROM content ORDER BY digest")]

    def digest(self, arrival: int) -> Digest:
        """What an arrival held."""
        ((digest,),) = self._database.rows("SELECT digest FROM arrival WHERE id = ?", arrival)
        return Digest(digest)

    def has_come(self, digest: Digest) -> bool:
        """Whether a file with this content ever came in."""
        return self._database.row("SELECT 1 FROM arrival WHERE digest = ?", digest) is not None

    def keep_content(self, digest: Digest, at: str, size: int) -> None:
        """Record that the store holds a content."""
        if self._database.run("INSERT INTO content VALUES (?, ?) ON CONFLICT DO NOTHING", digest, size):
            seal(self._database, "content", [digest], at)

    def keep_scan(self, digest: Digest, at: str, scan: Scan) -> None:
        """Record what a scanner said; what is known is not given up for not knowing."""
        if scan.verdict is Verdict.NOT_SCANNED:
            return
        values = (digest, at, scan.verdict, plain(scan.detail))
        self._database.run("INSERT OR REPLACE INTO scan VALUES (?, ?, ?, ?)", *values)
        seal(self._database, "scan", [digest], at)

    def scan(self, digest: Digest) -> Scan:
        """What is known of a content."""
        row = self._database.row("SELECT verdict, detail FROM scan WHERE digest = ?", digest)
        return Scan(Verdict(row[0]), row[1]) if row else Scan(Verdict.NOT_SCANNED)

    def add(
        self,
        at: str,
        path: bytes,
        name: str,
        folder: str,
        identity: Footprint | ObligationId,
        digest: Digest,
        decision: Decision,
    ) -> int:
        """Record an arrival and return its number. Raises Integrity when it is recorded already.

        What came with an archive is told apart by the obligation that it was adopted for.
        """
        came = (at, self._root, path, name, folder, str(identity), digest)
        became = (decision.outcome, decision.obligation, decision.seq, decision.reason, decision.is_draft)
        values = (*came, *became, json.dumps(decision.guesses), json.dumps(decision.evidence))
        marks = ", ".join("?" * len(values))
        ((number,),) = self._database.rows(f"INSERT INTO arrival VALUES (NULL, {marks}) RETURNING id", *values)
        seal(self._database, "arrival", [number], at)
        return int(number)

    def known(self, path: bytes, footprint: Footprint) -> int | None:
        """The arrival that this very file was recorded as."""
        query = "SELECT id FROM arrival WHERE root = ? AND path = ? AND identity = ?"
        row = self._database.row(query, self._root, path, str(footprint))
        return row[0] if row else None

    def waiting_to_retire(self, path: bytes, digest: Digest) -> int | None:
        """The newest arrival from `path`, if it has this content and its file still lies there, touched at most."""
        query = """
        SELECT id, digest, id IN (SELECT arrival FROM retirement) FROM arrival
        WHERE root = ? AND path = ? ORDER BY id DESC LIMIT 1
        """
        row = self._database.row(query, self._root, path)
        return row[0] if row and row[1] == digest and not row[2] else None

    def retained(self, before: str) -> list[tuple[bytes, Digest]]:
        """The files of this root that were put away before a moment: where each lies, and what it held."""
        query = """
        SELECT r.place, a.digest FROM retirement r JOIN arrival a ON a.id = r.arrival
        WHERE a.root = ? AND r.at < ? AND r.place NOTNULL
        """
        return [(row[0], row[1]) for row in self._database.rows(query, self._root, before)]

    def purged(self, place: bytes) -> None:
        """Record that a file is not in the folder any more; its content is in the store."""
        with self._database.writing():
            self._database.run("UPDATE retirement SET place = NULL WHERE place = ?", place)

    def unretired(self) -> list[Unretired]:
        """All whose file has not been put away, as far as is recorded."""
        query = """
        SELECT id, path, identity, digest FROM arrival
        WHERE root = ? AND id NOT IN (SELECT arrival FROM retirement)
        """
        return [Unretired(*row) for row in self._database.rows(query, self._root)]

    def places(self) -> set[bytes]:
        """Where the files of this root were put away, as far as is recorded."""
        query = "SELECT place FROM retirement r JOIN arrival a ON a.id = r.arrival WHERE a.root = ? AND place NOTNULL"
        return {row[0] for row in self._database.rows(query, self._root)}

    def retired(self, arrival: int, at: str, place: bytes | None) -> None:
        """Record where the file was put away; None when its sender took it back first."""
        with self._database.writing():
            statement = "INSERT INTO retirement VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            self._database.run(statement, arrival, at, place)


def _arrival(row: Iterable[Any]) -> Arrival:
    arrival = Arrival(*row)
    return arrival._replace(outcome=Outcome(arrival.outcome))
