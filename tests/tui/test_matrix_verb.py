"""The matrix at the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui import language
from tui.main import main
from tui.workspace import Workspace
from workflow import Action

from .conftest import BUDI, LKJIP, SARI, Elsewhere

NAME = "Dinas Kesehatan"


def told(workspace: Workspace, capsys: pytest.CaptureFixture[str], *arguments: str, lang: str = "en") -> str:
    assert main(["--workspace", str(workspace.root), "--as", "sari", "--lang", lang, "matrix", *arguments]) == 0
    return capsys.readouterr().out


def data(workspace: Workspace, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(told(workspace, capsys, *arguments, "--json"))


def test_the_matrix_is_printed_whole_where_it_goes_into_a_file(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    lines = told(workspace, capsys).splitlines()

    assert "50 of 50 offices" in lines
    assert sum(line.startswith(NAME) for line in lines) == 1
    assert "A" in next(line for line in lines if line.startswith(NAME)).partition("%")[2]


def test_at_a_terminal_it_is_as_wide_as_that(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for lang in language.LANGUAGES:
        lines = told(workspace, capsys, lang=lang).splitlines()

        assert max(map(len, lines[1:])) <= 80
        assert sum(line.startswith(NAME) for line in lines) > 1


def test_filters_and_order_are_those_of_the_screen(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit("dinsos/lap-rb-tw/2026-q1")
    elsewhere.submit(LKJIP)
    shown = data(workspace, capsys, "--family", "RB", "--period", "q1", "--ours")

    assert [office["office"] for office in shown["offices"]] == ["dinsos"]
    assert {column["part"] for column in shown["columns"]} == {"q1"}
    assert shown["ours"] == shown["owed"] == 1
    lines = told(workspace, capsys, "--family", "RB", "--period", "q1", "--sort", "name", "diskes").splitlines()
    assert lines[1] == "1 of 50 offices · only RB, Q1, “diskes” · by name"


def test_each_office_says_how_complete_it_is_of_what_is_shown(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.REVIEW, LKJIP, SARI)
    elsewhere.decide(Action.APPROVE, LKJIP, BUDI)
    whole = data(workspace, capsys, "diskes")["offices"][0]
    reporting = data(workspace, capsys, "diskes", "--component", "reporting")["offices"][0]

    assert whole["approved"] == reporting["approved"] == 1
    assert reporting["owed"] < whole["owed"]
    assert reporting["percent"] > whole["percent"]
    assert {"id": LKJIP, "code": "s", "late": False, "sign": None} in reporting["documents"]


def test_what_may_lie_in_quarantine_has_its_sign(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP, "dinsos/lkjip/2025")
    documents = [one for office in data(workspace, capsys)["offices"] for one in office["documents"]]

    assert [one["id"] for one in documents if one["sign"] == "?"] == [LKJIP]


def test_another_year_is_shown_where_it_is_asked_for(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.open_year(2027)

    assert data(workspace, capsys)["year"] == 2026
    shown = data(workspace, capsys, "--year", "2027")
    assert shown["year"] == 2027
    assert "diskes/pk/2027" in {one["id"] for office in shown["offices"] for one in office["documents"]}


@pytest.mark.parametrize(
    ("option", "value", "known"),
    [("--period", "q7", "q1"), ("--unit", "biro", "bappeda"), ("--year", "2031", "2026")],
)
def test_what_is_not_there_is_told_with_what_is(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], option: str, value: str, known: str
) -> None:
    asked = ["--workspace", str(workspace.root), "--as", "sari", "--lang", "en", "matrix", option, value]

    assert main(asked) == 2
    assert value in (said := capsys.readouterr().err)
    assert known in said
