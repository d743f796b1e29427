"""The queue, the document, what to go through and what is known: side by side, or one where there is no room."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from tui.cycling import after
from tui.screens.keys import PANES, bindings
from tui.screens.known import Known
from tui.screens.lineup import Lineup
from tui.screens.reader import Reader
from tui.screens.worksheet import Worksheet


class Panes(Horizontal, can_focus=True):
    """Tab turns from one to the next; the keys that move, move the one that is turned to."""

    BINDINGS = bindings(PANES)

    @dataclass
    class Turned(Message):
        """Another one is turned to."""

    def __init__(self, queue: Lineup, document: Reader, sheet: Worksheet, known: Known) -> None:
        super().__init__(id="body", classes="-at-document")
        self._queue, self._sheet, self._known, self._document = queue, sheet, known, document
        self._typed = ""
        self._turned: Widget = document

    def compose(self) -> ComposeResult:
        """The document, the queue on its left, the others below each other on its right."""
        yield self._queue
        yield self._document
        yield Vertical(self._sheet, self._known, id="right")

    @property
    def shows_sheet(self) -> bool:
        """Whether one can see what is to be gone through."""
        return self._turned is self._sheet or not self.screen.has_class("-narrow")

    def turn_to_sheet(self) -> bool:
        """Whether it was to be seen already; it is now."""
        was_seen = self.shows_sheet
        if not was_seen:
            self._turn_to(self._sheet)
        return was_seen

    def turn_to_document(self) -> None:
        """It is to be seen now."""
        if self._turned is not self._document:
            self._turn_to(self._document)

    def type_number(self, key: str) -> bool:
        """Digits are the number of an item, one after the other. Whether it was one."""
        typed = self._typed + key if key.isdecimal() else ""
        self._typed = ""
        for number in (typed, typed[-1:]):
            if number and self._sheet.go_to_item(int(number)):
                self._typed = number
                self.turn_to_sheet()
                break
        return bool(typed)

    def action_flip(self) -> None:
        """On to the next, coming round."""
        self._turn_to(after((self._document, self._sheet, self._known), self._turned))

    def action_item(self, step: int) -> None:
        """To the next item, or the one before, whatever is turned to."""
        if self.turn_to_sheet():
            self._step(step)

    def action_move(self, step: int) -> None:
        """A line, or an item."""
        if self._turned is self._sheet:
            self._step(step)
        else:
            self._turned.scroll_relative(y=step, animate=False)

    def action_move_page(self, step: int) -> None:
        """By pages, keeping two lines in view."""
        if self._turned is self._sheet:
            self._sheet.move_page(step)
        else:
            self._turned.scroll_relative(y=step * max(self._turned.size.height - 2, 1), animate=False)

    def action_move_end(self, step: int) -> None:
        """To the start or the end."""
        if self._turned is self._sheet:
            (self._sheet.action_last if step > 0 else self._sheet.action_first)()
        elif step < 0:
            self._turned.scroll_home(animate=False)
        else:
            self._turned.scroll_end(animate=False)

    def _step(self, step: int) -> None:
        (self._sheet.action_cursor_down if step > 0 else self._sheet.action_cursor_up)()

    def _turn_to(self, pane: Widget) -> None:
        self._turned = pane
        for one in (self._document, self._sheet, self._known):
            self.set_class(one is pane, f"-at-{one.id}")
        self.call_after_refresh(self.post_message, self.Turned())
