"""What sshd is told of people's keys, as lines, as one line, and as a file."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.keys import key
from tui import key_lines
from tui.main import main
from tui.people import personnel
from tui.workspace import Workspace, now
from workflow import Actor, Personnel, PublicKey, Role, plain

WATI = Actor("wati", Role.ADMINISTRATOR)
TELL = """
import json, os, sys
print(json.dumps([os.environ["PANTAU_KEY"], *sys.argv[1:]]))
"""
OTHERS = "# kunci lama\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG root\n"
words = st.text(min_size=1, max_size=64).filter(lambda text: plain(text) == text)


@pytest.fixture
def known(workspace: Workspace) -> Iterator[Personnel]:
    """Sari with two keys, Budi with one until the end of the year, and Lina, who has none."""
    database = workspace.open_database()
    those = personnel(workspace, database, now)
    those.give_key(WATI, "sari", key(1))
    those.give_key(WATI, "sari", key(2))
    those.give_key(WATI, "budi", key(3))
    those.change(WATI, "budi", ends=date(2099, 12, 31))
    yield those
    database.close()


def run(workspace: Workspace, *arguments: str) -> int:
    return main(["--workspace", str(workspace.root), "authorized-keys", *arguments])


def parted(line: str) -> tuple[dict[str, str], list[str]]:
    """The options of a line, and the words behind them, by the rules of sshd(8)."""
    options: dict[str, str] = {}
    place = 0
    while True:
        found = re.compile(r'([a-z-]+)(?:="((?:\\"|[^"])*)")?([, ])').match(line, place)
        assert found, line
        options[found[1]] = (found[2] or "").replace('\\"', '"')
        place = found.end()
        if found[3] == " ":
            return options, line[place:].split(" ")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in for pantau that tells how it was called; its own name needs quoting too."""
    path = tmp_path_factory.mktemp('it\'s "here" $HOME') / "pantau"
    path.write_text(f"#!{sys.executable} -IS\n{TELL}", encoding="utf-8")
    path.chmod(0o755)
    return path


@settings(max_examples=60, deadline=None)
@given(name=words, folder=words)
def test_whatever_somebody_is_called_the_shell_gets_as_one_word(program: Path, name: str, folder: str) -> None:
    line = key_lines.line(key(1)[:2], key(1).fingerprint, name, None, str(program), f"/srv/{folder}")
    options, told = parted(line)

    assert options.keys() == {"restrict", "pty", "command"}
    assert told == [*key(1)[:2]]
    done = subprocess.run(["/bin/sh", "-c", options["command"]], check=True, capture_output=True)
    assert json.loads(done.stdout) == [key(1).fingerprint, "--workspace", f"/srv/{folder}", "--as", name, "serve"]


