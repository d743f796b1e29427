"""What the torture needs: a workspace, the real watcher, real senders, disks of its own, and a table at the end."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.inbox.conftest import Place, template
from tests.torture.disks import Disks
from tests.torture.senders import Sshd
from tests.torture.watching import Watch

__all__ = ["template"]

Figures = Callable[..., None]
_CASE = re.compile(r"test_case_(\d+)_?")


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Iterator[Place]:
    """A workspace of its own for each test, where a file settles quickly."""
    place = Place(hasty(shutil.copytree(template, tmp_path / "region")))
    yield place
    place.database.close()


def hasty(root: Path) -> Path:
    """The workspace with a short time to settle."""
    settings = root / "pantau.toml"
    settings.write_text(settings.read_text().replace("settle = 0.6", "settle = 0.3"))
    return root


@pytest.fixture
def watch(place: Place, tmp_path: Path) -> Iterator[Watch]:
    """The watcher of the workspace, started by the test when it wants."""
    watch = Watch(place.root, tmp_path / "watch.jsonl")
    yield watch
    watch.end()


@pytest.fixture
def watched(watch: Watch) -> Watch:
    """The watcher of the workspace, already at work."""
    watch.start()
    return watch


@pytest.fixture
def disks() -> Iterator[Disks]:
    """File systems to mount; they are taken away again after the test."""
    disks = Disks()
    yield disks
    disks.unmount_all()


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server on the loopback that offices deliver to."""
    with Sshd(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    """Tell a figure for the table: `figures(files=1000, memory="43 MB")`."""

    def tell(**told: object) -> None:
        for name, value in told.items():
            record_property(f"figure {name.replace('_', ' ')}", value)

    return tell


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say in the table what is tried: the first line of the test's docstring."""
    function = getattr(item, "function", None)
    if Path(__file__).parent in item.path.parents:
        item.user_properties.append(("tried", (inspect.getdoc(function) or "").partition("\n")[0]))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print a row for each test: case, what was tried, figures, outcome."""
    reports: dict[str, list[pytest.TestReport]] = {}
    for kind in ("passed", "failed", "skipped", "error", "xfailed", "xpassed"):
        for report in terminalreporter.getreports(kind):
            if isinstance(report, pytest.TestReport) and "tests/torture/" in report.nodeid:
                reports.setdefault(report.nodeid, []).append(report)
    rows = sorted(_row(name, those) for name, those in reports.items())
    if not rows:
        return
    terminalreporter.section("torture")
    for _, _, case, tried, told, outcome in rows:
        terminalreporter.write_line(f"{case:>6}  {outcome:<8}  {tried}")
        if told:
            terminalreporter.write_line(f"{'':18}{told}")


def _row(name: str, reports: list[pytest.TestReport]) -> tuple[int, str, str, str, str, str]:
    found = _CASE.search(name)
    properties = dict(told for report in reports for told in report.user_properties)
    told = {key.removeprefix("figure "): value for key, value in properties.items() if key.startswith("figure ")}
    told["seconds"] = f"{sum(report.duration for report in reports):.1f}"
    variant = re.search(r"\[(.*)\]$", name)
    tried = f"{properties.get('tried', '')}{f' ({variant[1]})' if variant else ''}"
    ends = [report.outcome for report in reports]
    is_known = any(hasattr(report, "wasxfail") and report.outcome == "skipped" for report in reports)
    outcome = "FAILED" if "failed" in ends else "KNOWN" if is_known else "skipped" if "skipped" in ends else "held"
    if outcome in ("KNOWN", "skipped"):
        told["because"] = _reason(reports)
    words = ", ".join(f"{key} {value}" for key, value in told.items())
    return int(found[1]) if found else 99, name, found[1] if found else "", tried, words, outcome


def _reason(reports: list[pytest.TestReport]) -> str:
    for report in reports:
        if reason := getattr(report, "wasxfail", ""):
            return str(reason)
        if isinstance(report.longrepr, tuple):
            return str(report.longrepr[2]).removeprefix("Skipped: ")
    return ""


def run(*command: str | os.PathLike[str], **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a program that must succeed, and return what it said."""
    return subprocess.run(command, check=True, capture_output=True, text=True, **more)
