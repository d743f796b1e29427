"""The overview, an office, the help and the quarantine."""

from __future__ import annotations

import time

import pytest
from textual.color import Color

from inbox import Evidence, Part, Source
from tests.tui.conftest import BUDI, LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_seen, until_told
from tui import language, words
from tui.app import PantauApp
from tui.cells import legend
from tui.screens.decision import Confirm
from tui.screens.grid import Selection, grid
from tui.screens.matrix import Matrix
from tui.screens.office import OfficeScreen
from tui.screens.overview import OverviewScreen
from tui.screens.quarantine import QuarantineScreen
from tui.screens.waiting import WaitingScreen
from tui.session import Session
from workflow import Action, State


def matrix(app: PantauApp) -> Matrix:
    return app.screen_stack[0].query_one(Matrix)


def row(app: PantauApp, office: str) -> str:
    return next(line for line in seen(app).splitlines() if line[2:].startswith(office))


def chosen(app: PantauApp) -> str:
    obligation = matrix(app).obligation
    return obligation.id if obligation else ""


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_overview_shows_where_each_document_stands(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.submit("diskes/pk/2026")
    elsewhere.decide(Action.REVIEW, "diskes/pk/2026", SARI)
    elsewhere.submit("diskes/renja/2026")
    elsewhere.decide(Action.RETURN, "diskes/renja/2026", SARI, "tanda tangan")
    elsewhere.submit("diskes/renaksi/2026")
    elsewhere.decide(Action.REVIEW, "diskes/renaksi/2026", SARI)
    elsewhere.decide(Action.APPROVE, "diskes/renaksi/2026", BUDI)

    async with app.run_test(size=size) as pilot:
        await pilot.press("slash", *"diskes", "enter")
        await pilot.pause()

        codes = row(app, "Dinas Kesehatan").partition("%")[2]
        assert all(letter in codes for letter in "ATks·")
        assert sum(meaning in seen(app) for _, meaning in legend()) >= len(legend()) - 1
        assert "Provinsi Lampung" in seen(app) or size == SMALL


async def test_a_change_by_another_process_shows_within_a_second_and_the_cursor_stays(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*"jjjlll")
        before, stands_on = row(app, "Inspektorat"), chosen(app)
        elsewhere.submit("inspektorat/lkjip/2025")
        began = time.monotonic()
        await until(pilot, lambda: row(app, "Inspektorat") != before)

        assert time.monotonic() - began < 1
        assert "A" in row(app, "Inspektorat").partition("%")[2]
        assert chosen(app) == stands_on


async def test_the_cursor_stays_on_its_office_when_rows_above_it_go(app: PantauApp, elsewhere: Elsewhere) -> None:
    for name in ("inspektorat/lkjip/2025", LKJIP):
        elsewhere.submit(name)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("n", "n")
        assert chosen(app) == LKJIP
        while app.screen_stack[0]._selection is not Selection.OURS:  # type: ignore[attr-defined]
            await pilot.press("m")

        assert len(matrix(app)._grid.rows) == 2
        assert chosen(app) == LKJIP


async def test_n_goes_to_what_waits_for_this_person_and_comes_round(app: PantauApp, elsewhere: Elsewhere) -> None:
    for name in (LKJIP, "dinsos/pk/2026"):
        elsewhere.submit(name)
    async with app.run_test(size=SMALL) as pilot:
        visited = []
        for _ in range(3):
            await pilot.press("n")
            visited.append(chosen(app))
        await pilot.press("N")

        assert visited == [LKJIP, "dinsos/pk/2026", LKJIP]
        assert chosen(app) == "dinsos/pk/2026"


async def test_who_may_not_decide_sees_what_waits_for_others_and_nothing_of_their_own(elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    lina = Session(elsewhere._workspace, "lina")
    app = PantauApp(lina)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("n")
        await until_told(pilot, "Nothing waits for you here.")
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))
        await until_seen(pilot, "mine 0")
        await until_seen(pilot, "Dinas Kesehatan")
        await pilot.press("a")
        await until_told(pilot, "not with the role of leader")
    lina.close()

    assert elsewhere.register.obligation(LKJIP).holder is None


