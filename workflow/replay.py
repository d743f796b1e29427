"""Where every obligation stood after each of its records, by the trail alone."""

from __future__ import annotations

import json
from typing import NamedTuple

from workflow.database import Database
from workflow.following import Following
from workflow.rows import record
from workflow.states import HOLDING, ON_THE_SIDE, Action, Role, State
from workflow.terms import NO_TERMS, Terms
from workflow.trail import DECISIONS, AuditRecord
from workflow.transitions import ALTERS, DATED, DECIDED, FILES_FOR_OFFICES, TRANSITIONS, Eyes

_MOVES = frozenset((row.source, row.action, row.target) for row in TRANSITIONS)
_EYES = {(row.source, row.action): row.eyes for row in TRANSITIONS}
_ROLES = {(row.source, row.action): row.roles for row in TRANSITIONS}
_SENDING = frozenset({Action.SAVE, Action.SUBMIT})
_READING = frozenset({Action.REVIEW})

_OPENED = "due, due, office, unit, needs_review, edition, start, windows"
_TERMS = ("due", "ruled", "office", "unit", "needs_review", "edition", "start", "windows")


class Standing(NamedTuple):
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
    ) -> Standing:
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

    def _under(self, terms: Terms) -> Standing:
        """The same under the terms that a record changes, as few do."""
        if terms == NO_TERMS:
            return self
        said = json.loads(terms.packed())
        return self._replace(**{name: value for name, value in said.items() if name in Standing._fields})


class Replay:
    """Takes records in, in their order, and holds where each obligation stands by then and what was found in it."""

    def __init__(self, database: Database, where: str = "", *values: object) -> None:
        """Begin with those obligations that a condition holds for, as they were opened."""
        rows = database.rows(f"SELECT id, {_OPENED} FROM obligation {where}", *values)
        self.stands = {name: Standing(**dict(zip(_TERMS, terms, strict=True))) for name, *terms in rows}
        self.followed: dict[str, Following] = {}
        self._offices = frozenset(row[0] for row in database.rows("SELECT code FROM office"))
        self._last: dict[str, AuditRecord] = {}
        self._reviews: dict[str, list[AuditRecord]] = {}
        self._touched: dict[tuple[str, str | None, bool], dict[str, None]] = {}

    def take(self, entry: AuditRecord, *, is_sealed: bool = True) -> list[str]:
        """Take the next record in. Returns what of it does not fit: sequence, move, or nothing.

        Before anything was sealed nobody followed findings, and a decision could pass over one.
        """
        stood = self.stands.get(entry.obligation, Standing())
        wrong = ["sequence"] if entry.seq != stood.seq + 1 else []
        followed = self.followed.setdefault(entry.obligation, Following())
        is_in_order = entry.source is stood.state and (followed.could_say(entry) or not is_sealed)
        if not is_in_order or not self._is_allowed(entry) or not _is_by_others(entry, stood):
            wrong.append("move")
        if entry.action not in ON_THE_SIDE:
            self._last[entry.obligation] = entry
        followed.after(entry)
        hands, readers = (self._names(entry, is_reader=is_reader) for is_reader in (False, True))
        review = self._review_after(entry)
        self.stands[entry.obligation] = stood.after(entry, review, hands, readers, followed.told)
        return wrong

    def _names(self, entry: AuditRecord, *, is_reader: bool) -> str:
        """Who ever sent, or ever reviewed, the bytes that this record is about, and in whose place."""
        names = self._touched.setdefault((entry.obligation, entry.content, is_reader), {})
        if entry.action in (_READING if is_reader else _SENDING):
            names.setdefault(entry.actor)
            if entry.on_behalf and (is_reader or entry.on_behalf not in self._offices):
                names.setdefault(entry.on_behalf)
        return "\n".join(names)

    def _is_allowed(self, entry: AuditRecord) -> bool:
        if not _is_due_to_say(entry):
            return False
        if entry.action is Action.UNDO:
            return _takes_back(entry, self._last.get(entry.obligation))
        return (entry.source, entry.action, entry.target) in _MOVES and _has_role(entry)

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


def replayed(database: Database, number: int, where: str = "", *values: object) -> Replay:
    """Those obligations that a condition holds for, after the records up to a number of the chain."""
    replay = Replay(database, where, *values)
    query = f"""
    SELECT * FROM audit WHERE number <= ? AND obligation IN (SELECT id FROM obligation {where}) ORDER BY number
    """
    for row in database.rows(query, number, *values):
        replay.take(record(row))
    return replay


def _takes_back(entry: AuditRecord, last: AuditRecord | None) -> bool:
    """Whether a record takes back the last decision, which was the same person's."""
    if last is None or last.action not in DECISIONS:
        return False
    return (entry.actor, entry.target, entry.cancels) == (last.actor, last.source, (last.seq,))


def _has_role(entry: AuditRecord) -> bool:
    roles = _ROLES[entry.source, entry.action]
    is_filed = roles == (Role.OFFICE,) and entry.on_behalf != ""
    return entry.role in (*roles, Role.ADMINISTRATOR) or (is_filed and entry.role in FILES_FOR_OFFICES)


def _is_due_to_say(entry: AuditRecord) -> bool:
    """Whether a record changes no other terms than its action may."""
    is_dated = entry.due is None or entry.action in DATED
    is_held = (entry.holder is not None) == (entry.action in HOLDING)
    is_within = entry.terms.said().keys() <= ALTERS.get(entry.action, frozenset())
    return is_dated and is_held and is_within and entry.terms.duty is DECIDED.get(entry.action)


def _is_by_others(entry: AuditRecord, stood: Standing) -> bool:
    """Whether a decision is about the bytes that stood there, and by somebody who had no hand in them."""
    if entry.action in _SENDING:
        return True
    eyes = _EYES.get((entry.source, entry.action), Eyes.ANY)
    hands = stood.hands.split("\n") if Eyes.NOT_SUBMITTER in eyes else ()
    readers = stood.readers.split("\n") if Eyes.NOT_REVIEWER in eyes else ()
    return entry.content == stood.content and not {entry.actor, entry.on_behalf} & {*hands, *readers}
