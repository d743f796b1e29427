"""The command line, as a person or a script uses it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui.main import main
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Actor, Digest, Register

PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
unit = "biro-organisasi"

[[person]]
name = "budi"
role = "approver"
"""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace, made once; opening a year takes longer than copying it."""
    root = tmp_path_factory.mktemp("template") / "ruang"
    assert main(["init", str(root), "--region", "Provinsi Lampung", "--year", "2026", "--lang", "en"]) == 0
    (root / "catalogue" / "people.toml").write_text(PEOPLE, encoding="utf-8")
    return root


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(template, tmp_path / "ruang")))


@pytest.fixture
def submitted(workspace: Workspace) -> str:
    """The id of a document that its office has submitted."""
    session = Session(workspace)
    with session.register.writing():
        session.arrivals.keep_content(Digest("a" * 64), "2026-03-02T08:00:00.000000+00:00", 1)
        seen = session.register.obligation("diskes/lkjip/2025")
        session.register.perform(
            Action.SUBMIT, seen, Actor.office("diskes"), content=Digest("a" * 64), name="LKjIP 2025 [Final].pdf"
        )
    session.close()
    return "diskes/lkjip/2025"


def run(workspace: Workspace, *arguments: str) -> int:
    return main(["--workspace", str(workspace.root), *arguments])


def test_a_new_workspace_has_all_that_an_office_and_a_bureau_need(workspace: Workspace) -> None:
    names = {path.name for path in workspace.root.iterdir()}
    assert {"pantau.toml", "catalogue", "pantau.db", "content", "inbox"} <= names
    note = (workspace.inbox / "diskes" / "BACA-SAYA.txt").read_text(encoding="utf-8")
    assert "Taruh berkas Anda di folder ini" in note
    assert (workspace.inbox / "diskes" / "draft").is_dir()
    folders = {folder.name for folder in workspace.inbox.iterdir() if folder.is_dir()}
    assert folders - {".arsip"} == {office.code for office in workspace.read_catalogue().everyone()}
    assert len(folders) >= 49


def test_making_it_again_adds_nothing_and_keeps_what_the_bureau_wrote(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "init", str(workspace.root), "--region", "Provinsi Lampung", "--year", "2026") == 0
    assert "0 new obligations" in capsys.readouterr().out
    assert workspace.people.read_text(encoding="utf-8") == PEOPLE


def test_a_region_that_is_not_shipped_starts_with_an_empty_list_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "lain"
    assert main(["init", str(root), "--region", "Kota Contoh", "--year", "2026", "--lang", "en"]) == 0
    assert "catalogue/offices.toml" in capsys.readouterr().out


def test_status_is_one_line(workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "status") == 0
    (line,) = capsys.readouterr().out.splitlines()
    owed = sum(one.is_owed for one in Register(workspace.open_database(), now).obligations(year=2026))
    assert line.startswith(f"Provinsi Lampung 2026: 0 of {owed:,} approved (0%) · 1 waits for the bureau")
    assert line.endswith("no watcher runs")


def test_status_of_an_office_lists_its_documents(
    workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "status", "diskes", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ours"] == 1
    assert answer["owed"] == sum(one["owed"] for one in answer["obligations"]) < len(answer["obligations"])
    states = {one["id"]: one["state"] for one in answer["obligations"]}
    assert states[submitted] == "submitted"


def test_an_office_that_nobody_knows_is_answered_with_the_nearest(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "status", "diskess") == 2
    assert capsys.readouterr().err.startswith("There is no office 'diskess'. Did you mean diskes")


def test_a_document_goes_from_submitted_to_approved_by_two_people(
    workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--as", "sari", "review", submitted) == 0
    assert run(workspace, "approve", submitted, "--as", "budi") == 0
    assert run(workspace, "log", submitted, "--json") == 0
    out = capsys.readouterr().out
    records = json.loads(out[out.index("[\n") :])
    assert [record["action"] for record in records] == ["submit", "review", "approve"]


def test_a_refusal_says_which_rule_and_who_could(
    workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--as", "budi", "approve", submitted) == 1
    assert capsys.readouterr().err == (
        "budi cannot approve Annual performance report 2025, Dinas Kesehatan: "
        "it has not been reviewed yet. Who could: sari (reviewer).\n"
    )


def test_returning_without_a_finding_is_refused_and_changes_nothing(
    workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--as", "sari", "return", submitted, "--finding", "  ") == 1
    assert "at least one finding is needed" in capsys.readouterr().err
    assert len(Session(workspace).register.trail(Session(workspace).register.obligation(submitted).id)) == 1


def test_a_decision_on_another_file_than_the_newest_is_not_taken(
    workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--as", "sari", "review", submitted, "--content", "ffff") == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert run(workspace, "--as", "sari", "review", submitted, "--content", "aaaa") == 0


def test_nobody_acts_as_somebody_who_is_not_listed(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "--as", "siapa", "status") == 2
    assert "siapa" in capsys.readouterr().err


def test_a_wrong_people_file_is_one_sentence(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.people.write_text('[[person]]\nname = "sari"\nrole = "raja"\n', encoding="utf-8")
    assert run(workspace, "status") == 2
    assert "people.toml cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["offices.toml", "requirements.toml", "calendar.toml"])
def test_a_broken_catalogue_file_is_named_and_the_running_year_stays(
    workspace: Workspace, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.catalogue / file).write_text("region = ", encoding="utf-8")
    assert run(workspace, "open-year", "2026") == 2
    assert file in capsys.readouterr().err
    assert run(workspace, "status") == 0


def test_verify_names_a_content_that_is_gone(
    workspace: Workspace, submitted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "verify") == 1
    assert f"content {'a' * 64} is missing" in capsys.readouterr().out


def test_without_a_terminal_the_matrix_is_printed(workspace: Workspace, submitted: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tui", "--workspace", str(workspace.root)],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    (row,) = [line for line in answer.stdout.splitlines() if line.startswith("Dinas Kesehatan")]
    assert "A!" in row
    assert "A submitted" in answer.stdout


def test_a_reader_that_has_seen_enough_is_no_error(workspace: Workspace) -> None:
    command = f"{sys.executable} -m tui --workspace {workspace.root} | head -1"
    answer = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
    )
    assert answer.stderr == ""


@pytest.mark.parametrize("verb", [["status"], ["status", "diskes"], ["show", "diskes/pk/2026"], ["quarantine"]])
def test_a_question_imports_neither_textual_nor_rich_nor_sqlite_utils(workspace: Workspace, verb: list[str]) -> None:
    program = (
        "import sys; from tui.main import main; main(sys.argv[1:]);"
        "print([m for m in ('textual', 'rich', 'sqlite_utils', 'watchdog', 'pypdfium2') if m in sys.modules])"
    )
    command = [sys.executable, "-c", program, "--workspace", str(workspace.root), *verb]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[]"


def test_the_workspace_is_found_from_a_folder_below_it(workspace: Workspace) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PANTAU_WORKSPACE"}
    answer = subprocess.run(
        [sys.executable, "-m", "tui", "status", "--json"],
        cwd=workspace.inbox / "diskes",
        env={**environment, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout)["region"] == "Provinsi Lampung"


def test_status_says_when_the_inbox_is_away(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.inbox.rename(workspace.root / "elsewhere")
    workspace.inbox.mkdir()

    assert run(workspace, "status", "--lang", "en") == 0
    assert "inbox inbox is away" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        pytest.param(("year = 2026", 'year = "x"'), "year", id="a year in words"),
        pytest.param(("settle = 2.0", "settle = -5"), "settle", id="a time that has passed"),
        pytest.param(('watch = "beside"', 'watch = "foo"'), "watch", id="a word that means nothing"),
        pytest.param(("Asia/Jakarta", "Mars/X"), "timezone", id="no time zone of this planet"),
        pytest.param(("keep_days", "kep_days"), "kep_days", id="a misspelled key"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(
    workspace: Workspace, wrong: tuple[str, str], key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = workspace.root / "pantau.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(*wrong), encoding="utf-8")

    assert run(workspace, "status", "--lang", "en") == 2
    assert f"pantau.toml: {key} = " in capsys.readouterr().err


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("Sari", id="a capital"),
        pytest.param("sari ", id="a blank"),
        pytest.param("\uff53ari", id="a wide letter"),
    ],
)
def test_one_person_under_two_spellings_is_not_two_pairs_of_eyes(
    workspace: Workspace, again: str, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.people.write_text(f'{PEOPLE}\n[[person]]\nname = "{again}"\nrole = "approver"\n', encoding="utf-8")

    assert run(workspace, "status", "--lang", "en") == 2
    assert "lists sari twice" in capsys.readouterr().err


def test_the_account_and_not_the_environment_says_who_acts(
    workspace: Workspace, submitted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "hantu")

    assert run(workspace, "review", submitted) == 0
    assert Session(workspace).register.obligation(submitted).reviewer != "hantu"
