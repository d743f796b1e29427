"""The queues: what waits and for whom, taking and giving it, and deciding on all that are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import LKJIP, PEOPLE, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_read, until_seen, until_told
from tui import language, words, workspace
from tui.app import PantauApp
from tui.screens.asking_all import AskAll, Assign, Summary
from tui.screens.decision import Confirm, SendBack
from tui.screens.listing import Listing
from tui.screens.marks import Marks
from tui.screens.overview import OverviewScreen
from tui.screens.queue import emptiness, following, in_place, nothing_waits
from tui.screens.review import ReviewScreen
from tui.screens.waiting import WaitingScreen
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Actor, ObligationId, Queue, Role, State

DINSOS, BKD, SETWAN = "dinsos/lkjip/2025", "bkd/lkjip/2025", "setwan/lkjip/2025"
RINI, ANI = Actor("rini", Role.REVIEWER), Actor("ani", Role.BUREAU)
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once: nobody types ahead here."""
    monkeypatch.setattr(Confirm, "DEAF", 0.001)


@pytest.fixture
def workspace_of_many(workspace: Workspace) -> Workspace:
    more = ('[[person]]\nname = "rini"\nrole = "reviewer"\n', '[[person]]\nname = "ani"\nrole = "bureau"\n')
    workspace.people.write_text(PEOPLE + "".join(more), encoding="utf-8")
    return workspace


@pytest.fixture
def app(workspace_of_many: Workspace, request: pytest.FixtureRequest) -> Iterator[PantauApp]:
    """At the screens sits sari, or whom a test names."""
    opened = Session(workspace_of_many, getattr(request, "param", "sari"))
    yield PantauApp(opened)
    opened.close()


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """Four offices have sent their report, in this order."""
    for name in (LKJIP, DINSOS, BKD, SETWAN):
        elsewhere.submit(name)
    return elsewhere


def state(elsewhere: Elsewhere, name: str) -> State:
    return elsewhere.register.obligation(name).state


def holder(elsewhere: Elsewhere, name: str) -> str | None:
    return elsewhere.register.obligation(name).holder


def take(elsewhere: Elsewhere, name: str, actor: Actor) -> None:
    elsewhere.register.perform(Action.TAKE, elsewhere.register.obligation(name), actor)


def on(app: PantauApp) -> str:
    """What is under the cursor of the queue."""
    return app.screen_stack[1].query_one(Listing).chosen or ""


def shown(app: PantauApp) -> list[str]:
    """The rows of the queue that is open, from the top."""
    return list(app.screen_stack[1].query_one(Listing)._rows)


async def opened(pilot: Screens, queue: Queue = Queue.UNIT) -> WaitingScreen:
    """The queue screen, at one of the queues."""
    await pilot.press("2")
    await until(pilot, lambda: isinstance(pilot.app.screen, WaitingScreen) and pilot.app.screen.is_old is False)
    screen = pilot.app.screen
    assert isinstance(screen, WaitingScreen)
    while screen.queue is not queue:
        await pilot.press("m")
    return screen


