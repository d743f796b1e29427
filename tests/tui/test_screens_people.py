"""The people: what each holds, their mandates, and giving and ending one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.tui.conftest import LKJIP, PEOPLE, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen, until_told
from tui import language
from tui.app import PantauApp
from tui.screens.decision import Confirm
from tui.screens.document import DocumentScreen
from tui.screens.listing import Listing
from tui.screens.mandating import Delegate
from tui.screens.people import PeopleScreen
from tui.screens.person import PersonScreen
from tui.screens.remark import Remark
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Database, Mandate, Mandates

OTHERS = """
[[person]]
name = "dina"
role = "office"
unit = "diskes"
"""
ONLY_THEMSELVES = "People of an office see themselves only. Who reviews what, {about} tells of each document."
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once: nobody types ahead here."""
    monkeypatch.setattr(Confirm, "DEAF", 0.001)


@pytest.fixture
def app(workspace: Workspace, request: pytest.FixtureRequest) -> Iterator[PantauApp]:
    """At the screens sits sari, or whom a test names."""
    workspace.people.write_text(PEOPLE + OTHERS, encoding="utf-8")
    opened = Session(workspace, getattr(request, "param", "sari"))
    yield PantauApp(opened)
    opened.close()


async def opened(pilot: Screens) -> PeopleScreen:
    await pilot.press("6")
    await until(pilot, lambda: isinstance(pilot.app.screen, PeopleScreen) and not pilot.app.screen.is_old)
    screen = pilot.app.screen
    assert isinstance(screen, PeopleScreen)
    return screen


def go_to(app: PantauApp, name: str) -> None:
    listing = app.screen.query_one(Listing)
    listing.highlighted = [*listing._rows].index(name)


def given(workspace: Workspace) -> list[Mandate]:
    database = Database(workspace.database)
    found = Mandates(database, now).all()
    database.close()
    return found


def delegate(workspace: Workspace, note: str = "cuti") -> None:
    """Sari lets budi act in her place."""
    database, at = Database(workspace.database), now()
    Mandates(database, now).delegate(SARI, "budi", at, at + timedelta(days=3), note)
    database.close()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_it_tells_who_holds_how_much_and_what_each_has_done(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.TAKE, LKJIP, SARI)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await until_seen(pilot, language._("last active"))
        rows = [line for line in seen(app).splitlines() if re.match(r" (sari|budi|lina|dina) ", line)]

        assert [row.split()[0] for row in rows[:4]] == ["sari", "budi", "lina", "dina"]
        assert re.match(r" sari +\w+ +1 +1 ", rows[0])
        assert (language._("Last records, of thirty days") in seen(app)) is (size == LARGE)
        assert (f": {LKJIP}" in seen(app)) is (size == LARGE)


async def test_enter_lists_what_a_person_holds_and_enter_there_reads_it(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.TAKE, LKJIP, SARI)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen) and not app.screen.is_old)
        await until_seen(pilot, "LK 2025  Dinas Kesehatan")
        await until_seen(pilot, f"taken: {LKJIP}")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))


async def test_who_holds_nothing_says_so(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until_seen(pilot, language._("Holds nothing in {year}.").format(year=2026))
        await until_seen(pilot, language._("acts for nobody, and nobody for them"))


async def test_what_is_taken_elsewhere_is_seen_at_once_and_the_cursor_stays(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        go_to(app, "lina")
        elsewhere.decide(Action.TAKE, LKJIP, SARI)
        await until(pilot, lambda: screen._people["sari"].carried.held == 1)

        assert screen.query_one(Listing).chosen == "lina"


async def test_one_lets_the_person_under_the_cursor_act_in_ones_place(app: PantauApp, workspace: Workspace) -> None:
    until_when = (app._session.today() + timedelta(days=4)).isoformat()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        go_to(app, "budi")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Delegate) and app.screen.focused is not None)
        await pilot.press(*until_when, "enter", *"cuti", "enter")
        await until_told(pilot, "budi acts in your place.")
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen))

    (one,) = given(workspace)
    assert (one.giver, one.person, one.on_behalf, one.note) == ("sari", "budi", "sari", "cuti")


async def test_what_is_wrong_with_a_mandate_is_said_and_nothing_that_was_typed_is_lost(
    app: PantauApp, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        go_to(app, "budi")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Delegate) and app.screen.focused is not None)
        await pilot.press(*"soon", "enter", *"cuti", "enter")
        await until_seen(pilot, "soon is not a date")
        assert "cuti" in seen(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen))

    assert given(workspace) == []


@pytest.mark.parametrize("app", ["dina"], indirect=True)
async def test_an_offices_people_see_themselves_only(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        assert [*screen._people] == ["dina"]
        await until_seen(pilot, language._(ONLY_THEMSELVES)[:30])


async def test_a_mandate_is_ended_with_a_reason(app: PantauApp, workspace: Workspace) -> None:
    delegate(workspace)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        go_to(app, "budi")
        await until_seen(pilot, "x end mandate")
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Remark) and app.screen.focused is not None)
        await until_seen(pilot, "given by sari: cuti")
        await pilot.press("enter")
        await until_told(pilot, "a note is needed")
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Remark) and app.screen.focused is not None)
        await pilot.press(*"kembali", "enter")
        await until_told(pilot, "Mandate 1 is ended.")
        await until(pilot, lambda: "x end mandate" not in seen(app))

    (one,) = given(workspace)
    assert (one.revoked_by, one.revoked_why) == ("sari", "kembali")


@pytest.mark.parametrize("app", ["lina"], indirect=True)
async def test_nobody_ends_what_is_not_theirs(app: PantauApp, workspace: Workspace) -> None:
    delegate(workspace)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        go_to(app, "budi")
        await pilot.press("x")
        await until_told(pilot, "This person has no mandate that is yours to end.")

    assert given(workspace)[0].revoked_at is None


async def test_looking_back_nothing_is_given_or_ended(app: PantauApp, workspace: Workspace) -> None:
    asked = Session(workspace, "sari", at=now())
    past = PantauApp(asked)
    async with past.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("d")
        await until_told(pilot, "it can be looked at, not changed")
        assert isinstance(past.screen, PeopleScreen)
    asked.close()


async def test_where_nobody_is_listed_it_says_how_people_come_to_be(workspace: Workspace, spoken: str) -> None:
    workspace.people.write_text("", encoding="utf-8")
    asked = Session(workspace)
    app = PantauApp(asked)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await until_seen(pilot, "catalogue/people.toml")
    asked.close()


async def test_hostile_words_of_a_mandate_reach_no_terminal(app: PantauApp, workspace: Workspace) -> None:
    delegate(workspace, "bad[/] [@click=app.quit]x[/] \x1b]0;owned\x07 \u202efdp.exe")
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        go_to(app, "budi")
        await until_seen(pilot, "bad[/]")
        for key in ("x", "escape", "enter"):
            await pilot.press(key)
            await pilot.pause()
            assert OBEYED.search(seen(app)) is None
