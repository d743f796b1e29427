"""What is asked as at a moment is what a reading at that moment said."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflow.conftest import (
    ANI,
    BUDI,
    CALENDAR,
    DEWI,
    DINKES,
    DISDIK,
    FIRST_FILE,
    HADI,
    NEWER_FILE,
    RINI,
    SARI,
    WATI,
    Clock,
    by_hand,
    open_region,
    small_catalogue,
)
from workflow import (
    Action,
    Database,
    Digest,
    InThePast,
    Mandates,
    Obligation,
    Past,
    Refused,
    Register,
    Role,
    Rule,
    Sightings,
    Spelled,
    Spellings,
    Stale,
    kept_refusals,
    seal,
)

IDS = ("dinkes/lkjip/2025", "dinkes/pk/2026", "disdik/lkjip/2025", "disdik/pk/2026+perubahan")
PEOPLE = (DINKES, DISDIK, SARI, RINI, DEWI, HADI, BUDI, ANI, WATI)


class Lookback:
    """Opens the past of a workspace, and closes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: list[Past] = []

    def __call__(self, at: datetime) -> Register:
        past = Past(self._path, at)
        self._opened.append(past)
        return Register(past, lambda: at)

    @property
    def database(self) -> Past:
        return self._opened[-1]

    def close(self) -> None:
        for one in self._opened:
            one.close()


@pytest.fixture
def back(path: Path, database: Database) -> Iterator[Lookback]:
    made = Lookback(path)
    yield made
    made.close()


def reading(register: Register, database: Database) -> dict[str, Any]:
    """All that can be asked of a register."""
    found = register.obligations()
    return {
        "obligations": found,
        "trails": [register.trail(o.id) for o in found],
        "findings": [register.findings(o) for o in found],
        "head": register.head(),
        "refusals": kept_refusals(database),
        "mandates": Mandates(database, lambda: pytest.fail("no clock needed")).all(),
    }


def attempt(register: Register, action: Action, name: str, content: Digest, number: int) -> None:
    """Somebody tries something: mostly one who may, as in life."""
    o = register.obligation(name)
    people = (*PEOPLE[number:], *PEOPLE[:number])
    actor = next((one for one in people if register.why_not(action, o, one) is None), people[0])
    said: dict[str, Any] = {"note": "perlu" if number % 4 else "", "about": [1 + number % 2]}
    said |= {"content": content} if action in (Action.SAVE, Action.SUBMIT) else {}
    said |= {"findings": ["tanda tangan", "halaman 3"]} if action is Action.RETURN else {}
    said |= {"due": date(2026, 6, 1) + timedelta(days=number)} if action is Action.EXTEND else {}
    said |= {"holder": actor.name} if action in (Action.TAKE, Action.ASSIGN) else {}
    with suppress(Refused, Stale):
        register.perform(action, o, actor, **said)


moves = st.tuples(
    st.sampled_from([one for one in Action if one not in (Action.AMEND, Action.HAND_OVER)])
    | st.sampled_from([Action.SUBMIT, Action.REVIEW, Action.APPROVE, Action.RETURN]),
    st.sampled_from(IDS),
    st.sampled_from((FIRST_FILE, NEWER_FILE)),
    st.integers(0, len(PEOPLE) - 1),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(life=st.lists(moves, max_size=25), handing_over=st.integers(0, 25))
def test_as_at_any_moment_is_what_a_reading_at_that_moment_said(life: list[Any], handing_over: int) -> None:
    clock, told = Clock(), dict[datetime, dict[str, Any]]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pantau.db"
        database = Database.create(path)
        register = open_region(database, clock)
        for number, one in enumerate(life):
            if number == handing_over:
                mandate = Mandates(database, clock).delegate(
                    BUDI, "sari", clock.now, clock.now + timedelta(days=9), "cuti"
                )
            if number == handing_over + 3:
                Mandates(database, clock).revoke(mandate.number, WATI, "kembali")
            attempt(register, *one)
            told[clock.now] = reading(register, database)
        for at, said in told.items():
            past = Past(path, at)
            assert reading(Register(past, lambda at=at: at), past) == said  # type: ignore[misc]
            past.close()
        past = Past(path, clock.now)
        assert reading(Register(past, clock), past) == reading(register, database)
        past.close()
        database.close()


def test_what_was_opened_since_was_not_owed_then(clock: Clock, database: Database, back: Lookback) -> None:
    register = open_region(database, clock)
    then = clock.now
    calendar = f"{CALENDAR}\n{CALENDAR.replace('2026', '2027')}"
    register.open_year(small_catalogue(calendar=calendar), 2027)

    assert len(register.years()) == 2
    assert back(then).years() == [2026]
    assert len(back(then).obligations()) == len(register.obligations(year=2026))
    assert back(then - timedelta(days=1)).obligations() == []


def test_what_was_sealed_at_the_migration_had_always_been_there(
    path: Path, database: Database, closed: Path, back: Lookback
) -> None:
    """As a file of before there were seals stands after it: the moves first, the seals at the moment of the last."""
    assert (
        by_hand(
            closed,
            "DROP TRIGGER seal_keeps",
            "UPDATE seal SET at = (SELECT max(at) FROM audit), number = 1000 + number",
            "UPDATE seal SET number = number - 900",
        )
        == ""
    )
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)

    assert len(back(long_ago).obligations()) > 10
    assert all(o.is_missing for o in back(long_ago).obligations())


