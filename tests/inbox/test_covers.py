"""What the first pages of a document say of whose, what and when."""

from __future__ import annotations

import pytest

from inbox import Known, Reading, Reason, Recogniser
from workflow import Vocabulary

VOCABULARY = Vocabulary(
    offices={
        "dinkes": "dinkes",
        "dinas kesehatan": "dinkes",
        "dlh": "dlh",
        "dinas lingkungan hidup": "dlh",
        "kecamatan muncar": "kec-muncar",
        "kecamatan gambiran": "kec-gambiran",
        "sekretariat daerah": "setda",
        "biro organisasi": "biro-organisasi",
    },
    requirements={
        "pk": ("pk", "pk+perubahan"),
        "perjanjian kinerja": ("pk", "pk+perubahan"),
        "renstra": ("renstra",),
        "rencana strategis": ("renstra",),
        "laporan kinerja": ("lkjip",),
        "lkjip": ("lkjip",),
        "renja": ("renja",),
    },
    lookalikes=frozenset({"peraturan bupati", "lkpj"}),
    titles={"realisasi kinerja pada triwulan": ("ukur-tw",), "laporan kinerja instansi pemerintah": ("lkjip",)},
    plans=frozenset({"renstra"}),
)
RECOGNISER = Recogniser(VOCABULARY, lambda _: [])


def read(*pages: str, name: str = "scan.pdf", folders: tuple[str, ...] = ()) -> Reading:
    return RECOGNISER.read(Known(folders, name, pages))


def told(reading: Reading) -> tuple[str, str, str, str]:
    return reading.office.value, reading.requirement.value, reading.years.value, reading.variant.value


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(
            ["PERJANJIAN KINERJA\nDINAS KESEHATAN\nTAHUN 2026"], ("dinkes", "pk", "2026", ""), id="a title page"
        ),
        pytest.param(
            ["i", "", "RENCANA STRATEGIS\nDINAS LINGKUNGAN HIDUP\n2025 - 2029\nTAHUN 2025"],
            ("dlh", "renstra", "2025-2029", ""),
            id="behind an empty cover, a range beside a year",
        ),
        pytest.param(
            ["PERJANJIAN KINERJA PERUBAHAN\nDINAS KESEHATAN\nTAHUN ANGGARAN 2026"],
            ("dinkes", "pk", "2026", "perubahan"),
            id="changed",
        ),
        pytest.param(
            ["Kata pengantar\n" + "lorem " * 300 + "\nLKjIP Dinas Kesehatan Tahun 2025 1",
             "Bab I\n" + "ipsum " * 300 + "\nLKjIP Dinas Kesehatan Tahun 2025 2"],
            ("dinkes", "lkjip", "2025", ""),
            id="by its running footer",
        ),
        pytest.param(
            ["Realisasi Kinerja Pada Triwulan I Tahun 2023\n" + "Belanja pegawai DLH dinas lingkungan hidup\n" * 60],
            ("dlh", "ukur-tw", "2023", ""),
            id="a table that repeats the office",
        ),
    ],
)  # fmt: skip
def test_a_cover_tells_whose_what_and_when(pages: list[str], expected: tuple[str, str, str, str]) -> None:
    reading = read(*pages)

    assert told(reading) == expected
    assert min(reading.office.sure, reading.requirement.sure, reading.years.sure) >= 0.95


def test_a_page_of_one_office_and_one_of_another_are_two_reports() -> None:
    table = "Program {0} 12\nKegiatan {0} 13\nJumlah {0} 14\n" * 10

    reading = read(table.format("Kecamatan Muncar"), table.format("Kecamatan Gambiran"))

    assert Reason.SEVERAL_OFFICES in reading.doubts
    assert reading.office.sure < 0.9


def test_a_bureau_and_the_secretariat_above_it_leave_it_open_which() -> None:
    cover = "SEKRETARIAT DAERAH\nBIRO ORGANISASI\nLAPORAN KINERJA INSTANSI PEMERINTAH\nTAHUN 2025"

    assert read(cover).office.sure < 0.9
    assert told(read(cover, name="LKjIP Biro Organisasi 2025.pdf"))[0] == "biro-organisasi"
    assert read(cover, name="LKjIP Biro Organisasi 2025.pdf").doubts == ()


@pytest.mark.parametrize(
    ("cover", "doubt"),
    [
        pytest.param("PERATURAN BUPATI\nTENTANG RENCANA STRATEGIS", Reason.NO_REQUIREMENT, id="a regulation"),
        pytest.param("LAMPIRAN\nPERJANJIAN KINERJA DINAS KESEHATAN TAHUN 2026", Reason.PART, id="an annex"),
        pytest.param("PERATURAN BUPATI\nTENTANG RENCANA STRATEGIS TAHUN 2025", Reason.PART, id="its annex"),
        pytest.param(
            "Nomor 800\nPerihal: Penyampaian LKjIP Tahun 2025", Reason.PART, id="a letter that goes with it"
        ),
        pytest.param("NOTA DINAS\nPenyampaian LKjIP Tahun 2025", Reason.PART, id="a note with it"),
        pytest.param("LKJIP TAHUN 2025\nUPTD LABORATORIUM\nDINAS KESEHATAN", Reason.OFFICIAL, id="a unit below it"),
        pytest.param("BAB III\nAKUNTABILITAS KINERJA", Reason.PART, id="a chapter"),
        pytest.param(
            "PERJANJIAN KINERJA TAHUN 2026\nNama : A\nJabatan : Kepala Bidang Aset Dinas Kesehatan",
            Reason.OFFICIAL,
            id="an official below the head",
        ),
    ],
)
def test_what_is_no_document_of_its_own_goes_to_a_person(cover: str, doubt: Reason) -> None:
    assert doubt in read(cover, folders=("dinkes",)).doubts


def test_the_agreement_of_the_head_is_the_offices() -> None:
    reading = read("PERJANJIAN KINERJA TAHUN 2026\nNama : A\nJabatan : Kepala Dinas Kesehatan\nDINAS KESEHATAN")

    assert reading.doubts == ()


def test_the_year_of_a_regulation_is_not_the_documents() -> None:
    assert read("LKJIP\nMenurut Peraturan Nomor 53 Tahun 2014").years.value == ""


@pytest.mark.parametrize(
    ("name", "cover"),
    [
        pytest.param("PK 2026.pdf", "PERJANJIAN KINERJA PERUBAHAN TAHUN 2026", id="changed, says only the cover"),
        pytest.param("PK 2025.pdf", "PERJANJIAN KINERJA TAHUN 2026", id="another year"),
        pytest.param("Renja 2026.pdf", "PERJANJIAN KINERJA TAHUN 2026", id="another document"),
        pytest.param("PK 2026.pdf", "DINAS LINGKUNGAN HIDUP\nPERJANJIAN KINERJA TAHUN 2026", id="another office"),
    ],
)
def test_a_cover_that_says_something_else_is_a_contradiction(name: str, cover: str) -> None:
    assert Reason.CONTRADICTION in read(cover, name=name, folders=("dinkes",)).doubts


def test_a_scan_says_nothing() -> None:
    assert told(read("", " \n", "1")) == ("", "", "", "")


def test_a_letter_is_asked_about_whatever_its_name_says() -> None:
    letter = "DINAS KESEHATAN\nKepada Yth. Bupati\nbersama ini kami sampaikan LKjIP Tahun 2025"

    assert Reason.PART in read(letter, name="LKjIP 2025.pdf", folders=("dinkes",)).doubts
