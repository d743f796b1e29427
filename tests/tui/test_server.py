"""`pantau install --check`: each thing that a server needs has a row, and each row can be missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tui import advice
from tui.backups import Note
from tui.main import main
from tui.server import TIMERS, WATCHER, House, Server, ServerCheck, checks
from tui.workspace import Workspace
from workflow import Severity

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
DONE = Note(NOW.isoformat(), "20260105T010000", ok=True)
HOUSE = House(
    path=Path("/srv/pantau"),
    owner="pantau",
    mode=0o750,
    watch="service",
    journal="wal",
    sqlite="3.53.4",
    people=3,
    free=50 * 10**9,
    backup=DONE,
    rehearsal=DONE,
)
SSHD = {
    "passwordauthentication": "no",
    "kbdinteractiveauthentication": "no",
    "disableforwarding": "yes",
    "permituserrc": "no",
    "authorizedkeyscommand": "/opt/pantau/bin/pantau --workspace /srv/pantau authorized-keys %t %k",
    "authorizedkeysfile": "none",
    "clientaliveinterval": "15",
    "clientalivecountmax": "3",
}
SERVER = Server(
    command="/usr/local/bin/pantau",
    has_account=True,
    house=HOUSE,
    encoding="utf-8",
    sshd=SSHD,
    units={WATCHER: "active", **dict.fromkeys(TIMERS, "active")},
    is_synchronised=True,
)


def wrong(server: Server) -> dict[ServerCheck, Severity]:
    return {ServerCheck(one.check): one.severity for one in checks(server, NOW) if one.severity is not Severity.OK}


def house(**what: Any) -> Server:
    return SERVER._replace(house=HOUSE._replace(**what))


def sshd(**what: str) -> Server:
    return SERVER._replace(sshd={**SSHD, **what})


def test_a_server_to_which_nothing_is_missing_has_a_row_for_each_check() -> None:
    found = list(checks(SERVER, NOW))

    assert [one.check for one in found if one.severity is not Severity.OK] == []
    assert {one.check for one in found} == set(ServerCheck)


@pytest.mark.parametrize(
    ("server", "check"),
    [
        (SERVER._replace(command=""), ServerCheck.COMMAND),
        (SERVER._replace(has_account=False), ServerCheck.ACCOUNT),
        (house(owner="root"), ServerCheck.OWNER),
        (house(mode=0o755), ServerCheck.MODE),
        (house(mode=0o770), ServerCheck.MODE),
        (house(watch="beside"), ServerCheck.SERVICE),
        (house(journal="truncate"), ServerCheck.SQLITE),
        (house(people=0), ServerCheck.PEOPLE),
        (sshd(passwordauthentication="yes"), ServerCheck.SSHD),
        (sshd(disableforwarding="no"), ServerCheck.SSHD),
        (sshd(authorizedkeyscommand="none"), ServerCheck.KEYS),
        (sshd(clientaliveinterval="0"), ServerCheck.LINES),
        (sshd(clientalivecountmax="30"), ServerCheck.LINES),
        (SERVER._replace(units={WATCHER: "failed", **dict.fromkeys(TIMERS, "active")}), ServerCheck.WATCHER),
        (SERVER._replace(units={WATCHER: "active", TIMERS[0]: "active"}), ServerCheck.TIMERS),
        (house(backup=None), ServerCheck.BACKUP),
        (house(backup=DONE._replace(ok=False)), ServerCheck.BACKUP),
        (house(backup=DONE._replace(at=(NOW - timedelta(days=3)).isoformat())), ServerCheck.BACKUP),
        (house(rehearsal=DONE._replace(at=(NOW - timedelta(days=16)).isoformat())), ServerCheck.REHEARSAL),
        (SERVER._replace(is_synchronised=False), ServerCheck.CLOCK),
        (SERVER._replace(encoding="ascii"), ServerCheck.LOCALE),
        (house(free=10**9), ServerCheck.SPACE),
    ],
)
def test_what_is_missing_is_told_by_its_row_alone(server: Server, check: ServerCheck) -> None:
    assert wrong(server) == {check: Severity.FAULT}


def test_a_file_of_keys_will_do() -> None:
    assert wrong(sshd(authorizedkeyscommand="none", authorizedkeysfile="/etc/ssh/pantau_authorized_keys")) == {}


def test_without_a_workspace_the_machine_is_looked_at_all_the_same() -> None:
    assert wrong(SERVER._replace(house=None)) == {ServerCheck.WORKSPACE: Severity.FAULT}


def test_what_nobody_answers_is_no_fault() -> None:
    silent = SERVER._replace(sshd=None, units=None, is_synchronised=None)

    assert wrong(silent) == dict.fromkeys((ServerCheck.SSHD, ServerCheck.WATCHER, ServerCheck.CLOCK), Severity.NOTE)


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("severity", [Severity.NOTE, Severity.FAULT])
def test_each_row_has_a_line_with_the_next_step(severity: Severity) -> None:
    nothing = House(Path("/srv/pantau"), "root", 0o777, "beside", "delete", "3.40.1", 0, 1, None, None)
    bare = Server("", has_account=False, house=nothing, encoding="ascii", sshd={}, units={}, is_synchronised=False)

    for one in checks(bare, NOW):
        line = advice.line(one._replace(severity=severity), UTC)
        assert "{" not in line
        assert "\n" not in line
    assert len(wrong(bare)) == len(ServerCheck) - 1


def test_the_command_says_what_is_missing_here(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["--workspace", str(workspace.root), "install", "--check", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (exit_code, said["ok"]) == (1, False)
    found = {one["check"]: one["severity"] for one in said["checks"]}
    assert found[ServerCheck.PEOPLE] == Severity.FAULT
    assert found[ServerCheck.SERVICE] == Severity.OK


def test_looking_leaves_the_workspace_as_it_was(workspace: Workspace) -> None:
    def state() -> dict[str, tuple[int, int]]:
        paths = (path for path in workspace.root.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}

    before = state()
    main(["--workspace", str(workspace.root), "install", "--check"])

    assert state() == before


def test_it_does_not_pretend_to_install(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(workspace.root), "--lang", "en", "install"]) == 2

    assert "pantau install --check" in capsys.readouterr().err


def test_it_answers_where_there_is_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PANTAU_WORKSPACE", raising=False)

    assert main(["--lang", "en", "install", "--check"]) == 1

    assert "There is no workspace here" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
