"""What a view says when something is not as it should be; and the bytes that leave, whatever happens."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.conftest import LKJIP, Elsewhere
from tests.tui.screens import LARGE, SMALL, seen, until, until_seen, until_told
from tests.tui.wire import Wire
from tui import refusals, words
from tui.app import PantauApp
from tui.language import _
from tui.screens.messages import Decide
from tui.screens.output import spelled
from tui.screens.overview import OverviewScreen
from tui.screens.waiting import WaitingScreen
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Power, Role, Rule
from workflow.database import connect

WAY = ("j", "l", "/", "d", "\x1b", "?", "\x1b", "n", "\r", "t", "u", "q", "q", ":", "\x1b")
SECRET = "nik-3201234567"


# --- what leaves ---------------------------------------------------------------------------------------------------


def colours(sent: bytes) -> set[bytes]:
    """The codes that name a colour, the default one too."""
    codes = {code for run in re.findall(rb"\x1b\[([0-9;:]*)m", sent) for code in re.split(rb"[;:]", run) if code}
    return {code for code in codes if 30 <= int(code) <= 49 or 90 <= int(code) <= 107}


@pytest.mark.parametrize("theme", [(), ("--theme", "okabe-ito")])
def test_no_colour_at_all_leaves_with_no_color(
    workspace: Workspace, elsewhere: Elsewhere, theme: tuple[str, ...]
) -> None:
    elsewhere.submit(LKJIP)
    with Wire(workspace.root, "--lang", "en", *theme, environment={"NO_COLOR": "1"}) as wire:
        wire.until("Sekretariat DPRD")
        wire.press(*WAY)

    assert colours(wire.sent) == set()
    assert b"\x1b[1;7m" in wire.sent, "what is under the cursor stands out all the same"


def test_colours_leave_where_nobody_minds(workspace: Workspace) -> None:
    with Wire(workspace.root, "--lang", "en") as wire:
        wire.until("Sekretariat DPRD")

    assert {b"38", b"48"} <= colours(wire.sent)


@pytest.mark.parametrize(("spoken", "theme"), [("id", "ansi"), ("en", "dark")])
def test_only_ascii_leaves_where_it_is_asked_for(
    workspace: Workspace, elsewhere: Elsewhere, spoken: str, theme: str
) -> None:
    elsewhere.submit(LKJIP)
    with Wire(workspace.root, "--lang", spoken, "--ascii", "--theme", theme) as wire:
        wire.until("Sekretariat DPRD")
        wire.press(*WAY)

    assert wire.sent.isascii()


def test_names_keep_their_letters_in_ascii_but_not_where_the_terminal_has_none() -> None:
    assert spelled("│ Dinas Ké… · 甲", is_strict=False) == "| Dinas Ké~ . 甲"
    assert spelled("│ Dinas Ké… · 甲", is_strict=True) == "| Dinas Ke~ . ??"


@given(st.text())
def test_whatever_is_spelled_in_ascii_is_as_wide_as_before(text: str) -> None:
    plainest = spelled(text, is_strict=True)

    assert plainest.isascii()
    assert cell_len(plainest) == cell_len(text)


def test_nothing_leaves_while_nobody_does_anything(workspace: Workspace) -> None:
    """Neither on the overview nor where one types, whose cursor does not blink; but for the minute that is shown."""
    with Wire(workspace.root, "--lang", "en") as wire:
        wire.until("Sekretariat DPRD")
        idle = wire.read(patience=5)
        wire.press("/")
        typing = wire.read(patience=5)

    assert len(idle) + len(typing) < 300, idle + typing


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}])
def test_a_dumb_terminal_gets_the_report(workspace: Workspace, environment: dict[str, str]) -> None:
    with Wire(workspace.root, "--lang", "en", environment=environment) as wire:
        assert wire.exit_code() == 0

    assert b"\x1b" not in wire.sent
    assert "Sekretariat DPRD" in wire.words


def test_output_that_is_no_terminal_gets_the_report(workspace: Workspace) -> None:
    command = [sys.executable, "-m", "tui", "--workspace", str(workspace.root), "--as", "sari"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)

    assert b"\x1b" not in done.stdout
    assert b"Sekretariat DPRD" in done.stdout


def test_what_cannot_be_written_in_the_encoding_of_the_output_stops_nothing(workspace: Workspace) -> None:
    command = [sys.executable, "-m", "tui", "--workspace", str(workspace.root), "--as", "sari", "--lang", "en"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*command, "status"], env=environment, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


# --- how it ends ---------------------------------------------------------------------------------------------------

IN_A_HANDLER = """
from tui.screens.overview import OverviewScreen
def action_cycle(self):
    person = {SECRET!r}
    raise ValueError(len(person))
OverviewScreen.action_cycle = action_cycle
"""
IN_A_WORKER = """
from tui.screens.overview import OverviewScreen
def fail():
    person = {SECRET!r}
    raise ValueError(len(person))
OverviewScreen.action_cycle = lambda self: self.run_worker(fail, thread=True)
"""
IN_A_LINE = """
from tui.screens.matrix import Matrix
from tui.screens.overview import OverviewScreen
def render_line(self, y):
    person = {SECRET!r}
    raise ValueError(len(person))
def action_cycle(self):
    Matrix.render_line = render_line
    self.query_one(Matrix).refresh()
