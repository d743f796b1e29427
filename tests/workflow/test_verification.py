from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.conftest import NEWER_FILE, SARI, by_hand, nth
from workflow import Action, Database, Fault, Obligation, Register, Verdict, verify
from workflow.rows import record

LKJIP, PK = "dinkes/lkjip/2025", "disdik/pk/2026"
WITHOUT_TRIGGERS = (
    "DROP TRIGGER audit_keeps",
    "DROP TRIGGER audit_stays",
    "DROP TRIGGER audit_appends",
    "DROP TRIGGER audit_moves_standing",
)


def verified(path: Path) -> Verdict:
    database = Database(path)
    verdict = verify(database)
    database.close()
    return verdict


def chain_anew(path: Path) -> None:
    """What a patient forger does last: every hash once more, from the first record on."""
    database = Database(path)
    previous = database.rows("SELECT hash FROM seal ORDER BY number DESC LIMIT 1")[0][0]
    for row in database.rows("SELECT * FROM audit ORDER BY number"):
        previous = record(row).hash_after(previous)
        database.run("UPDATE audit SET hash = ? WHERE number = ?", previous, row["number"])
    database.close()


def test_a_trail_that_nobody_touched_has_no_faults(register: Register, database: Database, closed: Path) -> None:
    again = Database(closed)

    assert verify(again) == Verdict(4, Register(again, lambda: pytest.fail("no clock needed")).head(), ())
    again.close()


def test_a_trail_from_before_files_were_dated_keeps_its_chain_when_it_is_brought_up_to_date(closed: Path) -> None:
    before = verified(closed)
    statements = (
        "ALTER TABLE audit DROP COLUMN dated",
        "DELETE FROM _sqlite_migrations WHERE name = 'dated'",
        "PRAGMA user_version = 1",
    )
    assert by_hand(closed, *statements) == ""

    assert verified(closed) == before


def test_where_nothing_has_happened_nothing_is_wrong(database: Database, register: Register) -> None:
    assert verify(database) == Verdict(0, register.head(), ())


def test_a_decision_that_was_taken_back_is_no_fault(
    database: Database, register: Register, reviewed: Obligation
) -> None:
    register.perform(Action.UNDO, reviewed, SARI)

    assert verify(database).faults == ()


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        pytest.param([f"UPDATE audit SET note = 'kurang' WHERE number = {nth(3)}"], [("chain", LKJIP, 2)], id="note"),
        pytest.param(
            [f"UPDATE audit SET dated = '2019-03-04' WHERE number = {nth(3)}"],
            [("chain", LKJIP, 2)],
            id="made older",
        ),
        pytest.param(
            [f"UPDATE audit SET dated = 'kemarin' WHERE number = {nth(4)}"],
            [("chain", PK, 2), ("standing", PK, 2)],
            id="no date",
        ),
        pytest.param(
            [f"UPDATE audit SET actor = 'rini' WHERE number = {nth(3)}"],
            [("chain", LKJIP, 2), ("standing", LKJIP, 2)],
            id="actor",
        ),
        pytest.param(
            [f"UPDATE audit SET at = '2026-01-01T00:00:00.000000+00:00' WHERE number = {nth(2)}"],
            [("chain", PK, 1)],
            id="time",
        ),
        pytest.param(
            [f"UPDATE audit SET content = '{NEWER_FILE}' WHERE number = {nth(1)}"],
            [("chain", LKJIP, 1), ("move", LKJIP, 2), ("standing", LKJIP, 2)],
            id="content",
        ),
        pytest.param(
            [f"UPDATE audit SET hash = 'x' WHERE number = {nth(2)}"],
            [("chain", PK, 1), ("chain", LKJIP, 2)],
            id="hash",
        ),
        pytest.param(
            [f"DELETE FROM audit WHERE number = {nth(2)}"],
            [
                *(("sequence", LKJIP, 2), ("chain", LKJIP, 2)),
                *(("sequence", PK, 2), ("move", PK, 2), ("standing", PK, 2)),
            ],
            id="a record deleted",
        ),
        pytest.param(
            [f"DELETE FROM audit WHERE number = {nth(4)}"], [("standing", PK, 2)], id="the last one deleted"
        ),
        pytest.param(["DELETE FROM audit"], [("standing", LKJIP, 2), ("standing", PK, 2)], id="all deleted"),
        pytest.param(
            [
                f"UPDATE audit SET number = 9999 WHERE number = {nth(1)}",
                f"UPDATE audit SET number = {nth(1)} WHERE number = {nth(2)}",
                f"UPDATE audit SET number = {nth(2)} WHERE number = 9999",
            ],
            [("chain", PK, 1), ("chain", LKJIP, 1), ("chain", LKJIP, 2)],
            id="two records swapped",
        ),
        pytest.param(
            [
                f"UPDATE audit SET seq = 9 WHERE number = {nth(1)}",
                f"UPDATE audit SET seq = 1 WHERE number = {nth(3)}",
                f"UPDATE audit SET seq = 2 WHERE number = {nth(1)}",
            ],
            [
                *(("chain", LKJIP, 2), ("sequence", LKJIP, 2), ("chain", LKJIP, 1), ("sequence", LKJIP, 1)),
                ("standing", LKJIP, 2),
            ],
            id="two moves of one obligation swapped",
        ),
        pytest.param(
            [
                f"CREATE TEMP TABLE forged AS SELECT * FROM audit WHERE number = {nth(3)}",
                f"UPDATE forged SET number = {nth(5)}, seq = 3, action = 'approve', target = 'approved'",
                "UPDATE forged SET source = 'reviewed'",
                "INSERT INTO audit SELECT * FROM forged",
            ],
            [("chain", LKJIP, 3), ("move", LKJIP, 3), ("standing", LKJIP, 2)],
            id="an approval slipped in",
        ),
        pytest.param(
            [f"UPDATE standing SET state = 'approved' WHERE obligation = '{LKJIP}'"],
            [("standing", LKJIP, 2)],
            id="state",
        ),
        pytest.param(
            [f"UPDATE standing SET content = NULL WHERE obligation = '{LKJIP}'"],
            [("standing", LKJIP, 2)],
            id="standing content",
        ),
        *(
            pytest.param(
                [f"UPDATE standing SET {column} = '9' WHERE obligation = '{LKJIP}'"],
                [("standing", LKJIP, 2)],
                id=f"standing {column}",
            )
            for column in "round submitter hands reviewer review_seq due action actor at".split()
        ),
        pytest.param(
            ["DELETE FROM standing WHERE obligation = 'dukcapil/dpa/2026'"],
            [("standing", "dukcapil/dpa/2026", 0)],
            id="standing of what never moved deleted",
        ),
        pytest.param(
            [f"UPDATE audit SET action = 'bless' WHERE number = {nth(3)}"],
            [("chain", LKJIP, 2), ("standing", LKJIP, 2)],
            id="an action of no version",
        ),
        pytest.param(
            ["UPDATE standing SET state = 'approved' WHERE obligation = 'dukcapil/dpa/2026'"],
            [("standing", "dukcapil/dpa/2026", 0)],
            id="approved without a record",
        ),
        pytest.param(
            [f"DELETE FROM standing WHERE obligation = '{PK}'"], [("standing", PK, 2)], id="standing deleted"
        ),
    ],
)
def test_what_someone_with_the_file_in_hand_has_changed_is_found(
    closed: Path, statements: list[str], faults: list[tuple[str, str, int]]
) -> None:
    assert by_hand(closed, *WITHOUT_TRIGGERS, *statements) == ""

    assert set(verified(closed).faults) == {Fault(*fault) for fault in faults}


