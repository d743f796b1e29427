"""What arrived is told with what has become of it by now, and an office sees its own."""

from __future__ import annotations

import pytest

from inbox import Became, Came, Inflow, Reason, lying
from tests.inbox.conftest import SARI, Place
from workflow import Actor, ObligationId, Role, utc

ANI = Actor("ani", Role.BUREAU)


@pytest.fixture
def inflow(place: Place) -> Inflow:
    return Inflow(place.database, place.register)


def told(items: list[Came]) -> list[tuple[str, Became, ObligationId | None, int]]:
    return [(one.name, one.became, one.obligation, one.version) for one in items]


def test_each_arrival_says_what_became_of_it_newest_first(place: Place, inflow: Inflow) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    place.submit("dinkes/PK 2026 (2).pdf", b"PK 2026, better")
    place.submit("dinkes/PK 2026 (2).pdf", b"PK 2026, better")
    place.submit("dlh/scan0024.pdf", b"a scan")

    assert told(inflow.latest(9)) == [
        ("scan0024.pdf", Became.QUARANTINED, None, 0),
        ("PK 2026 (2).pdf", Became.AGAIN, "dinkes/pk/2026", 2),
        ("PK 2026 (2).pdf", Became.FILED, "dinkes/pk/2026", 2),
        ("PK 2026.pdf", Became.FILED, "dinkes/pk/2026", 1),
    ]
    assert inflow.latest(1)[0].reason is Reason.NO_REQUIREMENT
    assert [one.id for one in inflow.latest(-1)] == [4, 3, 2, 1]


def test_what_a_person_did_with_it_is_told_with_their_name(place: Place, inflow: Inflow) -> None:
    first = place.submit("dinkes/scan0024.pdf", b"PK 2026")
    second = place.submit("dlh/scan0025.pdf", b"something")
    assert [one.id for one in inflow.waiting()] == [second.id, first.id]

    place.quarantine.place(first.id, place.obligation("dinkes/pk/2026"), ANI)
    place.quarantine.turn_away(second.id, SARI, place.inbox, place.store, "scan it again")

    away, placed = inflow.latest(2)
    assert (placed.became, placed.obligation, placed.version, placed.actor) == (
        Became.PLACED,
        "dinkes/pk/2026",
        1,
        "ani",
    )
    assert (away.became, away.actor, away.note) == (Became.TURNED_AWAY, "sari", "scan it again")
    assert inflow.waiting() == []


def test_since_a_moment_only_what_came_from_then_on(place: Place, inflow: Inflow) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    noon = utc(place.clock())
    place.submit("dlh/PK 2026.pdf", b"PK 2026 of dlh")

    assert [one.folder for one in inflow.since(noon)] == ["dlh"]


def test_an_office_sees_what_came_through_its_folder_or_was_filed_for_it_and_no_more(
    place: Place, inflow: Inflow
) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    place.submit("dlh/PK 2026.pdf", b"PK 2026 of dlh")
    place.submit("dlh/scan0024.pdf", b"a scan")
    strayed = place.submit("dinkes/scan0025.pdf", b"another scan")
    place.quarantine.place(strayed.id, place.obligation("dlh/renja/2026"), ANI)

    place.register.within = "dinkes"
    assert told(inflow.latest(9)) == [
        ("scan0025.pdf", Became.PLACED, None, 0),
        ("PK 2026.pdf", Became.FILED, "dinkes/pk/2026", 1),
    ]
    assert inflow.waiting() == []
    place.register.within = "dlh"
    assert [one.name for one in inflow.latest(9)] == ["scan0025.pdf", "scan0024.pdf", "PK 2026.pdf"]
    place.register.within = "d"
    assert inflow.latest(9) == []


def test_what_was_taken_over_with_an_archive_did_not_arrive(place: Place, inflow: Inflow) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    with place.database.writing():
        place.database.run("UPDATE arrival SET root = 'adopted'")

    assert inflow.latest(9) == []


def test_what_lies_there_is_counted_until_it_is_taken_or_said_to_wait(place: Place) -> None:
    place.drop("dinkes/PK 2026.pdf", b"PK 2026")
    place.drop("dinkes/PK 2026 (2).pdf", b"%PDF-1.7 and no end")
    place.drop("dinkes/dikembalikan/TEMUAN PK 2026 putaran 1.docx", b"handed back, not answered yet")
    assert lying([place.as_root()], place.database) == 2

    place.take()

    assert lying([place.as_root()], place.database) == 0
    assert lying([place.as_root()._replace(name="share")], place.database) == 0
