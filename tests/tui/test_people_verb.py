"""Who does what, how much each holds and has done, and who acts for whom, at the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.tui.conftest import BUDI, LKJIP, PEOPLE, SARI, Elsewhere
from tui import mandates, workspace
from tui.main import main
from tui.workspace import Workspace
from workflow import Action, Database, Mandate, Mandates, Role, utc

ZONE = ZoneInfo("Asia/Jakarta")
OTHERS = """
[[person]]
name = "dina"
role = "office"
unit = "diskes"
[[person]]
name = "tono"
role = "office"
unit = "bpbd"
"""


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    workspace.people.write_text(PEOPLE + OTHERS, encoding="utf-8")
    return workspace


@pytest.fixture
def at_work(place: Workspace, elsewhere: Elsewhere) -> Elsewhere:
    """Sari holds one report, has passed another on, and has taken back a third decision; Budi has approved one."""
    for name in (LKJIP, "bpbd/lkjip/2025", "bkd/lkjip/2025"):
        elsewhere.submit(name, content=name.encode())
    elsewhere.decide(Action.TAKE, LKJIP, SARI)
    elsewhere.decide(Action.REVIEW, "bpbd/lkjip/2025", SARI)
    elsewhere.decide(Action.APPROVE, "bpbd/lkjip/2025", BUDI)
    elsewhere.decide(Action.RETURN, "bkd/lkjip/2025", SARI, "tanpa tanggal")
    elsewhere.decide(Action.UNDO, "bkd/lkjip/2025", SARI)
    return elsewhere


def run(place: Workspace, *arguments: str) -> int:
    return main(["--lang", "en", "--workspace", str(place.root), *arguments])


def asked(place: Workspace, capsys: pytest.CaptureFixture[str], who: str, *arguments: str) -> Any:
    assert run(place, "--as", who, "people", *arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_everybody_is_listed_with_what_they_hold_and_have_finished(
    place: Workspace, at_work: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {one["name"]: one for one in asked(place, capsys, "lina")}

    assert [*found] == ["sari", "budi", "lina", "dina", "tono"]
    assert {name: one["held"] for name, one in found.items()} | {"dina": 0, "tono": 0} == {
        **dict.fromkeys(("budi", "lina", "dina", "tono"), 0),
        "sari": 2,  # whoever takes a decision back has it again
    }
    assert [(one["week"], one["month"]) for one in found.values()][:3] == [(1, 1), (1, 1), (0, 0)]
    assert found["sari"]["last"] == at_work.register.trail(at_work.register.obligation("bkd/lkjip/2025").id)[-1].at
    assert found["lina"]["last"] is None


def test_an_offices_people_hold_what_it_has_to_send(
    place: Workspace, at_work: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {one["name"]: one for one in asked(place, capsys, "lina")}
    owed = [
        o for o in at_work.register.obligations(year=2026, office="diskes") if o.is_open and o.turn is Role.OFFICE
    ]

    assert found["dina"]["held"] == len(owed)
    shown = asked(place, capsys, "lina", "show", "dina")["obligations"]
    assert {one["id"] for one in shown} == {o.id for o in owed}


def test_an_offices_people_see_themselves_only(
    place: Workspace, at_work: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [one["name"] for one in asked(place, capsys, "dina")] == ["dina"]
    assert run(place, "--as", "dina", "people", "show", "sari") == run(
        place, "--as", "dina", "people", "show", "nobody"
    )
    told = capsys.readouterr()
    assert "sari" not in told.out
    assert told.err.count("There is no person") == 2


def test_one_of_them_is_shown_with_documents_mandates_and_records(
    place: Workspace, at_work: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    today = workspace.now().astimezone(place.zone).date()
    days = ("--from", today.isoformat(), "--until", (today + timedelta(days=4)).isoformat(), "--note", "cuti")
    assert run(place, "--as", "budi", "delegate", "sari", *days) == 0
    capsys.readouterr()

    assert run(place, "--as", "lina", "people", "show", "sari") == 0
    out = capsys.readouterr().out
    for fact in ("acts for budi until ", "5 days left", "given by budi: cuti", LKJIP, f"taken: {LKJIP}"):
        assert fact in out
    assert out.index("undone: bkd/lkjip/2025") < out.index(f"taken: {LKJIP}")  # the newest first
    assert run(place, "--as", "lina", "people", "show", "budi") == 0
    assert "sari acts for them until " in capsys.readouterr().out
    assert run(place, "--as", "lina", "people", "show") == 2


def test_where_nobody_is_listed_it_says_how_people_come_to_be(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    place.people.write_text("", encoding="utf-8")

    assert run(place, "people") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Write a [[person]] with a name and a role for each." in told.err


def test_a_holder_who_is_not_listed_any_more_is_named_all_the_same(
    place: Workspace, at_work: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    place.people.write_text(PEOPLE.replace('"sari"', '"sinta"'), encoding="utf-8")

    assert run(place, "--as", "lina", "people") == 0
    assert "sari   not listed  2 " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        pytest.param("2026-03-09T17:00", "acts for budi until 12 March 2026", id="its first moment"),
        pytest.param("2026-03-09T16:59", "acts for budi until 12 March 2026 (from 10 March 2026)", id="before it"),
    ],
)
def test_a_mandate_says_until_when_and_from_when_while_that_is_to_come(moment: str, said: str) -> None:
    one = _mandate(on_behalf="budi")
    at = utc(datetime.fromisoformat(moment).replace(tzinfo=UTC))

    assert mandates.summary(one, "sari", at, ZONE) == said
    assert mandates.summary(one, "budi", at, ZONE).startswith("sari acts for them until 12 March 2026")


def test_days_left_count_the_last_day(place: Workspace) -> None:
    last = datetime(2026, 3, 12, 16, 59, tzinfo=UTC)

    assert mandates.left(_mandate(), last, ZONE) == "1 day left"
    assert mandates.left(_mandate(), last - timedelta(days=2), ZONE) == "3 days left"
    assert mandates.summary(_mandate(), "sari", utc(last), ZONE) == "is approver too until 12 March 2026"


def test_a_mandate_that_is_over_is_not_told(
    place: Workspace, at_work: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    database, now = Database(place.database), workspace.now()
    Mandates(database, lambda: now - timedelta(days=9)).delegate(
        BUDI, "sari", now - timedelta(days=8), now - timedelta(days=2), "cuti"
    )
    ended = Mandates(database, lambda: now)
    one = ended.delegate(BUDI, "sari", now, now + timedelta(days=9), "cuti")
    assert [len(it["mandates"]) for it in asked(place, capsys, "lina")][:2] == [1, 1]

    ended.revoke(one.number, BUDI, "kembali")
    assert [len(it["mandates"]) for it in asked(place, capsys, "lina")][:2] == [0, 0]
    database.close()


def _mandate(on_behalf: str = "") -> Mandate:
    begins, ends = "2026-03-09T17:00:00.000000+00:00", "2026-03-12T17:00:00.000000+00:00"
    return Mandate(1, begins, "budi", "sari", Role.APPROVER, "", on_behalf, begins, ends, "cuti")