async def answered(pilot: Screens, key: str) -> None:
    """Ask for something and say yes."""
    await pilot.press(key)
    await until_asked(pilot)
    await pilot.press("y")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_queue_tells_what_waits_for_whom_and_since_when(
    app: PantauApp, sent: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    sent.decide(Action.RETURN, LKJIP, SARI, "Target TW II kosong")
    sent.submit(LKJIP, content=b"repaired")
    take(sent, DINSOS, RINI)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await until_seen(pilot, "rini")
        rows = [line.partition("│")[0] for line in seen(app).splitlines() if "LK 2025" in line]
        of_diskes = next(row for row in rows if "Dinas Kesehatan" in row)

        for fact in ("A!", "28 ", "2", "sari", "0/1"):
            assert fact in of_diskes
        assert all(
            f"{words.queue(queue)} {count}" in seen(app) for queue, count in zip(Queue, (1, 4, 2, 4, 1), strict=True)
        )
        assert ("Target TW II kosong" in seen(app)) is (size == LARGE)
        assert (language._("Who holds how much") in seen(app)) is (size == LARGE)


async def test_it_opens_at_the_first_queue_in_which_anything_is(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await until_seen(pilot, "Dinas Kesehatan")
        screen = app.screen
        assert isinstance(screen, WaitingScreen)
        assert screen.queue is Queue.UNIT

        visited = []
        for _ in Queue:
            await pilot.press("m")
            visited.append(screen.queue)
        assert visited == [Queue.NOBODY, Queue.OVERDUE, Queue.REVISED, Queue.MINE, Queue.UNIT]


async def test_a_queue_that_was_opened_when_nothing_waited_shows_what_comes(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await until_seen(pilot, nothing_waits(0))
        elsewhere.submit(LKJIP)

        await until_seen(pilot, "LK 2025")


async def test_the_keys_of_a_small_terminal_tell_how_to_see_the_other_queues(
    app: PantauApp, sent: Elsewhere, spoken: str
) -> None:
    take(sent, LKJIP, SARI)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, Queue.MINE)

        assert f" m {language._('queue')}  Space " in seen(app)
        assert f" a {language._('take')}" not in seen(app)


@pytest.mark.parametrize("queue", list(Queue))
async def test_an_empty_queue_says_what_could_be_done_next(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, queue: Queue
) -> None:
    elsewhere.submit("diskes/renja/2026")
    take(elsewhere, "diskes/renja/2026", SARI)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, queue)
        is_empty = not screen._queues[queue]
        await pilot.pause()

        assert is_empty is (queue in (Queue.NOBODY, Queue.REVISED))
        assert (emptiness(queue)[:60] in seen(app)) is is_empty


async def test_after_a_decision_the_next_of_that_queue_opens_and_escape_comes_back_to_it(
    app: PantauApp, sent: Elsewhere
) -> None:
    take(sent, DINSOS, RINI)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, Queue.NOBODY)
        assert shown(app) == [LKJIP, BKD, SETWAN]
        await pilot.press("enter")
        await until_read(pilot)
        await answered(pilot, "t")
        await until(pilot, lambda: state(sent, LKJIP) is State.REVIEWED)
        await until_read(pilot)

        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.subject == BKD  # what rini holds waits too, in another queue
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.subject == SETWAN)
        await pilot.press("escape")
        await until(pilot, lambda: shown(app) == [BKD, SETWAN])
        assert on(app) == SETWAN


async def test_the_digit_of_the_queues_keeps_what_is_marked_there(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, Queue.OVERDUE)
        await pilot.press("space", "2")
        await until_seen(pilot, "1 marked")

        assert app.screen is screen
        assert on(app) == DINSOS
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, OverviewScreen)


async def test_what_is_taken_moves_to_ones_own_queue_and_can_be_let_go(
    app: PantauApp, sent: Elsewhere, spoken: str
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, Queue.NOBODY)
        await pilot.press("a")
        await until(pilot, lambda: holder(sent, LKJIP) == "sari")
        await until_told(pilot, words.done(Action.TAKE))
        await until(pilot, lambda: on(app) == DINSOS)
        await pilot.press("2")
        while app.screen.queue is not Queue.MINE:  # type: ignore[attr-defined]
            await pilot.press("m")
        assert shown(app) == [LKJIP]
        await pilot.press("L")
        await until(pilot, lambda: holder(sent, LKJIP) is None)

        await until(pilot, lambda: shown(app) == [])


async def test_what_another_holds_cannot_be_taken_and_the_reason_comes_before_the_try(
    app: PantauApp, sent: Elsewhere
) -> None:
    take(sent, LKJIP, RINI)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        while on(app) != LKJIP:
            await pilot.press("j")
        await pilot.press("a")
        await until_told(pilot, "rini has taken it; the bureau can assign it to somebody else.")

        assert holder(sent, LKJIP) == "rini"


@pytest.mark.parametrize("app", ["ani"], indirect=True)
async def test_the_bureau_gives_it_to_one_of_those_who_could_decide_it(app: PantauApp, sent: Elsewhere) -> None:
    sent.decide(Action.REVIEW, LKJIP, SARI)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        app.screen_stack[0].query_one("Matrix").go_to(sent.register.obligation(DINSOS))  # type: ignore[attr-defined]
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Assign) and app.screen.focused is not None)
        people = app.screen.query_one(Listing)
        assert [*people._rows] == ["rini", "sari"]
        await pilot.press("enter")
        await until(pilot, lambda: holder(sent, DINSOS) == "rini")

        await until_told(pilot, "given to rini")
        app.screen_stack[0].query_one("Matrix").go_to(sent.register.obligation(LKJIP))  # type: ignore[attr-defined]
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, Assign))
        assert [*app.screen.query_one(Listing)._rows] == ["budi"]


