"""Figures, and the workspaces and terminals that they are measured on."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from tui.main import main


class Figure(NamedTuple):
    """One measured number, and what it is held against: a limit, or nothing."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    def __str__(self) -> str:
        against = "" if self.limit is None else f"   limit {self.limit:g}{self._verdict()}"
        return f"{self.what:<58} {self.value:>10.1f} {self.unit:<6}{against}"

    def _verdict(self) -> str:
        return "" if self.limit is None or self.value <= self.limit else "   OVER"


def workspace(root: Path) -> Path:
    """A new workspace of Provinsi Lampung."""
    command = ["init", str(root), "--region", "Provinsi Lampung", "--year", "2026", "--lang", "id"]
    with redirect_stdout(StringIO()):
        code = main(command)
    if code:
        raise SystemExit("the workspace could not be made")
    return root


def pantau(root: Path, *arguments: str) -> list[str]:
    """The command line of a verb, as a process of its own."""
    return [sys.executable, "-m", "tui", "--workspace", str(root), *arguments]


def median_ms(command: Sequence[str], *, runs: int) -> float:
    """The median time of a whole process, in milliseconds, after one run that warms the file cache."""
    return statistics.median(_times(command, runs)) * 1000


def _times(command: Sequence[str], runs: int) -> list[float]:
    # Without byte code every process would compile all of Pantau anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        times.append(time.perf_counter() - begin)
    return times


def until(is_so: Callable[[], bool], what: str, *, seconds: float = 60.0) -> float:
    """How long it took until something was so, in seconds."""
    begin = time.perf_counter()
    while not is_so():
        if time.perf_counter() - begin > seconds:
            raise SystemExit(f"not within {seconds:g} s: {what}")
        time.sleep(0.005)
    return time.perf_counter() - begin
