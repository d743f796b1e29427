"""A database of before findings were followed is brought up to date as if they had been from the start."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sqlite_utils import Database as Utilities

from tests.workflow.conftest import (
    ANI,
    BUDI,
    DINKES,
    FIRST_FILE,
    NEWER_FILE,
    RINI,
    SARI,
    Clock,
    at_once,
    by_hand,
    open_region,
)
from workflow import (
    ON_THE_SIDE,
    Action,
    Actor,
    AuditRecord,
    Database,
    Defect,
    Digest,
    FindingState,
    ObligationId,
    Register,
    State,
    verify,
)
from workflow.database import APPLICATION_ID, SCHEMA_VERSION, connect
from workflow.schema import MIGRATIONS

D, S, R, A = State.DRAFT, State.SUBMITTED, State.REVIEWED, State.APPROVED
OPEN, ANSWERED, ACCEPTED, FALLEN = FindingState
LKJIP, PK, DPA, LATE = "dinkes/lkjip/2025", "disdik/pk/2026", "disdik/dpa/2026", "dukcapil/lkjip/2025"
DISDIK, DUKCAPIL = Actor.office("disdik"), Actor.office("dukcapil")
# Whose, what, by whom, from, to, on which file, what was found, what it takes back.
STORY: list[tuple[str, Action, Actor, State, State, Digest, list[str], list[int]]] = [
    (LKJIP, Action.SUBMIT, DINKES, D, S, FIRST_FILE, [], []),
    (LKJIP, Action.RETURN, SARI, S, D, FIRST_FILE, ["Tabel 3.1 kosong", "Bab IV hilang"], []),
    (LKJIP, Action.UNDO, SARI, D, S, FIRST_FILE, [], [2]),
    (PK, Action.SUBMIT, ANI, D, S, FIRST_FILE, [], []),
    (LKJIP, Action.RETURN, SARI, S, D, FIRST_FILE, ["Tabel 3.1 kosong"], []),
    (PK, Action.RETURN, RINI, S, D, FIRST_FILE, ["Belum ditandatangani", "Salah tahun"], []),
    # The very same bytes, and passed on all the same: nobody followed what was found.
    (LKJIP, Action.SUBMIT, DINKES, D, S, FIRST_FILE, [], []),
    (LKJIP, Action.REVIEW, SARI, S, R, FIRST_FILE, [], []),
    (LKJIP, Action.RETURN, BUDI, R, D, FIRST_FILE, ["Lampiran kurang"], []),
    (LKJIP, Action.SUBMIT, DINKES, D, S, NEWER_FILE, [], []),
    (PK, Action.SUBMIT, DISDIK, D, S, FIRST_FILE, [], []),
    (LKJIP, Action.REVIEW, RINI, S, R, NEWER_FILE, [], []),
    (LKJIP, Action.UNDO, RINI, R, S, NEWER_FILE, [], [9]),
    (DPA, Action.SUBMIT, DISDIK, D, S, FIRST_FILE, [], []),
    (DPA, Action.APPROVE, BUDI, S, A, FIRST_FILE, [], []),
    (LATE, Action.SUBMIT, DUKCAPIL, D, S, NEWER_FILE, [], []),
    (LATE, Action.REVIEW, SARI, S, R, NEWER_FILE, [], []),
    (LATE, Action.UNDO, SARI, R, S, NEWER_FILE, [], [2]),
    (LATE, Action.REVIEW, RINI, S, R, NEWER_FILE, [], []),
    (LATE, Action.RETURN, BUDI, R, D, NEWER_FILE, ["Capaian > 100 %"], []),
]
KILLED = """
import os, signal, sys
from pathlib import Path
from workflow import Database, schema_decisions
setattr(schema_decisions, sys.argv[2], lambda database: os.kill(os.getpid(), signal.SIGKILL))
Database(Path(sys.argv[1]))
"""
OPENED = """
import sys
from pathlib import Path
from workflow import Database, verify
print("ready", flush=True)
sys.stdin.readline()
database = Database(Path(sys.argv[1]))
verdict = verify(database)
print(database.row("PRAGMA user_version")[0], verdict.records, verdict.faults)
"""
TABLES = ("office", "requirement", "edition", "obligation", "spelling", "content")
ARRIVED = f"""
INSERT INTO arrival VALUES (1, '2026-01-05T08:00:00.000000+00:00', 'inbox', X'61', 'scan.pdf', 'disdik', 'x',
    '{FIRST_FILE}', 'quarantined', NULL, NULL, 'nobody knows', 0, '[]', '[]')
