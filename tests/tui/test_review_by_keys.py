"""A whole review in a real terminal of 80 by 24, by keys alone: ticks, a return, the repair, and the passing on."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from benchmarks.terminal import Terminal
from tests.tui.conftest import LKJIP, Elsewhere
from tests.tui.test_two_terminals import wait_until
from tui.samples import sample
from tui.workspace import Workspace
from workflow import FindingState, State

pytestmark = pytest.mark.needs("tmux")


def test_a_review_from_the_first_tick_to_the_approver(workspace: Workspace, elsewhere: Elsewhere) -> None:
    def shown(text: str) -> Callable[[], bool]:
        return lambda: text in terminal.text()

    def answer(question: str) -> None:
        wait_until(shown(question))
        time.sleep(1.0)  # what is typed before the question could be read is dropped

    elsewhere.submit(LKJIP)
    count = len(elsewhere.register.obligation(LKJIP).requirement.checklist)
    with Terminal(workspace.root, 80, 24, "--as", "sari", "--lang", "en") as terminal:
        wait_until(shown("1 Overview"))
        terminal.press("2")
        wait_until(shown("LK 2025"))
        terminal.press("Enter")
        wait_until(shown("t pass on to approval"))
        terminal.press("Tab")
        for place in range(1, count + 1):
            terminal.press("r" if place == 5 else "x")
            wait_until(shown(f"checklist {place}/{count}"))
            time.sleep(0.15)  # the same key sooner is one that is held down
        terminal.press("5", "c")
        answer("Note on the item")
        terminal.press(*"hlm 2", "Enter")
        wait_until(shown("[r]  5 There is an executive summary · p. 1 · hlm 2"))
        terminal.press("b")
        answer("1 line comes from your checklist")
        terminal.press("Tab")
        time.sleep(1.0)  # until then letters are text
        terminal.press("y")
        wait_until(lambda: elsewhere.register.obligation(LKJIP).state is State.DRAFT)

        better = sample("lkjip", "Dinas Kesehatan", "2025", region="Lampung") + b"\n% better"
        elsewhere.submit(LKJIP, file="Perbaikan.pdf", content=better)
        wait_until(lambda: "LK 2025" in terminal.text() and "Queue 1" in terminal.text())
        terminal.press("Enter")
        wait_until(shown("Perbaikan.pdf"))
        wait_until(shown("t pass on to approval"))
        terminal.press("Tab")
        wait_until(shown("? 1 needs repair: Ada ikhtisar eksekutif: hlm 2 (p. 1) · answered"))
        terminal.press("x")
        answer("Accept the repair?")
        terminal.press("y")
        wait_until(shown("accepted"))
        terminal.press("t")
        answer("Pass on?")
        terminal.press("y")
        wait_until(lambda: elsewhere.register.obligation(LKJIP).state is State.REVIEWED)

    assert elsewhere.register.obligation(LKJIP).findings == (FindingState.ACCEPTED,)
    returned = next(one for one in elsewhere.register.trail(elsewhere.register.obligation(LKJIP).id) if one.findings)
    assert (returned.findings[0].page, len(returned.checks)) == (1, count)
    assert "hlm 2" in returned.findings[0].text
