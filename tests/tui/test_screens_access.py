"""The screens as each role has them, and what they become when the person does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tui.conftest import LKJIP, PEOPLE, Elsewhere
from tests.tui.screens import LARGE, seen, until, until_seen, until_told
from tui.app import PantauApp
from tui.screens.inbox import InboxScreen
from tui.screens.overview import OverviewScreen
from tui.screens.review import ReviewScreen
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Role, State

MORE = """
[[person]]
name = "dina"
role = "office"
unit = "diskes"
[[person]]
name = "tuti"
role = "auditor"
[[person]]
name = "ani"
role = "bureau"
[[person]]
name = "wati"
role = "administrator"
"""
NAMES = {
    Role.OFFICE: "dina",
    Role.REVIEWER: "sari",
    Role.APPROVER: "budi",
    Role.BUREAU: "ani",
    Role.LEADER: "lina",
    Role.AUDITOR: "tuti",
    Role.ADMINISTRATOR: "wati",
}
THEIRS = "bpbd/lkjip/2025"


@pytest.fixture
def app(workspace: Workspace, request: pytest.FixtureRequest) -> Iterator[PantauApp]:
    """At the screens sits somebody of the role that a test names."""
    workspace.people.write_text(PEOPLE + MORE, encoding="utf-8")
    opened = Session(workspace, NAMES[getattr(request, "param", Role.REVIEWER)])
    yield PantauApp(opened)
    opened.close()


def change(workspace: Workspace, before: str, after: str) -> None:
    """The administrator writes into people.toml."""
    text = workspace.people.read_text(encoding="utf-8")
    assert before in text
    workspace.people.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("app", Role, indirect=True)
async def test_every_role_has_every_screen_as_far_as_it_may_see(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.submit(THEIRS)
    is_office = app._session.actor.role is Role.OFFICE
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "Dinas Kesehatan")
        assert ("BPBD" in seen(app)) is not is_office
        assert f"of {1 if is_office else len(elsewhere.register.offices())} offices" in seen(app)
        for key in ("2", "3", "1", "enter", "right_square_bracket", "q", "c", "q", "t", "q"):
            await pilot.press(key)
            await pilot.pause()
            assert not is_office or "BPBD" not in seen(app)
        assert isinstance(app.screen, OverviewScreen)


@pytest.mark.parametrize("app", Role, indirect=True)
async def test_a_key_that_leads_nowhere_says_why(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.hold("surat.pdf", LKJIP)
    role = app._session.actor.role
    may_place = role in (Role.REVIEWER, Role.BUREAU, Role.ADMINISTRATOR)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        if role is Role.OFFICE:  # it came through no folder, so that it is not theirs
            await until_seen(pilot, "The quarantine is empty")
            return
        await until_seen(pilot, "surat.pdf")
        await pilot.press("1", "y")
        if may_place:
            await until(pilot, lambda: elsewhere.register.obligation(LKJIP).state is State.SUBMITTED)
        else:
            await until_told(pilot, f"{NAMES[role]} cannot place what waits in quarantine with the role of {role}.")
            assert elsewhere.register.obligation(LKJIP).state is State.DRAFT


@pytest.mark.parametrize("app", [Role.LEADER, Role.AUDITOR, Role.OFFICE, Role.BUREAU], indirect=True)
async def test_who_decides_nothing_reads_and_is_told_why(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        app.push_screen(ReviewScreen(app._session, elsewhere.register.obligation(LKJIP).id))
        await until_seen(pilot, "LAPORAN KINERJA")
        for key in ("t", "s", "b"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, ReviewScreen)
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.why_not(Action.REVIEW) == (
            f"not with the role of {app._session.actor.role}. Who could: sari, wati (reviewer)."
        )
        assert elsewhere.register.obligation(LKJIP).state is State.SUBMITTED


async def test_a_role_that_is_taken_away_is_gone_from_the_open_screens(
    app: PantauApp, workspace: Workspace, elsewhere: Elsewhere
) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=LARGE) as pilot:
        app.push_screen(ReviewScreen(app._session, elsewhere.register.obligation(LKJIP).id))
        await until_seen(pilot, "LAPORAN KINERJA")
        change(workspace, 'name = "sari"\nrole = "reviewer"', 'name = "sari"\nrole = "leader"')
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))

        assert app._session.actor.role is Role.LEADER
        await until_seen(pilot, "sari, leader")


async def test_who_becomes_one_of_an_office_sees_that_office_alone(
    app: PantauApp, workspace: Workspace, elsewhere: Elsewhere
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "BPBD")
        change(workspace, 'name = "sari"\nrole = "reviewer"', 'name = "sari"\nrole = "office"\nunit = "diskes"')
        await until_seen(pilot, "1 of 1 offices")

        assert "BPBD" not in seen(app)


async def test_who_is_not_listed_any_more_is_let_out_with_a_word(app: PantauApp, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "BPBD")
        change(workspace, 'name = "sari"', 'name = "sarah"')
        await until(pilot, lambda: app.return_code == 2)


async def test_a_file_that_is_being_saved_lets_nobody_out(app: PantauApp, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "BPBD")
        whole = workspace.people.read_text(encoding="utf-8")
        workspace.people.write_text("", encoding="utf-8")
        app._look()
        workspace.people.write_text(whole + "\n", encoding="utf-8")
        app._look()
        await pilot.pause()

        assert app.return_code is None
        assert app._session.actor.role is Role.REVIEWER
