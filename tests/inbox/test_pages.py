"""The text of a document is read in a child that may fail without harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import docx
import pytest
import xlsxwriter
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from inbox import Depth, Text, TextReader, Unreadable, Why, read_text
from inbox.formats import _clean
from tui.samples import sample

ROOT = Path(__file__).parents[2]


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + tail


def stream(content: bytes, *, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


CATALOGUE = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"


def paged(*texts: str, more: bytes = b"") -> bytes:
    """A PDF of these pages, with what the catalogue's document says of itself."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(texts)))
    font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    objects = [CATALOGUE[0], b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(texts)), b"<< %s >>" % more]
    for number, text in enumerate(texts):
        lines = b" T* ".join(b"(%s) Tj" % line.encode("cp1252") for line in text.split("\n"))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9999 842] /Contents %d 0 R /Resources << %s >> >>"
        objects += [page % (5 + 2 * number, font), stream(b"BT /F 9 Tf 12 TL 9 800 Td %s ET" % lines)]
    return pdf(*objects).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 3 0 R")


def written(make: Callable[[docx.document.Document], None]) -> bytes:
    document, whole = docx.Document(), BytesIO()
    make(document)
    document.save(whole)
    return whole.getvalue()


def zipped(**parts: str | bytes) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return whole.getvalue()


