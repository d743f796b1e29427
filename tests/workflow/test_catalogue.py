from __future__ import annotations

from datetime import date

import pytest

from tests.workflow.conftest import CALENDAR, OFFICES, REQUIREMENTS, small_catalogue
from workflow import Anchor, Ask, CatalogueError, DueRule, Frequency, Office, Period, asked_in, phrase

FILES = {"offices": OFFICES, "requirements": REQUIREMENTS, "calendar": CALENDAR}


def test_offices_keep_the_order_of_the_file() -> None:
    assert [office.code for office in small_catalogue().offices] == ["dinkes", "disdik", "dukcapil"]


def test_an_office_is_called_by_its_short_name_else_its_first_alias_else_its_code() -> None:
    assert small_catalogue().offices == (
        Office("dinkes", "Dinas Kesehatan", "Diskes"),
        Office("disdik", "Dinas Pendidikan", "DISDIK"),
        Office("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "Dukcapil"),
    )


def test_an_office_is_known_by_its_code_its_name_and_its_aliases() -> None:
    names = [words for words, code in small_catalogue().aliases.items() if code == "dinkes"]

    assert names == ["dinkes", "dinas kesehatan", "diskes"]


def test_a_variant_is_a_requirement_of_its_own_beside_the_document_that_it_changes() -> None:
    keys = [entry.requirement.key for entry in small_catalogue().entries]

    assert keys == ["lkjip", "pk", "pk+perubahan", "ukur-tw", "dpa"]


def test_an_entry_says_when_it_is_due_and_who_checks_it() -> None:
    entry = small_catalogue().entries[0]

    assert entry.requirement.name_en == "Annual performance report"
    assert (entry.every, entry.year_offset) == (Frequency.YEAR, -1)
    assert entry.due == DueRule(Anchor.PERIOD_END, months=2)
    assert (entry.needs_review, entry.reviewer) == (True, "biro-organisasi")


def test_what_an_entry_leaves_out_has_the_plain_meaning() -> None:
    """A review, no condition, the document's own year, the Indonesian name in English too."""
    entry = small_catalogue().entries[3]

    assert (entry.needs_review, entry.ask, entry.year_offset) == (True, Ask.ALL, 0)
    assert entry.requirement.name_en == entry.requirement.name


def test_only_what_says_so_needs_no_review_or_waits_for_a_cause() -> None:
    entries = small_catalogue().entries

    assert [entry.requirement.key for entry in entries if not entry.needs_review] == ["dpa"]
    assert [entry.requirement.key for entry in entries if entry.ask is Ask.DECLARED] == ["pk+perubahan"]


def test_spellings_and_lookalikes_are_kept_in_the_form_in_which_names_are_compared() -> None:
    catalogue = small_catalogue()

    assert catalogue.entries[0].spellings == ("lkip", "lakip", "lkjip")
    assert catalogue.entries[3].spellings == ("ukur tw",)
    assert catalogue.lookalikes == ("lkpj", "pk gubernur")


def test_a_calendar_year_holds_the_plan_the_dates_and_the_days_off() -> None:
    calendar = small_catalogue().calendars.of(2026)

    assert calendar.plan == Period(2025, 2029)
    assert {anchor: str(day) for anchor, day in calendar.dates.items()} == {
        Anchor.RPJMD: "2025-08-20",
        Anchor.RKPD: "2025-06-30",
        Anchor.DPA: "2026-01-02",
        Anchor.DPPA: "2026-10-01",
    }
    assert [str(day) for day in calendar.holidays] == ["2026-07-14"]


def test_the_rpjmd_is_of_the_day_that_the_first_year_of_its_plan_says() -> None:
    own = CALENDAR + '[default]\nplan = "2025-2029"\nrpjmd = "08-20"\nrkpd = "06-30"\ndpa = "01-02"\ndppa = "10-01"\n'
    calendars = small_catalogue(calendar=f"{own}[2030]\nrpjmd = 2030-09-15\n").calendars

    ratified = [calendars.of(year).dates[Anchor.RPJMD] for year in (2027, 2030, 2034, 2035)]
    assert ratified == [date(2025, 8, 20), date(2030, 9, 15), date(2030, 9, 15), date(2035, 8, 20)]


def test_a_requirement_may_stand_there_again_for_other_years_with_another_unit() -> None:
    one = REQUIREMENTS.split("[[requirement]]")[2]
    until, since = (f"[[requirement]]{one}valid_{end}\n" for end in ("to = 2026", "from = 2027"))
    others = REQUIREMENTS.replace(f"[[requirement]]{one}", until + since.replace("biro-organisasi", "bappeda"))
    calendar = CALENDAR + CALENDAR.replace("[2026]", "[2027]")
    catalogue = small_catalogue(requirements=others, calendar=calendar)

    units = {
        year: {one.unit for one in asked_in(catalogue, year) if one.requirement.key == "pk"} for year in (2026, 2027)
    }

    assert units == {2026: {"biro-organisasi"}, 2027: {"bappeda"}}


def test_a_name_of_before_is_known_and_may_have_been_anothers_then() -> None:
    then, now = '{ name = "BPMD", from = 2009, to = 2016 }', '{ name = "BPMD", from = 2017 }'
    offices = OFFICES.replace('["Diskes"]', f'["Diskes", {then}]').replace('["Disdukcapil"', f'["Disdukcapil", {now}')

    known = small_catalogue(offices=offices)
    assert known.aliases["bpmd"] == "dukcapil"
    assert known.borne == {"bpmd": ((2017, 9999),)}
    with pytest.raises(CatalogueError):
        small_catalogue(offices=offices.replace("to = 2016", "to = 2017"))


@pytest.mark.parametrize("year", [2010, 2024, 2026, 2099])
def test_a_year_without_a_section_is_served_from_the_default(year: int) -> None:
    default = """
    [default]
    plan = "2025-2029"
    rpjmd = "08-20"
    rkpd = { date = "06-30", year = -1 }
    dpa = "01-02"
    dppa = "10-01"
    [2026]
    dpa = 2026-01-05
    """
    calendar = small_catalogue(calendar=default).calendars.of(year)

    assert calendar.plan.first_year <= year <= calendar.plan.last_year
    assert calendar.dates == {
        Anchor.RPJMD: date(calendar.plan.first_year, 8, 20),
        Anchor.RKPD: date(year - 1, 6, 30),
        Anchor.DPA: date(year, 1, 5 if year == 2026 else 2),
        Anchor.DPPA: date(year, 10, 1),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("LKjIP_Dinkes-2025", "lkjip dinkes 2025", id="file name"),
        pytest.param("  Dinas   Kesehatan ", "dinas kesehatan", id="blanks"),
        pytest.param("P.K. (final)", "p k final", id="punctuation"),
        pytest.param("Straße", "strasse", id="other letters"),
        pytest.param("--", "", id="nothing in it"),
    ],
)
def test_names_are_compared_by_their_words_alone(text: str, words: str) -> None:
    assert phrase(text) == words


