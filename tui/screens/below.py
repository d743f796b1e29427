"""What stands below the list of the inbox: what is known of the file under the cursor, how it begins, who watches."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from inbox import Came, Held, Scan, Verdict, Waiting
from tui import explaining
from tui.screens import arrival
from tui.screens.condition import Condition
from tui.screens.front import Front
from tui.screens.text import NOTHING, lines
from tui.session import Session
from workflow import Obligation


class Below(VerticalScroll, can_focus=False):
    """Side by side where there is room, else one below the other."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="about")
        self._session = session
        self.names = explaining.names(session.register)

    def compose(self) -> ComposeResult:
        """Three columns."""
        with Container(id="columns"):
            yield Static(NOTHING, id="known")
            yield Front(self._session)
            yield Condition(self._session)

    def show(self, came: Came | None, waiting: Held | None, held: Waiting | None, pick: Obligation | None) -> None:
        """What is under the cursor: an arrival, and where it may belong if it waits; or a file that is held."""
        if came is not None:
            self._show_arrival(came, waiting, pick)
            return
        told = lines(arrival.held(held, self._session, self._width)) if held else NOTHING
        self.query_one("#known", Static).update(told)
        self.query_one(Front).open(None, Scan(Verdict.NOT_SCANNED))

    def _show_arrival(self, came: Came, held: Held | None, pick: Obligation | None) -> None:
        scan = self._session.arrivals.scan(came.digest)
        others = self._session.arrivals.elsewhere(came.digest, came.obligation)
        seen = arrival.Seen(came, held, pick, scan, [name for name in others if self._session.register.sees(name)])
        told = lines(arrival.known(self._session, seen, self.names, self._width))
        self.query_one("#known", Static).update(told)
        self.query_one(Front).open(came.digest, scan)

    @property
    def _width(self) -> int:
        return self.query_one("#known", Static).scrollable_content_region.width or self.app.size.width - 6
