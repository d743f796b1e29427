"""Whose a file is, what it is and for when: filed only where no other answer is possible."""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox import Known, Part, Reason, Recognised, Recogniser, Unrecognised
from tests.inbox.conftest import DATA, Clock, catalogue
from workflow import Database, Period, Register, read_catalogue, shipped_catalogue

FILED = [
    pytest.param("diskes", "PK 2026.pdf", "diskes/pk/2026", id="drop folder and name"),
    pytest.param("", "PK Dinkes 2026.pdf", "diskes/pk/2026", id="name alone"),
    pytest.param("diskes", "PK Diskes 2026.pdf", "diskes/pk/2026", id="office twice"),
    pytest.param("Dinas Kesehatan", "PK 2026.pdf", "diskes/pk/2026", id="folder with the full name"),
    pytest.param("diskes", "1784860878_1718316270_3. PK 2026.pdf", "diskes/pk/2026", id="1: leading stamps"),
    pytest.param("diskes", "PK_2026_1673867090.pdf", "diskes/pk/2026", id="2: trailing stamp"),
    pytest.param("diskes", "2026-04-23-lkjip-2025.pdf", "diskes/lkjip/2025", id="3: ISO date before it"),
    pytest.param("", "LKjIP_2025_DPMPTSP-1.pdf", "dpmptsp/lkjip/2025", id="4: collision digit"),
    pytest.param("", "3.RENJA2026DIKBUD.pdf", "disdikbud/renja/2026", id="5: year glued to words"),
    pytest.param("", "DISHUB_RENSTRA2025-2029.pdf", "dishub/renstra/2025-2029", id="6: a range"),
    pytest.param("dishub", "Renstra 2025_-_2029.pdf", "dishub/renstra/2025-2029", id="6: a range with blanks"),
    pytest.param("dlh", "LAKIP 2025 Update 22 Juni 2026.pdf", "dlh/lkjip/2025", id="7: year and date"),
    pytest.param("dlh", "LAKIP 2025 (31 Desember 2025).pdf", "dlh/lkjip/2025", id="7: year and a date of the same"),
    pytest.param("dlh/01 Januari", "LAKIP 2025.pdf", "dlh/lkjip/2025", id="the month in which it came"),
    pytest.param("dlh", "Capaian Kinerja TW I Jan-Maret 2026.pdf", "dlh/ukur-tw/2026-q1", id="19: with its months"),
    pytest.param("dlh", "LKjIP TA.2025.pdf", "dlh/lkjip/2025", id="9: a word for year"),
    pytest.param("dlh", "RESTRA 2025-2029.pdf", "dlh/renstra/2025-2029", id="10: mistyped"),
    pytest.param("dlh", "Perjakin 2026.pdf", "dlh/pk/2026", id="10: another spelling"),
    pytest.param("dlh", "Cas Cading 2026.xls", "dlh/cascading/2026", id="10: in two words"),
    pytest.param("dlh", "Renc_Aksi_2026.pdf", "dlh/renaksi/2026", id="10: shortened"),
    pytest.param("dlh", "Rj2026.pdf", "dlh/renja/2026", id="10: shortened and glued"),
    pytest.param("", "CASCADING PK DISHUT 2026.pdf", "dishut/cascading/2026", id="11: the longest counts"),
    pytest.param("dlh", "PK 2026 Eselon II.pdf", "dlh/pk/2026", id="14: the head of the office"),
    pytest.param("dlh", "PK 2026 PERUBAHAN.pdf", "dlh/pk/2026+perubahan", id="15: a changed one"),
    pytest.param("dlh", "DPPA 2026.pdf", "dlh/dpa/2026+perubahan", id="15: a word that says it is changed"),
    pytest.param("pemda", "LKjIP 2025.pdf", "pemda/lkjip-pemda/2025", id="the report of the region"),
    pytest.param("dlh", "Pemprov Lampung PK DLH 2026.pdf", "dlh/pk/2026", id="whose government it is"),
    pytest.param("", "PK Dishut Prov. Lampung 2026.pdf", "dishut/pk/2026", id="17: of this region"),
    pytest.param("rsudam", "PK RSUD 2026.pdf", "rsudam/pk/2026", id="an office by a word of its own name"),
    pytest.param("dlh", "PK 2026 revisi 2.pdf", "dlh/pk/2026", id="15: a newer version"),
    pytest.param("dlh", "PK 2026 fixed final_ttd_compressed.pdf", "dlh/pk/2026", id="16: noise"),
    pytest.param("", "PK 2026 PMPTSP.pdf", "dpmptsp/pk/2026", id="17: prefix dropped"),
    pytest.param("", "RENJA Dinkominfo 2026.pdf", "diskominfotik/renja/2026", id="17: another alias"),
    pytest.param("", "PK-Satpol-PP-Provinsi-Lampung-2026.pdf", "satpolpp/pk/2026", id="17: hyphens, region"),
    pytest.param("dlh", "Capaian Kinerja TRIW III 2026.pdf", "dlh/ukur-tw/2026-q3", id="19: roman quarter"),
    pytest.param("dlh", "Laporan Renaksi RB TW2 2026.pdf", "dlh/lap-rb-tw/2026-q2", id="19: glued quarter"),
    pytest.param("dlh", "pohon  kinerja   2026 .PDF", "dlh/pokin/2026", id="21: blanks and case"),
    pytest.param("dlh", "PK 2026.doc.pdf", "dlh/pk/2026", id="21: two extensions"),
    pytest.param("", "Renja 2026 Dispenda.pdf", "bapenda/renja/2026", id="23: the former name"),
    pytest.param("", "PK DKP 2026.pdf", "dkp/pk/2026", id="25: what the alias means here"),
    pytest.param("diskes/pk", "scan.pdf", "diskes/pk/2026", id="20: the document in the folder"),
    pytest.param("diskes/2026", "PK.pdf", "diskes/pk/2026", id="the year in the folder"),
    pytest.param("diskes/2026", "Renstra.pdf", "diskes/renstra/2025-2029", id="a year within the plan"),
    pytest.param("diskes/TW II", "Capaian Kinerja 2026.pdf", "diskes/ukur-tw/2026-q2", id="quarter in the folder"),
    pytest.param("PK 2026", "Dinkes.pdf", "diskes/pk/2026", id="a folder for the document"),
    pytest.param("diskes", "SK IKU 2026.pdf", "diskes/iku/2026", id="a decree"),
    pytest.param("diskes", "TL LHE AKIP 2025.pdf", "diskes/tl-lhe/2025", id="follow-up, not the report"),
]


