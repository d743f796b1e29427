"""Mistakes in the catalogue files: each is told in one line, with file, line and the nearest right thing."""

from __future__ import annotations

import pytest

from tests.workflow.conftest import CALENDAR, OFFICES, REQUIREMENTS
from workflow import CatalogueError, read_catalogue_files

ASSIGNMENTS = """
[[assignment]]
requirement = "renaksi-rb-t"
offices = ["dinkes", "disdik"]
from = 2025
to = 2026
reason = "SK Bupati"

[[unit]]
zi = ["dukcapil"]
from = 2025
"""
THEMATIC = """
[[requirement]]
code = "renaksi-rb-t"
short = "RT"
name = "Rencana Aksi RB Tematik"
family = "RB"
level = "office"
period = "year"
due = { anchor = "fixed", date = "01-31" }
ask = "assigned"
need = "required"
evidence = ["rb"]
serves = ["dpa"]
wants = ["pk"]
accepts = ["pdf", "xlsx"]
max_mb = 20
checklists = ["renaksi"]
checklist = [
    { code = "tema", text = "Memuat tema" },
    { code = "bukti", text = "Menyebut bukti", text_en = "Names the proof", group = "Kelengkapan" },
]
titles = ["Rencana Aksi Reformasi Birokrasi Tematik"]
valid_from = 2023
valid_to = 2029
sure = "secondary"
"""
CHECKLISTS = """
checklist = [
    { code = "judul", text = "Judulnya benar" },
    { code = "utuh", text = "Utuh dan terbaca" },
]

[checklists]
renaksi = [
    { code = "aksi", text = "Memuat aksi" },
]
"""
MERGED = """
[[office]]
code = "dinsos"
name = "Dinas Sosial"
aliases = [
    "Dinsos",
    { name = "BPMD", from = 2009, to = 2016 },
]
valid_from = 2026-01-01
follows = ["disdik"]
parent = "dinkes"
"""
DEFAULT = """
[default]
plan = "2025-2029"
rpjmd = "08-20"
rkpd = { date = "06-30", year = -1 }
dpa = "01-02"
dppa = "10-01"
windows.dpa = { submit = ["01-02", "03-31"] }
"""
FILES = {
    "offices": OFFICES + MERGED,
    # Before the first table.
    "requirements": REQUIREMENTS.replace("\n\n[[", f"\n{CHECKLISTS}\n[[", 1) + THEMATIC,
    "calendar": DEFAULT + CALENDAR,
    "assignments": ASSIGNMENTS,
}


def files(**changed: bytes) -> dict[str, bytes]:
    texts = {name: text.encode() for name, text in FILES.items()} | changed
    return {f"{name}.toml": text for name, text in texts.items()}


