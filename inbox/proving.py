"""Whether content, arrival and trail still bear out what a receipt, or the whole database, says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from inbox.arrivals import Arrivals
from inbox.contents import ContentStore
from inbox.receipts import Receipt
from workflow import Database, Digest

if TYPE_CHECKING:
    from workflow import Verdict

_ARRIVAL = """
SELECT a.name, a.digest, coalesce(p.obligation, a.obligation), coalesce(p.seq, a.seq)
FROM arrival a LEFT JOIN placement p ON p.arrival = a.id WHERE a.id = ?
"""
# What a file that answers findings holds is in its records; they are about the document that was returned.
_RECORD = """
SELECT actor, iif(action = 'answer' AND name = ?2, ?1, content) FROM audit WHERE obligation = ?3 AND seq = ?4
"""


# The seals say whether the rows are as they were; this is what a seal cannot say.
_UNBORNE = """
SELECT DISTINCT year, number, document FROM receipt r
WHERE head NOT IN (SELECT hash FROM audit UNION ALL SELECT hash FROM seal)
    OR digest NOT IN (SELECT digest FROM content) OR digest IN (SELECT value FROM json_each(?))
ORDER BY year, number
"""


class Unproved(StrEnum):
    """What does not bear out a receipt."""

    CONTENT = "content"  # the object is not there, or not these bytes
    ARRIVAL = "arrival"  # no such file came in, or it was filed for something else
    RECORD = "record"  # no such record is in the trail, or it is by another or on other bytes
    HEAD = "head"  # the trail has never had this head
    TRAIL = "trail"  # the trail itself is not whole


def unproved(receipt: Receipt, database: Database, store: ContentStore) -> list[Unproved]:
    """What does not; nothing when all of it does. Reads the object again, and replays the whole trail."""
    # Not at the top: most that speak of a receipt replay nothing.
    from workflow import verify

    path = store.path(receipt.digest)
    sent = (receipt.digest, receipt.name, receipt.obligation, receipt.seq)
    arrival, record = database.row(_ARRIVAL, receipt.arrival), database.row(_RECORD, *sent)
    faults = {fault.what for fault in verify(database, [receipt.head]).faults}
    filed = (receipt.name, receipt.digest, receipt.obligation, receipt.seq)
    holds = {
        Unproved.CONTENT: store.is_whole(receipt.digest) and path.stat().st_size == receipt.size,
        Unproved.ARRIVAL: arrival is not None and tuple(arrival) == filed,
        Unproved.RECORD: record is not None and tuple(record) == (receipt.sender, receipt.digest),
        Unproved.HEAD: "head" not in faults,
        Unproved.TRAIL: not faults - {"head"},
    }
    return [what for what, is_so in holds.items() if not is_so]


def unborne(database: Database, broken: Sequence[Digest]) -> list[str]:
    """The numbers of all receipts whose content is broken or not known, or whose head the chain never had."""
    rows = database.rows(_UNBORNE, json.dumps(broken))
    return [f"TT/{document.partition(' ')[0]}/{year}/{number:06}" for year, number, document in rows]


class Proof(NamedTuple):
    """What the replay of the trail says, which contents are not whole, and which receipts nothing bears out."""

    verdict: Verdict
    broken: Sequence[Digest]
    receipts: Sequence[str]

    @property
    def is_well(self) -> bool:
        """Whether all of it fits."""
        return not (self.verdict.faults or self.broken or self.receipts)


def prove(database: Database, store: ContentStore, heads: Iterable[str] = ()) -> Proof:
    """Replay the whole trail and read every content. `heads` are hashes that were noted elsewhere."""
    # Not at the top: most that speak of a receipt replay nothing.
    from workflow import verify

    verdict = verify(database, heads)
    broken = [digest for digest in Arrivals(database).digests() if not store.is_whole(digest)]
    return Proof(verdict, broken, unborne(database, broken))