@pytest.mark.parametrize(("folder", "name", "obligation"), FILED)
def test_a_name_that_can_mean_one_obligation_is_recognised(
    recogniser: Recogniser, folder: str, name: str, obligation: str
) -> None:
    answer = recogniser.recognise(Known(tuple(filter(None, folder.split("/"))), name))

    assert isinstance(answer, Recognised), answer
    assert answer.obligation.id == obligation


ASKED = [
    pytest.param("dlh", "P-PK 2026.pdf", Reason.UNSURE, id="15: a changed one, perhaps"),
    pytest.param("dlh", "Laporan Kinerja Desember 2025.pdf", Reason.NOT_OWED, id="the report of a month"),
    pytest.param("dlh", "LKjIP Januari - Juni 2025.pdf", Reason.SEVERAL_PERIODS, id="the report of some months"),
    pytest.param("", "LKjIP Dinkes Kota Metro 2025.pdf", Reason.UNSURE, id="17: of another region"),
    pytest.param("diskes", "LKjIP Kab. Pringsewu 2025.pdf", Reason.UNSURE, id="17: of another region, in a folder"),
    pytest.param("diskes", "LKjIP RSUD 2025.pdf", Reason.UNSURE, id="24: a hospital's, or whose"),
    pytest.param("bapenda", "Renja Samsat 2026.pdf", Reason.OFFICIAL, id="24: a unit below the office"),
    pytest.param("", "Penyampaian Renja Dinkes 2026.pdf", Reason.PART, id="a letter that goes with it"),
    pytest.param("diskes", "Presentasi LKjIP 2025.pptx", Reason.PART, id="slides about it"),
    pytest.param("diskes", "20260816120138.pdf", Reason.NO_REQUIREMENT, id="3: a stamp alone"),
    pytest.param("diskes", "PK 20170816120138.pdf", Reason.NO_PERIOD, id="3: a stamp beside the document"),
    pytest.param("diskes", "Lakip_20171.pdf", Reason.NO_PERIOD, id="4: year and copy number"),
    pytest.param("diskes", "Renstra 2021-2026.pdf", Reason.NOT_OWED, id="6: another range"),
    pytest.param("diskes", "LAKIP 2016 Update 22 Juni 2025.pdf", Reason.NOT_OWED, id="7: only the date fits"),
    pytest.param("diskes", "renja 16.pdf", Reason.NO_PERIOD, id="8: two digits"),
    pytest.param("", "Casecading-BPLHD 280417.pdf", Reason.NO_OFFICE, id="8: short date, unknown office"),
    pytest.param("dlh", "Casecading 280417.pdf", Reason.NO_PERIOD, id="8: short date"),
    pytest.param("dlh", "Renja 22 Juni 2025.pdf", Reason.NO_PERIOD, id="8: only a date"),
    pytest.param("dlh", "RKT dan RENJA 2026.pdf", Reason.SEVERAL_REQUIREMENTS, id="11: two documents"),
    pytest.param("dlh", "Laporan_PK_LAKIP_2025.pdf", Reason.SEVERAL_REQUIREMENTS, id="11: two, hidden"),
    pytest.param("dlh", "11. lampiran 2 PK. Eselon II 2026.pdf", Reason.PART, id="12: an annex"),
    pytest.param("dlh", "COVER RENJA 2026.pdf", Reason.PART, id="12: a cover"),
    pytest.param("dlh", "LKIP 2025_BAB_I.pdf", Reason.PART, id="13: a chapter"),
    pytest.param("dlh", "pk_eselon_3_2026.pdf", Reason.OFFICIAL, id="14: rank three"),
    pytest.param("dlh", "pk_jafung_2026.pdf", Reason.OFFICIAL, id="14: specialist"),
    pytest.param("dlh", "PK Staff subbag kepegum 2026.pdf", Reason.OFFICIAL, id="14: staff"),
    pytest.param("dlh", "LKjIP 2025 Perubahan.pdf", Reason.NOT_OWED, id="15: changed, not asked for"),
    pytest.param("dlh", "Reviu Renstra 2025-2029.pdf", Reason.UNSURE_VERSION, id="15: a review"),
    pytest.param("dlh", "DPA 2026 Pergeseran 2.pdf", Reason.UNSURE_VERSION, id="15: a shift"),
    pytest.param("", "cascading_OPD 2026.pdf", Reason.NO_OFFICE, id="18: a word for any office"),
    pytest.param("", "CASCADING BIRO 2026.xls", Reason.NO_OFFICE, id="18: which bureau"),
    pytest.param("", "Rekap SKPD.pdf", Reason.NO_OFFICE, id="18: nothing at all"),
    pytest.param("dlh", "Capaian Kinerja Wilayah I 2026.pdf", Reason.NO_PERIOD, id="19: a region is no quarter"),
    pytest.param("dlh", "Capaian Kinerja TW I TW II 2026.pdf", Reason.SEVERAL_PERIODS, id="19: two quarters"),
    pytest.param("dlh", "scan0024.pdf", Reason.NO_REQUIREMENT, id="20: a scanner's name"),
    pytest.param("dlh", "D A F T A R   I S I  2026.pdf", Reason.NO_REQUIREMENT, id="21: spaced letters"),
    pytest.param("", "Renja Balitbangdabra 2026.pdf", Reason.NO_OFFICE, id="23: a name nobody listed"),
    pytest.param("disnak", "PK Kepala Balai Unggas 2026.pdf", Reason.OFFICIAL, id="24: below the office"),
    pytest.param("dlh", "LKjIP_2025.zip", Reason.ARCHIVE, id="an archive"),
    pytest.param("dlh", "PK 2025 dan 2026.pdf", Reason.SEVERAL_PERIODS, id="two years"),
    pytest.param("dlh", "Capaian Kinerja 2026.pdf", Reason.NO_PERIOD, id="one of four quarters"),
    pytest.param("diskes", "PK DLH 2026.pdf", Reason.SEVERAL_OFFICES, id="another office in the name"),
    pytest.param("diskes", "PK 2026.DLH.pdf", Reason.SEVERAL_OFFICES, id="another office behind a dot"),
    pytest.param("diskes/dlh", "PK 2026.pdf", Reason.SEVERAL_OFFICES, id="another office in a folder below"),
    pytest.param("diskes/2024", "LKjIP.pdf", Reason.NOT_OWED, id="another year in the folder"),
    pytest.param("diskes/LKjIP Perubahan", "LKjIP 2025.pdf", Reason.NOT_OWED, id="changed, says the folder"),
    pytest.param("diskes/lampiran", "PK 2026.pdf", Reason.PART, id="an annex, says the folder"),
    pytest.param("diskes/Kabid", "PK 2026.pdf", Reason.OFFICIAL, id="an official, says the folder"),
    pytest.param("", "PK Dinas Pertanian 2026.pdf", Reason.NO_OFFICE, id="an office of another region"),
]


