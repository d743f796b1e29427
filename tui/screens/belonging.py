"""Typing where a file belongs: what fits the typed words is listed above them, and Enter takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

from tui import words
from tui.language import _
from tui.screens.entries import Entry
from tui.screens.listing import Listing, Row
from workflow import Obligation, ObligationId

_SHOWN = 6


class Belonging(Vertical):
    """A line of typing, and the documents of which an id, a name or an office holds all words that are typed."""

    @dataclass
    class Named(Message):
        """What was named, or else typed; empty when nothing was."""

        name: ObligationId | str

    def __init__(self, obligations: Callable[[], Iterable[Obligation]]) -> None:
        super().__init__(id="belonging")
        self._obligations = obligations
        self._known: dict[ObligationId, tuple[str, Obligation]] = {}
        self._sender = ""

    def compose(self) -> ComposeResult:
        """What fits, and the line."""
        yield Listing(id="fitting", flexible=1)
        yield Entry(placeholder=_("where it belongs, for example diskes/lkjip/2025"), id="typed", compact=True)

    def begin(self, folder: str) -> None:
        """Listen, and know all that could be named; the office of the drop folder is meant most often."""
        self._sender = folder.partition("/")[0]
        self._known = {one.id: (_said(one), one) for one in self._obligations()}
        self._list.can_focus = False
        self._entry.focus()
        self._suggest()

    def end(self) -> None:
        """Forget what was typed."""
        self._entry.value = ""

    @on(Input.Changed)
    def _suggest(self) -> None:
        """The likeliest first: what begins as it was typed, then what is of the office that it came from."""
        typed = self._entry.value.casefold().split()
        fits = [one for said, one in self._known.values() if typed and all(word in said for word in typed)]
        fits.sort(key=lambda one: (not one.id.startswith(typed[0]), one.office.code != self._sender))
        rows: dict[str, Row] = {
            one.id: (one.id, f"{words.document(one.requirement)} {words.period(one.period)}", words.standing(one))
            for one in fits[:_SHOWN]
        }
        self._list.show(rows, next(iter(rows), None))

    def on_key(self, event: Key) -> None:
        """The arrows and Tab go through what fits; letters are typed."""
        if event.key in ("up", "down", "tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            (self._list.action_cursor_up if event.key in ("up", "shift+tab") else self._list.action_cursor_down)()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Named(self._list.chosen or self._entry.value.strip()))

    @on(Listing.OptionHighlighted)
    @on(Listing.OptionSelected)
    def _keep(self, event: Message) -> None:
        """The list of the view is not meant."""
        event.stop()

    @property
    def _entry(self) -> Entry:
        return self.query_one(Entry)

    @property
    def _list(self) -> Listing:
        return self.query_one(Listing)


def _said(o: Obligation) -> str:
    """All words by which somebody may look for it."""
    names = (o.requirement.name, o.requirement.name_en, words.period(o.period), o.requirement.short)
    return " ".join((o.id, o.office.name, o.office.short or "", *names)).casefold()
