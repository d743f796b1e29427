"""Every file that was filed has one receipt, numbered without gaps in the year of the region."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox import Intake, Outcome, Quarantine, Receipt, Receipts, Unproved, numbered, unproved
from tests.inbox.conftest import BUDI, SARI, Place, faults
from tests.inbox.test_pages import paged
from tests.workflow.conftest import at_once, by_hand
from workflow import Action, Actor, Forbidden, Integrity, Register, Role, State, Unknown

ANI = Actor("ani", Role.BUREAU)
PK = "dinkes/pk/2026"


@pytest.fixture
def one(place: Place) -> Receipt:
    """The receipt of a performance agreement that its office has sent."""
    place.submit("dinkes/PK 2026 [Final].pdf", b"PK 2026")
    (receipt,) = place.receipts.of(place.obligation(PK).id)
    return receipt


def test_a_file_that_was_filed_has_a_receipt_that_says_all_of_it(place: Place) -> None:
    arrival = place.submit("dinkes/PK 2026 [Final].pdf", b"PK 2026")

    (one,) = place.receipts.of(place.obligation(PK).id)
    assert one.number == "TT/SAKIP/2026/000001"
    assert (one.arrival, one.at, one.came) == (arrival.id, arrival.at, arrival.at)
    assert (one.office, one.office_name, one.sender) == ("dinkes", "Dinas Kesehatan", "dinkes")
    assert (one.family, one.requirement, one.document) == ("SAKIP", "pk", "Perjanjian Kinerja (PK)")
    assert (one.period, one.name, one.size) == ("2026", "PK 2026 [Final].pdf", 7)
    assert (one.digest, one.seq, one.state) == (arrival.digest, 1, State.SUBMITTED)
    assert place.receipts.receipt(one.number) == one
    assert place.receipts.of_content(arrival.digest) == [one]
    assert faults(place, {arrival.digest}) == []


def test_its_head_is_the_trails_right_after_the_record_and_before_the_receipt(place: Place, one: Receipt) -> None:
    later = place.register.perform(Action.REVIEW, place.obligation(PK), SARI)

    hashes = [row[0] for row in place.database.rows("SELECT hash FROM audit UNION ALL SELECT hash FROM seal")]
    assert one.head in hashes
    assert one.head != place.register.head()
    assert later.seq == 2
    assert place.receipts.receipt(one.number).head == one.head


def test_pages_are_those_that_were_counted(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", paged("Perjanjian Kinerja 2026", "lampiran"))

    assert [receipt.pages for receipt in place.receipts.of(place.obligation(PK).id)] == [2]


def test_a_draft_has_a_receipt_too_and_each_version_has_its_own(place: Place) -> None:
    place.submit("dinkes/draft/PK 2026.pdf", b"draft")
    place.submit("dinkes/PK 2026.pdf", b"first")
    place.submit("dinkes/PK 2026.pdf", b"second")

    found = place.receipts.of(place.obligation(PK).id)
    assert [(one.serial, one.seq, one.state) for one in found] == [
        (1, 1, State.DRAFT),
        (2, 2, State.SUBMITTED),
        (3, 3, State.SUBMITTED),
    ]


def test_what_comes_again_or_waits_or_is_turned_away_has_none(place: Place, one: Receipt) -> None:
    again = place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    waiting = place.submit("dinkes/scan0024.pdf", b"who knows")
    place.quarantine.turn_away(waiting.id, ANI, place.inbox, place.store, "nama berkas")

    assert again.outcome is Outcome.AGAIN
    assert [row[0] for row in place.database.rows("SELECT arrival FROM receipt")] == [one.arrival]


def test_a_file_that_a_person_placed_has_one_that_says_when_it_came_and_when_it_was_placed(place: Place) -> None:
    waiting = place.submit("dinkes/scan0024.pdf", b"PK 2026")
    place.quarantine.place(waiting.id, place.obligation(PK), ANI)

    (one,) = place.receipts.of(place.obligation(PK).id)
    assert one.came == waiting.at < one.at
    assert (one.sender, one.office, one.seq) == ("ani", "dinkes", 1)
    assert faults(place, {waiting.digest}) == []


def test_what_finds_its_place_when_asked_again_has_one(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    place.approve(PK)
    waiting = place.submit("dinkes/PK 2026.pdf", b"second")
    place.register.perform(Action.REOPEN, place.obligation(PK), BUDI, note="keliru")

    place.quarantine.retry(ANI, 0.5)

    assert [one.arrival for one in place.receipts.of(place.obligation(PK).id)] == [1, waiting.id]
    assert faults(place, {waiting.digest}) == []


def test_what_stands_there_already_when_it_is_asked_again_has_none(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    place.approve(PK)
    waiting = place.submit("dinkes/PK 2026.pdf", b"second")
    place.register.perform(Action.REOPEN, place.obligation(PK), BUDI, note="keliru")
    place.submit("dinkes/PK 2026 ttd.pdf", b"second")

    assert place.quarantine.retry(ANI, 0.5) == {waiting.id: PK}

    assert [one.arrival for one in place.receipts.of(place.obligation(PK).id)] == [1, 3]
    assert faults(place, {waiting.digest}) == []


def test_a_year_begins_where_the_region_is(place: Place) -> None:
    place.clock.now = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)  # half past one in the morning of 2027 in Jayapura
    jayapura = ZoneInfo("Asia/Jayapura")
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    place.drop("dinkes/scan0024.pdf", b"Renja 2026")
    intake = Intake(place.as_root(), place.store, place.database, place.clock, zone=jayapura)
    reconcile = place.reconcile(lambda _: None, intake=intake)
    reconcile.look(0.0)
    reconcile.look(1e6)
    quarantine = Quarantine(place.database, place.register, place.clock, jayapura)
    (waiting,) = quarantine.waiting()
    quarantine.place(waiting.id, place.obligation("dinkes/renja/2026"), ANI)

    assert [(one.year, one.serial) for one in place.receipts.undelivered()] == [(2027, 1), (2027, 2)]


def test_numbers_begin_again_each_year_and_run_over_all_programmes(place: Place, one: Receipt) -> None:
    place.submit("dinkes/Laporan RB TW 1 2026.pdf", b"RB")
    place.clock.now = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    place.submit("dlh/PK 2026.pdf", b"PK")

    numbers = [receipt.number for receipt in place.receipts.undelivered()]
    assert numbers == ["TT/SAKIP/2026/000001", "TT/RB/2026/000002", "TT/SAKIP/2027/000001"]


def test_a_move_that_is_refused_uses_up_no_number(place: Place) -> None:
    waiting = place.submit("dinkes/scan0024.pdf", b"PK 2026")
    stale = place.obligation(PK)
    place.submit("dinkes/PK 2026.pdf", b"first")

    with pytest.raises(Exception, match="dinkes/pk/2026"):
        place.quarantine.place(waiting.id, stale, ANI)
    place.quarantine.place(waiting.id, place.obligation(PK), ANI)

    assert [one.serial for one in place.receipts.undelivered()] == [1, 2]


_FILE = """
import sys
from pathlib import Path
from tests.inbox.conftest import Place
from workflow import Actor, Role
place = Place(Path(sys.argv[1]))
ani = Actor("ani", Role.BUREAU)
print("ready", flush=True)
sys.stdin.readline()
for held in place.quarantine.waiting():
    if held.folder == sys.argv[2]:
        place.quarantine.place(held.id, place.register.obligation(f"{held.folder}/ukur-tw/2026-q{held.name[5]}"), ani)
