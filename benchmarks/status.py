"""`pantau status` as a whole process, against a Python that does nothing."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, median_ms, pantau, workspace


def measure() -> Iterator[Figure]:
    """Times in milliseconds, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder) / "w")
        bare = median_ms([sys.executable, "-I", "-c", "pass"], runs=20)
        yield Figure("python3 -I -c pass", bare, "ms")
        for arguments in (("status",), ("status", "diskes"), ("show", "diskes/pk/2026")):
            took = median_ms(pantau(root, *arguments), runs=20)
            yield Figure(f"pantau {' '.join(arguments)}", took, "ms")
            yield Figure(f"pantau {' '.join(arguments)}, times bare Python", took / bare, "x")
