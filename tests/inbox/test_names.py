"""What a file name says before anything is compared with a register."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.recognition.lexicon import Kind, Lexicon
from inbox.recognition.names import piece, read_parts, read_years, split_name, tokenise
from inbox.recognition.words import Mark
from workflow import Vocabulary

LEXICON = Lexicon(Vocabulary({}, {}, frozenset()))


def tokens_of(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in split_name(name).words)


def years_of(name: str) -> tuple[tuple[int, int], ...]:
    """Those that are told, not guessed."""
    return tuple((one.first, one.last) for one in read_years(tokens_of(name)) if one.sure == 1.0)


def marks_of(name: str) -> set[str]:
    seen = LEXICON.read(split_name(name).words)
    return {one.meaning.value for one in seen.sightings if one.meaning.kind is Kind.MARK}


YEARS = [
    pytest.param("PK 2026.pdf", ((2026, 2026),), id="alone"),
    pytest.param("1784860878_1718316270_3. RENJA 2023.pdf", ((2023, 2023),), id="after two upload stamps"),
    pytest.param("PK_2023_Kantor_1673867090.pdf", ((2023, 2023),), id="before an upload stamp"),
    pytest.param("1506667063.docx", (), id="an upload stamp alone"),
    pytest.param("20170816120138.pdf", (), id="a scanner's stamp"),
    pytest.param("2021-04-23-pk-2020.pdf", ((2020, 2020),), id="after an ISO date"),
    pytest.param("Lakip_20171.pdf", (), id="with a copy number glued on"),
    pytest.param("PK_2025_DLH-1.pdf", ((2025, 2025),), id="with a collision digit"),
    pytest.param("Renja 2025 (1).pdf", ((2025, 2025),), id="with a copy number in brackets"),
    pytest.param("RENSTRA2021-2026.pdf", ((2021, 2026),), id="glued to the document"),
    pytest.param("3.RENJA2022DIKBUD.pdf", ((2022, 2022),), id="glued to both neighbours"),
    pytest.param("Renstra 2025_2029.pdf", ((2025, 2029),), id="a range with an underscore"),
    pytest.param("Renstra 2019_-_2024.pdf", ((2019, 2024),), id="a range with blanks"),
    pytest.param("Renstra 2024 s.d. 2026.pdf", ((2024, 2026),), id="a range in words"),
    pytest.param("renstra 2013-2018 tahun 2017.pdf", ((2013, 2018),), id="a range beside a year"),
    pytest.param("LAKIP 2016 Update 22 Juni 2017.pdf", ((2016, 2016),), id="beside a date"),
    pytest.param("LAKIP 2016 rev 22-06-2017.pdf", ((2016, 2016),), id="beside a date in digits"),
    pytest.param("Renja 2015 dan 2026.pdf", ((2015, 2015), (2026, 2026)), id="two years"),
    pytest.param("TA.2025 DPA.pdf", ((2025, 2025),), id="after TA"),
    pytest.param("renja th2026.pdf", ((2026, 2026),), id="after th"),
    pytest.param("renja 16.pdf", (), id="two digits"),
    pytest.param("PK ٢٠٢٦.pdf", (), id="in digits of another script"),
    pytest.param("PK ２０２６.pdf", ((2026, 2026),), id="in full-width digits"),
]


@pytest.mark.parametrize(("name", "years"), YEARS)
def test_a_year_has_four_digits_and_is_no_date_or_stamp(name: str, years: tuple[tuple[int, int], ...]) -> None:
    assert years_of(name) == years


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        pytest.param("Capaian TW I 2026.pdf", ("q1",), id="roman"),
        pytest.param("Capaian TRIW III.pdf", ("q3",), id="short word"),
        pytest.param("Capaian_TW4_2026.pdf", ("q4",), id="glued"),
        pytest.param("Laporan Triwulan 2.pdf", ("q2",), id="digit"),
        pytest.param("Tribulan IV 2026.pdf", ("q4",), id="another word"),
        pytest.param("SKM-SEMESTER-I-2024.pdf", ("s1",), id="half a year"),
        pytest.param("Smt 2.pdf", ("s2",), id="half a year, short"),
        pytest.param("Capaian TW I II.pdf", ("q1", "q2"), id="two of them"),
        pytest.param("PK WILAYAH I 2026.pdf", (), id="a region is none"),
        pytest.param("PK Eselon II 2026.pdf", (), id="a rank is none"),
        pytest.param("LKjIP BAB III 2026.pdf", (), id="a chapter is none"),
        pytest.param("Capaian TW 5 2026.pdf", (), id="there is no fifth"),
    ],
)
def test_a_numeral_is_a_part_of_the_year_only_after_its_word(name: str, parts: tuple[str, ...]) -> None:
    assert read_parts(tokens_of(name)) == parts


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        pytest.param("3. LKIP 2016 (Draft).pdf", Mark.DRAFT, id="draft"),
        pytest.param("renstra2013-2018konsinyering.docx", Mark.DRAFT, id="from a drafting workshop"),
        pytest.param("Rancangan Renja 2026.pdf", Mark.DRAFT, id="rancangan"),
        pytest.param("RENJA_2022_PERUBAHAN_DLH.pdf", Mark.CHANGED, id="changed"),
        pytest.param("review_renstra 2025-2029.pdf", Mark.REVIEWED, id="reviewed"),
        pytest.param("DPA 2026 Pergeseran 2.pdf", Mark.REVIEWED, id="shifted budget"),
        pytest.param("11. lampiran 2 PK 2026.pdf", Mark.PART, id="annex"),
        pytest.param("LKIP DISTAN 2016_BAB_I.pdf", Mark.PART, id="chapter"),
        pytest.param("bab IV.doc.pdf", Mark.PART, id="chapter with two extensions"),
        pytest.param("DAF.ISI renja 2026.pdf", Mark.PART, id="contents"),
        pytest.param("Ihktisar Eksekutif 2026.pdf", Mark.PART, id="summary, mistyped"),
        pytest.param("PK 2026 Eselon III.pdf", Mark.OFFICIAL, id="rank"),
        pytest.param("pk_2026_ess_4.pdf", Mark.OFFICIAL, id="rank, short"),
        pytest.param("PK Kabid P2P 2026.pdf", Mark.OFFICIAL, id="official"),
        pytest.param("pk_staf_2026.pdf", Mark.OFFICIAL, id="staff"),
        pytest.param("PK Kepala Balai 2026.pdf", Mark.OFFICIAL, id="unit below the office"),
        pytest.param("PK Kelurahan Sukarame 2026.pdf", Mark.OFFICIAL, id="ward"),
    ],
)
def test_a_word_changes_what_a_name_means(name: str, mark: Mark) -> None:
    assert mark in marks_of(name)


@pytest.mark.parametrize(("name", "is_archive"), [("LAKIP.rar", True), ("LAKIP.tar.gz", True), ("rar.pdf", False)])
def test_an_archive_is_known_by_its_extension(name: str, is_archive: bool) -> None:
    assert split_name(name).is_archive is is_archive


@pytest.mark.parametrize(
    ("name", "year"),
    [
        pytest.param("renja 16.pdf", 2016, id="two digits"),
        pytest.param("renja th 16.pdf", 2016, id="two digits after a word for year"),
        pytest.param("Casecading 280417.pdf", 2017, id="short date"),
        pytest.param("Lakip_20171.pdf", 2017, id="year and copy number"),
    ],
)
def test_digits_that_may_mean_a_year_are_a_guess(name: str, year: int) -> None:
    (guess,) = read_years(tokens_of(name))

    assert (guess.first, guess.last) == (year, year)
    assert guess.sure < 0.9


@pytest.mark.parametrize(
    ("name", "words"),
    [("LKIP_2016_FULL_1.pdf", "full 1"), ("LKjIP bagian 2.pdf", "bagian 2"), ("LKjIP FULL 2025.pdf", "")],
)
def test_one_of_several_files_of_a_document_says_which_it_is(name: str, words: str) -> None:
    assert piece(tokens_of(name)) == words


@pytest.mark.parametrize(
    "noise",
    ["fix", "FIX_", "fixed final", "jadi", "ok", "NEW", "edit", "ttd", "compressed", "Selesai", "v2", "revisi 2"],
)
def test_noise_changes_nothing(noise: str) -> None:
    name = f"PK 2026 {noise}.pdf"
    seen = LEXICON.read(split_name(name).words)

    assert (years_of(name), read_parts(seen.tokens), marks_of(name)) == (((2026, 2026),), (), set())
    assert seen.unknown == ("pk",)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("D A F T A R", tuple("daftar"), id="spaced"),
        pytest.param("BP3AKB", ("bp", "3", "akb"), id="digit in a name"),
        pytest.param("LKjIP  2025 .PDF", ("lkjip", "2025", "pdf"), id="blanks and case"),
        pytest.param("Pe\u0301rubahan", ("perubahan",), id="composed"),
        pytest.param("P\u00e9rubahan", ("perubahan",), id="precomposed"),
        pytest.param("\udcff\udcfe.pdf", ("pdf",), id="no text at all"),
        pytest.param("\ufb01x", ("fix",), id="ligature"),
    ],
)
def test_text_becomes_words_and_numbers(text: str, tokens: tuple[str, ...]) -> None:
    assert tokenise(text) == tokens


@pytest.mark.parametrize("name", ["PK 2026.DLH.pdf", "PK 2026.DLH", "PK 2026.dlh.xlsx.pdf"])
def test_only_what_a_document_has_is_an_extension(name: str) -> None:
    assert tokens_of(name)[:3] == ("pk", "2026", "dlh")


@given(name=st.text(alphabet=st.characters(), max_size=400))
def test_every_name_can_be_read(name: str) -> None:
    tokens = tokens_of(name)

    assert all(1990 <= one.first <= one.last <= 2099 for one in read_years(tokens))
    assert set(read_parts(tokens)) <= {"q1", "q2", "q3", "q4", "s1", "s2"}
    assert LEXICON.read(tokens) is not None


@given(raw=st.binary(max_size=255))
def test_every_name_that_is_no_text_can_be_read(raw: bytes) -> None:
    assert split_name(raw.decode("utf-8", "surrogateescape")) is not None


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        pytest.param("LKjIP Kota Metro 2025.pdf", "kota metro", id="another town"),
        pytest.param("LKjIP Kabupaten Lampung Utara 2025.pdf", "kabupaten lampung", id="one that begins alike"),
        pytest.param("LKjIP Kab. Lampung Selatan 2025.pdf", "", id="this one"),
        pytest.param("LKjIP Kab Lamsel 2025.pdf", "", id="this one, shortened"),
        pytest.param("LKjIP Kab Lampung Selatan Prov Lampung.pdf", "", id="with the province that it lies in"),
        pytest.param("LKE Kabupaten Kota Tahun 2025.pdf", "", id="no name"),
    ],
)
def test_another_region_in_a_name_is_seen(name: str, elsewhere: str) -> None:
    lexicon = Lexicon(Vocabulary({}, {}, frozenset(), region="kabupaten lampung selatan"))

    assert lexicon.read(split_name(name).words).elsewhere == elsewhere


def test_a_part_of_the_secretariat_is_no_office_by_itself() -> None:
    offices = {"setda": "setda", "sekretariat daerah": "setda", "bagian organisasi": "setda"}
    own = {"bagian umum": "bagian-umum"}
    lexicon = Lexicon(Vocabulary(offices | own, {}, frozenset()))

    def marks(name: str) -> set[str]:
        seen = lexicon.read(split_name(name).words)
        return {one.meaning.value for one in seen.sightings if one.meaning.kind == "mark"}

    assert marks("PK Bagian Organisasi.pdf") == {"official"}
    assert marks("PK Bagian Umum.pdf") == marks("PK Sekretariat Daerah.pdf") == set()
