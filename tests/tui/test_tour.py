"""`make demo` without a terminal tells the whole job, and ends well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_tour_tells_the_whole_job_and_ends_well(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    told = subprocess.run(
        [sys.executable, "-m", "tui", "--lang", "en", "demo", str(folder)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")
    for step in (
        "scan0024.pdf: filed as bappeda/renaksi/",
        "Lampiran 2 PK",
        "rini cannot review",
        "the review (record 4) fell",
        "approved: budi (approver)",
        " 0 faults",
    ):
        assert step in told.stdout
