"""What an office gets to answer findings in says what was found, and is read again when it is filled in."""

from __future__ import annotations

from datetime import UTC

import pytest

from inbox import Answered, Reason, Returned, read_answers
from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tui import arriving, finding_sheet, words
from tui.workspace import Workspace, now
from workflow import Action, Checklists, Database, Defect, Mark, defects_of

FOUND = (
    Defect("Tabel capaian tidak ada", "ringkasan", 12),
    Defect("Jawaban: --- Temuan 9 --- [bold]=1+1 " * 9),
    Defect("\x1b]0;x\x07\u202e\nsampul"),
)


@pytest.fixture
def returned(elsewhere: Elsewhere) -> Returned:
    """A report that was returned with three findings, one of them hostile."""
    register, sent = elsewhere.register, elsewhere.submit(LKJIP)
    item = next(item for item in sent.requirement.checklist if item.group)
    found = (FOUND[0]._replace(code=item.code), *FOUND[1:])
    moved = register.perform(Action.RETURN, sent, SARI, findings=found)
    return Returned(moved, register.trail(moved.id)[-1], tuple(register.findings(moved)))


def test_it_says_what_was_found_where_by_whom_and_when(returned: Returned, spoken: str) -> None:
    text = finding_sheet.text(returned, UTC).decode("utf-8-sig")

    item = next(item for item in returned.obligation.requirement.checklist if item.group)
    facts = {
        "id": ("--- Temuan 1 ---", "halaman 12", "oleh sari", "3 temuan", "Jawaban:", "belum"),
        "en": ("--- Finding 1 ---", "page 12", "by sari", "3 findings", "Answer:", "does not meet"),
    }[spoken]
    where = (words.title(returned.obligation), words.moment(returned.record.at, UTC), words.group(item.group))
    for fact in (*facts, *where, returned.sheet.line, "Tabel capaian tidak ada", "\ufffd]0;x\ufffd\ufffd sampul"):
        assert fact in text
    assert max(map(len, text.splitlines())) <= 100
    assert "\x1b" not in text


def test_it_is_known_again_and_has_no_answer_yet(returned: Returned, spoken: str) -> None:
    assert read_answers(finding_sheet.text(returned, UTC), "x.txt") == Answered(returned.sheet, ())


def test_what_is_written_below_each_finding_is_its_answer(returned: Returned, spoken: str) -> None:
    mark = {"id": "Jawaban:", "en": "Answer:"}[spoken]
    *parts, rest = finding_sheet.text(returned, UTC).decode("utf-8-sig").split(f"\r\n{mark}\r\n")

    filled = "".join(f"{part}\r\n{mark}\r\nsudah {n}\r\n" for n, part in enumerate(parts, start=1)) + rest

    told = read_answers(filled.encode("cp1252", errors="replace"), "x.txt")
    assert told == Answered(returned.sheet, ((1, "sudah 1"), (2, "sudah 2"), (3, "sudah 3")))


def test_each_reason_why_an_answer_waits_has_a_sentence_of_its_own(spoken: str) -> None:
    told = {arriving.reason(one) for one in Reason if one.value.startswith("answer")}

    assert len(told) == 5


def test_what_a_mark_says_of_an_item_is_told_with_it(elsewhere: Elsewhere, workspace: Workspace, spoken: str) -> None:
    """An item says what is asked: read as a finding, it would say the opposite."""
    sent, database = elsewhere.submit(LKJIP), Database(workspace.database)
    first, second, third = sent.requirement.checklist[:3]
    lists = Checklists(database, now)
    lists.tick(sent, SARI, first.code, Mark.NOT_FOUND)
    lists.tick(sent, SARI, second.code, Mark.NEEDS_REPAIR, page=2, note="tabel 1")
    found = defects_of(sent.requirement, lists.of(sent, SARI).values())
    database.close()
    moved = elsewhere.register.perform(Action.RETURN, sent, SARI, findings=(*found[:3], Defect("sampul")))
    record = elsewhere.register.trail(moved.id)[-1]

    told = finding_sheet.text(Returned(moved, record, tuple(elsewhere.register.findings(moved))), UTC).decode()
    unmarked = {"id": "belum dipenuhi", "en": "not met yet"}[spoken]
    wrong = (
        f"| {words.mark(Mark.NOT_FOUND)}: {first.text}",
        f"| {words.mark(Mark.NEEDS_REPAIR)}: {second.text}: tabel 1",
        f"| {unmarked}: {third.text}",
        "| sampul",
    )
    assert all(line[:60] in told for line in wrong)
    assert record.findings[:3] == found[:3]
