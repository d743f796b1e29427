"""Run the benchmarks that are named, or all of them, and print one table for each."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import day, decisions, load, recognition, screens, searching, status, visible
from benchmarks.measure import Figure

PARTS = {
    "status": status.measure,
    "screens": screens.measure,
    "visible": visible.measure,
    "recognition": recognition.measure,
    "decisions": decisions.measure,
    "searching": searching.measure,
    "day": day.measure,
    "load": load.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help=", ".join(PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    figures: dict[str, list[Figure]] = {}
    print(f"{datetime.now(UTC):%Y-%m-%d} · Python {platform.python_version()} · {platform.machine()}")
    for part in options.parts or PARTS:
        print(f"\n{part}")
        figures[part] = []
        for figure in PARTS[part]():
            figures[part].append(figure)
            print(f"  {figure}", flush=True)
    if options.json:
        rows = {part: [figure._asdict() for figure in those] for part, those in figures.items()}
        options.json.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
