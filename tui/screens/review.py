"""A review: the document, what is known of it, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key as KeyPress
from textual.screen import Screen

from tui import report, words
from tui.language import _
from tui.screens import deciding
from tui.screens.keys import REVIEW, Key, bindings
from tui.screens.known import Known
from tui.screens.lineup import Lineup
from tui.screens.messages import Decide, Note, Undo
from tui.screens.panes import Panes
from tui.screens.reader import Reader
from tui.screens.reading import Reading
from tui.screens.submission import Submission, decision, last_seen, note_sight
from tui.screens.text import NOTHING, Part
from tui.screens.worksheet import Worksheet
from tui.session import Session
from workflow import Action, Defect, Mark, Obligation, ObligationId, Queue, Role


class ReviewScreen(Reading):
    """One obligation at a time; after a decision the next that waits opens by itself."""

    KEYS = REVIEW
    BINDINGS = bindings(REVIEW)
    DIGITS_PICK = True
    AUTO_FOCUS = "#body"
    HELD: ClassVar = 0.1  # seconds; a key that comes again sooner is held down, not pressed

    def __init__(self, session: Session, obligation: ObligationId, queue: Queue = Queue.UNIT) -> None:
        super().__init__(session)
        self._subject = obligation
        self._lineup = Lineup(session, queue)
        self._shown: Submission | None = None
        self._last_seen = 0
        self._is_met = True
        self._pressed, self._pressed_at, self._is_held = "", 0.0, False

    @property
    def subject(self) -> ObligationId:
        """What is shown."""
        return self._subject

    @property
    def chosen(self) -> Obligation | None:
        """The same, as it was read last."""
        return self._shown.obligation if self._shown else None

    def body(self) -> ComposeResult:
        """The queue; the document; what to go through, and what is known of it, on the right."""
        yield Panes(
            self._lineup,
            Reader(self.session),
            Worksheet(self.session, partial(self.say, is_warning=True)),
            Known(self.session),
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
        self._lineup.read(self.session.obligations(), self._subject)
        is_newer = not is_another and was is not None and was.obligation.content != o.content
        if is_newer:
            self.say(_("A newer file has arrived. This is it now."), is_warning=True)
        if is_newer or is_another:
            self._reader.open(o, shown.sent.name if shown.sent else "")
        self._sheet.show(shown, is_another=is_another)
        self._show_summary()

    def place(self) -> list[Part]:
        """The way back, how far one is in the queue and between which, and who has taken it."""
        return self._lineup.way(self._shown.obligation, self.app.size.width) if self._shown else []

    def detail(self) -> Content:
        """What may be decided, or why nothing may."""
        o, today = self.chosen, self.session.today()
        return deciding.at_a_glance(o, self.why_not, today, self.app.size.width) if o else NOTHING

    def fit(self) -> None:
        """Wrap the facts again."""
        self._show_summary()

    def why_not(self, action: Action) -> str | None:
        """Why this person cannot make this decision now; None when they can."""
        if self._shown is None or self.is_too_small:
            return _("there is no room to show what it is about.")
        reason = deciding.why_not(self.session, self._shown.obligation, action)
        if reason is None and self._reader.is_reading and action in deciding.DECISIONS.values():
            return _("the document is still being read.")
        return reason

    def line_keys(self) -> Sequence[Key]:
        """The step that is next; an answer is for the office that owes it; whoever has taken it can let go of it."""
        left_out = deciding.left_out(self.session.actor, self.chosen) if self.chosen else ()
        is_asked = self.session.actor.role is Role.OFFICE or self.why_not(Action.ANSWER) is None
        return [key for key in self.KEYS if key.id not in left_out and (is_asked or key.id != "answer")]

    def why_closed(self, key: Key) -> str:
        """What cannot be done is grey."""
        if key.id == "mark":
            return self._sheet.why_no_mark() or ""
        return (self.why_not(deciding.ACTIONS[key.id]) or "") if key.id in deciding.ACTIONS else ""

    def decided(self, obligation: Obligation) -> None:
        """On to the next that waits; back where one came from when none does."""
        if obligation.id != self._subject:
            return
        if next_one := self._lineup.following:
            self._open(next_one, is_met=False)
        else:
            self.say(_("Nothing else waits for you."))
            self.dismiss()

    def undone(self, obligation: Obligation) -> None:
        """Show what was taken back."""
        self._open(obligation.id)

    def turn_to_document(self) -> None:
        """Where there is room for one only, it is the document."""
        self._panes.turn_to_document()

    def action_decide(self, name: str) -> None:
        """Ask once more, or say why it is not possible."""
        action = Action(name)
        reason = self.why_not(action)
        if self._shown is None or reason:
            self.say(f"{decision(action)}: {reason}", is_warning=True)
            return
        self.app.clear_notifications()
        question: Screen[bool] | Screen[tuple[Defect, ...]] = deciding.question(
            self.session, self._shown, self._reader.document, self._sheet.checks, action
        )
        self.app.push_screen(question, partial(self._answer, action, self._shown.obligation))

    def action_mark(self, name: str) -> None:
        """Say it of what is under the cursor; never of what is not to be seen, nor by a key that is held down."""
        if not self._is_held and self._panes.turn_to_sheet():
            self._sheet.mark(Mark(name), self._reader.page)

    def action_take_back(self) -> None:
        """Take back the mark that was set last."""
        if not self._is_held and self._panes.turn_to_sheet():
            self._sheet.take_back()

    def action_note(self) -> None:
        """Write about what is under the cursor; where that is not to be seen, about the document."""
        if self._panes.shows_sheet:
            name = self._shown.sent.name if self._shown and self._shown.sent else ""
            self._sheet.note(self._reader.page, report.last_page(name, self._reader.document))
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
        """Any key is a sign that somebody is here; digits are the number of an item."""
        self._is_held = event.key == self._pressed and event.time - self._pressed_at < self.HELD
        self._pressed, self._pressed_at = event.key, event.time
        if not self._is_met and self._shown:
            self._is_met = True
            note_sight(self.session, self._shown.obligation)
        if self._panes.type_number(event.key) and self._shown and self._shown.obligation.requirement.checklist:
            event.stop()
            event.prevent_default()

    def action_next(self, step: int = 1) -> None:
        """Leave this one as it is and open the next that waits, or the one before."""
        if next_one := self._lineup.following if step > 0 else self._lineup.preceding:
            self._open(next_one)
        else:
            self.say(_("Nothing else waits for you."))

    def action_undo(self) -> None:
        """Take back the last decision made here, or on this document; one press takes back one."""
        if not self._is_held:
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

    def _answer(self, action: Action, shown: Obligation, answer: bool | tuple[Defect, ...] | None) -> None:
        if answer:
            self.post_message(Decide(action, shown, answer if isinstance(answer, tuple) else ()))

    def _hold(self, action: Action, holder: str | None) -> None:
        reason = self.why_not(action)
        if self._shown is None or reason:
            self.say(f"{words.action(action)}: {reason}", is_warning=True)
        else:
            self.post_message(Note(action, self._shown.obligation, holder=holder))

    def _open(self, obligation: ObligationId, *, is_met: bool = True) -> None:
        """`is_met` says that somebody asked for it: what opens by itself is not seen yet."""
        self._subject, self._is_met = obligation, is_met
        self.is_old = True
        self.freshen()

    @on(Reader.Known)
    @on(Panes.Turned)
    @on(Worksheet.Marked)
    def _show_known(self) -> None:
        self._show_summary()
        self.refresh_bars()

    def _show_summary(self) -> None:
        if self._shown:
            self.query_one(Known).show(self._shown, self._reader, self.why_not)
