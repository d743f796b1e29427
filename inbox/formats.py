"""What a document says, whatever its format; only the child process runs this."""

from __future__ import annotations

import codecs
import mmap
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from zipfile import ZipFile

from inbox import pdf
from inbox.readings import Depth, Glimpse, Picture, Text, Why, Window

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_FRONT_PAGES = 5
_FRONT_CHARACTERS = 600  # more than a title page says
_MOST_PAGES = 400
_MOST_CHARACTERS = 2_000_000
_MOST_PICTURES = 400  # in a letter of which nobody knows where its pages end
_MOST_DIGITS = 14  # what a length may have in Office Open XML
_MOST_PROPERTIES = 1 << 20  # bytes
_HEAD = 1024  # bytes: so far into a file its format may begin

_PDF, _ZIP, _OLE, _RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_PROPERTIES = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU = 12_700  # of them are a point
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Line ends as one character, what no text holds, and halves of characters, which no file can be written with.
_NOISE = re.compile("\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PICTURE = re.compile("\x1f([0-9]+)x([0-9]+)\x1f")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


_Page = tuple[str, Sequence[Picture]]


class _Document(NamedTuple):
    """How many pages there are, how each is read, and what the document says of itself."""

    total: int
    page: Callable[[int], _Page]
    title: str = ""
    subject: str = ""


def read(descriptor: int, depth: Depth) -> Text | Why:
    """Read what the descriptor holds, of which its content tells the format. Raises whatever a library raises."""
    with open(descriptor, "rb", closefd=False) as file:
        document = _document(file)
        if isinstance(document, Why):
            return document
        pages = dict(_front(document) if depth is Depth.FRONT else _whole(document))
        is_whole = depth is Depth.WHOLE or len(pages) == document.total
        return Text(
            document.total,
            tuple(text for text, _pictures in pages.values()),
            tuple(pages),
            _clean(document.title).strip(),
            _clean(document.subject).strip(),
            is_whole,
            tuple(one for _text, pictures in pages.values() for one in pictures),
        )


def look(descriptor: int, window: Window) -> Glimpse | Why:
    """Look at a part of a page. Raises whatever a library raises."""
    with open(descriptor, "rb", closefd=False) as file:
        if _PDF not in file.read(_HEAD):
            return Why.NO_READER
        document = pdf.opened(file)
        return document if isinstance(document, Why) else pdf.glimpse(document, window)


def _front(document: _Document) -> Iterator[tuple[int, _Page]]:
    """The first pages; and the last, with its signature, where no cover leads."""
    length = 0
    for number in range(1, min(document.total, _FRONT_PAGES) + 1):
        page = _read(document, number, _MOST_CHARACTERS)
        yield number, page
        length += len(page[0].strip())
        if length >= _FRONT_CHARACTERS:
            break
    if number == 1 < document.total:
        yield document.total, _read(document, document.total, _MOST_CHARACTERS)


def _whole(document: _Document) -> Iterator[tuple[int, _Page]]:
    room = _MOST_CHARACTERS
    for number in range(1, min(document.total, _MOST_PAGES) + 1):
        page = _read(document, number, room)
        yield number, page
        room -= len(page[0])
        if not room:
            return


def _read(document: _Document, number: int, room: int) -> _Page:
    text, pictures = document.page(number)
    return _clean(text)[:room], pictures


def _clean(text: str) -> str:
    # pdfium's mark of a hyphen at the end of a line: in Indonesian mostly one that stays, as in perundang-undangan.
    return _NOISE.sub(lambda noise: "\n" if noise[0] in "\r\n\f" else "", text.replace("\ufffe", "-"))


def _document(file: BinaryIO) -> _Document | Why:
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        return Why.BROKEN
    if head.startswith(_ZIP):
        return _archive(file)
    if head.startswith(_OLE):
        return _compound(file)
    if _PDF in head:
        return _pdf(file)
    return _plain(file)


def _pdf(file: BinaryIO) -> _Document | Why:
    opened = pdf.opened(file)
    if isinstance(opened, Why):
        return opened
    title, subject = opened.get_metadata_value("Title"), opened.get_metadata_value("Subject")
    return _Document(len(opened), lambda number: pdf.page(opened, number), title, subject)


def _archive(file: BinaryIO) -> _Document | Why:
    with ZipFile(file) as archive:
        names = archive.namelist()
        places = {name.partition("/")[0] for name in names}
        is_ods = names[0] == "mimetype" and archive.open("mimetype").read(len(_ODS)) == _ODS
        if not is_ods and not places & {"word", "xl"}:
            return Why.NO_READER
        title, subject = _properties(archive) if _PROPERTIES in names else ("", "")
    file.seek(0)
    document = _word(file) if "word" in places else _workbook(file)
    return document if isinstance(document, Why) else document._replace(title=title, subject=subject)


def _properties(archive: ZipFile) -> tuple[str, str]:
    from docx.oxml import parse_xml

    said = parse_xml(archive.open(_PROPERTIES).read(_MOST_PROPERTIES))
    return said.findtext(f"{_DC}title") or "", said.findtext(f"{_DC}subject") or ""


def _word(file: BinaryIO) -> _Document | Why:
    from docx.opc.part import XmlPart
    from docx.package import Package

    package = Package.open(file)
    body = package.main_document_part
    if not isinstance(body, XmlPart):
        return Why.NO_READER
    margins = (rel.target_part for rel in body.rels.values() if rel.reltype.endswith(("/header", "/footer")))
    # Not bare `strip`: to Python the sign for a picture is a blank, and a letterhead begins with a coat of arms.
    around = dict.fromkeys(_flow(part.element).strip(" \t\n\f") for part in margins)
    pages = [page for page in _flow(body.element).split("\f") if page.strip()] or [""]
    pages[0] = "\n".join(filter(None, (pages[0].strip("\n"), *around)))
    return _Document(len(pages), lambda number: _pictured(number, pages[number - 1]))


def _pictured(number: int, page: str) -> _Page:
    """A page of a letter without the signs for its pictures, and these. No text in XML could hold such a sign."""
    seen, line, begin = list[Picture](), 0, 0
    for sign in islice(_PICTURE.finditer(page), _MOST_PICTURES):
        line, begin = line + page.count("\n", begin, sign.start()), sign.start()
        seen.append(Picture(number, line, 0, 0, int(sign[1]), int(sign[2])))
    return _PICTURE.sub("", page), seen


def _flow(element: Any) -> str:
    """The text in its order: a line for a paragraph or a row of a table, a form feed where a page is known to end."""
    for box in [*element.iter(f"{_MC}Fallback")]:  # says again what was said in a newer way
        box.getparent().remove(box)
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    tags = ("t", "tab", "br", "cr", "noBreakHyphen", "lastRenderedPageBreak", "p")
    for one in element.iter(*(_W + tag for tag in tags), f"{_WP}extent"):
        match one.tag.removeprefix(_W):
            case "t":
                yield one.text or ""
            case "p":
                yield _before(one)
            case "tab" if one.getparent().tag == f"{_W}r":  # and not the place of a stop
                yield "\t"
            case "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "lastRenderedPageBreak":
                yield "\f"
            case tag if tag == f"{_WP}extent":
                yield f"\x1f{_points(one.get('cx'))}x{_points(one.get('cy'))}\x1f"
            case "br":
                yield "\f" if one.get(f"{_W}type") == "page" else "\n"


def _points(length: str | None) -> int:
    is_one = length and len(length) <= _MOST_DIGITS and length.isascii() and length.isdecimal()
    return int(length) // _EMU if length and is_one else 0


def _before(paragraph: Any) -> str:
    """What parts a paragraph from what stands before it."""
    cell = paragraph.getparent()
    if cell.tag != f"{_W}tc":
        return "\n"
    if any(paragraph.itersiblings(f"{_W}p", preceding=True)):
        return " "
    return "\t" if any(cell.itersiblings(f"{_W}tc", preceding=True)) else "\n"


def _compound(file: BinaryIO) -> _Document | Why:
    """A workbook of before 2007, or what else the same container holds."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return Why.ENCRYPTED
        if content.find("WordDocument".encode("utf-16-le")) >= 0:
            return Why.NO_READER
    return _workbook(file)


def _workbook(file: BinaryIO) -> _Document | Why:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError:
        return Why.ENCRYPTED
    # A hidden sheet is often the list behind a drop-down: it names every office and tells nothing of this one.
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is calamine.SheetVisibleEnum.Visible and sheet.typ is calamine.SheetTypeEnum.WorkSheet
    ]
    if not names:
        return Why.NO_READER
    return _Document(len(names), lambda number: (_sheet(book.get_sheet_by_name(names[number - 1])), ()))


def _sheet(sheet: CalamineSheet) -> str:
    lines, length = [], 0
    for row in sheet.iter_rows():
        line = "\t".join(map(_cell, row)).rstrip("\t")
        if line:
            lines.append(line)
            length += len(line) + 1
        if length >= _MOST_CHARACTERS:
            break
    return "\n".join(lines)


def _cell(value: str | float | bool | time | date | datetime | timedelta) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _plain(file: BinaryIO) -> _Document | Why:
    text = _decoded(file.read(4 * _MOST_CHARACTERS))
    return Why.NO_READER if text is None else _Document(1, lambda _number: (text, ()))


def _decoded(content: bytes) -> str | None:
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content.startswith(_RTF) or _NO_TEXT.search(content):
        return None
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return codecs.getincrementaldecoder(encoding)().decode(content)
    return None
