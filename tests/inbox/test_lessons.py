"""A name that a person has placed teaches the word that nobody knew, where only one thing can be learned."""

from __future__ import annotations

import pytest

from inbox import Arrival, Lesson, lesson
from tests.inbox.conftest import Place
from workflow import Actor, Role, Spelled, Spellings

ANI = Actor("ani", Role.BUREAU)


@pytest.mark.parametrize(
    ("path", "placed", "learned"),
    [
        pytest.param(
            "Renja Wanajati 2026.pdf",
            "dlh/renja/2026",
            Lesson(Spelled.OFFICE, "wanajati", "dlh"),
            id="an office, the document is named",
        ),
        pytest.param(
            "dlh/Kontrak Janji 2026.pdf",
            "dlh/pk/2026",
            Lesson(Spelled.REQUIREMENT, "kontrak janji", "pk"),
            id="a document, through the drop folder",
        ),
        pytest.param(
            "Kontrak BPLHD 2026.pdf",
            "dlh/pk/2026",
            Lesson(Spelled.REQUIREMENT, "kontrak", "pk"),
            id="a document, the office is named",
        ),
        pytest.param("Kontrak Wanajati 2026.pdf", "dlh/pk/2026", None, id="which of two it stands for"),
        pytest.param("Renja Wanajati 2026 Sidaraksa.pdf", "dlh/renja/2026", None, id="which of two words it is"),
        pytest.param("dlh/Lampiran PK 2026.pdf", "dlh/pk/2026", None, id="nothing was left out"),
        pytest.param("scan0024.pdf", "dlh/pk/2026", None, id="no word at all"),
    ],
)
def test_what_a_placed_name_teaches(place: Place, path: str, placed: str, learned: Lesson | None) -> None:
    arrival = place.submit(path, b"tanpa keterangan")
    held = place.quarantine.held(arrival.id)

    moved = place.quarantine.place(held.id, place.obligation(placed), ANI)

    assert lesson(held.evidence, moved) == learned


def test_what_was_learned_files_the_next_one(place: Place) -> None:
    first = place.submit("Renja Wanajati 2026.pdf", b"satu")
    held = place.quarantine.held(first.id)
    learned = lesson(held.evidence, place.quarantine.place(held.id, place.obligation("dlh/renja/2026"), ANI))
    assert learned is not None
    Spellings(place.database, place.clock).remember(*learned, ANI)

    second = place.submit("Renja WANAJATI 2026 revisi.pdf", b"dua")

    assert isinstance(second, Arrival)
    assert second.obligation == "dlh/renja/2026"
