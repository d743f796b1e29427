"""For every table: what somebody with the file in hand has changed is named, or stands in the list of what cannot be.

The list is that of docs/trail.md. A new table is neither at first, and fails here until it is one of the two.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workflow.conftest import (
    ANI,
    BUDI,
    DINKES,
    DISDIK,
    FIRST_FILE,
    NEWER_FILE,
    SARI,
    WATI,
    Clock,
    open_region,
)
from tests.workflow.keys import key
from workflow import (
    Action,
    Database,
    Mandates,
    Personnel,
    Preferences,
    Refused,
    Role,
    Sightings,
    Spelled,
    Spellings,
    Verdict,
    seal,
    verify,
)
from workflow.replay import Replay, Standing
from workflow.rows import record
from workflow.seals import SEALED, SEALED_WHOLE, WHOLE, digest_of, digest_of_all, key_of, link

DOCS = (Path(__file__).parents[2] / "docs" / "trail.md").read_text(encoding="utf-8")
UNSEEN = frozenset(
    re.findall(r"^\| `(\w+)` \|", DOCS[DOCS.index("<!-- unseen -->") : DOCS.index("<!-- /unseen -->")], re.MULTILINE)
)
FORGE = Path(__file__).parent / "forge.py"
LKJIP, PK = "dinkes/lkjip/2025", "disdik/pk/2026"


def tables() -> list[str]:
    """Every table of a new database."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "pantau.db")
        query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        found = [row[0] for row in database.rows(f"{query} ORDER BY name")]
        database.close()
    return found


class Lived(NamedTuple):
    """A database in which each table has two rows at least, and the head that somebody noted at the end."""

    path: Path
    head: str


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    path, clock = tmp_path_factory.mktemp("lived") / "pantau.db", Clock()
    database = Database.create(path)
    register = open_region(database, clock)
    report, plan = register.obligation(LKJIP), register.obligation(PK)
    report = register.perform(Action.SUBMIT, report, DINKES, content=FIRST_FILE, name="LKjIP.pdf")
    report = register.perform(Action.RETURN, report, SARI, findings=["tanda tangan", "halaman 3"])
    report = register.perform(Action.SUBMIT, report, DINKES, content=NEWER_FILE, name="LKjIP baru.pdf")
    plan = register.perform(Action.SUBMIT, plan, DISDIK, content=FIRST_FILE, name="PK.pdf")
    for action, one in ((Action.APPROVE, report), (Action.REOPEN, plan)):
        with pytest.raises(Refused):
            register.perform(action, one, BUDI, note="segera")
    register.perform(Action.EXTEND, plan, ANI, due=plan.due and plan.due + timedelta(days=9), note="banjir")
    mandates, spellings, sightings = Mandates(database, clock), Spellings(database, clock), Sightings(database, clock)
    for person in ("rini", "dewi"):
        mandates.grant(WATI, person, Role.APPROVER, "", clock.now, clock.now + timedelta(days=9), "cuti")
        spellings.remember(Spelled.OFFICE, f"kantor {person}", "dinkes", WATI)
        sightings.saw(report, SARI._replace(name=person))
        Preferences(database).choose(SARI._replace(name=person), "theme", "light")
    mandates.revoke(1, WATI, "kembali")
    people = Personnel(database, clock, UTC, lambda: [WATI])
    for number, somebody in enumerate((SARI, BUDI), start=1):
        people.add(WATI, somebody, key(number, "kantor"), ends=clock.now.date() + timedelta(days=number))
    _fill(database, clock().isoformat(timespec="microseconds"))
    assert verify(database).faults == ()
    head = register.head()
    database.close()
    return Lived(path, head)


