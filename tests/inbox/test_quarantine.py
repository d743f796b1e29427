"""What nobody could place by its name waits, with its reason, until a person places it."""

from __future__ import annotations

import pytest

from inbox import Arrival, Outcome, Quarantine, Reason
from tests.inbox.conftest import BUDI, RINI, SARI, Place, snapshot
from workflow import (
    Action,
    Actor,
    Forbidden,
    Refused,
    Role,
    Rule,
    Stale,
    State,
    Unknown,
    kept_refusals,
    verify,
)

ANI = Actor("ani", Role.BUREAU)
DINKES = Actor.office("dinkes")


@pytest.fixture
def scan(place: Place) -> Arrival:
    """A file of Dinas Kesehatan whose name says nothing."""
    return place.submit("dinkes/scan0024.pdf", b"PK 2026")


def test_an_unplaced_file_waits_with_its_reason_and_the_likeliest_places(place: Place, scan: Arrival) -> None:
    (held,) = place.quarantine.waiting()

    assert scan.outcome is Outcome.QUARANTINED
    assert (held.id, held.name, held.folder) == (scan.id, "scan0024.pdf", "dinkes")
    assert held.reason is Reason.NO_REQUIREMENT
    assert held.guesses
    assert all(guess.startswith("dinkes/") for guess in held.guesses)
    assert place.quarantine.count() == 1
    assert place.store.path(held.digest).read_bytes() == b"PK 2026"


def test_placing_a_file_submits_it_in_the_name_of_its_office(place: Place, scan: Arrival) -> None:
    moved = place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), ANI)

    (record,) = place.register.trail(moved.id)
    assert moved.state is State.SUBMITTED
    assert (record.actor, record.on_behalf, record.content) == ("ani", "dinkes", scan.digest)
    assert record.name == "scan0024.pdf"
    assert place.quarantine.waiting() == []
    assert [one.id for one in place.arrivals.of(moved.id)] == [scan.id]


def test_placing_a_draft_saves_it(place: Place) -> None:
    arrival = place.submit("dinkes/draft/scan0024.pdf", b"PK 2026")

    moved = place.quarantine.place(arrival.id, place.obligation("dinkes/pk/2026"), ANI)

    assert moved.state is State.DRAFT
    assert moved.content == arrival.digest


def test_an_office_places_its_own_file_in_its_own_name(place: Place, scan: Arrival) -> None:
    moved = place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), DINKES)

    assert place.register.trail(moved.id)[-1].on_behalf == ""


def test_a_file_is_placed_once(place: Place, scan: Arrival) -> None:
    place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), ANI)
    before = snapshot(place)

    with pytest.raises(Unknown):
        place.quarantine.place(scan.id, place.obligation("dinkes/renja/2026"), RINI)

    assert snapshot(place) == before


def test_who_placed_a_file_does_not_review_it(place: Place, scan: Arrival) -> None:
    placed = place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), SARI)

    with pytest.raises(Refused) as refused:
        place.register.perform(Action.REVIEW, placed, SARI)

    assert refused.value.refusal.rule is Rule.OTHER_EYES
    assert place.register.perform(Action.REVIEW, placed, RINI).state is State.REVIEWED


@pytest.mark.parametrize(
    "actor", [BUDI, Actor("tamu", Role.LEADER), Actor.office("dlh")], ids=["approver", "leader", "other office"]
)
def test_who_may_not_file_for_the_office_places_nothing(place: Place, scan: Arrival, actor: Actor) -> None:
    before = snapshot(place)

    with pytest.raises((Refused, Forbidden)):
        place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), actor)

    assert snapshot(place) == before
    assert place.quarantine.count() == 1


def test_a_file_is_not_placed_on_an_obligation_that_has_moved(place: Place, scan: Arrival) -> None:
    seen = place.obligation("dinkes/pk/2026")
    place.submit("dinkes/PK 2026.pdf", b"another")
    before = snapshot(place)

    with pytest.raises(Stale):
        place.quarantine.place(scan.id, seen, ANI)

    assert snapshot(place) == before


def test_that_a_person_was_refused_to_place_a_file_is_kept_and_sealed(place: Place, scan: Arrival) -> None:
    """What a drop folder brings waits in quarantine then; what a person tried is known by this alone."""
    with pytest.raises(Refused):
        place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), BUDI)

    (kept,) = kept_refusals(place.database)
    assert (kept.actor, kept.action, kept.obligation) == ("budi", Action.SUBMIT, "dinkes/pk/2026")
    assert kept.rule == Rule.WRONG_ROLE
    assert verify(place.database).faults == ()


def test_two_people_cannot_place_the_same_file(place: Place, scan: Arrival) -> None:
    other = Place(place.root)
    seen = other.obligation("dinkes/renja/2026")
    place.quarantine.place(scan.id, place.obligation("dinkes/pk/2026"), ANI)

    with pytest.raises(Unknown):
        Quarantine(other.database, other.register, other.clock).place(scan.id, seen, RINI)

    other.database.close()


def test_what_was_filed_never_waits(place: Place) -> None:
    arrival = place.submit("dinkes/PK 2026.pdf", b"PK 2026")

    with pytest.raises(Unknown):
        place.quarantine.held(arrival.id)


def test_names_that_would_command_a_terminal_wait_harmlessly(place: Place) -> None:
    for name in (b"\x1b]52;c;aGk=\x07.pdf", b"bad[/].pdf", b"\xff\xfe.pdf", b"a\nb.pdf", "\u202efdp.exe".encode()):
        place.drop(b"dinkes/" + name, name)
    place.take()

    names = [held.name for held in place.quarantine.waiting()]
    assert len(names) == 5
    assert all(name.isprintable() for name in names)
    assert place.left() == []
