"""The queue beside a review: where one is in it, what comes next, and what is finished today."""

from __future__ import annotations

import pytest

from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_read, until_seen, until_told
from tui import language, words
from tui.app import PantauApp
from tui.screens.decision import Confirm
from tui.screens.lineup import Lineup
from tui.screens.magnifier import Magnifier
from tui.screens.queue import finished_today, nothing_waits
from tui.screens.review import ReviewScreen
from tui.workspace import Workspace
from workflow import Action, Actor, Role, State

DINSOS, BKD = "dinsos/lkjip/2025", "bkd/lkjip/2025"
RINI = Actor("rini", Role.REVIEWER)
BETWEEN = (115, 30)


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once: nobody types ahead here."""
    monkeypatch.setattr(Confirm, "DEAF", 0.001)


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """Three offices have sent their report, in this order."""
    for name in (LKJIP, DINSOS, BKD):
        elsewhere.submit(name)
    return elsewhere


def subject(app: PantauApp) -> str:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen.subject


def lines(app: PantauApp) -> list[str]:
    """The view on top, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def pane(app: PantauApp) -> list[str]:
    """The lines of the queue beside the document."""
    return [row[1:27].rstrip() for row in lines(app) if row.startswith("│")]


async def answered(pilot: Screens, key: str) -> None:
    await pilot.press(key)
    await until_asked(pilot)
    await pilot.press("y")


async def test_the_queue_stands_beside_the_document_and_follows(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    sent.decide(Action.RETURN, BKD, SARI, "tanpa tanggal")
    sent.submit(BKD, content=b"repaired")
    async with app.run_test(size=LARGE) as pilot:
        app.push_screen(ReviewScreen(app._session, sent.register.obligation(LKJIP).id))
        await until_read(pilot)
        names = [sent.register.obligation(name).office for name in (LKJIP, DINSOS, BKD)]

        first, second, third = pane(app)[1:4]
        assert first.startswith(">!")
        assert first.endswith("LK")
        assert names[1].name in second
        assert third.endswith("LK+")
        await pilot.press("n")
        await until(pilot, lambda: pane(app)[2].startswith(">!") and pane(app)[1].startswith(" !"))
        await pilot.press("N", "N")
        await until(pilot, lambda: pane(app)[3].startswith(">!"))
        assert subject(app) == BKD


@pytest.mark.parametrize("size", [SMALL, BETWEEN])
async def test_where_there_is_no_room_the_neighbours_stand_in_one_line_above(
    app: PantauApp, sent: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("n")
        await until(pilot, lambda: subject(app) == DINSOS)
        await until(pilot, lambda: "2/3" in lines(app)[0])

        top = lines(app)[0]
        assert not app.screen.query_one(Lineup).display
        assert "‹ LK " in top
        assert " · LK 2025 Dinas Sosial · LK " in top
        assert " ›" in top


async def test_what_is_finished_today_stands_below_with_its_time_until_it_is_undone(
    app: PantauApp, sent: Elsewhere, spoken: str
) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await answered(pilot, "t")
        await until_seen(pilot, finished_today(1))
        zone = app._session.workspace.zone
        at = sent.register.trail(sent.register.obligation(LKJIP).id)[-1].at
        rows = pane(app)
        told = rows[rows.index(f" {finished_today(1)}") + 1]

        assert told.startswith(" t LK ")
        assert told.endswith(words.clock(at, zone))
        await pilot.press("u")
        await until(pilot, lambda: finished_today(1) not in seen(app))


async def test_a_queue_with_nothing_left_says_what_is_finished_and_what_comes_next(
    app: PantauApp, elsewhere: Elsewhere, spoken: str
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.REVIEW, LKJIP, SARI)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await until_seen(pilot, finished_today(1))

        assert nothing_waits(1) in seen(app)


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_who_has_no_unit_of_their_own_sees_all(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await until_seen(pilot, f"{language._('all')} 3")

        assert language._("my unit's") not in seen(app)


async def test_a_decision_on_what_another_is_at_work_on_says_so(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    sent.register.perform(Action.TAKE, sent.register.obligation(LKJIP), RINI)
    async with app.run_test(size=LARGE) as pilot:
        app.push_screen(ReviewScreen(app._session, sent.register.obligation(LKJIP).id))
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)

        await until_seen(pilot, language._("{name} has taken it and is at work on it.").format(name="rini"))


async def test_the_document_can_be_looked_at_closer_from_within_a_review(app: PantauApp, sent: Elsewhere) -> None:
    sent.submit(LKJIP, file="LKjIP v2.pdf")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        app.push_screen(ReviewScreen(app._session, sent.register.obligation(LKJIP).id))
        await until_read(pilot)
        await pilot.press("right_square_bracket")
        assert app.screen._reader.page == 2  # type: ignore[attr-defined]
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, Magnifier))
        await pilot.press("escape", "tab")
        await until_seen(pilot, "[ ]  1 ")
        await pilot.press("v")
        await until_told(pilot, "first version")

        assert app.screen.query_one("#document").display


async def test_what_came_after_a_decision_is_told_when_it_cannot_be_undone_and_the_one_before_can(
    app: PantauApp, sent: Elsewhere
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "enter")
        for _ in range(2):
            await until_read(pilot)
            await answered(pilot, "t")
            await until_told(pilot, words.done(Action.REVIEW))
        await until(pilot, lambda: subject(app) == BKD)
        sent.submit(DINSOS, content=b"a newer file")
        await pilot.press("u")
        await until_told(pilot, "cannot be undone any more. After it came: submitted, by dinsos.")
        await pilot.press("u")

        await until(pilot, lambda: sent.register.obligation(LKJIP).state is State.SUBMITTED)


@pytest.mark.parametrize("session", ["budi"], indirect=True)
async def test_ones_own_reopening_is_no_decision_that_u_takes_back(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    budi = Actor("budi", Role.APPROVER)
    sent.decide(Action.REVIEW, LKJIP, SARI)
    sent.decide(Action.APPROVE, LKJIP, budi)
    sent.register.perform(Action.REOPEN, sent.register.obligation(LKJIP), budi, note="wrong file")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        app.push_screen(ReviewScreen(app._session, sent.register.obligation(LKJIP).id))
        await pilot.pause()
        await pilot.press("u")

        await until_told(pilot, "what you did to it last, “reopened”, cannot be undone")
