"""The checklist of a review: ticked by single keys, kept at once, and what it brings to a decision."""

from __future__ import annotations

import pytest

from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_read, until_seen, until_told
from tui.app import PantauApp
from tui.report import no_such_page
from tui.screens.decision import Confirm, SendBack
from tui.screens.matters import SIGNS
from tui.screens.remark import Remark
from tui.screens.review import ReviewScreen
from tui.screens.writing import Lines
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Check, Checklists, Database, Defect, Mark, Sightings, State, Unavailable


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once, and keys as quick as a test presses them: nobody types ahead or holds one down here."""
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    monkeypatch.setattr(ReviewScreen, "HELD", 0.0)


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """An office has sent its report."""
    elsewhere.submit(LKJIP)
    return elsewhere


def state(elsewhere: Elsewhere) -> State:
    return elsewhere.register.obligation(LKJIP).state


async def review(pilot: Screens) -> None:
    """Open it, and wait until one may decide."""
    await pilot.press("2", "enter")
    await until_read(pilot, Action.RETURN)


def kept(workspace: Workspace, elsewhere: Elsewhere, name: str = LKJIP) -> dict[str, Check]:
    """What another process reads of sari's checklist."""
    database = Database(workspace.database)
    checks = Checklists(database, now).of(elsewhere.register.obligation(name), SARI)
    database.close()
    return checks


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_key_is_the_sign_of_its_mark_and_is_kept_at_once(
    app: PantauApp, sent: Elsewhere, workspace: Workspace, spoken: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await review(pilot)
        await pilot.press("1")
        for sign in SIGNS.values():
            await pilot.press("minus" if sign == "-" else sign)

        checks = kept(workspace, sent)
        items = sent.register.obligation(LKJIP).requirement.checklist
        assert [checks[item.code].mark for item in items[: len(SIGNS)]] == list(SIGNS)
        for place, sign in enumerate(SIGNS.values(), start=1):
            assert f"[{sign}]  {place} " in seen(app)
        assert f"{len(SIGNS)}/{len(items)}" in seen(app)


async def test_the_same_key_again_takes_a_mark_back(app: PantauApp, sent: Elsewhere, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("1", "r", "1", "x")
        assert [one.mark for one in kept(workspace, sent).values()] == [Mark.MEETS]
        await pilot.press("1", "x")

        assert kept(workspace, sent) == {}


async def test_backspace_goes_back_to_what_was_marked_last_and_takes_that_back(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    items = sent.register.obligation(LKJIP).requirement.checklist
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("backspace")
        await until_told(pilot, "marked nothing here yet")
        await pilot.press("2", "x", "x", "j", "j", "backspace", "r")

        assert {code: one.mark for code, one in kept(workspace, sent).items()} == {
            items[1].code: Mark.MEETS,
            items[2].code: Mark.NEEDS_REPAIR,
        }


async def test_after_a_mark_the_cursor_goes_on_to_what_is_not_marked_and_comes_round(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    items = sent.register.obligation(LKJIP).requirement.checklist
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("2", "x", "1", "r", "minus", *str(len(items)), "x", "f")

        assert {*kept(workspace, sent)} == {items[place].code for place in (0, 1, 2, 3, -1)}


async def test_a_key_that_is_held_down_marks_once_and_undoes_once(
    app: PantauApp, sent: Elsewhere, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReviewScreen, "HELD", 600.0)
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press(*"xxxxx")
        assert len(kept(workspace, sent)) == 1
        await pilot.press(*"rxrx")

        assert len(kept(workspace, sent)) == 5


@pytest.mark.parametrize(("name", "is_known"), [("LKjIP 2025.pdf", True), ("LKjIP 2025.docx", False)])
async def test_a_page_behind_the_last_is_refused_and_what_was_typed_stays(
    app: PantauApp, elsewhere: Elsewhere, workspace: Workspace, spoken: str, name: str, is_known: bool
) -> None:
    elsewhere.submit(LKJIP, file=name)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("tab", "r", "c")
        await until(pilot, lambda: isinstance(app.screen, Remark) and app.screen.focused is not None)
        await pilot.press(*"tabel", "shift+tab", "backspace", "4", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Remark) is is_known
        if is_known:
            await until_told(pilot, no_such_page(3))
            await pilot.press("backspace", "3", "enter")
            await until(pilot, lambda: not isinstance(app.screen, Remark))

        (check,) = kept(workspace, elsewhere).values()
        assert (check.page, check.note) == (3 if is_known else 4, "tabel")


async def test_a_mark_is_never_set_on_what_cannot_be_seen(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("r")
        assert kept(workspace, sent) == {}
        await until_seen(pilot, "[ ]  1 ")
        await pilot.press("r")

        assert len(kept(workspace, sent)) == 1


@pytest.mark.parametrize(("keys", "place"), [("7", 7), ("12", 12), ("38", 38), ("39", 9), ("0", 1), ("4j2", 2)])
async def test_digits_go_to_an_item(
    app: PantauApp, sent: Elsewhere, workspace: Workspace, keys: str, place: int
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press(*keys, "x")

        code = sent.register.obligation(LKJIP).requirement.checklist[place - 1].code
        assert [*kept(workspace, sent)] == [code]


async def test_all_items_can_be_walked_through_in_a_small_terminal(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    items = sent.register.obligation(LKJIP).requirement.checklist
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("tab")
        for place in range(1, len(items) + 1):
            await pilot.press("x")
            await until_seen(pilot, f"[x] {place:>2} ")

        assert {*kept(workspace, sent)} == {item.code for item in items}
        assert f"{len(items)}/{len(items)}" in seen(app)


async def test_the_page_is_the_one_on_the_screen_and_can_be_written_with_a_note(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("G", "tab", "r")
        (check,) = kept(workspace, sent).values()
        assert check.page == 3
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, Remark) and app.screen.focused is not None)
        await pilot.press(*"tabel 2 [x]", "shift+tab", "backspace", "2", "enter")
        await until_seen(pilot, "tabel 2 [x]")

        (check,) = kept(workspace, sent).values()
        assert check == Check(check.code, Mark.NEEDS_REPAIR, 2, "tabel 2 [x]")


async def test_what_is_not_found_is_on_no_page(app: PantauApp, sent: Elsewhere, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("G", "f")

        assert [one.page for one in kept(workspace, sent).values()] == [0]


async def test_a_note_is_asked_for_only_once_there_is_a_mark(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("c")
        await until_told(pilot, "Mark it first")

        assert not isinstance(app.screen, Remark)


async def test_a_newer_version_is_ticked_anew(app: PantauApp, sent: Elsewhere, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("x")
        sent.submit(LKJIP, file="Perbaikan.pdf", content=b"a newer file")
        await until_seen(pilot, "Perbaikan.pdf")

        assert "[x]" not in seen(app)
        assert kept(workspace, sent) == {}


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_who_could_not_send_it_back_cannot_tick(
    app: PantauApp, sent: Elsewhere, workspace: Workspace, session: Session
) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        app.push_screen(ReviewScreen(session, sent.register.obligation(LKJIP).id))
        await until_seen(pilot, "DINAS KESEHATAN")
        await pilot.press("1", "x")
        await until_told(pilot, "not with the role of leader")

        assert "[x]" not in seen(app)


async def test_a_checklist_that_was_begun_is_what_the_office_is_told(app: PantauApp, sent: Elsewhere) -> None:
    items = sent.register.obligation(LKJIP).requirement.checklist
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("1", "x", "2", "r", "3", "f", "4", "minus", "b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await until_seen(pilot, f"{len(items) - 2} lines come from your checklist")
        assert app.screen.query_one(Lines).text.splitlines()[:3] == [
            f"needs repair: {items[1].text} (p. 1)",
            f"not found: {items[2].text}",
            f"not met yet: {items[4].text}",
        ]
        await pilot.press("tab", "y")
        await until(pilot, lambda: state(sent) is State.DRAFT)

        record = sent.register.trail(sent.register.obligation(LKJIP).id)[-1]
        assert [one.code for one in record.findings] == [item.code for item in (*items[1:3], *items[4:])]
        assert record.findings[0] == Defect(items[1].text, items[1].code, 1)
        assert len(record.checks) == 4


async def test_lines_are_struck_out_one_by_one_and_a_rewritten_one_is_ones_own(
    app: PantauApp, sent: Elsewhere
) -> None:
    items = sent.register.obligation(LKJIP).requirement.checklist
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("1", "r", "b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await pilot.press(*"own", "tab", *("k" for _ in items), "j", "d", "tab", "home", *"so: ", "tab", "y")
        await until(pilot, lambda: state(sent) is State.DRAFT)

        first, second, *rest, last = sent.register.trail(sent.register.obligation(LKJIP).id)[-1].findings
        assert first == Defect(items[0].text, items[0].code, 1)
        assert second == Defect(f"so: not met yet: {items[2].text}")
        assert [one.code for one in rest] == [item.code for item in items[3:]]
        assert last == Defect("own")


async def test_one_key_strikes_out_all_that_was_not_marked(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    items = sent.register.obligation(LKJIP).requirement.checklist
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("1", "x", "2", "r", "b")
        await until(pilot, lambda: isinstance(app.screen, SendBack) and app.screen.focused is not None)
        await pilot.press(*"own", "tab", "D", "y")
        await until(pilot, lambda: state(sent) is State.DRAFT)

        found = sent.register.trail(sent.register.obligation(LKJIP).id)[-1].findings
        assert found == (Defect(items[1].text, items[1].code, 1), Defect("own"))


async def test_an_empty_checklist_brings_nothing(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, SendBack))

        assert isinstance(app.screen, SendBack)
        assert app.screen.findings == ()
        assert "checklist" not in "".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_a_checklist_that_says_no_is_not_passed_on(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("1", "r")
        assert isinstance(app.screen, ReviewScreen)
        reason = app.screen.why_not(Action.REVIEW)
        assert reason
        await pilot.press("t")
        await until_told(pilot, reason)
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("1", "x", "t")
        await until_asked(pilot)


async def test_a_note_that_was_begun_on_one_version_is_not_kept_of_the_next(
    app: PantauApp, sent: Elsewhere, workspace: Workspace
) -> None:
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("r", "c")
        await until(pilot, lambda: isinstance(app.screen, Remark) and app.screen.focused is not None)
        sent.submit(LKJIP, file="Perbaikan.pdf", content=b"a newer file")
        await until(pilot, lambda: app._view._shown.sent.name == "Perbaikan.pdf")  # type: ignore[attr-defined]
        await pilot.press(*"tabel 2", "enter")
        await until_told(pilot, "your note was about the one before")

        assert kept(workspace, sent) == {}


async def test_a_database_that_is_busy_does_not_end_the_screens_for_what_is_only_seen(
    app: PantauApp, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Unavailable("database is locked")

    monkeypatch.setattr(Sightings, "saw", busy)
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("q", "1", "enter", "j")

        assert app.return_code is None
