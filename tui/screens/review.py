"""A review: the document, what is known of it, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from inbox import Fact, Text, Unreadable
from tui import precheck, words
from tui.language import _
from tui.screens import facts
from tui.screens.decision import Confirm, SendBack
from tui.screens.keys import REVIEW, Key, bindings
from tui.screens.messages import Decide, Undo
from tui.screens.queue import following, is_waiting
from tui.screens.reader import Document, Reader
from tui.screens.submission import DECISIONS, Submission, decision, particulars, summary
from tui.screens.text import NOTHING, Part, line
from tui.screens.view import View
from tui.session import Session
from workflow import Action, Digest, Obligation, ObligationId, Refusal, judge

_ACTIONS = {"pass": Action.REVIEW, "approve": Action.APPROVE, "return": Action.RETURN}


@dataclass
class _Read(Message):
    """A document has been read, or given up, and its facts are known, or not yet (None)."""

    digest: Digest
    document: Text | Unreadable
    facts: tuple[Fact, ...] | None


class ReviewScreen(View):
    """One obligation at a time; after a decision the next that waits opens by itself."""

    KEYS = REVIEW
    BINDINGS = bindings(REVIEW)

    def __init__(self, session: Session, obligation: ObligationId) -> None:
        super().__init__(session)
        self._subject = obligation
        self._shown: Submission | None = None
        self._document: Document = None
        self._facts: tuple[Fact, ...] | None = None
        self._queue: list[Obligation] = []

    def body(self) -> ComposeResult:
        """The document on the left, what is known of it on the right."""
        with Horizontal(id="body"):
            yield Reader()
            with VerticalScroll(id="submission", can_focus=False):
                yield Static(NOTHING, id="summary")

    def reread(self) -> None:
        """Read the obligation again, and its document when that is another one."""
        register, was = self.session.register, self._shown
        o = register.obligation(self._subject)
        arrivals, twins = self.session.arrivals.of(o.id), self.session.twins(o)
        shown = Submission(o, register.trail(o.id), arrivals, twins)
        self._shown = shown
        everything = register.obligations(year=self.session.year)
        self.query_one("#submission").border_title = line(shown.obligation.office.name)
        self._queue = [o for o in everything if is_waiting(o, self.session.actor)]
        if was is None or was.obligation.id != self._subject:
            self._open_document()
        elif was.obligation.content != shown.obligation.content:
            self.say(_("A newer file has arrived. This is it now."), is_warning=True)
            self._open_document()
        self._show_summary()

    def place(self) -> list[Part]:
        """The way back, and how far one is in the queue."""
        ids = [o.id for o in self._queue]
        if self._subject in ids:
            return [_("Queue"), f" {ids.index(self._subject) + 1}/{len(ids)} › ", (self._title, "bold")]
        return [_("Document"), " › ", (self._title, "bold")]

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
        verdict = judge(self._shown.obligation, action, self.session.actor)
        if isinstance(verdict, Refusal):
            return words.why(verdict, self.session.people)
        if self._is_reading:
            return _("the document is still being read.")
        return None

    def line_keys(self) -> Sequence[Key]:
        """Where both sides fit there is nothing to flip."""
        return [key for key in self.KEYS if key.id != "flip" or self.has_class("-narrow")]

    def is_open(self, key: Key) -> bool:
        """Decisions are grey when they cannot be made."""
        return key.id not in _ACTIONS or self.why_not(_ACTIONS[key.id]) is None

    def decided(self, obligation: Obligation) -> None:
        """On to the next that waits; back where one came from when none does."""
        if obligation.id != self._subject:
            return
        if following_one := self._following():
            self._open(following_one.id)
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
        o, about = self._shown.obligation, particulars(self._shown, self._document, self.session.workspace.zone)
        if action is Action.RETURN:
            self.app.push_screen(SendBack(about), partial(self._send_back, o))
        else:
            self.app.push_screen(Confirm(action, about), partial(self._confirm, action, o))

    def action_next(self) -> None:
        """Leave this one as it is and open the next that waits."""
        if following_one := self._following():
            self._open(following_one.id)
        else:
            self.say(_("Nothing else waits for you."))

    def action_undo(self) -> None:
        """Take back the last decision made here, or on this document."""
        self.post_message(Undo(self._shown.obligation if self._shown else None))

    def action_flip(self) -> None:
        """Where only one of the two fits: show the other."""
        self.toggle_class("-flipped")
        self.call_after_refresh(self._show_summary)

    def action_move(self, step: int) -> None:
        """Scroll by lines."""
        self._pane.scroll_relative(y=step, animate=False)

    def action_move_page(self, step: int) -> None:
        """Scroll by pages, keeping two lines in view."""
        self._pane.scroll_relative(y=step * max(self._pane.size.height - 2, 1), animate=False)

    def action_move_end(self, step: int) -> None:
        """To the start or the end."""
        if step < 0:
            self._pane.scroll_home(animate=False)
        else:
            self._pane.scroll_end(animate=False)

    @property
    def _pane(self) -> Widget:
        is_flipped = self.has_class("-flipped") and self.has_class("-narrow")
        return self.query_one("#submission" if is_flipped else "#document")

    @property
    def _title(self) -> str:
        return facts.name(self._shown.obligation) if self._shown else self._subject

    @property
    def _is_reading(self) -> bool:
        return self._facts is None and self._shown is not None and self._shown.obligation.content is not None

    def _locked(self, o: Obligation) -> str:
        onward = Action.REVIEW if o.needs_review and o.reviewer is None else Action.APPROVE
        return self.why_not(onward) or ""

    def _confirm(self, action: Action, shown: Obligation, answer: bool | None) -> None:
        if answer:
            self.post_message(Decide(action, shown))

    def _send_back(self, shown: Obligation, findings: tuple[str, ...] | None) -> None:
        if findings:
            self.post_message(Decide(Action.RETURN, shown, findings))

    def _following(self) -> Obligation | None:
        everything = self.session.register.obligations(year=self.session.year)
        return following(everything, self._subject, self.session.actor)

    def _open(self, obligation: ObligationId) -> None:
        self._subject = obligation
        self.is_old = True
        self.freshen()

    def _open_document(self) -> None:
        self._document = self._facts = None
        digest = self._shown.obligation.content if self._shown else None
        reader = self.query_one(Reader)
        reader.border_title = line(self._shown.sent.name if self._shown and self._shown.sent else "")
        reader.border_subtitle = ""
        reader.show(None if digest else Text(0, (), ()))
        if digest and self._shown:
            self._read(digest, self.session.reading(digest), self.session.precheck(self._shown.obligation, digest))

    @work(thread=True, exclusive=True, group="reading")
    def _read(
        self,
        digest: Digest,
        read: Callable[[], Text | Unreadable],
        look_at: Callable[[Text | Unreadable], tuple[Fact, ...]],
    ) -> None:
        document = read()
        self.post_message(_Read(digest, document, None))
        self.post_message(_Read(digest, document, look_at(document)))

    @on(_Read)
    def _show_document(self, read: _Read) -> None:
        if self._shown and self._shown.obligation.content == read.digest:
            if self._document is None:
                self.query_one(Reader).show(read.document)
            self._document, self._facts = read.document, read.facts
            self.query_one(Reader).border_subtitle = line(precheck.warnings(read.facts or ()))
            self._show_summary()
            self.refresh_bars()

    def _show_summary(self) -> None:
        if self._shown:
            today, zone = self.session.today(), self.session.workspace.zone
            width = self.query_one("#submission").scrollable_content_region.width
            content = summary(self._shown, self._document, self._facts or (), self.why_not, today, zone, width)
            self.query_one("#summary", Static).update(content)