@pytest.mark.parametrize("keys", ["G", ["end", "pagedown", "pagedown", "pagedown"], "hkjlgG", ["home", "pageup"]])
async def test_the_cursor_never_leaves_the_matrix(app: PantauApp, keys: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await pilot.pause()

        shown = matrix(app)
        assert shown.row is not None
        assert shown.row.office.name[:8] in seen(app) or shown.row.office.short in seen(app)
        assert 1 <= shown.position <= len(shown._grid.rows)


async def test_a_filter_that_fits_nothing_says_so_and_escape_shows_all(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash", *"xyz")
        await pilot.pause()
        assert matrix(app).position == 0
        assert "Esc" in seen(app)
        await pilot.press("escape")
        await pilot.pause()

        assert matrix(app).position == 1


async def test_letters_typed_into_the_filter_are_no_commands(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash", *"qnt")

        assert isinstance(app.screen, OverviewScreen)
        assert app.is_running


async def test_enter_opens_the_office_with_the_trail_of_the_document(
    app: PantauApp, elsewhere: Elsewhere, spoken: str
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, "target TW II kosong")
    elsewhere.submit(LKJIP, content=b"better")
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("n", "enter")
        await until(pilot, lambda: isinstance(app.screen, OfficeScreen))
        await until_seen(pilot, "target TW II kosong")

        assert words.done(Action.RETURN) in seen(app)
        assert "Dinas Kesehatan" in seen(app)
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert "target TW II kosong" not in seen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, OverviewScreen)


async def test_an_office_shows_a_change_without_moving_the_cursor(app: PantauApp, elsewhere: Elsewhere) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("j", "j")
        listing = app.screen.query_one("#documents")
        on = listing.chosen  # type: ignore[attr-defined]
        elsewhere.submit("setwan/lkjip/2025")
        await until(pilot, lambda: "submitted" in seen(app) or "1 our turn" in seen(app))

        assert listing.chosen == on  # type: ignore[attr-defined]


async def test_help_lists_the_keys_of_where_one_stands(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        for key in app.screen_stack[0].help_keys():  # type: ignore[attr-defined]
            assert key.help() in seen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, OverviewScreen)


async def test_a_terminal_that_is_too_small_is_told_so(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.pause()
        assert "60" in seen(app)
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert "Sekretariat DPRD" in seen(app)


async def test_the_watcher_and_the_person_stand_in_the_top_bar(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()

        assert "sari, reviewer" in seen(app)
        assert "nobody watches" in seen(app)


async def test_what_waits_in_quarantine_is_placed_with_a_digit_and_y(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", "dinsos/lkjip/2025", LKJIP)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("3")
        await until_seen(pilot, "Laporan Kinerja.pdf")
        await pilot.press("y")
        await until_told(pilot, "Pick first")
        await pilot.press("2", "y")
        await until(pilot, lambda: elsewhere.register.obligation(LKJIP).submitter == "sari")

        assert isinstance(app.screen, QuarantineScreen)
        await until_seen(pilot, "The quarantine is empty")


async def test_what_was_said_of_one_view_is_not_read_over_the_next(app: PantauApp) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("n")
        await until_told(pilot, "Nothing waits for you here")
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, QuarantineScreen))

        assert not app._notifications


async def test_the_guesses_are_in_view_however_much_is_known(app: PantauApp, elsewhere: Elsewhere) -> None:
    told = [Evidence(Part.UNKNOWN, f"kata{number}", Source.NAME) for number in range(100)]
    elsewhere.hold("Laporan Kinerja.pdf", "dinsos/lkjip/2025", LKJIP, evidence=told)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await until_seen(pilot, "Laporan Kinerja.pdf")
        await pilot.press("2")
        await until_seen(pilot, "> 2 ")
        assert "“kata99”" not in seen(app)
        await pilot.press(*"JJJJJJJJJJJJ")
        await until_seen(pilot, "“kata99”")
        await pilot.press(*"KKKKKKKKKKKK")
        await until_seen(pilot, "> 2 ")


async def test_what_a_placed_name_teaches_is_remembered_with_i(app: PantauApp, elsewhere: Elsewhere) -> None:
    told = [
        Evidence(Part.REQUIREMENT, "lkjip", Source.NAME, "lkjip", 0.995),
        Evidence(Part.UNKNOWN, "wanajati", Source.NAME),
    ]
    elsewhere.hold("LKjIP Wanajati.pdf", LKJIP, evidence=told)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("3")
        await until_seen(pilot, "“lkjip” name")
        await pilot.press("1", "y")
        await until_seen(pilot, "remembers that “wanajati” means")
        await pilot.press("i")
        await until_told(pilot, "“wanajati” means diskes from now on")

    assert elsewhere.register.vocabulary().offices["wanajati"] == "diskes"


async def test_an_id_may_be_typed_for_what_waits(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.hold("Laporan Kinerja.pdf")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("3")
        await until_seen(pilot, "Laporan Kinerja.pdf")
        await pilot.press("enter", *"diskes/lkjip/2024", "enter")
        await until_told(pilot, "Did you mean")
        await pilot.press("backspace", "5", "enter", "y")
        await until(pilot, lambda: elsewhere.register.obligation(LKJIP).submitter == "sari")


async def test_digits_change_the_view(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        for key, view in (("2", WaitingScreen), ("1", OverviewScreen), ("3", QuarantineScreen)):
            await pilot.press(key)
            await until(pilot, lambda view=view: isinstance(app.screen, view))  # type: ignore[misc]


async def marked(pilot: Screens, app: PantauApp, *names: str) -> None:
    """Go to each of these and mark it."""
    shown = app.screen_stack[0].query_one(Matrix)
    for name in names:
        shown.go_to(app._session.register.obligation(name))
        await pilot.press("space")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_space_marks_a_cell_and_moves_to_the_next_office(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    elsewhere.submit("setwan/lkjip/2025")
    async with app.run_test(size=size) as pilot:
        await pilot.press("n", "space")
        await until(pilot, lambda: "A*" in row(app, "Sekretariat DPRD"))

        assert chosen(app) == "inspektorat/lkjip/2025"
        assert language._("{n} marked").format(n=1) in seen(app)
        await pilot.press("k", "space")
        await until(pilot, lambda: "A*" not in row(app, "Sekretariat DPRD"))
        assert language._("{n} marked").format(n=1) not in seen(app)


async def test_what_is_marked_in_the_matrix_is_passed_on_with_one_question(
    app: PantauApp, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    for name in (LKJIP, "dinsos/lkjip/2025"):
        elsewhere.submit(name)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await marked(pilot, app, LKJIP, "dinsos/lkjip/2025", "setwan/lkjip/2025")
        await pilot.press("t")
        await until_asked(pilot)
        await until_seen(pilot, "2 of 3 marked documents")
        await until_seen(pilot, "1 would be refused, and stays marked:")
        await pilot.press("y")
        await until_told(pilot, "2 documents: reviewed.")

        assert elsewhere.register.obligation("dinsos/lkjip/2025").state is State.REVIEWED
        await until_seen(pilot, "1 marked")


async def test_marks_outlast_what_hides_their_rows_and_escape_lets_them_go_first(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    for name in (LKJIP, "dinsos/lkjip/2025"):
        elsewhere.submit(name)
    async with app.run_test(size=SMALL) as pilot:
        await marked(pilot, app, LKJIP, "dinsos/lkjip/2025")
        await pilot.press("slash", *"sosial", "enter")
        await until(pilot, lambda: row(app, "Dinas Sosial") != "" and "Dinas Kesehatan" not in seen(app))

        assert "A*" in row(app, "Dinas Sosial")
        assert "2 marked" in seen(app)
        await pilot.press("escape")
        await until(pilot, lambda: "marked" not in seen(app))
        assert "Dinas Kesehatan" not in seen(app)
        await pilot.press("escape")
        await until_seen(pilot, "50 of 50 offices")


async def test_a_key_for_all_that_are_marked_says_so_when_none_is(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("s")
        await until_told(
            pilot, language._("Mark with Space what this key is to decide on. Enter opens what is under the cursor.")
        )


async def test_without_colour_the_letters_still_stand_out(
    session: Session, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    elsewhere.submit("setwan/lkjip/2025")
    app = PantauApp(session)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        styles = {
            segment.text: segment.style
            for strip in app.screen._compositor.render_strips()
            for segment in strip.apply_filter(app._filters[-1], Color(0, 0, 0))
            if segment.style
        }

        assert all(style.color is None or style.color.is_default for style in styles.values())
        assert any("A" in text and style.bold and style.reverse for text, style in styles.items())


def test_every_selection_is_a_part_of_all(session: Session) -> None:
    everything = session.register.obligations(year=2026)
    whole = grid(everything, session.today())

    assert len(whole.rows) == len(session.register.offices())
    assert whole.narrowed(Selection.OURS, "").rows == ()
    assert {row.office.code for row in whole.narrowed(Selection.ALL, "KESEHATAN").rows} >= {"diskes"}
