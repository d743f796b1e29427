"""`pantau search`: the plain twin of the search screen."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from inbox import ContentStore, Texts
from tests.tui.conftest import BUDI, LKJIP, SARI, Elsewhere
from tui import saved_searches
from tui.main import main
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Database, Preferences

PEOPLE = """
[[person]]
name = "dina"
role = "office"
unit = "dinsos"
"""


@pytest.fixture
def read(workspace: Workspace, elsewhere: Elsewhere) -> Elsewhere:
    """Two offices have sent their reports, which somebody has read."""
    for name in (LKJIP, "dinsos/lkjip/2025"):
        elsewhere.submit(name)
    database = Database(workspace.database)
    texts = Texts(database)
    while texts.read_next(ContentStore(workspace.content)):
        pass
    database.close()
    return elsewhere


def asked(workspace: Workspace, *words: str, name: str = "sari", lang: str = "en") -> int:
    return main(["--workspace", str(workspace.root), "--as", name, "--lang", lang, "search", *words])


def test_what_is_found_is_told_kind_by_kind(
    workspace: Workspace, read: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    read.decide(Action.RETURN, LKJIP, SARI, "Target TW II kosong")

    assert asked(workspace, "office:diskes", "target") == 0

    told = capsys.readouterr()
    for fact in ("Pages 1\n", "p. 2  diskes/lkjip/2025  …", "Findings 1\n", "still open · Target TW II kosong"):
        assert fact in told.out
    assert (told.out.splitlines()[-1], told.err) == ("2 results", "")


def test_what_is_not_understood_is_told_beside_the_answer(
    workspace: Workspace, read: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(workspace, "state:submited", "target", lang="id")
    asked(workspace, "sate:late")

    told = capsys.readouterr()
    assert all(fact in told.err for fact in ("submitted?", "Did you mean state"))
    assert "Nothing was found" in told.out


def test_the_answer_as_json_has_pages_versions_and_what_is_behind(
    workspace: Workspace, read: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(workspace, '"realisasi anggaran" office:diskes', "--json", "--limit", "1")

    told = json.loads(capsys.readouterr().out)
    (hit,) = told["page"]["hits"]
    assert (hit["obligation"]["id"], hit["page"], hit["version"], hit["versions"]) == (LKJIP, 3, 1, 1)
    assert told["behind"] == {"records": 0, "arrivals": 0, "texts": 0, "unread": 0}


def test_an_office_finds_only_its_own(
    workspace: Workspace, read: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.people.write_text(workspace.people.read_text() + PEOPLE)

    asked(workspace, "realisasi", "--json", name="dina")

    told = json.loads(capsys.readouterr().out)
    assert {hit["obligation"]["office"] for hit in told["page"]["hits"]} == {"dinsos"}
    assert told["page"]["count"] == len(told["page"]["hits"])


def test_nothing_to_look_for_is_said(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(workspace) == 2
    assert asked(workspace, "--saved", "nowhere") == 2
    assert "saved search" in capsys.readouterr().err


def test_saved_searches_are_one_s_own_and_told_with_what_they_find(
    workspace: Workspace, read: Elsewhere, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    read.decide(Action.RETURN, LKJIP, SARI, "Sampul salah")
    kept = Preferences(session.database)
    usual = [one.line for one in saved_searches.saved(kept, SARI)]

    saved_searches.save(kept, SARI, "temuan dinas", "is:open-finding office:diskes")

    mine = saved_searches.saved(kept, SARI)
    assert {one.line for one in mine} == {*usual, "is:open-finding office:diskes"}
    assert all(one.is_own for one in mine)
    assert not any(one.is_own for one in saved_searches.saved(kept, BUDI))
    asked(workspace, "--saved", "--json")
    told = {one["name"]: one["results"] for one in json.loads(capsys.readouterr().out)}
    assert told["temuan dinas"] == 1
    asked(workspace, "--saved", "temuan dinas")
    assert LKJIP in capsys.readouterr().out
    saved_searches.drop(kept, SARI, "temuan dinas")
    assert "temuan dinas" not in {one.name for one in saved_searches.saved(kept, SARI)}


def test_asking_how_it_stands_loads_nothing_of_the_search(workspace: Workspace) -> None:
    code = (
        "import sys; from tui.main import main; "
        f"main(['--workspace', {str(workspace.root)!r}, 'status']); "
        "found = {name for name in sys.modules if 'search' in name or name in "
        "('inbox.index', 'inbox.sight', 'workflow.derived', 'workflow.filters')}; "
        "sys.exit(len(found))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
