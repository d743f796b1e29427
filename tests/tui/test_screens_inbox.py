"""The inbox: what arrives while one looks, placing and turning away what waits, and what is said where nothing is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox import Evidence, Part, Source
from tests.tui.conftest import LKJIP, PEOPLE, Elsewhere
from tests.tui.inboxes import DINA, Inbox, document
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen, until_told
from tui import language
from tui.app import PantauApp
from tui.screens.arrivals import ArrivalList, Shelf
from tui.screens.condition import Condition
from tui.screens.decision import Confirm
from tui.screens.inbox import InboxScreen
from tui.screens.overview import OverviewScreen
from tui.screens.review import ReviewScreen
from tui.screens.turning_away import Note
from tui.session import Session
from tui.workspace import Workspace, now

HOSTILE = "a\x1b]0;owned\x07\x1b[31m\u202egpj[red].pdf\n[@click=app.quit]x"


@pytest.fixture
def inbox(workspace: Workspace) -> Inbox:
    return Inbox(workspace)


async def opened(pilot: Screens) -> ArrivalList:
    """Go to the inbox."""
    await pilot.press("3")
    await until(pilot, lambda: isinstance(pilot.app.screen, InboxScreen))
    await pilot.pause()
    return pilot.app.screen.query_one(ArrivalList)


def name(listing: ArrivalList) -> str:
    return listing.came.name if listing.came else ""


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_arrived_is_listed_with_what_became_of_it_those_that_wait_first(
    app: PantauApp, inbox: Inbox, spoken: str, size: tuple[int, int]
) -> None:
    inbox.drop("diskes/scan0024.pdf", document("pk", "Dinas Kesehatan", "2026"))
    inbox.drop("dinsos/surat.pdf", b"%PDF-1.4 nothing to be read\nstartxref\n0\n%%EOF\n")
    inbox.drop("diskes/LKjIP 2025.pdf", document("lkjip", "Dinas Kesehatan", "2025"))
    async with app.run_test(size=size) as pilot:
        listing = await opened(pilot)

        rows = [line for line in seen(app).splitlines() if ".pdf " in line][:3]
        assert rows[0].lstrip().startswith("?")
        assert "surat.pdf" in rows[0]
        assert "→ LK 2025" in rows[1]
        assert " v1" in rows[1]
        assert name(listing) == "surat.pdf"
        told = language._("today {arrived} arrived, {filed} filed").format(arrived=3, filed=2)
        assert told in seen(app)


async def test_what_comes_while_one_looks_is_shown_and_the_cursor_stays_on_its_arrival(
    app: PantauApp, inbox: Inbox
) -> None:
    for number in range(3):
        inbox.drop(f"diskes/LKjIP 2025 ({number}).pdf", document("lkjip", "Dinas Kesehatan", "2025") + b"%" * number)
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("j")
        assert name(listing) == "LKjIP 2025 (1).pdf"
        inbox.drop("dinsos/Renja 2026.pdf", document("renja", "Dinas Sosial", "2026"))
        await until_seen(pilot, "→ RJ 2026 Dinas Sosial v1")

        assert name(listing) == "LKjIP 2025 (1).pdf"


async def test_the_cursor_follows_what_comes_once_it_is_asked_to_and_until_it_is_moved(
    app: PantauApp, inbox: Inbox
) -> None:
    inbox.drop("diskes/LKjIP 2025.pdf", document("lkjip", "Dinas Kesehatan", "2025"))
    inbox.drop("diskes/PK 2026.pdf", document("pk", "Dinas Kesehatan", "2026"))
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("j", "f")
        assert name(listing) == "PK 2026.pdf"
        inbox.drop("dinsos/Renja 2026.pdf", document("renja", "Dinas Sosial", "2026"))
        await until(pilot, lambda: name(listing) == "Renja 2026.pdf")
        await pilot.press("j")
        inbox.drop("dinsos/PK 2026.pdf", document("pk", "Dinas Sosial", "2026"))
        await until_seen(pilot, "→ PK 2026 Dinas Sosial v1")

        assert name(listing) == "PK 2026.pdf"
        assert listing.came is not None
        assert listing.came.folder == "diskes"


async def test_what_comes_takes_no_cursor_away_from_what_somebody_is_about_to_file(
    app: PantauApp, inbox: Inbox, elsewhere: Elsewhere
) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("f", "1")
        await until_seen(pilot, "files it as")
        inbox.drop("dinsos/Renja 2026.pdf", document("renja", "Dinas Sosial", "2026"))
        await until_seen(pilot, "→ RJ 2026")

        assert name(listing) == "Laporan Kinerja.pdf"
        assert "files it as" in seen(app)


async def test_what_waits_in_quarantine_is_placed_with_a_digit_and_y(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", "dinsos/lkjip/2025", LKJIP)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("3")
        await until_seen(pilot, "Laporan Kinerja.pdf")
        await pilot.press("y")
        await until_told(pilot, "Pick first")
        await pilot.press("2", "y")
        await until(pilot, lambda: elsewhere.register.obligation(LKJIP).submitter == "sari")

        assert isinstance(app.screen, InboxScreen)
        await until_seen(pilot, "The quarantine is empty")


async def test_after_one_is_placed_the_next_that_waits_is_at_hand(app: PantauApp, elsewhere: Elsewhere) -> None:
    for file in ("one.pdf", "two.pdf", "three.pdf"):
        elsewhere.hold(file, LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("j")
        assert name(listing) == "two.pdf"
        await pilot.press("1", "y")
        await until(pilot, lambda: listing.tally.waiting == 2)

        assert name(listing) == "one.pdf"


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


async def test_what_fits_the_typed_words_is_listed_and_the_arrows_choose(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    elsewhere.hold("Laporan Kinerja.pdf")
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("enter", *"kesehatan perjanjian")
        await until_seen(pilot, "diskes/pk/2026")
        await pilot.press("down", "enter")
        await until_seen(pilot, "files it as")

        assert "perubahan" in seen(app).splitlines()[-2].lower() or "revised" in seen(app).splitlines()[-2].lower()
        assert name(listing) == "Laporan Kinerja.pdf"


async def test_turning_away_wants_a_note_and_gives_the_file_back_with_it(
    app: PantauApp, inbox: Inbox, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    inbox.drop("dinsos/surat.pdf", b"%PDF-1.4 nothing to be read\nstartxref\n0\n%%EOF\n")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        listing = await opened(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Note) and app.screen.focused is not None)
        await pilot.press("enter", "y")
        await until_told(pilot, "Write a note first")
        await pilot.press("2", "y")
        await until_told(pilot, "with the note beside it")

        assert listing.tally.waiting == 0
        await until_seen(pilot, "turned away by sari")
    (note,) = (workspace.inbox / "dinsos" / "dikembalikan").glob("*.txt")
    assert "scan it again" in note.read_text()
    assert note.with_suffix("").exists()


async def test_a_question_that_is_left_turns_nothing_away(
    app: PantauApp, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, Note) and app.screen.focused is not None)
        await pilot.press("1", "escape")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))

        assert listing.tally.waiting == 1


async def test_what_was_asked_again_finds_its_place_by_what_is_known_now(
    app: PantauApp, inbox: Inbox, elsewhere: Elsewhere
) -> None:
    inbox.drop("diskes/Dokumen Wanajati 2026.txt", b"Wanajati 2026\n")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        listing = await opened(pilot)
        assert listing.tally.waiting == 1
        await pilot.press("R")
        await until_told(pilot, "0 of them found their place, 1 still wait.")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_first_page_of_what_waits_is_there_to_be_read(
    app: PantauApp, inbox: Inbox, size: tuple[int, int]
) -> None:
    inbox.drop("dinsos/surat undangan.txt", b"UNDANGAN RAPAT KOORDINASI\n")
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press(*"JJJJJJ")

        await until_seen(pilot, "UNDANGAN RAPAT KOORDINASI")


async def test_what_the_scanner_found_something_in_is_not_opened(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.hold("RAHASIA.txt", LKJIP)
    with elsewhere._database.writing():
        elsewhere._database.run("INSERT INTO scan SELECT digest, '2026', 'infected', 'Eicar' FROM content")
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)

        await until_seen(pilot, "infected: Eicar")
        await until_seen(pilot, "It is not opened")


async def test_what_is_held_is_listed_with_the_reason_and_who_watches(
    app: PantauApp, inbox: Inbox, workspace: Workspace
) -> None:
    inbox.drop("diskes/LKjIP 2025.pdf", b"%PDF-1.7 and no end")
    (workspace.root / "watch.log").write_text("2026-01-05 08:00:00 stopped\n")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("m", "m")
        await until_seen(pilot, "LKjIP 2025.pdf")

        await until_seen(pilot, "it is not complete")
        await until_seen(pilot, "No watcher runs.")
        await until_seen(pilot, "pantau watch")
        await until_seen(pilot, "2026-01-05 08:00:00 stopped")


async def test_an_inbox_that_is_away_is_told(app: PantauApp, inbox: Inbox) -> None:
    inbox.folder.rename(inbox.folder.with_name("gone"))
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        shown = app.screen.query_one(Condition)

        await until(pilot, lambda: "is away, or is not the folder that it was" in str(shown.content))
        assert "No watcher runs." in str(shown.content)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_list_that_is_empty_says_so_and_what_to_do(
    app: PantauApp, spoken: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        first = language._("Nothing has arrived yet. Put a file into a folder of {inbox}, or send it there.")
        await until_seen(pilot, first.partition(".")[0])
        await pilot.press("m")
        await until_seen(pilot, language._("The quarantine is empty: everything that arrived has its place.")[:50])
        await pilot.press("m")
        told = language._("Nothing is held: whatever lies in the inboxes is taken as soon as it lies still.")
        await until_seen(pilot, told[:50])
        await pilot.press("m")
        await until_seen(pilot, first.partition(".")[0])


async def test_what_comes_into_an_empty_inbox_is_at_hand(app: PantauApp, inbox: Inbox) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await until_seen(pilot, "Nothing has arrived yet")
        inbox.drop("diskes/LKjIP 2025.pdf", document("lkjip", "Dinas Kesehatan", "2025"))
        await until_seen(pilot, "→ LK 2025")
        await pilot.press("enter")

        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))


async def test_nothing_today_says_when_the_last_came(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)

        await until_seen(pilot, "today 0 arrived")
        assert "12 Mar" in seen(app)


async def test_who_may_not_place_reads_and_is_told_why(workspace: Workspace, elsewhere: Elsewhere) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP)
    lina = Session(workspace, "lina")
    app = PantauApp(lina)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        listing = await opened(pilot)
        for key in ("1", "y", "x", "R", "enter"):
            app.clear_notifications()
            await pilot.press(key)
            await until_told(pilot, "with the role of leader")

        assert listing.tally.waiting == 1
        assert isinstance(app.screen, InboxScreen)
    lina.close()


async def test_an_office_sees_its_own_arrivals_and_nothing_of_others(workspace: Workspace, inbox: Inbox) -> None:
    workspace.people.write_text(PEOPLE + DINA, encoding="utf-8")
    inbox.drop("diskes/LKjIP 2025.pdf", document("lkjip", "Dinas Kesehatan", "2025"))
    inbox.drop("diskes/surat kami.txt", b"surat\n")
    inbox.drop("dinsos/rahasia.txt", b"rahasia\n")
    inbox.drop("dinsos/rahasia besar.pdf", b"%PDF-1.7 and no end")
    (workspace.root / "watch.log").write_text("dinsos/rahasia.txt\n")
    dina = Session(workspace, "dina")
    app = PantauApp(dina)
    async with app.run_test(size=LARGE) as pilot:
        listing = await opened(pilot)
        for _ in range(3):
            await pilot.pause(0.1)
            assert "rahasia" not in seen(app)
            assert "dinsos" not in seen(app)
            await pilot.press("m")

        assert listing.tally == (2, 1, 1, 0)
    dina.close()


async def test_looking_back_shows_what_had_come_by_then_and_decides_nothing(
    workspace: Workspace, elsewhere: Elsewhere
) -> None:
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP)
    elsewhere.submit("dinsos/pk/2026")
    for moment, is_there in ((datetime(2026, 3, 11, tzinfo=UTC), False), (now() + timedelta(0), True)):
        past = Session(workspace, "sari", moment)
        app = PantauApp(past)
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            listing = await opened(pilot)
            assert (listing.tally.waiting == 1) is is_there
            await pilot.press("1")
            await pilot.press("m", "m")
            await until_seen(pilot, "What lay in the inboxes then is not kept.")
        past.close()
    assert elsewhere.register.obligation(LKJIP).submitter is None


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_name_from_outside_changes_nothing_of_the_terminal(
    app: PantauApp, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(Confirm, "DEAF", 0.001)
    for path in (
        HOSTILE.encode() + b".txt",
        b"\xff\xfe[bold]\x9b31m.txt",
        b"x" * 250 + b".txt",
        b"[bold]\x1b[2J.pdf",
    ):
        inbox.drop(b"diskes/" + path, b"\x1b[2J[/] isi\n" if path.endswith(b"txt") else b"%PDF-1.7 \x1b[2J")
    async with app.run_test(size=size) as pilot:
        listing = await opened(pilot)
        assert listing.tally == (3, 0, 3, 1)
        shown = ""
        for _ in range(3):
            await pilot.press("j", "x")
            await until(pilot, lambda: isinstance(app.screen, Note) and app.screen.focused is not None)
            shown += seen(app).replace("\n", "")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        assert "[@click=app.quit]x.txt" in shown
        assert all(letter.isprintable() and letter != "\u202e" for letter in shown)
        await pilot.press("m", "m")
        await until_seen(pilot, "it is not complete")
        assert "\x1b" not in seen(app)


async def test_enter_opens_what_was_filed_and_escape_comes_back(app: PantauApp, inbox: Inbox) -> None:
    inbox.drop("diskes/LKjIP 2025.pdf", document("lkjip", "Dinas Kesehatan", "2025"))
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        await pilot.press("2")
        assert isinstance(app.screen, InboxScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, OverviewScreen)


def test_the_watcher_of_these_tests_is_the_real_one(inbox: Inbox, workspace: Workspace) -> None:
    inbox.drop("diskes/LKjIP 2025.pdf", document("lkjip", "Dinas Kesehatan", "2025"))

    assert not list(Path(workspace.inbox / "diskes").glob("*.pdf"))


async def test_tab_goes_through_what_fits_and_stays_with_the_file_that_is_meant(
    app: PantauApp, elsewhere: Elsewhere
) -> None:
    elsewhere.hold("Laporan Kinerja.pdf")
    async with app.run_test(size=SMALL) as pilot:
        listing = await opened(pilot)
        await pilot.press("enter", *"kesehatan perjanjian")
        await until_seen(pilot, "diskes/pk/2026")
        await pilot.press("tab", "enter")
        await until_seen(pilot, "files it as Revised")

        assert listing.shelf is Shelf.ALL


async def test_of_what_fits_the_documents_of_whoever_sent_it_come_first(app: PantauApp, inbox: Inbox) -> None:
    inbox.drop("dinsos/surat.pdf", b"%PDF-1.4 nothing to be read\nstartxref\n0\n%%EOF\n")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("enter", *"2025 lkjip")
        await until_seen(pilot, "dinsos/lkjip/2025")

        fitting = [row for row in seen(app).splitlines() if "/lkjip/2025" in row]
        assert "dinsos/lkjip/2025" in fitting[0]


async def test_a_digit_where_nothing_can_be_picked_says_so_and_opens_nothing(app: PantauApp) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("3", "2")

        await until_told(pilot, "nothing to pick")
        assert isinstance(app.screen, InboxScreen)