MISTAKES = [
    # file, what stood there, what stands there now, what is told besides the place
    ("offices", "[[office]]", "[[office]", "Expected"),
    ("offices", 'code = "dinkes"', 'code = "dinkes', "Illegal character"),
    ("offices", 'code = "dinkes"', "code = dinkes", "Invalid value"),
    ("offices", 'code = "dinkes"', 'code = "Dinkes"', "a-z, 0-9, -"),
    ("offices", 'code = "disdik"', 'code = "dinkes"', "dinkes twice"),
    ("offices", 'name = "Dinas Pendidikan"', 'nama = "Dinas Pendidikan"', "name"),
    ("offices", 'name = "Dinas Pendidikan"', "name = 5", '"…"'),
    ("offices", '["Diskes"]', '"Diskes"', '["…", "…"]'),
    ("offices", '["Disdukcapil", "Catatan Sipil"]', '["Diskes"]', "'diskes' → dinkes"),
    ("offices", '{ name = "BPMD"', '{ nama = "BPMD"', "name"),
    ("offices", "from = 2009", "from = 20009", "1945 … 2199"),
    ("offices", "to = 2016", "to = 2008", "2009 … 2199"),
    ("offices", '"Dinsos",', '"Diskes",', "'diskes' → dinkes"),
    ("offices", "valid_from = 2026-01-01", 'valid_from = "2026"', "2026-01-31"),
    ("offices", 'follows = ["disdik"]', 'follows = ["disdikk"]', "disdikk → disdik"),
    ("offices", 'follows = ["disdik"]', 'follows = ["dinsos"]', "dinsos → "),
    ("offices", 'parent = "dinkes"', 'parent = "dinke"', "dinke → dinkes"),
    ("offices", 'parent = "dinkes"', 'parent = ["dinkes"]', "dinkes"),
    ("offices", 'code = "disdik"', 'code = "disdik"\nfollows = ["dinsos"]', "disdik → … → disdik"),
    ("offices", 'region = "Kabupaten Contoh"', 'region = ""', '"…"'),
    ("offices", 'region = "Kabupaten Contoh"', 'region = "X"\ntimezone = "WIB"', "Asia/Jakarta (WIB)"),
    ("calendar", "dpa = 2026-01-02", "dpa = 9999-01-02", "2026-01-31"),
    ("assignments", 'requirement = "renaksi-rb-t"', 'requirement = ["renaksi-rb-t"]', "→ renaksi-rb-t"),
    ("calendar", "[2026]", "[2026]\nwindows.dppa = { submit = [2026-01-02, 9999-12-31] }", "2026-12-31"),
    ("requirements", 'code = "pk"', 'kode = "pk"', "code"),
    ("requirements", 'short = "DA"', 'short = "DPA"', '"LK"'),
    ("requirements", 'short = "DA"', 'short = "LK"', "LK → lkjip"),
    ("requirements", 'family = "RB"', 'family = "RBB"', "RBB → RB"),
    ("requirements", 'level = "office"', 'level = "opd"', "office"),
    ("requirements", 'period = "quarter"', 'period = "quarterly"', "quarterly → quarter"),
    ("requirements", 'period = "quarter"', 'period = "once"', "fixed, dpa"),
    ("requirements", "year = -1", "year = -10", "-5 … 5"),
    ("requirements", 'anchor = "dppa"', 'anchor = "dpaa"', "dpaa → dpa"),
    ("requirements", "working_days = 10", "workingdays = 10", "working_days"),
    ("requirements", "months = 2", 'months = "2"', "0 … 120"),
    ("requirements", 'due = { anchor = "period-end", working_days = 10 }', "due = 10", "{ anchor"),
    ("requirements", 'date = "01-31"', 'date = "31-01"', '"02-28"'),
    ("requirements", '"fixed", date = "01-31"', '"dpa", date = "01-31"', "fixed"),
    ("requirements", 'ask = "declared"', 'ask = "declare"', "declare → declared"),
    ("requirements", 'ask = "declared"', "conditional = true", "code"),
    ("requirements", 'need = "required"', 'need = "wajib"', "wajib → "),
    ("requirements", "review = false", 'review = "no"', "true, false"),
    ("requirements", 'reviewer = "bpkad"', 'reviewer = "BPKAD"', "a-z, 0-9, -"),
    ("requirements", 'evidence = ["rb"]', 'evidence = ["1A.5"]', "1A.5 → "),
    ("requirements", 'serves = ["dpa"]', 'serves = ["dppa"]', "dppa → dpa"),
    ("requirements", 'wants = ["pk"]', 'wants = ["renaksi-rb-t"]', "renaksi-rb-t → "),
    ("requirements", '"xlsx"', '".xlsx"', ".xlsx → "),
    ("requirements", "max_mb = 20", "max_mb = 20000", "1 … 2048"),
    ("requirements", "valid_to = 2029", "valid_to = 2020", "2023 … 2199"),
    ("requirements", 'sure = "secondary"', 'sure = "sure"', "sure → "),
    ("requirements", 'variant = "perubahan"', "variant = []", "pk twice"),
    ("requirements", 'code = "tema"', 'kode = "tema"', "code"),
    ("requirements", 'code = "tema"', 'code = "Tema"', "a-z, 0-9, -"),
    ("requirements", 'code = "tema"', 'code = "bukti"', "bukti twice"),
    ("requirements", 'text = "Memuat tema"', "text = 5", '"…"'),
    ("requirements", 'code = "tema", text = "Memuat tema"', 'code = "tema"', "missing"),
    ("requirements", '{ code = "tema", text = "Memuat tema" }', "5", '[{ code = "…", text = "…" }]'),
    ("requirements", 'group = "Kelengkapan"', 'grup = "Kelengkapan"', "group"),
    ("requirements", 'checklists = ["renaksi"]', 'checklists = ["renaksii"]', "renaksii → renaksi"),
    ("requirements", "[checklists]", "[checklist]", "Cannot"),
    ("requirements", "[checklists]", "[checklits]", "checklist"),
    ("requirements", 'code = "utuh"', 'code = "judul"', "judul twice"),
    ("requirements", '{ code = "utuh", text = "Utuh dan terbaca" }', '"Utuh dan terbaca"', "[{ code"),
    ("requirements", 'code = "aksi"', "code = 1", "a-z, 0-9, -"),
    ("calendar", "[2026]", "[1999]", "[2010] … [2099], [default]"),
    ("calendar", "dpa = 2026-01-02", "dpa = 2026-02-30", "Invalid date"),
    ("calendar", "dpa = 2026-01-02", 'dpa = "01-02"', "2026-01-31"),
    ("calendar", "[2026-07-14]", '["14 Juli"]', "[2026-03-31]"),
    ("calendar", 'plan = "2025-2029"', 'plan = "2029-2025"', '"2025-2029"'),
    ("calendar", "year = -1", "years = -1", "year"),
    ("calendar", "windows.dpa", "windows.pda", "dpa"),
    ("calendar", '"03-31"', '"13-31"', '["01-01", "12-31"]'),
    ("assignments", 'requirement = "renaksi-rb-t"', 'requirement = "renaksi-rb"', "renaksi-rb → renaksi-rb-t"),
    ("assignments", 'requirement = "renaksi-rb-t"', 'requirement = "pk"', 'ask = "assigned"'),
    ("assignments", '"dinkes"', '"dinke"', "dinke → dinkes"),
    ("assignments", "to = 2026", "to = 2024", "2025 … 2199"),
    ("assignments", 'zi = ["dukcapil"]', "zi = []", '["…", "…"]'),
    ("assignments", "[[unit]]", "[[units]]", "unit"),
]


