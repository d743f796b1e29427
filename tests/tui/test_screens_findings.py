"""Findings on the screens: how each stands, what office and reviewer say of it, who has it, and who has seen what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.tui.conftest import BUDI, LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_asked, until_read, until_seen, until_told
from tui.app import PantauApp
from tui.screens.decision import Confirm
from tui.screens.office import OfficeScreen
from tui.screens.remark import Remark
from tui.screens.review import ReviewScreen
from tui.screens.worksheet import Worksheet
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Database, Defect, FindingState, Mandates, Obligation, Sightings, State

OPEN, ANSWERED, ACCEPTED = FindingState.OPEN, FindingState.ANSWERED, FindingState.ACCEPTED


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once: nobody types ahead here."""
    monkeypatch.setattr(Confirm, "DEAF", 0.001)


@pytest.fixture
def returned(elsewhere: Elsewhere) -> Elsewhere:
    """A report was sent back with two findings."""
    elsewhere.submit(LKJIP)
    noted = (Defect("Tabel 2 kosong", "ikhtisar", 4), Defect("Belum ditandatangani"))
    elsewhere.register.perform(Action.RETURN, report(elsewhere), SARI, findings=noted)
    return elsewhere


@pytest.fixture
def answered(returned: Elsewhere) -> Elsewhere:
    """And has come again."""
    returned.submit(LKJIP, file="Perbaikan.pdf", content=b"{\\rtf1 better}")
    return returned


@pytest.fixture
def dewi(workspace: Workspace) -> Iterator[PantauApp]:
    """The screens of a person of the office."""
    with workspace.people.open("a", encoding="utf-8") as people:
        people.write('[[person]]\nname = "dewi"\nrole = "office"\nunit = "diskes"\n')
    session = Session(workspace, "dewi")
    yield PantauApp(session)
    session.close()


def report(elsewhere: Elsewhere) -> Obligation:
    return elsewhere.register.obligation(LKJIP)


def states(elsewhere: Elsewhere) -> tuple[FindingState, ...]:
    return report(elsewhere).findings


async def review(pilot: Screens, action: Action = Action.RETURN) -> None:
    """Open what waits, the cursor on the first finding, and wait until one may decide."""
    await pilot.press("2", "enter")
    await until_read(pilot, action)
    await pilot.press("tab", "g")


