"""A day at the screens, replayed in minutes: what it does to memory, to the cursor and to the write-ahead log.

`python -m benchmarks.day --rounds 4` replays a part of it by itself.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import made_regions
from benchmarks.measure import Figure, until
from benchmarks.terminal import Terminal
from tui.workspace import Workspace, now
from workflow import Action, Actor, Register, Role, State

# What people do, key by key as tmux calls them, from the overview and back to it.
_ERRANDS: tuple[tuple[str, ...], ...] = (
    (*"jjjjjjjjllllkkkkhh", "NPage", "NPage", "PPage", "G", "g", "n", "n", "N"),
    ("/", *"dinas 01", "Enter", *"jjjlll", "Escape"),
    ("m", *"jjj", "m", *"kk", "Escape"),
    ("Enter", *"jjjjkk", "Enter", "Space", "Space", "Escape", "]", "]", "[", "Escape"),
    ("2", *"jjjjjj", "Enter", "Space", *"jjjj", "Tab", *"jj", "Escape", "m", "m", "Escape"),
    ("3", *"jjkk", "Tab", *"jj", "Escape"),
    ("4", *"dokumen 07", "Down", "Down", "Enter", "Escape", "Escape", "Escape"),
    ("5", *"jjjjjj", "Escape"),
    ("6", *"jj", "Escape"),
    ("?", *"jjj", "Escape"),
    (":", *"dinas 03", "Down", "Escape"),
    ("t", "Space", "Space", "G", "g", "n", "Escape"),
)
# A key every six seconds for eight hours: 4,800 of them.
ROUNDS = 32
_PAUSE = 0.02
_SEEN_WITHIN = 10.0
_STILL = 0.5


class Day(NamedTuple):
    """What was seen. `memory` is in MB, after each round; `jumps` counts cursors that moved by themselves.

    `log` is the largest that the write-ahead log grew, in MB; `is_released` says that it could be emptied at the end,
    while the screens were open.
    """

    keys: int
    moves: int
    memory: tuple[float, ...]
    jumps: int
    log: float
    is_released: bool


def measure(rounds: int = ROUNDS) -> Iterator[Figure]:
    """A whole day on 50 offices with 25 documents each."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        day = replay(made_regions.make(Path(folder) / "w", 50, 25, moved=200), rounds)
        yield Figure("keys", day.keys, "")
        yield Figure("moves made by others meanwhile", day.moves, "")
        yield Figure("replayed in", time.perf_counter() - begin, "s")
        settled = day.memory[len(day.memory) // 4]
        yield Figure("memory after a quarter of the day", settled, "MB")
        yield Figure("memory at the end", day.memory[-1], "MB")
        yield Figure("grown since", day.memory[-1] - settled, "MB", 3.0)
        yield Figure("cursors that moved by themselves", day.jumps, "", 0)
        yield Figure("the log at its largest", day.log, "MB", 8.0)
        yield Figure("log that the screens would not let go of", float(not day.is_released), "", 0)


def replay(workspace: Workspace, rounds: int) -> Day:
    """Go through every errand so many times, while somebody else moves documents."""
    keys, moves, jumps, log, memory = 0, 0, 0, 0.0, list[float]()
    others = _moves(workspace)
    with Terminal(workspace.root, 120, 40, "--as", "sari") as terminal:
        until(lambda: "Dinas 001" in terminal.text(), "the overview")
        for _ in range(rounds):
            for errand in _ERRANDS:
                for key in errand:
                    terminal.press(key)
                    time.sleep(_PAUSE)
                keys += len(errand)
                _go_home(terminal)
                jumps += _jumps(terminal, others)
                moves += 1
                log = max(log, _log_size(workspace))
            memory.append(_resident(terminal.process()))
        is_released = _is_released(workspace)
    return Day(keys, moves, tuple(memory), jumps, log, is_released)


def _go_home(terminal: Terminal) -> None:
    """To the overview, whatever is open."""
    for _ in range(6):
        terminal.press("Escape")
        time.sleep(0.15)
        terminal.press("1")
        time.sleep(0.1)
        if _cursor(terminal):
            return
    raise SystemExit(f"lost on the way:\n{terminal.text()}")


def _cursor(terminal: Terminal) -> str:
    """The office under the cursor of the overview; empty where that is not open."""
    rows = (line for line in terminal.text().splitlines() if line.startswith("> Dinas "))
    return next((row[:11] for row in rows), "")


def _jumps(terminal: Terminal, move: Callable[[], str]) -> bool:
    """Let somebody else move a document, and say whether the cursor went anywhere when that was shown."""
    text = _settled(terminal)
    before = _cursor(terminal)
    move()
    seen = time.monotonic() + _SEEN_WITHIN
    while terminal.text() == text and time.monotonic() < seen:
        time.sleep(0.05)
    return _cursor(terminal) != before


def _settled(terminal: Terminal) -> str:
    """What it shows when all that was typed is done."""
    text, since = "", time.monotonic()
    while time.monotonic() - since < _STILL:
        if (shown := terminal.text()) != text:
            text, since = shown, time.monotonic()
        time.sleep(0.05)
    return text


def _moves(workspace: Workspace) -> Callable[[], str]:
    """Another process's part: pass on what waits, send it back, send it again, one document after the other."""
    register = Register(workspace.open_database(), now)
    lina = Actor("lina", Role.REVIEWER, "biro-organisasi")
    waiting = [one for one in register.obligations(year=made_regions.YEAR) if one.state is not State.APPROVED]
    those = iter([one for one in waiting if one.content] * 1000)

    def move() -> str:
        one = register.obligation(next(those).id)
        office = Actor(one.office.code, Role.OFFICE, one.office.code)
        if one.state is State.DRAFT:
            return register.perform(Action.SUBMIT, one, office, content=one.content, name="lagi.pdf").id
        if one.state is State.SUBMITTED:
            return register.perform(Action.RETURN, one, lina, findings=["belum ditandatangani"]).id
        return register.perform(Action.SUBMIT, one, office, content=one.content, name="lagi.pdf").id

    return move


def _log_size(workspace: Workspace) -> float:
    log = Path(f"{workspace.database}-wal")
    return log.stat().st_size / 1e6 if log.exists() else 0.0


def _is_released(workspace: Workspace) -> bool:
    """Whether nobody reads from the log any more, the screens included: it can be emptied."""
    database = workspace.open_database()
    busy, *_ = database.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
    database.close()
    return not busy


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.day", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    for figure in measure(parser.parse_args().rounds):
        print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
