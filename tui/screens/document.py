"""A document to read: its text, its versions, and all that is known of it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.language import _
from tui.screens import facts
from tui.screens.dossier import dossier
from tui.screens.keys import DOCUMENT, MOVING, READING, bindings
from tui.screens.reader import Reader
from tui.screens.reading import Reading
from tui.screens.submission import Submission, last_seen, note_sight
from tui.screens.text import NOTHING, Part, line
from tui.session import Session
from workflow import Digest, Obligation, ObligationId


class DocumentScreen(Reading):
    """Reads one document without deciding on it, from a page on or from where words stand in it.

    It stays on the version that was asked for: the newest, and then newer ones too, where none was.
    """

    KEYS = (*DOCUMENT[:2], *READING, *DOCUMENT[2:])
    PANEL = "#submission"
    BINDINGS = bindings(DOCUMENT, MOVING)
    AUTO_FOCUS = None

    def __init__(
        self,
        session: Session,
        obligation: ObligationId,
        content: Digest | None = None,
        *,
        page: int = 0,
        found: str = "",
    ) -> None:
        super().__init__(session)
        self._subject, self._content, self._page, self._found = obligation, content, page, found
        self._shown: Submission | None = None
        self._last_seen = 0

    @property
    def subject(self) -> ObligationId:
        """What is shown."""
        return self._subject

    @property
    def chosen(self) -> Obligation | None:
        """What is shown, as it stands."""
        return self._shown.obligation if self._shown else None

    def body(self) -> ComposeResult:
        """The document on the left, what is known of it on the right."""
        with Horizontal(id="body", classes="-at-document"):
            yield Reader(self.session)
            with Vertical(id="right"), VerticalScroll(id="submission", can_focus=False):
                yield Static(NOTHING, id="summary")

    def reread(self) -> None:
        """Read the obligation again, and its document when that is another one."""
        o, was = self.session.register.obligation(self._subject), self._shown
        if was is None:
            self._last_seen = last_seen(self.session, o)
        note_sight(self.session, o)
        self._shown = Submission.of(self.session, o, self._last_seen)
        if was is None:
            self._open(self._content or o.content, page=self._page, found=self._found)
        elif self._content is None and was.obligation.content != o.content:
            self.say(_("A newer file has arrived. This is it now."), is_warning=True)
            self._open(o.content)
        self._show_known()

    def place(self) -> list[Part]:
        """The way back, and which version it is of how many."""
        if self._shown is None:
            return [_("Document")]
        o, count = self._shown.obligation, len(self._shown.versions)
        version = _("version {n} of {count}").format(n=self._version, count=count) if self._version else ""
        parts: list[Part] = [o.office.name, " › ", (facts.name(o), "bold")]
        return [*parts, f" · {version}"] if version else parts

    def detail(self) -> Content:
        """Where it stands."""
        if self._shown is None:
            return NOTHING
        return facts.detail(self._shown.obligation, self.session.today(), self.app.size.width)

    def fit(self) -> None:
        """Wrap what is known again."""
        self._show_known()

    def action_review(self) -> None:
        """Go on to the review of it."""
        from tui.screens.review import ReviewScreen

        self.app.switch_screen(ReviewScreen(self.session, self._subject))

    def action_version(self, step: int) -> None:
        """To the version before, or after."""
        every = self._shown.versions if self._shown else []
        place = self._version - 1 + step
        if self._shown and self._version and 0 <= place < len(every):
            content = every[place].content
            self._content = None if content == self._shown.obligation.content else content
            self._open(content)
            self._show_known()
            self.refresh_bars()
        else:
            self.say(_("There is no older version.") if step < 0 else _("There is no newer version."))

    def action_flip(self) -> None:
        """The other pane: to be seen where there is room for one, and moved by the keys."""
        body = self.query_one("#body")
        is_at_document = body.has_class("-at-document")
        body.set_class(not is_at_document, "-at-document")
        body.set_class(is_at_document, "-at-submission")
        self.call_after_refresh(self._show_known)

    def action_move(self, step: int) -> None:
        """A line."""
        self._turned.scroll_relative(y=step, animate=False)

    def action_move_page(self, step: int) -> None:
        """By pages, keeping two lines in view."""
        self._turned.scroll_relative(y=step * max(self._turned.size.height - 2, 1), animate=False)

    def action_move_end(self, step: int) -> None:
        """To the start or the end."""
        (self._turned.scroll_home if step < 0 else self._turned.scroll_end)(animate=False)

    @property
    def _reader(self) -> Reader:
        return self.query_one(Reader)

    @property
    def _turned(self) -> Widget:
        return self._reader if self.query_one("#body").has_class("-at-document") else self.query_one("#submission")

    @property
    def _version(self) -> int:
        """The number of the version that is shown; 0 where there is none."""
        every = self._shown.versions if self._shown else []
        return next((one.number for one in every if one.content == self._reader.content), 0)

    def _open(self, content: Digest | None, *, page: int = 0, found: str = "") -> None:
        if self._shown:
            every = self._shown.versions
            name = next((one.sent.name for one in every if one.content == content), "")
            self._reader.open(self._shown.obligation, name, content, page=page, found=found)

    @on(Reader.Known)
    def _show_known(self) -> None:
        if self._shown is None:
            return
        pane, reader, session = self.query_one("#submission"), self._reader, self.session
        pane.border_title = line(self._shown.obligation.office.name)
        told = dossier(
            self._shown,
            session.receipts.of(self._subject),
            reader.content,
            reader.document if reader.content == self._shown.obligation.content else None,
            reader.facts or (),
            session.today(),
            session.workspace.zone,
            pane.scrollable_content_region.width,
        )
        self.query_one("#summary", Static).update(told)
