"""Proof that the trail is whole and that every state is what its trail says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from heapq import merge
from typing import NamedTuple

from workflow.database import Database, Row
from workflow.findings import Finding
from workflow.following import Following
from workflow.rows import record
from workflow.seals import SEALED, SEALED_WHOLE, WHOLE, digest_of, digest_of_all, key_of, link
from workflow.states import ON_THE_SIDE, Action, State
from workflow.terms import Terms
from workflow.trail import AuditRecord
from workflow.transitions import ALTERS, DATED, DECIDED, HOLDING, TRANSITIONS, Eyes

_MOVES = frozenset((row.source, row.action, row.target) for row in TRANSITIONS)
_EYES = {(row.source, row.action): row.eyes for row in TRANSITIONS}


_SENDING = frozenset({Action.SAVE, Action.SUBMIT})
_READING = frozenset({Action.REVIEW})


_OPENED = "due, due, office, unit, needs_review, edition, start, windows"
_TERMS = ("due", "ruled", "office", "unit", "needs_review", "edition", "start", "windows")


class Fault(NamedTuple):
    """Something that does not fit: `what` is chain, sequence, move, standing, finding, edition, row or head.

    `seq` is the first record concerned, or the number of a seal. What is no obligation is told by what it is: an
    edition by its requirement, a row by its table and key, a head by itself.
    """

    what: str
    obligation: str
    seq: int


class Verdict(NamedTuple):
    """How many records were replayed, the hash of the last record or seal, and what did not fit."""

    records: int
    head: str
    faults: tuple[Fault, ...]


def verify(database: Database, heads: Iterable[str] = ()) -> Verdict:
    """Replay the whole trail and compare. `heads` are hashes that were noted elsewhere: each must still be in it."""
    with database.reading():
        return _Replay().run(database, frozenset(heads))


def stood(database: Database, name: str, at: datetime) -> Mapping[str, object]:
    """The columns of `standing` as they were at a moment, by the trail alone."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return _Replay().until(database, name, moment)._asdict()


class _Standing(NamedTuple):
    """Where an obligation stands, as its own trail says: the columns of `standing`, in their order."""

    seq: int = 0
    state: State = State.DRAFT
    round: int = 0
    content: str | None = None
    submitter: str | None = None
    hands: str = ""
    readers: str = ""
    reviewer: str | None = None
    review_seq: int | None = None
    due: str | None = None
    action: Action | None = None
    actor: str | None = None
    at: str | None = None
    office: str | None = None
    unit: str = ""
    needs_review: int = 1
    edition: str | None = None
    duty: str = "owed"
    start: str | None = None
    ruled: str | None = None
    windows: str = ""
    holder: str | None = None
    findings: str = ""

    def after(
        self, entry: AuditRecord, review: AuditRecord | None, hands: str, readers: str, findings: str
    ) -> _Standing:
        """Where it stands after a record; `review` is the one that stands by then, if any."""
        is_move = entry.action not in ON_THE_SIDE
        return self._under(entry.terms)._replace(
            seq=entry.seq,
            state=entry.target,
            round=self.round + (entry.action is Action.SUBMIT and entry.source is State.DRAFT),
            content=entry.content,
            submitter=entry.actor if entry.action is Action.SUBMIT else self.submitter,
            hands=hands,
            readers=readers,
            reviewer=review.actor if review else None,
            review_seq=review.seq if review else None,
            due=entry.due.isoformat() if entry.due else self.due,
            action=entry.action if is_move else self.action,
            actor=entry.actor if is_move else self.actor,
            at=entry.at if is_move else self.at,
            holder=self._held_after(entry),
            findings=findings,
        )

    def _held_after(self, entry: AuditRecord) -> str | None:
        """Whoever sent it back gets the newer version; whoever passes it on is done with it."""
        if entry.holder is not None:
            return entry.holder or None
        match entry.action:
            case Action.RETURN:
                return entry.actor if entry.source is State.SUBMITTED else self.reviewer
            case Action.UNDO:
                return entry.actor
            case Action.REVIEW | Action.APPROVE | Action.REOPEN:
                return None
        return self.holder

    def _under(self, terms: Terms) -> _Standing:
        """The same under the terms that a record changes."""
        said = json.loads(terms.packed())
        return self._replace(**{name: value for name, value in said.items() if name in _Standing._fields})


