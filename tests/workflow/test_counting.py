"""What is counted by an index is what counting every obligation makes, after whatever was done, on every day."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.workflow.conftest import (
    BUDI,
    CALENDAR,
    FIRST_FILE,
    NEWER_FILE,
    REQUIREMENTS,
    SARI,
    Clock,
    open_region,
    small_catalogue,
)
from workflow import (
    Action,
    Actor,
    Ask,
    Catalogue,
    Database,
    Family,
    Need,
    Obligation,
    Past,
    Refused,
    Register,
    Requirement,
    Role,
    State,
    Tally,
    Terms,
    documents,
    due_until,
    overdue,
    tally,
    verify,
)
from workflow.editions import Edition
from workflow.opening import keep
from workflow.terms import NO_TERMS

# With days of grace, for several years, optional, and with windows outside of which only an admission lets it in.
_MORE = """
[[requirement]]
code = "rpjmd"
short = "RJ"
name = "Rencana Strategis"
family = "RB"
period = "five-years"
due = { anchor = "rpjmd", months = 6, grace = 5 }
reviewer = "bappeda"

[[requirement]]
code = "inovasi"
short = "IN"
name = "Laporan Inovasi"
family = "ZI"
period = "year"
need = "optional"
due = { anchor = "fixed", date = "03-31", grace = 30 }
reviewer = "biro-organisasi"
"""
YEARS = (2025, 2026, 2027, 2029)
DAYS = tuple(date(2026, 1, 1) + timedelta(days=step) for step in (0, 31, 52, 58, 62, 89, 95, 120, 200, 364))
WATI = Actor("wati", Role.ADMINISTRATOR)
OFTEN = (Action.SUBMIT, Action.SUBMIT, Action.AMEND, Action.AMEND, Action.AMEND, Action.WAIVE, Action.EXTEND)


def catalogue(calendar: str = CALENDAR) -> Catalogue:
    return small_catalogue(requirements=REQUIREMENTS + _MORE, calendar=calendar)


def counted(those: list[Obligation], today: date) -> tuple[object, ...]:
    """The same as a tally, one by one."""
    owed = [one for one in those if one.is_owed]
    reviewing = [one for one in owed if one.turn is Role.REVIEWER]
    families = Counter(one.requirement.family for one in owed)
    done = Counter(one.requirement.family for one in owed if one.state is State.APPROVED)
    return (
        len(owed),
        done.total(),
        sum(one.is_overdue(today) for one in those),
        sum(one.turn is Role.OFFICE for one in owed),
        sum(one.turn is Role.APPROVER for one in owed),
        Counter(one.unit for one in reviewing),
        {name: (done[name], count) for name, count in families.items()},
    )


def facts(one: Tally) -> tuple[object, ...]:
    return one.owed, one.approved, one.late, one.offices, one.approvers, one.units, one.families


def check(database: Database, register: Register, today: date) -> None:
    """Every answer equals what reading every obligation says."""
    day = today.isoformat()
    for year in YEARS:
        those = register.obligations(year=year)
        assert facts(tally(database, year, day)) == counted(those, today)
        assert {row["id"] for row in overdue(database, year, day)} == {o.id for o in those if o.is_overdue(today)}
        for office in register.offices():
            theirs = [one for one in those if one.office == office]
            assert facts(tally(database, year, day, office.code)) == counted(theirs, today)
            rows = documents(database, year, office.code)
            assert [row["id"] for row in rows] == [one.id for one in theirs]
            assert [bool(row["late_after"] and row["late_after"] < day) for row in rows] == [
                one.is_overdue(today) for one in theirs
            ]
            late = [row["id"] for row in overdue(database, year, day, office.code)]
            assert sorted(late) == sorted(one.id for one in theirs if one.is_overdue(today))
    soon = due_until(database, day, (today + timedelta(days=14)).isoformat())
    assert {row["id"] for row in soon} == {one.id for one in register.obligations() if one.is_due_soon(today)}
    assert [row["due"] for row in soon] == sorted(row["due"] for row in soon)


class Moves(RuleBasedStateMachine):
    """Anybody does whatever the rules let them, to any document, and the catalogue is edited meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.database = Database.create(Path(self.folder.name) / "pantau.db")
        self.register = open_region(self.database, self.clock, catalogue())
        self.names = [one.id for one in self.register.obligations()]
        self.today = DAYS[0]
        self.worded = {
            one.requirement.key: list(self.otherwise(one.requirement)) for one in self.register.obligations()
        }

    def otherwise(self, requirement: Requirement) -> Iterator[str]:
        """The same requirement as another edition of the catalogue words it."""
        for due, ask, need, family in (
            (requirement.due._replace(grace=9), requirement.ask, requirement.need, requirement.family),
            (requirement.due, Ask.DECLARED, requirement.need, requirement.family),
            (requirement.due, requirement.ask, Need.OPTIONAL, Family.ZI),
            (requirement.due, Ask.ALL, Need.REQUIRED, Family.RB),
        ):
            edition = Edition.of(requirement._replace(due=due, ask=ask, need=need, family=family))
            keep(self.database, edition, requirement.key)
            yield edition.digest

    def teardown(self) -> None:
        assert not [one for one in verify(self.database).faults if one.what == "tally"]
        self.database.close()
        self.folder.cleanup()

    @rule(data=st.data(), action=st.sampled_from([*Action, *OFTEN]), many=st.integers(1, 6))
    def somebody_does_something(self, data: st.DataObject, action: Action, many: int) -> None:
        for name in data.draw(st.lists(st.sampled_from(self.names), min_size=many, max_size=many)):
            now = self.register.obligation(name)
            actor = data.draw(st.sampled_from([Actor.office(now.office.code), SARI, BUDI, WATI, WATI]))
            content = (
                data.draw(st.sampled_from([FIRST_FILE, NEWER_FILE])) if action.value in ("save", "submit") else None
            )
            due = data.draw(st.sampled_from(DAYS)) if action in (Action.EXTEND, Action.AMEND) else None
            terms = self._terms(data, action, now)
            try:
                self.register.perform(
                    action, now, actor, note="ya", findings=("kosong",), content=content, due=due, terms=terms
                )
            except Refused:
                continue

    def _terms(self, data: st.DataObject, action: Action, now: Obligation) -> Terms:
        match action:
            case Action.AMEND:
                edition = data.draw(st.sampled_from([None, *self.worded[now.requirement.key]]))
                return Terms(unit="bappeda", needs_review=data.draw(st.booleans()), edition=edition)
            case Action.HAND_OVER:
                return Terms(office=data.draw(st.sampled_from(["dinkes", "disdik", "dukcapil"])))
            case _:
                return NO_TERMS

    @rule(day=st.sampled_from(DAYS))
    def the_day_changes(self, day: date) -> None:
        self.today = day

    @rule()
    def another_year_is_opened(self) -> None:
        self.register.open_year(catalogue(CALENDAR.replace("2026]", "2027]", 1)), 2027)

    @invariant()
    def what_is_counted_is_what_there_is(self) -> None:
        check(self.database, self.register, self.today)


