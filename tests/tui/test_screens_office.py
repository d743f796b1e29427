"""An office: its documents with version and findings; what happened to one, and how it begins."""

from __future__ import annotations

import pytest

from tests.inbox.illustrated import illustrated
from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen
from tui.app import PantauApp
from tui.screens.document import DocumentScreen
from tui.screens.listing import Listing
from tui.screens.office import OfficeScreen
from tui.screens.review import ReviewScreen
from workflow import Action

FIRST, SECOND = "LAPORAN KINERJA 2025\nbaris pertama", "LAPORAN KINERJA 2025\nsudah diperbaiki"


@pytest.fixture
def returned(elsewhere: Elsewhere) -> Elsewhere:
    """A report that was sent twice, and sent back with two findings."""
    elsewhere.submit(LKJIP, file="LKjIP.pdf", content=illustrated(FIRST))
    elsewhere.submit(LKJIP, file="LKjIP perbaikan.pdf", content=illustrated(SECOND))
    elsewhere.decide(Action.RETURN, LKJIP, SARI, "belum dicap", "tabel kosong")
    return elsewhere


async def opened(app: PantauApp, pilot: Screens, elsewhere: Elsewhere) -> OfficeScreen:
    o = elsewhere.register.obligation(LKJIP)
    screen = OfficeScreen(app._session, o.office, o.id)
    await app.push_screen(screen)
    await until(pilot, lambda: app.screen is screen)
    return screen


async def test_each_document_has_its_version_and_its_open_findings(
    app: PantauApp, returned: Elsewhere, spoken: str
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await opened(app, pilot, returned)
        row = next(one for one in seen(app).splitlines() if one.startswith("│ LK ")).split("│")[1]

    assert " k!" in row
    assert " v2 " in row
    assert " ! 2" in row


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_first_page_stands_below_and_follows_the_cursor(
    app: PantauApp, returned: Elsewhere, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, returned)
        await until_seen(pilot, "sudah diperbaiki")
        assert "version 2" in seen(app)
        await pilot.press("k")
        await until(pilot, lambda: "sudah diperbaiki" not in seen(app))


async def test_versions_stand_beside_the_trail(app: PantauApp, returned: Elsewhere) -> None:
    async with app.run_test(size=(140, 60)) as pilot:
        await opened(app, pilot, returned)
        await until_seen(pilot, "Versions")
        assert "LKjIP perbaikan.pdf" in seen(app)


async def test_enter_reads_and_t_reviews(app: PantauApp, returned: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        office = await opened(app, pilot, returned)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))
        await until_seen(pilot, "sudah diperbaiki")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is office)
        assert office.query_one(Listing).chosen == LKJIP
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
