"""In a real terminal, by keys alone: what nobody could place is placed, and what was written is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from tests.tui import story
from tests.tui.screens import LARGE, SMALL
from tests.tui.test_two_terminals import wait_until
from tui.session import Session
from tui.workspace import Workspace
from workflow import State

pytestmark = pytest.mark.needs("tmux")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.make(tmp_path_factory.mktemp("story") / "w").root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_what_waits_in_quarantine_is_filed(root: Path, size: tuple[int, int]) -> None:
    with Terminal(root, *size, "--as", "sari", "--lang", "id") as terminal:
        wait_until(lambda: "Inspektorat" in terminal.text())
        terminal.press("3", "m")
        wait_until(lambda: "Mengapa menunggu" in terminal.text())
        terminal.press("1")
        wait_until(lambda: "> 1" in terminal.text())
        terminal.press("y")
        wait_until(lambda: "ditempatkan sebagai" in terminal.text())

    session = Session(Workspace(root), "sari")
    placed = session.register.obligation("dlh/pk/2026")
    session.close()
    assert (placed.state, placed.submitter, placed.round) == (State.SUBMITTED, "sari", 1)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_what_a_page_says_is_found_and_opens_at_that_page(root: Path, size: tuple[int, int]) -> None:
    with Terminal(root, *size, "--as", "sari", "--lang", "en") as terminal:
        wait_until(lambda: "Inspektorat" in terminal.text())
        terminal.press("4")
        wait_until(lambda: "Saved searches" in terminal.text())
        terminal.press("office:bkd", "Space", "supervisi")
        wait_until(lambda: "1 result" in terminal.text() and "p. 2" in terminal.text())
        terminal.press("Down")
        wait_until(lambda: "S save" in terminal.text())
        terminal.press("Enter")
        wait_until(lambda: "PK 2026.pdf · p. 2" in terminal.text() and "page 2/3" in terminal.text())
