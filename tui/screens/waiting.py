"""The queues: what waits for a decision, and for whom."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tui import queues, words
from tui.cycling import after
from tui.screens import facts, queue_panel, views
from tui.screens.bars import Bar
from tui.screens.keys import MARKED, MARKING, WAITING, bindings
from tui.screens.listing import Listing, Row
from tui.screens.marking import MarkingView
from tui.screens.queue import emptiness, finished_today, headings, nothing_waits, row
from tui.screens.review import ReviewScreen
from tui.screens.submission import Submission
from tui.screens.text import NOTHING, Part, between, line
from tui.session import Session
from workflow import Action, Obligation, Queue

# How long an office's name may be before it is called as people call it, in a narrow list and in a wide one.
_ROOM, _WIDE_ROOM = 24, 38


class WaitingScreen(MarkingView):
    """One queue at a time, with what is known of the document under the cursor beside it where there is room."""

    KEYS = (*WAITING[:2], *MARKING, *WAITING[2:])
    BINDINGS = bindings(WAITING, MARKING, MARKED)
    SHOWS_VIEWS = True
    AUTO_FOCUS = "#waiting"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._queue: Queue | None = None
        self._queues: queues.Queues = dict.fromkeys(Queue, ())
        self._obligations: dict[str, Obligation] = {}
        self._loads: Sequence[queues.Carried] = ()
        self._finished = 0
        self._review: ReviewScreen | None = None

    @property
    def queue(self) -> Queue:
        """Which of them is shown."""
        return self._queue or Queue.MINE

    def body(self) -> ComposeResult:
        """The queues and how much is in each; one of them, and its panel."""
        yield Bar(id="queues")
        yield Bar(id="headings")
        with Horizontal(id="body"):
            yield Listing(id="waiting", flexible=2, headings=headings())
            yield Static(NOTHING, id="empty")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(NOTHING, id="known")

    def reread(self) -> None:
        """Read what waits, the cursor on the same document, or on the one that was opened last."""
        asked, today = self.session, self.session.today()
        everything = asked.obligations()
        self.keep_marks(everything)
        self._queues = queues.queues(everything, asked.actor, today)
        self._queue = self._queue or next((queue for queue in Queue if self._queues[queue]), None)
        self._loads = queues.carried(everything, asked.people, today, asked.workspace.zone)
        self._finished = len(queues.finished(asked.database, asked.actor, today, asked.workspace.zone))
        self._show()

    def place(self) -> list[Part]:
        """The views, and how much waits in each."""
        return self.tabs(views.QUEUE)

    def detail(self) -> Content:
        """How many are marked, and the document under the cursor, on one line."""
        marked = line((f" {self.marked()} ·", "bold")) if self.marks else NOTHING
        room = self.size.width - marked.cell_length
        return marked + facts.detail(self.chosen, self.session.today(), room) if self.chosen else marked

    def refresh_bars(self) -> None:
        """Also the queues, and what the columns are."""
        super().refresh_bars()
        parts: list[Part] = []
        for queue, found in self._queues.items():
            look = "bold reverse" if queue is self.queue else ""
            parts.append((f" {queues.name(queue, self.session.actor)} {words.number(len(found))} ", look))
        done = [(finished_today(self._finished), "dim")] if self._finished else []
        self.query_one("#queues", Bar).show(between(parts, done, self.app.size.width))
        self.query_one("#headings", Bar).show(self._listing.heading)

    def fit(self) -> None:
        """Names are shorter in a narrow list, and the panel stands only beside a wide one."""
        self._show()

    @property
    def chosen(self) -> Obligation | None:
        """The document under the cursor."""
        return self._obligations.get(self._listing.chosen or "")

    def show_marks(self) -> None:
        """In the rows."""
        self._show()

    def move_on(self) -> None:
        """One row down."""
        self._listing.action_cursor_down()

    @property
    def _listing(self) -> Listing:
        return self.query_one(Listing)

    def _show(self) -> None:
        today, zone = self.session.today(), self.session.workspace.zone
        self._obligations = {one.id: one for one in self._queues[self.queue]}
        room = _ROOM if self.has_class("-narrow") else _WIDE_ROOM
        rows: dict[str, Row] = {
            one.id: row(one, today, zone, is_marked=one in self.marks, room=room) for one in self._queues[self.queue]
        }
        read = self._review.subject if self._review and self.is_current else None
        self._listing.show(rows, read)
        self._review = None if read else self._review
        told = emptiness(self.queue) if any(self._queues.values()) else nothing_waits(self._finished)
        self.query_one("#empty", Static).update(line((told, "dim")))
        self.set_class(not self._obligations, "-empty")
        self._show_known()

    @on(OptionList.OptionHighlighted)
    def _show_known(self) -> None:
        self.refresh_bars()
        if not self.has_class("-wide"):
            return
        pane, chosen, register = self.query_one("#side", VerticalScroll), self.chosen, self.session.register
        known = Submission(chosen, register.trail(chosen.id), (), (), register.findings(chosen)) if chosen else None
        today, zone, width = self.session.today(), self.session.workspace.zone, pane.scrollable_content_region.width
        self.query_one("#known", Static).update(queue_panel.beside(known, self._loads, today, zone, width))
        pane.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        if self.chosen:
            self._review = ReviewScreen(self.session, self.chosen.id, self.queue)
            self.app.push_screen(self._review)

    def action_review(self) -> None:
        """Open the document under the cursor; pass on what is marked."""
        if self.marks:
            self.action_decide_all(Action.REVIEW)
        else:
            self._open()

    def action_cycle(self) -> None:
        """Show the next queue."""
        self._queue = after(Queue, self.queue)
        self._show()

    def action_back(self) -> None:
        """Let the marks go; without any, back to the overview."""
        if not self.let_marks_go():
            self.action_close()

    def on_screen_resume(self) -> None:
        """Back from a review: read again, and the cursor goes to what was read last."""
        self.is_old = self.is_old or self._review is not None
