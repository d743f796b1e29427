"""Who has the export can verify it with a program of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.conftest import BUDI, DINKES, NEWER_FILE, SARI, WATI, Clock
from workflow import (
    Action,
    Database,
    Mandates,
    Obligation,
    Refused,
    Register,
    Terms,
    Unknown,
    exported,
    head_at,
    head_with,
    length_since,
    seal,
)

DOCS = (Path(__file__).parents[2] / "docs" / "trail.md").read_text(encoding="utf-8")
PROGRAM = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)[0]


@pytest.fixture
def lines(register: Register, database: Database, clock: Clock, submitted: Obligation) -> list[dict[str, Any]]:
    """The export of a life with all that a record can say, in words that JSON could write in several ways."""
    back = register.perform(Action.RETURN, submitted, SARI, note="—", findings=['"é"\u2028', "halaman 3"])
    register.perform(Action.COMMENT, back, SARI, note="lihat lampiran", about=[1])
    again = register.perform(Action.SUBMIT, register.obligation(back.id), DINKES, content=NEWER_FILE, name="ñ.pdf")
    register.perform(Action.TAKE, again, SARI)
    with pytest.raises(Refused):
        register.perform(Action.APPROVE, register.obligation(back.id), BUDI)
    register.perform(Action.WAIVE, register.obligation("disdik/pk/2026"), WATI, note="x", terms=Terms())
    mandate = Mandates(database, clock).grant(WATI, "b", SARI.role, "", clock.now, clock.now + timedelta(1), "cuti")
    Mandates(database, clock).revoke(mandate.number, WATI, "kembali")
    at = clock().isoformat(timespec="microseconds")
    known = "'dinkes', 'i', ?, 'quarantined', NULL, NULL, 'x', 0, '[]', '[]'"
    database.run(f"INSERT INTO arrival VALUES (1, ?, '', ?, 'a', {known})", at, b"\xff\xfe/a.pdf", NEWER_FILE)
    seal(database, "arrival", [1], at)
    return [json.loads(json.dumps(one)) for one in exported(database)]


def judged(lines: list[dict[str, Any]], folder: Path) -> str:
    """What the program of docs/trail.md says of an export: it imports nothing of ours, and sees none of our files."""
    (folder / "verify.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "trail.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    command = [sys.executable, "-I", "verify.py", "trail.jsonl"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
    return done.stdout + done.stderr


def test_an_export_is_whole_for_a_program_that_knows_nothing_of_us(
    lines: list[dict[str, Any]], register: Register, tmp_path: Path
) -> None:
    assert judged(lines, tmp_path) == f"whole, head {register.head()}\n"
    assert len(PROGRAM.strip().splitlines()) <= 25
    assert "workflow" not in PROGRAM


def test_an_export_has_everything_in_the_order_of_the_chain(lines: list[dict[str, Any]], database: Database) -> None:
    assert [one["number"] for one in lines[:-1]] == list(range(1, len(lines)))
    assert {one["relation"] for one in lines if one["kind"] == "seal"} > {
        "refusal",
        "mandate",
        "obligation",
        "office",
    }
    refused = next(one["row"] for one in lines if one.get("relation") == "refusal")
    assert (refused["actor"], refused["action"]) == ("budi", "approve")
    given, ended = (one["row"] for one in lines if one.get("relation") == "mandate")
    assert given is None  # the row is exported once, as it was sealed last
    assert ended["revoked_why"] == "kembali"
    assert lines[-1] == {"kind": "head", **head_at(database)._asdict()}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda lines: _move(lines).update(actor="budi"), id="who"),
        pytest.param(lambda lines: _move(lines).update(holder="budi"), id="who holds it"),
        pytest.param(lambda lines: _move(lines).update(dated="2020-01-01"), id="how old"),
        pytest.param(lambda lines: _move(lines).update(terms={"duty": "owed"}), id="terms"),
        pytest.param(lambda lines: _move(lines).update(checks=[["a", "meets", 0, ""]]), id="checklist"),
        pytest.param(lambda lines: lines.remove(_move(lines)), id="one less"),
        pytest.param(lambda lines: lines.insert(9, _move(lines)), id="one more"),
        pytest.param(lambda lines: lines[3]["row"].update(name="Dinas Lain"), id="a sealed row"),
        pytest.param(lambda lines: lines[3].update(digest="0" * 64), id="a seal"),
        pytest.param(lambda lines: lines[-1].update(hash="0" * 64), id="the head"),
    ],
)
def test_an_export_that_was_changed_does_not_fit(
    lines: list[dict[str, Any]], tmp_path: Path, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    change(lines)

    assert judged(lines, tmp_path).startswith("does not fit: [")


def _move(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return next(one for one in lines if one["kind"] == "move")


def test_a_head_that_was_noted_is_known_again(register: Register, database: Database, submitted: Obligation) -> None:
    noted = head_at(database)
    register.perform(Action.REVIEW, submitted, SARI)

    assert noted.hash != register.head()
    assert head_with(database, noted.hash) == head_with(database, noted.hash[:12].upper()) == noted
    assert length_since(database, noted.number) == (1, 0)
    assert head_at(database, datetime.fromisoformat(noted.at)) == noted


@pytest.mark.parametrize("said", ["0" * 64, "", "abc", "' OR 1 --      "])
def test_a_head_that_never_was_is_unknown(register: Register, database: Database, said: str) -> None:
    with pytest.raises(Unknown):
        head_with(database, said)
