"""Chapters are found where they begin, not where they are listed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.chapters import find_chapters

TITLES = ("Pendahuluan", "Perencanaan Kinerja", "Akuntabilitas Kinerja", "Penutup")
SAID = "Uraian tentang pelayanan yang diberikan kepada masyarakat sepanjang tahun itu.\n" * 12
CONTENTS = """DAFTAR ISI
BAB I PENDAHULUAN ........................ 1
1.1 Latar Belakang ....................... 1
BAB II PERENCANAAN KINERJA ............... 4
BAB III AKUNTABILITAS KINERJA ------------ 9
BAB IV PENUTUP 30
"""
OUTLINE = """Sistematika laporan ini:
BAB I PENDAHULUAN
Berisi gambaran umum.
BAB II PERENCANAAN KINERJA
Berisi sasaran dan target.
BAB III AKUNTABILITAS KINERJA
Berisi capaian kinerja dan realisasi anggaran.
BAB IV PENUTUP
Berisi simpulan.
"""
FIRST, SECOND = f"BAB I PENDAHULUAN\n{SAID}", f"BAB II\nPERENCANAAN KINERJA\n{SAID}"
THIRD, FOURTH = f"7\nBAB III\nAKUNTABILITAS\nKINERJA\n{SAID}", f"BAB IV PENUTUP\n{SAID}"


def begins(*pages: str) -> dict[int, int]:
    """On which page each chapter begins."""
    return {one.number: one.page for one in find_chapters(TITLES, dict(enumerate(pages, start=1))).found}


def test_each_chapter_begins_where_its_own_heading_stands() -> None:
    assert begins("SAMPUL", CONTENTS, FIRST, SAID, SECOND, THIRD, FOURTH) == {1: 3, 2: 5, 3: 6, 4: 7}


@pytest.mark.parametrize(
    ("heading", "is_found"),
    [
        pytest.param("BAB IV PENUTUP", True, id="one line"),
        pytest.param("BAB IV\nPENUTUP", True, id="two lines"),
        pytest.param("Bab IV: Penutup", True, id="in small letters"),
        pytest.param("BAB IV – PENUTUP", True, id="with a dash"),
        pytest.param("BAB 4 PENUTUP", True, id="in figures"),
        pytest.param("BAB lV PENUTUP", True, id="as a scanner reads it"),
        pytest.param("B A B  IV PENUTUP", True, id="with wide letters"),
        pytest.param("BAB IV PENUTUPAN", True, id="mistyped"),
        pytest.param("IV\nPENUTUP", True, id="without its word"),
        pytest.param("PENUTUP", True, id="without its number"),
        pytest.param("Penutup", False, id="a word on a line of its own"),
        pytest.param("seperti dalam BAB IV PENUTUP", False, id="in a sentence"),
        pytest.param("BAB IV PENUTUP ........ 30", False, id="with its page"),
        pytest.param("BAB XIV LAMPIRAN", False, id="another chapter"),
        pytest.param("JAWABAN IV PENUTUP", False, id="another word"),
    ],
)
def test_a_heading_may_be_written_in_many_ways(heading: str, is_found: bool) -> None:
    pages = dict(enumerate([FIRST, SECOND, THIRD, f"{heading}\n{SAID}"], start=1))

    assert (4 in {one.number for one in find_chapters(TITLES, pages).found if one.has_title}) is is_found


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param([CONTENTS], id="with leaders"),
        pytest.param([OUTLINE], id="with a word on each"),
        pytest.param([OUTLINE[: OUTLINE.index("BAB III")], OUTLINE[OUTLINE.index("BAB III") :]], id="over two pages"),
        pytest.param([CONTENTS, OUTLINE.replace("BAB", "Bab").title()], id="twice"),
    ],
)
def test_a_chapter_that_is_only_listed_is_missing(listed: list[str]) -> None:
    chapters = find_chapters(TITLES, dict(enumerate([*listed, FIRST, SAID, SECOND, FOURTH], start=1)))

    assert [one.number for one in chapters.found] == [1, 2, 4]
    assert chapters.missing == (3,)


def test_a_list_inside_the_first_chapter_hides_no_chapter() -> None:
    assert begins(FIRST, OUTLINE, SECOND, THIRD, FOURTH) == {1: 1, 2: 3, 3: 4, 4: 5}


def test_the_last_chapter_may_be_a_sentence() -> None:
    assert begins(FIRST, SECOND, THIRD, "BAB IV PENUTUP\nDemikian.") == {1: 1, 2: 2, 3: 3, 4: 4}


def test_of_two_headings_alike_the_longer_chapter_has_its_own() -> None:
    assert begins(SECOND[:300], FIRST, SECOND, THIRD, FOURTH) == {1: 2, 2: 3, 3: 4, 4: 5}


def test_a_numeral_above_capitals_begins_no_chapter_of_another_title() -> None:
    chapters = find_chapters(TITLES, {1: FIRST, 2: f"II\nTABEL SASARAN\n{SAID}", 3: THIRD, 4: FOURTH})

    assert [one.number for one in chapters.found] == [1, 3, 4]


def test_a_short_document_may_have_several_chapters_on_a_page() -> None:
    assert begins("SAMPUL", FIRST + SECOND + THIRD, FOURTH) == {1: 2, 2: 2, 3: 2, 4: 3}


def test_a_title_that_runs_along_every_page_begins_one_chapter() -> None:
    pages = [FIRST, FIRST, SECOND, SECOND, THIRD, THIRD, FOURTH]

    assert begins(*pages) == {1: 1, 2: 3, 3: 5, 4: 7}


def test_a_heading_with_another_title_or_number_is_told_as_it_reads() -> None:
    pages = [FIRST, f"BAB II\nGAMBARAN UMUM\nPELAYANAN\n2.1 TUGAS\n{SAID}", THIRD, f"BAB VII PENUTUP\n{SAID}"]
    found = find_chapters(TITLES, dict(enumerate(pages, start=1))).found

    assert [(one.number, one.heading, one.has_number, one.has_title) for one in found] == [
        (1, "BAB I PENDAHULUAN", True, True),
        (2, "BAB II GAMBARAN UMUM PELAYANAN", True, False),
        (3, "BAB III AKUNTABILITAS KINERJA", True, True),
        (4, "BAB VII PENUTUP", False, True),
    ]


def test_a_chapter_whose_first_section_is_there_is_not_missing() -> None:
    """Its heading may be a picture."""
    chapters = find_chapters(TITLES, {1: FIRST, 2: SECOND, 3: f"3.1 Capaian Kinerja\n{SAID}", 4: FOURTH})

    assert [one.number for one in chapters.found] == [1, 2, 4]
    assert chapters.missing == ()


@given(pages=st.lists(st.lists(st.sampled_from([*CONTENTS, "BAB II", "IV\n", FIRST, "1.1 x", "\n", "PENUTUP\n"]))))
def test_whatever_the_pages_hold_a_chapter_begins_on_one_of_them(pages: list[list[str]]) -> None:
    given_pages = {number: "".join(parts) for number, parts in enumerate(pages, start=1)}
    chapters = find_chapters(TITLES, given_pages)

    assert {one.page for one in chapters.found} <= given_pages.keys()
    assert not {one.number for one in chapters.found} & set(chapters.missing)
