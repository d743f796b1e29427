"""The calendar: what is due when, how much of it has come, and the offices of one date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Event

import pytest

from tests.tui.conftest import BUDI, LKJIP, PEOPLE, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen
from tui import days_off, due_dates, language, workspace
from tui.app import PantauApp
from tui.due_dates import Selection
from tui.main import main
from tui.screens.calendar import CalendarScreen
from tui.screens.due import DueScreen
from tui.screens.listing import Listing
from tui.screens.office import OfficeScreen
from tui.screens.review import ReviewScreen
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Actor, DayOff, Obligation, Role

TODAY = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
ANI = Actor("ani", Role.BUREAU)
REPORTS = "2026-02-28 lkjip 2025"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "now", lambda: TODAY)


@pytest.fixture
def of_office(workspace: Workspace) -> Iterator[PantauApp]:
    """At the screens sits dina of Dinas Kesehatan."""
    workspace.people.write_text(PEOPLE + '[[person]]\nname = "dina"\nrole = "office"\nunit = "diskes"\n')
    opened = Session(workspace, "dina")
    yield PantauApp(opened)
    opened.close()


async def opened(pilot: Screens) -> CalendarScreen:
    await pilot.press("5")
    await until(pilot, lambda: isinstance(pilot.app.screen, CalendarScreen) and not pilot.app.screen.is_old)
    screen = pilot.app.screen
    assert isinstance(screen, CalendarScreen)
    return screen


def shown(app: PantauApp) -> list[str]:
    return list(app.screen.query_one(Listing)._rows)


def on(app: PantauApp) -> str:
    return app.screen.query_one(Listing).chosen or ""


def go_to(app: PantauApp, name: str) -> None:
    app.screen.query_one(Listing).highlighted = shown(app).index(name)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_date_tells_how_many_have_delivered_and_how_many_are_late(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        go_to(app, REPORTS)
        day = "Sat, 28 February 2026" if spoken == "en" else "Sab, 28 Februari 2026"
        await until_seen(pilot, day)
        row = next(line for line in seen(app).splitlines() if " 28 S" in line)

        assert re.search(r" 1/49 +49 ", row)
        assert ("biro-organisasi" in row) is True
        assert (language._("How much is due in each month") in seen(app)) is (size == LARGE)


async def test_it_begins_at_today_and_the_full_stop_comes_back_to_it(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        first = on(app)
        assert first.startswith("2026-03-31")
        assert min(shown(app)) < first  # what is open though it has passed stands before it
        await pilot.press("g")
        assert on(app) == shown(app)[0]
        await pilot.press("full_stop")
        assert on(app) == first


async def test_n_goes_to_the_next_date_with_something_open(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        days = sorted({name[:10] for name in shown(app)})
        await pilot.press("g")
        for day in days[1:4]:
            await pilot.press("n")
            assert on(app)[:10] == day
        await pilot.press("N")
        assert on(app)[:10] == days[2]
        await pilot.press("G", "n")
        assert on(app) == shown(app)[-1]


async def test_what_is_done_leaves_the_list_and_stands_in_that_of_the_whole_year(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    plan = "pemda/rpjmd/2025-2029"
    register = elsewhere.register
    register.perform(Action.WAIVE, register.obligation(plan), ANI, note="contoh")
    elsewhere.submit("pemda/rpjpd/2025-2045", content=b"x")
    needs_review = register.obligation("pemda/rpjpd/2025-2045").needs_review
    if needs_review:
        elsewhere.decide(Action.REVIEW, "pemda/rpjpd/2025-2045", SARI)
    elsewhere.decide(Action.APPROVE, "pemda/rpjpd/2025-2045", BUDI)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        assert not [name for name in shown(app) if "rpjp" in name]
        await pilot.press("m", "m")
        assert screen._selection is Selection.YEAR
        assert [name for name in shown(app) if "rpjp" in name]
        await pilot.press("escape")
        assert not [name for name in shown(app) if "rpjp" in name]
        assert isinstance(app.screen, CalendarScreen)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, CalendarScreen))


async def test_f_narrows_it_to_one_programme_or_unit_after_the_other(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        everything = len(shown(app))
        await pilot.press("f")
        await until_seen(pilot, language._("only {group}").format(group="SAKIP"))
        assert 0 < len(shown(app)) < everything
        await pilot.press("escape")
        assert len(shown(app)) == everything


async def test_a_column_stands_below_its_heading_whether_the_list_scrolls_or_not(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        listing, has_scrolled = screen.query_one(Listing), set()
        for _times in due_dates.groups(screen._dates):
            await pilot.press("f")
            await pilot.pause()
            has_scrolled.add(listing.show_vertical_scrollbar)
            widths = {row.cell_length for row in (listing.heading, *listing._shown.values())}
            assert widths == {listing.scrollable_content_region.width}
        assert has_scrolled == {True, False}


async def test_nothing_of_mine_says_how_to_see_all(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("m")
        await until_seen(pilot, language._("mine"))
        assert shown(app) == []
        assert re.search(r"0 (of|dari) \d+ ", seen(app))


async def test_enter_lists_the_offices_and_from_there_opens_the_office_or_the_document(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.TAKE, LKJIP, SARI)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        go_to(app, REPORTS)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DueScreen) and not app.screen.is_old)
        assert len(shown(app)) == 49
        go_to(app, LKJIP)
        await until_seen(pilot, "Dinas Kesehatan")
        row = next(line for line in seen(app).splitlines() if "Dinas Kesehatan" in line and "sari" in line)
        assert row.startswith(" A!")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DueScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OfficeScreen))


async def test_a_date_that_changes_elsewhere_is_read_again_and_the_cursor_stays(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        go_to(app, REPORTS)
        await until_seen(pilot, "0/49")
        elsewhere.submit(LKJIP)
        await until_seen(pilot, "1/49")

        assert on(app) == REPORTS


async def test_an_extended_office_stays_in_the_list_that_is_open(app: PantauApp, elsewhere: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        go_to(app, REPORTS)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DueScreen) and not app.screen.is_old)
        go_to(app, LKJIP)
        late = elsewhere.register.obligation(LKJIP)
        elsewhere.register.perform(Action.EXTEND, late, ANI, due=date(2026, 4, 30), note="banjir")
        await until_seen(pilot, "30 Apr")

        assert on(app) == LKJIP


async def test_holidays_are_named_beside_a_wide_list(app: PantauApp) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        go_to(app, "2026-04-15 ukur-tw 2026-q1")
        await until_seen(pilot, "(Good Friday)")
        go_to(app, REPORTS)
        await until(pilot, lambda: "(Good Friday)" not in seen(app))


async def test_an_office_sees_its_own_dates_only(of_office: PantauApp) -> None:
    async with of_office.run_test(size=SMALL) as pilot:
        await opened(pilot)
        go_to(of_office, REPORTS)
        await until_seen(pilot, "0/1 ")
        assert not [name for name in shown(of_office) if "rpjmd" in name]


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_a_year_that_is_not_open_says_how_to_open_it(app: PantauApp, workspace: Workspace) -> None:
    app._session.register.obligations = lambda **_: []  # type: ignore[method-assign]
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await until_seen(pilot, "pantau open-year 2026")


async def test_looking_back_to_before_the_year_was_opened_says_so(workspace: Workspace) -> None:
    asked = Session(workspace, "lina", at=TODAY)
    app = PantauApp(asked)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await until(pilot, lambda: seen(app).count("Nothing was owed in 2026 at that moment.") == 2)
    asked.close()


def test_the_verb_tells_the_same_dates(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    asked = ["--lang", "en", "--workspace", str(workspace.root), "--as", "lina", "calendar"]
    assert main(asked) == 0
    (row,) = [line for line in capsys.readouterr().out.splitlines() if "Annual performance report 2025 " in line]
    day, name, *counted = re.split(r"  +", row)
    assert (day, name) == ("Sat, 28 February 2026", "Annual performance report 2025")
    assert counted == ["49 offices", "1 of 49 delivered, 49 late", "biro-organisasi"]
    assert main([*asked, "diskes"]) == 0
    assert re.search(r"Sat, 28 February 2026 +Annual performance report 2025 +late\n", capsys.readouterr().out)
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["due"] == "2025-06-30"


async def test_a_held_key_looks_up_the_days_off_of_one_date_at_a_time(
    app: PantauApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may_go_on = list[str](), Event()

    def slowly(o: Obligation, _: Workspace) -> tuple[DayOff, ...]:
        asked.append(o.id)
        may_go_on.wait()
        return (DayOff(o.due or TODAY.date(), "Nyepi"),)

    monkeypatch.setattr(days_off, "of", slowly)
    async with app.run_test(size=(140, 60)) as pilot:
        screen = await opened(pilot)
        await pilot.press("home", *["down"] * (len(screen._shown) - 2))
        was = len(asked)
        may_go_on.set()
        await until_seen(pilot, "Nyepi")

        assert was == 1
