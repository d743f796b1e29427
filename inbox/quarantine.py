"""Arrivals that a person must place, each with its reason and the likeliest obligations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from inbox.arrivals import Outcome
from inbox.contents import ContentStore
from inbox.evidence import Evidence, Reason
from inbox.glance import WAITING, to_place
from inbox.receipts import Receipts
from workflow import (
    Action,
    Actor,
    Database,
    Digest,
    Forbidden,
    Obligation,
    ObligationId,
    Power,
    Register,
    Rule,
    Unknown,
    plain_lines,
    require,
    scope,
    seal,
    utc,
)

_HELD = f"""
SELECT id, at, name, folder, a.digest, c.size, reason, is_draft, guesses, evidence
FROM arrival a JOIN content c ON c.digest = a.digest WHERE {WAITING}
"""


class Held(NamedTuple):
    """An arrival that waits for a person. Its bytes are in the content store."""

    id: int
    at: str
    name: str
    folder: str
    digest: Digest
    size: int
    reason: Reason
    is_draft: bool
    guesses: tuple[ObligationId, ...]
    evidence: tuple[Evidence, ...]


class Quarantine:
    """What waits, and how a person places it."""

    def __init__(
        self, database: Database, register: Register, clock: Callable[[], datetime], zone: tzinfo = UTC
    ) -> None:
        self._database = database
        self._register = register
        self._clock = clock
        self._receipts = Receipts(database, register, zone)

    def count(self) -> int:
        """How many wait, as far as the register shows whose they are."""
        return to_place(self._database, self._register.within)

    def waiting(self) -> list[Held]:
        """All that wait, oldest first: of the only office that the register shows, what came through its folder."""
        found = map(self._shown, self._database.rows(_HELD + "ORDER BY id"))
        return [held for held in found if self._is_shown(held.folder)]

    def held(self, arrival: int) -> Held:
        """The one with this number. Raises Unknown when it does not wait, or does not wait any more."""
        row = self._database.row(_HELD + "AND id = ?", arrival)
        if row is None or not self._is_shown(row["folder"]):
            raise Unknown("arrival", str(arrival))
        return self._shown(row)

    def place(self, arrival: int, obligation: Obligation, actor: Actor) -> Obligation:
        """File it for an obligation as the caller saw it; a draft is saved, anything else submits.

        Whoever places it for an office counts as the one who submitted it, so others have to decide on it.
        An office places only what came through its own drop folder. Raises Unknown, Forbidden, Refused or Stale, and
        changes nothing then; the last two are kept, like those of any decision.
        """
        action = Action.SAVE if self.held(arrival).is_draft else Action.SUBMIT
        with self._register.keeping(action, obligation, actor), self._register.writing():
            held = self.held(arrival)
            own = scope(actor)
            if own not in (None, held.folder.partition("/")[0]):
                raise Forbidden(actor, Power.PLACE, Rule.OTHER_OFFICE)
            moved = self._register.perform(
                action,
                obligation,
                actor,
                content=held.digest,
                name=held.name,
                on_behalf="" if own else obligation.office.code,
            )
            self._placed(arrival, actor, obligation.id, moved.seq)
            self._receipts.issue(arrival, self._now())
            return moved

    def turn_away(self, arrival: int, actor: Actor, inbox: Path, store: ContentStore, note: str) -> Path:
        """Put it back where its sender finds it, with the note beside it, and return that place.

        The bytes stay in the store. Raises Unknown or Forbidden, and changes nothing then.
        """
        from inbox.sending_back import give_back

        require(actor, Power.SORT)
        with self._register.writing():
            held = self.held(arrival)
            path = self._paths([held.id])[held.id]
            place = give_back(inbox, path, store.path(held.digest), plain_lines(note))
            at = self._now()
            self._database.run(
                "INSERT INTO turned_away VALUES (?, ?, ?, ?)", arrival, at, actor.name, plain_lines(note)
            )
            seal(self._database, "turned_away", [arrival], at)
            return place

    def retry(self, actor: Actor, threshold: float) -> dict[int, ObligationId]:
        """Ask again where each of them belongs, after the catalogue or a document's state has changed.

        Files what is at least `threshold` sure, and returns it. Raises Forbidden.
        """
        require(actor, Power.SORT)
        # What recognises is large, and most commands only count what waits.
        from inbox.answering import ABOUT_ANSWERS
        from inbox.filing import Filing, known_of
        from inbox.texts import Texts

        found: dict[int, ObligationId] = {}
        with self._register.writing():
            filing, texts = Filing(self._database, self._clock, threshold), Texts(self._database)
            waiting = self.waiting()
            paths = self._paths([held.id for held in waiting])
            for held in waiting:
                if held.reason is Reason.INFECTED or held.reason in ABOUT_ANSWERS:
                    continue
                file = known_of(paths[held.id], texts.of(held.digest))
                decision = filing.decide(file, held.digest, arrived=held.at)
                if decision.obligation is not None:
                    found[held.id] = decision.obligation
                    seq = self._register.obligation(decision.obligation).seq
                    self._placed(held.id, actor, decision.obligation, seq)
                if decision.outcome is Outcome.FILED:
                    self._receipts.issue(held.id, self._now())
        return found

    def _paths(self, arrivals: Sequence[int]) -> dict[int, bytes]:
        marks = ", ".join("?" * len(arrivals))
        rows = self._database.rows(f"SELECT id, path FROM arrival WHERE id IN ({marks})", *arrivals)
        return {row[0]: row[1] for row in rows}

    def _is_shown(self, folder: str) -> bool:
        return self._register.within in (None, folder.partition("/")[0])

    def _shown(self, row: Iterable[Any]) -> Held:
        held = _held(row)
        return held._replace(guesses=tuple(one for one in held.guesses if self._register.sees(one)))

    def _placed(self, arrival: int, actor: Actor, obligation: ObligationId, seq: int) -> None:
        at = self._now()
        self._database.run("INSERT INTO placement VALUES (?, ?, ?, ?, ?)", arrival, at, actor.name, obligation, seq)
        seal(self._database, "placement", [arrival], at)

    def _now(self) -> str:
        return utc(self._clock())


def _held(row: Iterable[Any]) -> Held:
    held = Held(*row)
    return held._replace(
        reason=Reason(held.reason),
        is_draft=bool(held.is_draft),
        guesses=tuple(json.loads(str(held.guesses))),
        evidence=tuple(Evidence(*one) for one in json.loads(str(held.evidence))),
    )
