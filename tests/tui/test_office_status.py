"""What an office reads of itself in its folder is what the screens say, and all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inbox import Hold, Holding
from tests.tui.conftest import BUDI, LKJIP, SARI, Elsewhere
from tui import office_status
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Actor, Role

PK = "diskes/pk/2026"
ANI = Actor("ani", Role.BUREAU)


def status(workspace: Workspace, at: datetime | None = None, office: str = "diskes") -> str:
    """As one line, however it is broken."""
    return " ".join(lines(workspace, at, office))


def lines(workspace: Workspace, at: datetime | None = None, office: str = "diskes") -> list[str]:
    asked = Session(workspace)
    try:
        one, region = asked.register.office(office), workspace.settings.region
        text = office_status.text(asked.database, one, at or now(), region, 2026, workspace.zone)
        return [" ".join(line.split()) for line in text.splitlines()]
    finally:
        asked.close()


def part(workspace: Workspace, heading: str, at: datetime | None = None) -> str:
    """What stands below a heading, up to the next blank line."""
    told = lines(workspace, at)
    begin = next((i for i, line in enumerate(told) if line.startswith(heading)), None)
    if begin is None:
        return ""
    rest = told[begin + 1 :]
    return " ".join(rest[: rest.index("")] if "" in rest else rest)


def test_it_says_when_it_was_written_and_until_when_it_holds(workspace: Workspace, spoken: str) -> None:
    at = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)  # the sixth by now, in Jakarta

    said = status(workspace, at)

    told = {
        "id": "Ditulis 6 Mar 2026 01.30 WIB, berlaku sampai akhir 6 Maret 2026.",
        "en": "Written 6 Mar 2026 01:30 WIB, holds until the end of 6 March 2026.",
    }
    assert told[spoken] in said
    assert "Dinas Kesehatan (diskes), Provinsi Lampung" in said


def test_what_was_returned_comes_with_its_findings(workspace: Workspace, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, "Tabel capaian tidak ada", "Sampul salah")

    said = part(workspace, "RETURNED")

    assert "Annual performance report 2025" in said
    assert "returned by sari on " in said
    assert "1. still open: Tabel capaian tidak ada 2. still open: Sampul salah" in said
    assert "Annual performance report 2025" not in part(workspace, "LATE")


def test_late_and_due_next_change_places_with_the_day(workspace: Workspace, elsewhere: Elsewhere) -> None:
    due = elsewhere.register.obligation(PK).due
    assert due
    noon = datetime(due.year, due.month, due.day, 5, tzinfo=UTC)

    assert "Performance agreement (PK) 2026" not in part(workspace, "LATE", noon)
    assert f", due {due.day} " in part(workspace, "DUE NEXT", noon)
    assert ", today" in part(workspace, "DUE NEXT", noon)
    assert ", in 3 days" in part(workspace, "DUE NEXT", noon - timedelta(days=3))
    assert ", 1 day late" in part(workspace, "LATE", noon + timedelta(days=1))


def test_what_the_bureau_has_says_who_has_to_act_since_when(workspace: Workspace, elsewhere: Elsewhere) -> None:
    o = elsewhere.submit(LKJIP)
    elsewhere.register.perform(Action.TAKE, o, SARI)
    assert ", submitted, waits for reviewer biro-organisasi since " in part(workspace, "WITH THE BUREAU")
    assert ", held by: sari" in part(workspace, "WITH THE BUREAU")

    elsewhere.decide(Action.REVIEW, LKJIP, SARI)
    assert ", reviewed, waits for approver" in part(workspace, "WITH THE BUREAU")

    elsewhere.decide(Action.APPROVE, LKJIP, BUDI)
    assert part(workspace, "WITH THE BUREAU") == ""
    assert "1 of " in status(workspace)


def test_a_draft_is_not_taken_for_the_document(workspace: Workspace, elsewhere: Elsewhere) -> None:
    o = elsewhere.register.obligation(LKJIP)
    digest = elsewhere.keep(b"draft")
    elsewhere.register.perform(Action.SAVE, o, Actor.office("diskes"), content=digest, name="draft.pdf")

    assert "Annual performance report 2025, due 28 February 2026, " in part(workspace, "LATE")
    assert ", only a draft is here" in part(workspace, "LATE")


def test_what_is_waived_is_not_told(workspace: Workspace, elsewhere: Elsewhere) -> None:
    o = elsewhere.register.obligation(LKJIP)
    elsewhere.register.perform(Action.WAIVE, o, ANI, note="tidak berlaku")

    assert "Annual performance report" not in status(workspace)


def test_what_lies_there_and_is_not_taken_says_why(workspace: Workspace, elsewhere: Elsewhere) -> None:
    held = {b"diskes/draft/LKjIP 2025.pdf": Hold.PDF_END, b"bappeda/rahasia.pdf": Hold.EMPTY}
    Holding(elsewhere._database, "").update(held, now().isoformat())

    assert part(workspace, "STILL IN YOUR FOLDER") == "LKjIP 2025.pdf: it is not complete; send it again"
    assert "rahasia" not in status(workspace)


def test_what_is_of_another_office_is_not_told(workspace: Workspace, elsewhere: Elsewhere) -> None:
    elsewhere.submit("bappeda/lkjip/2025")
    elsewhere.decide(Action.RETURN, "bappeda/lkjip/2025", SARI, "Rahasia bappeda")

    assert "Rahasia bappeda" not in status(workspace)
    assert "Rahasia bappeda" in status(workspace, office="bappeda")


@pytest.mark.parametrize("name", ["\x1b]52;c;aGk=\x07.pdf", "a\u202efdp.pdf", "bad[/].pdf", "PANTAU-STATUS diskes"])
def test_no_name_makes_it_do_anything(workspace: Workspace, elsewhere: Elsewhere, name: str) -> None:
    Holding(elsewhere._database, "").update({f"diskes/{name}".encode(): Hold.EMPTY}, now().isoformat())

    said = "\n".join(lines(workspace))

    assert not set("\x1b\x07\u202e") & set(said)
    assert ": it is empty; send it again" in said


def test_its_lines_fit_into_a_notepad(workspace: Workspace, elsewhere: Elsewhere, spoken: str) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, "Tabel capaian tidak ada, padahal diminta pada bab tiga " * 5)

    assert max(map(len, lines(workspace))) <= 76