@pytest.mark.needs("ssh-keygen")
@settings(max_examples=15, deadline=None)
@given(name=words)
def test_whatever_somebody_is_called_openssh_finds_the_key_behind_it(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    file = tmp_path_factory.mktemp("keys") / "authorized_keys"
    file.write_text(key_lines.line(key(1)[:2], "SHA256:x", name, date(2026, 6, 30), "/opt/pantau", "/srv/p") + "\n")

    told = subprocess.run(["ssh-keygen", "-lf", str(file)], check=True, capture_output=True, text=True).stdout

    assert told.split(" ")[:2] == ["256", key(1).fingerprint]


def test_all_keys_in_use_of_those_at_work_are_told(
    workspace: Workspace, known: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    known.revoke_key(WATI, "sari", key(1).fingerprint, "hilang")

    assert run(workspace) == 0
    of_sari, of_budi = capsys.readouterr().out.splitlines()

    command = Path(sys.executable).with_name("pantau")
    said = f"PANTAU_KEY={key(2).fingerprint} {command} --workspace {workspace.root} --as sari serve"
    assert of_sari == f'restrict,pty,command="{said}" {" ".join(key(2)[:2])}'
    assert parted(of_budi)[0]["expiry-time"] == "21000101"
    known.suspend(WATI, "budi", "cuti")
    assert run(workspace, "--command", "/usr/bin/pantau") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert " /usr/bin/pantau --workspace " in line


def test_one_key_has_the_line_that_it_has_among_all(
    workspace: Workspace, known: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace) == 0
    lines = capsys.readouterr().out.splitlines()
    for number, line in zip((1, 2, 3), lines, strict=True):
        assert run(workspace, *key(number)[:2]) == 0
        at_once = capsys.readouterr().out
        # With an option more it is the whole command line that answers.
        assert run(workspace, *key(number)[:2], "--lang", "en") == 0
        assert at_once == capsys.readouterr().out == f"{line}\n"


@pytest.mark.parametrize("more", [pytest.param([], id="at once"), pytest.param(["--lang", "en"], id="in full")])
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(key(9)[:2], id="unknown"),
        pytest.param(("ssh-rsa", key(1).blob), id="of another type"),
        pytest.param(("ssh-ed25519", "%%%"), id="no key"),
        pytest.param(("ssh-ed25519", ""), id="nothing"),
        pytest.param(("x" * 4000, "y" * 4000), id="endless"),
        pytest.param(("ssh-ed25519", "' OR 1 --"), id="a statement"),
        pytest.param(("ssh-ed25519", f"{key(1).blob}\n"), id="a line end"),
    ],
)
def test_a_key_of_nobody_is_answered_with_nothing(
    workspace: Workspace,
    known: Personnel,
    asked: tuple[str, str],
    more: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(workspace, *asked, *more) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("more", [pytest.param([], id="at once"), pytest.param(["--lang", "en"], id="in full")])
@pytest.mark.parametrize("days", range(-2, 3))
def test_the_line_is_there_on_the_days_on_which_a_person_may_act(
    workspace: Workspace, known: Personnel, days: int, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The rule is told twice, for a program that imports nothing too."""
    begins = known.today() + timedelta(days=days)
    known.change(WATI, "sari", begins=begins, ends=begins + timedelta(days=1))
    is_there = "sari" in known.present()
    assert is_there is (days in (-1, 0))

    assert run(workspace, *key(1)[:2], *more) == 0
    assert bool(capsys.readouterr().out) is is_there
    assert (known.holder(key(1)) is not None) is is_there
    assert (key(1) in [it for _, it in known.admitted()]) is is_there


def test_where_nobody_is_recorded_there_is_no_key(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in ((), key(1)[:2]):
        assert run(workspace, *asked) == 0
        assert capsys.readouterr() == ("", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "ssh").mkdir()
    return tmp_path / "ssh" / "authorized_keys"


def keys_in(file: Path) -> list[str]:
    return [one.split()[-1] for one in file.read_text().splitlines() if one.startswith("restrict")]


def test_the_file_is_for_its_owner_alone_and_writing_it_twice_changes_nothing(
    workspace: Workspace, known: Personnel, file: Path
) -> None:
    assert run(workspace, "--write", str(file)) == 0
    first = file.read_bytes()
    assert run(workspace, "--write", str(file)) == 0

    assert file.read_bytes() == first
    assert keys_in(file) == [key(number).blob for number in (1, 2, 3)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_lines_of_others_around_our_own_stay_and_are_spoken_of(
    workspace: Workspace, known: Personnel, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(OTHERS)
    assert run(workspace, "--lang", "en", "--write", str(file)) == 0
    assert "1 line that is not of Pantau stands there too" in capsys.readouterr().err
    file.write_text(file.read_text() + "# penutup\n")
    known.revoke_key(WATI, "budi", "", "hilang")

    assert run(workspace, "--write", str(file)) == 0

    assert file.read_text().startswith(OTHERS)
    assert file.read_text().endswith("# penutup\n")
    assert keys_in(file) == [key(1).blob, key(2).blob]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: text.replace("\nrestrict", "\nssh-ed25519 AAAA x\nrestrict", 1), id="a key within"),
        pytest.param(lambda text: text.replace("\nrestrict", "\n# hati-hati\nrestrict", 1), id="a remark within"),
        pytest.param(lambda text: text + text, id="twice"),
        pytest.param(lambda text: "\n".join(text.splitlines()[1:]), id="without its beginning"),
        pytest.param(lambda text: "\n".join(text.splitlines()[:-1]), id="without its end"),
        pytest.param(lambda text: "\n".join(reversed(text.splitlines())), id="upside down"),
    ],
)
def test_a_file_that_somebody_wrote_into_is_left_as_it_is(
    workspace: Workspace, known: Personnel, file: Path, spoil: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(spoil)
    assert run(workspace, "--write", str(file)) == 0
    file.write_text(spoiled := spoil(file.read_text()))

    assert run(workspace, "--lang", "en", "--write", str(file)) == 2

    assert file.read_text() == spoiled
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert "of Pantau" in (told := capsys.readouterr().err) or "Pantau has not written" in told


@pytest.mark.parametrize("where", ["content/keys", "catalogue/people.toml", "inbox/authorized_keys"])
def test_the_file_does_not_lie_among_those_of_the_workspace(
    workspace: Workspace, known: Personnel, where: str
) -> None:
    assert run(workspace, "--write", str(workspace.root / where)) == 2


def test_a_program_whose_path_no_line_can_hold_is_refused(
    workspace: Workspace, known: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in ("/opt/a\nssh-rsa AAAA", "pantau"):
        assert run(workspace, "--command", path) == 2
        assert capsys.readouterr().out == ""


def test_the_last_day_that_there_is_has_no_day_after_it() -> None:
    one: PublicKey = key(1)

    assert "expiry" not in key_lines.line(one[:2], one.fingerprint, "sari", date.max, "/opt/pantau", "/srv")