def test_a_requirement_worded_otherwise_is_found_by_its_own_hash_and_by_its_seal(
    closed: Path, database: Database
) -> None:
    again = Database(closed)
    digest = again.rows("SELECT digest FROM edition WHERE requirement = 'pk'")[0][0]
    number = again.rows("SELECT number FROM seal WHERE key = ?", digest)[0][0]
    again.close()
    change = "UPDATE edition SET words = replace(words, 'Perjanjian', 'Kontrak') WHERE requirement = 'pk'"
    assert by_hand(closed, "DROP TRIGGER edition_keeps", change) == ""

    assert set(verified(closed).faults) == {Fault("edition", "pk", 0), Fault("row", f"edition {digest}", number)}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("target = 'approved'", id="a review that approves"),
        pytest.param("action = 'undo', target = 'approved'", id="an undo to where it never stood"),
        pytest.param("action = 'undo', cancels = '[1]', target = 'draft'", id="an undo of what is no decision"),
        pytest.param("action = 'reopen', target = 'draft'", id="reopening what is not approved"),
        pytest.param("role = 'office', target = 'reviewed'", id="a review by an office"),
        pytest.param("role = 'bureau', on_behalf = 'dinkes', target = 'reviewed'", id="a review for an office"),
        pytest.param("about = '[1]', action = 'accept', target = 'submitted'", id="accepting what nobody found"),
    ],
)
def test_a_move_that_no_rule_allows_is_found_though_the_chain_was_made_anew(closed: Path, change: str) -> None:
    target = change.rpartition(" = ")[2]
    forged = f"UPDATE standing SET state = {target} WHERE obligation = '{LKJIP}'"
    assert by_hand(closed, *WITHOUT_TRIGGERS, f"UPDATE audit SET {change} WHERE number = {nth(3)}", forged) == ""
    chain_anew(closed)

    assert Fault("move", LKJIP, 2) in verified(closed).faults


def test_a_chain_made_anew_has_another_head(closed: Path) -> None:
    """What only a head that was printed elsewhere can show: the forged trail is whole in itself."""
    printed = verified(closed).head
    assert by_hand(closed, *WITHOUT_TRIGGERS, f"UPDATE audit SET note = 'kurang' WHERE number = {nth(3)}") == ""
    chain_anew(closed)

    forged = verified(closed)

    assert (forged.records, forged.faults) == (4, ())
    assert forged.head != printed


def test_a_trail_cut_short_has_another_head(closed: Path) -> None:
    printed = verified(closed)
    earlier = f"""
    UPDATE standing SET seq = 1, state = 'submitted', reviewer = NULL, review_seq = NULL,
        (action, actor, at) = (SELECT action, actor, at FROM audit WHERE number = {nth(2)}) WHERE obligation = '{PK}'
    """
    assert by_hand(closed, *WITHOUT_TRIGGERS, f"DELETE FROM audit WHERE number = {nth(4)}", earlier) == ""

    cut = verified(closed)

    assert (cut.records, cut.faults) == (printed.records - 1, ())
    assert cut.head != printed.head
