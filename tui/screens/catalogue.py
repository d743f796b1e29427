"""The catalogue: what is required of whom in the year that is shown, by when, and from which rule."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tui import required, rules, words
from tui.cells import count
from tui.language import _, many
from tui.screens import bars
from tui.screens.keys import CATALOGUE, bindings
from tui.screens.listing import Listing, Row
from tui.screens.text import NOTHING, Part, hanging, line, lines
from tui.screens.view import View
from tui.session import Session
from workflow import Obligation


class CatalogueScreen(View):
    """The documents of the year on the left, the rule behind the one under the cursor on the right.

    It shows what the year was opened with, not what the files say meanwhile.
    """

    KEYS = CATALOGUE
    PANEL = "#trail"
    BINDINGS = bindings(CATALOGUE)
    AUTO_FOCUS = "#documents"

    def __init__(self, session: Session, chosen: str | None = None) -> None:
        super().__init__(session)
        self._first = chosen
        self._asked: dict[str, list[Obligation]] = {}

    def body(self) -> ComposeResult:
        """Documents and rule."""
        with Horizontal(id="body"):
            yield Listing(id="documents", flexible=1)
            with VerticalScroll(id="trail", can_focus=False):
                yield Static(NOTHING, id="story")

    def reread(self) -> None:
        """Read what the year asks for."""
        asked: dict[str, list[Obligation]] = {}
        for o in self.session.obligations():
            asked.setdefault(o.requirement.key, []).append(o)
        self._asked = asked
        documents = self.query_one(Listing)
        documents.border_title = line(_("{n} documents").format(n=len(asked)))
        documents.show({key: _row(theirs) for key, theirs in asked.items()}, self._first)
        self._first = None
        self._show_rule()

    def place(self) -> list[Part]:
        """The way back."""
        return [_("Overview"), " › ", (_("Catalogue"), "bold")]

    def detail(self) -> Content:
        """How the document under the cursor stands everywhere."""
        theirs = self._chosen
        if not theirs:
            return line(" ", _("Nothing is asked for in {year}.").format(year=self.session.year))
        counted = count(theirs, self.session.today())
        stands = bars.tally(counted) if counted.owed else _("nobody owes it yet")
        return line(" ", theirs[0].requirement.short, " · ", stands)

    def fit(self) -> None:
        """Wrap the rule again."""
        self._show_rule()

    @property
    def _chosen(self) -> Sequence[Obligation]:
        return self._asked.get(self.query_one(Listing).chosen or "", ())

    @on(OptionList.OptionHighlighted)
    def _show_rule(self) -> None:
        theirs, pane = self._chosen, self.query_one("#trail", VerticalScroll)
        self.refresh_bars()
        if not theirs:
            return
        pane.border_title = line(words.document(theirs[0].requirement))
        told = lines(_told(theirs, pane.scrollable_content_region.width))
        self.query_one("#story", Static).update(told)
        pane.scroll_home(animate=False)


def _row(theirs: Sequence[Obligation]) -> Row:
    one, due = theirs[0], [o.due for o in theirs if o.due]
    offices = len({o.office.code for o in theirs})
    who = many("{n} office", "{n} offices", offices).format(n=offices)
    first = words.short_day(min(due)) if due else ""
    return [one.requirement.short, words.document(one.requirement), first, who, (one.unit, "dim")]


def _told(theirs: Sequence[Obligation], width: int) -> list[Content]:
    """All that is asked of the document, then each due date with the rule that it comes from."""
    one = theirs[0]
    rows = [
        hanging((f"{label}: ", "dim"), value, width)
        for label, value in required.particulars(one.requirement, unit=one.unit, needs_review=one.needs_review)
    ]
    dates = dict.fromkeys((words.period(o.period), words.day(o.due), rules.because(o)) for o in theirs if o.due)
    for period, due, because in dates:
        rows += [line(), line((f"{period}: {due}", "bold")), hanging("  ", because, width)]
    return rows
