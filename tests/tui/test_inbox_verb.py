"""What arrives, what waits and what is held, at the command line."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from inbox import WatchLock
from tests.tui.conftest import LKJIP, PEOPLE, Elsewhere
from tests.tui.inboxes import DINA, Inbox, document
from tui import language
from tui.main import main
from tui.workspace import Workspace, now

_STUMP = b"%PDF-1.7 and no end"


@pytest.fixture
def inbox(workspace: Workspace) -> Inbox:
    return Inbox(workspace)


@pytest.fixture
def arrived(inbox: Inbox) -> Inbox:
    """A report that is filed, the same again, a letter that nobody can place, and a file that is not whole."""
    report = document("lkjip", "Dinas Kesehatan", "2025")
    inbox.drop("diskes/LKjIP 2025.pdf", report)
    inbox.drop("diskes/LKjIP 2025 lagi.pdf", report)
    inbox.drop("dinsos/surat.txt", b"surat\n")
    inbox.drop("dinsos/Renja 2026.pdf", _STUMP)
    return inbox


def asked(workspace: Workspace, capsys: pytest.CaptureFixture[str], *words: str, name: str = "sari") -> str:
    assert main(["--workspace", str(workspace.root), "--as", name, "--lang", "en", "inbox", *words]) == 0
    return capsys.readouterr().out


def data(workspace: Workspace, capsys: pytest.CaptureFixture[str], *words: str, name: str = "sari") -> dict[str, Any]:
    found = json.loads(asked(workspace, capsys, "--json", *words, name=name))
    assert isinstance(found, dict)
    return found


def test_the_three_parts_are_told_those_that_wait_first(
    workspace: Workspace, arrived: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked(workspace, capsys).splitlines()

    assert told[0] == "today 3 arrived, 1 filed"
    assert told[1].startswith("?  3")
    assert "waits: " in told[1]
    assert "again: LK 2025 Dinas Kesehatan" in told[2]
    assert "→ LK 2025 Dinas Kesehatan v1" in told[3]
    assert "Place one with: pantau place NUMBER ID" in told
    assert "      it is not complete; send it again" in told
    assert any("No watcher runs." in line for line in told)


def test_as_data_it_is_whole(workspace: Workspace, arrived: Inbox, capsys: pytest.CaptureFixture[str]) -> None:
    found = data(workspace, capsys)

    assert found["today"] == {"arrived": 3, "filed": 1, "waiting": 1, "held": 1}
    assert [one["became"] for one in found["arrivals"]] == ["quarantined", "again", "filed"]
    assert found["arrivals"][2]["obligation"] == LKJIP
    assert [one["name"] for one in found["quarantine"]] == ["surat.txt"]
    assert [(one["folder"], one["reason"]) for one in found["held"]] == [("dinsos", "pdf end")]
    assert found["health"]["watcher"] is None
    assert found["health"]["lying"] == 0
    assert found["health"]["unread"] >= 1


def test_what_lies_there_untaken_and_who_watches_is_told(
    workspace: Workspace, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace.inbox / "diskes" / "LKjIP 2025.pdf").write_bytes(b"x")
    (workspace.root / "watch.log").write_text("first\nthe \x1b[2J last\n")
    assert "1 file lies there and is not taken yet." in asked(workspace, capsys)
    assert "The end of watch.log: the \ufffd[2J last" in asked(workspace, capsys)
    lock = WatchLock(workspace.watch_lock)
    lock.acquire(host="server-3", since=now().isoformat())
    lock.beat(now().isoformat(), is_live=False)

    told = asked(workspace, capsys)

    lock.release()
    assert f"Process {os.getpid()} on server-3 watches, since" in told
    assert "It looks by the clock." in told
    assert "No watcher runs." not in told
    assert "watch.log" not in told


def test_today_and_all_say_how_much_is_listed(
    workspace: Workspace, arrived: Inbox, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    with elsewhere._database.writing():
        elsewhere._database.run("UPDATE arrival SET at = '2025-12-31T00:00:00.000000+00:00' WHERE id < 4")
    arrived.drop("dinsos/PK 2026.pdf", document("pk", "Dinas Sosial", "2026"))

    def numbers(*words: str) -> list[int]:
        return [one["id"] for one in data(workspace, capsys, *words)["arrivals"]]

    assert numbers("--today") == [3, 4]  # the letter still waits
    assert numbers("--all") == numbers() == [3, 4, 2, 1]


def test_nothing_says_what_to_do(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str], spoken: str
) -> None:
    main(["--workspace", str(workspace.root), "--as", "sari", "--lang", spoken, "inbox"])
    told = capsys.readouterr().out
    assert str(workspace.inbox) in told
    assert language._("today {arrived} arrived, {filed} filed").format(arrived=0, filed=0) in told
    elsewhere.hold("lama.pdf")

    assert "the last came 12 Mar 2026" in asked(workspace, capsys)


def test_an_office_is_told_of_its_own_and_of_nothing_else(
    workspace: Workspace, arrived: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.people.write_text(PEOPLE + DINA, encoding="utf-8")
    (workspace.root / "watch.log").write_text("dinsos/surat.txt\n")

    told = asked(workspace, capsys, "--all", name="dina")
    found = data(workspace, capsys, "--all", name="dina")

    assert "dinsos" not in told
    assert "surat" not in told
    assert "dinsos" not in json.dumps(found)
    assert found["today"] == {"arrived": 2, "filed": 1, "waiting": 0, "held": 0}
    assert found["health"] is None


def test_as_at_a_day_only_what_had_come_by_then(
    workspace: Workspace, arrived: Inbox, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.hold("lama.pdf")

    found = data(workspace, capsys, "--as-at", "2026-03-12")

    assert [one["name"] for one in found["arrivals"]] == ["lama.pdf"]
    assert found["held"] == []
    assert found["health"] is None
