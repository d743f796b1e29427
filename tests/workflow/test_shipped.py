from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime

import pytest

from workflow import Catalogue, Database, Period, Register, read_catalogue, shipped_catalogue, verify
from workflow.catalogue import Anchor, Frequency

LAMPUNG = "Provinsi Lampung"
UNITS = {"biro-organisasi", "bappeda", "inspektorat", "bpkad"}
CODES = {
    *("renstra", "renja", "iku", "manual-iku", "pokin", "cascading", "pk", "pk+perubahan", "renaksi", "dpa"),
    *("sop-data", "ukur-tw", "lkjip", "lhe-akip", "tl-lhe", "lap-rb-tw"),
}


def read(region: str, year: int) -> Catalogue:
    files = {name: tomllib.loads(text) for name, text in shipped_catalogue(region, year).items()}
    return read_catalogue(files["offices.toml"], files["requirements.toml"], files["calendar.toml"])


def no_clock() -> datetime:
    pytest.fail("opening and asking need no clock")


@pytest.fixture(scope="module")
def lampung() -> Catalogue:
    return read(LAMPUNG, 2026)


def test_lampung_has_its_49_offices(lampung: Catalogue) -> None:
    codes = [office.code for office in lampung.offices]

    assert lampung.region == LAMPUNG
    assert len(codes) == len(set(codes)) == 49
    assert {"setwan", "inspektorat", "bkd", "bpbd"} <= set(codes)


def test_every_document_of_the_national_set_is_there(lampung: Catalogue) -> None:
    assert {entry.requirement.key for entry in lampung.entries} >= CODES


def test_what_is_measured_every_quarter_is_owed_every_quarter(lampung: Catalogue) -> None:
    quarterly = {entry.requirement.key for entry in lampung.entries if entry.every is Frequency.QUARTER}

    assert quarterly == {"ukur-tw", "lap-rb-tw"}


def test_reports_are_about_the_year_before_and_plans_are_not(lampung: Catalogue) -> None:
    about_last_year = {entry.requirement.key for entry in lampung.entries if entry.year_offset == -1}

    assert about_last_year == {"lkjip", "lhe-akip", "tl-lhe"}
    assert {entry.year_offset for entry in lampung.entries} == {0, -1}


def test_only_the_revised_agreement_waits_for_a_cause(lampung: Catalogue) -> None:
    assert [entry.requirement.key for entry in lampung.entries if entry.conditional] == ["pk+perubahan"]


def test_every_document_has_a_unit_that_reviews_it(lampung: Catalogue) -> None:
    assert {entry.reviewer for entry in lampung.entries} == UNITS
    assert all(entry.needs_review for entry in lampung.entries)


def test_column_headings_have_two_letters_and_are_all_different(lampung: Catalogue) -> None:
    headings = Counter(entry.requirement.short for entry in lampung.entries)

    assert {len(heading) for heading in headings} == {2}
    assert set(headings.values()) == {1}


def test_no_spelling_means_two_documents_but_the_variants_of_one(lampung: Catalogue) -> None:
    codes = defaultdict(set)
    for entry in lampung.entries:
        for words in entry.spellings:
            codes[words].add(entry.requirement.code)

    assert {words: meant for words, meant in codes.items() if len(meant) > 1} == {}


def test_no_spelling_is_at_the_same_time_a_lookalike_or_an_office(lampung: Catalogue) -> None:
    spellings = {words for entry in lampung.entries for words in entry.spellings}

    assert spellings & set(lampung.lookalikes) == set()
    assert spellings & lampung.aliases.keys() == set()


def test_no_document_and_no_office_is_spelled_with_nothing(lampung: Catalogue) -> None:
    """Nothing is found in every name; a single letter nearly so."""
    spellings = {words for entry in lampung.entries for words in entry.spellings}

    assert [words for words in (*spellings, *lampung.aliases, *lampung.lookalikes) if len(words) < 2] == []


def test_the_year_opens_with_the_dates_that_it_was_made_for(lampung: Catalogue) -> None:
    calendar = lampung.calendars[2026]

    assert calendar.plan == Period(2025, 2029)
    assert calendar.dates == {
        Anchor.RPJMD: date(2025, 8, 20),
        Anchor.RKPD: date(2025, 6, 30),
        Anchor.DPA: date(2026, 1, 2),
        Anchor.DPPA: date(2026, 10, 1),
    }


@pytest.mark.parametrize(("year", "plan"), [(2024, "2020-2024"), (2025, "2025-2029"), (2029, "2025-2029")])
def test_a_year_belongs_to_the_plan_that_it_falls_in(year: int, plan: str) -> None:
    assert str(read(LAMPUNG, year).calendars[year].plan) == plan


def test_every_office_of_lampung_owes_sixteen_documents_and_two_of_them_four_times(
    lampung: Catalogue, database: Database
) -> None:
    register = Register(database, no_clock)

    new = register.open_year(lampung, 2026)

    assert Counter(name.partition("/")[0] for name in new) == dict.fromkeys(
        [office.code for office in lampung.offices], 22
    )
    assert len(register.obligations(year=2026)) == 1078
    assert verify(database).faults == ()


@pytest.mark.parametrize(
    ("name", "due"),
    [
        pytest.param("lkjip/2025", date(2026, 2, 28), id="two months after the year"),
        pytest.param("pk/2026", date(2026, 2, 2), id="a month after the DPA"),
        pytest.param("pk/2026+perubahan", date(2026, 11, 1), id="a month after the DPPA"),
        pytest.param("renstra/2025-2029", date(2025, 9, 20), id="a month after the RPJMD"),
        pytest.param("renja/2026", date(2025, 7, 30), id="a month after the RKPD"),
        pytest.param("ukur-tw/2026-q1", date(2026, 4, 15), id="ten working days after the quarter"),
        pytest.param("lhe-akip/2025", date(2026, 6, 30), id="about June"),
    ],
)
def test_a_document_is_due_when_its_regulation_says(
    lampung: Catalogue, database: Database, name: str, due: date
) -> None:
    register = Register(database, no_clock)
    register.open_year(lampung._replace(offices=lampung.offices[:1]), 2026)

    assert register.obligation(f"setwan/{name}").due == due


@pytest.mark.parametrize("name", ["provinsi lampung", "PROVINSI  LAMPUNG", "Provinsi-Lampung"])
def test_a_region_is_known_however_its_name_is_typed(name: str) -> None:
    assert len(read(name, 2026).offices) == 49


@pytest.mark.parametrize("name", ["Kabupaten Contoh", 'Kota "Baru"', "../../etc/passwd"])
def test_a_region_that_we_do_not_know_begins_without_offices(name: str) -> None:
    catalogue = read(name, 2026)

    assert catalogue.region == name
    assert catalogue.offices == ()
    assert len(catalogue.entries) == len(CODES)


def test_nobody_may_decide_anything_in_a_new_workspace() -> None:
    assert tomllib.loads(shipped_catalogue(LAMPUNG, 2026)["people.toml"]) == {}
