"""One line that a person writes about something: a note, a comment, an answer."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.language import _
from tui.report import no_such_page
from tui.screens.decision import Confirm
from tui.screens.entries import Entry
from tui.screens.keys import REMARK, bindings
from tui.screens.text import line


class Said(NamedTuple):
    """What was written, and on which page it is; 0 where it is on none."""

    text: str
    page: int = 0


class Remark(ModalScreen[Said | None]):
    """A line, below what it is about. Enter keeps it, Escape does not. With a page where `page` is given.

    It is never a page behind `last_page`, the last one of the document; 0 is that of one whose pages are not known.
    """

    BINDINGS = bindings(REMARK)

    def __init__(
        self, title: str, about: str, *, text: str = "", page: int | None = None, last_page: int = 0
    ) -> None:
        super().__init__()
        self._title, self._about, self._text, self._page = title, about, text, page
        self._last_page = last_page

    def compose(self) -> ComposeResult:
        """What it is about, the page, and the line."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(self._title)
            keys = _("Enter keeps it, Esc does not")
            dialog.border_subtitle = line(keys if self._page is None else _("Tab: the page") + " · " + keys)
            yield Static(line(self._about))
            with Horizontal(id="line"):
                if self._page is not None:
                    yield Static(line(_("page") + " "), id="page-label")
                    yield Entry(str(self._page or ""), id="page", type="integer", max_length=5, compact=True)
                yield Entry(self._text, id="text", compact=True)

    def on_mount(self) -> None:
        """Listen only when the line can be seen: the key that opened it must not begin it."""
        self.set_focus(None)
        self.set_timer(Confirm.DEAF, self.query_one("#text", Entry).focus)

    @on(Input.Submitted)
    def _keep(self) -> None:
        typed = "" if self._page is None else self.query_one("#page", Entry).value
        page = int(typed) if typed.isdecimal() else 0
        if 0 < self._last_page < page:
            self.notify(no_such_page(self._last_page), severity="warning", markup=False)
        else:
            self.dismiss(Said(self.query_one("#text", Entry).value.strip(), page))
