"""What is shipped for a server fits together: units, paths, verbs, and the page that says how to use them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from tui.command_line import parser
from tui.server import ACCOUNT, PROGRAM, TIMERS, WATCHER

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PAGES = [ROOT / "docs" / "admin.md", ROOT / "docs" / "admin.id.md"]
WORKSPACE = "/srv/pantau"
BACKUPS = "/var/backups/pantau"
# What an exposure of a unit may be at most, in tenths; docs/admin.md says them too.
LARGEST = {"pantau-litestream.service": 20}


class _Unit(ConfigParser):
    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(path: Path) -> _Unit:
    found = _Unit(strict=False, interpolation=None, delimiters=("=",))
    found.read(path, encoding="utf-8")
    return found


def started() -> Iterator[tuple[str, list[str]]]:
    for path in SERVICES:
        yield path.name, unit(path)["Service"]["ExecStart"].split()


@pytest.mark.parametrize(
    ("name", "words"), list(started()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_a_unit_starts_is_understood_by_the_command_line(name: str, words: list[str]) -> None:
    if "litestream" in name:
        assert words[1:] == ["replicate", "-config", "/etc/litestream.yml"]
        return
    options = parser().parse_args(words[1:])

    assert (words[0], options.workspace) == (PROGRAM, WORKSPACE)
    assert getattr(options, "folder", BACKUPS) == BACKUPS


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_runs_as_the_account_and_writes_only_where_it_must(path: Path) -> None:
    service = unit(path)["Service"]

    assert (service["User"], service["Group"], service["ProtectSystem"]) == (ACCOUNT, ACCOUNT, "strict")
    assert set(service["ReadWritePaths"].split()) <= {WORKSPACE, BACKUPS}
    assert service["NoNewPrivileges"] == "yes"


def test_a_unit_whose_verb_writes_backups_may_write_there() -> None:
    assert BACKUPS in unit(DEPLOY / "systemd" / "pantau-backup.service")["Service"]["ReadWritePaths"].split()


def test_each_timer_starts_a_unit_that_is_there_and_install_looks_for_it() -> None:
    timers = {path.name for path in UNITS if path.suffix == ".timer"}

    assert timers == set(TIMERS)
    assert {name.replace(".timer", ".service") for name in timers} < {path.name for path in SERVICES}
    assert WATCHER in {path.name for path in SERVICES}


def test_the_watcher_tells_systemd_that_it_is_ready_and_alive() -> None:
    service = unit(DEPLOY / "systemd" / WATCHER)["Service"]

    assert (service["Type"], service["Restart"]) == ("notify", "always")
    assert service["WatchdogSec"]


def test_account_and_folders_are_those_of_the_units() -> None:
    account = (DEPLOY / "sysusers.conf").read_text().splitlines()[-1].split()
    folders = [line.split() for line in (DEPLOY / "tmpfiles.conf").read_text().splitlines() if line[0] != "#"]

    assert account[:2] == ["u", ACCOUNT]
    assert {line[1] for line in folders} == {WORKSPACE, BACKUPS}
    assert {line[3] for line in folders} == {ACCOUNT}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The units, with programs that are there on any machine."""
    folder = Path(shutil.copytree(DEPLOY / "systemd", tmp_path / "systemd"))
    for path in folder.glob("*.service"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", text, flags=re.MULTILINE))
    return folder


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", [path.name for path in UNITS])
def test_systemd_understands_every_line(copied: Path, name: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copied / name],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stderr.splitlines() if name in line] == []


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", [path.name for path in SERVICES])
def test_a_unit_is_locked_up(copied: Path, name: str) -> None:
    most = LARGEST.get(name, 10)
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={most}", str(copied / name)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-200:]
    score = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert score is not None
    for page in PAGES:
        assert score[1] in page.read_text(encoding="utf-8")


def test_a_process_of_the_old_version_goes_on_loading_from_its_own_folder(tmp_path: Path) -> None:
    """What a program is started from is a folder with the version in its name, whatever link leads there."""
    for version in ("0.1.0", "0.2.0"):
        folder = tmp_path / version
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        (packages,) = folder.glob("lib/python3*/site-packages")
        (packages / "late.py").write_text(f"VERSION = {version!r}\n")
        # As pip writes it: the first line names the interpreter of this very folder.
        script = f"#!{folder}/bin/python\nimport sys\nsys.stdin.readline()\nimport late\nprint(late.VERSION)\n"
        (folder / "bin" / "tool").write_text(script)
        (folder / "bin" / "tool").chmod(0o755)
    (tmp_path / "current").symlink_to("0.1.0")
    (tmp_path / "bin").symlink_to("current/bin")

    open_ones = [_started(tmp_path / "bin" / "tool") for _ in range(20)]
    (tmp_path / "new").symlink_to("0.2.0")
    (tmp_path / "new").replace(tmp_path / "current")

    assert {one.communicate("\n")[0] for one in open_ones} == {"0.1.0\n"}
    assert _started(tmp_path / "bin" / "tool").communicate("\n")[0] == "0.2.0\n"


def _started(tool: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([tool], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def commands(page: Path) -> list[str]:
    """What the page has people type, as `deploy/try-on-debian` takes it from there."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_both_pages_have_the_same_commands() -> None:
    english, indonesian = PAGES

    assert commands(english) == commands(indonesian)
    remarks = [re.findall(r"^<!-- .* -->$", page.read_text(encoding="utf-8"), re.MULTILINE) for page in PAGES]
    assert remarks[0] == remarks[1]


def test_every_file_of_ours_that_the_page_names_is_there() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    named = {name.rstrip(".") for name in re.findall(r"(?:/usr/local/src/pantau/)?(deploy/[\w./-]+)", text)}

    assert named
    assert {name for name in named if not list(ROOT.glob(f"{name}*"))} == set()


@pytest.mark.parametrize("line", [line for line in commands(PAGES[0]) if "pantau " in line])
def test_every_verb_that_the_page_names_is_understood(line: str) -> None:
    typed = re.split(r"\bpantau (?=--workspace|init|restore)|pantau@\S+ ", line)
    if len(typed) < 2 or line.startswith(("cp ", "systemctl", "ln ", "rsync")):
        return
    import shlex

    parser().parse_args(shlex.split(typed[-1].partition(" <")[0]))
