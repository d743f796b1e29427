"""What people say that words mean counts beside the catalogue, with who said it, until it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.conftest import OFFICES, Clock, open_region, small_catalogue
from workflow import (
    Actor,
    AlreadyMeans,
    Database,
    Forbidden,
    Register,
    Role,
    Spelled,
    Spellings,
    Unknown,
)

ANI = Actor("ani", Role.BUREAU)


@pytest.fixture
def database(path: Path, clock: Clock) -> Database:
    database = Database.create(path)
    open_region(database, clock)
    return database


@pytest.fixture
def spellings(database: Database) -> Spellings:
    return Spellings(database, Clock())


def test_a_told_spelling_counts_like_one_of_the_catalogue(database: Database, spellings: Spellings) -> None:
    spellings.remember(Spelled.OFFICE, "Dinkes_KAB", "dinkes", ANI)
    spellings.remember(Spelled.REQUIREMENT, "kontrak kinerja", "pk", ANI)

    vocabulary = Register(database, Clock()).vocabulary()
    assert vocabulary.offices["dinkes kab"] == "dinkes"
    assert vocabulary.requirements["kontrak kinerja"] == vocabulary.requirements["perjanjian kinerja"]


def test_a_name_of_some_years_counts_in_all_of_them_once_a_person_has_told_it(path: Path, clock: Clock) -> None:
    database = Database.create(path)
    register = Register(database, clock)
    former = '{ name = "BPLHD", from = 2009, to = 2016 }, { name = "BPLHD", from = 2019, to = 2020 }'
    register.open_year(small_catalogue(offices=OFFICES.replace('["Diskes"]', f'["Diskes", {former}]')), 2026)
    assert register.vocabulary().borne == {"bplhd": ((2009, 2016), (2019, 2020))}

    told = Spellings(database, clock).remember(Spelled.OFFICE, "BPLHD", "dinkes", ANI)
    assert register.vocabulary().borne == {}

    Spellings(database, clock).forget(told.id, ANI)
    assert set(register.vocabulary().borne) == {"bplhd"}


def test_it_is_listed_with_who_said_it_and_when(spellings: Spellings) -> None:
    told = spellings.remember(Spelled.OFFICE, "dinkes kab", "dinkes", ANI)

    assert spellings.all() == [told]
    assert (told.kind, told.words, told.means, told.actor) == (Spelled.OFFICE, "dinkes kab", "dinkes", "ani")
    assert told.at.startswith("2026-")


def test_saying_it_twice_is_saying_it_once(spellings: Spellings) -> None:
    first = spellings.remember(Spelled.OFFICE, "dinkes kab", "dinkes", ANI)

    assert spellings.remember(Spelled.OFFICE, "DINKES-KAB", "dinkes", ANI) == first
    assert spellings.all() == [first]


def test_taken_back_it_counts_no_more_and_can_be_told_anew(database: Database, spellings: Spellings) -> None:
    told = spellings.remember(Spelled.OFFICE, "kab", "dinkes", ANI)
    spellings.forget(told.id, ANI)

    assert spellings.all() == []
    assert "kab" not in Register(database, Clock()).vocabulary().offices
    assert spellings.remember(Spelled.OFFICE, "kab", "disdik", ANI).means == "disdik"
    ((forgotten_by,),) = database.rows("SELECT forgotten_by FROM remembered WHERE id = ?", told.id)
    assert forgotten_by == "ani"


@pytest.mark.parametrize(
    ("kind", "words", "means"),
    [
        pytest.param(Spelled.OFFICE, "diskes", "disdik", id="another office"),
        pytest.param(Spelled.REQUIREMENT, "lakip", "pk", id="another document"),
        pytest.param(Spelled.REQUIREMENT, "LKPJ", "lkjip", id="a look-alike"),
        pytest.param(Spelled.OFFICE, "pk", "dinkes", id="a document, not an office"),
        pytest.param(Spelled.OFFICE, "told before", "disdik", id="told before"),
    ],
)
def test_words_that_mean_something_else_are_refused(
    spellings: Spellings, kind: Spelled, words: str, means: str
) -> None:
    spellings.remember(Spelled.OFFICE, "told before", "dinkes", ANI)
    before = spellings.all()

    with pytest.raises(AlreadyMeans):
        spellings.remember(kind, words, means, ANI)
    assert spellings.all() == before


@pytest.mark.parametrize(
    ("kind", "words", "means"),
    [
        pytest.param(Spelled.OFFICE, "kab", "dinkez", id="no such office"),
        pytest.param(Spelled.REQUIREMENT, "kab", "dinkes", id="no such document"),
        pytest.param(Spelled.OFFICE, "...", "dinkes", id="no word"),
    ],
)
def test_what_is_not_there_cannot_be_meant(spellings: Spellings, kind: Spelled, words: str, means: str) -> None:
    with pytest.raises(Unknown):
        spellings.remember(kind, words, means, ANI)
    assert spellings.all() == []


def test_the_nearest_code_is_named(spellings: Spellings) -> None:
    with pytest.raises(Unknown) as problem:
        spellings.remember(Spelled.OFFICE, "kab", "dinkez", ANI)
    assert problem.value.nearest[0] == "dinkes"


@pytest.mark.parametrize("role", [Role.OFFICE, Role.APPROVER, Role.LEADER, Role.AUDITOR])
def test_only_who_files_for_offices_may_tell_or_take_back(spellings: Spellings, role: Role) -> None:
    told = spellings.remember(Spelled.OFFICE, "kab", "dinkes", ANI)
    eve = Actor("eve", role)

    with pytest.raises(Forbidden):
        spellings.remember(Spelled.OFFICE, "kota", "dinkes", eve)
    with pytest.raises(Forbidden):
        spellings.forget(told.id, eve)
    assert spellings.all() == [told]


def test_one_that_is_not_there_cannot_be_taken_back(spellings: Spellings) -> None:
    with pytest.raises(Unknown):
        spellings.forget(7, ANI)


def test_a_catalogue_that_is_taken_over_again_keeps_what_was_told(database: Database, spellings: Spellings) -> None:
    told = spellings.remember(Spelled.OFFICE, "kab", "dinkes", ANI)

    Register(database, Clock()).open_year(small_catalogue(), 2026)

    assert spellings.all() == [told]
