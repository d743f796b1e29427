"""Proof that the trail is whole and that every state is what its trail says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from workflow.counting import KEPT, RECOUNT
from workflow.database import Database, Row
from workflow.findings import Finding
from workflow.heads import is_move, links
from workflow.replay import Replay, Standing
from workflow.rows import record
from workflow.seals import SEALED, SEALED_WHOLE, WHOLE, digest_of, digest_of_all, key_of, link
from workflow.trail import AuditRecord


class Fault(NamedTuple):
    """Something that does not fit: `what` is chain, sequence, move, standing, tally, finding, edition, row or head.

    `seq` is the first record concerned, or the number of a seal. What is no obligation is told by what it is: an
    edition by its requirement, a row by its table and key, a head by itself, a count by what is counted.
    """

    what: str
    obligation: str
    seq: int


class Verdict(NamedTuple):
    """How many records were replayed, the hash of the last record or seal, and what did not fit.

    Where a move, a seal or a row does not fit, the first of the faults is the one that comes first in the chain.
    """

    records: int
    head: str
    faults: tuple[Fault, ...]


_AFTER_ALL = 1 << 62


def verify(database: Database, heads: Iterable[str] = ()) -> Verdict:
    """Replay the whole trail and compare. `heads` are hashes that were noted elsewhere: each must still be in it."""
    with database.reading(), database.forgiving():
        return _Proof(database).of(frozenset(heads))


class _Proof:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._replay = Replay(database)
        self._sealed: dict[tuple[str, str], tuple[str, int]] = {}
        self._number = 0
        self._records = 0
        self._head = ""

    def of(self, heads: frozenset[str]) -> Verdict:
        # What is in the chain has its place there; what is computed from it comes after.
        found = [(self._number, fault) for fault in self._trail_faults(set(heads))]
        found += [(_AFTER_ALL, fault) for fault in (*self._standing_faults(), *self._finding_faults())]
        # What an edition that is not itself any more would make of the counts, nobody can tell.
        worded = list(self._edition_faults()) or self._tally_faults()
        found += [(_AFTER_ALL, fault) for fault in worded]
        found += [(fault.seq or _AFTER_ALL, fault) for fault in self._row_faults()]
        in_order = sorted(found, key=lambda one: one[0])
        return Verdict(self._records, self._head, tuple(fault for _, fault in in_order))

    def _trail_faults(self, heads: set[str]) -> Iterator[Fault]:
        for row in links(self._database):
            self._number += 1
            yield from self._move_faults(row) if is_move(row) else self._seal_faults(row)
            self._head = row["hash"]
            heads.discard(self._head)
        self._number = _AFTER_ALL
        for lost in sorted(heads):
            yield Fault("head", lost, 0)

    def _move_faults(self, row: Row) -> Iterator[Fault]:
        self._records += 1
        if row["number"] != self._number:
            self._number = row["number"]
            yield Fault("sequence", row["obligation"], row["seq"])
        try:
            wrong = self._wrong_of(record(row), row["hash"])
        # What no version of ours has written cannot be taken in: that is told, whatever Python makes of it.
        except (TypeError, ValueError, RecursionError):
            wrong = ["chain"]
        for what in wrong:
            yield Fault(what, row["obligation"], row["seq"])

    def _wrong_of(self, entry: AuditRecord, digest: str) -> list[str]:
        is_linked = entry.hash_after(self._head) == digest
        return [*([] if is_linked else ["chain"]), *self._replay.take(entry, is_sealed=bool(self._sealed))]

    def _seal_faults(self, row: Row) -> Iterator[Fault]:
        number, at, relation, key, digest, hash_ = row
        if number != self._number:
            self._number = number
            yield Fault("sequence", f"{relation} {key}", number)
        if link(self._head, at, relation, key, digest) != hash_:
            yield Fault("chain", f"{relation} {key}", number)
        self._sealed[relation, key] = digest, number

    def _standing_faults(self) -> Iterator[Fault]:
        columns, left = ", ".join(Standing._fields), dict(self._replay.stands)
        for name, *values in self._database.rows(f"SELECT obligation, {columns} FROM standing"):
            if left.pop(name, None) != tuple(values):
                yield Fault("standing", name, values[0])
        for name, stands in left.items():
            yield Fault("standing", name, stands.seq)

    def _finding_faults(self) -> Iterator[Fault]:
        query = "SELECT obligation, number, seq, state, changed, text, code, page FROM finding"
        kept = {(row[0], row[1]): tuple(row)[1:] for row in self._database.rows(query)}
        for name, followed in self._replay.followed.items():
            for one in followed.findings:
                if kept.pop((name, one.number), None) != _written(one):
                    yield Fault("finding", name, one.number)
        for name, number in kept:
            yield Fault("finding", name, number)

    def _tally_faults(self) -> Iterator[Fault]:
        """What is kept of how many stand alike is what counting those who stand there makes."""
        kept, counted = (
            {tuple(row)[:-1]: row["count"] for row in self._database.rows(one)} for one in (KEPT, RECOUNT)
        )
        for key in sorted({*kept, *counted}, key=str):
            if kept.get(key) != counted.get(key):
                yield Fault("tally", " ".join(filter(None, map(str, key))), 0)

    def _edition_faults(self) -> Iterator[Fault]:
        """The words of each requirement are named by their hash, as the records name them."""
        for digest, requirement, words in self._database.rows("SELECT digest, requirement, words FROM edition"):
            if sha256(words.encode()).hexdigest() != digest:
                yield Fault("edition", requirement, 0)

    def _row_faults(self) -> Iterator[Fault]:
        """Every row that is evidence is as it was sealed last, and none came or went without one."""
        left = dict(self._sealed)
        for relation in SEALED:
            for row in map(dict, self._database.rows(f"SELECT * FROM {relation}")):
                key = key_of(relation, row)
                digest, number = left.pop((relation, key), ("", 0))
                if digest != digest_of(row):
                    yield Fault("row", f"{relation} {key}", number)
        for relation in SEALED_WHOLE:
            digest, number = left.pop((relation, WHOLE), (digest_of_all(()), 0))
            if digest != digest_of_all(map(dict, self._database.rows(f"SELECT * FROM {relation}"))):
                yield Fault("row", relation, number)
        for (relation, key), (_, number) in left.items():
            yield Fault("row", f"{relation} {key}", number)


def _written(one: Finding) -> tuple[object, ...]:
    return (one.number, one.seq, one.state, one.changed, *one.defect)
