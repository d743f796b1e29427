"""`pantau adopt`, as a bureau takes over the files of past years."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.inbox.adopt import HEALTH, make_archive, untouched
from tui import language
from tui.main import main
from tui.session import Session
from tui.tables import COLUMNS, guarded, read_table, unguarded
from tui.workspace import Workspace
from workflow import verify

ONLY_2026 = """
[2026]
plan = "2025-2029"
rpjmd = 2025-08-20
rkpd = 2025-06-30
dpa = 2026-01-02
dppa = 2026-10-01
"""


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archived") / "arsip")


@pytest.fixture
def archive(archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The archive, in the folder in which the person stands."""
    monkeypatch.chdir(tmp_path)
    yield Path(shutil.copytree(archived, tmp_path / "arsip", symlinks=True)).relative_to(tmp_path)
    language.use("en")


def run(workspace: Workspace, *arguments: object, lang: str = "en") -> int:
    return main(["--workspace", str(workspace.root), "--lang", lang, "adopt", *map(str, arguments)])


def rows_of(path: Path) -> list[list[str]]:
    """The table as a spreadsheet shows it."""
    if path.suffix == ".xlsx":
        return [
            [str(cell) for cell in row] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        ]
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if text.count(";") > text.count(",") else ","))


def save(path: Path, rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> None:
    """What a spreadsheet writes when a person saves."""
    if path.suffix == ".xlsx":
        book = xlsxwriter.Workbook(path, {"strings_to_numbers": True})
        sheet = book.add_worksheet()
        for n, cells in enumerate(rows):
            sheet.write_row(n, 0, cells)
        book.close()
        return
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    path.write_bytes(made.getvalue().encode(encoding, "replace"))


def edited(rows: list[list[str]], **by_name: dict[str, str]) -> list[list[str]]:
    """The rows after a person has typed something into those of these files."""
    for cells in rows:
        for column, typed in by_name.get(Path(cells[1]).stem.replace(" ", "_"), {}).items():
            cells[COLUMNS.index(column)] = typed
    return rows


def records(workspace: Workspace) -> list[tuple[object, ...]]:
    session = Session(workspace)
    try:
        assert verify(session.database).faults == ()
        assert all(session.contents.is_whole(digest) for digest in session.arrivals.digests())
        found = session.database.rows("SELECT obligation, seq, name, dated, actor, on_behalf FROM audit")
        return [tuple(row) for row in found]
    finally:
        session.close()


@pytest.mark.parametrize("name", ["tabel.csv", "tabel.xlsx"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_table_is_written_edited_applied_and_applied_again(
    workspace: Workspace, archive: Path, name: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = untouched(archive)
    assert run(workspace, archive, "--table", name, lang=lang) == 0
    table = Path(name)
    yes = {"id": "ya", "en": "yes"}[lang]
    rows = rows_of(table)
    assert sum(cells[0] == yes for cells in rows) >= 12
    assert len(rows) == 26
    delimiter = {"id": ";", "en": ","}[lang]
    typed = {"take": yes.upper(), "office": "Dinas Kesehatan", "document": "renja", "period": "2024"}
    save(table, edited(rows, scan001=typed, PK_2024={"take": "t"}), delimiter=delimiter)

    assert run(workspace, archive, "--apply", table, "--open-years", lang=lang) == 0
    first = records(workspace)
    assert run(workspace, archive, "--apply", table, lang=lang) == 0

    assert records(workspace) == first
    assert ("diskes/renja/2024", 1, "scan001.pdf", "2024-01-02") in [one[:4] for one in first]
    assert not any(one[0].endswith("pk/2024") for one in first)  # type: ignore[attr-defined]
    assert [one[2] for one in first if one[0] == "diskes/lkjip/2023"] == [
        "LKjIP 2023.pdf",
        "LKjIP 2023 v3 final.pdf",
        "LKjIP 2023 revisi.pdf",
    ]
    assert untouched(archive) == before
    capsys.readouterr()
    assert main(["--workspace", str(workspace.root), "--lang", lang, "show", "diskes/lkjip/2023"]) == 0
    assert f"{HEALTH}/lama" in capsys.readouterr().out
    assert main(["--workspace", str(workspace.root), "--lang", lang, "log", "diskes/lkjip/2023"]) == 0
    assert {"id": "11 Januari 2024", "en": "11 January 2024"}[lang] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("delimiter", "encoding", "lang"),
    [
        pytest.param(";", "utf-8-sig", "id", id="semicolons"),
        pytest.param("\t", "utf-16", "en", id="Unicode text"),
        pytest.param(";", "cp1252", "id", id="the code page of the West"),
        pytest.param(",", "utf-8", "en", id="no mark"),
    ],
)
def test_a_table_is_read_however_a_spreadsheet_has_saved_it(
    workspace: Workspace, archive: Path, delimiter: str, encoding: str, lang: str
) -> None:
    run(workspace, archive, "--table", "tabel.csv", lang=lang)
    table = Path("tabel.csv")
    as_written = read_table(table)
    rows = [cells for cells in rows_of(table) if "�" not in cells[1]]
    others = [[*reversed(cells)] for cells in rows]

    save(table, others, delimiter=delimiter, encoding=encoding)

    assert [one.path for one in read_table(table).rows] == [one.path for one in as_written.rows]
    assert [one.goal for one in read_table(table).rows] == [one.goal for one in as_written.rows]


def test_headings_in_other_words_are_known_by_their_places(workspace: Workspace, archive: Path) -> None:
    run(workspace, archive)
    table = Path("adoption.csv")
    as_written = read_table(table)
    _headings, *rows = rows_of(table)

    save(table, [[f"kolom {n}" for n in range(len(COLUMNS))], *rows])

    assert read_table(table) == as_written


@pytest.mark.parametrize("name", ["tabel.csv", "tabel.xlsx"])
def test_no_spreadsheet_calculates_the_name_of_a_file(workspace: Workspace, archive: Path, name: str) -> None:
    run(workspace, archive, "--table", name)

    cells = [cell for row in rows_of(Path(name)) for cell in row]
    names = {"=HYPERLINK(A1;A2).pdf", "@SUM(1)/-2+3.pdf"}
    if name.endswith(".csv"):
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
        assert {unguarded(cell) for cell in cells} >= names
    else:
        assert set(cells) >= names
        with ZipFile(name) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet.lower()


@given(st.text("='+-@;,aＡ＝ ", max_size=12))
def test_what_is_guarded_is_given_back_and_no_part_of_it_is_calculated(text: str) -> None:
    assert unguarded(guarded(text)) == text
    parts = guarded(text).replace(",", ";").split(";")
    assert not any(part.startswith(("=", "+", "-", "@", "＝")) for part in parts)


def test_a_workbook_helps_with_the_editing(workspace: Workspace, archive: Path) -> None:
    run(workspace, archive, "--table", "tabel.xlsx")

    with ZipFile("tabel.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert all(
        word in sheet for word in ("<pane", "<autoFilter", "<dataValidation ", "<conditionalFormatting", "<col ")
    )
    lists = CalamineWorkbook.from_path("tabel.xlsx").get_sheet_by_index(1).to_python()
    assert ["diskes", "Dinas Kesehatan"] in [row[:2] for row in lists]
    assert "pk+perubahan" in [row[2] for row in lists]


def test_a_table_that_is_there_is_never_overwritten(
    workspace: Workspace, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("adoption.csv").write_text("kerja seseorang")

    assert run(workspace, archive) == 2
    assert "adoption.csv" in capsys.readouterr().err
    assert Path("adoption.csv").read_text() == "kerja seseorang"


@pytest.mark.parametrize(
    "place", ["arsip/tabel.csv", "arsip/Dinas Kesehatan/tabel.xlsx", "tabel.txt", "tiada/tabel.csv"]
)
def test_nothing_is_written_where_no_table_can_be(workspace: Workspace, archive: Path, place: str) -> None:
    before = untouched(archive)

    assert run(workspace, archive, "--table", place) == 2
    assert not Path(place).exists()
    assert untouched(archive) == before


def test_from_within_the_archive_the_table_needs_another_place(
    workspace: Workspace, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = untouched(archive.resolve())
    monkeypatch.chdir(archive)

    assert run(workspace, ".") == 2
    assert run(workspace, ".", "--table", "../tabel.csv") == 0
    assert untouched(Path.cwd()) == before


@pytest.mark.parametrize("folder", ["tiada", "arsip/scan001.pdf", "ws", "ws/inbox", "."])
def test_what_is_no_archive_is_refused(workspace: Workspace, archive: Path, folder: str) -> None:
    assert run(workspace, folder) == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param({"office": "diskess"}, "Row 2: there is no office 'diskess'. Did you mean diskes?", id="office"),
        pytest.param({"office": ""}, "Row 2: the column Office is empty.", id="no office"),
        pytest.param({"document": "lkip"}, "Row 2: there is no document 'lkip'. Did you mean lkjip?", id="document"),
        pytest.param({"period": "2024-q1"}, "Row 2: pk is not owed for '2024-q1'. Did you mean 2024?", id="period"),
        pytest.param({"take": "mungkin"}, "Row 2: 'mungkin' in the column Take is neither yes nor no.", id="take"),
        pytest.param(
            {"sha256": "1E+63"}, "Row 2: the column SHA-256 does not say any more which file it was.", id="sum"
        ),
    ],
)
def test_what_a_row_says_wrong_is_told_and_nothing_is_taken(
    workspace: Workspace, archive: Path, typed: dict[str, str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, archive)
    rows = rows_of(Path("adoption.csv"))
    whole = {"take": "yes", "office": "diskes", "document": "pk", "period": "2024"}
    for column, text in {**whole, **typed}.items():
        rows[1][COLUMNS.index(column)] = text
    save(Path("adoption.csv"), rows)
    capsys.readouterr()

    assert run(workspace, archive, "--apply", "adoption.csv", "--open-years") == 2
    assert sentence in capsys.readouterr().err
    assert records(workspace) == []


def test_years_that_are_not_open_are_named_with_the_command(
    workspace: Workspace, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, archive)

    assert run(workspace, archive, "--apply", "adoption.csv") == 2
    told = capsys.readouterr().err
    assert "2024, 2025" in told
    assert "pantau open-year 2024" in told
    assert records(workspace) == []


def test_a_year_without_dates_is_named(
    workspace: Workspace, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calendar = workspace.catalogue / "calendar.toml"
    calendar.write_text(ONLY_2026, encoding="utf-8")
    run(workspace, archive)

    assert run(workspace, archive, "--apply", "adoption.csv", "--open-years") == 2
    assert "calendar.toml does not have the sections [2024], [2025]" in capsys.readouterr().err
    assert records(workspace) == []


def test_what_is_left_is_told_with_its_row(
    workspace: Workspace, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, archive)
    os.truncate(archive / HEALTH / "PK 2024.pdf", 10)
    (archive / HEALTH / "LKjIP 2024.pdf").unlink()
    capsys.readouterr()

    assert run(workspace, archive, "--apply", "adoption.csv", "--open-years", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert {(Path(one["file"]).name, one["reason"]) for one in told["left"]} == {
        ("PK 2024.pdf", "changed"),
        ("LKjIP 2024.pdf", "gone"),
    }
    assert told["opened"] == [2024, 2025]
    assert told["filed"] == len(records(workspace)) > 10
    assert run(workspace, archive, "--apply", "adoption.csv") == 1
    out = capsys.readouterr().out
    assert f"{HEALTH}/PK 2024.pdf: the file has changed since the table was written" in out
    assert "filed: 0" in out


def test_the_counts_are_told_in_both_languages(
    workspace: Workspace, archive: Path, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, archive, lang=spoken) == 0

    captured = capsys.readouterr()
    said = {
        "en": ["files: 25", "left aside: 4", "same content as another file: 2", "Dinas Kesehatan: 2023: 4"],
        "id": ["berkas: 25", "dikesampingkan: 4", "isi sama dengan berkas lain: 2", "Dinas Kesehatan: 2023: 4"],
    }
    assert [line for line in said[spoken] if line not in captured.out] == []
    assert captured.err.count("\n") == 10
    assert Path({"en": "adoption.csv", "id": "adopsi.csv"}[spoken]).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_counts_are_data_too(workspace: Workspace, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, archive, "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["proposed"] + told["asked"], told["table"]) == (25, 25, "adoption.csv")
    assert sum(told["reasons"].values()) == told["asked"]
    assert told["offices"]["diskes"]["2023"] == 4
    assert told["versions"] == 1


@pytest.mark.parametrize("name", ["lina", "budi"])
def test_only_who_files_for_offices_may_adopt(workspace: Workspace, archive: Path, name: str) -> None:
    assert run(workspace, archive, "--as", name) == 1
    assert not Path("adoption.csv").exists()
    assert run(workspace, archive, "--as", "sari") == 0


def test_what_is_no_table_is_refused(workspace: Workspace, archive: Path) -> None:
    Path("lain.csv").write_text("a,b\n1,2\n")
    Path("lain.xlsx").write_bytes(b"PK\x03\x04 bukan")

    assert [run(workspace, archive, "--apply", name) for name in ("lain.csv", "lain.xlsx", "tiada.csv")] == [2, 2, 2]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("tiada.xlsx", "tiada.xlsx is missing.", id="not there"),
        pytest.param("lain.xlsx", "lain.xlsx cannot be read: it is damaged, or not a workbook", id="damaged"),
        pytest.param("folder.csv", "folder.csv cannot be read: it is a folder, not a file", id="a folder"),
    ],
)
def test_why_a_table_cannot_be_read_is_told_in_words(
    name: str, told: str, workspace: Workspace, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("lain.xlsx").write_bytes(b"PK\x03\x04 bukan")
    Path("folder.csv").mkdir()

    assert run(workspace, archive, "--apply", name) == 2
    assert told in capsys.readouterr().err
