"""The application: which view is open, fresh data for all of them, and every decision that they ask for."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from textual import on
from textual.app import App

from tui import refusals, words
from tui.errors import UsageError
from tui.language import _
from tui.screens import bulk, repairs, views
from tui.screens.asking_all import Summary
from tui.screens.bulk import Outcome
from tui.screens.messages import Decide, DecideAll, Note, Place, Remember, Undo
from tui.screens.overview import OverviewScreen
from tui.screens.quarantine import QuarantineScreen
from tui.screens.view import View
from tui.session import Session
from tui.watching import Beside
from tui.workspace import now
from workflow import (
    Action,
    Defect,
    Obligation,
    Power,
    Spellings,
    Unavailable,
    WorkflowError,
    permits,
    plain,
)

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
        self._decided: list[tuple[Obligation, ...]] = []
        self._lost = False
        self._opened: dict[str, View] = {}

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
        self._say(_("Press q to leave."))

    @on(Decide)
    def _decide(self, asked: Decide) -> None:
        perform, actor = self._session.register.perform, self._session.actor
        moved = self._move(lambda: perform(asked.action, asked.obligation, actor, findings=asked.findings))
        if moved:
            self._decided.append((moved,))
            told = _("{title}: {done}. Press u to undo.")
            self._say(told.format(title=words.title(moved), done=words.done(asked.action)))
            self._view.decided(moved)

    @on(Note)
    def _note(self, asked: Note) -> None:
        perform, actor = self._session.register.perform, self._session.actor
        record = partial(perform, note=asked.note, about=asked.about, holder=asked.holder)
        moved = self._move(lambda: record(asked.action, asked.obligation, actor))
        if moved:
            self._say(_("{title}: {done}.").format(title=words.title(moved), done=words.done(asked.action)))

    @on(DecideAll)
    def _decide_all(self, asked: DecideAll) -> None:
        outcome = self._each(asked.action, asked.obligations, findings=asked.findings, holder=asked.holder)
        if outcome.done and asked.action in bulk.UNDONE:
            self._decided.append(outcome.done)
        self._sum_up(bulk.done(asked.action, asked.holder, outcome.done), outcome)

    def _undo_all(self, last: tuple[Obligation, ...]) -> None:
        outcome = self._each(Action.UNDO, last)
        if outcome.done:
            del self._decided[-1:]
        self._sum_up(bulk.done(Action.UNDO, None, outcome.done), outcome)

    def _each(
        self,
        action: Action,
        those: tuple[Obligation, ...],
        findings: tuple[str | Defect, ...] = (),
        holder: str | None = None,
    ) -> Outcome:
        """Do it to each by itself; a database that cannot be reached is not asked for the rest."""
        perform, actor, people = self._session.register.perform, self._session.actor, self._session.people
        done, refused = list[Obligation](), list[str]()
        for place, one in enumerate(those):
            try:
                done.append(perform(action, one, actor, findings=findings, holder=holder))
            except Unavailable as problem:
                refused += [f"{words.title(left)}: {refusals.error(problem, people)}" for left in those[place:]]
                break
            except WorkflowError as problem:
                refused.append(refusals.error(problem, people))
        self._changed()
        return Outcome(tuple(done), tuple(refused))

    def _sum_up(self, told: str, outcome: Outcome) -> None:
        if outcome.refused:
            self.clear_notifications()
            self.push_screen(Summary(told, outcome))
        else:
            self._say(told)

    @on(Undo)
    def _undo(self, asked: Undo) -> None:
        shown = (asked.shown,) if asked.shown else ()
        those = self._decided[-1] if self._decided else shown
        if not those:
            self._say(_("You have decided nothing yet that could be undone."))
            return
        if len(those) > 1:
            self._undo_all(those)
            return
        register = self._session.register
        before = register.findings(those[0])
        moved = self._move(lambda: register.perform(Action.UNDO, those[0], self._session.actor))
        if moved:
            del self._decided[-1:]
            trail = register.trail(moved.id)
            fallen = next(words.done(one.action) for one in trail if one.seq in trail[-1].cancels)
            told = _("{title}: “{done}” is undone, it is {standing} again.")
            what = told.format(title=words.title(moved), done=fallen, standing=words.standing(moved))
            self._say(f"{what} {repairs.taken_back(before, register.findings(moved))}".rstrip())
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
            self._say(refusals.error(problem, self._session.people), is_warning=True)
            return
        self._say(_("“{words}” means {means} from now on.").format(words=told.words, means=told.means))
        self._view.refresh_bars()

    def _move(self, work: Callable[[], Obligation]) -> Obligation | None:
        try:
            moved = work()
        except WorkflowError as problem:
            self._changed()
            self._say(refusals.error(problem, self._session.people), is_warning=True)
            return None
        self._changed()
        return moved

    def _look(self) -> None:
        """Whether another process has written, a new day has begun, or the person is not what they were."""
        try:
            is_another = self._session.refresh()
        except UsageError as problem:
            self._lose(problem)
            return
        self._lost = False
        if is_another:
            self.action_overview()
            self._changed()
        seen = (self._session.register.version(), self._session.today())
        if seen != self._seen:
            self._seen = seen
            self._changed()

    def _lose(self, problem: UsageError) -> None:
        """End the session of somebody who is not listed any more; a file that is being saved is looked at again."""
        if self._lost:
            self.exit(return_code=2, message=plain(str(problem)))
        self._lost = True

    def _changed(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.is_old = True
        self._view.freshen()

    def _keep(self) -> None:
        if self._session.at is None and permits(self._session.actor, Power.WATCH) is None:
            self._beside.keep()
        self._view.freshen()

    @property
    def _view(self) -> View:
        """The topmost view; a dialog may lie over it."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, View))

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
