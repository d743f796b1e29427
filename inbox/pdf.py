"""The pages of a PDF: their text, the pictures on them, and how they look; only the child process opens one."""

from __future__ import annotations

import ctypes
import mmap
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from inbox.readings import Glimpse, Picture, Why, Window

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfObject, PdfPage, PdfTextPage

_LINE_END = re.compile("\r\n?|[\n\f]")  # each becomes one in the text that is kept
_SMALLEST = 16  # points: what is less high or wide is a line or a bullet, no signature and no stamp
_MOST_PICTURES = 24  # on a page
_DEEPEST = 3  # forms within each other
# A map is of a hundred thousand strokes, and what is read of a document ends when its time does.
_MOST_OBJECTS, _MOST_LOOKED_AT = 10_000, 200
_LEVEL = bytes(ord("a") + (grey * 24) // 256 for grey in range(256))  # as many greys as 256 colours have


def opened(file: BinaryIO) -> PdfDocument | Why:
    """The document, or why it cannot be opened."""
    import pypdfium2

    content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)  # pdfium reads it where it lies
    try:
        pdf = pypdfium2.PdfDocument((ctypes.c_char * len(content)).from_buffer(content))
    except pypdfium2.PdfiumError as error:
        locked = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        return Why.ENCRYPTED if error.err_code in locked else Why.BROKEN
    return pdf if len(pdf) else Why.BROKEN


def page(pdf: PdfDocument, number: int) -> tuple[str, Sequence[Picture]]:
    """What a page says, and its pictures. One damaged page does not hide the others."""
    import pypdfium2

    try:
        opened_page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return "", ()
    lettered = opened_page.get_textpage()
    said: str = lettered.get_text_range()
    seen = sorted(_pictures(opened_page), reverse=True)[:_MOST_PICTURES]
    begun = _begun(lettered, said) if seen else []
    pictures = [_placed(one, number, opened_page, begun, said) for one in seen]
    opened_page.close()
    return said, pictures


def glimpse(pdf: PdfDocument, window: Window) -> Glimpse:
    """What is seen through a window."""
    import pypdfium2

    raw, opened_page = pypdfium2.raw, pdf[window.page - 1]
    width, height = opened_page.get_size()
    bitmap = pypdfium2.PdfBitmap.new_native(window.width, window.height, raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, window.width, window.height)
    whole = (round(width * window.scale), round(height * window.scale))
    how = raw.FPDF_GRAYSCALE | raw.FPDF_ANNOT
    raw.FPDF_RenderPageBitmap(bitmap, opened_page, -window.left, -window.top, *whole, 0, how)
    dots, stride = bytes(bitmap.buffer).translate(_LEVEL).decode(), bitmap.stride
    rows = tuple(dots[y * stride : y * stride + window.width] for y in range(window.height))
    return Glimpse(len(pdf), round(width), round(height), rows)


_Bounds = tuple[float, float, float, float]  # top, left, right, bottom: what lies highest is the greatest


def _pictures(one: PdfPage) -> Iterator[_Bounds]:
    """Where pictures lie, on the page as it is drawn and as large as can be seen of them."""
    import pypdfium2

    left, bottom, right, top = one.get_bbox()
    objects = islice(_objects(one), _MOST_OBJECTS)
    images = (found for kind, found in objects if kind == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
    for found, form in islice(images, _MOST_LOOKED_AT):
        x, y, w, z = _bounds(pypdfium2.PdfObject(found, page=one, pdf=one.pdf, container=form))
        seen = (min(z, top), max(x, left), min(w, right), max(y, bottom))
        if seen[0] - seen[3] >= _SMALLEST and seen[2] - seen[1] >= _SMALLEST:
            yield seen


def _objects(one: PdfPage, form: PdfObject | None = None, level: int = 0) -> Iterator[tuple[int, tuple[Any, Any]]]:
    """What is drawn on a page or in a form: of which kind, what, and in which form; bare: most is of no interest."""
    import pypdfium2

    raw = pypdfium2.raw
    count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    if form is not None:
        count, get = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
    holder = one if form is None else form
    for place in range(count(holder)):
        found = get(holder, place)
        kind = raw.FPDFPageObj_GetType(found)
        yield kind, (found, form)
        if kind == raw.FPDF_PAGEOBJ_FORM and level < _DEEPEST:
            inner = pypdfium2.PdfObject(found, page=one, pdf=one.pdf, container=form, level=level)
            yield from _objects(one, inner, level + 1)


def _bounds(image: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top; of a picture in a form they are those within the form."""
    corners = [*image.get_quad_points()]
    holder = image.container
    while holder is not None:
        matrix = holder.get_matrix()
        corners = [matrix.on_point(*corner) for corner in corners]
        holder = holder.container
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def _placed(seen: _Bounds, number: int, one: PdfPage, begun: Sequence[tuple[int, float]], said: str) -> Picture:
    """A picture among the lines: behind as many as begin above it."""
    top, left, right, bottom = seen
    edge, _lower, _right, upper = one.get_bbox()
    above = sum(height > top for _line, height in begun)
    line = begun[above][0] if above < len(begun) else len(_LINE_END.findall(said)) + 1
    return Picture(number, line, round(left - edge), round(upper - top), round(right - left), round(top - bottom))


def _begun(lettered: PdfTextPage, said: str) -> list[tuple[int, float]]:
    """How high each line that has letters begins."""
    import pypdfium2

    starts = [0, *(end.end() for end in _LINE_END.finditer(said))]
    begun = []
    for line, start in enumerate(starts):
        place = pypdfium2.raw.FPDFText_GetCharIndexFromTextIndex(lettered, start)
        if start < len(said) and said[start] not in "\r\n\f" and place >= 0:
            _left, bottom, _right, top = lettered.get_charbox(place)
            begun.append((line, (top + bottom) / 2))
    return begun
