"""Going anywhere and doing anything by words, in the language that is spoken or the other one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.language import _
from tui.screens import keymap
from tui.screens.bars import Bar
from tui.screens.entries import Entry
from tui.screens.keys import PALETTE, bindings
from tui.screens.text import fitted, line
from workflow import plain

_WIDTH, _AROUND = 76, 4


class Offer(NamedTuple):
    """Something to do or a place to go to, and by which words. With a reason why not it is told and not done."""

    title: str
    hint: str
    words: str
    run: Callable[[], None]
    reason: str = ""


class Palette(ModalScreen[Offer]):
    """A line to type in, and what it may mean below: the best first. Enter does it, Esc leaves all as it was."""

    BINDINGS = bindings(PALETTE)
    ROWS: ClassVar = 10

    def __init__(self, offers: Sequence[Offer], more: Callable[[str], Iterable[Offer]]) -> None:
        super().__init__()
        self._offers, self._more = offers, more
        self._found = offers
        self._at = 0

    def compose(self) -> ComposeResult:
        """Rows of their own, so that a letter draws only those again that say something else."""
        with Vertical(id="dialog"):
            yield Entry(placeholder=_("what to do, an office, or an id such as diskes/lkjip/2025"), compact=True)
            for place in range(self.ROWS):
                yield Bar(id=f"offer-{place}")
            yield Bar(id="told")

    def on_mount(self) -> None:
        """What may be meant before anything is typed."""
        self._show()

    @property
    def chosen(self) -> Offer | None:
        """What is under the cursor."""
        return self._found[self._at] if self._found else None

    def action_step(self, step: int) -> None:
        """To another offer."""
        self._at = max(min(self._at + step, len(self._found) - 1), 0)
        self._show()

    def action_step_page(self, step: int) -> None:
        """By as many as are to be seen."""
        self.action_step(step * self.ROWS)

    @on(Input.Changed)
    def _look_for(self, event: Input.Changed) -> None:
        self._found, self._at = ranked((*self._offers, *self._more(event.value)), event.value), 0
        self._show()

    @on(Input.Submitted)
    def _run(self) -> None:
        if self.chosen and self.chosen.reason:
            self.notify(plain(self.chosen.reason), severity="warning", markup=False)
        elif self.chosen:
            self.dismiss(self.chosen)

    def _show(self) -> None:
        top = max(self._at - self.ROWS + 1, 0)
        width = min(_WIDTH, self.app.size.width * 96 // 100) - _AROUND
        for place, bar in enumerate(self.query(Bar)):
            if bar.id == "told":
                bar.show(self._told())
            elif top + place < len(self._found):
                bar.show(_row(self._found[top + place], width, is_chosen=top + place == self._at))
            else:
                bar.show(line())

    def _told(self) -> Content:
        if self.chosen is None:
            return line(_("Nothing here has these words."))
        if self.chosen.reason:
            return line(self.chosen.reason)
        keys = {"run": "Enter", "leave": keymap.press("palette.dismiss")}
        return line((_("{run} does it, {leave} leaves everything as it was").format(**keys), "dim"))


def ranked(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Those that have all the words, in whatever order; first where a word begins one of theirs."""
    wanted = typed.casefold().split()
    fitting = [offer for offer in offers if all(one in offer.words.casefold() for one in wanted)]
    return sorted(fitting, key=lambda offer: _distance(offer, wanted))


def _distance(offer: Offer, wanted: Sequence[str]) -> tuple[int, int]:
    """How far it is from what was typed, and how far into it the first word is."""
    title, words = f" {offer.title.casefold()}", f" {offer.words.casefold()}"
    whole = sum(0 if f" {one}" in title else 1 if f" {one}" in words else 2 for one in wanted)
    return whole, (words if whole else title).find(wanted[0]) if wanted else 0


def _row(offer: Offer, width: int, *, is_chosen: bool) -> Content:
    room = max(width - len(offer.hint) - 4, 8)
    look = "reverse" if is_chosen else ""
    title = (fitted(offer.title, room), f"{look} dim".strip() if offer.reason else look)
    return line((">" if is_chosen else " ", look), (" ", look), title, (f" {offer.hint} ", f"{look} bold".strip()))