def _fill(database: Database, at: str) -> None:
    """What the inbox writes, written by hand: this room knows only the tables and the seals."""
    names = ("content", "scan", "arrival", "placement", "turned_away", "receipt")
    for number, digest in enumerate((FIRST_FILE, NEWER_FILE), start=1):
        more = f"{number}" * 64
        rows: dict[str, tuple[object, ...]] = {
            "content": (more, number),
            "scan": (digest, at, "clean", f"by {number}"),
            "arrival": (
                *(number, at, "", b"dinkes/%d" % number, f"{number}.pdf", "dinkes", f"i{number}", digest),
                *("quarantined", None, None, "no office", 0, "[]", "[]"),
            ),
            "placement": (number, at, "sari", LKJIP, number),
            "turned_away": (number + 10, at, "sari", f"salah {number}"),
            "receipt": (
                *(2026, number, at, number, LKJIP, number, "dinkes Dinas Kesehatan", f"SAKIP lkjip {number}"),
                *("2025", f"{number}.pdf", 14, None, digest, "dinkes", "h"),
            ),
            "retirement": (number, at, b"place %d" % number),
            "delivery": (2026, number, at),
            "handed_back": (LKJIP, number, at),
            "root": (f"r{number}", f"s{number}"),
            "held": (f"r{number}", b"path", "name", "", "empty", at),
            "text": (digest, f"why {number}", None, None, None, None, 0, None),
            "tick": (LKJIP, digest, "a-1", "sari", "meets", number, "", at),
        }
        database.run("PRAGMA foreign_keys = OFF")
        for table, values in rows.items():
            database.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", *values)
        keys = {"content": more, "scan": digest, "receipt": f"2026/{number}", "turned_away": number + 10}
        for table in names:
            seal(database, table, [keys.get(table, number)], at)


def forged(lived: Lived, folder: Path, table: str) -> Iterator[tuple[str, Path]]:
    """A copy for everything that can be done to a table, each made by another process, with no trigger left."""
    done = subprocess.run(
        [sys.executable, str(FORGE), str(lived.path), str(folder), table], check=False, capture_output=True, text=True
    )
    assert not done.stderr, done.stderr
    for line in done.stdout.splitlines():
        name, _, what = line.partition(" ")
        yield what, folder / name


def verified(path: Path, *heads: str) -> Verdict:
    database = Database(path)
    try:
        return verify(database, heads)
    finally:
        database.close()


@pytest.mark.parametrize("table", tables())
def test_whatever_is_done_to_a_table_is_named_or_the_table_is_listed_as_unseen(
    lived: Lived, tmp_path: Path, table: str
) -> None:
    found = {what: bool(verified(copy).faults) for what, copy in forged(lived, tmp_path, table)}

    assert len(found) >= 6
    if table in UNSEEN:
        assert not any(found.values())
    else:
        assert [what for what, is_named in found.items() if not is_named] == []


def test_the_list_of_what_is_unseen_names_tables_that_are_there() -> None:
    assert set(tables()) >= UNSEEN
    assert not UNSEEN & {*SEALED, *SEALED_WHOLE, "audit", "seal", "standing", "finding"}


@pytest.mark.parametrize("table", sorted({*SEALED, *SEALED_WHOLE, "audit", "seal"}))
def test_whoever_computes_the_whole_chain_anew_is_betrayed_by_a_head_kept_elsewhere(
    lived: Lived, tmp_path: Path, table: str
) -> None:
    genuine, betrayed = _contents(lived.path), 0
    for what, copy in forged(lived, tmp_path, table):
        if what.startswith("spoil"):
            continue  # no text: it cannot be hashed as one
        if not make_anew(copy) or _contents(copy) == genuine:
            continue  # what was changed was only a seal, and it is as it was
        faults = {fault.what for fault in verified(copy, lived.head).faults}
        assert "head" in faults, what
        betrayed += 1
    assert betrayed >= 3


def test_a_forgery_with_all_hashes_anew_is_whole_in_itself(lived: Lived, tmp_path: Path) -> None:
    """Why a head has to be noted elsewhere."""
    copies = dict(forged(lived, tmp_path, "mandate"))
    make_anew(copies["change person"])

    assert verified(copies["change person"]).faults == ()
    assert [fault.what for fault in verified(copies["change person"], lived.head).faults] == ["head"]