def test_what_waited_then_waits_in_the_past(
    register: Register, clock: Clock, database: Database, back: Lookback
) -> None:
    for number, name in enumerate(("a.pdf", "b.pdf"), start=1):
        moment = clock().isoformat(timespec="microseconds")
        known = "'quarantined', NULL, NULL, 'no office', 0, '[]', '[]'"
        values = (number, moment, name.encode(), name, FIRST_FILE)
        database.run(f"INSERT INTO arrival VALUES (?, ?, '', ?, ?, '', '', ?, {known})", *values)
        seal(database, "arrival", [number], moment)
    both = clock.now
    database.run("INSERT INTO turned_away VALUES (1, ?, 'sari', 'x')", clock().isoformat(timespec="microseconds"))
    waiting = "SELECT id FROM arrival WHERE id NOT IN (SELECT arrival FROM turned_away) ORDER BY id"

    counts = []
    for at in (both - timedelta(seconds=1), both, clock.now):
        back(at)
        counts.append([row[0] for row in back.database.rows(waiting)])
    assert counts == [[1], [1, 2], [2]]


def test_a_spelling_that_was_forgotten_since_was_known_then(
    register: Register, clock: Clock, database: Database, back: Lookback
) -> None:
    told = Spellings(database, clock).remember(Spelled.OFFICE, "sehat", "dinkes", WATI)
    then = clock.now
    Spellings(database, clock).forget(told.id, WATI)

    assert [one.words for one in Spellings(database, clock).all()] == []
    back(then)
    assert [one.words for one in Spellings(back.database, clock).all()] == ["sehat"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda r, d, o: r.perform(Action.REVIEW, o, SARI), id="a decision"),
        pytest.param(
            lambda r, d, o: Spellings(d, Clock()).remember(Spelled.OFFICE, "x y", "dinkes", WATI), id="a word"
        ),
        pytest.param(
            lambda r, d, o: Mandates(d, Clock()).grant(
                WATI, "x", Role.LEADER, "", Clock().now, Clock().now + timedelta(1), "n"
            ),
            id="a mandate",
        ),
    ],
)
def test_nothing_can_be_changed_in_the_past(
    submitted: Obligation, clock: Clock, back: Lookback, change: Callable[[Register, Database, Obligation], object]
) -> None:
    register = back(clock.now)

    with pytest.raises(InThePast) as refused:
        change(register, back.database, submitted)

    assert refused.value.at == clock.now
    refusal = register.why_not(Action.REVIEW, submitted, SARI)
    assert refusal is not None
    assert refusal.rule is Rule.LONG_PAST


def test_the_connection_itself_writes_nothing(
    path: Path, submitted: Obligation, clock: Clock, back: Lookback
) -> None:
    back(clock.now)

    with pytest.raises(Exception, match="readonly"):
        back.database.run("INSERT INTO main.content VALUES (?, 1)", sha256(b"x").hexdigest())


def test_who_looks_back_has_not_seen_what_is_there_now(
    submitted: Obligation, clock: Clock, database: Database, back: Lookback
) -> None:
    back(clock.now)

    Sightings(back.database, clock).saw(submitted, SARI)

    assert Sightings(database, clock).of(submitted) == []


def test_an_office_that_handed_over_since_had_it_then(
    clock: Clock, database: Database, submitted: Obligation, register: Register, back: Lookback
) -> None:
    then = clock.now
    renamed = small_catalogue()
    found = register.difference(renamed, 2026, date(2026, 2, 1))
    register.apply(renamed, found, WATI, "")
    register.perform(Action.EXTEND, submitted, ANI, due=date(2026, 9, 1), note="banjir")

    assert back(then).obligation(submitted.id) == submitted
    assert back(clock.now).obligation(submitted.id).due == date(2026, 9, 1)