@pytest.mark.parametrize(
    ("file", "found", "put", "entry", "key"),
    [
        pytest.param("offices", 'region = "Kabupaten Contoh"', "", "", "region", id="no region"),
        pytest.param("offices", 'code = "dinkes"', "", "?", "code", id="office without code"),
        pytest.param("offices", '"dinkes"', '"DinKes"', "DinKes", "code", id="office code in capitals"),
        pytest.param("offices", '"dinkes"', '"din/kes"', "din/kes", "code", id="slash in an office code"),
        pytest.param("offices", '"dinkes"', '"../kes"', "../kes", "code", id="office code that climbs out"),
        pytest.param("offices", '"dinkes"', '"-dinkes"', "-dinkes", "code", id="office code like an option"),
        pytest.param("offices", '"disdik"', '"dinkes"', "dinkes", "code", id="office twice"),
        pytest.param("offices", '"Dinas Pendidikan"', '" "', "disdik", "name", id="office without name"),
        pytest.param("offices", '"Disdukcapil"', '"DISKES"', "dukcapil", "aliases", id="shared alias"),
        pytest.param("offices", '"Disdukcapil"', '"disdik"', "dukcapil", "aliases", id="code as alias"),
        pytest.param("requirements", 'code = "lkjip"', "", "?", "code", id="requirement without code"),
        pytest.param("requirements", '"ukur-tw"', '"ukur tw"', "ukur tw", "code", id="blank in a code"),
        pytest.param("requirements", '"ukur-tw"', '"ukur+tw"', "ukur+tw", "code", id="plus in a code"),
        pytest.param("requirements", 'short = "LK"', "", "lkjip", "short", id="no column heading"),
        pytest.param("requirements", 'name = "Perjanjian Kinerja"\n', "", "pk", "name", id="no name"),
        pytest.param("requirements", 'family = "SAKIP"', "", "lkjip", "family", id="no family"),
        pytest.param("requirements", '"quarter"', '"weekly"', "ukur-tw", "period", id="unknown period"),
        pytest.param("requirements", 'period = "quarter"', "", "ukur-tw", "period", id="no period"),
        pytest.param("requirements", 'variant = "perubahan"', "", "pk", "code", id="requirement twice"),
        pytest.param("requirements", 'code = "dpa"', 'code = "lkjip"', "lkjip", "code", id="one code twice"),
        pytest.param("requirements", 'due = { anchor = "dppa", days = 30 }', "", "pk", "due", id="no due date"),
        pytest.param("requirements", '{ anchor = "dppa", days = 30 }', '"30 hari"', "pk", "due", id="due in words"),
        pytest.param("requirements", '"dppa"', '"apbd"', "pk", "anchor", id="unknown anchor"),
        pytest.param("requirements", 'anchor = "dppa", ', "", "pk", "anchor", id="no anchor"),
        pytest.param("requirements", "days = 30", "weeks = 4", "pk", "weeks", id="unknown unit of time"),
        pytest.param("calendar", "[2026]", "[26]", "26", "26", id="year of two digits"),
        pytest.param("calendar", "[2026]", "", "plan", "plan", id="dates of no year"),
        pytest.param("calendar", 'plan = "2025-2029"', "", "2026", "plan", id="no plan"),
        pytest.param("calendar", '"2025-2029"', '"lima tahun"', "2026", "plan", id="plan in words"),
        pytest.param("calendar", '"2025-2029"', "2025", "2026", "plan", id="plan as a number"),
        pytest.param("calendar", "rkpd = 2025-06-30", "", "2026", "rkpd", id="a date missing"),
        pytest.param("calendar", "2026-10-01", '"1 Oktober"', "2026", "dppa", id="date in words"),
    ],
)
def test_a_wrong_catalogue_is_refused_by_file_entry_and_key(
    file: str, found: str, put: str, entry: str, key: str
) -> None:
    assert found in FILES[file]

    with pytest.raises(CatalogueError) as wrong:
        small_catalogue(**{file: FILES[file].replace(found, put, 1)})

    assert (wrong.value.file, wrong.value.entry, wrong.value.key) == (f"{file}.toml", entry, key)
    assert wrong.value.hint
