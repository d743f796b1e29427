"""The screens in a bare pty, against the budgets, bare Python and a DataTable of the same size."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import made_regions
from benchmarks.bare_terminal import BareTerminal
from benchmarks.measure import Figure, median_ms, pantau

_SIZES = ((80, 24), (120, 40))
_GRIDS = ((50, 25), (600, 60))
_STARTS, _PRESSES = 5, 10
_KEYS = {"down": b"j", "right": b"l", "PageDown": b"\x1b[6~"}
# TERMINAL.md 6.7; times are told as multiples of a Python that does nothing, in the same run.
_FIRST_PAINT, _LAST_BYTE = 25.0, 5.0
_START_KB = {(80, 24): 40.0, (120, 40): 150.0}
_KEY_KB = {"down": 4.0, "right": 4.0, "PageDown": 45.0}
_MEMORY_MB = 60.0
_IDLE_SECONDS = 5.0
_FIRST_OFFICE = "001"  # of its name or its code, as there is room


def measure() -> Iterator[Figure]:
    """50 x 25 and 600 x 60, at 80x24 and at 120x40; kilobytes are thousands of bytes."""
    bare = median_ms([sys.executable, "-I", "-c", "pass"], runs=20)
    yield Figure("python3 -I -c pass", bare, "ms")
    for offices, requirements in _GRIDS:
        with tempfile.TemporaryDirectory() as folder:
            root = made_regions.make(Path(folder) / "w", offices, requirements).root
            ours = pantau(root, "--as", "sari")
            theirs = [sys.executable, "-m", "benchmarks.datatable", str(offices), str(requirements)]
            for size in _SIZES:
                name = f"{offices}x{requirements} {size[0]}x{size[1]}"
                yield from _measured(f"{name} pantau", ours, size, bare, is_held=True)
                yield from _measured(f"{name} DataTable", theirs, size, bare, is_held=False)


def _measured(
    name: str, command: Sequence[str], size: tuple[int, int], bare: float, *, is_held: bool
) -> Iterator[Figure]:
    def held(limit: float) -> float | None:
        return limit if is_held else None

    starts = []
    for _ in range(_STARTS):
        with BareTerminal(command, *size, _FIRST_OFFICE) as screens:
            starts.append(screens.started)
            screens.press(b"q", patience=5.0)
    paint = statistics.median(one.seen for one in starts)
    yield Figure(f"{name}: first paint", paint, "ms")
    yield Figure(f"{name}: first paint, times bare Python", paint / bare, "x", held(_FIRST_PAINT))
    yield Figure(f"{name}: start", starts[0].kilobytes, "KB", held(_START_KB[size]))
    with BareTerminal(command, *size, _FIRST_OFFICE) as screens:
        for key, typed in _KEYS.items():
            bursts = [screens.press(typed) for _ in range(_PRESSES)]
            last = statistics.median(one.last for one in bursts)
            yield Figure(f"{name}: {key}, most", max(one.kilobytes for one in bursts), "KB", held(_KEY_KB[key]))
            yield Figure(f"{name}: {key}, last byte", last, "ms")
            yield Figure(f"{name}: {key}, last byte, times bare Python", last / bare, "x", held(_LAST_BYTE))
        for what, typed in {"palette opens": b":", "palette, a letter": b"d", "palette closes": b"\x1b"}.items():
            burst = screens.press(typed)
            yield Figure(f"{name}: {what}", burst.kilobytes, "KB")
            yield Figure(f"{name}: {what}, last byte", burst.last, "ms")
        yield Figure(f"{name}: {_IDLE_SECONDS:g} s of nothing", screens.idle(_IDLE_SECONDS), "KB", held(0.0))
        yield Figure(f"{name}: memory", screens.resident(), "MB", held(_MEMORY_MB))
        yield Figure(f"{name}: quit", screens.press(b"q", patience=5.0).last, "ms")