async def write(pilot: Screens, text: str) -> None:
    """Write into the line that opens, and keep it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Remark) and pilot.app.screen.focused is not None)
    await pilot.press(*text, "enter")


def worded(pilot: Screens) -> str:
    """All that there is to go through in a review, however it is wrapped."""
    options = pilot.app.screen.query_one(Worksheet).options
    return " ".join(" ".join(str(option.prompt) for option in options).split())


async def until_worded(pilot: Screens, text: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen) and text in worded(pilot))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_finding_says_how_it_stands_and_which_version_answers_it(
    app: PantauApp, answered: Elsewhere, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await review(pilot)

        await until_worded(pilot, "? 1 Tabel 2 kosong (p. 4) · answered by version 2")
        assert "submitted: diskes · Perbaikan.pdf" in worded(pilot)
        assert "Findings; sent back by sari" in worded(pilot)


async def test_x_and_y_accept_the_repair_under_the_cursor(app: PantauApp, answered: Elsewhere, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("x")
        await until_asked(pilot)
        await pilot.press("enter", "x")
        assert states(answered) == (ANSWERED, ANSWERED)
        await pilot.press("y")

        await until(pilot, lambda: states(answered) == (ACCEPTED, ANSWERED))


async def test_r_opens_a_finding_again_with_a_note(app: PantauApp, answered: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("r")
        await write(pilot, "still [empty]")
        await until(pilot, lambda: states(answered) == (OPEN, ANSWERED))

        await until_seen(pilot, "! 1 Tabel 2 kosong (p. 4) · opened again")
        await until_seen(pilot, "still [empty]")


async def test_nothing_written_opens_nothing_again(app: PantauApp, answered: Elsewhere) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("r")
        await write(pilot, " ")
        await pilot.pause()

        assert states(answered) == (ANSWERED, ANSWERED)


async def test_what_cannot_be_said_of_a_finding_is_refused_before_anything_is_asked(
    app: PantauApp, answered: Elsewhere
) -> None:
    answered.register.perform(Action.ACCEPT, report(answered), SARI, about=[1, 2])
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("x")
        await until_told(pilot, "no finding of which that could be said")

        assert isinstance(app.screen, ReviewScreen)


async def test_an_open_finding_keeps_it_from_being_passed_on(
    app: PantauApp, answered: Elsewhere, spoken: str
) -> None:
    answered.register.perform(Action.OPEN_AGAIN, report(answered), SARI, about=[2], note="again")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await review(pilot)
        assert isinstance(app.screen, ReviewScreen)
        reason = app.screen.why_not(Action.REVIEW)
        assert reason
        assert "2" in reason
        await pilot.press("t")

        await until_told(pilot, reason)


async def test_passing_on_says_that_it_accepts_and_undoing_that_it_does_not(
    app: PantauApp, answered: Elsewhere
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await review(pilot)
        await pilot.press("t")
        await until_asked(pilot)
        await until_seen(pilot, "The repair of findings 1, 2 is accepted with it.")
        await pilot.press("y")
        await until(pilot, lambda: states(answered) == (ACCEPTED, ACCEPTED))
        await pilot.press("u")

        await until_told(pilot, "The repair of findings 1, 2 is not accepted any more.")
        assert states(answered) == (ANSWERED, ANSWERED)


async def test_undoing_a_return_says_which_findings_fell(app: PantauApp, returned: Elsewhere) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        app.push_screen(ReviewScreen(app._session, report(returned).id))
        await pilot.pause()
        await pilot.press("u")

        await until_told(pilot, "“returned” is undone, it is submitted again. Findings 1, 2 fell with it.")


async def test_a_comment_is_about_what_is_under_the_cursor(app: PantauApp, answered: Elsewhere) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("c")
        await write(pilot, "see [page] 4")
        await until_worded(pilot, "see [page] 4")
        await pilot.press("G", "c")
        await write(pilot, "by phone")
        await until_worded(pilot, "by phone")

        one, other = answered.register.trail(report(answered).id)[-2:]
        assert (one.action, one.note, one.about) == (Action.COMMENT, "see [page] 4", (1,))
        assert (other.action, other.note, other.about) == (Action.COMMENT, "by phone", ())


async def test_where_nothing_is_under_the_cursor_a_comment_is_about_the_document(
    app: PantauApp, answered: Elsewhere
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("c")
        await write(pilot, "by phone")
        await until(pilot, lambda: report(answered).seq == 4)

        assert answered.register.trail(report(answered).id)[-1].about == ()


async def test_the_office_sees_its_findings_and_answers_them(
    dewi: PantauApp, returned: Elsewhere, spoken: str
) -> None:
    office = report(returned).office
    async with dewi.run_test(size=LARGE, notifications=True) as pilot:
        dewi.push_screen(OfficeScreen(dewi._session, office, report(returned).id))
        await until_seen(pilot, "! 1 Tabel 2 kosong")
        await pilot.press("t")
        await until_worded(pilot, "! 2 Belum ditandatangani")
        await pilot.press("w")
        await write(pilot, "diisi")
        await until_worded(pilot, "dewi · diisi")

        record = returned.register.trail(report(returned).id)[-1]
        assert (record.action, record.actor, record.about) == (Action.ANSWER, "dewi", (1,))
        assert record.note == "diisi"


async def test_a_takes_it_l_lets_go_and_the_top_line_says_who_has_it(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await pilot.press("a")
        await until_seen(pilot, "held by sari")
        assert report(elsewhere).holder == "sari"
        await pilot.press("L")
        await until(pilot, lambda: report(elsewhere).holder is None)
        await until(pilot, lambda: "held by sari" not in seen(app))


async def test_what_another_has_taken_says_so(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.register.perform(Action.TAKE, report(elsewhere), SARI._replace(name="rini"))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        app.push_screen(ReviewScreen(app._session, report(elsewhere).id))
        await until_seen(pilot, "held by rini")
        await pilot.press("a")

        await until_told(pilot, "rini has taken it")


async def test_what_is_new_to_a_person_has_a_star_once(app: PantauApp, answered: Elsewhere) -> None:
    answered.register.perform(Action.COMMENT, report(answered), BUDI, note="please look")
    async with app.run_test(size=LARGE) as pilot:
        await review(pilot)
        await pilot.press("G")
        await until_worded(pilot, "please look")
        assert re.search(r"\* [^*]*budi · please look", worded(pilot))
        await pilot.press("escape", "enter")
        await until_read(pilot)
        await pilot.press("tab", "G")
        await until_worded(pilot, "please look")

        assert not re.search(r"\* [^*]*budi · please look", worded(pilot))


async def test_opening_notes_who_has_seen_it_and_the_next_that_opens_by_itself_is_not_seen_yet(
    app: PantauApp, elsewhere: Elsewhere, workspace: Workspace
) -> None:
    elsewhere.submit(LKJIP)
    other = elsewhere.submit("dinsos/lkjip/2025")
    database = Database(workspace.database)
    sightings = Sightings(database, now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        assert [one.actor for one in sightings.of(report(elsewhere))] == ["sari"]
        await pilot.press("t")
        await until_asked(pilot)
        await pilot.press("y")
        await until(pilot, lambda: report(elsewhere).state is State.REVIEWED)
        await until_read(pilot)
        assert sightings.of(other) == []
        await pilot.press("j")

        assert [one.actor for one in sightings.of(other)] == ["sari"]
    database.close()


async def test_the_story_says_who_has_seen_it(app: PantauApp, answered: Elsewhere, workspace: Workspace) -> None:
    database = Database(workspace.database)
    Sightings(database, now).saw(report(answered), BUDI)
    database.close()
    async with app.run_test(size=LARGE) as pilot:
        app.push_screen(OfficeScreen(app._session, report(answered).office, report(answered).id))

        await until_seen(pilot, "seen up to here by: budi, sari")
        assert "* returned" not in seen(app)  # it was sari who did it
        assert "* submitted" in seen(app)


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_the_dialog_says_in_whose_place_one_decides(
    app: PantauApp, answered: Elsewhere, workspace: Workspace
) -> None:
    database = Database(workspace.database)
    Mandates(database, now).delegate(SARI, "lina", now(), now() + timedelta(days=1), "leave")
    database.close()
    async with app.run_test(size=LARGE) as pilot:
        app.push_screen(ReviewScreen(app._session, report(answered).id))
        await until_read(pilot)
        await pilot.press("t")
        await until_asked(pilot)

        await until_seen(pilot, "You decide as reviewer in the place of sari.")
        await until_seen(pilot, "version 2 · round 2")


async def test_what_was_accepted_goes_to_the_end_and_the_cursor_to_the_next_finding(
    app: PantauApp, answered: Elsewhere
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)
        await pilot.press("x")
        await until_asked(pilot)
        await pilot.press("y")
        await until(pilot, lambda: states(answered) == (ACCEPTED, ANSWERED))

        await until_seen(pilot, ">? 2 Belum ditandatangani")


async def test_the_findings_of_a_revision_come_before_the_checklist(app: PantauApp, answered: Elsewhere) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2", "enter")
        await until_seen(pilot, ">? 1 Tabel 2 kosong")

        assert seen(app).index("? 2 Belum ditandatangani") < seen(app).index("[ ]  1 ")


async def test_the_first_picture_of_a_review_is_as_wide_as_the_terminal(
    app: PantauApp, answered: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[bool] = []
    reread = ReviewScreen.reread

    def noted(screen: ReviewScreen) -> None:
        drawn.append(screen.has_class("-narrow"))
        reread(screen)

    monkeypatch.setattr(ReviewScreen, "reread", noted)
    async with app.run_test(size=SMALL) as pilot:
        await review(pilot)

    assert drawn[0]
