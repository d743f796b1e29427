"""A checklist is about the items that are asked for now."""

from __future__ import annotations

import pytest

from tests.workflow.conftest import ANI, REQUIREMENTS, SARI, Clock, open_region, small_catalogue
from workflow import Action, Checklists, Database, Defect, Mark, Obligation, Register, Terms
from workflow.editions import Edition

LISTED = """short = "LK"
checklist = [{ code = "tabel", text = "Tabel terisi" }, { code = "ttd", text = "Bertanda tangan" }]
"""
CATALOGUE = small_catalogue(requirements=REQUIREMENTS.replace('short = "LK"\n', LISTED))


@pytest.fixture
def register(database: Database, clock: Clock) -> Register:
    return open_region(database, clock, CATALOGUE)


def without_signature(database: Database, now: Obligation) -> Terms:
    """The same document under a catalogue that asks for no signature any more."""
    less = Edition.of(now.requirement._replace(checklist=now.requirement.checklist[:1]))
    with database.writing():
        database.run("INSERT INTO edition VALUES (?, ?, ?)", less.digest, now.requirement.key, less.words)
    return Terms(edition=less.digest)


def test_an_item_that_the_catalogue_has_dropped_keeps_nobody_from_passing_on(
    database: Database, register: Register, clock: Clock, submitted: Obligation
) -> None:
    lists = Checklists(database, clock)
    lists.tick(submitted, SARI, "ttd", Mark.NOT_FOUND)
    lists.tick(submitted, SARI, "tabel", Mark.MEETS)
    assert register.why_not(Action.REVIEW, submitted, SARI) is not None

    terms = without_signature(database, submitted)
    amended = register.perform(Action.AMEND, submitted, ANI, note="katalog baru", terms=terms)

    assert [*lists.of(amended, SARI)] == ["tabel"]
    assert register.why_not(Action.REVIEW, amended, SARI) is None
    register.perform(Action.REVIEW, amended, SARI)
    assert [check.code for check in register.trail(amended.id)[-1].checks] == ["tabel"]


def test_a_page_that_no_document_has_is_none(
    database: Database, register: Register, clock: Clock, submitted: Obligation
) -> None:
    lists = Checklists(database, clock)
    lists.tick(submitted, SARI, "ttd", Mark.NOT_FOUND, page=10**30)
    register.perform(Action.RETURN, submitted, SARI, findings=[Defect("Bab IV hilang", page=10**30)])

    assert lists.of(submitted, SARI)["ttd"].page == 0
    assert [one.defect.page for one in register.findings(submitted)] == [0]
