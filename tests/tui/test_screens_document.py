"""A document that is read: its text, what has changed in it, how its pages look, and what is known of it."""

from __future__ import annotations

import asyncio
import re

import pytest

from inbox import Text, Texts
from tests.inbox.illustrated import illustrated
from tests.inbox.test_pages import paged
from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen, until_told
from tui.app import PantauApp
from tui.screens.document import DocumentScreen
from tui.screens.dots import Dots
from tui.screens.magnifier import Magnifier
from tui.screens.reader import Reader
from tui.screens.review import ReviewScreen
from workflow import Action, ObligationId

FIRST = "LAPORAN KINERJA 2025\nTarget TW I : 62,5\nTarget TW II :\nTarget TW III : 65,5"
SECOND = FIRST.replace("TW II :", "TW II : 64,0")
ANNEX = "lampiran\nisi satu\nisi dua\nisi tiga"
SIGNED = "Kepala Dinas Kesehatan\nNama Contoh"
HOSTILE = "\x1b]52;c;c3Vkbw==\x07 disetujui \u202eterbalik [/] [@click=app.quit]klik[/] [Final] \x9b31m"


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """Two versions: in the second a target is filled in, and it is signed."""
    elsewhere.submit(LKJIP, file="LKjIP.pdf", content=illustrated(FIRST, ANNEX, SIGNED))
    elsewhere.submit(LKJIP, file="LKjIP perbaikan.pdf", content=illustrated(SECOND, ANNEX, SIGNED, on=[3]))
    return elsewhere


async def opened(app: PantauApp, pilot: Screens, **how: object) -> Reader:
    """The document on the screen, read."""
    screen = DocumentScreen(app._session, ObligationId(LKJIP), **how)  # type: ignore[arg-type]
    await app.push_screen(screen)
    await until(pilot, lambda: app.screen is screen and not screen.query_one(Reader).is_reading)
    return screen.query_one(Reader)


def here(reader: Reader) -> int:
    """The page of the place where one is, of those where words were found."""
    assert reader._here is not None
    return reader._rows[reader._here].page