@pytest.mark.parametrize(("folder", "name", "reason"), ASKED)
def test_a_name_that_leaves_a_doubt_goes_to_a_person(
    recogniser: Recogniser, folder: str, name: str, reason: Reason
) -> None:
    answer = recogniser.recognise(Known(tuple(filter(None, folder.split("/"))), name))

    assert isinstance(answer, Unrecognised), answer
    assert answer.reason is reason


@pytest.mark.parametrize(
    "name",
    [
        "LKPJ 2025.pdf",
        "LPPD 2025.pdf",
        "2021-04-23-pkpk-perubahan-kedua-tahun-2026.pdf",
        "PKPT 2026.pdf",
        "Evaluasi Renja TW II 2026.pdf",
        "evalusi renja 2026.pdf",
        "SK Tim Renja 2026.pdf",
        "Laporan-Tindak-Lanjut-SKM-2025.pdf",
        "LRA 2026.pdf",
        "Perubahan RKPD 2026.pdf",
        "RPJMD 2025-2029.pdf",
        "PK Gubernur 2026.pdf",
        "Monev Renaksi TW I 2026.pdf",
        "LKjIP TW II 2025.pdf",
        "Dialog Kinerja 2026.pdf",
        "LKE AKIP 2025.xlsx",
        "LHE RB 2025.pdf",
        "SKP 2026.pdf",
        "Tanda Terima LKjIP 2025.pdf",
        "Perjanjian Kerja Sama 2026.pdf",
    ],
)
def test_what_only_looks_like_an_owed_document_is_never_filed(recogniser: Recogniser, name: str) -> None:
    assert isinstance(recogniser.recognise(Known(("diskes",), name)), Unrecognised)


