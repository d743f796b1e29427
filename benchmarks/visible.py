"""From the last byte of a dropped file to its cell in two open terminals."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import Figure, until, workspace
from benchmarks.terminal import Terminal
from tui.samples import sample

_LIMIT = 4.0
_OFFICES = {
    "inspektorat": "Inspektorat",
    "bkd": "Badan Kepegawaian Daerah",
    "bapenda": "Badan Pendapatan Daerah",
    "dishut": "Dinas Kehutanan",
    "diskes": "Dinas Kesehatan",
}


def measure() -> Iterator[Figure]:
    """Seconds from the last byte until both terminals show the document as submitted, settling included."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "w")
        with Terminal(root, 140, 60) as left, Terminal(root, 140, 60) as right:
            for terminal in (left, right):
                until(partial(_shows, terminal, "Dinas Kesehatan"), "the overview")
            time.sleep(2)
            times = [_drop(root, code, name, left, right) for code, name in _OFFICES.items()]
        yield Figure("last byte to both terminals, median", statistics.median(times), "s", _LIMIT)
        yield Figure("last byte to both terminals, longest", max(times), "s", _LIMIT)


def _drop(root: Path, code: str, name: str, left: Terminal, right: Terminal) -> float:
    document = sample("lkjip", name, "2025", region="Provinsi Lampung")
    (root / "inbox" / code / "LKjIP 2025.pdf").write_bytes(document)

    def is_shown() -> bool:
        return all("A" in terminal.row(name)[len(name) :] for terminal in (left, right))

    return until(is_shown, f"{name} in both terminals")


def _shows(terminal: Terminal, text: str) -> bool:
    return text in terminal.text()
