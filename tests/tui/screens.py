"""What a person sees and does at a screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot

from tui.app import PantauApp
from tui.screens.decision import Confirm
from tui.screens.review import ReviewScreen
from workflow import Action

Screens = Pilot[None]
SMALL, LARGE = (80, 24), (140, 40)


def seen(app: PantauApp) -> str:
    """Everything that stands on the terminal, line by line, dialogs after what they lie on."""
    strips = [strip for screen in app.screen_stack for strip in screen._compositor.render_strips()]
    return "\n".join(strip.text for strip in strips)


async def until(pilot: Screens, holds: Callable[[], bool]) -> None:
    """Wait for what comes from another process or thread, no longer than it takes."""
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(seen_of(pilot))


async def until_seen(pilot: Screens, text: str) -> None:
    """Wait until a text stands on the terminal."""
    await until(pilot, lambda: text in seen_of(pilot))


async def until_read(pilot: Screens, action: Action = Action.REVIEW) -> None:
    """Wait until the review that is open lets its person decide."""

    def may_decide() -> bool:
        shown = pilot.app.screen
        return isinstance(shown, ReviewScreen) and shown.why_not(action) is None

    await until(pilot, may_decide)


async def until_told(pilot: Screens, text: str) -> None:
    """Wait until a person is told something."""
    await until(pilot, lambda: any(text in notification.message for notification in pilot.app._notifications))


async def until_asked(pilot: Screens) -> None:
    """Wait until the question stands on the terminal."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))


def seen_of(pilot: Screens) -> str:
    assert isinstance(pilot.app, PantauApp)
    return seen(pilot.app)
