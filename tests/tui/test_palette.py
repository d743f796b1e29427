"""Going anywhere and doing anything by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_read, until_seen, until_told
from tui.app import PantauApp
from tui.language import _
from tui.look import THEME_CHOICE
from tui.screens.decision import Confirm
from tui.screens.document import DocumentScreen
from tui.screens.office import OfficeScreen
from tui.screens.overview import OverviewScreen
from tui.screens.palette import Offer, Palette, ranked
from tui.screens.review import ReviewScreen
from tui.screens.waiting import WaitingScreen
from tui.session import Session
from workflow import Preferences, Register, State, Unavailable


async def typed(pilot: Screens, text: str) -> Palette:
    """Open the palette and type, keys by their names where they have one."""
    named = {" ": "space", "/": "slash", "[": "left_square_bracket", "]": "right_square_bracket"}
    await pilot.press("colon", *(named.get(one, one) for one in text))
    await pilot.pause()
    assert isinstance(pilot.app.screen, Palette)
    return pilot.app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("words", ["asked catalogue", "katalog diminta"])
async def test_an_action_is_found_by_the_words_of_both_languages(
    app: PantauApp, spoken: str, size: tuple[int, int], words: str
) -> None:
    async with app.run_test(size=size) as pilot:
        palette = await typed(pilot, words)

        assert palette.chosen is not None
        assert palette.chosen.title == _("the catalogue: what is asked of whom, and by which rule")
        await pilot.press("enter")
        await until_seen(pilot, _("Catalogue"))


async def test_escape_leaves_everything_as_it_was(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("j", "l")
        await pilot.pause()
        before = seen(app)
        await typed(pilot, "queue")
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(app.screen, OverviewScreen)
        assert seen(app) == before


async def test_a_view_is_opened_from_any_other(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: not isinstance(app.screen, OverviewScreen))
        await typed(pilot, "queues")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))


@pytest.mark.parametrize("words", ["dinas kesehatan", "sehat din", "diskes"])
async def test_an_office_is_found_by_its_name_in_any_order_or_its_code(app: PantauApp, words: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await typed(pilot, words)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OfficeScreen))
        await until_seen(pilot, "Dinas Kesehatan")


async def test_a_document_is_found_by_its_id(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await typed(pilot, LKJIP)
        await until_seen(pilot, "missing")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen))


async def test_a_decision_asks_as_ever(app: PantauApp, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    elsewhere.submit(LKJIP)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("n", "t")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await until_read(pilot)
        await typed(pilot, "pass it on")
        await pilot.press("enter")
        await until_asked(pilot)
        assert elsewhere.register.obligation(LKJIP).state is State.SUBMITTED
        await pilot.press("enter", "y")
        await until(pilot, lambda: elsewhere.register.obligation(LKJIP).state is State.REVIEWED)


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_what_cannot_be_done_says_why_and_does_nothing(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("2")
        await until_seen(pilot, "Dinas Kesehatan")
        palette = await typed(pilot, "take it")
        await until_seen(pilot, "role of leader")
        await pilot.press("enter")
        await until_told(pilot, "role of leader")

        assert app.screen is palette
    assert elsewhere.register.obligation(LKJIP).holder is None


async def test_the_theme_is_chosen_and_kept(app: PantauApp, session: Session) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await typed(pilot, "tema light")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "light")

    assert Preferences(session.database).of(SARI, THEME_CHOICE) == {THEME_CHOICE: "light"}


async def test_nothing_found_says_so_and_enter_does_nothing(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        palette = await typed(pilot, "zzqx")
        await until_seen(pilot, _("Nothing here has these words."))
        await pilot.press("down", "pagedown", "up", "enter")

        assert app.screen is palette


async def test_the_cursor_goes_through_all_of_them_and_not_beyond(app: PantauApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        palette = await typed(pilot, "")
        titles: list[str] = []
        for _number in range(200):
            await pilot.press("down")
            assert palette.chosen is not None
            if titles and palette.chosen.title == titles[-1]:
                break
            titles.append(palette.chosen.title)
            assert palette.chosen.title[:20] in seen(app)

        assert len(titles) > Palette.ROWS
        await pilot.press(*["pageup"] * 20)
        await until_seen(pilot, "> open the office")


async def test_hostile_names_of_offices_are_shown_clean(app: PantauApp, elsewhere: Elsewhere) -> None:
    name = "SK [Final] [/] [@click=app.quit]x[/]\x1b]0;PWN\x07 \u202eB"
    with elsewhere.register.writing():
        elsewhere._database.run("UPDATE office SET name = ? WHERE code = 'diskes'", name)
    async with app.run_test(size=LARGE) as pilot:
        await typed(pilot, "[final]")
        await until_seen(pilot, "SK [Final] [/] [@click=app.quit]x[/]")

        assert not {"\x1b", "\x07", "\u202e"} & {*seen(app)}
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OfficeScreen))


WORDS = some.text("ab ", max_size=4)


@given(some.lists(WORDS, max_size=6), WORDS)
def test_what_is_found_has_all_the_words_and_nothing_with_them_is_missing(titles: list[str], asked: str) -> None:
    offers = [Offer(title, "", title, lambda: None) for title in titles]
    found = ranked(offers, asked)

    assert sorted(one.title for one in found) == sorted(
        one.title for one in offers if all(word in f" {one.title}" for word in asked.split())
    )


def test_what_begins_with_a_word_comes_before_what_only_holds_it() -> None:
    offers = [Offer(title, "", title, lambda: None) for title in ("overview", "the view", "viewing", "review")]

    assert [one.title for one in ranked(offers, "view")] == ["viewing", "the view", "review", "overview"]


async def test_a_database_that_does_not_answer_leaves_the_palette_as_it_is(
    app: PantauApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(_: Register) -> None:
        raise Unavailable("database is locked")

    async with app.run_test(size=SMALL) as pilot:
        monkeypatch.setattr(Register, "offices", silent)
        palette = await typed(pilot, "queue")

        assert palette.chosen is not None
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WaitingScreen))


async def test_a_reason_is_told_without_what_a_terminal_would_obey(app: PantauApp) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        no = Offer("approve", "a", "approve", app.exit, "not [/] now: \x1b]0;DICURI\x07")
        await app.push_screen(Palette([no], lambda _: ()))
        await pilot.press("enter")
        await until_told(pilot, "not [/] now")

        assert not any("\x1b" in one.message for one in app._notifications)
