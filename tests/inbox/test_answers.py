"""What offices write into a file of findings is read as they meant it, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox import ASIDE, Answered, Mangled, Sheet, heading, read_answers
from inbox.answers import LARGEST, LONGEST, is_about_findings, is_called_so
from workflow import ObligationId

SHEET = Sheet(ObligationId("dinkes/pk/2026+perubahan"), 2, 7)
NAME = "TEMUAN PK 2026+PERUBAHAN putaran 2.txt"
FORM = f"""{SHEET.line}

Perjanjian Kinerja Perubahan 2026
Tulis di bawah "Jawaban:".

{heading("Temuan 1")}
{ASIDE}halaman 3 · Format
{ASIDE}Jawaban: tidak ada di kolom ini
Jawaban:

{heading("Temuan 4")}
{ASIDE}{heading("Temuan 9")}
Jawaban:

"""


def filled(*answers: str, form: str = FORM) -> str:
    """The form with what a clerk wrote below each finding."""
    first, *parts = form.split("\nJawaban:\n")
    return first + "".join(f"\nJawaban:\n{answer}{part}" for answer, part in zip(answers, parts, strict=True))


def said(text: str) -> dict[int, str]:
    told = read_answers(text.encode(), NAME)
    assert isinstance(told, Answered)
    assert told.sheet == SHEET
    return dict(told.said)


def test_the_form_as_it_is_handed_out_says_nothing() -> None:
    assert said(FORM) == {}


def test_what_is_written_below_a_finding_answers_it() -> None:
    assert said(filled("Tabel sudah ditambah.", "")) == {1: "Tabel sudah ditambah."}


def test_an_answer_may_have_several_lines_and_begin_beside_its_mark() -> None:
    text = filled("  Tabel ditambah,\n\n  lihat hal. 5.\n", "").replace(
        "9 ---\nJawaban:\n", "9 ---\nJawaban: sudah diganti\ndi sampul"
    )

    assert said(text) == {1: "Tabel ditambah, lihat hal. 5.", 4: "sudah diganti di sampul"}


@pytest.mark.parametrize("nothing", ["", " \t", "-", "...", "…\n—", "\u00a0"])
def test_a_stroke_or_dots_are_no_answer(nothing: str) -> None:
    assert said(filled(nothing, "Sudah")) == {4: "Sudah"}


ANSWER = "Sudah “diganti” – é"
WAYS: dict[str, Callable[[str], bytes]] = {
    "as handed out": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "UTF-8": str.encode,
    "Notepad's Unicode": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "big-endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "Windows-1252": lambda text: text.replace("\n", "\r\n").encode("cp1252"),
    "an old Mac": lambda text: text.replace("\n", "\r").encode(),
    "quoted in a mail": lambda text: "".join(f"> {line}\n" for line in text.splitlines()).encode(),
    "quoted twice": lambda text: "".join(f">> {line}\n" for line in text.splitlines()).encode(),
    "without line end": lambda text: text.rstrip().encode(),
    "long strokes": lambda text: text.replace("--- Temuan", "— Temuan").replace(" ---", " —").encode(),
    "in English": lambda text: text.replace("Jawaban:", "Answer:").replace("Temuan ", "Finding ").encode(),
    "marks written small": lambda text: text.replace("Jawaban:", "jawaban :").encode(),
    "a note above": lambda text: ("Yth. Biro Organisasi,\n\n" + text).encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_is_read_however_the_file_was_saved(way: str) -> None:
    told = read_answers(WAYS[way](filled("", ANSWER)), "catatan.txt")

    assert told == Answered(SHEET, ((4, ANSWER),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("2026+perubahan putaran", "2027+perubahan putaran", id="another period"),
        pytest.param("dinkes/", "disdik/", id="another office"),
        pytest.param("putaran 2", "putaran 3", id="another round"),
        pytest.param("jejak 7", "jejak 8", id="another record"),
        pytest.param(" cek ", " ", id="a word lost"),
        pytest.param("PANTAU-TEMUAN", "PANTAU TEMUAN", id="the mark itself"),
        pytest.param(SHEET.line, "", id="the line lost"),
        pytest.param("--- Temuan 4 ---", "", id="a heading lost"),
    ],
)
def test_a_form_whose_marks_were_changed_is_asked_about(before: str, after: str) -> None:
    text = filled("Sudah satu", "Sudah empat").replace(before, after, 1)

    assert read_answers(text.encode(), "catatan.txt") == Mangled()


def test_a_mark_of_an_answer_that_was_lost_is_asked_about() -> None:
    text = filled("Sudah satu", "Sudah empat").replace("\nJawaban:\nSudah empat", "\nSudah empat")

    assert read_answers(text.encode(), NAME) == Mangled()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("\nSudah\n", "\n- Temuan 1 sudah diganti\n- Temuan 4 juga\n", id="a list of findings"),
        pytest.param("--- Temuan 1 ---", "--- Temuan 1 --- sudah diganti", id="beside the heading"),
        pytest.param("\nJawaban:\nSudah\n", "\nSudah\nJawaban:\n", id="above its mark"),
        pytest.param("--- Temuan 1 ---", "", id="the first heading lost"),
        pytest.param("--- Temuan 1 ---", "--- Temuan no. 1 ---", id="a heading that gives no number"),
    ],
)
def test_what_is_written_where_nothing_is_read_is_asked_about_and_not_left_out(before: str, after: str) -> None:
    text = filled("Sudah\n", "Sudah empat")
    assert text.count(before) == 1

    assert read_answers(text.replace(before, after).encode(), NAME) == Mangled()


def test_what_is_written_behind_the_stroke_of_a_finding_is_an_answer_below_the_mark_only() -> None:
    assert said(filled("| Sudah diganti\n", "")) == {1: "Sudah diganti"}


def test_a_line_that_a_mail_program_has_broken_is_no_answer_beside_one() -> None:
    broken = FORM.replace("halaman 3 · Format", "halaman 3\n· Format")

    assert said(filled("Sudah\n", "", form=broken)) == {1: "Sudah"}


def test_two_answers_to_one_finding_are_asked_about() -> None:
    text = filled("Sudah", "") + filled("Belum", "")

    assert read_answers(text.encode(), NAME) == Mangled()
    assert said(filled("Sudah", "") + filled("Sudah", "")) == {1: "Sudah"}


def test_two_forms_in_one_file_are_asked_about() -> None:
    other = SHEET._replace(round=3)

    assert read_answers((filled("Sudah", "") + other.line).encode(), NAME) == Mangled()


def test_a_long_answer_is_cut_and_a_larger_file_asked_about() -> None:
    (cut,) = said(filled("a" * (LARGEST - len(FORM) - 10), "")).values()

    assert cut == "a" * LONGEST + " […]"
    assert read_answers(filled("a" * LARGEST, "").encode(), NAME) == Mangled()


def test_what_a_terminal_would_obey_is_made_harmless() -> None:
    assert said(filled("\x1b]0;x\x07=1+1 [bold]\u202e", "")) == {1: "\ufffd]0;x\ufffd=1+1 [bold]\ufffd"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04\0\0", id="a ZIP"),
        pytest.param(b"%PDF-1.7\n\xe2\xe3\xcf\xd3\nstartxref\n0\n%%EOF\n", id="a PDF"),
        pytest.param("Temuan 1: ada.\nJawaban: sudah.\n".encode("utf-16"), id="a letter"),
        pytest.param(b"Indikator;Target\n1;2\n", id="a table"),
        pytest.param(bytes(range(256)) * 100, id="no text"),
    ],
)
def test_another_file_is_none_of_these(data: bytes) -> None:
    assert read_answers(data, "LKjIP 2025.txt") is None


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        (SHEET.name, True),
        ("TEMUAN_PK_2026_putaran_1.pdf", True),
        ("Re temuan LKJIP 2025 putaran 1 (2).docx", True),
        ("TEMUAN LKJIP 2025.pdf", False),
        ("Putaran 1 LKJIP 2025.pdf", False),
        ("temuan " * 50_000, False),
    ],
)
def test_a_name_tells_such_a_file_whatever_it_was_saved_as(name: str, is_one: bool) -> None:
    assert is_called_so(name) is is_one


def test_a_text_tells_such_a_file_whatever_it_is_called() -> None:
    assert is_about_findings("LKjIP 2025.docx", ["", f"{SHEET.line}\nLaporan Kinerja"])
    assert not is_about_findings("LKjIP 2025.docx", ["Laporan Kinerja", "Temuan pemeriksaan"])


@given(st.binary(max_size=300), st.sampled_from(list(range(0, len(FORM), 13))))
def test_no_bytes_in_a_form_are_ever_read_as_another_form(noise: bytes, place: int) -> None:
    data = FORM.encode()
    told = read_answers(data[:place] + noise + data[place:], NAME)

    assert told is not None
    assert isinstance(told, Mangled) or told.sheet == SHEET


@given(
    st.from_regex(r"[a-z-]{1,12}/[a-z-]{1,12}/[0-9]{4}(-q[1-4])?(\+[a-z]{1,9})?", fullmatch=True),
    st.integers(1, 999),
    st.integers(1, 99_999),
)
def test_the_line_of_a_sheet_names_it_and_no_changed_line_does(name: str, number: int, seq: int) -> None:
    sheet = Sheet(ObligationId(name), number, seq)

    assert Sheet.parse(sheet.line) == sheet
    assert Sheet.parse(sheet.line[:-1]) is None
    assert Sheet.parse(sheet._replace(round=number + 1).line[: -len("00000000")] + sheet.line[-8:]) is None
    assert is_called_so(sheet.name)
