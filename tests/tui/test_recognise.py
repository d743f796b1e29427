"""`pantau recognise` explains a file and moves nothing; `spellings`, `remember` and `forget` teach words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.tui.test_verbs import run
from tui.main import main
from tui.samples import sample
from tui.workspace import Workspace


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("opened") / "ruang"
    assert main(["init", str(root), "--region", "Provinsi Lampung", "--year", "2026", "--lang", "en"]) == 0
    return root


@pytest.fixture
def workspace(opened: Path, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(opened, tmp_path / "ruang")))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A document whose name says nothing and whose cover says all."""
    path = tmp_path / "scan0024.pdf"
    path.write_bytes(sample("lkjip", "Dinas Kesehatan", "2025", region="Provinsi Lampung"))
    return path


def test_a_file_is_explained_and_stays_where_it_is(
    workspace: Workspace, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "recognise", str(scan)) == 0

    told = capsys.readouterr().out
    assert "would be filed as diskes/lkjip/2025" in told
    assert "Dinas Kesehatan: “dinas kesehatan” cover" in told
    assert scan.is_file()
    assert run(workspace, "show", "diskes/lkjip/2025") == 0
    assert "missing" in capsys.readouterr().out


def test_what_speaks_against_it_is_told_with_the_reason(
    workspace: Workspace, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = scan.rename(scan.with_name("LKjIP DLH 2025.pdf"))

    assert run(workspace, "recognise", str(wrong)) == 0

    told = capsys.readouterr().out
    assert "a person must place it: folder or name say one thing, the document itself another" in told
    assert "+ office    Dinas Lingkungan Hidup" in told or "- office    Dinas Lingkungan Hidup" in told
    assert "office    Dinas Kesehatan" in told


def test_a_file_in_the_inbox_is_known_by_its_drop_folder(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.inbox / "dlh" / "PK 2026.txt"
    path.write_text("Isinya tidak mengatakan apa-apa.", encoding="utf-8")

    assert run(workspace, "recognise", str(path), "--json") == 0

    (answer,) = json.loads(capsys.readouterr().out)
    assert (answer["obligation"], answer["reason"]) == ("dlh/pk/2026", None)
    assert answer["office"] == {"value": "dlh", "sure": 0.999}
    assert {
        "part": "office",
        "words": "dlh",
        "source": "drop folder",
        "value": "dlh",
        "sure": 0.999,
        "borne": "",
    } in answer["evidence"]


def test_a_folder_is_explained_file_by_file(
    workspace: Workspace, scan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kiriman"
    folder.mkdir()
    scan.rename(folder / scan.name)
    (folder / "Rekap SKPD.txt").write_text("rekap", encoding="utf-8")

    assert run(workspace, "recognise", str(folder), "--json") == 0

    answers = json.loads(capsys.readouterr().out)
    assert [(Path(one["file"]).name, one["obligation"], one["reason"]) for one in answers] == [
        ("Rekap SKPD.txt", None, "no office"),
        ("scan0024.pdf", "diskes/lkjip/2025", None),
    ]


def test_a_file_that_is_not_there_is_told_in_one_sentence(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "recognise", "tidak-ada.pdf") == 2
    assert "There is no file tidak-ada.pdf." in capsys.readouterr().err


def test_a_remembered_word_is_known_listed_and_taken_back(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "Renja Wanajati 2026.txt"
    path.write_text("Isinya tidak mengatakan apa-apa.", encoding="utf-8")

    assert run(workspace, "remember", "office", "Wanajati", "dishut") == 0
    assert "wanajati = dishut (office)" in capsys.readouterr().out
    assert run(workspace, "recognise", str(path)) == 0
    assert "would be filed as dishut/renja/2026" in capsys.readouterr().out

    assert run(workspace, "remember", "office", "wanajati", "dlh") == 2
    assert "means dishut in this region already" in capsys.readouterr().err
    assert run(workspace, "forget", "1") == 0
    assert "No spelling has been added" in capsys.readouterr().out
    assert run(workspace, "forget", "1") == 2
    assert run(workspace, "recognise", str(path)) == 0
    assert "neither folder, name nor text says which office" in capsys.readouterr().out


def test_a_drop_folder_is_known_however_the_way_there_is_typed(
    workspace: Workspace, scan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(scan, workspace.inbox / "diskes")
    monkeypatch.chdir(workspace.content)

    assert run(workspace, "recognise", f"../inbox/diskes/{scan.name}") == 0
    assert "“diskes” drop folder" in capsys.readouterr().out
