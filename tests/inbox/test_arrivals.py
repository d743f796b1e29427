"""Every file that comes in is recorded once, with what became of it."""

from __future__ import annotations

import os
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from inbox import Arrival, Hold, Intake, Outcome, Problem, Reason, retention
from inbox.arrivals import Decision
from inbox.footprints import Footprint
from tests.inbox.conftest import BUDI, LATER, REGION, SARI, Clock, Place, documents, faults, snapshot
from workflow import Action, Actor, Anchor, Database, Integrity, State, read_catalogue, shipped_catalogue

PK = "dinkes/pk/2026"


def outcomes(place: Place) -> list[tuple[str, Outcome]]:
    return [(one.name, one.outcome) for one in reversed(place.arrivals.latest(100))]


def test_a_file_in_a_drop_folder_is_submitted_for_its_office(place: Place) -> None:
    digest = place.drop("dinkes/PK 2026.pdf", b"PK 2026")

    (arrival,) = place.take()

    obligation = place.obligation(PK)
    assert isinstance(arrival, Arrival)
    assert (arrival.outcome, arrival.obligation, arrival.size) == (Outcome.FILED, PK, 7)
    assert (obligation.state, obligation.content, obligation.submitter) == (State.SUBMITTED, digest, "dinkes")
    assert place.store.path(digest).read_bytes() == b"PK 2026"
    assert place.left() == []


def test_a_draft_is_saved_and_not_submitted(place: Place) -> None:
    place.submit("dinkes/draft/PK 2026.pdf", b"PK 2026")

    assert place.obligation(PK).state is State.DRAFT
    assert not place.obligation(PK).is_missing


