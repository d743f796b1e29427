"""A review: reading, deciding, and everything that keeps a slip of a finger from deciding."""

from __future__ import annotations

import re

import pytest

from inbox import Text, Texts
from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, seen, until, until_asked, until_read, until_seen, until_told
from tui import words
from tui.app import PantauApp
from tui.screens import view
from tui.screens.decision import Confirm, SendBack
from tui.screens.overview import OverviewScreen
from tui.screens.review import ReviewScreen
from tui.screens.waiting import WaitingScreen
from tui.workspace import Workspace
from workflow import Action, Database, Defect, State

OTHER = "dinsos/lkjip/2025"
HOSTILE = "bad[/] [@click=app.quit]x[/] \x1b]0;owned\x07 \x1b[2J \u202efdp.exe \x9b31m.pdf"
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once: nobody types ahead here. However slow the machine is, what is read is read at once."""
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    monkeypatch.setattr(view, "_LONG", 600.0)


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """Two offices have sent their report."""
    elsewhere.submit(LKJIP)
    elsewhere.submit(OTHER)
    return elsewhere


def state(elsewhere: Elsewhere, name: str = LKJIP) -> State:
    return elsewhere.register.obligation(name).state


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_reads_what_was_sent_and_by_whom(
    app: PantauApp, sent: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "enter")
        await until_seen(pilot, "DINAS KESEHATAN")
        if size == SMALL:
            await pilot.press("tab", "tab")
        await until_seen(pilot, "LKjIP 2025.pdf")
        await until_seen(pilot, "SHA-256")
        assert "diskes" in seen(app)


async def test_y_passes_on_and_the_next_opens_at_once(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.press("y")
        await until(pilot, lambda: state(sent) is State.REVIEWED)

        await until_told(pilot, words.done(Action.REVIEW))
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen._subject == OTHER


async def test_the_dialog_names_what_is_decided_on(app: PantauApp, sent: Elsewhere) -> None:
    digest = sent.register.obligation(LKJIP).content or ""
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.pause()

        dialog = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Dinas Kesehatan" in dialog
        assert "round 1" in dialog
        assert digest[:8] in dialog


@pytest.mark.parametrize("key", ["enter", "t", "s", "space", "Y"])
async def test_no_other_key_than_y_decides(app: PantauApp, sent: Elsewhere, key: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.press(key, key, key)

        assert isinstance(app.screen, Confirm)
        assert state(sent) is State.SUBMITTED
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)


async def test_what_was_typed_before_the_question_could_be_read_is_dropped(
    app: PantauApp, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Confirm, "DEAF", 600.0)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t", "y", "y")
        await pilot.pause()

        assert isinstance(app.screen, Confirm)
        assert state(sent) is State.SUBMITTED


async def test_a_decision_on_what_has_moved_since_is_refused_with_a_sentence(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        sent.submit(LKJIP, content=b"a newer file")
        await pilot.press("y")
        await until_told(pilot, "has moved since you saw it")

        assert state(sent) is State.SUBMITTED
        assert isinstance(app.screen, ReviewScreen)


async def test_a_newer_file_is_shown_and_said(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        sent.submit(LKJIP, file="Perbaikan.pdf", content=b"a newer file")

        await until_told(pilot, "A newer file has arrived")
        await until_seen(pilot, "Perbaikan.pdf")


async def test_a_grey_key_says_why(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        assert isinstance(app.screen, ReviewScreen)
        reason = app.screen.why_not(Action.APPROVE)
        await pilot.press("s")
        await pilot.pause()

        assert reason is not None
        assert isinstance(app.screen, ReviewScreen)
        await until_told(pilot, reason)


async def test_sending_back_needs_a_finding(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot, Action.RETURN)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await pilot.press("tab", "y")
        await pilot.pause()

        assert isinstance(app.screen, SendBack)
        assert state(sent) is State.SUBMITTED


async def test_findings_are_typed_one_a_line_and_y_sends_back_from_outside_the_text(
    app: PantauApp, sent: Elsewhere
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot, Action.RETURN)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await pilot.press(*"qty [x]", "enter", "enter", *"2", "tab", "enter")
        assert isinstance(app.screen, SendBack)
        await pilot.press("y")
        await until(pilot, lambda: state(sent) is State.DRAFT)

        assert sent.register.trail(sent.register.obligation(LKJIP).id)[-1].findings == (
            Defect("qty [x]"),
            Defect("2"),
        )


async def test_one_escape_does_not_lose_what_was_typed(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot, Action.RETURN)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await pilot.press(*"abc", "escape")
        assert isinstance(app.screen, SendBack)
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)
        assert state(sent) is State.SUBMITTED


async def test_u_undoes_the_last_decision_and_shows_it_again(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.press("y")
        await until(pilot, lambda: state(sent) is State.REVIEWED)
        await pilot.press("u")
        await until(pilot, lambda: state(sent) is State.SUBMITTED)

        assert isinstance(app.screen, ReviewScreen)
        assert app.screen._subject == LKJIP


async def test_undoing_what_was_not_decided_says_why_not(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("u")
        await until_told(pilot, "nothing yet that could be undone")
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("u")
        await until_told(pilot, "not a decision of sari")


async def test_after_the_last_one_it_goes_back(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))
        await until_told(pilot, "Nothing else waits for you")


@pytest.mark.parametrize("session", ["budi"], indirect=True)
async def test_the_approver_approves_what_was_reviewed(app: PantauApp, sent: Elsewhere) -> None:
    sent.decide(Action.REVIEW, LKJIP, SARI)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot, Action.APPROVE)
        await until_seen(pilot, "x r f - mark")
        assert "t pass on" not in seen(app)
        await pilot.press("s")
        await until_asked(pilot)
        await until_seen(pilot, "reviewed by sari")
        assert "checklist 0/" not in seen(app).partition("Approve?")[2]
        await pilot.press("y")
        await until(pilot, lambda: state(sent) is State.APPROVED)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"{\\rtf1 a letter}", "this kind of file", id="a format without a reader"),
        pytest.param(b"%PDF-1.4 and then nothing", "damaged", id="a broken PDF"),
    ],
)
async def test_what_cannot_be_read_says_why(app: PantauApp, elsewhere: Elsewhere, content: bytes, told: str) -> None:
    elsewhere.submit(LKJIP, content=content)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2", "enter")
        await until_seen(pilot, told)


async def test_what_was_read_before_is_not_read_again(
    app: PantauApp, elsewhere: Elsewhere, workspace: Workspace
) -> None:
    content = elsewhere.submit(LKJIP, content=b"%PDF-1.4 and then nothing").content
    assert content
    database = Database(workspace.database)
    Texts(database).keep(content, Text(1, ("read when it came",), (1,)))
    database.close()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2", "enter")
        await until_seen(pilot, "read when it came")


async def test_hostile_names_and_findings_neither_crash_nor_reach_the_terminal(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    elsewhere.submit(LKJIP, file=HOSTILE)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, HOSTILE)
    elsewhere.submit(LKJIP, file=HOSTILE, content=b"newer")
    elsewhere.hold(HOSTILE, LKJIP)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        for keys in (
            ["n"],
            ["enter"],
            ["t"],
            ["t"],
            ["escape"],
            ["b"],
            ["escape"],
            ["c"],
            ["escape"],
            ["escape"],
            ["3"],
        ):
            await pilot.press(*keys)
            if isinstance(app.screen, ReviewScreen):
                await until_read(pilot)
            await pilot.pause()
            assert OBEYED.search(seen(app)) is None
        await pilot.press("1")
        await until_seen(pilot, "bad[/] [@click=app.quit]x[/]")
        await pilot.press("y")
        await until_told(pilot, "filed as")
        assert OBEYED.search(seen(app)) is None


async def test_no_decision_is_made_where_there_is_no_room_to_show_it(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)


async def test_a_crash_leaves_one_line_and_a_log_without_the_values_at_hand(
    app: PantauApp, monkeypatch: pytest.MonkeyPatch, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    crash_log = workspace.root / "crash.log"

    def fail(_self: OverviewScreen) -> None:
        number = int("3201" + "0000")
        raise RuntimeError("boom" * (number > 0))

    monkeypatch.setattr(OverviewScreen, "action_cycle", fail)
    with pytest.raises(RuntimeError, match="boom"):
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("m")

    log = crash_log.read_text(encoding="utf-8")
    assert "RuntimeError: boom" in log
    assert "32010000" not in log
    assert "32010000" not in capsys.readouterr().err


def test_dialogs_are_deaf_for_three_tenths_of_a_second(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("monkeypatch").undo()

    assert Confirm.DEAF == 0.3
