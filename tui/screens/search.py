"""Search: everything that a person may see, as fast as they type."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from tui import refusals, saved_searches, searches
from tui.desk import Answer
from tui.errors import UsageError
from tui.language import _
from tui.saved_searches import Saved
from tui.screens import preview, views
from tui.screens.asking import AskingLine, Beside
from tui.screens.bars import Bar
from tui.screens.keymap import with_keys
from tui.screens.keys import SEARCH, Key, bindings
from tui.screens.results import Results, headed, saved_id
from tui.screens.saving import SavingView
from tui.screens.text import NOTHING, Part, line, lines
from tui.session import Session
from workflow import InThePast, Obligation, Preferences, Unavailable

_PAUSE = 0.06  # seconds without a key: as fast as people type, and no more often than they look
_SHOWN = 20  # of each kind
_SHORTEST = 40  # letters of an excerpt
_AROUND = 6  # columns beside what is said where nothing was found
_NAMED = {"type": "search.type", "save": "search.save"}  # the keys that a sentence tells of


class SearchScreen(SavingView):
    """A line to type on, what was found below it, and a preview of what is under the cursor."""

    KEYS = SEARCH
    BINDINGS = bindings(SEARCH)
    SHOWS_VIEWS = True
    AUTO_FOCUS = "#asked"

    def __init__(self, session: Session, said: str = "") -> None:
        super().__init__(session)
        self._said = said
        self._desk = Beside(session)
        self._answer: Answer | None = None
        self._asked = ""
        self._saved: list[Saved] = []
        self._counts: dict[str, str] = {}
        self._choices: Sequence[str] = ()

    def body(self) -> ComposeResult:
        """The line; what was found, and what is under the cursor beside or below it."""
        yield AskingLine(self._said, self._desk)
        yield Bar(id="headings")
        with Container(id="body"):
            yield Results()
            with VerticalScroll(id="empty", can_focus=False):
                yield Static(NOTHING, id="told")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(NOTHING, id="known")

    def on_unmount(self) -> None:
        """Leave no thread behind."""
        self._desk.close()

    def reread(self) -> None:
        """Search again, the cursor on the same thing."""
        self._saved = saved_searches.saved(Preferences(self.session.database), self.session.actor)
        self._search(0.0)

    def place(self) -> list[Part]:
        """The views, and how much waits in each."""
        return self.tabs(views.SEARCH)

    def detail(self) -> Content:
        """What cannot be found yet, or how a filter can go on, or what could be done."""
        if self._choices and self._is_typing:
            return line(" ", "  ".join(self._choices))
        told = searches.behind(self._answer.behind) if self._answer else ""
        if told:
            return line(" ", (told, "dim"))
        if self._is_typing:
            return line(" ", _("Tab completes a filter, ↓ goes to the results, Esc ends the typing."))
        return line(" ", with_keys(_("{type} types on, {save} saves this search, Esc leaves."), **_NAMED))

    def refresh_bars(self) -> None:
        """Also how much was found, and which filters hold or were not understood."""
        super().refresh_bars()
        self.query_one("#headings", Bar).show(headed(self._answer, self.app.size.width))

    def fit(self) -> None:
        """Excerpts are as long as there is room for."""
        self._search(0.0)

    def line_keys(self) -> Sequence[Key]:
        """While one types, a letter is a letter."""
        return [key for key in SEARCH if (key.id in ("results", "complete")) is self._is_typing]

    def why_closed(self, key: Key) -> str:
        """Only what was typed is saved, and only what was saved is removed."""
        match key.id:
            case "save" | "drop" if self.session.at:
                return refusals.error(InThePast(self.session.at))
            case "save" if not self.line.strip():
                return _("Type what to search for first.")
            case "drop" if self.kept is None or not self.kept.is_own:
                return _("There is no search of yours under the cursor.")
            case "open" | "preview.down" if self._results.chosen_id is None:
                return _("There is nothing under the cursor.")
            case _:
                return ""

    @property
    def chosen(self) -> Obligation | None:
        """What was found under the cursor."""
        hit = self._results.chosen
        return hit.obligation if hit else None

    @property
    def _results(self) -> Results:
        return self.query_one(Results)

    @property
    def line(self) -> str:
        """What is searched for, as it was typed."""
        return self.query_one(AskingLine).value

    @property
    def _is_typing(self) -> bool:
        return isinstance(self.focused, AskingLine)

    @property
    def kept(self) -> Saved | None:
        """The saved search under the cursor."""
        return next((one for one in self._saved if saved_id(one) == self._results.chosen_id), None)

    @on(Input.Changed)
    def _type(self) -> None:
        word = self.line.rpartition(" ")[2]
        self._choices = [one for one in self._choices if word and one.startswith(word)]
        self._search(_PAUSE)

    @work(exclusive=True, group="search")
    async def _search(self, pause: float) -> None:
        """Search once nothing more is typed; what was asked before is not shown any more."""
        await asyncio.sleep(pause)
        room = self._results.size.width or self.size.width
        try:
            asked = self.line
            if asked.strip():
                length = max(room // 2, _SHORTEST)
                self._show(await self._desk.ask(asked, shown=_SHOWN, length=length, is_typing=self._is_typing))
            else:
                self._answer = None
                self._offer()
                found = await self._desk.count(one.line for one in self._saved)
                self._counts = {one.name: searches.count(each) for one, each in zip(self._saved, found, strict=True)}
                self._offer()
            self._asked = asked
            self._catch_up()
        except Unavailable as problem:
            self.unreached(problem)
        except UsageError:
            return  # who is not listed any more is told so by the application

    @work(exclusive=True, group="index")
    async def _catch_up(self) -> None:
        """Where nobody watches, bring the index up to date, and then search once more."""
        was_behind = False
        while await self._desk.step():
            was_behind = True
        if was_behind:
            self._search(0.0)

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self._results.show(answer.found, self.session.today(), self.session.workspace.zone)
        self.set_class(not answer.found.total, "-nothing")
        self._show_known()
        if not answer.found.total:
            ways = preview.ways(self.size.width - _AROUND)
            self.query_one("#told", Static).update(lines([line((searches.nothing(), "dim")), line(), *ways]))

    def _offer(self) -> None:
        self._results.offer(self._saved, self._counts)
        self.remove_class("-nothing")
        self._show_known()

    @on(OptionList.OptionHighlighted)
    def _show_known(self) -> None:
        self._dropping = None
        self.refresh_bars()
        pane, hit = self.query_one("#side", VerticalScroll), self._results.chosen
        width, terms = pane.scrollable_content_region.width, self._answer.query.terms if self._answer else ()
        said, place = preview.of(hit, terms, self.session, width) if hit else (lines(preview.ways(width)), 0)
        self.query_one("#known", Static).update(said)
        pane.scroll_to(y=max(place - 1, 0), animate=False)

    @on(AskingLine.Left)
    @on(Input.Submitted)
    def _to_results(self) -> None:
        if self._results.option_count and not self.has_class("-nothing"):
            self._results.focus()
        else:
            self.set_focus(None)
        self.call_after_refresh(self.refresh_bars)

    @on(AskingLine.Completed)
    def _show_choices(self, completed: AskingLine.Completed) -> None:
        self._choices = completed.choices
        self.refresh_bars()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open it where it was found, or run the saved search."""
        hit, kept = self._results.chosen, self.kept
        if kept:
            self.query_one(AskingLine).value = f"{kept.line} "
        elif hit and hit.obligation:
            self.app.push_screen(preview.opened(hit, hit.obligation, self.session))
        elif hit:
            self.call_later(self.app.run_action, "view('inbox')")

    def action_type(self) -> None:
        """Type on, behind what is there."""
        asked = self.query_one(AskingLine)
        asked.cursor_position = len(asked.value)
        asked.focus()
        self.call_after_refresh(self.refresh_bars)

    def action_back(self) -> None:
        """Out of the typing first."""
        if self._is_typing:
            self._to_results()
        else:
            self.action_close()