class _Replay:
    def __init__(self) -> None:
        self._stands: dict[str, _Standing] = {}
        self._came_from: dict[str, State] = {}
        self._reviews: dict[str, list[AuditRecord]] = {}
        self._touched: dict[tuple[str, str | None, bool], dict[str, None]] = {}
        self._followed: dict[str, Following] = {}
        self._sealed: dict[tuple[str, str], tuple[str, int]] = {}
        self._number = 0
        self._records = 0
        self._head = ""

    def run(self, database: Database, heads: frozenset[str]) -> Verdict:
        self._begin(database)
        faults = (
            *self._trail_faults(database, set(heads)),
            *self._standing_faults(database),
            *self._finding_faults(database),
            *_edition_faults(database),
            *self._row_faults(database),
        )
        return Verdict(self._records, self._head, faults)

    def until(self, database: Database, name: str, at: str) -> _Standing:
        """Where one obligation stood at a moment."""
        self._begin(database, "WHERE id = ?", name)
        query = "SELECT * FROM audit WHERE obligation = ? AND at <= ? ORDER BY seq"
        for row in database.rows(query, name, at):
            list(self._record_faults(record(row), row["hash"]))
        return self._stands[name]

    def _begin(self, database: Database, where: str = "", *values: object) -> None:
        rows = database.rows(f"SELECT id, {_OPENED} FROM obligation {where}", *values)
        self._stands = {name: _Standing(**dict(zip(_TERMS, terms, strict=True))) for name, *terms in rows}

    def _trail_faults(self, database: Database, heads: set[str]) -> Iterator[Fault]:
        moves = database.rows("SELECT * FROM audit ORDER BY number")
        seals = database.rows("SELECT * FROM seal ORDER BY number")
        for row in merge(moves, seals, key=lambda row: int(row["number"])):
            self._number += 1
            is_move = "action" in row.keys()  # noqa: SIM118 - a row is asked for its values otherwise
            yield from self._move_faults(row) if is_move else self._seal_faults(row)
            self._head = row["hash"]
            heads.discard(self._head)
        for lost in sorted(heads):
            yield Fault("head", lost, 0)

    def _move_faults(self, row: Row) -> Iterator[Fault]:
        self._records += 1
        if row["number"] != self._number:
            yield Fault("sequence", row["obligation"], row["seq"])
            self._number = row["number"]
        try:
            entry = record(row)
        except (TypeError, ValueError):
            yield Fault("chain", row["obligation"], row["seq"])
        else:
            yield from self._record_faults(entry, row["hash"])

    def _seal_faults(self, row: Row) -> Iterator[Fault]:
        number, at, relation, key, digest, hash_ = row
        if number != self._number:
            yield Fault("sequence", f"{relation} {key}", number)
            self._number = number
        if link(self._head, at, relation, key, digest) != hash_:
            yield Fault("chain", f"{relation} {key}", number)
        self._sealed[relation, key] = digest, number

    def _record_faults(self, entry: AuditRecord, digest: str) -> Iterator[Fault]:
        stood = self._stands.get(entry.obligation, _Standing())
        if entry.hash_after(self._head) != digest:
            yield Fault("chain", entry.obligation, entry.seq)
        if entry.seq != stood.seq + 1:
            yield Fault("sequence", entry.obligation, entry.seq)
        followed = self._followed.setdefault(entry.obligation, Following())
        is_in_order = entry.source is stood.state and followed.could_say(entry)
        if not is_in_order or not self._is_allowed(entry) or not _is_by_others(entry, stood):
            yield Fault("move", entry.obligation, entry.seq)
        if entry.action not in ON_THE_SIDE:
            self._came_from[entry.obligation] = entry.source
        followed.after(entry)
        hands, readers = (self._names(entry, is_reader=is_reader) for is_reader in (False, True))
        review = self._review_after(entry)
        self._stands[entry.obligation] = stood.after(entry, review, hands, readers, followed.told)

    def _names(self, entry: AuditRecord, *, is_reader: bool) -> str:
        """Who ever sent, or ever reviewed, the bytes that this record is about."""
        names = self._touched.setdefault((entry.obligation, entry.content, is_reader), {})
        if entry.action in (_READING if is_reader else _SENDING):
            names.setdefault(entry.actor)
            if is_reader and entry.on_behalf:
                names.setdefault(entry.on_behalf)
        return "\n".join(names)

    def _is_allowed(self, entry: AuditRecord) -> bool:
        if not _is_due_to_say(entry):
            return False
        if entry.action is Action.UNDO:
            return entry.target is self._came_from.get(entry.obligation)
        return (entry.source, entry.action, entry.target) in _MOVES

    def _review_after(self, entry: AuditRecord) -> AuditRecord | None:
        """The review that stands after a record: the last since the last submission that was not undone."""
        reviews = self._reviews.setdefault(entry.obligation, [])
        if entry.action is Action.SUBMIT:
            reviews.clear()
        if entry.action is Action.REVIEW:
            reviews.append(entry)
        if entry.action is Action.UNDO:
            reviews[:] = [review for review in reviews if review.seq not in entry.cancels]
        return reviews[-1] if reviews and entry.target in (State.REVIEWED, State.APPROVED) else None

    def _standing_faults(self, database: Database) -> Iterator[Fault]:
        columns = ", ".join(_Standing._fields)
        for name, *values in database.rows(f"SELECT obligation, {columns} FROM standing"):
            if self._stands.pop(name, None) != tuple(values):
                yield Fault("standing", name, values[0])
        for name, stands in self._stands.items():
            yield Fault("standing", name, stands.seq)

    def _finding_faults(self, database: Database) -> Iterator[Fault]:
        query = "SELECT obligation, number, seq, state, changed, text, code, page FROM finding"
        kept = {(row[0], row[1]): tuple(row)[1:] for row in database.rows(query)}
        for name, followed in self._followed.items():
            for one in followed.findings:
                if kept.pop((name, one.number), None) != _written(one):
                    yield Fault("finding", name, one.number)
        for name, number in kept:
            yield Fault("finding", name, number)

    def _row_faults(self, database: Database) -> Iterator[Fault]:
        """Every row that is evidence is as it was sealed last, and none came or went without one."""
        left = dict(self._sealed)
        for relation in SEALED:
            for row in map(dict, database.rows(f"SELECT * FROM {relation}")):
                key = key_of(relation, row)
                digest, number = left.pop((relation, key), ("", 0))
                if digest != digest_of(row):
                    yield Fault("row", f"{relation} {key}", number)
        for relation in SEALED_WHOLE:
            digest, number = left.pop((relation, WHOLE), (digest_of_all(()), 0))
            if digest != digest_of_all(map(dict, database.rows(f"SELECT * FROM {relation}"))):
                yield Fault("row", relation, number)
        for (relation, key), (_, number) in left.items():
            yield Fault("row", f"{relation} {key}", number)


