"""The table of an archive's files, as CSV or XLSX: written for a person to edit, and read back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from inbox import Goal, Proposal, Row
from tui import troubles
from tui.errors import UsageError
from tui.language import _, language
from workflow import Digest, Office, Requirement

COLUMNS = ("take", "file", "office", "document", "period", "sure", "doubt", "remark", "date", "size", "sha256")
_HEADINGS = {
    "id": "Ambil|Berkas|OPD|Dokumen|Periode|Yakin (%)|Keraguan|Keterangan|Tanggal|Ukuran|SHA-256".split("|"),
    "en": "Take|File|Office|Document|Period|Sure (%)|Doubt|Remark|Date|Size|SHA-256".split("|"),
}
_YES = {"id": "ya", "en": "yes"}
_NO = {"id": "tidak", "en": "no"}
_MEANS_YES = frozenset({*_YES.values(), "y", "x", "v", "1", "true"})
_MEANS_NO = frozenset({*_NO.values(), "n", "t", "0", "false"})
_TYPED = frozenset({"take", "office", "document", "period"})
_WIDTHS = (8, 60, 18, 16, 12, 10, 50, 40, 12, 12, 20)

# Spreadsheets of Indonesia take the comma for the decimal sign, and part the cells of a CSV at semicolons.
_DELIMITERS = {"id": ";", "en": ","}
# What a spreadsheet would calculate, at the start of a cell or of what another delimiter would make one.
_FORMULA = re.compile(r"(^|[;,])(?='*[=+\-@＝＋－＠])")
_GUARDED = re.compile(r"(^|[;,])'(?='*[=+\-@＝＋－＠])")
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Line(NamedTuple):
    """One file as the table shows it: what it seems to be, and the doubts and the remark in words."""

    proposal: Proposal
    doubt: str
    remark: str


class Table(NamedTuple):
    """What a person has made of it: the rows to take, how many not to, and how many are not decided."""

    rows: tuple[Row, ...]
    refused: int
    undecided: int


def heading(column: str) -> str:
    """What a column is called."""
    return _HEADINGS[language()][COLUMNS.index(column)]


def check_new(path: Path) -> None:
    """Raise UsageError unless a table can be written there: nothing that a person may have edited is overwritten."""
    if path.suffix.casefold() not in (".csv", ".xlsx"):
        raise UsageError(_("{path}: a table is a .csv or a .xlsx file.").format(path=path))
    if path.exists():
        sentence = _("{path} is there already, perhaps with somebody's work in it. Name another one with --table.")
        raise UsageError(sentence.format(path=path))
    if not path.parent.is_dir():
        raise UsageError(_("{path} is not a folder.").format(path=path.parent))


def write_table(
    path: Path, lines: Sequence[Line], offices: Sequence[Office], requirements: Sequence[Requirement]
) -> None:
    """Write a new table, a heading and a row for each file. Raises UsageError when one is there."""
    is_workbook = path.suffix.casefold() == ".xlsx"
    made = _workbook(lines, offices, requirements) if is_workbook else _text(lines)
    check_new(path)
    try:
        with path.open("xb") as file:
            file.write(made)
    except OSError as problem:
        raise UsageError(
            _("{file} cannot be written: {problem}").format(file=path, problem=troubles.why(problem))
        ) from None


def read_table(path: Path) -> Table:
    """The table as it is now. Its columns are known by either language, or by their places.

    Raises UsageError, with the number of the row that cannot be meant.
    """
    (number, first), *others = _cells(path) or [(1, [])]
    places = _places(first)
    if places is None:
        raise UsageError(_("{file} is not a table of pantau adopt.").format(file=path))
    rows, refused, undecided = list[Row](), 0, 0
    for number, cells in others:
        if not any(cells):
            continue
        said = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        match _is_to_take(said["take"], number):
            case True:
                rows.append(_row(said, number))
            case False:
                refused += 1
            case None:
                undecided += 1
    return Table(tuple(rows), refused, undecided)


def guarded(text: str) -> str:
    """The text, so that no spreadsheet calculates it. `unguarded` gives it back."""
    return _FORMULA.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return _GUARDED.sub(r"\1", text)


def _values(line: Line) -> tuple[str | int | date, ...]:
    one = line.proposal
    take = _YES[language()] if one.is_sure else ""
    known = (take, one.path, *one.goal, round(100 * one.sure) if one.sure else "", line.doubt, line.remark)
    return (*known, one.dated or "", one.size, one.digest)


def _text(lines: Sequence[Line]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=_DELIMITERS[language()])
    writer.writerow(_HEADINGS[language()])
    for line in lines:
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in _values(line)])
    # With its mark, a spreadsheet does not take UTF-8 for the code page of the machine.
    return made.getvalue().encode("utf-8-sig")


def _workbook(lines: Sequence[Line], offices: Sequence[Office], requirements: Sequence[Requirement]) -> bytes:
    from xlsxwriter import Workbook
    from xlsxwriter.utility import xl_range_abs

    made, last = io.BytesIO(), max(len(lines), 1)
    book = Workbook(made, {"in_memory": True})
    sheet, lists = book.add_worksheet(_("Files")), book.add_worksheet(_("Lists"))
    bold, typed = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    for place, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width, typed if column in _TYPED else None)
        sheet.write_string(0, place, heading(column), bold)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, line in enumerate(lines, start=1):
        for place, value in enumerate(_values(line)):
            if isinstance(value, date):
                sheet.write_datetime(row, place, value, day)
            elif isinstance(value, int):
                sheet.write_number(row, place, value)
            elif value:
                sheet.write_string(row, place, value)  # as text, whatever it begins with
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    waits = {
        "type": "formula",
        "criteria": '=AND($A2="",$G2<>"")',
        "format": book.add_format({"bg_color": "#FFF2CC"}),
    }
    sheet.conditional_format(1, 0, last, COLUMNS.index("remark"), waits)
    sheet.data_validation(1, 0, last, 0, {"validate": "list", "source": [_YES[language()], _NO[language()]]})
    known = {
        "office": [(office.code, office.name) for office in offices],
        "document": [(requirement.key, requirement.name) for requirement in requirements],
    }
    for place, (column, choices) in zip((0, 2), known.items(), strict=True):
        lists.set_column(place, place + 1, 40)
        for row, pair in enumerate([(heading(column), ""), *choices]):
            lists.write_row(row, place, pair)
        among = f"='{lists.get_name()}'!{xl_range_abs(1, place, max(len(choices), 1), place)}"
        at = COLUMNS.index(column)
        sheet.data_validation(1, at, last, at, {"validate": "list", "source": among})
    book.close()
    return made.getvalue()


def _cells(path: Path) -> list[tuple[int, list[str]]]:
    """All rows with their numbers in the spreadsheet, every cell as text."""
    try:
        rows = _of_workbook(path) if path.suffix.casefold() == ".xlsx" else _of_text(path.read_bytes())
        return list(enumerate(rows, start=1))
    except FileNotFoundError:
        raise UsageError(_("{file} is missing.").format(file=path)) from None
    except (OSError, ValueError, csv.Error) as problem:
        raise UsageError(
            _("{file} cannot be read: {problem}").format(file=path, problem=troubles.why(problem))
        ) from None


def _of_text(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [unguarded(cell) for cell in cells]


def _decoded(content: bytes) -> str:
    """What spreadsheets save: UTF-8 with a mark or without, UTF-16 as "Unicode text", else the Western code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of_workbook(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    content = io.BytesIO(path.read_bytes())
    try:
        rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError:
        raise ValueError(_("it is damaged, or not a workbook of Excel")) from None
    for row in rows:
        yield [_typed(value) for value in row]


def _typed(value: object) -> str:
    """A cell as it was typed: a spreadsheet keeps 2026 as 2026.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _places(first: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands, by its heading, or in the order in which they were written."""
    said = [cell.strip().casefold() for cell in first]
    for headings in _HEADINGS.values():
        known = [name.casefold() for name in headings]
        if set(known) <= set(said):
            return {column: said.index(name) for column, name in zip(COLUMNS, known, strict=True)}
    return {column: place for place, column in enumerate(COLUMNS)} if len(said) == len(COLUMNS) else None


def _is_to_take(word: str, number: int) -> bool | None:
    said = word.strip().casefold()
    if said and said not in _MEANS_YES | _MEANS_NO:
        sentence = _("Row {row}: {value!r} in the column {column} is neither {yes} nor {no}.")
        names = {"yes": _YES[language()], "no": _NO[language()]}
        raise UsageError(sentence.format(row=number, value=word, column=heading("take"), **names))
    return said in _MEANS_YES if said else None


def _row(said: dict[str, str], number: int) -> Row:
    digest = said["sha256"].strip().casefold()
    if not _DIGEST.fullmatch(digest):
        sentence = _("Row {row}: the column {column} does not say any more which file it was.")
        raise UsageError(sentence.format(row=number, column=heading("sha256")))
    goal = Goal(*(said[column].strip() for column in ("office", "document", "period")))
    return Row(number, said["file"], Digest(digest), goal)