async def test_a_picture_is_marked_where_it_stands(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        mark = "[gambar 210x90 pt di sini]" if spoken == "id" else "[picture 210x90 pt here]"
        await until_seen(pilot, mark)

        lines = seen(app).splitlines()
        place = next(i for i, one in enumerate(lines) if mark in one)
        assert "Nama Contoh" in lines[place - 1]


async def test_v_shows_what_has_changed_and_shift_v_nothing_else(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await pilot.press("v")
        await until_seen(pilot, "- Target TW II :")
        assert "+ Target TW II : 64,0" in seen(app)
        assert "+ [picture 210x90 pt here]" in seen(app)
        assert "isi satu" in seen(app)

        await pilot.press("V")
        await pilot.pause()
        assert "+ Target TW II : 64,0" in seen(app)
        assert "isi satu" not in seen(app)

        await pilot.press("V")
        await pilot.pause()
        assert "- Target" not in seen(app)


async def test_the_same_words_in_other_bytes_are_said_to_be_the_same(app: PantauApp, sent: Elsewhere) -> None:
    sent.submit(LKJIP, content=illustrated(SECOND, ANNEX, SIGNED, on=[3]) + b"\n% again")
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await pilot.press("v")
        await until_seen(pilot, "Word for word the same as the version before, in other bytes.")


async def test_what_cannot_be_compared_says_why(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP, file="LKjIP.zip", content=b"PK\x03\x04 no document")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(app, pilot)
        await pilot.press("v")
        await until_told(pilot, "There is no text to compare.")
        elsewhere.submit(LKJIP, content=illustrated(FIRST))
        await until_seen(pilot, "Target TW I")
        await pilot.press("v")
        await until_seen(pilot, "The version before has no text to compare with.")


async def test_older_versions_are_a_key_away_and_stay_when_a_newer_comes(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        reader = await opened(app, pilot)
        await until_seen(pilot, "version 2 of 2")
        await pilot.press("less_than_sign")
        await until_seen(pilot, "version 1 of 2")
        await until(pilot, lambda: not reader.is_reading)
        assert "64,0" not in seen(app)
        await pilot.press("v")
        await until_told(pilot, "This is the first version: there is none to compare it with.")

        sent.submit(LKJIP, content=illustrated("yang ketiga"))
        await until_seen(pilot, "version 1 of 3")
        await pilot.press("less_than_sign")
        await until_told(pilot, "There is no older version.")
        await pilot.press("greater_than_sign", "greater_than_sign")
        await until_seen(pilot, "yang ketiga")


async def test_it_opens_at_the_place_that_was_found_and_enter_goes_to_the_next(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    pages = ["\n".join(f"halaman {page} baris {line}" for line in range(40)) for page in range(1, 6)]
    elsewhere.submit(LKJIP, content=paged(*[f"{page}\nkinerja utama" for page in pages]))
    async with app.run_test(size=SMALL) as pilot:
        reader = await opened(app, pilot, page=3, found="Kinerja utama")
        await until_seen(pilot, "kinerja utama")
        assert here(reader) == 3
        await pilot.press("enter")
        assert here(reader) == 4
        await pilot.press("enter", "enter")
        assert here(reader) == 1

        await pilot.press("slash")
        await pilot.pause()
        for _key in "kinerja utama":
            await pilot.press("backspace")
        await pilot.press(*"baris", "space", *"7", "enter")
        await until_seen(pilot, "halaman 2 baris 7")


async def test_brackets_turn_the_pages(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP, content=paged(*["\n".join(["baris"] * 40)] * 4))
    async with app.run_test(size=SMALL) as pilot:
        reader = await opened(app, pilot)
        places = []
        for key in ("right", "right", "left"):
            await pilot.press(f"{key}_square_bracket")
            await pilot.pause()
            places.append(reader._rows[round(reader.scroll_y)].said.strip(" ─"))

        assert places == ["page 2/4", "page 3/4", "page 2/4"]


async def test_the_magnifier_opens_on_the_picture_that_is_in_view(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await pilot.press("p")
        await until_seen(pilot, "page 3/3")
        dots = app.screen.query_one(Dots)
        await until(pilot, lambda: bool(dots._rows))
        middle = dots._rows[len(dots._rows) // 2]
        assert middle[len(middle) // 2] == "a"
        ground = [one for one in dots.render_line(len(dots._rows) // 4) if one.style and one.style.bgcolor]
        assert {one.style.bgcolor.number for one in ground if one.style and one.style.bgcolor} == {232, 255}

        await pilot.press("l", "l", "l", "l", "j", "minus", "left_square_bracket")
        await until_seen(pilot, "page 2/3")
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, DocumentScreen)


async def test_keys_that_come_faster_than_pictures_end_where_they_lead(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await pilot.press("p")
        await until_seen(pilot, "page 3/3")
        await pilot.press(*["plus"] * 12, *["left_square_bracket"] * 2)
        await until_seen(pilot, "page 1/3 · 280%")


async def test_without_colours_the_magnifier_draws_with_signs(
    app: PantauApp, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "no_color", True)
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await pilot.press("p")
        await until_seen(pilot, "@@@@@@@@")
        assert "▀" not in seen(app)


async def test_what_is_no_pdf_has_no_picture_of_a_page(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP, file="LKjIP.txt", content=b"hanya teks")
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await pilot.press("p")
        await until_seen(pilot, "Only a page of a PDF can be shown as a picture.")
        assert isinstance(app.screen, Magnifier)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DocumentScreen)


@pytest.mark.parametrize(
    ("came", "line"),
    [
        pytest.param("", f" fetch {LKJIP} --version 2 --output diskes-lkjip-2025-v2.pdf", id="here"),
        pytest.param(
            "10.0.0.9 50022 10.0.0.1 22",
            f"ssh 10.0.0.1 pantau fetch {LKJIP} --version 2 > diskes-lkjip-2025-v2.pdf",
            id="over SSH",
        ),
    ],
)
async def test_o_gives_a_line_to_copy_and_copies_it(
    app: PantauApp, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch, came: str, line: str
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", came)
    async with app.run_test(size=LARGE) as pilot:
        await opened(app, pilot)
        await pilot.press("o")
        await until_seen(pilot, "diskes-lkjip-2025-v2.pdf")
        assert app.clipboard.endswith(line)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DocumentScreen)


async def test_all_that_is_known_stands_beside_it(app: PantauApp, sent: Elsewhere, spoken: str) -> None:
    sent.decide(Action.RETURN, LKJIP, SARI, "belum dicap")
    o = sent.register.obligation(LKJIP)
    sent.register.perform(Action.COMMENT, o, SARI, note="sudah ditelepon")
    async with app.run_test(size=(140, 80)) as pilot:
        await opened(app, pilot)
        await until_seen(pilot, "belum dicap")
        shown = seen(app)

    assert o.content
    beside = "".join("".join(one.split("│")[3:4]).strip() for one in shown.splitlines())
    assert o.content in beside
    assert "sudah ditelepon" in shown
    assert all(name in shown for name in ("LKjIP.pdf", "LKjIP perbaikan.pdf"))


async def test_in_a_narrow_terminal_tab_turns_to_what_is_known(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        await until_seen(pilot, "Target TW I ")
        await pilot.press("tab")
        await until_seen(pilot, "SHA-256")
        assert "Target TW I " not in seen(app)
        await pilot.press("tab")
        await until_seen(pilot, "Target TW I ")


async def test_t_goes_on_to_the_review(app: PantauApp, sent: Elsewhere) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await opened(app, pilot)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))


async def test_where_nothing_has_arrived_it_says_so(app: PantauApp, spoken: str) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(app, pilot)
        await until_seen(pilot, "Belum ada yang masuk." if spoken == "id" else "Nothing has arrived yet.")
        await pilot.press("tab")
        await until_seen(pilot, "28 Februari 2026" if spoken == "id" else "28 February 2026")
        assert not re.search(r"\b0 (pp\.|hlm)", seen(app))
        for key in ("v", "p", "o", "less_than_sign", "right_square_bracket", "enter"):
            await pilot.press(key)
            await asyncio.sleep(0)
        assert isinstance(app.screen, DocumentScreen)


async def test_nothing_in_a_document_reaches_the_terminal_unclean(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP, file=f"{HOSTILE}.txt", content=b"satu")
    elsewhere.submit(LKJIP, file=f"{HOSTILE}.txt", content=HOSTILE.encode())
    content = elsewhere.register.obligation(LKJIP).content
    assert content
    async with app.run_test(size=LARGE) as pilot:
        # What was kept by an older reader is no cleaner than what it read.
        with app._session.database.writing():
            Texts(app._session.database).keep(content, Text(1, (HOSTILE,), (1,), HOSTILE, HOSTILE))
        await opened(app, pilot)
        for key in ("v", "V", "V", "slash"):
            await pilot.press(key)
            await until_seen(pilot, "[@click=app.quit]klik[/] [Final]")
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(seen(app))