async def test_all_that_are_marked_are_passed_on_with_one_question_and_only_y_says_yes(
    app: PantauApp, sent: Elsewhere, spoken: str
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space")
        assert on(app) == BKD
        await until_seen(pilot, language._("{n} marked").format(n=2))
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.press("enter", "t", "space", "Y")
        assert isinstance(app.screen, AskAll)
        assert state(sent, LKJIP) is State.SUBMITTED
        await pilot.press("y")
        await until(pilot, lambda: shown(app) == [BKD, SETWAN])

        await until_told(pilot, words.done(Action.REVIEW))
        assert [state(sent, name) for name in (LKJIP, DINSOS)] == [State.REVIEWED] * 2
        assert on(app) == BKD
        assert language._("{n} marked").format(n=2) not in seen(app)


async def test_escape_leaves_all_as_they_are_and_marked(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "t")
        await until_asked(pilot)
        await pilot.press("escape")
        await until_seen(pilot, "2 marked")
        await pilot.press("escape")
        await until(pilot, lambda: "marked" not in seen(app))

        assert isinstance(app.screen, WaitingScreen)
        assert {state(sent, name) for name in (LKJIP, DINSOS)} == {State.SUBMITTED}


async def test_whoever_decides_on_several_is_told_what_others_are_at_work_on(
    app: PantauApp, sent: Elsewhere, spoken: str
) -> None:
    take(sent, DINSOS, RINI)
    take(sent, LKJIP, SARI)
    at_work = language._("{name} is at work on {title}.")
    theirs, mine = (
        at_work.format(name=name, title=words.title(sent.register.obligation(of)))
        for name, of in (("rini", DINSOS), ("sari", LKJIP))
    )
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await pilot.press(*["space"] * 4, "t")
        await until_asked(pilot)
        await until_seen(pilot, theirs[:40])
        assert mine[:20] not in seen(app)
        await pilot.press("escape", "b")
        await until(pilot, lambda: isinstance(app.screen, SendBack))
        await until_seen(pilot, theirs[:40])


async def test_what_would_be_refused_is_told_before_and_stays_marked(app: PantauApp, sent: Elsewhere) -> None:
    sent.decide(Action.RETURN, DINSOS, SARI, "tanpa tanggal")
    dinsos = sent.submit(DINSOS, content=b"as before")
    sent.register.perform(Action.OPEN_AGAIN, dinsos, SARI, note="masih tanpa tanggal", about=[1])
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "space", "space", "t")
        await until_asked(pilot)
        await until_seen(pilot, "3 of 4 marked documents")
        await until_seen(pilot, "1 × findings are open: 1.")
        await pilot.press("y")
        await until_told(pilot, "3 documents: reviewed.")

        assert state(sent, DINSOS) is State.SUBMITTED
        await until_seen(pilot, "1 marked")
        await pilot.press("s")
        await until_asked(pilot)
        await until_seen(pilot, "0 of 1 marked document")
        await pilot.press("y")
        assert isinstance(app.screen, AskAll)


async def test_one_text_goes_back_to_all_of_them(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await until_seen(pilot, "2 of 2 marked documents")
        assert all(sent.register.obligation(name).office.name in seen(app) for name in (LKJIP, DINSOS))
        await pilot.press(*"sign [x]", "tab", "y")
        await until_told(pilot, "2 documents: returned.")

        for name in (LKJIP, DINSOS):
            (finding,) = sent.register.findings(sent.register.obligation(name))
            assert finding.defect.text == "sign [x]"


async def test_each_is_judged_on_what_was_seen_when_it_was_marked(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "t")
        await until_asked(pilot)
        sent.submit(DINSOS, content=b"a newer file")
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, Summary))

        await until_seen(pilot, "1 was refused")
        await until_seen(pilot, "saw it: submitted by")
        assert [state(sent, name) for name in (LKJIP, DINSOS)] == [State.REVIEWED, State.SUBMITTED]
        await pilot.press("escape")
        assert isinstance(app.screen, WaitingScreen)


async def test_a_long_summary_is_scrolled(app: PantauApp, elsewhere: Elsewhere) -> None:
    names = [f"{office.code}/lkjip/2025" for office in elsewhere.register.offices()[:12]]
    for name in names:
        elsewhere.submit(name)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press(*["space"] * 12, "t")
        await until_asked(pilot)
        for name in names:
            elsewhere.submit(name, content=b"newer")
        await pilot.press("y")
        await until_seen(pilot, "12 were refused")
        last = f"submitted by {names[-1].partition('/')[0]}"
        assert last not in seen(app)
        await pilot.press(*["j"] * 60)
        await until_seen(pilot, last)