def book(**sheets: list[list[object]]) -> bytes:
    """A workbook of these sheets; one whose name begins with `hidden` is."""
    whole = BytesIO()
    with xlsxwriter.Workbook(whole) as workbook:
        workbook.set_properties({"title": "Cascading", "subject": "2026", "author": "Sari"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name.startswith("hidden"):
                sheet.hide()
    return whole.getvalue()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "document"


@pytest.fixture
def reader() -> Iterator[TextReader]:
    """One with a child of its own, which a test may harm."""
    one = TextReader()
    yield one
    one.close()


def whole(*pages: str) -> Text:
    return Text(len(pages), pages, tuple(range(1, len(pages) + 1)))


def test_the_text_of_each_page_is_read(document: Path) -> None:
    document.write_bytes(sample("pk", "Dinas Kesehatan", "2026", region="Provinsi Lampung"))

    text = read_text(document)

    assert isinstance(text, Text)
    assert text.total == len(text.pages) > 1
    assert text.numbers == tuple(range(1, text.total + 1))
    assert text.is_whole
    assert not text.is_scan
    assert "PERJANJIAN KINERJA" in text.pages[0]
    assert "DINAS KESEHATAN" in text.pages[0]


def test_a_scanned_page_has_no_text(document: Path) -> None:
    document.write_bytes(pdf(*CATALOGUE, PAGE % b"", stream(b"0 0 100 100 re f")))

    text = read_text(document)

    assert text == whole("")
    assert isinstance(text, Text)
    assert text.is_scan


def test_a_document_says_what_it_is_called_and_nobody_s_name(document: Path) -> None:
    document.write_bytes(paged("isi", more=b"/Title (LKjIP 2025) /Subject (Kinerja) /Author (Sari)"))

    assert read_text(document) == Text(1, ("isi",), (1,), "LKjIP 2025", "Kinerja")


LONG = " ".join(["kinerja"] * 90)


@pytest.mark.parametrize(
    ("pages", "numbers"),
    [
        pytest.param(("SAMPUL", LONG, LONG, LONG), (1, 2), id="a cover and what follows it"),
        pytest.param((LONG, LONG, LONG, "tanda tangan"), (1, 4), id="a table, and the signature at its end"),
        pytest.param((LONG,), (1,), id="one page is the first and the last"),
        pytest.param(("",) * 9, (1, 2, 3, 4, 5), id="a scan is not searched to its end"),
        pytest.param(("a", "b"), (1, 2), id="few words, and all of them"),
    ],
)
def test_the_front_is_what_recognition_needs(
    document: Path, pages: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    document.write_bytes(paged(*pages))

    text = read_text(document, Depth.FRONT)

    held = tuple(pages[number - 1] for number in numbers)
    assert text == Text(len(pages), held, numbers, is_whole=len(numbers) == len(pages))


def test_a_hyphen_at_the_end_of_a_line_stays(document: Path) -> None:
    document.write_bytes(paged("peraturan perundang-\nundangan"))

    assert read_text(document) == whole("peraturan perundang-undangan")


@given(st.text() | st.text(alphabet="a\r\n\f\0\ufffe\ud800\udfff\x1b\t"))
def test_what_is_read_can_be_kept(text: str) -> None:
    clean = _clean(text)

    assert clean.encode().decode() == clean
    assert not set(clean) & set("\r\f\0\x1b\x7f\ufffe")
    assert _clean(clean) == clean


def test_a_letter_is_read_in_the_order_of_its_pages(document: Path) -> None:
    def letter(made: docx.document.Document) -> None:
        made.core_properties.title, made.core_properties.author = "PK 2026", "Sari"
        made.sections[0].header.paragraphs[0].text = "Dinas Kesehatan"
        made.add_paragraph("PERJANJIAN KINERJA\tTAHUN 2026")
        table = made.add_table(2, 2)
        for number, cell in enumerate(one for row in table.rows for one in row.cells):
            cell.text = f"sel {number}"
        table.cell(1, 1).add_paragraph("lagi")
        made.add_paragraph("sesudah tabel").paragraph_format.tab_stops.add_tab_stop(99)
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        made.add_paragraph("halaman dua")

    document.write_bytes(written(letter))

    text = read_text(document)

    assert isinstance(text, Text)
    first = [
        "PERJANJIAN KINERJA\tTAHUN 2026",
        "sel 0\tsel 1",
        "sel 2\tsel 3 lagi",
        "sesudah tabel",
        "Dinas Kesehatan",
    ]
    assert [line for line in text.pages[0].split("\n") if line] == first
    assert (text.total, text.pages[1].strip(), text.title, text.subject) == (2, "halaman dua", "PK 2026", "")


def test_a_text_box_is_read_once(document: Path) -> None:
    """Word says it twice: for programs that know its drawings, and for those that do not."""
    box = "<w:txbxContent><w:p><w:r><w:t>JUDUL</w:t></w:r></w:p></w:txbxContent>"
    drawn = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )

    def letter(made: docx.document.Document) -> None:
        made.add_paragraph("isi")._p.append(parse_xml(drawn))

    document.write_bytes(written(letter))

    assert read_text(document) == whole("isi\nJUDUL")


def test_a_sheet_is_a_page_and_a_row_a_line(document: Path) -> None:
    document.write_bytes(
        book(pk=[["Sasaran", "Target"], [], ["Nilai\nSAKIP", 82.5], [2026, ""]], hidden=[["daftar"]], lain=[["ya"]])
    )

    pages = ("Sasaran\tTarget\nNilai SAKIP\t82.5\n2026", "ya")
    assert read_text(document) == whole(*pages)._replace(title="Cascading", subject="2026")


def test_a_sheet_of_another_make_is_read(document: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>Renja</text:p></table:table-cell>'
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='a'>"
        f"<table:table-row>{cell}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = {"META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:x"/>'}
    document.write_bytes(zipped(mimetype=kind, content__xml=content, **manifest))

    assert read_text(document) == whole("Renja")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeffRp 1.000 – é".encode(), id="utf-8"),
        pytest.param("Rp 1.000 – é".encode("cp1252"), id="of an older Windows"),
        pytest.param("Rp 1.000 – é".encode("utf-16"), id="utf-16"),
    ],
)
def test_plain_text_is_one_page(document: Path, content: bytes) -> None:
    document.write_bytes(content)

    assert read_text(document) == whole("Rp 1.000 – é")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"PK\x03\x04 an archive", Why.BROKEN, id="a beginning of an archive"),
        pytest.param(zipped(a__txt="isi"), Why.NO_READER, id="an archive of files"),
        pytest.param(zipped(**{"word/document.xml": "<w>"}), Why.BROKEN, id="a letter that is none"),
        pytest.param(zipped(**{"xl/workbook.xml": "<w>"}), Why.BROKEN, id="a workbook that is none"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), Why.NO_READER, id="a letter of before 2007"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), Why.ENCRYPTED, id="a locked letter"),
        pytest.param(OLE, Why.BROKEN, id="nothing of before 2007"),
        pytest.param(b"{\\rtf1 isi}", Why.NO_READER, id="rich text"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", Why.NO_READER, id="a photograph"),
        pytest.param(b"", Why.BROKEN, id="nothing"),
        pytest.param(b"%PDF-1.7\nand then nothing", Why.BROKEN, id="a beginning"),
        pytest.param(b"%PDF-1.7\n" + bytes(100_000), Why.BROKEN, id="a file that was never filled"),
    ],
)
def test_what_cannot_be_read_says_why(document: Path, content: bytes, why: Why) -> None:
    document.write_bytes(content)

    assert read_text(document) == Unreadable(why)


