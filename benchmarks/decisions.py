"""Many people who decide at once on one database: how fast, and that nothing of it is lost.

`python -m benchmarks.decisions --seconds 10` runs it by itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.measure import Figure
from inbox import Arrivals, Outcome, Receipts
from inbox.arrivals import Decision
from inbox.footprints import Footprint
from workflow import (
    FILES,
    Action,
    Actor,
    Database,
    Digest,
    FindingState,
    Obligation,
    ObligationId,
    Refused,
    Register,
    Role,
    Stale,
    State,
    allowed,
    read_catalogue_files,
    shipped_catalogue,
    verify,
)

_REGION = "Provinsi Lampung"
_YEARS = (2024, 2025, 2026)
_OBLIGATIONS = 3000
_PEOPLE = 200
_PROCESSES = 8
# What a person still has on the screen while others go on: one decision in so many is made on one of these views.
_VIEWS = 40
_ON_AN_OLD_VIEW = 0.15
_AGAINST_THE_RULES = 0.2
_SENT_AS_DRAFT, _SENT_ANEW = 0.8, 0.1
# The higher, the more of it is about the same few.
_ON_TOP = 4
_UNITS = ("biro-organisasi", "bappeda", "inspektorat", "bpkad", "")
_DECIDING = (
    *(Action.REVIEW, Action.APPROVE, Action.RETURN, Action.REOPEN, Action.TAKE, Action.COMMENT),
    *(Action.ACCEPT, Action.OPEN_AGAIN),
)
_SPOKEN_OF = {
    Action.ANSWER: (FindingState.OPEN, FindingState.ANSWERED),
    Action.ACCEPT: (FindingState.OPEN, FindingState.ANSWERED),
    Action.OPEN_AGAIN: (FindingState.ANSWERED, FindingState.ACCEPTED),
}


class Told(NamedTuple):
    """What a process was told: the records that it made, how often it was refused or too late, how long each took."""

    made: list[tuple[ObligationId, int]]
    refused: int
    stale: int
    times: list[float]


class Proof(NamedTuple):
    """What does not hold afterwards, counted. All of it is 0, or something was lost."""

    lost: int
    unasked: int
    gaps: int
    receipt_gaps: int
    faults: int


def measure(seconds: float = 60.0) -> Iterator[Figure]:
    """Eight processes of 25 people each, and what they leave behind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pantau.db"
        yield Figure("obligations", len(prepare(path)), "")
        told = decide(path, seconds=seconds)
        took = sorted(one for each in told for one in each.times)
        made = sum(len(one.made) for one in told)
        yield Figure("decisions recorded in a second", made / seconds, "/s")
        yield Figure("decisions tried in a second", len(took) / seconds, "/s")
        yield Figure("recorded", made, "")
        yield Figure("refused by a rule", sum(one.refused for one in told), "")
        yield Figure("refused as stale", sum(one.stale for one in told), "")
        for name, share in (("half of them within", 0.5), ("99 in 100 within", 0.99), ("the longest", 1.0)):
            yield Figure(name, took[max(0, round(share * len(took)) - 1)] * 1000, "ms")
        begin = time.perf_counter()
        proof = proved(path, told)
        yield Figure("proved in", time.perf_counter() - begin, "s")
        for what, count in proof._asdict().items():
            yield Figure(what.replace("_", " "), count, "", 0)


def prepare(path: Path) -> list[ObligationId]:
    """A database of a region with three years open, and the obligations that are decided on."""
    database = Database.create(path)
    register = Register(database, _now)
    for year in _YEARS:
        files = shipped_catalogue(_REGION, year)
        register.open_year(read_catalogue_files({name: files[name].encode() for name in FILES}), year)
    found = _decided_on(database)
    database.close()
    return found


def decide(path: Path, *, seconds: float, processes: int = _PROCESSES, most: int = sys.maxsize) -> list[Told]:
    """Let all of them decide for so long, or so often each."""
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        done = [pool.submit(_work, path, number, processes, seconds, most) for number in range(processes)]
        return [one.result() for one in done]


def proved(path: Path, told: list[Told]) -> Proof:
    """Compare what is there with what the processes were told."""
    database = Database(path)
    made = Counter(one for each in told for one in each.made)
    # A file that serves several documents moves those, too, by records that name the one that was asked for.
    rows = database.rows("SELECT obligation, seq, json_extract(terms, '$.by') IS NULL FROM audit")
    there = Counter((row[0], row[1]) for row in rows if row[2])
    counts = database.rows("""
        SELECT max(s.seq, coalesce(max(a.seq), 0)) - count(a.seq)
        FROM standing s LEFT JOIN audit a ON a.obligation = s.obligation GROUP BY s.obligation
    """)
    receipts = database.rows("SELECT max(number) - count(*) FROM receipt GROUP BY year")
    filed, issued = (database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("arrival", "receipt"))
    proof = Proof(
        lost=(made - there).total(),
        unasked=(there - made).total(),
        gaps=sum(abs(row[0]) for row in counts),
        receipt_gaps=sum(abs(row[0]) for row in receipts) + abs(filed - issued),
        faults=len(verify(database).faults),
    )
    database.close()
    return proof


