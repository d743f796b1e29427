"""What views ask of the application: done by it, so that it is done even when the view is gone by then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import on
from textual.app import App

from tui import refusals, sorting, troubles, words
from tui.language import _
from tui.refusals import People
from tui.screens import bulk, keymap
from tui.screens.bulk import Outcome
from tui.screens.messages import Decide, DecideAll, Note, Place, Remember, Retry, TurnAway, Undo
from tui.screens.reaching import Reaching
from tui.screens.view import View
from tui.session import Session
from workflow import Action, Obligation, Refused, Stale, WorkflowError


class Errands(Reaching, App[None]):
    """The half of the application that does what is asked, and says what came of it in the view on top."""

    _session: Session
    _decided: list[tuple[Obligation, ...]]

    @on(Decide)
    def _decide(self, asked: Decide) -> None:
        perform, actor = self._session.register.perform, self._session.actor
        moved = self._move(lambda: perform(asked.action, asked.obligation, actor, findings=asked.findings))
        if moved:
            self._decided.append((moved,))
            told, undo = _("{title}: {done}. Press {key} to undo."), keymap.press("everywhere.undo")
            self._say(told.format(title=words.title(moved), done=words.done(asked.action), key=undo))
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
        outcome = self._each(asked)
        if outcome.done and asked.action in bulk.UNDONE:
            self._decided.append(outcome.done)
        self._sum_up(bulk.done(asked.action, asked.holder, outcome.done), outcome)

    def _undo_all(self, last: tuple[Obligation, ...]) -> None:
        outcome = self._each(DecideAll(Action.UNDO, last))
        if outcome.done:
            del self._decided[-1:]
        self._sum_up(bulk.done(Action.UNDO, None, outcome.done), outcome)

    def _each(self, asked: DecideAll) -> Outcome:
        told = self._silence()
        outcome = Outcome((), (told,)) if told else bulk.decided(asked, self._session)
        self._changed()
        return outcome

    def _sum_up(self, told: str, outcome: Outcome) -> None:
        # Not at the top: the first picture waits for nothing that is asked for later.
        from tui.screens.asking_all import Summary

        if outcome.refused:
            self.clear_notifications()
            self.push_screen(Summary(told, outcome))
        else:
            self._say(told)

    @on(Undo)
    def _undo(self, asked: Undo) -> None:
        from tui.screens import repairs

        shown = (asked.shown,) if asked.shown else ()
        those = self._decided[-1] if self._decided else shown
        if not those:
            self._say(_("You have decided nothing yet that could be undone."))
            return
        if len(those) > 1:
            self._undo_all(those)
            return
        register, last = self._session.register, those[0]
        before = register.findings(last)
        moved = self._move(lambda: self._take_back(last), refusals.not_undone)
        if moved:
            trail = register.trail(moved.id)
            fallen = next(words.done(one.action) for one in trail if one.seq in trail[-1].cancels)
            told = _("{title}: “{done}” is undone, it is {standing} again.")
            what = told.format(title=words.title(moved), done=fallen, standing=words.standing(moved))
            self._say(f"{what} {repairs.taken_back(before, register.findings(moved))}".rstrip())
            self._view.undone(moved)

    def _take_back(self, last: Obligation) -> Obligation:
        """Undo it. What cannot be undone any more keeps nobody from undoing what came before."""
        try:
            moved = self._session.register.perform(Action.UNDO, last, self._session.actor)
        except (Refused, Stale):
            del self._decided[-1:]
            raise
        del self._decided[-1:]
        return moved

    @on(Place)
    def _place(self, asked: Place) -> None:
        quarantine, actor = self._session.quarantine, self._session.actor
        moved = self._move(lambda: quarantine.place(asked.held.id, asked.obligation, actor))
        if moved:
            self._say(_("{name}: filed as {title}.").format(name=asked.held.name, title=words.title(moved)))
            self._view.placed(asked.held, moved)

    @on(TurnAway)
    def _turn_away(self, asked: TurnAway) -> None:
        self._sort(lambda: sorting.turned_away(sorting.turn_away(self._session, asked.held.id, asked.note)))

    @on(Retry)
    def _retry(self, _asked: Retry) -> None:
        self._sort(lambda: sorting.retried(self._session, len(sorting.retry(self._session))))

    def _sort(self, work: Callable[[], str]) -> None:
        if told := self._silence():
            self._say(told, is_warning=True)
            return
        try:
            told = work()
        except WorkflowError as problem:
            self._changed()
            self._say(refusals.error(problem, self._session.people), is_warning=True)
        except OSError as problem:
            self._say(troubles.told(problem), is_warning=True)
        else:
            self._changed()
            self._say(told)
            self._view.sorted_out()

    @on(Remember)
    def _remember(self, asked: Remember) -> None:
        self._sort(lambda: sorting.remember(self._session, asked.lesson))

    def _move(
        self, work: Callable[[], Obligation], explained: Callable[[WorkflowError, People], str] = refusals.error
    ) -> Obligation | None:
        if told := self._silence():
            self._say(told, is_warning=True)
            return None
        try:
            moved = work()
        except WorkflowError as problem:
            self._changed()
            self._say(explained(problem, self._session.people), is_warning=True)
            return None
        self._changed()
        return moved

    def _silence(self) -> str:
        """Why nobody can decide: what is shown may have moved unseen. Nothing where the database answers."""
        return self._session.reach.told(self._session.workspace.zone)

    def _changed(self) -> None:
        """Have every view read again."""
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.is_old = True
        self._view.freshen()

    @property
    def _view(self) -> View:
        """The topmost view; a dialog may lie over it."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, View))

    def _say(self, sentence: str, *, is_warning: bool = False) -> None:
        self._view.say(sentence, is_warning=is_warning)
