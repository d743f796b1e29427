"""The process that a key starts: it ends with whoever reads its answer, and notes what it refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tui import serving

_WAITING = "from tui import serving; serving.begin(); import time; time.sleep(60)"


def test_it_ends_with_whoever_reads_its_answer_though_it_has_nothing_to_say() -> None:
    process = subprocess.Popen([sys.executable, "-c", _WAITING], stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdin is not None
    with process, process.stdin:
        process.stdout.close()
        assert process.wait(timeout=30) == 129


def test_it_goes_on_for_whoever_has_nothing_more_to_ask() -> None:
    """A client says that its input has ended long before it has read all."""
    program = "from tui import serving; serving.begin(); import time; time.sleep(0.5); print('answer')"
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True, check=True)

    assert done.stdout == b"answer\n"


def test_what_was_refused_is_a_line_in_the_log_whatever_was_typed(tmp_path: Path) -> None:
    serving.write_down(tmp_path, "ani", "status\n2026 lina refused: nothing\x1b[2J" + "x" * 9999)
    serving.write_down(tmp_path, "budi", "sh")

    first, second = (tmp_path / "ssh.log").read_text(encoding="utf-8").splitlines()
    assert " ani (" in first
    assert first.isprintable()
    assert len(first) < 300
    assert second.endswith(") refused: sh")


def test_the_log_fills_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_FULL", 1000)
    for number in range(100):
        serving.write_down(tmp_path, "ani", f"{number} {'x' * 100}")

    assert {one.name for one in tmp_path.iterdir()} == {"ssh.log", "ssh.log.1"}
    assert sum(one.stat().st_size for one in tmp_path.iterdir()) < 3000
    assert "refused: 99 " in (tmp_path / "ssh.log").read_text()


def test_a_log_that_cannot_be_written_is_no_reason_not_to_answer(tmp_path: Path) -> None:
    serving.write_down(tmp_path / "nowhere", "ani", "sh")
