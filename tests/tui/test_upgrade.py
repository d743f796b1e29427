"""A newer Pantau brings the database up to date while this one is open: each says so in one sentence, and ends."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from inbox import WatchLock
from tests.inbox.conftest import wait_until
from tui.app import PantauApp
from tui.main import main
from tui.session import Session
from tui.workspace import Workspace
from workflow import SCHEMA_VERSION, Outgrown
from workflow.database import connect

ROOT = Path(__file__).parents[2]
SENTENCE = "Pantau was upgraded while this was open. Nothing was changed; start it again."


def upgrade(workspace: Workspace) -> None:
    """As far as an older version sees what the migration of a newer one does."""
    connection = connect(workspace.database)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


async def test_the_screens_say_so_and_end(
    app: PantauApp, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        upgrade(workspace)
        for _ in range(100):
            if app.return_code is not None:
                break
            await pilot.pause(0.05)

    assert app.return_code == 2
    assert capsys.readouterr().err == f"{SENTENCE}\n"


def test_twenty_sessions_that_are_open_live_on_until_the_tables_are_others(workspace: Workspace) -> None:
    sessions = [Session(workspace, "sari") for _ in range(20)]
    assert {one.register.obligation("diskes/lkjip/2025").seq for one in sessions} == {0}

    upgrade(workspace)

    for one in sessions:
        with pytest.raises(Outgrown):
            one.refresh()
        one.close()
    assert sqlite3.connect(workspace.database).execute("PRAGMA quick_check").fetchone()[0] == "ok"


def test_a_verb_of_the_old_version_is_told_at_once(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(workspace)

    assert main(["--workspace", str(workspace.root), "--lang", "en", "status"]) == 2

    told = capsys.readouterr()
    assert (told.out, told.err.endswith("was written by a newer Pantau. Upgrade this one first.\n")) == ("", True)


def test_a_watcher_of_the_old_version_takes_nothing_and_ends_so_that_its_service_starts_the_new(
    workspace: Workspace,
) -> None:
    lock = WatchLock(workspace.watch_lock)
    command = [sys.executable, "-m", "tui", "--workspace", str(workspace.root), "--lang", "en", "watch"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as watcher:
        wait_until(lambda: (holder := lock.holder()) is not None and holder.looked != "")
        upgrade(workspace)
        dropped = workspace.inbox / "diskes" / "LKjIP 2025.pdf"
        dropped.write_bytes(b"%PDF-1.7\n% LKjIP 2025\nstartxref\n0\n%%EOF\n")
        _, said = watcher.communicate(timeout=60)

    assert watcher.returncode == 2
    assert said.splitlines()[-1] == SENTENCE
    assert "Traceback" not in said
    assert dropped.exists()
