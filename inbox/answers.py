"""The text file in which an office answers findings: the fixed words of its format, written and read.

    PANTAU-TEMUAN dinkes/lkjip/2025 putaran 1 jejak 4 cek 0f3a9c27
    --- Temuan 1 ---
    | what was found, on lines that begin so
    Jawaban:

Whatever else stands there is for people. All words are read in Indonesian and in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from workflow import ObligationId, plain

ASIDE = "| "
LARGEST = 1 << 20
LONGEST = 4000
_CUT = " […]"

# What a clerk's mail program and word processor put before a line, or make of its hyphens.
_BLANK = " \t\u00a0>"
_BEFORE = f"[{_BLANK}]*"
_MARK = re.compile("PANTAU-TEMUAN", re.IGNORECASE)
_SHEET = re.compile(
    rf"{_BEFORE}PANTAU-TEMUAN (\S+) (?:putaran|round) (\d{{1,6}}) (?:jejak|record) (\d{{1,9}}) (?:cek|check) (\w+)\Z",
    re.ASCII | re.IGNORECASE,
)
_FINDING = re.compile(
    rf"{_BEFORE}[-\u2010-\u2015=_*]+ *(?:temuan|finding) (\d{{1,6}})\b(.*)", re.ASCII | re.IGNORECASE
)
_ANSWER = re.compile(rf"{_BEFORE}(?:jawaban|answer)[ \t]*:(.*)", re.IGNORECASE)
_ASIDE = re.compile(rf"{_BEFORE}\|")
_NAME = re.compile(r"(?:^|[\W_])temuan[\W_].*[\W_]putaran[\W_]*[0-9]", re.IGNORECASE | re.DOTALL)
_LONGEST_NAME = 300
_BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Sheet(NamedTuple):
    """Which findings are asked about: those that stood open after the record `seq`, which ended a round."""

    obligation: ObligationId
    round: int
    seq: int

    @property
    def line(self) -> str:
        """What the file is known by."""
        name, number, seq = self
        return f"PANTAU-TEMUAN {name} putaran {number} jejak {seq} cek {self._check}"

    @property
    def name(self) -> str:
        """What the file is called: `TEMUAN LKJIP 2025 putaran 1.txt`."""
        _, requirement, period = self.obligation.split("/")
        return f"TEMUAN {requirement.upper()} {period.upper()} putaran {self.round}.txt"

    @property
    def _check(self) -> str:
        return sha256(f"{self.obligation} {self.round} {self.seq}".encode()).hexdigest()[:8]

    @classmethod
    def parse(cls, line: str) -> Sheet | None:
        """The sheet that a line names; None when a letter of it was changed."""
        match = _SHEET.match(line.rstrip())
        if match is None:
            return None
        sheet = cls(ObligationId(match[1]), int(match[2]), int(match[3]))
        return sheet if match[4].casefold() == sheet._check else None


class Answered(NamedTuple):
    """What is said in a file to which findings, each in one line; nothing where nothing was written."""

    sheet: Sheet
    said: tuple[tuple[int, str], ...]


class Mangled(NamedTuple):
    """It is such a file and cannot be read for certain: a person is asked, nothing is guessed."""


def heading(words: str) -> str:
    """The line above a finding, from `Temuan 1` or `Finding 1`."""
    return f"--- {words} ---"


def read_answers(data: bytes, name: str) -> Answered | Mangled | None:
    """What a file of this name says, up to `LARGEST` bytes of it; None when it is another thing altogether."""
    lines = (_decoded(data[:LARGEST]) or "").splitlines()
    if not _is_sheet(lines) and not is_called_so(name):
        return None
    marked = {line.rstrip() for line in lines if _MARK.search(line) and not _ASIDE.match(line)}
    sheets = {Sheet.parse(line) for line in marked}
    sheet = sheets.pop() if len(sheets) == 1 else None
    said = _said(lines)
    return Mangled() if sheet is None or said is None or len(data) > LARGEST else Answered(sheet, said)


def is_about_findings(name: str, pages: Iterable[str]) -> bool:
    """Whether a document's name or text shows it to be such a file, whatever it was saved as."""
    return is_called_so(name) or any(map(_MARK.search, pages))


def is_called_so(name: str) -> bool:
    """Whether a name is one that such a file was given, or was saved under since: `TEMUAN PK 2026 putaran 1.docx`."""
    return _NAME.search(name[:_LONGEST_NAME]) is not None


def _is_sheet(lines: list[str]) -> bool:
    is_marked = any(map(_MARK.search, lines))
    return is_marked or (any(map(_FINDING.match, lines)) and any(map(_ANSWER.match, lines)))


def _said(lines: Iterable[str]) -> tuple[tuple[int, str], ...] | None:
    """What is written below each finding; None where it cannot be told below which, or stands beside its place."""
    found: dict[int, str] = {}
    for number, beside, below in _parts(lines):
        marks = [place for place, line in enumerate(below) if _ANSWER.match(line)]
        if len(marks) > 1 or (marks and not number) or _is_written(beside):
            return None
        text = _written(below[marks[0] :]) if marks else ""
        above = below[: marks[0]] if marks else below
        # Beside an answer it is no more than what a mail program has broken off the line of a finding.
        if number and not text and any(_is_written(line) for line in above if not _ASIDE.match(line)):
            return None
        if text and found.setdefault(number, text) != text:
            return None
    return tuple(sorted(found.items()))


def _parts(lines: Iterable[str]) -> Iterator[tuple[int, str, list[str]]]:
    """The number of each finding, what else its heading says, and the lines below; 0 for those above the first."""
    number, beside, below = 0, "", list[str]()
    for line in lines:
        match = _FINDING.match(line)
        if match or _SHEET.match(line.rstrip()):
            yield number, beside, below
            number, beside, below = int(match[1]) if match else 0, match[2] if match else "", []
        else:
            below.append(line)
    yield number, beside, below


def _is_written(line: str) -> bool:
    return any(map(str.isalnum, line))


def _written(lines: list[str]) -> str:
    """One line of what is written on several, without the marks of quoting; a stroke or dots alone say nothing."""
    match = _ANSWER.match(lines[0])
    first = match[1] if match else ""
    words = chain(first.split(), *(line.lstrip(_BLANK + ASIDE).split() for line in lines[1:]))
    text = plain(" ".join(words)).strip()
    if not _is_written(text):
        return ""
    return text if len(text) <= LONGEST else text[:LONGEST] + _CUT


def _decoded(data: bytes) -> str | None:
    """The text of a file as Notepad, LibreOffice and their like save one; None for what is no text."""
    for mark, encoding in _BYTE_ORDERS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
