"""The application: which view is open, how it looks, and fresh data for all of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from textual.filter import LineFilter

from tui import refusals
from tui.errors import UsageError
from tui.language import _
from tui.look import PLAINEST, THEME_CHOICE, Look, Theme
from tui.screens import crash, keymap, output, views
from tui.screens.errands import Errands
from tui.screens.overview import OverviewScreen
from tui.screens.themes import themes
from tui.screens.view import View
from tui.session import Session
from tui.watching import Beside
from workflow import Obligation, Outgrown, Power, Preferences, Unavailable, WorkflowError, permits, plain

_LOOK_SECONDS = 0.3
_KEEP_SECONDS = 3.0


class PantauApp(Errands):
    """One person at the screens of one workspace."""

    CSS_PATH = "screens/pantau.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, session: Session, look: Look = PLAINEST) -> None:
        # Said before the theme is known, or NO_COLOR would turn colours into shades of grey.
        super().__init__(ansi_color="NO_COLOR" in os.environ or None)
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self._begin_with(look.theme)
        self._signs = look.signs
        self._last = output.filters(look.signs, is_colourless=self.no_color)
        self._session = session
        self._beside = Beside(session.workspace)
        self._seen: tuple[int, date] = (session.register.version(), session.today())
        self._decided: list[tuple[Obligation, ...]] = []
        self._lost = False
        self._opened: dict[str, View] = {}
        self._wrong_keys = keymap.take_up(session)

    def _begin_with(self, theme: Theme) -> None:
        """Look so from the first picture on. `self.theme =` would have every style sheet parsed a second time."""
        self.set_reactive(PantauApp.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.update_classes({"-dark-mode": self.current_theme.dark, "-light-mode": not self.current_theme.dark})
        self._refresh_truecolor_filter(self.ansi_theme)

    def get_default_screen(self) -> OverviewScreen:
        """The view at the root."""
        return OverviewScreen(self._session)

    def on_mount(self) -> None:
        """Begin to look for changes."""
        self.set_keymap(keymap.keymap())
        if self._wrong_keys:
            self._say(self._wrong_keys, is_warning=True)
        self._keep()
        self.set_interval(_LOOK_SECONDS, self._look)
        self.set_interval(_KEEP_SECONDS, self._keep)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._beside.stop()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to each line, ours last."""
        return [*super().get_line_filters(), *self._last]

    def choose_theme(self, theme: Theme) -> None:
        """Have another theme from now on, here and whenever this person comes back."""
        self.theme = Theme.ANSI if self.no_color else theme
        try:
            Preferences(self._session.database).choose(self._session.actor, THEME_CHOICE, theme)
        except WorkflowError as problem:
            self._say(refusals.error(problem, self._session.people), is_warning=True)

    def unreached(self, problem: Unavailable) -> None:
        """The view on top says it."""
        self._view.unreached(problem)

    def action_overview(self) -> None:
        """Back to the root."""
        self._back_to(0)

    def action_view(self, name: str) -> None:
        """Open a view, or go back to it."""
        if name in self._opened and self._opened[name] in self.screen_stack:
            self._back_to(1)
        else:
            self._opened = {name: views.opened(name, self._session)}
            self._show(self._opened[name])

    def action_help_quit(self) -> None:
        """Ctrl+C is no way out of a full screen; say what is."""
        self._say(_("Press {key} to leave.").format(key=keymap.press("everywhere.close")))

    def _look(self) -> None:
        """Whether another process has written, a new day has begun, or the person is not what they were."""
        if not self.is_headless:
            crash.end_with_terminal()
        try:
            is_another = self._session.refresh()
        except UsageError as problem:
            self._lose(problem)
            return
        except Outgrown as problem:
            self._outgrown(problem)
            return
        except Unavailable as problem:
            self.unreached(problem)
            return
        self._lost = False
        if is_another:
            self.action_overview()
            self._changed()
        seen = (self._session.register.version(), self._session.today())
        if seen != self._seen or not self._session.reach:
            self._seen = seen
            self._changed()
        else:
            self._session.reach.found()

    def _lose(self, problem: UsageError) -> None:
        """End the session of somebody who is not listed any more; a file that is being saved is looked at again."""
        if self._lost:
            self.exit(return_code=2, message=output.leaving(plain(str(problem)), self._signs))
        self._lost = True

    def _outgrown(self, problem: Outgrown) -> None:
        """Whoever has upgraded Pantau knows tables that this one does not."""
        self.exit(return_code=2, message=output.leaving(refusals.error(problem), self._signs))

    def _keep(self) -> None:
        if self._session.at is None and permits(self._session.actor, Power.WATCH) is None:
            self._beside.keep()
        self._view.freshen()

    def _back_to(self, depth: int) -> None:
        self.clear_notifications()
        while len(self.screen_stack) > depth + 1:
            self.pop_screen()

    def _show(self, view: View) -> None:
        self.clear_notifications()  # what was said of one view would be read as said of the next
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(view)
        else:
            self.push_screen(view)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, Unavailable):
            self.unreached(error)
        elif isinstance(error, Outgrown):
            self._outgrown(error)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave with one line; what went wrong is in a file, without the values that were at hand."""
        log = self._session.workspace.root / "crash.log"
        crash.write_down(log)
        if not self._exit_renderables:
            told = _("Pantau has stopped on an error. What happened is in {file}").format(file=log)
            self.panic(output.leaving(plain(told), self._signs))
