"""A PDF with a picture, such as a stamp, on some of its pages."""

from __future__ import annotations

from collections.abc import Collection

from tests.inbox.test_pages import CATALOGUE, pdf, stream

WIDTH, HEIGHT = 210, 90  # points
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_IMAGE = b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"


def illustrated(
    *texts: str, on: Collection[int] = (), left: int = 320, bottom: int = 300, draw: bytes = b"/I Do"
) -> bytes:
    """Pages of these texts, 30 points a line from 760 down, with a black picture on those of these numbers.

    `draw` is what draws it into a field of one by one that is then as large as the picture.
    """
    kids = b" ".join(b"%d 0 R" % (7 + 2 * n) for n in range(len(texts)))
    form = stream(
        b"/I Do", more=b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /I 5 0 R >> >>"
    )
    objects = [CATALOGUE[0], b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(texts)), b"<< >>", _FONT]
    objects += [stream(bytes(64), more=_IMAGE), form]
    held = b"<< /Font << /F 4 0 R >> /XObject << /I 5 0 R /X 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
    for number, text in enumerate(texts, start=1):
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        lines = b" T* ".join(b"(%s) Tj" % one.encode("cp1252") for one in escaped.split("\n"))
        place = b" q %d 0 0 %d %d %d cm %s Q" % (WIDTH, HEIGHT, left, bottom, draw) if number in on else b""
        objects += [page % (6 + 2 * number, held), stream(b"BT /F 12 Tf 30 TL 60 760 Td %s ET%s" % (lines, place))]
    return pdf(*objects)