"""
PLACED = f"INSERT INTO placement VALUES (1, '2026-01-05T08:00:04.000000+00:00', 'ani', '{PK}', 1)"


def told() -> list[AuditRecord]:
    """The records that the release of then made of the story."""
    seqs = {name: count(1) for name, *_ in STORY}
    return [
        AuditRecord(
            obligation=ObligationId(name),
            seq=next(seqs[name]),
            at=f"2026-01-05T08:00:{second:02}.000000+00:00",
            actor=actor.name,
            role=actor.role,
            unit=actor.unit,
            on_behalf="disdik" if actor is ANI else "",
            action=action,
            source=source,
            target=target,
            content=content,
            name="",
            note="",
            findings=tuple(map(Defect, found)),
            due=None,
            cancels=tuple(cancels),
        )
        for second, (name, action, actor, source, target, content, found, cancels) in enumerate(STORY, start=1)
    ]


def row_of(number: int, one: AuditRecord, digest: str) -> tuple[object, ...]:
    """A record as it was stored then."""
    findings = json.dumps([defect.text for defect in one.findings], ensure_ascii=False)
    return (number, *one[:13], findings, None, json.dumps(one.cancels), digest, None, one.terms.packed())


@pytest.fixture
def of_old(path: Path) -> Path:
    """The small region in the tables of version 3, with the story in it."""
    opened = path.with_name("now.db")
    open_region(Database.create(opened), Clock())
    connection = connect(path)
    MIGRATIONS.apply(Utilities(connection), stop_before="fourth")
    connection.execute("ATTACH ? AS opened", [str(opened)])
    for table in TABLES:
        connection.execute(f"INSERT INTO {table} SELECT * FROM opened.{table}")
    previous = ""
    for number, one in enumerate(told(), start=1):
        previous = one.hash_after(previous)
        row = row_of(number, one, previous)
        connection.execute(f"INSERT INTO audit VALUES ({', '.join('?' * len(row))})", row)
    for statement in (ARRIVED, PLACED, f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 3"):
        connection.execute(statement)
    connection.close()
    return path


def test_what_was_recorded_before_is_proved_afterwards(of_old: Path) -> None:
    database = Database(of_old)
    verdict, trail = verify(database), database.rows("SELECT hash FROM audit ORDER BY number")

    assert (verdict.records, verdict.faults) == (len(STORY), ())
    assert verify(database, [trail[-1][0]]).faults == ()  # a head that was printed then
    assert verdict.head == database.rows("SELECT hash FROM seal ORDER BY number DESC LIMIT 1")[0][0]
    database.close()


@pytest.mark.parametrize("step", ["note_findings", "seal_what_is_there"])
def test_it_is_brought_up_to_date_by_several_at_once_after_one_was_killed_in_the_middle(
    of_old: Path, step: str
) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(of_old), step], check=False, timeout=60)

    assert killed.returncode == -signal.SIGKILL
    assert at_once(OPENED, *[(str(of_old),)] * 3) == [f"{SCHEMA_VERSION} {len(STORY)} ()"] * 3


@pytest.mark.parametrize(
    ("name", "findings", "holder"),
    [
        pytest.param(LKJIP, [FALLEN, FALLEN, ACCEPTED, ANSWERED], "rini", id="returned three times"),
        pytest.param(PK, [OPEN, OPEN], "rini", id="sent again as it was"),
        pytest.param(DPA, [], None, id="approved at once"),
        pytest.param(LATE, [OPEN], "rini", id="back to whose review it was, not to whose was taken back"),
    ],
)
def test_findings_are_followed_and_given_to_somebody_from_the_start(
    of_old: Path, name: str, findings: list[FindingState], holder: str | None
) -> None:
    database = Database(of_old)
    register = Register(database, Clock())

    now = register.obligation(name)

    assert [one.state for one in register.findings(now)] == [*now.findings] == findings
    assert now.holder == holder
    database.close()


def test_what_was_taken_back_of_old_is_open_to_be_judged_again(of_old: Path) -> None:
    """The review that was taken back had accepted a finding: it is answered, as it was before."""
    database, clock = Database(of_old), Clock()
    register = Register(database, clock)
    last = register.findings(register.obligation(LKJIP))[-1]
    assert (last.seq, last.state, last.changed, last.defect) == (7, ANSWERED, 10, Defect("Lampiran kurang"))

    reviewed = register.perform(Action.REVIEW, register.obligation(LKJIP), SARI)
    approved = register.perform(Action.APPROVE, reviewed, BUDI)

    assert (approved.state, set(approved.findings)) == (A, {FALLEN, ACCEPTED})
    assert verify(database).faults == ()
    database.close()


def test_what_happens_afterwards_is_held_to_the_rules_of_today(of_old: Path) -> None:
    """Only what was recorded before the first seal could pass over what was found."""
    database = Database(of_old)
    forged = told()[7]._replace(obligation=ObligationId(PK), seq=4, content=FIRST_FILE, cancels=())
    number, previous = database.rows("SELECT number + 1, hash FROM seal ORDER BY number DESC LIMIT 1")[0]
    row = (*row_of(number, forged, forged.hash_after(previous)), "[]", "[]", None, "")
    database.run(f"INSERT INTO audit VALUES ({', '.join('?' * len(row))})", *row)

    assert [(fault.what, fault.obligation) for fault in verify(database).faults] == [("move", PK)]
    database.close()


def test_the_tables_are_those_of_a_new_file(of_old: Path) -> None:
    schema = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '!_sqlite%' ESCAPE '!' ORDER BY name"
    old, new = Database(of_old), Database.create(of_old.with_name("new.db"))

    assert list(map(tuple, old.rows(schema))) == list(map(tuple, new.rows(schema)))
    for one in (old, new):
        one.close()


@pytest.mark.parametrize("table", ["content", "obligation", "placement", "arrival", "edition", "office"])
def test_every_row_that_was_there_is_sealed(of_old: Path, table: str) -> None:
    Database(of_old).close()
    statements = (
        *(f"DROP TRIGGER {name}" for name in ("obligation_stays", "edition_stays")),
        f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})",
    )
    assert by_hand(of_old, *statements) == ""

    database = Database(of_old)
    assert "row" in [fault.what for fault in verify(database).faults]
    database.close()


def test_the_trigger_leaves_the_same_actions_aside_as_the_replay(database: Database) -> None:
    """Written out in the schema, as a migration must do tomorrow what it did today."""
    trigger = database.rows("SELECT sql FROM sqlite_schema WHERE name = 'audit_moves_standing'")[0][0]
    for column in ("action", "actor", "at"):
        named = trigger.partition(f"        {column} = CASE WHEN NEW.action IN (")[2].partition(")")[0]
        assert {word.strip().strip("'") for word in named.split(",")} == set(ON_THE_SIDE)
