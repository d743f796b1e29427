"""What was found and how it stands, and the commonest defects, at the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tui.main import main
from tui.workspace import Workspace
from workflow import Action, Actor, Defect

from .conftest import LKJIP, SARI, Elsewhere

PK, OTHER = "diskes/pk/2026", "bpbd/lkjip/2025"
TITLE = Defect("Judul, tahun, dan periodenya benar: tahun lain", "judul", 2)


@pytest.fixture(autouse=True)
def found(elsewhere: Elsewhere) -> Elsewhere:
    """Two offices have documents with findings; one of them has sent a newer version."""
    register = elsewhere.register
    noted: dict[str, list[str | Defect]] = {LKJIP: [TITLE, "bab 2 kurang"], PK: ["tanpa tanggal"], OTHER: [TITLE]}
    for name, findings in noted.items():
        elsewhere.submit(name, content=name.encode())
        register.perform(Action.RETURN, register.obligation(name), SARI, findings=findings)
    elsewhere.submit(OTHER, content=b"newer")
    return elsewhere


def told(workspace: Workspace, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["--workspace", str(workspace.root), "--as", "lina", "--lang", "en", *arguments]) == code
    said = capsys.readouterr()
    return said.out + said.err


def data(workspace: Workspace, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(told(workspace, capsys, *arguments, "--json"))


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        pytest.param([], [(LKJIP, 2), (OTHER, 1), (PK, 1)], id="all"),
        pytest.param(["diskes"], [(LKJIP, 2), (PK, 1)], id="of an office"),
        pytest.param([LKJIP], [(LKJIP, 2)], id="of a document"),
        pytest.param(["--state", "answered"], [(OTHER, 1)], id="answered"),
        pytest.param(["diskes", "--state", "accepted"], [], id="none"),
    ],
)
def test_findings_are_those_that_are_asked_for(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str], shown: list[tuple[str, int]]
) -> None:
    listed = data(workspace, capsys, "findings", *arguments)

    assert sorted((one["id"], len(one["findings"])) for one in listed) == sorted(shown)


def test_each_finding_is_told_with_what_was_said_of_it(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], found: Elsewhere
) -> None:
    register = found.register
    office = Actor.office("diskes")
    register.perform(Action.ANSWER, register.obligation(LKJIP), office, note="akan diperbaiki", about=[2])

    lines = told(workspace, capsys, "findings", "diskes").splitlines()

    assert f"Annual performance report 2025, Dinas Kesehatan · {LKJIP}" in lines
    at = lines.index("  1. still open: Judul, tahun, dan periodenya benar: tahun lain (p. 2) [judul]")
    assert lines[at + 1] == "  2. still open: bab 2 kurang"
    assert lines[at + 2].endswith("finding answered: diskes · akan diperbaiki")
    assert lines[-1] == "3 still open"


def test_a_fallen_finding_is_none(workspace: Workspace, capsys: pytest.CaptureFixture[str], found: Elsewhere) -> None:
    found.decide(Action.UNDO, PK, SARI)

    assert told(workspace, capsys, "findings", PK).splitlines() == ["No findings."]


def test_an_office_or_document_that_is_not_there_is_answered_with_the_nearest(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Did you mean diskes" in told(workspace, capsys, "findings", "diskess", code=2)
    assert f"Did you mean {LKJIP}" in told(workspace, capsys, "findings", "diskes/lkjp/2025", code=2)


def test_the_commonest_defects_are_counted(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = [line.split("  ") for line in told(workspace, capsys, "defects").splitlines()]

    assert [part.strip() for part in first if part] == [
        *("2", "50%", "in 2 offices", "1 still open, 1 answered"),
        *("[judul]", "General: Title, year and period are right"),
    ]
    assert [part.strip() for part in second if part] == [
        "2",
        "50%",
        "in 1 office",
        "2 still open",
        "-",
        "in own words",
    ]


def test_the_same_as_data_and_only_the_first(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (only,) = data(workspace, capsys, "defects", "--top", "1")

    assert (only["item"]["code"], only["times"], only["offices"], only["share"]) == ("judul", 2, 2, 0.5)
    assert (only["open"], only["answered"], only["accepted"]) == (1, 1, 0)


def test_of_another_programme_nothing_was_found(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(workspace, capsys, "defects", "--family", "ZI").splitlines() == ["No findings."]


def test_a_year_that_is_not_open_is_told_with_those_that_are(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "1999 is not open; these years are: 2026" in told(workspace, capsys, "defects", "--year", "1999", code=2)
