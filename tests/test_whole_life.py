"""A whole life: from a file in a drop folder to an approved document, with the real watcher."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui import refusals
from tui.language import use
from tui.main import main
from tui.samples import sample
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Obligation, Refused, State, verify

PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"

[[person]]
name = "rini"
role = "administrator"

[[person]]
name = "budi"
role = "approver"
"""
LKJIP = "diskes/lkjip/2025"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "ruang"
    assert main(["init", str(root), "--region", "Provinsi Lampung", "--year", "2026", "--lang", "en"]) == 0
    (root / "catalogue" / "people.toml").write_text(PEOPLE, encoding="utf-8")
    settings = (root / "pantau.toml").read_text(encoding="utf-8")
    (root / "pantau.toml").write_text(settings.replace("settle = 2.0", "settle = 0.3"), encoding="utf-8")
    return Workspace(root)


@pytest.fixture
def watcher(workspace: Workspace) -> Iterator[None]:
    """`pantau watch`, as a service would run it."""
    command = [sys.executable, "-m", "tui", "--workspace", str(workspace.root), "watch"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        process.stderr.close()


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    session = Session(workspace)
    yield session
    session.close()


def drop(session: Session, name: str, edition: int, until: Callable[[Obligation], bool]) -> Obligation:
    """Drop a document into the office's folder and wait until the watcher has moved the obligation."""
    content = sample("lkjip", "Dinas Kesehatan", "2025", region="Provinsi Lampung", edition=edition)
    (session.workspace.inbox / "diskes" / name).write_bytes(content)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        obligation = session.register.obligation(LKJIP)
        if until(obligation):
            return obligation
        time.sleep(0.05)
    pytest.fail(f"{name} was not taken")


def decide(session: Session, who: str, action: Action, seen: Obligation, *findings: str) -> Obligation:
    return session.register.perform(action, seen, session.people[who], findings=findings)


def test_a_document_lives_from_missing_to_approved(session: Session, watcher: None) -> None:
    assert session.register.obligation(LKJIP).is_missing

    draft = drop(session, "LKjIP 2025 konsep.pdf", 1, lambda o: o.content is not None)
    assert draft.state is State.DRAFT

    sent = drop(session, "LKjIP 2025.pdf", 2, lambda o: o.state is State.SUBMITTED)
    returned = decide(session, "sari", Action.RETURN, sent, "Bab III belum membandingkan dengan tahun lalu.")
    assert returned.is_returned

    again = drop(session, "LKjIP 2025 revisi.pdf", 3, lambda o: o.state is State.SUBMITTED)
    assert again.round == 2
    reviewed = decide(session, "sari", Action.REVIEW, again)

    newer = drop(session, "LKjIP 2025 final.pdf", 4, lambda o: o.state is State.SUBMITTED)
    assert newer.reviewer is None
    assert session.register.trail(newer.id)[-1].cancels == (reviewed.seq,)

    reviewed = decide(session, "rini", Action.REVIEW, newer)
    with pytest.raises(Refused) as own_review:
        decide(session, "rini", Action.APPROVE, reviewed)
    use("en")
    assert refusals.error(own_review.value, session.people) == (
        "rini cannot approve Annual performance report 2025, Dinas Kesehatan: "
        "rule of other eyes, rini has reviewed it. Who could: budi (approver)."
    )
    approved = decide(session, "budi", Action.APPROVE, reviewed)

    assert approved.state is State.APPROVED
    assert approved.content == newer.content
    actions = [record.action for record in session.register.trail(approved.id)]
    assert actions == ["save", "submit", "return", "submit", "review", "submit", "review", "approve"]
    assert verify(session.database).faults == ()


def test_whoever_placed_a_file_does_not_review_it(session: Session, watcher: None) -> None:
    scan = session.workspace.inbox / "diskes" / "scan0024.pdf"
    scan.write_bytes(b"Isinya tidak mengatakan apa-apa.")
    deadline = time.monotonic() + 30
    while not session.quarantine.count() and time.monotonic() < deadline:
        time.sleep(0.05)
    (held,) = session.quarantine.waiting()

    placed = session.quarantine.place(held.id, session.register.obligation(LKJIP), session.people["sari"])

    assert placed.state is State.SUBMITTED
    with pytest.raises(Refused) as own_work:
        decide(session, "sari", Action.REVIEW, placed)
    use("en")
    assert refusals.error(own_work.value, session.people) == (
        "sari cannot review Annual performance report 2025, Dinas Kesehatan: "
        "rule of other eyes, sari has submitted it. Who could: rini (reviewer)."
    )


@pytest.mark.parametrize("is_at_terminal", [True, False])
def test_a_watcher_ends_with_its_terminal_and_a_service_only_looks(
    workspace: Workspace, is_at_terminal: bool
) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "tui", "--workspace", str(workspace.root), "watch"]
    stdin = theirs if is_at_terminal else subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=stdin, stderr=subprocess.PIPE)
    assert process.stderr is not None
    process.stderr.readline()

    os.kill(process.pid, signal.SIGHUP)
    if is_at_terminal:
        assert process.wait(timeout=20) == 0
    else:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.terminate()
        assert process.wait(timeout=20) == 0
    process.stderr.close()
    for end in (ours, theirs):
        os.close(end)