@pytest.mark.parametrize(
    ("folders", "name"),
    [
        pytest.param(["diskes"], "PK 2026 (Draft).pdf", id="in the name"),
        pytest.param(["diskes"], "konsep PK 2026.pdf", id="in other words"),
        pytest.param(["diskes", "draft"], "PK 2026.pdf", id="in its folder"),
        pytest.param(["diskes", "DRAFT", "baru"], "PK 2026.pdf", id="above its folder"),
    ],
)
def test_a_draft_is_known_by_its_name_or_folder(recogniser: Recogniser, folders: list[str], name: str) -> None:
    answer = recogniser.recognise(Known(tuple(folders), name))

    assert isinstance(answer, Recognised)
    assert answer.is_draft


def test_the_likeliest_obligation_is_guessed_first(recogniser: Recogniser) -> None:
    answer = recogniser.recognise(Known(("dlh",), "Lampiran PK 2026.pdf"))

    assert isinstance(answer, Unrecognised)
    assert answer.guesses[0] == "dlh/pk/2026"


def test_the_answer_says_which_words_spoke_for_it(recogniser: Recogniser) -> None:
    answer = recogniser.recognise(Known(("dlh",), "LAKIP 2025.pdf"))

    assert [(one.part, one.words, one.source) for one in answer.evidence] == [
        ("office", "dlh", "drop folder"),
        ("requirement", "lakip", "name"),
        ("years", "2025", "name"),
    ]


WORDS = (
    "PK Renja LKjIP Renstra Capaian-Kinerja perubahan TW I II bab dan 2025 2026 2025-2029 25 v2 .pdf .DLH .".split()
)


@given(folders=st.lists(st.text(max_size=40), max_size=4), name=st.text(max_size=255))
def test_no_name_breaks_the_recognition(recogniser: Recogniser, folders: list[str], name: str) -> None:
    assert isinstance(recogniser.recognise(Known(tuple(folders), name)), Recognised | Unrecognised)


@given(name=st.lists(st.sampled_from([*WORDS, "dinas", "badan", "biro", "rumah", "sakit"]), max_size=40))
def test_no_mixture_of_known_words_breaks_the_recognition(recogniser: Recogniser, name: list[str]) -> None:
    assert isinstance(recogniser.recognise(Known(("dlh",), " ".join(name))), Recognised | Unrecognised)