def test_whatever_is_done_the_counts_are_those_of_the_obligations() -> None:
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


@pytest.fixture
def worked(database: Database, clock: Clock) -> Register:
    """The small region with some of it in every state, and a moment between."""
    register = open_region(database, clock, catalogue())
    for place, name in enumerate(row[0] for row in database.rows("SELECT id FROM obligation ORDER BY id")):
        now = register.obligation(name)
        for action, actor in (
            (Action.SUBMIT, Actor.office(now.office.code)),
            (Action.REVIEW, SARI),
            (Action.APPROVE, BUDI),
        )[: place % 4]:
            try:
                content = FIRST_FILE if action is Action.SUBMIT else None
                now = register.perform(action, now, actor, content=content)
            except Refused:
                break
    return register


def test_a_file_of_before_is_counted_when_it_is_brought_up_to_date(
    database: Database, worked: Register, path: Path
) -> None:
    kept = [tuple(row) for row in database.rows("SELECT * FROM tally")]
    for kind, name in (("VIEW", "counted"), ("TABLE", "tally"), ("INDEX", "standing_by_due")):
        database.run(f"DROP {kind} {name}")
    for (name,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'standing_%'"):
        database.run(f"DROP TRIGGER {name}")
    database.run("DELETE FROM _sqlite_migrations WHERE name = 'seventh'")
    database.run("PRAGMA user_version = 6")
    database.close()

    renewed = Database(path)

    assert len(kept) > 5
    assert [tuple(row) for row in renewed.rows("SELECT * FROM tally")] == kept
    check(renewed, Register(renewed, Clock()), date(2026, 4, 1))
    renewed.close()


def test_at_a_moment_of_the_past_the_counts_are_those_of_then(
    database: Database, worked: Register, path: Path, clock: Clock
) -> None:
    then, before = clock(), [facts(tally(database, year, "2026-06-01")) for year in YEARS]
    for one in worked.obligations():
        if one.state is State.SUBMITTED:
            worked.perform(Action.RETURN, one, WATI, findings=["kosong"])
    assert [facts(tally(database, year, "2026-06-01")) for year in YEARS] != before

    past = Past(path, then)

    assert [facts(tally(past, year, "2026-06-01")) for year in YEARS] == before
    past.close()


@pytest.mark.parametrize(
    "forgery",
    [
        pytest.param("UPDATE tally SET count = count + 1 WHERE turn = 'office'", id="another number"),
        pytest.param("DELETE FROM tally", id="nothing"),
        pytest.param("INSERT INTO tally VALUES (2026, 2026, 2026, 'XX', '', '', '', 7)", id="more"),
    ],
)
def test_a_count_that_is_forged_is_named(database: Database, worked: Register, forgery: str) -> None:
    assert verify(database).faults == ()
    database.run(forgery)

    assert {one.what for one in verify(database).faults} == {"tally"}


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from workflow import Action, Actor, Database, Register, Role
database = Database(sys.argv[1])
register = Register(database, lambda: datetime(2026, 2, 1, tzinfo=UTC))
with register.writing():
    for one in register.obligations()[:3]:
        content = database.rows("SELECT digest FROM content LIMIT 1")[0][0]
        register.perform(Action.SUBMIT, one, Actor.office(one.office.code), content=content)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_whoever_is_killed_while_moving_leaves_counts_that_fit(database: Database, clock: Clock, path: Path) -> None:
    register = open_region(database, clock)
    before = facts(tally(database, 2026, "2026-06-01"))

    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=Path(__file__).parents[2], check=False)

    assert done.returncode == -signal.SIGKILL
    assert facts(tally(database, 2026, "2026-06-01")) == before
    check(database, register, date(2026, 4, 1))