def test_a_document_that_asks_for_a_password_is_encrypted(document: Path) -> None:
    whole = pdf(
        *CATALOGUE,
        PAGE % b"",
        stream(b""),
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"00" * 32, b"11" * 32),
    )
    document.write_bytes(whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R /ID [<01> <01>]"))

    assert read_text(document) == Unreadable(Why.ENCRYPTED)


def test_a_pipe_is_no_document(document: Path) -> None:
    os.mkfifo(document)

    assert read_text(document) == Unreadable(Why.BROKEN)


def test_a_document_that_is_gone_is_broken(document: Path) -> None:
    assert read_text(document) == Unreadable(Why.BROKEN)


def test_a_document_that_unpacks_to_more_than_the_memory_is_given_up(document: Path) -> None:
    """Two layers of compression: a few kilobytes that unpack to gigabytes."""
    packer = zlib.compressobj(9, wbits=-15)
    block, count = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH), 256
    sum_of_zeros = ((count << 24) % 65521) << 16 | 1
    packed = b"\x78\xda" + block * count + packer.flush() + sum_of_zeros.to_bytes(4, "big")
    bomb = stream(zlib.compress(packed, 9), more=b"/Filter [/FlateDecode /FlateDecode]")
    document.write_bytes(pdf(*CATALOGUE, PAGE % b"", bomb))

    answer = read_text(document)

    # The reader itself refuses some of it; what counts is that the answer comes and nothing else goes.
    assert answer in (Unreadable(Why.TOO_MUCH), Unreadable(Why.BROKEN), whole(""))


def test_a_child_that_eats_memory_is_given_up(document: Path) -> None:
    with document.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 << 30)  # a file with a hole, which takes no room on the disk

    assert read_text(document) == Unreadable(Why.TOO_MUCH)


