"""All about an obligation: by which rule, when and why then, whether it is owed, and what has changed that."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, seen, until, until_seen, until_told
from tui import about, days_off, language
from tui.about import Known
from tui.app import PantauApp
from tui.main import main
from tui.screens.about import About
from tui.screens.office import OfficeScreen
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Actor, DayOff, Obligation, Role, Terms

ANI = Actor("ani", Role.BUREAU)
QUARTER, REVISED = "diskes/ukur-tw/2026-q1", "diskes/pk/2026+perubahan"
ZONE, TODAY = ZoneInfo("Asia/Jakarta"), date(2026, 3, 10)
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


def told(session: Session, name: str, *off: DayOff) -> dict[str, list[str]]:
    """The answer, by its questions."""
    o = session.register.obligation(name)
    known = Known(o, session.register.trail(o.id), session.people, off)
    found = about.sections(known, TODAY, ZONE)
    return {one.heading: [f"{label}: {value}" for label, value in one.facts] for one in found}


def perform(elsewhere: Elsewhere, action: Action, name: str, **said: object) -> Obligation:
    found = elsewhere.register.obligation(name)
    return elsewhere.register.perform(action, found, ANI, **said)  # type: ignore[arg-type]


def test_it_says_by_which_rule_when_and_how_sure_that_is(session: Session) -> None:
    found = told(session, LKJIP)

    assert f"id: {LKJIP}" in found["What it is"]
    assert "period: 2025 (1 January 2025 - 31 December 2025)" in found["What it is"]
    assert "rule: 2 months after the end of the period" in found["By which rule"]
    assert any(one.startswith("source: PermenPAN-RB 53/2014") for one in found["By which rule"])
    assert any(one.startswith("how sure: ") for one in found["By which rule"])
    assert "due: Sat, 28 February 2026 · late" in found["When it is due"]
    assert found["When it may be handed in and decided"] == ["handed in: always", "decided: always"]
    assert "reviews: biro-organisasi (sari)" in found["Who acts"]
    assert "approves: approver (budi)" in found["Who acts"]
    assert "What has changed its terms" not in found


def test_holidays_that_moved_the_date_are_named(session: Session, workspace: Workspace) -> None:
    off = days_off.of(session.register.obligation(QUARTER), workspace)

    assert "days off, not counted: Fri, 3 April 2026 (Good Friday)" in told(session, QUARTER, *off)["When it is due"]
    with language.speaking("id"):
        (day,) = days_off.of(session.register.obligation(QUARTER), workspace)
    assert day.name == "Wafat Yesus Kristus"


def test_a_catalogue_that_cannot_be_used_names_no_holidays(session: Session, workspace: Workspace) -> None:
    (workspace.catalogue / "calendar.toml").write_text("plan = [", encoding="utf-8")

    assert days_off.of(session.register.obligation(QUARTER), workspace) == ()


def test_a_catalogue_that_cannot_be_read_names_no_holidays_either(session: Session, workspace: Workspace) -> None:
    (workspace.catalogue / "calendar.toml").unlink()
    (workspace.catalogue / "calendar.toml").mkdir()

    assert days_off.of(session.register.obligation(QUARTER), workspace) == ()


def test_an_extension_says_by_whom_until_when_and_why(session: Session, elsewhere: Elsewhere) -> None:
    perform(elsewhere, Action.EXTEND, LKJIP, due=date(2026, 12, 31), note="banjir")
    found = told(session, LKJIP)

    assert "due: Thu, 31 December 2026" in found["When it is due"]
    assert any("extended from 28 February 2026" in one for one in found["When it is due"])
    (change,) = found["What has changed its terms"]
    assert change.startswith("extended: ani, ")
    assert change.endswith(": banjir · new due date: 31 December 2026")


def test_what_is_conditional_says_what_would_make_it_owed_and_what_has(
    session: Session, elsewhere: Elsewhere
) -> None:
    owed = "Whether it is owed"
    assert told(session, REVISED)[owed] == ["owed: not yet: once it is declared, or a file arrives for it"]

    perform(elsewhere, Action.DECLARE, REVISED, note="mutasi")
    declared, by = told(session, REVISED)[owed]
    assert declared == "owed: yes, it is declared"
    assert re.fullmatch(r"decided by: ani, .*: mutasi", by)

    perform(elsewhere, Action.REINSTATE, REVISED, note="keliru")
    elsewhere.submit(REVISED, content=b"it came all the same")
    assert told(session, REVISED)[owed][0] == "owed: yes, since a file has arrived for it"

    perform(elsewhere, Action.WAIVE, "bpbd/pk/2026", note="dilebur")
    assert told(session, "bpbd/pk/2026")[owed][0] == "owed: no, it is waived"


def test_a_window_is_told_in_days_of_the_region(session: Session, elsewhere: Elsewhere) -> None:
    opens, closes = datetime(2026, 1, 4, 17, tzinfo=UTC), datetime(2026, 2, 28, 17, tzinfo=UTC)
    packed = json.dumps([[opens.isoformat(), closes.isoformat()], None])
    perform(elsewhere, Action.AMEND, LKJIP, terms=Terms(windows=packed), note="per SE 1/2026")

    handed_in, decided = told(session, LKJIP)["When it may be handed in and decided"]
    assert handed_in == "handed in: 5 January 2026 - 28 February 2026"
    assert decided == "decided: always"

    perform(elsewhere, Action.ADMIT, LKJIP, note="terlambat karena banjir")
    found = told(session, LKJIP)
    assert found["When it may be handed in and decided"][0] == "handed in: always"
    assert [one.partition(":")[0] for one in found["What has changed its terms"]] == [
        "amended from the catalogue",
        "admitted outside its window",
    ]


def test_what_it_comes_after_is_named_while_it_is_not_approved(session: Session) -> None:
    linked = told(session, "diskes/renja/2026")["What it goes with"]

    assert "of that not approved yet: diskes/renstra/2025-2029" in linked


@pytest.mark.parametrize("name", [LKJIP, QUARTER, REVISED, "pemda/rpjpd/2025-2045", "diskes/renstra/2025-2029"])
def test_no_fact_is_empty_and_nothing_says_none(session: Session, name: str, spoken: str) -> None:
    for heading, facts in told(session, name).items():
        assert facts, heading
        assert not [one for one in facts if one.endswith(": ") or "None" in one]


def test_the_verb_tells_the_same_and_as_data(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    perform(elsewhere, Action.EXTEND, QUARTER, due=date(2026, 12, 31), note="banjir")
    asked = ["--lang", "en", "--workspace", str(workspace.root), "--as", "sari", "about", QUARTER]

    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [one for one in lines if not one.startswith("  ")][:3] == ["What it is", "By which rule", "When it is due"]
    assert "  days off, not counted: Fri, 3 April 2026 (Good Friday)" in lines

    assert main([*asked, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["id"], data["due"], data["ruled"]) == (QUARTER, "2026-12-31", "2026-04-15")
    assert data["days_off"] == [{"day": "2026-04-03", "name": "Good Friday"}]
    assert [one["action"] for one in data["changes"]] == ["extend"]
    assert main([*asked[:-1], "diskes/nothing/2026"]) != 0


async def test_the_key_tells_all_about_what_is_under_the_cursor(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("I")
        await until(pilot, lambda: isinstance(app.screen, About))
        await until_seen(pilot, language._("By which rule"))
        assert isinstance(app.screen, About)

        await pilot.press("I")
        await until(pilot, lambda: not isinstance(app.screen, About))


@pytest.mark.parametrize("where", ["office", "queue"])
async def test_it_is_there_wherever_a_document_is_under_the_cursor(
    app: PantauApp, elsewhere: Elsewhere, where: str
) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=LARGE) as pilot:
        if where == "office":
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, OfficeScreen))
        else:
            await pilot.press("2")
            await until_seen(pilot, "LK 2025")
        await pilot.press("I")
        await until_seen(pilot, "By which rule")


async def test_a_view_without_documents_says_so(app: PantauApp) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2")
        await until_seen(pilot, "my unit's 0")
        await pilot.press("I")
        await until_told(pilot, "There is no document under the cursor.")


async def test_it_scrolls_on_a_small_terminal_and_names_the_holidays(app: PantauApp) -> None:
    obligation = app._session.register.obligation(QUARTER)
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(About(app._session, obligation))
        await until_seen(pilot, "What it is")
        assert "Who acts" not in seen(app)
        await pilot.press("space", "space")
        await until_seen(pilot, "Who acts")
        await pilot.press(*"kkkkkkkkkk")
        await until_seen(pilot, "Good Friday")


async def test_hostile_words_of_a_note_reach_no_terminal(app: PantauApp, elsewhere: Elsewhere) -> None:
    hostile = "bad[/] [@click=app.quit]x[/] \x1b]0;owned\x07 \u202efdp.exe"
    perform(elsewhere, Action.EXTEND, LKJIP, due=date(2026, 12, 31), note=hostile)
    elsewhere.register.perform(Action.COMMENT, elsewhere.register.obligation(LKJIP), SARI, note=hostile)
    obligation = app._session.register.obligation(LKJIP)
    async with app.run_test(size=LARGE) as pilot:
        app.push_screen(About(app._session, obligation))
        await until_seen(pilot, "What it is")
        await pilot.press(*["space"] * 3)
        await until_seen(pilot, "bad[/] [@click=app.quit]x[/]")

        assert OBEYED.search(seen(app)) is None
