from __future__ import annotations

import re

import pypdfium2
import pytest

from tui.samples import sample

OFFICE, REGION = "Dinas Pemberdayaan Masyarakat, Perempuan dan Perlindungan Anak", "Kabupaten Lampung Selatan"
LKJIP = ("BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA", "BAB III AKUNTABILITAS KINERJA", "BAB IV PENUTUP")
PK = ("PERNYATAAN PERJANJIAN", "PIHAK KEDUA, Bupati Lampung Selatan", "PIHAK PERTAMA, Kepala", "LAMPIRAN")
RENJA = ("BAB I PENDAHULUAN", "BAB II EVALUASI", "BAB III TUJUAN", "BAB IV RENCANA KERJA", "BAB V PENUTUP")
RENSTRA = ("BAB I PENDAHULUAN", "BAB II GAMBARAN", "BAB III TUJUAN", "BAB IV PROGRAM", "BAB V PENUTUP")
RENAKSI = ("TW I TW II TW III TW IV", "Penanggung Jawab", "Anggaran (Rp)")
UKUR = ("Target Realisasi Capaian (%)", "KENDALA DAN TINDAK LANJUT", "REALISASI ANGGARAN")
REFORM = ("CAPAIAN RENCANA AKSI", "Target (%) Realisasi (%)", "Bukti Dukung", "KENDALA DAN TINDAK LANJUT")
KINDS = [
    pytest.param("lkjip", "2025", ("LAPORAN KINERJA INSTANSI PEMERINTAH TAHUN 2025", *LKJIP), id="LKjIP"),
    pytest.param("pk", "2026", ("PERJANJIAN KINERJA TAHUN 2026", *PK), id="PK"),
    pytest.param("renja", "2026", ("RENCANA KERJA TAHUN 2026", *RENJA), id="Renja"),
    pytest.param("renstra", "2025-2029", ("RENCANA STRATEGIS TAHUN 2025-2029", *RENSTRA), id="Renstra"),
    pytest.param("renaksi", "2026", ("RENCANA AKSI KINERJA TAHUN 2026", *RENAKSI), id="Renaksi"),
    pytest.param("ukur-tw", "2026-q1", ("PENGUKURAN KINERJA TRIWULAN I TAHUN 2026", *UKUR), id="a quarter"),
    pytest.param("lap-rb-tw", "2026-q4", ("REFORMASI BIROKRASI TRIWULAN IV TAHUN 2026", *REFORM), id="RB"),
]


def _pages(content: bytes) -> list[str]:
    """The words of each page, whatever the line they stand on."""
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(("kind", "period", "said"), KINDS)
def test_a_sample_says_what_its_kind_must_say(kind: str, period: str, said: tuple[str, ...]) -> None:
    pages = _pages(sample(kind, OFFICE, period, region=REGION))

    assert 2 <= len(pages) <= 6
    assert pages[0].endswith(f"{OFFICE.upper()} {REGION.upper()}")
    assert said[0] in pages[0]
    assert [words for words in said if words not in " ".join(pages)] == []


@pytest.mark.parametrize(("kind", "period", "said"), KINDS)
def test_a_sample_is_signed_with_a_post_and_no_name(kind: str, period: str, said: tuple[str, ...]) -> None:
    text = " ".join(_pages(sample(kind, OFFICE, period, region=REGION)))

    dated = r"Lampung Selatan, \d+ [A-Z][a-z]+ 20\d\d"
    assert re.search(rf"{dated} (PIHAK PERTAMA, )?Kepala {OFFICE},? \( \.+ \)", text)
    assert "NIP" not in text


@pytest.mark.parametrize(("kind", "period", "said"), KINDS)
def test_the_same_call_gives_the_same_bytes_and_another_edition_others(
    kind: str, period: str, said: tuple[str, ...]
) -> None:
    first, again = (sample(kind, OFFICE, period, region=REGION) for _ in range(2))
    second = sample(kind, OFFICE, period, region=REGION, edition=2)

    assert first == again
    assert _pages(first)[1:] != _pages(second)[1:]
    assert _pages(second)[0].endswith("Naskah perbaikan ke-1")


def test_a_sample_holds_neither_the_time_nor_an_id_nor_the_name_of_a_tool() -> None:
    """Equal bytes in one second prove nothing about the next."""
    content = sample("pk", OFFICE, "2026", region=REGION)

    assert content.rstrip().endswith(b"%%EOF")
    assert not re.search(rb"CreationDate|Creator|Producer|/ID", content)


@pytest.mark.parametrize(
    ("office", "region", "head", "leader"),
    [
        pytest.param("Biro Organisasi", "Provinsi Lampung", "Kepala Biro Organisasi", "Gubernur Lampung"),
        pytest.param("Inspektorat", "Kota Metro", "Inspektur", "Wali Kota Metro"),
        pytest.param("Kecamatan Metro Barat", "Kota Metro", "Camat Metro Barat", "Wali Kota Metro"),
    ],
)
def test_each_party_has_the_title_of_its_post(office: str, region: str, head: str, leader: str) -> None:
    text = " ".join(_pages(sample("pk", office, "2026", region=region)))

    assert f"Jabatan : {head}, selanjutnya" in text
    assert f"Jabatan : {leader}, selaku atasan" in text


def test_targets_agree_between_the_documents_of_an_office() -> None:
    pk, renaksi, lkjip = (
        " ".join(_pages(sample(kind, OFFICE, "2026", region=REGION))) for kind in ("pk", "renaksi", "lkjip")
    )
    agreed = re.findall(r"(?:Nilai|Persen) (\d+,\d\d)", pk)

    assert len(agreed) == 4
    assert all(target in renaksi and target in lkjip for target in agreed)


def test_a_kind_that_has_no_sample_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="dpa"):
        sample("dpa", OFFICE, "2026", region=REGION)