def test_a_document_that_takes_too_long_is_given_up_and_its_process_alone(
    document: Path, reader: TextReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forms that draw forms that draw forms: thirty objects, more steps than there are seconds."""
    monkeypatch.setattr("inbox.pages.SECONDS", 1)
    depth, text = 12, b"BT /F 9 Tf (x) Tj ET"
    forms = [
        stream(
            b"/X Do " * 12,
            more=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (n + 6),
        )
        for n in range(depth)
    ]
    leaf = stream(text, more=b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >>")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = PAGE % b"/XObject << /X 6 0 R >>"
    document.write_bytes(pdf(*CATALOGUE, page, stream(b"/X Do " * 12), font, *forms, leaf))

    simple = document.with_name("simple")
    simple.write_bytes(paged("isi"))
    reader.read(simple)
    first = child(reader)

    assert [reader.read(document), reader.read(simple)] == [Unreadable(Why.TOO_MUCH), whole("isi")]
    assert child(reader) == first


def test_text_from_outside_cannot_stop_the_reader(document: Path) -> None:
    text = stream(b"BT /F 12 Tf 100 700 Td <001B0007FFFE0041> Tj ET")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    document.write_bytes(pdf(*CATALOGUE, PAGE % b"/Font << /F 5 0 R >>", text, font))

    assert isinstance(read_text(document), Text)


def test_a_letter_that_unpacks_to_more_than_the_memory_is_given_up(document: Path) -> None:
    with zipfile.ZipFile(BytesIO(written(lambda _made: None))) as letter:
        parts = {name: letter.read(name) for name in letter.namelist()}
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as part:
                part.write(content)
                for _ in range(70 if name == "word/document.xml" else 0):
                    part.write(b" " * (1 << 24))

    assert read_text(document) == Unreadable(Why.TOO_MUCH)


def test_a_letter_of_words_that_stand_for_more_words_is_given_up(document: Path) -> None:
    """A thousand million times one word, in ten lines."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE w [<!ENTITY e0 "kinerja">{lines}]><w:t {nsdecls("w")}>&e9;</w:t>'
    content = written(lambda _made: None)
    whole_letter = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as letter, zipfile.ZipFile(whole_letter, "w") as archive:
        for name in letter.namelist():
            archive.writestr(name, bomb if name == "word/document.xml" else letter.read(name))
    document.write_bytes(whole_letter.getvalue())

    answer = read_text(document)

    assert isinstance(answer, Unreadable)
    assert answer.why in (Why.TOO_MUCH, Why.BROKEN, Why.NO_READER)


def test_no_more_is_kept_than_a_person_would_read(document: Path) -> None:
    document.write_bytes(paged(*["a"] * 401))
    by_pages = read_text(document)
    document.write_bytes(b"kinerja " * 300_000)
    by_words = read_text(document)

    assert isinstance(by_pages, Text)
    assert (by_pages.total, by_pages.numbers[-1], by_pages.is_whole) == (401, 400, True)
    assert isinstance(by_words, Text)
    assert (len(by_words.pages[0]), by_words.is_whole) == (2_000_000, True)


def child(reader: TextReader) -> int:
    assert reader._child
    return reader._child.process.pid


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def is_running(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return False


def ends(process: int) -> bool:
    until = monotonic() + 10
    while is_running(process) and monotonic() < until:
        sleep(0.01)
    return not is_running(process)


def test_one_child_reads_many_documents(document: Path, reader: TextReader) -> None:
    document.write_bytes(paged("isi"))
    broken = document.with_name("broken")
    broken.write_bytes(b"%PDF-1.7\n")
    reader.read(document)
    first, open_before = child(reader), descriptors()

    answers = [reader.read(one) for one in (document, broken, document, broken, document)]

    assert answers == [whole("isi"), Unreadable(Why.BROKEN)] * 2 + [whole("isi")]
    assert child(reader) == first
    assert descriptors() == open_before


def test_what_one_document_does_the_next_does_not_meet(document: Path, reader: TextReader) -> None:
    greedy = document.with_name("greedy")
    with greedy.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 << 30)
    document.write_bytes(paged("isi"))

    assert [reader.read(greedy), reader.read(document)] == [Unreadable(Why.TOO_MUCH), whole("isi")]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_that_was_killed_is_replaced(document: Path, reader: TextReader, how: signal.Signals) -> None:
    document.write_bytes(paged("isi"))
    reader.read(document)
    first = child(reader)

    os.kill(first, how)

    # The process that it had forked in advance may still read one.
    assert [reader.read(document) for _ in range(3)] == [whole("isi")] * 3
    assert child(reader) != first
    assert not is_running(first)


def test_a_child_that_stands_still_is_given_up_and_replaced(
    document: Path, reader: TextReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    document.write_bytes(paged("isi"))
    reader.read(document)
    first = child(reader)
    monkeypatch.setattr("inbox.pages.SECONDS", 0.1)
    monkeypatch.setattr("inbox.pages._GRACE", 0.1)
    os.kill(first, signal.SIGSTOP)
    while Path(f"/proc/{first}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "T":
        sleep(0.01)  # until then it may still fork another
    family = [int(one) for one in Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()]
    for process in family:
        os.kill(process, signal.SIGSTOP)

    given_up = reader.read(document)
    monkeypatch.undo()

    assert given_up == Unreadable(Why.TOO_MUCH)
    assert reader.read(document) == whole("isi")
    assert not is_running(first)
    for process in family:
        os.kill(process, signal.SIGKILL)


def test_a_closed_reader_leaves_no_process_and_no_descriptor(document: Path) -> None:
    document.write_bytes(paged("isi"))
    open_before = descriptors()
    reader = TextReader()
    reader.read(document)
    process = child(reader)

    reader.close()
    reader.close()

    assert not Path(f"/proc/{process}").exists()
    assert descriptors() == open_before
    assert reader.read(document) == whole("isi")
    reader.close()


def test_threads_wait_for_each_other(document: Path, reader: TextReader) -> None:
    answers: dict[int, Text | Unreadable] = {}

    def read(number: int) -> None:
        one = document.with_name(f"{number}")
        one.write_bytes(paged(f"isi {number}"))
        answers[number] = reader.read(one)

    threads = [Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {number: whole(f"isi {number}") for number in range(8)}


BEGIN = """
import os, signal, sys
from pathlib import Path
from inbox.pages import _OURS, read_text
document = Path(sys.argv[1])
def child():
    return _OURS._child.process.pid
assert read_text(document).pages == ("isi",)
first = child()
"""


def process_that(does: str, document: Path) -> str:
    document.write_bytes(paged("isi"))
    script = [sys.executable, "-c", BEGIN + does, str(document)]
    done = subprocess.run(
        script, cwd=ROOT, capture_output=True, text=True, timeout=60, start_new_session=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    "end", ["", "os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)", "signal.alarm(1); signal.pause()"]
)
def test_the_child_ends_with_the_process_that_started_it(document: Path, end: str) -> None:
    first = int(process_that(f"print(first, flush=True)\n{end}", document))

    assert ends(first)


def test_a_fork_of_the_process_has_a_child_of_its_own(document: Path) -> None:
    does = """
fork = os.fork()
again = read_text(document).pages
print(again, child() == first, flush=True)
if fork:
    os.waitpid(fork, 0)
"""
    assert sorted(process_that(does, document).splitlines()) == ["('isi',) False", "('isi',) True"]


def test_what_a_terminal_tells_the_process_the_child_does_not_hear(document: Path) -> None:
    does = """
for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(one, signal.SIG_IGN)
    os.killpg(0, one)
print(read_text(document).pages, child() == first)
"""
    assert process_that(does, document) == "('isi',) True\n"


def test_what_reads_no_document_imports_nothing_for_it() -> None:
    names = "'subprocess', 'pypdfium2', 'docx', 'python_calamine', 'lxml'"
    script = f"import sys, inbox.pages; print(*{{{names}}} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "\n"
