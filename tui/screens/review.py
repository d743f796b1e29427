"""A review: the document, what is known of it, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key as KeyPress
from textual.widgets import Static

from tui import queues, refusals, words
from tui.language import _
from tui.screens import facts, matters, repairs
from tui.screens.decision import Confirm, SendBack
from tui.screens.keys import PANES, REVIEW, Key, bindings
from tui.screens.messages import Decide, Note, Undo
from tui.screens.panes import Panes
from tui.screens.queue import following, in_place
from tui.screens.reader import Reader
from tui.screens.submission import DECISIONS, Submission, decision, last_seen, note_sight, particulars, summary
from tui.screens.text import NOTHING, Part, line
from tui.screens.view import View
from tui.screens.worksheet import Worksheet
from tui.session import Session
from workflow import (
    Action,
    Actor,
    Defect,
    InThePast,
    Mark,
    Obligation,
    ObligationId,
    Permit,
    Queue,
    Role,
    defects_of,
    judge,
)

_DECISIONS = {"pass": Action.REVIEW, "approve": Action.APPROVE, "return": Action.RETURN}
_ACTIONS = {
    **_DECISIONS,
    "answer": Action.ANSWER,
    "note": Action.COMMENT,
    "take": Action.TAKE,
    "release": Action.ASSIGN,
}


class ReviewScreen(View):
    """One obligation at a time; after a decision the next that waits opens by itself."""

    KEYS = REVIEW
    BINDINGS = bindings(REVIEW)
    HELP_ONLY = PANES
    AUTO_FOCUS = "#body"

    def __init__(self, session: Session, obligation: ObligationId, queue: Queue = Queue.UNIT) -> None:
        super().__init__(session)
        self._subject = obligation
        self._list = queue
        self._shown: Submission | None = None
        self._queue: list[ObligationId] = []
        self._typed = ""
        self._last_seen = 0
        self._is_met = True

    @property
    def subject(self) -> ObligationId:
        """What is shown."""
        return self._subject

    def body(self) -> ComposeResult:
        """The document on the left; what to go through, and what is known of it, on the right."""
        yield Panes(
            Reader(self.session),
            Worksheet(self.session, partial(self.say, is_warning=True)),
            VerticalScroll(Static(NOTHING, id="summary"), id="submission", can_focus=False),
        )

    def reread(self) -> None:
        """Read the obligation again, and its document when that is another one."""
        register, was = self.session.register, self._shown
        o = register.obligation(self._subject)
        is_another = was is None or was.obligation.id != o.id
        if is_another:
            self._last_seen = last_seen(self.session, o)
        if self._is_met:
            note_sight(self.session, o)
        self._shown = shown = Submission.of(self.session, o, self._last_seen)
        everything = register.obligations(year=self.session.year)
        self.query_one("#submission").border_title = line(shown.obligation.office.name)
        waiting = queues.queues(everything, self.session.actor, self.session.today())[self._list]
        self._queue = in_place([o.id for o in waiting], self._queue, self._subject)
        if was is None or is_another:
            self._reader.open(o, shown.sent.name if shown.sent else "")
        elif was.obligation.content != o.content:
            self.say(_("A newer file has arrived. This is it now."), is_warning=True)
            self._reader.open(o, shown.sent.name if shown.sent else "")
        self._sheet.show(shown, is_another=is_another)
        self._show_summary()

    def place(self) -> list[Part]:
        """The way back, how far one is in the queue, and who has taken it."""
        way = _("Document")
        if self._subject in self._queue:
            place = f"{self._queue.index(self._subject) + 1}/{len(self._queue)}"
            way = " ".join((_("Queue"), words.queue(self._list), place))
        holder = self._shown.obligation.holder if self._shown else None
        held = " · " + _("held by {name}").format(name=holder) if holder else ""
        return [way, held, " › ", (self._title, "bold")]

    def detail(self) -> Content:
        """What may be decided, or why nothing may."""
        if self._shown is None:
            return NOTHING
        o = self._shown.obligation
        allowed = [f"{key} {decision(action)}" for key, action in DECISIONS if self.why_not(action) is None]
        said = " · ".join(allowed) if allowed else self._locked(o)
        return line(" ", *facts.standing(o, self.session.today()), f" · {o.office.name} · {said}")

    def fit(self) -> None:
        """Wrap the facts again."""
        self._show_summary()

    def why_not(self, action: Action) -> str | None:
        """Why this person cannot make this decision now; None when they can."""
        if self._shown is None or self.is_too_small:
            return _("there is no room to show what it is about.")
        if self.session.at:
            return refusals.error(InThePast(self.session.at))
        refusal = self.session.register.why_not(action, self._shown.obligation, self.session.actor)
        if refusal:
            return refusals.why(refusal, self.session.people)
        if self._reader.is_reading and action in _DECISIONS.values():
            return _("the document is still being read.")
        return None

    def line_keys(self) -> Sequence[Key]:
        """The step that is next; an answer is for the office that owes it; whoever has taken it can let go of it."""
        mine = self._shown is not None and self._shown.obligation.holder == self.session.actor.name
        left_out = {"take" if mine else "release"}
        if self._shown:
            left_out.add("approve" if _onward(self._shown.obligation) is Action.REVIEW else "pass")
        if self.session.actor.role is Role.OFFICE:
            left_out |= {*_DECISIONS, "mark", "take", "next", "undo"}
        elif self.why_not(Action.ANSWER) is not None:
            left_out.add("answer")
        return [key for key in self.KEYS if key.id not in left_out]

    def is_open(self, key: Key) -> bool:
        """What cannot be done is grey."""
        if key.id == "mark":
            return self._sheet.why_no_mark() is None
        return key.id not in _ACTIONS or self.why_not(_ACTIONS[key.id]) is None

    def decided(self, obligation: Obligation) -> None:
        """On to the next that waits; back where one came from when none does."""
        if obligation.id != self._subject:
            return
        if next_one := following(self._queue, self._subject):
            self._open(next_one, is_met=False)
        else:
            self.say(_("Nothing else waits for you."))
            self.dismiss()

    def undone(self, obligation: Obligation) -> None:
        """Show what was taken back."""
        self._open(obligation.id)

    def action_decide(self, name: str) -> None:
        """Ask once more, or say why it is not possible."""
        action = Action(name)
        reason = self.why_not(action)
        if self._shown is None or reason:
            self.say(f"{decision(action)}: {reason}", is_warning=True)
            return
        self.app.clear_notifications()
        o, permit = self._shown.obligation, self._permit(action)
        about = particulars(self._shown, self._reader.document, self.session.workspace.zone, permit)
        if action is Action.RETURN:
            noted = defects_of(o.requirement, self._sheet.checks.values())
            self.app.push_screen(SendBack(about, noted, self._sheet.checks), partial(self._send_back, o))
        else:
            # An approver's own list, not begun, would read as if the reviewer had checked nothing.
            is_told = self._sheet.checks or action is Action.REVIEW
            told = matters.summary(self._shown, self._sheet.checks) if is_told else ""
            about += [told, repairs.accepting(self._shown.findings)]
            self.app.push_screen(Confirm(action, about), partial(self._confirm, action, o))

    def action_mark(self, name: str) -> None:
        """Say it of what is under the cursor; never of what is not to be seen."""
        if self._panes.turn_to_sheet():
            self._sheet.mark(Mark(name), self._reader.page)

    def action_note(self) -> None:
        """Write about what is under the cursor; where that is not to be seen, about the document."""
        if self._panes.shows_sheet:
            self._sheet.note(self._reader.page)
        else:
            self._sheet.comment()

    def action_answer(self) -> None:
        """Say how a finding was repaired."""
        if self._panes.turn_to_sheet():
            self._sheet.answer()

    def action_take(self) -> None:
        """Take it, so that others see who has it."""
        self._hold(Action.TAKE, None)

    def action_release(self) -> None:
        """Let go of it."""
        self._hold(Action.ASSIGN, "")

    def on_key(self, event: KeyPress) -> None:
        """Digits are the number of an item, one after the other; any key is a sign that somebody is here."""
        self._meet()
        typed = self._typed + event.key if event.key.isdecimal() else ""
        self._typed = ""
        for number in (typed, typed[-1:]):
            if number and self._sheet.go_to_item(int(number)):
                self._typed = number
                self._panes.turn_to_sheet()
                break
        if typed and self._shown and self._shown.obligation.requirement.checklist:
            event.stop()
            event.prevent_default()

    def action_next(self) -> None:
        """Leave this one as it is and open the next that waits."""
        if next_one := following(self._queue, self._subject):
            self._open(next_one)
        else:
            self.say(_("Nothing else waits for you."))

    def action_undo(self) -> None:
        """Take back the last decision made here, or on this document."""
        self.post_message(Undo(self._shown.obligation if self._shown else None))

    @property
    def _panes(self) -> Panes:
        return self.query_one(Panes)

    @property
    def _reader(self) -> Reader:
        return self.query_one(Reader)

    @property
    def _sheet(self) -> Worksheet:
        return self.query_one(Worksheet)

    @property
    def _title(self) -> str:
        return facts.name(self._shown.obligation) if self._shown else self._subject

    def _locked(self, o: Obligation) -> str:
        return self.why_not(_onward(o)) or ""

    def _confirm(self, action: Action, shown: Obligation, answer: bool | None) -> None:
        if answer:
            self.post_message(Decide(action, shown))

    def _send_back(self, shown: Obligation, findings: tuple[Defect, ...] | None) -> None:
        if findings:
            self.post_message(Decide(Action.RETURN, shown, findings))

    def _hold(self, action: Action, holder: str | None) -> None:
        reason = self.why_not(action)
        if self._shown is None or reason:
            self.say(f"{words.action(action)}: {reason}", is_warning=True)
        else:
            self.post_message(Note(action, self._shown.obligation, holder=holder))

    def _permit(self, action: Action) -> Actor:
        """As whom this person would do it."""
        actor = self.session.register.acting(self.session.actor)
        verdict = judge(self._shown.obligation, action, actor) if self._shown else None
        return verdict.actor if isinstance(verdict, Permit) else actor

    def _open(self, obligation: ObligationId, *, is_met: bool = True) -> None:
        """`is_met` says that somebody asked for it: what opens by itself is not seen yet."""
        self._subject, self._is_met = obligation, is_met
        self.is_old = True
        self.freshen()

    def _meet(self) -> None:
        if not self._is_met and self._shown:
            self._is_met = True
            note_sight(self.session, self._shown.obligation)

    @on(Reader.Known)
    @on(Panes.Turned)
    @on(Worksheet.Marked)
    def _show_known(self) -> None:
        self._show_summary()
        self.refresh_bars()

    def _show_summary(self) -> None:
        if self._shown:
            today, zone = self.session.today(), self.session.workspace.zone
            width = self.query_one("#submission").scrollable_content_region.width
            content = summary(
                self._shown, self._reader.document, self._reader.facts or (), self.why_not, today, zone, width
            )
            self.query_one("#summary", Static).update(content)


def _onward(o: Obligation) -> Action:
    """The decision that takes it a step further."""
    return Action.REVIEW if o.needs_review and o.reviewer is None else Action.APPROVE