async def test_a_mark_falls_from_what_has_moved_and_stays_on_all_else(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "space")
        take(sent, DINSOS, RINI)
        sent.submit(LKJIP, content=b"a newer file")
        await until_told(pilot, "1 mark is gone")

        await until_seen(pilot, "2 marked")
        assert [one.id for one in app.screen.marks.all] == [DINSOS, BKD]  # type: ignore[attr-defined]
        assert [line[:2] for line in seen(app).splitlines() if "! LK 2025" in line] == [" *", " *", "  ", "  "]


async def test_undo_takes_back_the_last_bulk_decision_each_by_itself(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space", "space")
        await answered(pilot, "t")
        await until_told(pilot, "3 documents: reviewed. Press u to undo.")
        sent.submit(BKD, content=b"a newer file")
        await pilot.press("u")
        await until(pilot, lambda: isinstance(app.screen, Summary))

        await until_seen(pilot, "2 documents: undone.")
        await until_seen(pilot, "saw it: submitted by")
        assert {state(sent, name) for name in (LKJIP, DINSOS)} == {State.SUBMITTED}
        assert [record.action for record in sent.register.trail(ObligationId(LKJIP))][-1] is Action.UNDO


async def test_after_five_minutes_a_bulk_decision_is_not_undone(
    app: PantauApp, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space")
        await answered(pilot, "t")
        await until_told(pilot, "2 documents: reviewed.")
        later = workspace.now() + timedelta(minutes=6)
        monkeypatch.setattr(app._session.register, "_clock", lambda: later)
        await pilot.press("u")
        await until_seen(pilot, "a decision can be undone for five minutes only.")

        assert {state(sent, name) for name in (LKJIP, DINSOS)} == {State.REVIEWED}


async def test_taking_is_no_decision_and_u_does_not_mean_it(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space", "space")
        await answered(pilot, "a")
        await until(pilot, lambda: holder(sent, DINSOS) == "sari")
        await pilot.press("u")
        await until_told(pilot, "nothing yet that could be undone")


async def test_a_change_by_another_process_moves_the_rows_and_not_the_cursor(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, Queue.NOBODY)
        await pilot.press("j", "j")
        take(sent, LKJIP, RINI)
        await until(pilot, lambda: shown(app) == [DINSOS, BKD, SETWAN])

        assert on(app) == BKD


async def test_hostile_texts_neither_crash_nor_reach_the_terminal(app: PantauApp, elsewhere: Elsewhere) -> None:
    hostile = "bad[/] [@click=app.quit]x[/] \x1b]0;owned\x07 \u202efdp.exe"
    elsewhere.submit(LKJIP, file=hostile)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, hostile)
    elsewhere.submit(LKJIP, file=hostile, content=b"newer")
    elsewhere.submit(DINSOS)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await opened(pilot)
        while on(app) != LKJIP:
            await pilot.press("j")
        await until_seen(pilot, "bad[/] [@click=app.quit]x[/]")
        for keys in (["space"], ["space"], ["t"], ["escape"], ["question_mark"]):
            await pilot.press(*keys)
            await pilot.pause()
            assert OBEYED.search(seen(app)) is None


IDS = st.lists(st.integers(0, 9).map(lambda number: ObligationId(str(number))), unique=True)


@given(before=IDS.filter(bool), gone=st.sets(st.integers(0, 9)), data=st.data())
def test_the_next_one_is_what_stood_behind_the_one_that_has_left(
    before: list[ObligationId], gone: set[int], data: st.DataObject
) -> None:
    subject = data.draw(st.sampled_from(before))
    left = [one for one in before if int(one) not in gone and one != subject]
    place = before.index(subject)
    behind = [one for one in (*before[place:], *before[:place]) if one in left]

    assert following(in_place(left, before, subject), subject) == (behind[0] if behind else None)


def test_a_mark_is_let_go_by_marking_again_and_remembers_what_was_seen(elsewhere: Elsewhere) -> None:
    was, marks = elsewhere.submit(LKJIP), Marks()
    marks.toggle(was)
    now = elsewhere.submit(LKJIP, content=b"newer")

    assert marks.all == (was,)
    assert now in marks
    assert marks.keep({now.id: now}, lambda _: False) == []
    assert marks.all == (now,)
    marks.toggle(now)
    assert not marks
