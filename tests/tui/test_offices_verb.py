"""`pantau offices` prints what an administrator runs, and what sshd asks for, and does neither by itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import office_accounts
from tui.main import main
from tui.workspace import Workspace, now
from workflow import Actor, Database, Office, Personnel, Role, read_public_key

ANI = Actor("ani", Role.ADMINISTRATOR)
BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAI"


def run(workspace: Workspace, *words: str) -> int:
    return main(["--lang", "en", "--workspace", str(workspace.root), "offices", *words])


@pytest.fixture
def personnel(workspace: Workspace) -> Iterator[Personnel]:
    """People of whom two are of one office, each with a key."""
    database = Database(workspace.database)
    found = Personnel(database, now, workspace.zone)
    for i, (name, role, unit) in enumerate(
        (("dina", Role.OFFICE, "diskes"), ("rudi", Role.OFFICE, "bappeda"), ("sari", Role.REVIEWER, "diskes"))
    ):
        found.add(ANI, Actor(name, role, unit), read_public_key(key(i)))
    yield found
    database.close()


def key(number: int) -> str:
    """A public key of nobody."""
    return f"ssh-ed25519 {BLOB}{'ABCDEFGHIJ'[number] * 43}"


def test_the_commands_name_each_office_once_and_can_be_read_by_a_shell(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "accounts") == 0

    said = capsys.readouterr()
    assert said.out.count("\noffice opd-diskes ") == 1
    assert f"{workspace.inbox}/diskes" in said.out
    assert "pantau offices folders" in said.err
    subprocess.run(["sh", "-n"], input=said.out, text=True, check=True)


@given(
    name=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])),
    folder=st.text("a \\'\"$`\t;#", min_size=1),
)
def test_no_name_becomes_a_command(name: str, folder: str) -> None:
    lines = office_accounts.script([Office("diskes", name)], Path("/srv", folder), "pantau")
    calls = "\n".join(line for line in lines if line.startswith("office opd"))

    done = subprocess.run(
        ["sh", "-c", f"office() {{ printf '%s\\0' \"$@\"; }}\n{calls}"], capture_output=True, check=True
    )

    account, path, end = done.stdout.decode().split("\0")
    plain = path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
    assert (account, Path(plain), end) == ("opd-diskes", Path("/srv", folder, "diskes"), "")
    assert not set(" \t") & set(path)


def test_the_keys_of_an_account_are_those_of_the_people_of_its_office(
    workspace: Workspace, personnel: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    for account, told in (("opd-diskes", f"restrict {key(0)}\n"), ("opd-bappeda", f"restrict {key(1)}\n")):
        assert run(workspace, "keys", account) == 0
        assert capsys.readouterr().out == told


@pytest.mark.parametrize("account", ["opd-", "opd-dlh", "diskes", "root", "pantau", "opd-opd-diskes", ""])
def test_no_other_account_has_any(
    workspace: Workspace, personnel: Personnel, account: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "keys", account) == 0

    assert capsys.readouterr().out == ""


def test_who_has_gone_or_is_suspended_has_none_any_more(
    workspace: Workspace, personnel: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    personnel.suspend(ANI, "dina", "cuti")
    personnel.end(ANI, "rudi", "pindah", personnel.today() - timedelta(days=1))

    for account in ("opd-diskes", "opd-bappeda"):
        assert run(workspace, "keys", account) == 0
    assert capsys.readouterr().out == ""


def test_a_key_that_was_revoked_opens_nothing(
    workspace: Workspace, personnel: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    personnel.replace_key(ANI, "dina", read_public_key(key(5)))

    assert run(workspace, "keys", "opd-diskes") == 0
    assert capsys.readouterr().out == f"restrict {key(5)}\n"


def test_where_no_office_has_an_account_its_folder_stays_as_it_is(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (workspace.inbox / "diskes").stat().st_mode

    assert run(workspace, "folders") == 0

    assert capsys.readouterr().out == "0 offices have a folder that only their accounts enter.\n"
    assert (workspace.inbox / "diskes").stat().st_mode == before