"""


def test_two_processes_at_once_number_without_gaps(place: Place) -> None:
    for n in range(1, 5):
        for office in ("dinkes", "dlh"):
            place.drop(f"{office}/scan {n}.pdf", f"{office} {n}".encode())
    place.take()
    assert place.quarantine.count() == 8

    at_once(_FILE, (str(place.root), "dinkes"), (str(place.root), "dlh"))

    issued = place.receipts.undelivered()
    assert [one.serial for one in issued] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len({one.obligation for one in issued}) == 8
    assert faults(place, set()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE receipt SET at = '2026-01-01'",
        "DELETE FROM receipt",
        "INSERT INTO receipt SELECT 2026, 3, at, 7, obligation, 0, '', '', '', '', 0, 0, digest, '', '' FROM receipt",
    ],
    ids=["changed", "deleted", "with a gap"],
)
def test_a_receipt_is_kept_as_it_is(place: Place, one: Receipt, statement: str) -> None:
    with pytest.raises(Integrity), place.database.writing():
        place.database.run(statement)

    assert place.receipts.receipt(one.number) == one


@pytest.mark.parametrize(
    "number", ["TT/SAKIP/2026/000001", "tt/sakip/2026/1", "TT-SAKIP-2026-000001", "TT/2026/1", "2026/1", " 2026/1 "]
)
def test_a_number_is_understood_as_people_write_it(place: Place, one: Receipt, number: str) -> None:
    assert place.receipts.receipt(number) == one


@pytest.mark.parametrize("number", ["TT/RB/2026/000001", "2026/2", "2025/1", "2026", PK, "TT/SAKIP/2026/", ""])
def test_what_is_no_number_of_a_receipt_is_unknown(place: Place, one: Receipt, number: str) -> None:
    with pytest.raises(Unknown) as unknown:
        place.receipts.receipt(number)

    assert unknown.value.nearest == ((one.number,) if "/000001" in number else ())


@given(st.sampled_from(["SAKIP", "RB", "ZI"]), st.integers(1900, 2199), st.integers(1, 10**9))
def test_a_number_is_read_back_as_it_was_written(family: str, year: int, serial: int) -> None:
    nobody = Receipt(year, serial, "", 0, "", None, "", "", family, *[""] * 4, 0, None, *[""] * 3, None, None)  # type: ignore[arg-type,call-arg]

    assert numbered(nobody.number) == (family, year, serial)
    assert numbered(nobody.number.replace("/", "-").lower()) == (family, year, serial)


def test_an_office_is_not_told_of_the_receipts_of_another(place: Place, one: Receipt) -> None:
    shown = Receipts(place.database, Register(place.database, place.clock, within="dlh"))

    with pytest.raises(Forbidden):
        shown.receipt(one.number)
    with pytest.raises(Forbidden):
        shown.of_content(one.digest)
    with pytest.raises(Unknown) as unknown:
        shown.receipt(one.number.replace("SAKIP", "RB"))
    assert unknown.value.nearest == ()


def test_a_receipt_is_borne_out_by_content_arrival_and_trail(place: Place, one: Receipt) -> None:
    place.register.perform(Action.REVIEW, place.obligation(PK), SARI)

    assert unproved(one, place.database, place.store) == []


def test_an_object_that_was_changed_does_not_bear_it_out(place: Place, one: Receipt) -> None:
    path = place.store.path(one.digest)
    path.chmod(0o600)
    path.write_bytes(b"PK 2027")

    assert unproved(one, place.database, place.store) == [Unproved.CONTENT]
    path.unlink()
    assert unproved(one, place.database, place.store) == [Unproved.CONTENT]


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        pytest.param(["UPDATE arrival SET name = 'lain.pdf'"], Unproved.ARRIVAL, id="another arrival"),
        pytest.param(["UPDATE arrival SET obligation = 'dlh/pk/2026'"], Unproved.ARRIVAL, id="filed for another"),
        pytest.param(
            ["DROP TRIGGER audit_keeps", "UPDATE audit SET actor = 'dlh'"], Unproved.RECORD, id="by another sender"
        ),
        pytest.param(
            [
                "DROP TRIGGER receipt_keeps",
                "UPDATE receipt SET head = replace(head, 'f', '0') || 'f'",
            ],
            Unproved.HEAD,
            id="another head",
        ),
        pytest.param(
            ["DROP TRIGGER receipt_keeps", "UPDATE receipt SET at = '2026-01-01T00:00:00.000000+00:00'"],
            Unproved.TRAIL,
            id="another time",
        ),
    ],
)
def test_what_was_changed_by_hand_does_not_bear_it_out(
    place: Place, one: Receipt, statements: list[str], wrong: Unproved
) -> None:
    assert by_hand(place.root / "pantau.db", *statements) == ""

    (tampered,) = place.receipts.undelivered()
    assert wrong in unproved(tampered, place.database, place.store)


def test_a_name_that_would_command_a_terminal_is_kept_harmless(place: Place) -> None:
    path = b"dinkes/PK 2026 \x1b]52;c;aGk=\x07[red].pdf"
    place.drop(path, b"PK 2026")
    place.take()
    (held,) = place.quarantine.waiting()
    place.quarantine.place(held.id, place.obligation(PK), ANI)

    (one,) = place.receipts.undelivered()
    assert one.name == "PK 2026 \ufffd]52;c;aGk=\ufffd[red].pdf"
    assert place.receipts.came_through(one) == ("", path)
