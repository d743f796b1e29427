"""The overview, an office and the help."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.color import Color

from tests.tui.conftest import BUDI, LKJIP, PEOPLE, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_read, until_seen, until_told
from tui import language, words
from tui.app import PantauApp
from tui.cells import legend
from tui.grid import Filters, Selection, grid
from tui.screens.decision import Confirm
from tui.screens.inbox import InboxScreen
from tui.screens.matrix import Matrix
from tui.screens.office import OfficeScreen
from tui.screens.overview import OverviewScreen
from tui.screens.waiting import WaitingScreen
from tui.session import Session
from tui.workspace import Workspace, create, now
from workflow import Action, Sightings, State


def matrix(app: PantauApp) -> Matrix:
    return app.screen_stack[0].query_one(Matrix)


def row(app: PantauApp, office: str) -> str:
    return next(line for line in seen(app).splitlines() if line[2:].startswith(office))


def percent(app: PantauApp, office: str) -> int:
    return next(one.tally.percent for one in matrix(app)._grid.rows if one.office.code == office)


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
        assert sum(meaning in seen(app) for _, meaning in legend()) >= len(legend()) - 3  # not the rarest
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
        while app.screen_stack[0]._filters.selection is not Selection.OURS:  # type: ignore[attr-defined]
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
    async with app.run_test(size=(140, 120)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        for key in app.screen_stack[0].help_keys():  # type: ignore[attr-defined]
            assert key.help()[:50] in seen(app)  # a longer one goes on below
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


async def test_what_was_said_of_one_view_is_not_read_over_the_next(app: PantauApp) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("n")
        await until_told(pilot, "Nothing waits for you here")
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))

        assert not app._notifications


async def test_digits_change_the_view(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        for key, view in (("2", WaitingScreen), ("1", OverviewScreen), ("3", InboxScreen)):
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
        told = language._("Mark with {mark} what this key is to decide on. {open} opens what is under the cursor.")
        await until_told(pilot, told.format(mark="Space", open="Enter"))


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
    assert whole.narrowed(Filters(Selection.OURS)).rows == ()
    assert {row.office.code for row in whole.narrowed(Filters(text="KESEHATAN")).rows} >= {"diskes"}


async def test_filters_narrow_documents_and_the_percentages_follow_until_escape(
    app: PantauApp, elsewhere: Elsewhere, spoken: str
) -> None:
    elsewhere.submit("diskes/lap-rb-tw/2026-q1")
    elsewhere.decide(Action.REVIEW, "diskes/lap-rb-tw/2026-q1", SARI)
    elsewhere.decide(Action.APPROVE, "diskes/lap-rb-tw/2026-q1", BUDI)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f", "f", "p", "p")
        await until_seen(pilot, "RB, " + words.part_of_year("q1"))
        assert percent(app, "diskes") == 100
        assert {column.part for column in matrix(app)._grid.columns} == {"q1"}
        await pilot.press("slash", *"sosial", "enter", "m", "m")
        await until(pilot, lambda: matrix(app).position == 0 or len(matrix(app)._grid.rows) == 1)
        await pilot.press("escape")
        await until(pilot, lambda: len(matrix(app)._grid.rows) == 50)

        assert len({column.part for column in matrix(app)._grid.columns}) > 4
        assert percent(app, "diskes") < 100


@pytest.mark.parametrize("keys", ["p", "e", "v", "o", "oo", "ooo", "mm", "op", "oef"])
async def test_the_cursor_stays_on_its_office_and_document(app: PantauApp, elsewhere: Elsewhere, keys: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        matrix(app).go_to(app._session.register.obligation("dinsos/renja/2026"))
        await pilot.press(*keys)
        await pilot.pause()
        assert chosen(app) == "dinsos/renja/2026"
        line = matrix(app)._row - matrix(app).scroll_offset.y
        with elsewhere.register.writing():
            for name in ("dinsos/lkjip/2025", "bpbd/lkjip/2025", LKJIP):
                elsewhere.submit(name)
                elsewhere.decide(Action.REVIEW, name, SARI)
                elsewhere.decide(Action.APPROVE, name, BUDI)
        obligation = matrix(app).obligation
        await until(pilot, lambda: matrix(app).obligation is not obligation)

        assert chosen(app) == "dinsos/renja/2026"
        assert 0 <= matrix(app)._row - matrix(app).scroll_offset.y < matrix(app)._page
        if matrix(app)._row >= line:  # one line up where a notice stood above the matrix for a moment
            assert matrix(app)._row - matrix(app).scroll_offset.y in (line, line - 1)


async def test_offices_are_put_in_order_by_one_key(app: PantauApp, elsewhere: Elsewhere) -> None:
    for name in ("rsjd/lkjip/2025", "rsjd/pk/2026"):
        elsewhere.submit(name)
        elsewhere.decide(Action.REVIEW, name, SARI)
        elsewhere.decide(Action.APPROVE, name, BUDI)
    async with app.run_test(size=SMALL) as pilot:
        for key, told in (("o", "most late first"), ("o", "least complete first"), ("o", "by name")):
            await pilot.press(key)
            await until_seen(pilot, told)
        names = [shown.office.name.casefold() for shown in matrix(app)._grid.rows]
        assert names == sorted(names)
        await pilot.press("o", "o", "o")
        await until_seen(pilot, "least complete first")

        assert matrix(app)._grid.rows[-1].office.code == "rsjd"


@pytest.mark.parametrize("keys", [["f", "f", "e", "e"], ["m", "p"], ["slash", *"xyz", "enter"]])
async def test_filters_that_nothing_fits_say_which_and_what_clears_them(
    app: PantauApp, keys: list[str], spoken: str
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        told = app.screen_stack[0]._filters.told()  # type: ignore[attr-defined]
        await until_seen(pilot, language._("0 of {n} offices: {filters}. Esc shows all.").format(n=50, filters=told))
        await pilot.press("enter", "t", "n", "i", "o", "space", "escape")
        await until(pilot, lambda: len(matrix(app)._grid.rows) == 50)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_open_behind_a_percentage_is_named(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        if size == SMALL:
            await pilot.press("i")
        behind = matrix(app).row
        assert behind is not None
        await until_seen(pilot, f"1 {words.state(State.SUBMITTED)}")
        told = seen(app)

        assert words.number(behind.tally.owed) in told
        assert words.short_title(min((o for o in behind.cells if o and o.is_open), key=lambda o: str(o.due))) in told
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))


async def test_what_came_anew_since_somebody_looked_has_its_sign_until_they_look_again(
    app: PantauApp, session: Session, elsewhere: Elsewhere
) -> None:
    name = "setwan/lkjip/2025"
    Sightings(session.database, now).saw(elsewhere.submit(name), SARI)
    elsewhere.submit(name, content=b"newer")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("j")
        await until(pilot, lambda: "A+" in seen(app))
        await pilot.press("n", "t")
        await until_read(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen) and "A+" not in seen(app))


async def test_what_may_lie_in_quarantine_has_its_sign(app: PantauApp, elsewhere: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("j")
        assert "·?" not in seen(app)
        elsewhere.hold("Laporan Kinerja.pdf", "inspektorat/lkjip/2025", LKJIP)
        await until(pilot, lambda: "·?" in row(app, "Inspektorat"))

        assert seen(app).count("·?") == 1


async def test_another_year_that_is_open_is_shown_with_the_brackets_and_the_bar_says_which(
    app: PantauApp, workspace: Workspace
) -> None:
    workspace.open_year(2027)
    settings = (workspace.root / "pantau.toml").read_bytes()
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        matrix(app).go_to(app._session.register.obligation("dinsos/pk/2026"))
        await pilot.press("space", "k", "right_square_bracket")
        await until(pilot, lambda: chosen(app) == "dinsos/pk/2027")
        assert "2027" in seen(app).splitlines()[0]
        assert "marked" not in seen(app)
        await pilot.press("right_square_bracket")
        await until_told(pilot, "No year beyond 2027 is open.")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OfficeScreen))
        await until_seen(pilot, "2027")
        await pilot.press("escape", "left_square_bracket")
        await until(pilot, lambda: chosen(app) == "dinsos/pk/2026")

    assert (workspace.root / "pantau.toml").read_bytes() == settings


@pytest.mark.parametrize("name", ["dinsos/renja/2026", LKJIP, "setwan/manual-iku/2025-2029", "pemda/lhei-rb/2026-q4"])
async def test_the_line_of_a_document_says_how_it_stands_and_when_it_is_due_however_narrow(
    app: PantauApp, spoken: str, name: str
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        matrix(app).go_to(one := app._session.register.obligation(name))
        await pilot.pause()
        line = seen(app).splitlines()[-2]

        assert one.due is not None
        assert words.standing(one) in line
        assert f"{words.short_day(one.due).strip()} {one.due.year}" in line
        assert words.short_title(one) in line or words.document(one.requirement) in line
        assert "…" not in line.rstrip()[-1:]


async def test_what_is_missing_and_late_is_told_by_its_sign_and_shouts_less_than_what_waits(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    elsewhere.submit("setwan/renstra/2025-2029")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("j")
        await pilot.pause()
        looks = {
            text: segment.style
            for y in range(matrix(app).size.height)
            for segment in matrix(app).render_line(y)
            if segment.style and (text := segment.text[:2]) in ("A!", "·!")
        }

        assert looks["A!"].reverse
        assert not looks["·!"].reverse


async def test_nothing_owed_then_and_nothing_owed_yet_each_say_what_to_do(tmp_path: Path, spoken: str) -> None:
    empty = create(tmp_path / "empty", "Provinsi Lampung", 2026, "en")
    empty.people.write_text(PEOPLE, encoding="utf-8")
    for at, told in ((None, "pantau open-year 2026"), (datetime(2026, 1, 1, tzinfo=UTC), "--as-at")):
        asked = Session(empty, "sari", at)
        app = PantauApp(asked)
        async with app.run_test(size=SMALL) as pilot:
            await until_seen(pilot, told)
            await pilot.press("f", "p", "o", "i", "left_square_bracket", "escape")
            await until_seen(pilot, told)
        asked.close()


def test_the_first_picture_waits_for_nothing_that_is_asked_for_later() -> None:
    later = ("tui.screens.review", "tui.screens.palette", "tui.desk", "inbox.searcher", "textual.widgets._text_area")
    program = f"import sys, tui.verbs.screens, tui.app; print([one for one in {later} if one in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout == "[]\n"
