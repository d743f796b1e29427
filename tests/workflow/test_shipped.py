"""The catalogue that a new workspace starts from: all that the field knows, and for each region its own offices."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from tests.workflow.conftest import Clock
from workflow import (
    FILES,
    Anchor,
    Ask,
    Asked,
    Catalogue,
    Database,
    Entry,
    Family,
    Frequency,
    Level,
    Period,
    Register,
    Sure,
    asked_in,
    phrase,
    read_catalogue,
    shipped_catalogue,
    verify,
)

OFFICES = Path(__file__).parents[2].parent / "shared" / "data" / "offices.tsv"
LAMPUNG = "Provinsi Lampung"
REGIONS = {
    LAMPUNG: 49,
    "Kabupaten Banyuwangi": 29,
    "Kabupaten Lamongan": 63,
    "Kabupaten Lampung Selatan": 35,
    "Kabupaten Pringsewu": 38,
    "Kota Metro": 34,
    "Kota Tangerang Selatan": 37,
}
UNITS = {"biro-organisasi", "bappeda", "inspektorat", "bpkad"}
SAKIP = """
rpjpd rpjmd rkpd renstra renja rkt iku manual-iku pokin cascading crosscutting pk renaksi rka dpa kak pedoman sop-data
ukur-tw lap-bln monev-renaksi eval-renja lap-smt skp lkjip lap-interim lhr publikasi bukti-kirim sk-tim-sakip lke-akip
lhe-akip tl-lhe iku-pemda pk-pemda ukur-tw-pemda lkjip-pemda lhe-akip-pemda tl-lhe-pemda
rpjmd+perubahan rkpd+perubahan renstra+perubahan renja+perubahan iku+perubahan pokin+perubahan cascading+perubahan
pk+perubahan renaksi+perubahan rka+perubahan dpa+perubahan pk-pemda+perubahan
"""
RB = """
roadmap-rb renaksi-rb-g renaksi-rb-t lap-rb-tw bukti-rb sk-tim-rb lke-rb lhei-rb lhe-rb tl-rb lap-rb-area berakhlak
renaksi-rb-g-pemda renaksi-rb-t-pemda lap-rb-tw-pemda
"""
ZI = """
pencanangan-zi sk-unit-zi sk-tim-zi ba-tim-zi renker-zi sosial-zi lap-zi monev-zi sk-agen tatalaksana-zi sdm-zi
akuntabilitas-zi pengawasan-zi std-pelayanan maklumat skm tl-skm spak spkp lke-zi lhe-zi
"""
# What is asked of an ordinary office, of the region, and of a unit of ZI beside the office that it is.
OWED = {
    "dinsos": {
        ("SAKIP", "five-years"): 3,
        ("SAKIP", "year"): 10,
        ("SAKIP", "quarter"): 4,
        ("RB", "year"): 1,
        ("RB", "quarter"): 4,
    },
    "pemda": {
        ("SAKIP", "twenty-years"): 1,
        ("SAKIP", "five-years"): 2,
        ("SAKIP", "year"): 7,
        ("SAKIP", "quarter"): 4,
        ("RB", "five-years"): 1,
        ("RB", "year"): 3,
        ("RB", "quarter"): 8,
    },
    "disdukcapil": {
        ("SAKIP", "five-years"): 3,
        ("SAKIP", "year"): 10,
        ("SAKIP", "quarter"): 4,
        ("RB", "year"): 1,
        ("RB", "quarter"): 4,
        ("ZI", "once"): 1,
        ("ZI", "year"): 15,
        ("ZI", "semester"): 2,
        ("ZI", "quarter"): 16,
    },
}
# Criteria of PermenPAN-RB 88/2021, how many each sub-component has.
CRITERIA = {
    "1a": 7,
    "1b": 10,
    "1c": 8,
    "2a": 3,
    "2b": 7,
    "2c": 10,
    "3a": 6,
    "3b": 9,
    "3c": 7,
    "4a": 3,
    "4b": 5,
    "4c": 5,
}


def files(region: str, year: int) -> dict[str, dict[str, object]]:
    return {name: tomllib.loads(text) for name, text in shipped_catalogue(region, year).items()}


def read(region: str, year: int, assignments: str = "") -> Catalogue:
    tables = files(region, year)
    tables["assignments.toml"] |= tomllib.loads(assignments)
    return read_catalogue(*(tables[name] for name in FILES))


@pytest.fixture(scope="module")
def lampung() -> Catalogue:
    return read(LAMPUNG, 2026)


@pytest.fixture(scope="module")
def of_2026(lampung: Catalogue) -> dict[str, Asked]:
    """All that is asked in Lampung in 2026, by its name."""
    return {one.id: one for one in asked_in(lampung, 2026)}


@pytest.fixture(scope="module", params=REGIONS)
def region(request: pytest.FixtureRequest) -> Catalogue:
    return read(request.param, 2026)


def entry(catalogue: Catalogue, key: str, year: int = 2026) -> Entry:
    (found,) = [one for one in catalogue.entries if one.requirement.key == key and one.is_valid(year)]
    return found


def examples(text: str) -> str:
    """The example in the comments of a file, as it stands there when the marks are taken off."""
    lines = re.findall(r"^# ?(.*)", text[text.index("# Contoh / example") :], re.MULTILINE)
    return "\n".join(line for line in lines if re.match(r"\[|[\w.]+(-\w+)* = ", line))


# --- the catalogue ---


def test_every_document_of_the_three_programmes_is_there(lampung: Catalogue) -> None:
    keys = defaultdict(set)
    for one in lampung.entries:
        keys[one.requirement.family].add(one.requirement.key)

    assert keys == {Family.SAKIP: set(SAKIP.split()), Family.RB: set(RB.split()), Family.ZI: set(ZI.split())}


def test_every_document_says_where_it_comes_from_and_how_sure_its_date_is(lampung: Catalogue) -> None:
    written = files(LAMPUNG, 2026)["requirements.toml"]["requirement"]
    assert isinstance(written, list)

    assert [one["code"] for one in written if not one.get("source") or "sure" not in one] == []
    for one in lampung.entries:
        assert ("usulan" in one.requirement.source) == (one.requirement.sure is Sure.DEFAULT), one.requirement.key


def test_only_dates_that_were_read_in_the_regulation_are_called_verified(lampung: Catalogue) -> None:
    verified = {one.requirement.key for one in lampung.entries if one.requirement.sure is Sure.VERIFIED}

    assert verified == {"pk", "pk-pemda", "lkjip", "lkjip-pemda", "lhr"}


def test_a_revised_document_is_asked_for_only_once_it_is_declared(lampung: Catalogue) -> None:
    revised = {one.requirement.key for one in lampung.entries if one.requirement.variant}
    declared = {one.requirement.key for one in lampung.entries if one.ask is Ask.DECLARED}

    assert declared == revised - {"rka+perubahan"}
    assert {key.partition("+")[2] for key in revised} == {"perubahan"}


def test_what_is_only_proof_or_a_choice_is_asked_of_no_office_that_is_not_named(lampung: Catalogue) -> None:
    of_all = {one.requirement.key: str(one.requirement.need) for one in lampung.entries if one.ask is Ask.ALL}

    assert {key for key, need in of_all.items() if need != "required"} <= set(ZI.split())


def test_reports_are_about_the_year_before_and_plans_are_not(lampung: Catalogue) -> None:
    about_last_year = {one.requirement.key for one in lampung.entries if one.year_offset == -1}

    assert about_last_year == set(
        "lkjip lkjip-pemda lhr publikasi bukti-kirim lke-akip lhe-akip lhe-akip-pemda tl-lhe tl-lhe-pemda"
        " lke-rb lhe-rb tl-rb".split()
    )
    assert {one.year_offset for one in lampung.entries} == {0, -1}


def test_every_document_is_reviewed_by_a_unit(lampung: Catalogue) -> None:
    assert {one.reviewer for one in lampung.entries} == UNITS
    assert all(one.needs_review for one in lampung.entries)


def test_column_headings_have_two_letters_and_are_all_different(lampung: Catalogue) -> None:
    headings = defaultdict(set)
    for one in lampung.entries:
        headings[one.requirement.short].add(one.requirement.key)

    assert {len(heading) for heading in headings} == {2}
    assert {heading: keys for heading, keys in headings.items() if len(keys) > 1} == {}


def test_what_a_document_proves_is_a_criterion_that_there_is(lampung: Catalogue) -> None:
    known = {f"{part}.{number}" for part, most in CRITERIA.items() for number in range(1, most + 1)}
    known |= {"rb", "zi", "zi.hasil", *(f"zi.{area}" for area in range(1, 7))}

    for one in lampung.entries:
        evidence = one.requirement.evidence
        assert set(evidence) <= known, one.requirement.key
        assert evidence, one.requirement.key
        assert len(set(evidence)) == len(evidence), one.requirement.key


@pytest.mark.parametrize("part", ["1a", "2a", "3a", "4a"])
def test_no_criterion_of_what_has_to_be_there_lacks_a_document(lampung: Catalogue, part: str) -> None:
    proven = {criterion for one in lampung.entries for criterion in one.requirement.evidence}

    # 1a.7, that each unit makes its own plan, is seen in the register, not in a document.
    wanted = {f"{part}.{number}" for number in range(1, CRITERIA[part] + 1)} - {"1a.7"}
    assert wanted - proven == set()


def test_the_agreement_of_a_unit_is_proof_for_all_three_programmes(lampung: Catalogue) -> None:
    agreement = entry(lampung, "pk").requirement

    assert {"1a.4", "rb", "zi.4"} <= set(agreement.evidence)
    assert agreement.serves == ("akuntabilitas-zi",)
    assert agreement.wants == ("renstra",)


def test_every_document_says_what_kind_of_file_and_how_large_it_may_be(lampung: Catalogue) -> None:
    known = {"pdf", "xlsx", "xls", "jpg", "png"}

    assert [
        one.requirement.key
        for one in lampung.entries
        if "pdf" not in one.requirement.accepts
        or not set(one.requirement.accepts) <= known
        or one.requirement.max_mb not in (20, 50, 100)
    ] == []


def test_the_report_is_checked_by_the_23_items_of_the_regulation(lampung: Catalogue) -> None:
    for key in ("lkjip", "lkjip-pemda"):
        report = entry(lampung, key).requirement
        groups = Counter(item.group for item in report.checklist)

        assert groups == {"Umum": 3, "Kelengkapan": 12, "Format": 6, "Mekanisme": 7, "Substansi": 10}
        assert report.chapters == ("Pendahuluan", "Perencanaan Kinerja", "Akuntabilitas Kinerja", "Penutup")


def test_what_is_looked_at_is_short_and_said_in_both_languages(lampung: Catalogue) -> None:
    items = {item for one in lampung.entries for item in one.requirement.checklist}

    assert [item for item in items if not (item.group and item.text_en)] == []
    assert [item for item in items if max(len(item.text), len(item.text_en)) > 70] == []


def test_every_reviewed_document_is_looked_at_for_what_all_share_and_groups_stay_together(lampung: Catalogue) -> None:
    for one in lampung.entries:
        items = one.requirement.checklist
        runs = [group for group, _ in groupby(item.group for item in items)]

        assert [item.code for item in items[:4]] == ["judul", "milik", "utuh", "ttd"], one.requirement.key
        assert len(runs) == len(set(runs)), one.requirement.key


def test_what_all_share_is_enough_for_what_the_region_writes_itself_or_receives(lampung: Catalogue) -> None:
    """The kinds of documents that have items of their own are those of which the field knows them."""
    (shared,) = (one.requirement.checklist for one in lampung.entries if one.requirement.key == "rpjmd")
    plain = {one.requirement.code for one in lampung.entries if one.requirement.checklist == shared}

    assert plain == set(
        "rpjpd rpjmd rkpd rkt manual-iku crosscutting rka dpa kak pedoman sop-data lap-bln eval-renja lap-smt skp"
        " lap-interim lhr lke-akip lhe-akip-pemda roadmap-rb lke-rb lhei-rb lhe-rb lap-rb-area berakhlak".split()
    )


@pytest.mark.parametrize(("year", "chapters"), [(2024, 8), (2025, 5), (2030, 5)])
def test_a_strategic_plan_has_the_chapters_of_its_time(lampung: Catalogue, year: int, chapters: int) -> None:
    plan = entry(lampung, "renstra", year).requirement

    assert len(plan.chapters) == chapters
    assert (plan.chapters[0], plan.chapters[-1]) == ("Pendahuluan", "Penutup")


# --- its words ---


def test_no_spelling_means_two_documents_of_one_office(lampung: Catalogue) -> None:
    """The region's own report is spelled as an office's, for nobody owes both; a revised one as the first."""
    for is_region in (False, True):
        codes = defaultdict(set)
        for one in lampung.entries:
            if (one.requirement.level is Level.REGION) is is_region:
                for words in {*one.spellings, *one.titles}:
                    codes[words].add(one.requirement.code)

        assert {words: meant for words, meant in codes.items() if len(meant) > 1} == {}


def test_what_the_region_shares_with_its_offices_is_the_same_document(lampung: Catalogue) -> None:
    codes = defaultdict(set)
    for one in lampung.entries:
        for words in one.spellings:
            codes[words].add(one.requirement.code)

    assert {code.removesuffix("-pemda") for meant in codes.values() if len(meant) > 1 for code in meant} == {
        *("iku", "pk", "ukur-tw", "lkjip", "lhe-akip", "tl-lhe", "renaksi-rb-g", "renaksi-rb-t", "lap-rb-tw")
    }
    assert all(len({code.removesuffix("-pemda") for code in meant}) == 1 for meant in codes.values())


def test_no_spelling_is_at_the_same_time_a_lookalike_or_an_office(region: Catalogue) -> None:
    spellings = {words for one in region.entries for words in one.spellings}

    assert spellings & set(region.lookalikes) == set()
    assert spellings & region.aliases.keys() == set()
    assert set(region.lookalikes) & region.aliases.keys() == set()
    assert [words for words, count in Counter(region.lookalikes).items() if count > 1] == []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("lkpj", id="the region's account to its council"),
        pytest.param("lppd", id="the region's account to the ministry"),
        pytest.param("pkpt", id="the inspectorate's plan"),
        pytest.param("pkpk", id="the same, revised"),
        pytest.param("lra", id="what was spent"),
        pytest.param("sk tim renja", id="who writes the work plan"),
        pytest.param("perjanjian kerja sama", id="a contract"),
        pytest.param("peraturan menteri", id="a regulation"),
        pytest.param("permenpan", id="a regulation, shortened"),
        pytest.param("data dukung", id="proof of anything"),
    ],
)
def test_what_only_looks_alike_is_kept_apart(lampung: Catalogue, words: str) -> None:
    assert words in lampung.lookalikes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param("evaluasi renja", "eval-renja", id="not the work plan"),
        pytest.param("tindak lanjut skm", "tl-skm", id="not the follow-up of the evaluation"),
        pytest.param("rkt", "rkt", id="not the work plan either"),
        pytest.param("monev renaksi", "monev-renaksi", id="not the action plan"),
        pytest.param("lkjip tw", "lap-interim", id="not the annual report"),
        pytest.param("lhr", "lhr", id="not the report that it reviews"),
        pytest.param("rencana aksi rb", "renaksi-rb-g", id="not the action plan of the agreement"),
        pytest.param("dppa", "dpa", id="the budget document, revised"),
        pytest.param("lke wbk", "lke-zi", id="not the score sheet of SAKIP"),
        pytest.param("pk gubernur", "pk-pemda", id="the governor's"),
    ],
)
def test_a_document_that_looks_like_another_has_an_entry_of_its_own(
    lampung: Catalogue, words: str, code: str
) -> None:
    meant = {one.requirement.code for one in lampung.entries if words in one.spellings}

    assert {one.removesuffix("-pemda") for one in meant} == {code.removesuffix("-pemda")}
    assert code in meant


def test_no_document_and_no_office_is_spelled_with_nothing(region: Catalogue) -> None:
    """Nothing is found in every name; a single letter nearly so."""
    spellings = {words for one in region.entries for words in (*one.spellings, *one.titles)}

    assert [words for words in (*spellings, *region.aliases, *region.lookalikes) if len(words) < 2] == []
    assert [one.requirement.key for one in region.entries if not one.titles] == []


# --- what is owed ---


def owed(catalogue: Catalogue, year: int) -> Iterator[Asked]:
    """What is asked without anything being declared."""
    declared = {one.requirement.key for one in catalogue.entries if one.ask is Ask.DECLARED}
    return (one for one in asked_in(catalogue, year) if one.requirement.key not in declared)


@pytest.mark.parametrize("office", OWED)
def test_what_is_owed_by_family_and_period(office: str) -> None:
    catalogue = read(LAMPUNG, 2026, '[[unit]]\nzi = ["disdukcapil"]')
    theirs = [one.requirement for one in owed(catalogue, 2026) if one.office == office]

    assert Counter((str(one.family), str(one.every)) for one in theirs) == OWED[office]


def test_an_ordinary_office_owes_22_documents_a_year_and_8_more_once_they_are_declared(region: Catalogue) -> None:
    """One more than before: the RB action plan, which the quarterly RB report reports on."""
    everything = Counter(one.office for one in asked_in(region, 2026))
    without_cause = Counter(one.office for one in owed(region, 2026))
    codes = [listed.office.code for listed in region.listed if listed.office.code != "pemda"]

    assert without_cause == {**dict.fromkeys(codes, 22), "pemda": 26}
    assert everything == {**dict.fromkeys(codes, 30), "pemda": 29}


def test_a_year_is_opened_with_all_of_it_and_opened_again_with_nothing(
    lampung: Catalogue, database: Database
) -> None:
    """The clock is asked twice, and what it says the second time seals nothing."""
    register = Register(database, Clock())

    assert len(register.open_year(lampung, 2026)) == 49 * 30 + 29
    head = register.head()
    assert register.open_year(lampung, 2026) == []
    assert register.head() == head
    assert verify(database).faults == ()


@pytest.mark.parametrize(
    ("name", "due"),
    [
        pytest.param("setwan/lkjip/2025", date(2026, 2, 28), id="two months after the year"),
        pytest.param("pemda/lkjip-pemda/2025", date(2026, 3, 31), id="the region: three months"),
        pytest.param("pemda/lhr/2025", date(2026, 3, 31), id="reviewed before it is sent"),
        pytest.param("setwan/pk/2026", date(2026, 2, 2), id="a month after the DPA"),
        pytest.param("pemda/pk-pemda/2026", date(2026, 2, 2), id="the region: the same"),
        pytest.param("setwan/pk/2026+perubahan", date(2026, 11, 1), id="a month after the DPPA"),
        pytest.param("setwan/renstra/2025-2029", date(2025, 9, 20), id="a month after the RPJMD"),
        pytest.param(
            "setwan/renstra/2025-2029+perubahan", date(2026, 11, 1), id="a plan, revised in its second year"
        ),
        pytest.param("pemda/rpjmd/2025-2029", date(2025, 8, 20), id="the day of the RPJMD"),
        pytest.param("pemda/rpjpd/2025-2045", date(2025, 8, 20), id="with the RPJMD"),
        pytest.param("pemda/rkpd/2026", date(2025, 6, 30), id="the middle of the year before"),
        pytest.param("setwan/renja/2026", date(2025, 7, 30), id="a month after the RKPD"),
        pytest.param("setwan/ukur-tw/2026-q1", date(2026, 4, 15), id="ten working days after the quarter"),
        pytest.param("pemda/lap-rb-tw-pemda/2026-q1", date(2026, 4, 22), id="the region: fifteen"),
        pytest.param("pemda/lhei-rb/2026-q3", date(2026, 9, 30), id="at the end of the quarter"),
        pytest.param("setwan/lhe-akip/2025", date(2026, 6, 30), id="about June"),
    ],
)
def test_a_document_is_due_when_its_regulation_says(of_2026: dict[str, Asked], name: str, due: date) -> None:
    assert of_2026[name].due == due


@pytest.mark.parametrize(("year", "due"), [(2024, date(2024, 2, 29)), (2025, date(2025, 2, 28))])
def test_two_months_after_a_year_end_with_february(lampung: Catalogue, year: int, due: date) -> None:
    assert {one.due for one in asked_in(lampung, year) if one.requirement.code == "lkjip"} == {due}


@pytest.mark.parametrize(
    ("year", "plan"), [(2019, "2015-2019"), (2024, "2020-2024"), (2025, "2025-2029"), (2031, "2030-2034")]
)
def test_a_year_belongs_to_the_plan_that_it_falls_in(lampung: Catalogue, year: int, plan: str) -> None:
    calendar = lampung.calendars.of(year)

    assert str(calendar.plan) == plan
    assert calendar.dates == {
        Anchor.RPJMD: date(calendar.plan.first_year, 8, 20),
        Anchor.RKPD: date(year - 1, 6, 30),
        Anchor.DPA: date(year, 1, 2),
        Anchor.DPPA: date(year, 10, 1),
    }


def test_a_document_year_collects_each_period_once(lampung: Catalogue, of_2026: dict[str, Asked]) -> None:
    assert len(of_2026) == sum(1 for _ in asked_in(lampung, 2026))
    assert {one.period for one in of_2026.values() if one.requirement.every is Frequency.TWENTY_YEARS} == {
        Period(2025, 2045)
    }


def test_nobody_is_assigned_or_designated_to_begin_with(region: Catalogue) -> None:
    assert (region.assignments, region.designated) == ((), ())


def test_the_examples_in_the_files_can_be_used_as_they_stand() -> None:
    texts, tables = shipped_catalogue(LAMPUNG, 2026), files(LAMPUNG, 2026)
    for name in ("assignments.toml", "calendar.toml"):
        tables[name] |= tomllib.loads(examples(texts[name]))

    catalogue = read_catalogue(*(tables[name] for name in FILES))

    assert {one.office for one in asked_in(catalogue, 2026) if one.requirement.code == "renaksi-rb-t"} == {
        *("dinsos", "bappeda")
    }
    assert {one.office for one in asked_in(catalogue, 2026) if one.requirement.family is Family.ZI} == {
        *("disdukcapil", "dpmptsp")
    }
    assert catalogue.calendars.of(2026).dates[Anchor.DPA] == date(2026, 1, 5)


# --- the regions ---


def test_a_region_has_its_offices_and_itself(region: Catalogue) -> None:
    codes = [office.code for office in region.offices]

    assert len(codes) == len(set(codes)) == REGIONS[region.region] + 1
    assert codes[-1] == region.region_office.code == "pemda"
    assert region.region_office.name == f"Pemerintah {region.region}"
    assert region.timezone == "Asia/Jakarta"
    assert all(office.short for office in region.offices)
    assert all(listed.kind for listed in region.listed)


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_has_the_offices_that_we_know_of(name: str) -> None:
    """By name and kind; those whose name nobody has checked say so."""
    if not OFFICES.is_file():
        pytest.skip(f"the register of offices is not beside the checkout: {OFFICES}")
    with OFFICES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["region"] == name]
    written = files(name, 2026)["offices.toml"]["office"]
    assert isinstance(written, list)

    known = {noted(row["name"]): (row["type"].casefold(), row["name_known_from"] != "memory") for row in rows}

    assert {
        phrase(office["name"]): (office["kind"], office.get("checked", True))
        for office in written
        if office["code"] != "pemda"
    } == known
    aliases = read(name, 2026).aliases
    told = {phrase(alias) for row in rows for alias in re.sub(r"\(.*?\)", "", row["aliases"]).split(";")} - {""}
    assert told - aliases.keys() == set()


def noted(name: str) -> str:
    """A name without what was noted beside it."""
    return phrase(re.sub(r" / .*| \((?!dan).*?\)", "", name))


def test_a_name_that_an_office_took_later_is_known() -> None:
    assert read("Kabupaten Pringsewu", 2026).aliases["bapperida"] == "bappeda"


def test_one_alias_is_one_office_in_each_region_and_may_be_another_elsewhere() -> None:
    names = {name: {office.code: office.name for office in read(name, 2026).offices} for name in REGIONS}

    assert names[LAMPUNG]["dkp"] == "Dinas Kelautan dan Perikanan"
    assert names["Kabupaten Pringsewu"]["dkp"] == "Dinas Ketahanan Pangan"


@pytest.mark.parametrize("name", ["provinsi lampung", "PROVINSI  LAMPUNG", "Provinsi-Lampung"])
def test_a_region_is_known_however_its_name_is_typed(name: str) -> None:
    assert len(read(name, 2026).offices) == 50


@pytest.mark.parametrize("name", ["Kabupaten Contoh", 'Kota "Baru"', "../../etc/passwd"])
def test_a_region_that_we_do_not_know_begins_without_offices_and_owes_for_itself(
    name: str, lampung: Catalogue
) -> None:
    catalogue = read(name, 2026)

    assert catalogue.region == name
    assert catalogue.offices == ()
    assert catalogue.entries == lampung.entries
    assert Counter(one.office for one in owed(catalogue, 2026)) == {"pemda": 26}


def test_nobody_may_decide_anything_in_a_new_workspace() -> None:
    assert files(LAMPUNG, 2026)["people.toml"] == {}