def _work(path: Path, number: int, processes: int, seconds: float, most: int) -> Told:
    """What one process does: its share of the people, one after the other."""
    database = Database(path)
    desk = _Desk(database, Random(number), people()[number::processes])
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(desk.told.times) < most:
        desk.decide_once()
    database.close()
    return desk.told._replace(refused=desk.refused, stale=desk.stale)


def people() -> list[Actor]:
    """Reviewers of every unit, approvers, and some of the bureau."""
    names = (f"orang-{number:03}" for number in range(_PEOPLE))
    roles = (Role.REVIEWER, Role.REVIEWER, Role.REVIEWER, Role.APPROVER, Role.APPROVER, Role.BUREAU)
    return [
        Actor(name, role := roles[number % 6], _UNITS[number % 5] if role is Role.REVIEWER else "")
        for number, name in enumerate(names)
    ]


class _Desk:
    """Where the people of one process sit, with what each could still have on the screen."""

    def __init__(self, database: Database, random: Random, those: list[Actor]) -> None:
        self.told = Told([], 0, 0, [])
        self.refused = self.stale = 0
        self._register = Register(database, _now)
        self._arrivals = Arrivals(database)
        self._receipts = Receipts(database, self._register)
        self._random = random
        self._people = those
        self._ids = _decided_on(database)
        self._views = deque[Obligation](maxlen=_VIEWS)

    def decide_once(self) -> None:
        """One decision of somebody about something, and what came of it."""
        seen = self._seen()
        sends = self._random.random() < (_SENT_AS_DRAFT if seen.state is State.DRAFT else _SENT_ANEW)
        actor = Actor.office(seen.office.code) if sends else self._random.choice(self._people)
        action = self._action(seen, actor)
        begin = time.perf_counter()
        try:
            moved = self._submit(seen, actor) if action is Action.SUBMIT else self._perform(action, seen, actor)
        except Refused:
            self.refused += 1
        except Stale:
            self.stale += 1
        else:
            self.told.made.append((moved.id, moved.seq))
            self._views.append(moved)
        self.told.times.append(time.perf_counter() - begin)

    def _seen(self) -> Obligation:
        if self._views and self._random.random() < _ON_AN_OLD_VIEW:
            return self._random.choice(self._views)
        # Most of what people look at is what lies on top.
        seen = self._register.obligation(self._ids[int(len(self._ids) * self._random.random() ** _ON_TOP)])
        self._views.append(seen)
        return seen

    def _action(self, seen: Obligation, actor: Actor) -> Action:
        if actor.role is Role.OFFICE:
            may_answer = FindingState.OPEN in seen.findings and self._random.random() < 0.3
            return Action.ANSWER if may_answer else Action.SUBMIT
        may = [one for one in allowed(seen, actor) if one in _DECIDING]
        is_lawful = may and self._random.random() > _AGAINST_THE_RULES
        return self._random.choice(may if is_lawful else _DECIDING)

    def _submit(self, seen: Obligation, office: Actor) -> Obligation:
        """A new file comes: content, record, arrival and receipt in one transaction, as the watcher does it."""
        data = self._random.randbytes(16)
        digest, at = Digest(sha256(data).hexdigest()), _now().isoformat(timespec="microseconds")
        with self._register.writing():
            self._arrivals.keep_content(digest, at, len(data))
            moved = self._register.perform(Action.SUBMIT, seen, office, content=digest, name="berkas.pdf")
            decision = Decision(Outcome.FILED, is_draft=False, obligation=moved.id, seq=moved.seq)
            footprint = Footprint(0, 0, len(data), 0, 0)
            number = self._arrivals.add(at, data, "berkas.pdf", office.unit, footprint, digest, decision)
            self._receipts.issue(number, at)
        return moved

    def _perform(self, action: Action, seen: Obligation, actor: Actor) -> Obligation:
        among = _SPOKEN_OF.get(action, ())
        about = [number for number, state in enumerate(seen.findings, start=1) if state in among][:1]
        findings = ["Tabel capaian tidak ada"] if action is Action.RETURN else ()
        return self._register.perform(action, seen, actor, note="diperiksa", findings=findings, about=about)


def _decided_on(database: Database) -> list[ObligationId]:
    rows = database.rows("SELECT id FROM obligation ORDER BY id LIMIT ?", _OBLIGATIONS)
    return [ObligationId(row[0]) for row in rows]


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decisions", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    for figure in measure(parser.parse_args().seconds):
        print(f"  {figure}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
