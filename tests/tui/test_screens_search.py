"""The search screen, by keys only."""

from __future__ import annotations

import pytest

from inbox import ContentStore, Index, Indexer, Texts
from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen, until_told
from tui import searches
from tui.app import PantauApp
from tui.desk import Desk
from tui.errors import UsageError
from tui.language import language
from tui.screens import search as module
from tui.screens.asking import AskingLine
from tui.screens.decision import Confirm
from tui.screens.document import DocumentScreen
from tui.screens.inbox import InboxScreen
from tui.screens.results import Results
from tui.screens.review import ReviewScreen
from tui.screens.search import SearchScreen
from tui.session import Session
from tui.workspace import Workspace
from workflow import FIELDS, Action, Database, Field, ObligationId, Preferences, Slip, Unavailable

DINSOS = "dinsos/lkjip/2025"
WORSE = "[Final] [/] \x1b]0;PWNED\x07 \u202eterbalik"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits here for somebody to stop typing, or types ahead."""
    monkeypatch.setattr(module, "_PAUSE", 0.001)
    monkeypatch.setattr(Confirm, "DEAF", 0.001)


@pytest.fixture
def sent(elsewhere: Elsewhere, workspace: Workspace) -> Elsewhere:
    """Two offices have sent their reports, and all is read."""
    for name in (LKJIP, DINSOS):
        elsewhere.submit(name)
    read(workspace)
    return elsewhere


def read(workspace: Workspace) -> None:
    """Read and index everything, as a watcher does."""
    database, index = Database(workspace.database), Index(workspace.search)
    texts, indexer = Texts(database), Indexer(database, index)
    while texts.read_next(ContentStore(workspace.content)) or indexer.step():
        pass
    index.close()
    database.close()


async def opened(pilot: Screens) -> SearchScreen:
    await pilot.press("4")
    await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen) and pilot.app.focused is not None)
    assert isinstance(pilot.app.screen, SearchScreen)
    return pilot.app.screen


async def typed(pilot: Screens, line: str) -> SearchScreen:
    """Type a search, and wait until it is answered."""
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    screen.query_one(AskingLine).value = line
    await until(pilot, lambda: answered(screen) == line)
    await pilot.pause()
    return screen


def answered(screen: SearchScreen) -> str:
    """What the answer that is shown is to."""
    return screen._asked


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_typed_is_found_with_page_and_place(
    app: PantauApp, sent: Elsewhere, spoken: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press(*"efisiensi")
        await until_seen(pilot, "Efisiensi:")

        shown = seen(app)
        heading = {"en": "Pages", "id": "Halaman"}[language()]
        assert heading in shown
        for fact in ("LK 2025", "Diskes" if size == SMALL else "Dinas Kesehatan", "Dinas Sosial"):
            assert fact in shown
        assert " ms" in shown


async def test_enter_opens_the_document_at_the_page(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await typed(pilot, "office:diskes efisiensi")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))

        assert isinstance(app.screen, DocumentScreen)
        assert app.screen.subject == LKJIP
        await until_seen(pilot, "Efisiensi")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        assert isinstance(app.focused, Results)


async def test_a_finding_opens_the_review_and_a_file_in_quarantine_the_inbox(app: PantauApp, sent: Elsewhere) -> None:
    sent.decide(Action.RETURN, LKJIP, SARI, "Target TW II kosong")
    sent.hold("surat edaran.pdf")
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await typed(pilot, "kind:finding kosong")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await typed(pilot, "surat edaran")
        await until_seen(pilot, "in quarantine")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))


async def test_letters_type_and_escape_goes_back_step_by_step(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        await pilot.press(*"qSDj?:2")
        assert screen.query_one(AskingLine).value == "qSDj?:2"
        await typed(pilot, "realisasi")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, Results))
        await pilot.press("slash", "s")
        assert screen.query_one(AskingLine).value.startswith("realisasi")
        assert len(screen.query_one(AskingLine).value) == 10
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not isinstance(app.screen, SearchScreen))


async def test_a_filter_is_completed_and_a_wrong_one_is_told(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        await pilot.press(*"sta", "tab")
        await until(pilot, lambda: screen.query_one(AskingLine).value == "state:")
        await pilot.press("r", "e", "tab")
        await until_seen(pilot, "state:reviewed  state:returned")
        await pilot.press("v", "tab")
        await until(pilot, lambda: screen.query_one(AskingLine).value == "state:reviewed ")
        await typed(pilot, "state:foo")
        await until_seen(pilot, "cannot be “foo”")
        await until_seen(pilot, "Nothing was found")


async def test_what_can_be_chosen_is_told_only_while_it_is_typed(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        for leaving in ("down", "ctrl+u"):
            await typed(pilot, "")
            await pilot.press(*"state:re", "tab")
            await until_seen(pilot, "state:reviewed  state:returned")
            await pilot.press(leaving)
            await until(pilot, lambda: "state:returned" not in seen(app))
            screen.action_type()


@pytest.mark.parametrize("line", ["", "nowhere"])
async def test_what_the_ways_mean_stands_below_nothing_but_itself(app: PantauApp, spoken: str, line: str) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await typed(pilot, line)
        ways = [ways for ways, _means in searches.help_lines()]
        await until_seen(pilot, ways[-1])
        told = [row.rpartition("│")[2].rstrip() for row in seen(app).splitlines()]
        first = next(place for place, row in enumerate(told) if row.lstrip().startswith(ways[0]))
        last = next(place for place, row in enumerate(told) if row.lstrip().startswith(ways[-1]))
        starts = [row.lstrip() for row in told[first : last + 1] if not row[:20].isspace()]
        assert [row.startswith(way) for row, way in zip(starts, ways, strict=True)] == [True] * len(ways)


@pytest.mark.parametrize("field", Field)
def test_a_filter_that_cannot_be_meant_is_called_as_one_types_it(spoken: str, field: Field) -> None:
    said = searches.slip(Slip(field, "foo", ()))

    assert {"en": "due:", "id": "tenggat:"}[language()] in said or field is not Field.DUE
    assert any(said.startswith(f"{name}: ") for name in FIELDS[language()])


async def test_a_search_is_saved_counted_run_and_removed(app: PantauApp, sent: Elsewhere, session: Session) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        await until_seen(pilot, "due within 14 days")
        await typed(pilot, "is:open-finding office:diskes")
        await pilot.press("escape", "S")
        await pilot.pause(0.05)
        await pilot.press(*"temuan", "enter")
        await until_told(pilot, "temuan")
        assert Preferences(session.database).of(SARI, "search.temuan") == {
            "search.temuan": "is:open-finding office:diskes"
        }
        await typed(pilot, "")
        await until(pilot, lambda: screen._counts.get("temuan") == "0")

        sent.decide(Action.RETURN, LKJIP, SARI, "Sampul salah")
        await until(pilot, lambda: screen._counts.get("temuan") == "1")

        results = screen.query_one(Results)
        results.highlighted = results.get_option_index("saved temuan")
        await pilot.press("down", "D")
        await until_told(pilot, "Remove “temuan”?")
        assert Preferences(session.database).of(SARI, "search.temuan")
        await pilot.press("D")
        await until_told(pilot, "“temuan” is removed")
        assert Preferences(session.database).of(SARI, "search.temuan") == {}
        results.highlighted = results.get_option_index(f"saved {searches_saved(screen)[0]}")
        await pilot.press("enter")
        await until(pilot, lambda: bool(screen.query_one(AskingLine).value))


def searches_saved(screen: SearchScreen) -> list[str]:
    return [one.name for one in screen._saved]


async def test_the_cursor_stays_on_what_it_was_on_when_the_data_moves(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=LARGE) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "document:lkjip laporan kind:document")
        await pilot.press("down", "j", "j", "j")
        before = screen.query_one(Results).chosen_id
        assert before

        sent.submit("bkd/lkjip/2025", content=b"another")
        await until(pilot, lambda: screen.is_old is False)
        await pilot.pause(0.5)

        assert screen.query_one(Results).chosen_id == before


async def test_where_nobody_watches_the_screen_brings_the_index_up_to_date(
    app: PantauApp, elsewhere: Elsewhere, workspace: Workspace
) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, "Sampul salah")
    assert not workspace.search.exists()
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed(pilot, "sampul")
        await until_seen(pilot, "still open · Sampul sal")
        await until_seen(pilot, "1 text is not read yet")


async def test_without_an_index_it_says_so_and_finds_documents(app: PantauApp, workspace: Workspace) -> None:
    workspace.search.mkdir()
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed(pilot, "dinsos lkjip")
        await until_seen(pilot, "There is no search index")
        assert "Dinas Sosial" in seen(app)


async def test_nothing_that_came_from_outside_is_obeyed(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP, content=WORSE.encode(), file=f"{WORSE}.pdf")
    elsewhere.decide(Action.RETURN, LKJIP, SARI, f"{WORSE} temuan")
    elsewhere.hold(f"{WORSE} berkas.pdf")
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        for line in ("terbalik", "[/] final", "kind:file terbalik", "kind:finding terbalik"):
            await typed(pilot, line)
            shown = seen(app)
            assert not {"\x1b", "\x07", "\u202e"} & {*shown}
        assert "[Final] [/]" in seen(app)


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_looking_back_finds_what_was_there(workspace: Workspace, sent: Elsewhere, session: Session) -> None:
    at = Session(workspace, "lina", session.register.trail(ObligationId(LKJIP))[0].happened)
    try:
        async with PantauApp(at).run_test(size=SMALL) as pilot:
            await opened(pilot)
            await typed(pilot, "realisasi kind:page")
            await until_seen(pilot, "Diskes")
            assert "Dinas Sosial" not in seen(pilot.app)  # type: ignore[arg-type]
    finally:
        at.close()


def test_every_kind_has_a_name_and_every_remark_its_sentence(spoken: str) -> None:
    told = [*(typed_ for typed_, _means in searches.help_lines()), searches.nothing(), searches.behind(None)]

    assert all(told)
    assert len({*told}) == len(told)


@pytest.mark.parametrize("problem", [Unavailable("database is locked"), UsageError("sari is not listed")], ids=str)
async def test_a_filter_that_cannot_be_completed_ends_no_screen(
    app: PantauApp, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    asked = list[Desk]()

    def silent(desk: Desk) -> None:
        asked.append(desk)
        raise problem

    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        monkeypatch.setattr(Desk, "names", silent)
        await pilot.press(*"sta", "tab")
        await until(pilot, lambda: bool(asked))
        await pilot.press("t", "e")
        await pilot.pause()

        assert screen.query_one(AskingLine).value == "state"
        assert app.return_code is None