@given(
    folder=st.sampled_from(["diskes", "dlh", "dishub", "satpolpp"]),
    other=st.sampled_from(["Disnak", "Biro Umum", "RSUDAM", "Dinas Sosial", "BAPPEDA", "Set-DPRD", "DP3A"]),
    before=st.lists(st.sampled_from(WORDS), max_size=4),
    after=st.lists(st.sampled_from(WORDS), max_size=4),
    glue=st.sampled_from([" ", "_", "-", ".", "  ", " - ", "(", ","]),
)
def test_a_file_whose_folder_and_name_tell_of_two_offices_is_never_filed(
    recogniser: Recogniser, folder: str, other: str, before: list[str], after: list[str], glue: str
) -> None:
    name = glue.join([*before, other, *after]) + ".pdf"

    assert isinstance(recogniser.recognise(Known((folder,), name)), Unrecognised)


@given(
    words=st.lists(st.sampled_from(WORDS), max_size=8), folder=st.sampled_from(["", "2024", "TW I", "draft", "bab"])
)
def test_what_is_filed_is_what_the_name_says(recogniser: Recogniser, words: list[str], folder: str) -> None:
    answer = recogniser.recognise(
        Known(
            (
                "dlh",
                folder,
            ),
            " ".join(words),
        )
    )

    if isinstance(answer, Recognised):
        assert answer.obligation.office.code == "dlh"
        assert answer.obligation.requirement.code.partition("-")[0] in " ".join(words).casefold().replace(
            "capaian-kinerja", "ukur"
        )
        assert ("perubahan" in words) == (answer.obligation.requirement.variant == "perubahan")
        assert {"bab", folder} != {"bab"}


# --- real names, where they lie beside the checkout ---

CODES = {"UKUR_TW": "ukur-tw", "MANUAL_IKU": "manual-iku", "LHE_AKIP": "lhe-akip", "TL_LHE": "tl-lhe"}
PARTS = {"S1": "s1", "TW3": "q3"}