OverviewScreen.action_cycle = action_cycle
"""


@pytest.mark.parametrize("fault", [IN_A_HANDLER, IN_A_WORKER, IN_A_LINE], ids=["handler", "worker", "line"])
def test_an_error_that_nobody_foresaw_ends_with_one_line_and_without_values(workspace: Workspace, fault: str) -> None:
    program = fault.replace("{SECRET!r}", repr(SECRET)) + "\nfrom tui.main import main; sys.exit(main())"
    with Wire(workspace.root, "--lang", "en", program=program) as wire:
        wire.until("Sekretariat DPRD")
        before = len(wire.sent)
        wire.press("m")
        assert wire.exit_code() == 1

    left = wire.sent[before:]
    last = left.rpartition(b"\x1b[?1004l")[2].decode()
    assert b"\x1b[?1049l" in left, "the terminal is as it was"
    assert b"\x1b[?25h" in left
    assert re.sub(r"\s+", "", last) == f"Pantauhasstoppedonanerror.Whathappenedisin{workspace.root}/crash.log"
    told = (workspace.root / "crash.log").read_text(encoding="utf-8")
    assert "ValueError: 14" in told
    assert SECRET not in told + left.decode()


@pytest.mark.parametrize("way", [signal.SIG_DFL, signal.SIG_IGN], ids=["as usual", "nohup"])
def test_it_ends_with_its_terminal(workspace: Workspace, way: signal.Handlers) -> None:
    program = f"import signal; signal.signal(signal.SIGHUP, {int(way)}); from tui.main import main; sys.exit(main())"
    with Wire(workspace.root, program=program) as wire:
        wire.until("Sekretariat DPRD")
        wire.hang_up()

        assert wire.exit_code() == -signal.SIGHUP


def test_it_ends_with_a_terminal_that_nobody_told_it_of(workspace: Workspace) -> None:
    program = """
import signal, tui.verbs.screens as screens
screens.signal = lambda *_: signal.signal(signal.SIGHUP, signal.SIG_IGN)
from tui.main import main; sys.exit(main())"""
    with Wire(workspace.root, program=program) as wire:
        wire.until("Sekretariat DPRD")
        wire.hang_up()

        assert wire.exit_code() == 129


# --- what a view says ----------------------------------------------------------------------------------------------


def said(app: PantauApp) -> str:
    """What the view on top says, as running text."""
    return " ".join(" ".join(strip.text for strip in app.screen._compositor.render_strips()).split())


@contextmanager
def closed(workspace: Workspace) -> Iterator[None]:
    """Somebody keeps the database to themselves, as a copying program does."""
    with closing(connect(workspace.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(workspace: Workspace, elsewhere: Elsewhere) -> Iterator[PantauApp]:
    """The screens on a database that a writer can close to all others; who reads waits for a moment only."""
    elsewhere.submit(LKJIP)
    elsewhere.close()
    with closing(connect(workspace.database)) as first:
        first.execute("PRAGMA journal_mode = TRUNCATE")
    opened = Session(workspace, "sari")
    opened.database.wait_for_others(0.02)
    yield PantauApp(opened)
    opened.close()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_was_read_stays_while_the_database_cannot_be_reached(
    workspace: Workspace, impatient: PantauApp, spoken: str, size: tuple[int, int]
) -> None:
    app = impatient
    async with app.run_test(size=size) as pilot:
        await until_seen(pilot, "Sekretariat DPRD")
        with closed(workspace):
            await until(pilot, lambda: locked() in said(app))

            assert "Sekretariat DPRD" in seen(app)
            await pilot.press("down", "enter", "1", "t")
            await until(pilot, lambda: locked() in said(app))
        await until(pilot, lambda: locked() not in said(app))
        assert app.is_running


def locked() -> str:
    return _("Nothing can be decided until it can; it is asked again by itself.")


async def test_nobody_decides_on_what_may_have_moved_unseen(workspace: Workspace, impatient: PantauApp) -> None:
    async with impatient.run_test(size=LARGE, notifications=True) as pilot:
        await until_seen(pilot, "Sekretariat DPRD")
        session = impatient._session
        obligation = session.register.obligation(LKJIP)
        with closed(workspace):
            await until(pilot, lambda: locked() in said(impatient))
            impatient.screen.post_message(Decide(Action.REVIEW, obligation))
            await until_told(pilot, locked())

        await until(pilot, lambda: locked() not in said(impatient))
        assert session.register.obligation(LKJIP) == obligation


class Forbidden(WaitingScreen):
    """The queues, for whoever grants."""

    NEEDS = Power.GRANT


async def test_whoever_may_not_see_a_view_is_told_who_may(app: PantauApp, session: Session, spoken: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(Forbidden(session))
        await until(pilot, lambda: words.role(Role.ADMINISTRATOR) in said(app))

        assert refusals.forbidden(session.actor, Power.GRANT, Rule.WRONG_ROLE) in said(app)
        await pilot.press("q")
        await until(pilot, lambda: type(app.screen) is OverviewScreen)


@pytest.mark.parametrize("size", [(59, 24), (80, 14), (30, 8)])
async def test_a_terminal_that_is_too_small_is_told_what_it_lacks(
    app: PantauApp, spoken: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "pantau status" in said(app))

        told = _("This terminal has {width} columns and {height} rows; Pantau needs {columns} and {rows}.")
        assert told.format(width=size[0], height=size[1], columns=60, rows=15) in said(app)
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: "pantau status" not in said(app))


async def test_what_takes_long_to_read_is_announced_with_the_old_still_shown(
    app: PantauApp, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = list[str]()
    real = OverviewScreen.reread

    def slowly(self: OverviewScreen) -> None:
        announced.append(said(app))
        time.sleep(0.5)
        real(self)

    async with app.run_test(size=SMALL) as pilot:
        await until_seen(pilot, "Sekretariat DPRD")
        monkeypatch.setattr(OverviewScreen, "reread", slowly)
        for _time in range(2):
            app._changed()
            await pilot.pause(0.1)
        await until(pilot, lambda: len(announced) == 2)

    reading = _("Reading again; what is shown is from before.")
    assert reading not in announced[0]
    assert reading in announced[1]
    assert "Sekretariat DPRD" in announced[1]