def test_no_question_reads_a_table_that_grows_from_end_to_end(
    database: Database, worked: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, rows = list[str](), database.rows

    def explained(query: str, *values: object) -> object:
        plans.extend(row[3] for row in rows(f"EXPLAIN QUERY PLAN {query}", *values))
        return rows(query, *values)

    monkeypatch.setattr(database, "rows", explained)
    for office in (None, "dinkes"):
        tally(database, 2026, "2026-06-01", office)
        overdue(database, 2026, "2026-06-01", office)
        due_until(database, "2026-06-01", "2026-06-15", office)
    documents(database, 2026, "dinkes")

    assert len(plans) > 20
    assert {plan for plan in plans if plan.startswith("SCAN")} <= {"SCAN tally", "SCAN edition"}


def test_the_table_stays_small_however_many_obligations_there_are(database: Database, clock: Clock) -> None:
    """Alike are those of all offices: what is read for a region depends on its dates and units, not on its size."""
    sizes = []
    for count in (3, 300):
        offices = "".join(f'[[office]]\ncode = "opd-{n}"\nname = "OPD {n}"\n' for n in range(count))
        register = Register(database, clock)
        register.open_year(small_catalogue(offices=f'region = "Contoh"\n{offices}'), 2026)
        sizes.append(database.rows("SELECT count(*) FROM tally")[0][0])

    assert sizes[0] == sizes[1]