def test_a_file_dropped_again_is_recorded_and_moves_nothing(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    before = place.obligation(PK)

    place.submit("dinkes/PK 2026.pdf", b"PK 2026")

    assert place.obligation(PK) == before
    assert outcomes(place) == [("PK 2026.pdf", Outcome.FILED), ("PK 2026.pdf", Outcome.AGAIN)]
    assert len(place.arrivals.of(before.id)) == 2


def test_the_same_content_under_another_name_is_kept_once_and_recorded_twice(place: Place) -> None:
    first = place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    second = place.submit("dinkes/Perjanjian Kinerja Dinkes 2026 fix.pdf", b"PK 2026")

    assert second.outcome is Outcome.AGAIN
    assert place.arrivals.digests() == [first.digest]


def test_the_same_content_from_another_office_is_filed_for_that_one_too(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    second = place.submit("dlh/PK 2026.pdf", b"PK 2026")

    assert (second.outcome, second.obligation) == (Outcome.FILED, "dlh/pk/2026")


def test_a_new_content_under_the_same_name_is_a_newer_version(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    second = place.submit("dinkes/PK 2026.pdf", b"second")

    trail = place.register.trail(place.obligation(PK).id)
    assert [one.action for one in trail] == [Action.SUBMIT, Action.SUBMIT]
    assert place.obligation(PK).content == second.digest


def test_a_newer_file_cancels_the_review_that_stood(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    reviewed = place.register.perform(Action.REVIEW, place.obligation(PK), SARI)

    place.submit("dinkes/PK 2026.pdf", b"second")

    assert place.obligation(PK).state is State.SUBMITTED
    assert place.register.trail(reviewed.id)[-1].cancels == (reviewed.seq,)


def test_a_file_for_an_approved_obligation_waits_and_changes_nothing(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    approved = place.approve(PK)

    late = place.submit("dinkes/PK 2026.pdf", b"second")

    (held,) = place.quarantine.waiting()
    assert place.obligation(PK) == approved
    assert (held.id, held.reason, held.guesses) == (late.id, Reason.ALREADY_APPROVED, (PK,))


def test_a_file_that_waited_for_an_approved_obligation_is_placed_after_it_was_reopened(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    approved = place.approve(PK)
    late = place.submit("dinkes/PK 2026.pdf", b"second")

    reopened = place.register.perform(Action.REOPEN, approved, BUDI, note="salah lampiran")
    placed = place.quarantine.place(late.id, reopened, Actor.office("dinkes"))

    assert (placed.state, placed.content) == (State.SUBMITTED, late.digest)
    assert place.quarantine.count() == 0


def test_the_approved_file_sent_again_is_recorded_as_such(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    approved = place.approve(PK)

    assert place.submit("dinkes/PK 2026.pdf", b"first").outcome is Outcome.AGAIN
    assert place.obligation(PK) == approved


def test_a_draft_that_comes_after_the_submission_waits(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    before = place.obligation(PK)

    place.submit("dinkes/draft/PK 2026.pdf", b"second")

    (held,) = place.quarantine.waiting()
    assert (held.reason, held.is_draft) == (Reason.DRAFT_TOO_LATE, True)
    assert place.obligation(PK) == before


def test_what_comes_outside_the_days_for_it_waits_with_that_reason(place: Place) -> None:
    """The clock of the place stands in January 2026; a draft may come on any day."""
    texts = shipped_catalogue(REGION, 2027)
    requirements, calendar = (tomllib.loads(texts[name]) for name in ("requirements.toml", "calendar.toml"))
    spans = {anchor: {"submit": [date(2027, 1, 5), date(2027, 12, 31)]} for anchor in Anchor}
    calendar.setdefault("2027", {})["windows"] = spans
    offices = {"region": REGION, "office": [{"code": "dinkes", "name": "Dinas Kesehatan"}]}
    place.register.open_year(read_catalogue(offices, requirements, calendar), 2027)

    early = place.submit("dinkes/PK 2027.pdf", b"first")
    draft = place.submit("dinkes/draft/PK 2027.pdf", b"second")

    assert [(held.id, held.reason) for held in place.quarantine.waiting()] == [(early.id, Reason.OUTSIDE_WINDOW)]
    assert draft.outcome is Outcome.FILED
    assert place.obligation("dinkes/pk/2027").state is State.DRAFT


def test_the_saved_draft_dropped_as_final_is_submitted(place: Place) -> None:
    place.submit("dinkes/draft/PK 2026.pdf", b"PK 2026")
    final = place.submit("dinkes/PK 2026.pdf", b"PK 2026")

    assert final.outcome is Outcome.FILED
    assert place.obligation(PK).state is State.SUBMITTED


def test_the_returned_file_dropped_again_is_submitted_again(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"first")
    place.register.perform(Action.RETURN, place.obligation(PK), SARI, findings=["Tanpa tanda tangan"])

    assert place.submit("dinkes/PK 2026.pdf", b"first").outcome is Outcome.FILED
    assert (place.obligation(PK).state, place.obligation(PK).round) == (State.SUBMITTED, 2)


def test_a_file_that_was_touched_after_its_record_is_put_away_and_not_taken_twice(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as stuck:
        stuck.setattr("inbox.retention._rename", refuse)
        place.drop("dinkes/PK 2026.pdf", b"PK 2026")
        (problem,) = place.take()
    assert isinstance(problem, Problem)
    assert place.left() == ["dinkes/PK 2026.pdf"]

    (place.inbox / "dinkes" / "PK 2026.pdf").chmod(0o600)
    assert place.take() == []

    assert outcomes(place) == [("PK 2026.pdf", Outcome.FILED)]
    assert place.left() == []


def test_a_file_that_cannot_be_put_away_is_told_of_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("inbox.retention._rename", refuse)
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    reconcile = place.reconcile(place.told.append)
    for now in (0.0, LATER, LATER + 10, LATER + 20):
        reconcile.look(now)

    assert len(place.told) == 1
    assert len(outcomes(place)) == 1


def test_a_file_that_changes_while_it_is_copied_is_left_and_taken_later(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.drop("dinkes/PK 2026.pdf", b"half")
    pread = os.pread

    def pread_while_it_is_replaced(*given: int) -> bytes:
        monkeypatch.undo()
        # The lease keeps writers away while it is copied; a rename over it needs no leave.
        place.drop("whole.part", b"half and whole")
        (place.inbox / "whole.part").replace(place.inbox / "dinkes" / "PK 2026.pdf")
        return pread(*given)

    monkeypatch.setattr("inbox.contents.os.pread", pread_while_it_is_replaced)
    assert place.take() == []
    assert [path for path in (place.root / "content").rglob("*") if path.is_file()] == []

    (arrival,) = place.take()
    assert isinstance(arrival, Arrival)
    assert arrival.size == 14


def test_a_file_that_its_sender_took_back_is_no_problem(place: Place) -> None:
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    (found,) = documents(place.inbox)
    (place.inbox / "dinkes" / "PK 2026.pdf").unlink()

    assert place.intake().take(found, LATER) is None
    assert outcomes(place) == []


def test_two_intakes_at_once_record_a_file_once(place: Place) -> None:
    digest = place.drop("dinkes/PK 2026.pdf", os.urandom(1 << 20))
    (found,) = documents(place.inbox)
    together = Barrier(4)

    def take() -> Arrival | Hold | Problem | None:
        database = Database(place.root / "pantau.db")
        intake = Intake(place.as_root(), place.store, database, Clock())
        together.wait()
        try:
            return intake.take(found, LATER)
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(take) for _ in range(4)]]

    assert sum(isinstance(answer, Arrival) for answer in answers) == 1
    assert outcomes(place) == [("PK 2026.pdf", Outcome.FILED)]
    assert faults(place, {digest}) == []


def test_the_same_arrival_cannot_be_recorded_twice(place: Place) -> None:
    arrival = place.submit("dinkes/scan.pdf", b"x")
    footprint = Footprint(1, 2, 3, 4, 5)
    decision = Decision(Outcome.QUARANTINED, is_draft=False, reason=Reason.NO_OFFICE)
    place.arrivals.add("t", b"a.pdf", "a.pdf", "", footprint, arrival.digest, decision)

    with pytest.raises(Integrity):
        place.arrivals.add("t", b"a.pdf", "a.pdf", "", footprint, arrival.digest, decision)


def test_a_file_replaced_before_it_was_put_away_is_not_lost_by_a_kill(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the rename that took the newer file along, before it was put back."""
    place.drop("dinkes/PK 2026.pdf", b"first")
    rename = retention._rename

    class Killed(BaseException):
        pass

    def rename_and_die(source: bytes, target: bytes) -> None:
        place.drop("dinkes/PK 2026.pdf", b"second, longer")
        rename(source, target)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("inbox.retention._rename", rename_and_die)
        with pytest.raises(Killed):
            place.take()

    place.intake().recover()
    place.take()

    assert place.store.path(place.arrivals.latest(1)[0].digest).read_bytes() == b"second, longer"
    assert len(outcomes(place)) == 2
    assert snapshot(place)[0] != []


@pytest.mark.skipif(sys.platform != "linux", reason="a full disk is made with /dev/full")
def test_a_full_disk_keeps_the_file_where_it_is(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    full = os.open("/dev/full", os.O_WRONLY)

    def write_to_a_full_disk(_: int, block: bytes) -> int:
        return os.write(full, block)

    monkeypatch.setattr("inbox.contents._write", write_to_a_full_disk)
    (problem,) = place.take()
    os.close(full)

    assert isinstance(problem, Problem)
    assert problem.hold is Hold.DISK
    assert (place.left(), outcomes(place)) == (["dinkes/PK 2026.pdf"], [])
