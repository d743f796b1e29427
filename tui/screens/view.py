"""What every view has: bars above and below, keys, fresh data, and a word when the terminal is too small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.language import _
from tui.screens import bars, views
from tui.screens.bars import Bar
from tui.screens.help import Help
from tui.screens.keys import BACK, UNDO, VIEWS, Key, bindings
from tui.screens.messages import Undo
from tui.screens.text import NOTHING, Part, between
from tui.session import Session
from workflow import Obligation, plain

SMALLEST = (60, 15)


class View(Screen[None]):
    """A screen that shows the register and reads it again when it has moved."""

    KEYS: ClassVar[tuple[Key, ...]] = ()
    SHOWS_VIEWS: ClassVar = False
    HELP_ONLY: ClassVar[tuple[Key, ...]] = ()
    BINDINGS = bindings(VIEWS, UNDO, BACK)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad"), (130, "-wide")]
    ALLOW_SELECT = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.is_old = True
        self._is_composed = False

    def compose(self) -> ComposeResult:
        """The bars around the body."""
        # Textual sets it after the first picture, which would be drawn for another width.
        self.add_class(max(one for one in self.HORIZONTAL_BREAKPOINTS if one[0] <= self.app.size.width)[1])
        yield Bar(id="top").set_class(self.session.workspace.settings.training, "-training")
        yield from self.body()
        yield Bar(id="detail")
        yield Bar(id="keys")
        smallest = _("The terminal is too small: Pantau needs {width} columns and {height} rows.")
        yield Static(Content(smallest.format(width=SMALLEST[0], height=SMALLEST[1])), id="too-small")

    def counts(self, waiting: int) -> dict[str, int]:
        """How much waits in the views that count it."""
        return {views.QUEUE: waiting, views.INBOX: self.session.quarantine.count()}

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the register again and show it, the cursor on the same thing."""
        raise NotImplementedError

    def place(self) -> list[Part]:
        """Where one is: the left end of the top bar."""
        raise NotImplementedError

    def detail(self) -> Content:
        """What the line above the keys says."""
        return NOTHING

    def line_keys(self) -> Sequence[Key]:
        """The keys of the line at the bottom, what matters most first."""
        return self.KEYS

    def is_open(self, key: Key) -> bool:
        """Whether the key does something now; it is grey otherwise."""
        return bool(key)

    def decided(self, obligation: Obligation) -> None:
        """This person has just moved an obligation."""

    def undone(self, obligation: Obligation) -> None:
        """This person has just taken a decision back."""

    def freshen(self) -> None:
        """Read again if something has moved since, and bring the bars up to date."""
        if not self._is_ready:
            return
        if self.is_old:
            self.is_old = False
            self.reread()
        self.refresh_bars()

    def refresh_bars(self) -> None:
        """Bring the bars up to date."""
        width = self.app.size.width
        self.query_one("#top", Bar).show(
            between(self.place(), bars.situation(self.session, is_counted=self.SHOWS_VIEWS), width)
        )
        self.query_one("#detail", Bar).show(self.detail())
        self.query_one("#keys", Bar).show(bars.key_line(self.line_keys(), BACK, self.is_open, width))

    def say(self, sentence: str, *, is_warning: bool = False) -> None:
        """Tell the person something, for a few seconds. The latest is what counts."""
        self.app.clear_notifications()
        self.notify(plain(sentence), severity="warning" if is_warning else "information", timeout=8, markup=False)

    @property
    def is_too_small(self) -> bool:
        """Whether there is no room to show what one would decide on."""
        return self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]

    def on_mount(self) -> None:
        """Have something to show in the first picture already."""
        self._is_composed = True
        self.freshen()

    def on_screen_resume(self) -> None:
        """Catch up with what moved while another view was on top."""
        self.call_after_refresh(self.freshen)

    def on_resize(self) -> None:
        """Fit the bars to the new width."""
        self.set_class(self.is_too_small, "-small")
        self.call_after_refresh(self._refit)

    def fit(self) -> None:
        """Draw again what depends on the width, besides the bars."""

    def _refit(self) -> None:
        self.freshen()
        if self._is_ready:
            self.fit()

    @property
    def _is_ready(self) -> bool:
        """Whether it is there to be drawn: composed, and not closed meanwhile."""
        return self._is_composed and self.app.is_running and self in self.app.screen_stack

    def action_help(self) -> None:
        """List the keys of this view."""
        self.app.push_screen(Help(self.help_keys()))

    def help_keys(self) -> Sequence[Key]:
        """All keys that do something here."""
        return (*self.KEYS, *self.HELP_ONLY, *VIEWS, *UNDO, *BACK)

    def action_close(self) -> None:
        """Back to the view below."""
        self.dismiss()

    def action_back(self) -> None:
        """One step back."""
        self.action_close()

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.post_message(Undo(None))