def table(name: str) -> list[dict[str, str]]:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the labelled data is not beside the checkout: {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def code(office: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in office.casefold()).strip("-").replace("--", "-")


def real_region(tmp_path: Path, rows: list[dict[str, str]], years: set[int]) -> Register:
    """A register of these offices with all these years open. An alias that is another's code is left to that one."""
    codes = {code(row["code"]) for row in rows}
    offices = {}
    for row in rows:
        more = [row["code"], *(alias for alias in row["aliases"].split("; ") if alias and code(alias) not in codes)]
        offices[code(row["code"])] = (row["name"], more)
    register = Register(Database.create(tmp_path / "real.db"), Clock())
    opened = catalogue("Uji", offices, *sorted(years))
    for year in sorted(years):
        register.open_year(opened, year)
    return register


def says(row: dict[str, str], answer: Recognised) -> Iterator[str]:
    """How a filing contradicts the label; nothing when it does not. A blank label is a word that the name lacks."""
    obligation, official = answer.obligation, row.get("part_or_official", "")
    first, last, part = obligation.period
    expected = CODES.get(row["requirement"], row["requirement"].casefold())
    if obligation.requirement.code != expected:
        yield f"requirement {obligation.requirement.code}"
    if row["office"] and obligation.office.code != code(row["office"]):
        yield f"office {obligation.office.code}"
    if row["year_from"] and Period(int(row["year_from"]), int(row["year_to"])) != (first, last, ""):
        yield f"period {first}-{last}"
    if row.get("period") and PARTS[row["period"]] != part:
        yield f"part {part}"
    if (row["variant"].startswith("PERUBAHAN")) != (obligation.requirement.variant == "perubahan"):
        yield f"variant {obligation.requirement.variant}"
    if official and not official.startswith(("Kepala Dinas", "eselon II", "belanja", "perwali")):
        yield f"not the whole document: {official}"
    if (row["variant"] == "DRAFT") != answer.is_draft:
        yield f"draft {answer.is_draft}"


@pytest.mark.parametrize(
    "only", [None, 2017, 2024, 2026], ids=["every labelled year", "only 2017", "only 2024", "only 2026"]
)
def test_no_real_name_is_filed_wrongly(tmp_path: Path, only: int | None) -> None:
    """By the name alone and through the drop folder of the labelled office, whichever years are open."""
    rows, offices = table("file-names-labelled.tsv"), table("offices-mixed.tsv")
    years = {int(year) for row in rows for year in (row["year_from"], row["year_to"]) if year}
    years |= {year + 1 for year in years}  # a report is collected a year later
    register = real_region(tmp_path, offices, years if only is None else {only})
    owed = {office.code: register.obligations(office=office.code) for office in register.offices()}
    recogniser = Recogniser(register.vocabulary(), lambda office: owed[office])
    wrong, filed = [], 0

    for row in rows:
        name = PurePosixPath(row["name"]).name
        for folders in [[], *([[code(row["office"])]] if code(row["office"]) in owed else [])]:
            answer = recogniser.recognise(Known(tuple(folders), name))
            if isinstance(answer, Recognised):
                filed += 1
                wrong += [f"{folders} {name}: {difference}" for difference in says(row, answer)]

    sys.stdout.write(f"real names: {filed} filed, {len(wrong)} wrong\n")
    assert wrong == []
    assert filed > (len(rows) / 4 if only is None else 0)


FORMER = {"name": "BPLHD", "from": 2009, "to": 2016}
NEW = {"name": "DLHK", "from": 2024}


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    """A region whose only office was called BPLHD until 2016 and is called DLHK since 2024, with a year of each."""
    register = Register(Database.create(tmp_path_factory.mktemp("renamed") / "pantau.db"), Clock())
    office = {"code": "dlh", "name": "Dinas Lingkungan Hidup", "aliases": [FORMER, NEW, "LH"]}
    for year in (2016, 2026):
        files = shipped_catalogue("Kabupaten Uji", year)
        requirements, calendar = (tomllib.loads(files[name]) for name in ("requirements.toml", "calendar.toml"))
        opened = read_catalogue({"region": "Kabupaten Uji", "office": [office]}, requirements, calendar)
        register.open_year(opened, year)
    return Recogniser(register.vocabulary(), lambda office: register.obligations(office=office))


@pytest.mark.parametrize(
    ("path", "obligation"),
    [
        pytest.param("PK BPLHD 2016.pdf", "dlh/pk/2016", id="the name of then, then"),
        pytest.param("BPLHD/PK 2016.pdf", "dlh/pk/2016", id="a folder of then"),
        pytest.param("PK DLHK 2026.pdf", "dlh/pk/2026", id="the name of now, now"),
        pytest.param("PK LH 2016.pdf", "dlh/pk/2016", id="a name of always"),
        pytest.param("dlh/PK BPLHD 2026.pdf", "dlh/pk/2026", id="through the drop folder any name will do"),
    ],
)
def test_an_office_is_known_by_the_name_that_it_bore(renamed: Recogniser, path: str, obligation: str) -> None:
    *folders, name = path.split("/")

    answer = renamed.recognise(Known(tuple(folders), name))

    assert isinstance(answer, Recognised), answer
    assert answer.obligation.id == obligation
    assert [one.borne for one in answer.evidence if one.borne] == (["2009-2016"] if path.startswith("dlh/") else [])


@pytest.mark.parametrize(
    ("path", "years"),
    [
        pytest.param("PK BPLHD 2026.pdf", "2009-2016", id="an old name, now"),
        pytest.param("BPLHD/PK 2026.pdf", "2009-2016", id="a folder with an old name, now"),
        pytest.param("PK BPLHD.pdf", "2009-2016", id="an old name, of no year"),
        pytest.param("PK DLHK 2016.pdf", "2024-", id="a new name, then"),
    ],
)
def test_a_name_that_the_office_did_not_bear_then_is_asked_about(renamed: Recogniser, path: str, years: str) -> None:
    *folders, name = path.split("/")

    answer = renamed.recognise(Known(tuple(folders), name))

    assert isinstance(answer, Unrecognised), answer
    assert {one.borne for one in answer.evidence if one.part == Part.OFFICE} == {years}
    assert renamed.read(Known(tuple(folders), name)).office.value == "dlh"


@pytest.fixture(scope="module")
def recogniser(lampung: Register) -> Recogniser:
    owed = {office.code: lampung.obligations(office=office.code) for office in lampung.offices()}
    return Recogniser(lampung.vocabulary(), lambda office: owed[office])
