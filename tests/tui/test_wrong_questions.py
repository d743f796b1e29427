"""What is asked wrongly, or cannot be done here, is answered in one sentence in the language that is spoken."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tui import language, troubles, usage
from tui.command_line import parser
from tui.main import main
from tui.workspace import Workspace


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param(["init"], "belum disebutkan: FOLDER, --region, --year", id="something is missing"),
        pytest.param(["open-year", "dua"], "TAHUN: 'dua' bukan bilangan bulat", id="not a number"),
        pytest.param(["catalogue", "lihat"], "what: 'lihat' bukan salah satu dari ", id="not one of the choices"),
        pytest.param(["status", "--lang"], "--lang: nilainya belum disebutkan", id="an option without its value"),
        pytest.param(["verify", "--cepat"], "tidak dikenal: --cepat", id="unknown"),
        pytest.param(["verify", "--json=ya"], "--json tidak memerlukan nilai: 'ya'", id="a value too many"),
        pytest.param(["adopt", "x", "--table", "a", "--apply", "b"], "--apply tidak dapat dipakai bersama --table"),
    ],
)
def test_a_wrong_command_line_is_told_in_indonesian(
    typed: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    language.use("id")
    with pytest.raises(SystemExit) as left:
        parser().parse_args(typed)

    assert left.value.code == 2
    assert told in capsys.readouterr().err.splitlines()[-1]


def test_what_argparse_may_say_tomorrow_is_passed_on() -> None:
    assert usage.told("something new") == "something new"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EROFS, errno.ENOENT])
def test_what_the_system_refuses_is_told_in_indonesian(number: int) -> None:
    language.use("id")
    said = troubles.told(OSError(number, "in English", "berkas.csv"))

    assert said.startswith("berkas.csv: ")
    assert "English" not in said


@pytest.mark.parametrize("place", ["berkas/biro", "berkas"])
def test_a_workspace_is_not_made_where_a_file_is_in_the_way(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "berkas").touch()

    assert main(["--lang", "id", "init", str(tmp_path / place), "--region", "Kota Metro", "--year", "2026"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param('[[person]]\nname = 3\nrole = "reviewer"\n', "name = 3", id="a name that is a number"),
        pytest.param('[[person]]\nname = "sari"\nrole = "raja"\n', "role = raja", id="no such role"),
        pytest.param('[[person]]\nname = "sari"\nrole = ["reviewer"]\n', "role = ['reviewer']", id="a list of roles"),
        pytest.param('[[person]]\nname = "sari"\nrole = "reviewer"\nunit = 1\n', "sari: unit = 1", id="no such unit"),
        pytest.param("person = 3\n", "person", id="no people at all"),
    ],
)
def test_a_mistake_among_the_people_is_named(
    text: str, what: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.people.write_text(text, encoding="utf-8")

    assert main(["--lang", "id", "--workspace", str(workspace.root), "status"]) == 2
    assert f"people.toml tidak dapat dipakai: {what}. " in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told_before_any_other_is_explained(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "LKjIP 2025.pdf"
    there.write_bytes(b"%PDF-1.4\n")

    assert main(["--workspace", str(workspace.root), "recognise", str(there), str(tmp_path / "tidak-ada")]) == 2
    assert capsys.readouterr().out == ""
