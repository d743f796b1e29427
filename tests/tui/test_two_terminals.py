"""Two real terminals side by side, as two people have them open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from benchmarks.terminal import Terminal
from tui.samples import sample
from tui.workspace import Workspace

pytestmark = pytest.mark.needs("tmux")

WAIT = 60.0


@pytest.fixture
def terminals(workspace: Workspace) -> Iterator[tuple[Terminal, Terminal]]:
    """The overview in both of them; the first that opens starts the watcher beside itself."""
    settings = workspace.root / "pantau.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"service"', '"beside"'), encoding="utf-8")
    with ExitStack() as open_ones:
        left, right = (open_ones.enter_context(Terminal(workspace.root, 140, 60, "--lang", "en")) for _ in range(2))
        for terminal in (left, right):
            wait_until(lambda terminal=terminal: terminal.row("Dinas Kesehatan") != "")  # type: ignore[misc]
            wait_until(lambda terminal=terminal: "watching" in terminal.text())  # type: ignore[misc]
        yield left, right


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait as long as it takes, within reason."""
    end = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_a_dropped_file_changes_its_cell_in_both(workspace: Workspace, terminals: tuple[Terminal, Terminal]) -> None:
    document = sample("lkjip", "Dinas Kesehatan", "2025", region="Provinsi Lampung")
    (workspace.inbox / "diskes" / "LKjIP 2025.pdf").write_bytes(document)

    for terminal in terminals:
        wait_until(lambda terminal=terminal: "A!" in terminal.row("Dinas Kesehatan"))  # type: ignore[misc]


def test_a_document_is_passed_on_by_keys_alone(workspace: Workspace, terminals: tuple[Terminal, Terminal]) -> None:
    left, right = terminals
    document = sample("lkjip", "Dinas Kesehatan", "2025", region="Provinsi Lampung")
    (workspace.inbox / "diskes" / "LKjIP 2025 [Final].pdf").write_bytes(document)
    wait_until(lambda: "A!" in left.row("Dinas Kesehatan"))

    left.press("n", "t")
    wait_until(lambda: "LAPORAN KINERJA" in left.text() and "LKjIP 2025 [Final].pdf" in left.text())
    wait_until(lambda: "Dinas Kesehatan · t pass on" in left.text())  # before its facts are known nobody decides
    left.press("t")
    wait_until(lambda: "Pass on?" in left.text())
    time.sleep(0.5)  # what is typed before the question could be read is dropped
    left.press("Enter")
    left.press("y")

    wait_until(lambda: "T!" in right.row("Dinas Kesehatan"))


def test_two_documents_are_passed_on_together_by_keys_alone(
    workspace: Workspace, terminals: tuple[Terminal, Terminal]
) -> None:
    left, right = terminals
    for code, office in (("diskes", "Dinas Kesehatan"), ("dinsos", "Dinas Sosial")):
        document = sample("lkjip", office, "2025", region="Provinsi Lampung")
        (workspace.inbox / code / "LKjIP 2025.pdf").write_bytes(document)
        wait_until(lambda office=office: "A!" in left.row(office))  # type: ignore[misc]

    left.press("2")
    wait_until(lambda: "Who holds how much" in left.text())
    left.press("Space", "Space")
    wait_until(lambda: "2 marked" in left.text())
    left.press("t")
    wait_until(lambda: "2 of 2 marked documents" in left.text())
    time.sleep(0.5)  # what is typed before the question could be read is dropped
    left.press("Enter")
    left.press("y")

    for office in ("Dinas Kesehatan", "Dinas Sosial"):
        wait_until(lambda office=office: "T!" in right.row(office))  # type: ignore[misc]
    wait_until(lambda: "2 documents: reviewed." in left.text())
    left.press("u")
    for office in ("Dinas Kesehatan", "Dinas Sosial"):
        wait_until(lambda office=office: "A!" in right.row(office))  # type: ignore[misc]
