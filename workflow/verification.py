"""Proof that the trail is whole and that every state is what its trail says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workflow.database import Database
from workflow.register import record
from workflow.states import Action, State
from workflow.trail import AuditRecord
from workflow.transitions import TRANSITIONS

_MOVES = frozenset((row.source, row.action, row.target) for row in TRANSITIONS)
_STANDING = "SELECT obligation, seq, state, content FROM standing"


class Fault(NamedTuple):
    """Something that does not fit: `what` is chain, sequence, move or standing; `seq` the first record concerned."""

    what: str
    obligation: str
    seq: int


class Verdict(NamedTuple):
    """How many records were replayed, the hash of the last one, and what did not fit."""

    records: int
    head: str
    faults: tuple[Fault, ...]


def verify(database: Database) -> Verdict:
    """Replay the whole trail and compare."""
    with database.reading():
        return _Replay().run(database)


class _Replay:
    def __init__(self) -> None:
        self._stands: dict[str, tuple[int, State, str | None]] = {}
        self._came_from: dict[str, State] = {}
        self._records = 0
        self._head = ""

    def run(self, database: Database) -> Verdict:
        faults = (*self._trail_faults(database), *self._standing_faults(database))
        return Verdict(self._records, self._head, faults)

    def _trail_faults(self, database: Database) -> Iterator[Fault]:
        for row in database.rows("SELECT * FROM audit ORDER BY number"):
            self._records += 1
            if row["number"] != self._records:
                yield Fault("sequence", row["obligation"], row["seq"])
                self._records = row["number"]
            entry = record(row)
            seq, state, _ = self._stands.get(entry.obligation, (0, State.DRAFT, None))
            if entry.hash_after(self._head) != row["hash"]:
                yield Fault("chain", entry.obligation, entry.seq)
            if entry.seq != seq + 1:
                yield Fault("sequence", entry.obligation, entry.seq)
            if entry.source is not state or not self._is_allowed(entry):
                yield Fault("move", entry.obligation, entry.seq)
            self._came_from[entry.obligation] = entry.source
            self._head = row["hash"]
            self._stands[entry.obligation] = (entry.seq, entry.target, entry.content)

    def _is_allowed(self, entry: AuditRecord) -> bool:
        if entry.action is Action.UNDO:
            return entry.target is self._came_from.get(entry.obligation)
        return (entry.source, entry.action, entry.target) in _MOVES

    def _standing_faults(self, database: Database) -> Iterator[Fault]:
        for name, seq, state, content in database.rows(_STANDING):
            if self._stands.pop(name, (0, State.DRAFT, None)) != (seq, state, content):
                yield Fault("standing", name, seq)
        for name, (seq, _, _) in self._stands.items():
            yield Fault("standing", name, seq)
