"""A view of things to act on: on the one under the cursor, or on all that are marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from tui import queues, refusals, words
from tui.language import _, many
from tui.screens import bulk
from tui.screens.bulk import Attempt, Reckoning
from tui.screens.keymap import press
from tui.screens.keys import MARKED, MARKING, Key
from tui.screens.marks import Marks
from tui.screens.messages import DecideAll
from tui.screens.view import View
from tui.session import Session
from workflow import QUIET, Action, Actor, Defect, InThePast, Obligation, is_allowed, unfit

_ACTIONS = {
    "all.pass": Action.REVIEW,
    "all.approve": Action.APPROVE,
    "all.return": Action.RETURN,
    "take": Action.TAKE,
    "assign": Action.ASSIGN,
    "release": Action.ASSIGN,
}
_REASONS = 3


class MarkingView(View):
    """Marks are kept here; each view says what is under its cursor, and shows which of its things are marked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.marks = Marks()

    @property
    def chosen(self) -> Obligation | None:
        """What is under the cursor."""
        raise NotImplementedError

    def show_marks(self) -> None:
        """Draw again what the marks have changed."""
        raise NotImplementedError

    def move_on(self) -> None:
        """One thing further, after one was marked."""
        raise NotImplementedError

    def keep_marks(self, everything: Iterable[Obligation]) -> None:
        """Let go of the marks of what has moved, and say so. To be called whenever the register was read."""
        fallen = self.marks.keep({one.id: one for one in everything}, self._has_moved) if self.marks else []
        n = len(fallen)
        if fallen:
            gone = many(
                "{n} mark is gone: {titles}: it has moved.", "{n} marks are gone: {titles}: they have moved.", n
            )
            self.say(gone.format(n=words.number(n), titles=_titles(fallen)), is_warning=True)

    def marked(self) -> str:
        """How many are marked; nothing where none is."""
        return _("{n} marked").format(n=words.number(len(self.marks))) if self.marks else ""

    def let_marks_go(self) -> bool:
        """The first step back: whether there were marks to let go."""
        had = bool(self.marks)
        self._unmark(self.marks.all)
        return had

    def line_keys(self) -> Sequence[Key]:
        """With marks, what can be done to all of them; without, whoever holds it lets go, and others take it."""
        if self.marks:
            return (*MARKED, *MARKING)
        mine = self.chosen is not None and self.chosen.holder == self.session.actor.name
        return [key for key in self.KEYS if key.id != ("take" if mine else "release")]

    def why_closed(self, key: Key) -> str:
        """What cannot be done here to any of them is grey."""
        action = _ACTIONS.get(key.id)
        if action is None:
            return ""
        if self.session.at:
            return refusals.error(InThePast(self.session.at))
        targets = [one for one in self._targets if one.holder] if key.id == "release" else self._targets
        if not targets:
            return _("Nobody holds it.") if self._targets else _("Nothing is under the cursor.")
        if any(is_allowed(one, action, self.session.actor) for one in targets):
            return ""
        refusal = self.session.register.why_not(action, targets[0], self.session.actor)
        return refusals.why(refusal, self.session.people) if refusal else ""

    def action_mark(self) -> None:
        """Mark what is under the cursor, or let its mark go, and move on."""
        if self.chosen:
            self.marks.toggle(self.chosen)
            self.show_marks()
        self.move_on()
        self.refresh_bars()

    def action_decide_all(self, name: str) -> None:
        """Ask once whether to decide on all that are marked."""
        # Not at the top, as the dialogs below: the first picture waits for nothing that is asked for later.
        from tui.screens.decision import SendBack

        if not self.marks:
            hint = _("Mark with {mark} what this key is to decide on. {open} opens what is under the cursor.")
            self.say(hint.format(mark=press("marking.mark"), open=self.shown(self.KEYS[0])))
            return
        attempt = Attempt(Action(name), self._reckoned(Action(name), self.marks.all))
        if attempt.action is Action.RETURN and attempt.reckoning.possible:
            told = list(bulk.reasons(attempt.reckoning.refused, self.session.people))
            held = list(bulk.held(attempt.reckoning.possible, self.session.actor.name))[:_REASONS]
            about = [
                bulk.counted(attempt.reckoning),
                _titles(attempt.reckoning.possible),
                *told[: _REASONS + 1],
                *held,
            ]
            self.app.clear_notifications()
            self.app.push_screen(SendBack(about), partial(self._send_back, attempt))
        else:
            self._ask(attempt)

    def action_take(self) -> None:
        """Take what is marked, or what is under the cursor."""
        free = [one for one in self._targets if one.holder != self.session.actor.name]
        if free:
            self._hold(Attempt(Action.TAKE, self._reckoned(Action.TAKE, free)))
        elif self._targets:
            self.say(_("You hold it already."))

    def action_release(self) -> None:
        """Let go of what is marked, or of what is under the cursor."""
        held = [one for one in self._targets if one.holder]
        if held:
            self._hold(Attempt(Action.ASSIGN, self._reckoned(Action.ASSIGN, held), holder=""))
        elif self._targets:
            self.say(_("Nobody holds it."))

    def action_assign(self) -> None:
        """Pick a person to give it to, among those who could decide it."""
        from tui.screens.asking_all import Assign

        reckoning = self._reckoned(Action.ASSIGN, self._targets)
        people = [one for one in self._people() if any(unfit(o, one) is None for o in reckoning.possible)]
        if not reckoning.possible:
            self._hold(Attempt(Action.ASSIGN, reckoning))
        elif not people:
            self.say(_("Nobody who is listed could decide it."), is_warning=True)
        else:
            everything = self.session.obligations()
            today, zone = self.session.today(), self.session.workspace.zone
            known = {one.name: one for one in people}
            loads = queues.carried(everything, known, today, zone)
            fit = sorted((one for one in loads if one.name in known), key=lambda one: one.held)
            self.app.clear_notifications()
            self.app.push_screen(Assign(reckoning.possible, fit), partial(self._give, reckoning))

    @property
    def _targets(self) -> Sequence[Obligation]:
        return self.marks.all or ((self.chosen,) if self.chosen else ())

    def _people(self) -> list[Actor]:
        """All who are listed, and whoever sits here, each with what they may be today."""
        own = self.session.actor
        return [self.session.register.acting(one) for one in {own.name: own, **self.session.people}.values()]

    def _has_moved(self, marked: Obligation) -> bool:
        since = (one for one in self.session.register.trail(marked.id) if one.seq > marked.seq)
        return any(one.action not in QUIET for one in since)

    def _reckoned(self, action: Action, those: Iterable[Obligation]) -> Reckoning:
        return Reckoning.of((one, self.session.register.why_not(action, one, self.session.actor)) for one in those)

    def _give(self, reckoning: Reckoning, person: Actor | None) -> None:
        if person:
            fit = Reckoning.of((one, unfit(one, person)) for one in reckoning.possible)
            whole = fit._replace(refused=(*reckoning.refused, *fit.refused))
            self._hold(Attempt(Action.ASSIGN, whole, holder=person.name))

    def _hold(self, attempt: Attempt) -> None:
        """One by itself needs no question: nothing is decided, and it is as easily given back."""
        if self.marks:
            self._ask(attempt)
        elif attempt.reckoning.possible:
            self._try(attempt)
        for refusal in () if self.marks else attempt.reckoning.refused:
            self.say(refusals.refused(refusal, self.session.people), is_warning=True)

    def _ask(self, attempt: Attempt) -> None:
        from tui.screens.asking_all import AskAll

        self.app.clear_notifications()
        self.app.push_screen(
            AskAll(attempt, self.session.people, self.session.actor.name), partial(self._answer, attempt)
        )

    def _answer(self, attempt: Attempt, answer: bool | None) -> None:
        if answer:
            self._try(attempt)

    def _send_back(self, attempt: Attempt, findings: Sequence[str | Defect] | None) -> None:
        if findings:
            self._try(attempt._replace(findings=tuple(findings)))

    def _try(self, attempt: Attempt) -> None:
        """What would be refused is left as it is, and stays marked."""
        those = attempt.reckoning.possible
        self._unmark(those)
        self.post_message(DecideAll(attempt.action, those, attempt.findings, attempt.holder))

    def _unmark(self, those: Iterable[Obligation]) -> None:
        self.marks.drop(those)
        self.show_marks()
        self.refresh_bars()


def _titles(those: Sequence[Obligation]) -> str:
    """The first of them by name."""
    return "; ".join(map(words.title, those[:_REASONS])) + ("; …" if those[_REASONS:] else "")