def test_what_comes_after_the_last_head_that_was_noted_can_be_cut_off_unseen(lived: Lived, tmp_path: Path) -> None:
    """As the list of what verify cannot see says; the next head shows it."""
    copy = tmp_path / "cut.db"
    shutil.copyfile(lived.path, copy)
    database = Database(copy)
    ((number, kept),) = database.rows(
        "SELECT number - 1, (SELECT hash FROM seal WHERE number = s.number - 1) "
        "FROM seal s WHERE relation = 'receipt' AND key = '2026/2'"
    )
    for statement in ("PRAGMA foreign_keys = OFF", "DROP TRIGGER seal_stays", "DROP TRIGGER receipt_stays"):
        database.run(statement)
    database.run("DELETE FROM seal WHERE number > ?", number)
    database.run("DELETE FROM receipt WHERE number = 2")
    database.close()

    assert verified(copy, kept).faults == ()
    assert [fault.what for fault in verified(copy, lived.head).faults] == ["head"]


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        pytest.param("UPDATE audit SET note = 'x' WHERE seq = 2", ("chain", LKJIP, 2), id="a record"),
        pytest.param("UPDATE refusal SET actor = 'x'", ("row", "refusal 1"), id="refusals"),
        pytest.param("UPDATE standing SET state = 'approved'", ("standing", PK), id="standings"),
    ],
)
def test_what_comes_first_in_the_chain_is_told_first(
    lived: Lived, tmp_path: Path, statement: str, first: tuple[object, ...]
) -> None:
    copy = tmp_path / "first.db"
    shutil.copyfile(lived.path, copy)
    database = Database(copy)
    for name in ("audit_keeps", "refusal_keeps"):
        database.run(f"DROP TRIGGER {name}")
    database.run(statement)
    told = verify(database).faults
    database.close()

    assert len(told) > 1
    places = [fault.seq for fault in told if fault.what == "row"]
    assert places == sorted(places)
    if first[0] != "standing":
        assert told[0][: len(first)] == first


def make_anew(path: Path) -> bool:
    """All that a forger with our own code can do: every seal and every hash anew, and what is computed from them.

    False where the chain cannot even be read any more.
    """
    database = Database(path)
    try:
        links = sorted(
            [("move", dict(row)) for row in database.rows("SELECT * FROM audit")]
            + [("seal", dict(row)) for row in database.rows("SELECT * FROM seal")],
            key=lambda one: int(one[1]["number"]),
        )
        rows = {
            (relation, key_of(relation, dict(row))): digest_of(dict(row))
            for relation in SEALED
            for row in database.rows(f"SELECT * FROM {relation}")
        }
        rows |= {
            (relation, WHOLE): digest_of_all(map(dict, database.rows(f"SELECT * FROM {relation}")))
            for relation in SEALED_WHOLE
        }
        kept = [one for one in links if one[0] == "move" or (one[1]["relation"], one[1]["key"]) in rows]
        known = {(one["relation"], one["key"]) for kind, one in kept if kind == "seal"}
        kept += [
            ("seal", {"at": links[-1][1]["at"] if links else "", "relation": relation, "key": key, "digest": ""})
            for relation, key in rows
            if (relation, key) not in known
        ]
        database.run("PRAGMA foreign_keys = OFF")
        with database.writing():
            _write(database, kept, rows)
    except (TypeError, ValueError):
        return False
    finally:
        database.close()
    return True


def _write(
    database: Database, kept: list[tuple[str, dict[str, object]]], rows: Mapping[tuple[str, str], str]
) -> None:
    previous = ""
    database.run("DELETE FROM seal")
    moves = {int(str(one["number"])) for kind, one in kept if kind == "move"}
    for number in moves:
        database.run("UPDATE audit SET number = -number WHERE number = ?", number)
    for number, (kind, one) in enumerate(kept, start=1):
        if kind == "move":
            (row,) = database.rows("SELECT * FROM audit WHERE number = ?", -int(str(one["number"])))
            previous = record(row).hash_after(previous)
            statement = "UPDATE audit SET number = ?, hash = ? WHERE number = ?"
            database.run(statement, number, previous, -int(str(one["number"])))
            continue
        at, relation, key = str(one["at"]), str(one["relation"]), str(one["key"])
        digest = rows[relation, key]
        previous = link(previous, at, relation, key, digest)
        database.run("INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?)", number, at, relation, key, digest, previous)
    replay = Replay(database)
    for row in database.rows("SELECT * FROM audit ORDER BY number"):
        replay.take(record(row))
    database.run("DELETE FROM standing")
    database.run("DELETE FROM finding")
    columns, marks = ", ".join(Standing._fields), ", ".join("?" * (1 + len(Standing._fields)))
    for name, stands in replay.stands.items():
        database.run(f"INSERT INTO standing (obligation, {columns}) VALUES ({marks})", name, *stands)
    columns = "obligation, number, seq, state, changed, text, code, page"
    written = f"INSERT INTO finding ({columns}) VALUES ({', '.join('?' * 8)})"
    for name, followed in replay.followed.items():
        for found in followed.findings:
            database.run(written, name, found.number, found.seq, found.state, found.changed, *found.defect)


def _contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that is evidence."""
    database = Database(path)
    try:
        return {
            table: sorted((tuple(row) for row in database.rows(f"SELECT * FROM {table}")), key=repr)
            for table in (*SEALED, *SEALED_WHOLE, "audit")
        }
    finally:
        database.close()
