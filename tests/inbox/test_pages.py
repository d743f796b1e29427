"""The text of a document is read in a child that may fail without harm."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from inbox import Pages, Unreadable, Why, read_pages
from tui.samples import sample


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


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "document"


def test_the_text_of_each_page_is_read(document: Path) -> None:
    document.write_bytes(sample("pk", "Dinas Kesehatan", "2026", region="Provinsi Lampung"))

    pages = read_pages(document)

    assert isinstance(pages, Pages)
    assert pages.total == len(pages.texts) > 1
    assert "PERJANJIAN KINERJA" in pages.texts[0]
    assert "DINAS KESEHATAN" in pages.texts[0]


def test_a_scanned_page_has_no_text(document: Path) -> None:
    document.write_bytes(pdf(*CATALOGUE, PAGE % b"", stream(b"0 0 100 100 re f")))

    assert read_pages(document) == Pages(1, ("",))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"PK\x03\x04 a workbook", Why.NOT_A_PDF, id="another format"),
        pytest.param(b"", Why.NOT_A_PDF, id="nothing"),
        pytest.param(b"%PDF-1.7\nand then nothing", Why.BROKEN, id="a beginning"),
        pytest.param(b"%PDF-1.7\n" + bytes(100_000), Why.BROKEN, id="a file that was never filled"),
    ],
)
def test_what_cannot_be_read_says_why(document: Path, content: bytes, why: Why) -> None:
    document.write_bytes(content)

    assert read_pages(document) == Unreadable(why)


def test_a_document_that_asks_for_a_password_is_encrypted(document: Path) -> None:
    whole = pdf(
        *CATALOGUE,
        PAGE % b"",
        stream(b""),
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"00" * 32, b"11" * 32),
    )
    document.write_bytes(whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R /ID [<01> <01>]"))

    assert read_pages(document) == Unreadable(Why.ENCRYPTED)


def test_a_document_that_is_gone_is_broken(document: Path) -> None:
    assert read_pages(document) == Unreadable(Why.BROKEN)


def test_a_document_that_unpacks_to_more_than_the_memory_is_given_up(document: Path) -> None:
    """Two layers of compression: a few kilobytes that unpack to gigabytes."""
    packer = zlib.compressobj(9, wbits=-15)
    block, count = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH), 256
    sum_of_zeros = ((count << 24) % 65521) << 16 | 1
    packed = b"\x78\xda" + block * count + packer.flush() + sum_of_zeros.to_bytes(4, "big")
    bomb = stream(zlib.compress(packed, 9), more=b"/Filter [/FlateDecode /FlateDecode]")
    document.write_bytes(pdf(*CATALOGUE, PAGE % b"", bomb))

    answer = read_pages(document)

    # The reader itself refuses some of it; what counts is that the answer comes and nothing else goes.
    assert answer in (Unreadable(Why.TOO_MUCH), Unreadable(Why.BROKEN), Pages(1, ("",)))


def test_a_child_that_eats_memory_is_given_up(document: Path) -> None:
    with document.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 << 30)  # a file with a hole, which takes no room on the disk

    assert read_pages(document) == Unreadable(Why.TOO_MUCH)


def test_a_child_that_takes_too_long_is_given_up(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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

    assert read_pages(document) == Unreadable(Why.TOO_MUCH)


def test_text_from_outside_cannot_stop_the_reader(document: Path) -> None:
    text = stream(b"BT /F 12 Tf 100 700 Td <001B0007FFFE0041> Tj ET")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    document.write_bytes(pdf(*CATALOGUE, PAGE % b"/Font << /F 5 0 R >>", text, font))

    assert isinstance(read_pages(document), Pages)
