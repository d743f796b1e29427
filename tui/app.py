"""The application: which view is open, fresh data for all of them, and every decision that they ask for."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from textual import on
from textual.app import App

from tui import words
from tui.language import _
from tui.screens.messages import Decide, Place, Remember, Undo
from tui.screens.overview import OverviewScreen
from tui.screens.quarantine import QuarantineScreen
from tui.screens.queue import following
from tui.screens.review import ReviewScreen
from tui.screens.view import View
from tui.session import Session
from tui.watching import Beside
from tui.workspace import now
from workflow import Action, Obligation, Spellings, WorkflowError, plain

_LOOK_SECONDS = 0.3
_KEEP_SECONDS = 3.0


class PantauApp(App[None]):
    """One person at the screens of one workspace."""

    CSS_PATH = "screens/pantau.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, session: Session) -> None:
        # Said before the theme is known, or NO_COLOR would turn the terminal's own colours into black on black.
        super().__init__(ansi_color=True)
        self.animation_level = "none"
        self.theme = "ansi-dark"  # the terminal's own colours, and half the bytes
        self._session = session
        self._beside = Beside(session.workspace)
        self._seen: tuple[int, date] = (session.register.version(), session.today())
        self._decided: list[Obligation] = []

    def get_default_screen(self) -> OverviewScreen:
        """The view at the root."""
        return OverviewScreen(self._session)

    def on_mount(self) -> None:
        """Begin to look for changes."""
        self._keep()
        self.set_interval(_LOOK_SECONDS, self._look)
        self.set_interval(_KEEP_SECONDS, self._keep)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._beside.stop()

    def action_overview(self) -> None:
        """Back to the root."""
        self.clear_notifications()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_queue(self) -> None:
        """Open the first document that waits for this person."""
        everything = self._session.register.obligations(year=self._session.year)
        if first := following(everything, None, self._session.actor):
            self._show(ReviewScreen(self._session, first.id))
        else:
            self._say(_("Nothing waits for you."))

    def action_quarantine(self) -> None:
        """Open the quarantine."""
        self._show(QuarantineScreen(self._session))

    def action_help_quit(self) -> None:
        """Ctrl+C is no way out of a full screen; say what is."""
        self._say(_("Press q to leave."))

    @on(Decide)
    def _decide(self, asked: Decide) -> None:
        perform, actor = self._session.register.perform, self._session.actor
        moved = self._move(lambda: perform(asked.action, asked.obligation, actor, findings=asked.findings))
        if moved:
            self._decided.append(moved)
            told = _("{title}: {done}. Press u to undo.")
            self._say(told.format(title=words.title(moved), done=words.done(asked.action)))
            self._view.decided(moved)

    @on(Undo)
    def _undo(self, asked: Undo) -> None:
        last = self._decided[-1] if self._decided else asked.shown
        if last is None:
            self._say(_("You have decided nothing yet that could be undone."))
            return
        moved = self._move(lambda: self._session.register.perform(Action.UNDO, last, self._session.actor))
        if moved:
            del self._decided[-1:]
            told = _("{title}: undone, it is {standing} again.")
            self._say(told.format(title=words.title(moved), standing=words.standing(moved)))
            self._view.undone(moved)

    @on(Place)
    def _place(self, asked: Place) -> None:
        quarantine, actor = self._session.quarantine, self._session.actor
        moved = self._move(lambda: quarantine.place(asked.held.id, asked.obligation, actor))
        if moved:
            self._say(_("{name}: filed as {title}.").format(name=asked.held.name, title=words.title(moved)))
            if isinstance(self._view, QuarantineScreen):
                self._view.placed(asked.held, moved)

    @on(Remember)
    def _remember(self, asked: Remember) -> None:
        spellings = Spellings(self._session.database, now)
        try:
            told = spellings.remember(*asked.lesson, self._session.actor)
        except WorkflowError as problem:
            self._say(words.error(problem, self._session.people), is_warning=True)
            return
        self._say(_("“{words}” means {means} from now on.").format(words=told.words, means=told.means))
        self._view.refresh_bars()

    def _move(self, work: Callable[[], Obligation]) -> Obligation | None:
        try:
            moved = work()
        except WorkflowError as problem:
            self._changed()
            self._say(words.error(problem, self._session.people), is_warning=True)
            return None
        self._changed()
        return moved

    def _look(self) -> None:
        """Whether another process has written, or a new day has begun and made something late."""
        seen = (self._session.register.version(), self._session.today())
        if seen != self._seen:
            self._seen = seen
            self._changed()

    def _changed(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.is_old = True
        self._view.freshen()

    def _keep(self) -> None:
        self._beside.keep()
        self._view.freshen()

    @property
    def _view(self) -> View:
        """The topmost view; a dialog may lie over it."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, View))

    def _show(self, view: View) -> None:
        self.clear_notifications()  # what was said of one view would be read as said of the next
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(view)
        else:
            self.push_screen(view)

    def _say(self, sentence: str, *, is_warning: bool = False) -> None:
        self._view.say(sentence, is_warning=is_warning)

    def _fatal_error(self) -> None:
        """Leave with one line; what went wrong is in a file, without the values that were at hand."""
        log = self._session.workspace.root / "crash.log"
        _write_down(log)
        self.panic(plain(_("Pantau has stopped on an error. What happened is in {file}").format(file=log)))


def _write_down(log: Path) -> None:
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{now().isoformat()}\n{traceback.format_exc()}\n")
    except OSError:
        return
