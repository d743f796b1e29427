"""Where pictures stand in a document, and how a part of a page looks."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document as Letter
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from inbox import ContentStore, Glimpse, Picture, Text, Texts, Unreadable, Why, Window, look_at, read_text
from inbox.formats import _pictured, _points
from tests.inbox.illustrated import HEIGHT, WIDTH, illustrated
from tests.inbox.test_pages import book, paged, written
from workflow import Database, Digest

LINES = "Ditetapkan di Contoh\nKepala Dinas\nyang mengesahkan\nNama Contoh"  # begin 82, 112, 142 and 172 points down


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "document"


def read(document: Path) -> Text:
    text = read_text(document)
    assert isinstance(text, Text)
    return text


@pytest.mark.parametrize(
    ("top", "line"),
    [
        pytest.param(20, 0, id="above all"),
        pytest.param(90, 1, id="below the first line"),
        pytest.param(150, 3, id="across the name, which it began before"),
        pytest.param(600, 4, id="below all"),
    ],
)
def test_a_picture_stands_among_the_lines_where_it_lies_on_the_page(document: Path, top: int, line: int) -> None:
    document.write_bytes(illustrated("sampul", LINES, on=[2], bottom=842 - top - HEIGHT))

    text = read(document)

    assert text.pictures == (Picture(2, line, 320, top, WIDTH, HEIGHT),)


def test_the_words_of_a_text_are_the_same_with_and_without_pictures(document: Path) -> None:
    document.write_bytes(illustrated(LINES))
    plain = read(document)
    document.write_bytes(illustrated(LINES, on=[1]))

    assert plain.pictures == ()
    assert read(document)._replace(pictures=()) == plain


def test_a_picture_within_a_form_lies_where_the_form_does(document: Path) -> None:
    document.write_bytes(illustrated(LINES, on=[1], draw=b"0.5 0 0 1 0 0 cm /X Do"))

    (one,) = read(document).pictures

    assert (one.left, one.width, one.height) == (320, WIDTH // 2, HEIGHT)


def test_bullets_and_rules_are_no_pictures_and_what_lies_off_the_page_is_not_seen(document: Path) -> None:
    small = b"0.05 0 0 0.1 0 0 cm /I Do"
    document.write_bytes(illustrated(LINES, on=[1], draw=small))
    without = read(document).pictures
    document.write_bytes(illustrated(LINES, on=[1], left=595 - 100))

    (one,) = read(document).pictures

    assert without == ()
    assert (one.left, one.width) == (495, 100)


def test_a_picture_in_a_letter_stands_in_its_paragraph(document: Path) -> None:
    image = BytesIO(bytes.fromhex("424d3a0000000000000036000000280000000100000001000000010018") + bytes(26))

    def letter(made: Letter) -> None:
        made.add_paragraph("Kepala Dinas")
        made.add_picture(image, width=Pt(120), height=Pt(60))
        made.add_paragraph("Nama Contoh")

    document.write_bytes(written(letter))

    text = read(document)

    assert "Kepala Dinas" in text.pages[0]
    assert [(one.page, one.width, one.height) for one in text.pictures] == [(1, 120, 60)]
    assert text.pages[0].split("\n")[text.pictures[0].line] == ""


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_of_a_letter_makes_a_picture(text: str) -> None:
    assert _pictured(1, text) == (text, [])


def test_pictures_are_kept_with_the_text_and_what_was_kept_before_has_none(document: Path, tmp_path: Path) -> None:
    database = Database.create(tmp_path / "pantau.db")
    texts, store = Texts(database), ContentStore(tmp_path / "content")
    document.write_bytes(illustrated(LINES, on=[1]))
    with document.open("rb") as file:
        digest = store.put(file.fileno(), is_unchanged=lambda: True)
    assert digest
    with database.writing():
        database.run("INSERT INTO content VALUES (?, 1)", digest)
        texts.keep(digest, read(document))

    assert texts.of(Digest(digest)) == read(document)
    before = zlib.compress(b'[[1], ["isa"]]')
    with database.writing():
        database.run("UPDATE text SET pages = ?, total = 1", before)
    kept = texts.of(Digest(digest))

    assert isinstance(kept, Text)
    assert (kept.pages, kept.pictures) == (("isa",), ())
    database.close()


def test_a_window_shows_what_lies_there_and_white_around_it(document: Path) -> None:
    document.write_bytes(illustrated("sampul", "", on=[2]))

    seen = look_at(document, Window(2, 0.5, 150, 220, 100, 60))

    assert isinstance(seen, Glimpse)
    assert (seen.total, seen.page_width, seen.page_height) == (2, 595, 842)
    assert [len(row) for row in seen.rows] == [100] * 60
    assert seen.rows[20][10:].startswith("a" * 60)  # 320 points from the left, 452 from the top, as black as can be
    assert {*seen.rows[0]} == {"x"}


@pytest.mark.parametrize(
    ("content", "page", "why"),
    [
        pytest.param(book(Data=[[1]]), 1, Why.NO_READER, id="no PDF"),
        pytest.param(b"%PDF-1.7\n", 1, Why.BROKEN, id="a damaged one"),
        pytest.param(paged("isi"), 2, Why.BROKEN, id="a page that is not there"),
    ],
)
def test_where_nothing_can_be_seen_it_is_said_why(document: Path, content: bytes, page: int, why: Why) -> None:
    document.write_bytes(content)

    assert look_at(document, Window(page, 1.0, 0, 0, 10, 10)) == Unreadable(why)


def test_a_window_as_large_as_a_wall_is_given_up(document: Path) -> None:
    document.write_bytes(paged("isi"))

    assert look_at(document, Window(1, 1.0, 0, 0, 1 << 16, 1 << 16)) in (
        Unreadable(Why.TOO_MUCH),
        Unreadable(Why.BROKEN),
    )


def test_a_coat_of_arms_at_the_head_of_a_letter_is_a_picture_and_no_words(document: Path) -> None:
    image = BytesIO(bytes.fromhex("424d3a0000000000000036000000280000000100000001000000010018") + bytes(26))

    def letter(made: Letter) -> None:
        made.add_paragraph("Isi")
        head = made.sections[0].header.paragraphs[0]
        head.add_run().add_picture(image, width=Pt(120), height=Pt(60))
        head.add_run("PEMERINTAH KABUPATEN CONTOH")

    document.write_bytes(written(letter))

    text = read(document)

    assert text.pages == ("Isi\nPEMERINTAH KABUPATEN CONTOH",)
    assert [(one.line, one.width, one.height) for one in text.pictures] == [(1, 120, 60)]


def test_only_the_first_pictures_of_a_page_are_looked_at(document: Path) -> None:
    low, high = (b"q 50 0 0 50 100 %d cm /I Do Q " % bottom for bottom in (100, 700))
    document.write_bytes(illustrated("isi", on=[1], draw=b"Q " + low * 200 + high + b"q"))

    assert {one.top for one in read(document).pictures} == {692}


def test_what_a_drawing_is_made_of_is_not_looked_through_to_its_end(document: Path) -> None:
    strokes, picture = b"0 0 m 10 10 l S " * 10_000, b"q 50 0 0 50 100 700 cm /I Do Q "
    document.write_bytes(illustrated("isi", "isi", on=[1], draw=b"Q " + picture + strokes + picture + b"q"))

    text = read(document)

    assert (text.pages, len(text.pictures)) == (("isi", "isi"), 1)


def test_a_letter_has_no_more_pictures_than_can_be_shown(document: Path) -> None:
    page = "\x1f9x9\x1f\n" * 1_000

    _text, seen = _pictured(1, page)

    assert [one.line for one in seen] == [*range(400)]
    assert _points("9" * 5_000) == 0
