"""Whether a file is all there, as its own format tells: the end of a PDF, a ZIP or an OLE document."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from enum import StrEnum

_HEAD = 1 << 10
_PDF_TAIL = 2 << 10
_ZIP_TAIL = 22 + 0xFFFF + 20 + 56
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_FREE = 0xFFFFFFFF
_OLE_HEADER_ENTRIES = 109


class Fault(StrEnum):
    """What is missing. Each has one sentence, in `tui.words`."""

    EMPTY_HEAD = "empty head"
    PDF_END = "pdf end"
    ZIP_END = "zip end"
    OLE_END = "ole end"


def fault(descriptor: int, size: int) -> Fault | None:
    """What shows that the file is only a part of itself; None when nothing does.

    The format is told by the content, as a name can lie. Formats without an end mark (txt, csv) are never at fault.
    """
    head = os.pread(descriptor, _HEAD, 0)
    if not head.strip(b"\0"):
        return Fault.EMPTY_HEAD
    if b"%PDF-" in head:
        return None if _pdf_ends(descriptor, size) else Fault.PDF_END
    if head.startswith(b"PK\x03\x04"):
        return None if _zip_ends(descriptor, size) else Fault.ZIP_END
    if head.startswith(_OLE_MAGIC):
        return None if _ole_ends(descriptor, size, head) else Fault.OLE_END
    return None


def _tail(descriptor: int, size: int, length: int) -> bytes:
    return os.pread(descriptor, length, max(0, size - length))


def _pdf_ends(descriptor: int, size: int) -> bool:
    tail = _tail(descriptor, size, _PDF_TAIL)
    return b"startxref" in tail and b"%%EOF" in tail[tail.rfind(b"startxref") :]


def _zip_ends(descriptor: int, size: int) -> bool:
    """Whether the end record is there and the directory that it describes lies right before it."""
    tail = _tail(descriptor, size, _ZIP_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    length, start, comment = struct.unpack_from("<IIH", tail, at + 12)
    if at + 22 + comment != len(tail):
        return False
    if start == 0xFFFFFFFF or length == 0xFFFFFFFF:
        return tail.rfind(b"PK\x06\x06", 0, at) >= 0
    return bool(start + length <= size - len(tail) + at)


def _ole_ends(descriptor: int, size: int, head: bytes) -> bool:
    """Whether the last sector that its allocation table calls used lies within the file.

    The header names the first 109 parts of the table, some 7 MB; of a longer document only those are looked at.
    """
    shift = int(struct.unpack_from("<H", head, 30)[0])
    if len(head) < 512 or shift not in (9, 12):
        return False
    sector = 1 << shift
    per_table = sector // 4
    tables: tuple[int, ...] = struct.unpack_from(f"<{_OLE_HEADER_ENTRIES}I", head, 76)
    for number, table in reversed(list(enumerate(tables))):
        if table == _OLE_FREE:
            continue
        if (table + 2) * sector > size:
            return False
        used = _last_used(os.pread(descriptor, sector, (table + 1) * sector), per_table)
        if used is not None:
            return (number * per_table + used + 2) * sector <= size
    return True


def _last_used(table: bytes, entries: int) -> int | None:
    values: Iterator[tuple[int, int]] = enumerate(struct.unpack(f"<{entries}I", table))
    return max((index for index, value in values if value != _OLE_FREE), default=None)