def _written(one: Finding) -> tuple[object, ...]:
    return (one.number, one.seq, one.state, one.changed, *one.defect)


def _edition_faults(database: Database) -> Iterator[Fault]:
    """The words of each requirement are named by their hash, as the records name them."""
    for digest, requirement, words in database.rows("SELECT digest, requirement, words FROM edition"):
        if sha256(words.encode()).hexdigest() != digest:
            yield Fault("edition", requirement, 0)


def _is_due_to_say(entry: AuditRecord) -> bool:
    """Whether a record changes no other terms than its action may."""
    is_dated = entry.due is None or entry.action in DATED
    is_held = (entry.holder is not None) == (entry.action in HOLDING)
    is_within = entry.terms.said().keys() <= ALTERS.get(entry.action, frozenset())
    return is_dated and is_held and is_within and entry.terms.duty is DECIDED.get(entry.action)


def _is_by_others(entry: AuditRecord, stood: _Standing) -> bool:
    """Whether a decision is about the bytes that stood there, and by somebody who had no hand in them."""
    if entry.action in _SENDING:
        return True
    eyes = _EYES.get((entry.source, entry.action), Eyes.ANY)
    hands = stood.hands.split("\n") if Eyes.NOT_SUBMITTER in eyes else ()
    readers = stood.readers.split("\n") if Eyes.NOT_REVIEWER in eyes else ()
    return entry.content == stood.content and not {entry.actor, entry.on_behalf} & {*hands, *readers}
