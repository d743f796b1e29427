"""Promises that were broken once: what a move may carry, what verify sees, what a catalogue file may hold."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.workflow.conftest import (
    ANI,
    BUDI,
    DINKES,
    FIRST_FILE,
    NEWER_FILE,
    OFFICES,
    REQUIREMENTS,
    RINI,
    SARI,
    WATI,
    Clock,
    by_hand,
    everything,
    nth,
    small_catalogue,
)
from tests.workflow.test_verification import LKJIP, WITHOUT_TRIGGERS, verified
from workflow import (
    Action,
    Actor,
    CatalogueError,
    Database,
    FindingState,
    Mandates,
    NotOurs,
    Obligation,
    Period,
    Refused,
    Register,
    Role,
    Rule,
    Stale,
    verify,
)

# --- register: what a move may carry ---


def test_no_decision_is_made_on_other_content_than_was_submitted(register: Register, reviewed: Obligation) -> None:
    assert register.perform(Action.APPROVE, reviewed, BUDI, content=NEWER_FILE).content == FIRST_FILE


def test_no_office_gives_itself_more_time(register: Register, missing: Obligation) -> None:
    late = register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE, due=date(2030, 1, 1))

    assert late.due == missing.due


def test_nobody_decides_on_behalf_of_another(register: Register, submitted: Obligation) -> None:
    register.perform(Action.REVIEW, submitted, SARI, on_behalf="\x1b[2Jgubernur")

    assert register.trail(submitted.id)[-1].on_behalf == ""


def test_who_filed_it_cannot_review_it_though_the_office_submitted_the_same_again(
    register: Register, missing: Obligation
) -> None:
    filed = register.perform(Action.SUBMIT, missing, SARI, content=FIRST_FILE, on_behalf="dinkes")
    again = register.perform(Action.SUBMIT, filed, DINKES)

    with pytest.raises(Refused):
        register.perform(Action.REVIEW, again, SARI)


def test_a_review_that_was_taken_back_does_not_stand_on_the_approval(register: Register) -> None:
    budget = register.obligation("dinkes/dpa/2026")
    submitted = register.perform(Action.SUBMIT, budget, DINKES, content=FIRST_FILE)
    reviewed = register.perform(Action.REVIEW, submitted, WATI)
    undone = register.perform(Action.UNDO, reviewed, WATI)

    assert register.perform(Action.APPROVE, undone, BUDI).reviewer is None


def test_who_has_reviewed_it_may_approve_what_needs_no_review_and_verify_agrees(
    database: Database, register: Register
) -> None:
    """The table bars from that only who has submitted it, and verify reads the same table."""
    budget = register.perform(Action.SUBMIT, register.obligation("dinkes/dpa/2026"), DINKES, content=FIRST_FILE)
    reviewed = register.perform(Action.REVIEW, budget, WATI)
    returned = register.perform(Action.RETURN, reviewed, BUDI, findings=["Tabel 3.1 kosong"])
    again = register.perform(Action.SUBMIT, returned, DINKES, content=FIRST_FILE)
    answered = register.perform(Action.ANSWER, again, DINKES, note="kosong memang", about=[1])

    register.perform(Action.APPROVE, answered, WATI)

    assert verify(database).faults == ()


def test_the_bytes_that_a_finding_was_noted_in_show_it_again_whatever_came_between(
    database: Database, register: Register, submitted: Obligation
) -> None:
    """Another file in between is no way past it; what the office has told in words stays answered."""
    register.perform(Action.RETURN, submitted, SARI, findings=["Tabel 3.1 kosong", "Bab IV hilang"])
    newer = register.perform(Action.SUBMIT, register.obligation(submitted.id), DINKES, content=NEWER_FILE)
    assert newer.findings == (FindingState.ANSWERED, FindingState.ANSWERED)

    once_more = register.perform(Action.SUBMIT, newer, DINKES, content=FIRST_FILE)

    assert once_more.findings == (FindingState.OPEN, FindingState.OPEN)
    told = register.perform(Action.ANSWER, once_more, DINKES, note="kosong memang", about=[1])
    again = register.perform(Action.SUBMIT, told, DINKES, content=FIRST_FILE)
    assert again.findings == (FindingState.ANSWERED, FindingState.OPEN)
    with pytest.raises(Refused) as refused:
        register.perform(Action.REVIEW, again, SARI)
    assert refused.value.refusal.rule is Rule.FINDINGS_OPEN
    assert verify(database).faults == ()


def test_whose_role_is_gone_takes_nothing_back(register: Register, reviewed: Obligation) -> None:
    with pytest.raises(Refused):
        register.perform(Action.UNDO, reviewed, Actor("sari", Role.AUDITOR))


def test_what_was_rolled_back_is_stale(register: Register, missing: Obligation) -> None:
    with pytest.raises(KeyError), register.writing():
        gone = register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE)
        raise KeyError

    with pytest.raises(Stale):
        register.perform(Action.REVIEW, gone, SARI)


def test_nobody_decides_on_what_was_sent_in_their_place(
    database: Database, register: Register, clock: Clock, missing: Obligation
) -> None:
    tono, until = Actor("tono", Role.OFFICE, "dinkes"), clock.now + timedelta(days=7)
    Mandates(database, clock).delegate(tono, "joko", clock.now, until, "cuti")
    sent = register.perform(Action.SUBMIT, missing, Actor("joko", Role.LEADER), content=FIRST_FILE)

    for name in ("tono", "joko"):
        with pytest.raises(Refused) as refused:
            register.perform(Action.REVIEW, sent, Actor(name, Role.REVIEWER))
        assert refused.value.refusal.rule is Rule.OTHER_EYES
    assert sent.hands == ("joko", "tono")
    assert verify(database).faults == ()


def test_an_office_that_something_was_filed_for_is_nobody(register: Register, missing: Obligation) -> None:
    assert register.perform(Action.SUBMIT, missing, ANI, content=FIRST_FILE, on_behalf="dinkes").hands == ("ani",)


def test_it_is_foretold_whether_a_decision_can_be_taken_back(
    register: Register, clock: Clock, reviewed: Obligation
) -> None:
    foretold = register.why_not(Action.UNDO, reviewed, RINI)
    assert foretold is not None
    assert foretold.rule is Rule.NOTHING_TO_UNDO
    assert register.why_not(Action.UNDO, reviewed, SARI) is None

    clock.now += timedelta(minutes=5)

    late = register.why_not(Action.UNDO, reviewed, SARI)
    assert late is not None
    assert late.rule is Rule.TOO_LATE_TO_UNDO


# --- obligations ---


def test_more_time_does_not_hide_that_it_was_returned(register: Register, submitted: Obligation) -> None:
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["Tabel 3.1 kosong"])

    assert register.perform(Action.EXTEND, returned, ANI, note="banjir", due=date(2026, 3, 15)).is_returned


# --- verification ---


@pytest.mark.parametrize(
    "change", ["action = 'burn'", "role = 'king'", "findings = 'x'", "findings = '5'", "due = 'x'"]
)
def test_a_record_that_makes_no_sense_is_a_fault_and_no_crash(closed: Path, change: str) -> None:
    assert by_hand(closed, *WITHOUT_TRIGGERS, f"UPDATE audit SET {change} WHERE number = {nth(3)}") == ""

    assert [fault.seq for fault in verified(closed).faults if fault.obligation == LKJIP] != []


@pytest.mark.parametrize(
    "change",
    [
        "reviewer = NULL",
        "submitter = 'x'",
        "review_seq = 1",
        "round = 7",
        "due = '2030-01-01'",
        "actor = 'x'",
        "at = 'x'",
    ],
)
def test_every_column_of_standing_is_compared(closed: Path, change: str) -> None:
    assert by_hand(closed, f"UPDATE standing SET {change} WHERE obligation = '{LKJIP}'") == ""

    assert ("standing", LKJIP, 2) in verified(closed).faults


def test_an_obligation_that_vanished_is_found(closed: Path) -> None:
    assert by_hand(closed, "DELETE FROM standing WHERE obligation = 'dinkes/pk/2026'") == ""

    assert verified(closed).faults != ()


# --- database ---


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 a spreadsheet, say" * 99)

    for attempt in (Database, Database.create):
        with pytest.raises(NotOurs):
            attempt(path)


def test_nothing_of_ours_is_made_in_the_database_of_another_program(path: Path) -> None:
    assert by_hand(path, "CREATE TABLE kantor (nama TEXT)") == ""
    before = path.read_bytes()

    with pytest.raises(NotOurs):
        Database.create(path)

    assert path.read_bytes() == before


def test_what_fails_inside_a_reading_is_undone_too(database: Database) -> None:
    before = everything(database)

    with pytest.raises(KeyError), database.reading(), database.writing():
        database.run("INSERT INTO content VALUES (?, 1)", "f" * 64)
        raise KeyError

    assert everything(database) == before


# --- catalogue ---


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param(
            "offices", OFFICES.replace("[[office]]", "[office]", 1).split("[[")[0], id="[office] for [[office]]"
        ),
        pytest.param("offices", OFFICES.replace('["Diskes"]', '"Diskes"'), id="aliases not in a list"),
        pytest.param("offices", OFFICES.replace('["Diskes"]', "[5]"), id="alias that is a number"),
        pytest.param("offices", OFFICES.replace('["Diskes"]', '["--"]'), id="alias without a word"),
        pytest.param("offices", OFFICES.replace('short = "Dukcapil"', "short = 5"), id="short name that is a number"),
        pytest.param(
            "requirements", REQUIREMENTS.replace('["LKIP", "lakip"]', '"LKIP"'), id="spellings not in a list"
        ),
        pytest.param(
            "requirements", REQUIREMENTS.replace('["LKPJ", "pk_gubernur"]', '"LKPJ"'), id="lookalikes not in a list"
        ),
        pytest.param("requirements", REQUIREMENTS.replace("months = 2", 'months = "2"'), id="months in quotes"),
        pytest.param("requirements", REQUIREMENTS.replace("months = 2", "months = 1.5"), id="half a month"),
        pytest.param(
            "requirements",
            REQUIREMENTS.replace("working_days = 10", "working_days = -1"),
            id="working days backwards",
        ),
        pytest.param("requirements", REQUIREMENTS.replace("year = -1", 'year = "-1"'), id="year in quotes"),
        pytest.param("requirements", REQUIREMENTS.replace('"declared"', '"ya"'), id="condition in words"),
        pytest.param(
            "requirements", REQUIREMENTS.replace("review = false", 'review = "tidak"'), id="review in words"
        ),
        pytest.param("requirements", REQUIREMENTS.replace('"perubahan"', '"peru/bahan"'), id="slash in a variant"),
        pytest.param("requirements", REQUIREMENTS.replace('short = "PK"', 'short = "LK"'), id="one heading twice"),
        pytest.param("requirements", REQUIREMENTS.replace("ask =", "aks ="), id="misspelled key"),
    ],
)
def test_more_wrong_catalogues_are_refused(file: str, text: str) -> None:
    with pytest.raises(CatalogueError):
        small_catalogue(**{file: text})


def test_days_off_that_are_not_dates_are_refused() -> None:
    from tests.workflow.conftest import CALENDAR

    for holidays in ('["2026-07-14"]', "2026-07-14"):
        with pytest.raises(CatalogueError):
            small_catalogue(calendar=CALENDAR.replace("[2026-07-14]", holidays))


# --- periods and what is shipped ---


def test_a_period_is_written_in_our_digits() -> None:
    with pytest.raises(ValueError, match="٢٠٢٦"):
        Period.parse("٢٠٢٦")


@pytest.mark.parametrize("name", ["Kab\\Xupaten", "Kabupaten\nX", "Requirements"])
def test_any_name_of_a_region_makes_a_catalogue(name: str) -> None:
    from tests.workflow.test_shipped import read

    assert read(name, 2026).offices == ()