def test_there_are_fifty_of_them_and_without_one_the_files_can_be_used() -> None:
    assert len(MISTAKES) >= 50
    assert len(read_catalogue_files(files()).entries) == 6


@pytest.mark.parametrize(("file", "found", "put", "hint"), MISTAKES, ids=lambda value: str(value)[:24])
def test_a_mistake_is_told_with_file_line_and_the_nearest_right_thing(
    file: str, found: str, put: str, hint: str
) -> None:
    before, stood, after = FILES[file].partition(found)
    assert stood

    with pytest.raises(CatalogueError) as wrong:
        read_catalogue_files(files(**{file: f"{before}{put}{after}".encode()}))

    told, first = wrong.value, before.count("\n") + 1
    assert told.file == f"{file}.toml"
    assert hint in told.hint
    # The head of the entry where a key is missing, or its first key where the entry is the mistake.
    assert first - 3 <= told.line <= first + put.count("\n") + 3


@pytest.mark.parametrize(
    ("file", "found", "put", "line"),
    [
        pytest.param("requirements", 'anchor = "dppa"', 'anchor = "dpaa"', "dpaa", id="in an inner table"),
        pytest.param("requirements", 'name = "Dokumen Pel', 'title = "Dokumen Pel', "title =", id="unknown key"),
        pytest.param("offices", "from = 2009", "from = 1", "from = 1,", id="in a list over several lines"),
        pytest.param("calendar", "year = -1", "years = -1", "years = -1", id="in the default"),
    ],
)
def test_the_line_is_exact(file: str, found: str, put: str, line: str) -> None:
    text = FILES[file].replace(found, put, 1)

    with pytest.raises(CatalogueError) as wrong:
        read_catalogue_files(files(**{file: text.encode()}))

    assert line in text.splitlines()[wrong.value.line - 1]


def test_what_is_missing_is_told_with_the_head_of_its_entry() -> None:
    text = REQUIREMENTS.replace('name = "Dokumen Pelaksanaan Anggaran"\n', "") + THEMATIC

    with pytest.raises(CatalogueError) as wrong:
        read_catalogue_files(files(requirements=text.encode()))

    assert text.splitlines()[wrong.value.line - 1 : wrong.value.line + 1] == ["[[requirement]]", 'code = "dpa"']


def test_what_is_no_text_is_told_with_its_line() -> None:
    with pytest.raises(CatalogueError) as wrong:
        read_catalogue_files(files(offices=FILES["offices"].replace("Diskes", "Disk\xe9s").encode("latin-1")))

    assert (wrong.value.line, wrong.value.hint) == (7, "UTF-8")


def test_windows_line_ends_and_a_byte_order_mark_are_no_mistake() -> None:
    text = b"\xef\xbb\xbf" + FILES["offices"].replace("\n", "\r\n").encode()

    assert len(read_catalogue_files(files(offices=text)).offices) == 4


def test_a_clash_of_names_is_told_with_both_lines() -> None:
    offices = (
        'region = "Kabupaten Contoh"\n'
        '[[office]]\ncode = "dinkes"\nname = "Dinas Kesehatan"\naliases = ["DKP"]\n'
        '[[office]]\ncode = "dkp"\nname = "Dinas Kelautan"\n'
    )

    with pytest.raises(CatalogueError) as clash:
        read_catalogue_files({"offices.toml": offices.encode()})

    assert (clash.value.line, clash.value.hint) == (6, "'dkp' → dinkes (offices.toml:5)")
