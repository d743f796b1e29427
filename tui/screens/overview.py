"""The overview: where every document of every office stands."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tui import words
from tui.language import _
from tui.screens import facts, panel, views
from tui.screens.bars import Bar
from tui.screens.catalogue import CatalogueScreen
from tui.screens.entries import Entry
from tui.screens.grid import Grid, Selection, grid
from tui.screens.keys import MARKED, MARKING, MATRIX, OVERVIEW, bindings
from tui.screens.marking import MarkingView
from tui.screens.matrix import Matrix
from tui.screens.office import OfficeScreen
from tui.screens.review import ReviewScreen
from tui.screens.text import NOTHING, Part, between, line
from tui.session import Session
from tui.workspace import now
from workflow import Action, Obligation, is_waiting


class OverviewScreen(MarkingView):
    """The matrix, what is under its cursor, and which offices are shown."""

    KEYS = (*OVERVIEW, *MARKING)
    BINDINGS = bindings(OVERVIEW, MARKING, MARKED)
    HELP_ONLY = (*MARKED, *MATRIX)
    SHOWS_VIEWS = True
    AUTO_FOCUS = "#matrix"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._obligations: Sequence[Obligation] = ()
        self._grid = Grid((), ())
        self._selection = Selection.ALL
        self._waiting = 0

    def body(self) -> ComposeResult:
        """The matrix and its panel, the filter, and two lines of what is shown."""
        with Horizontal(id="body"):
            yield Matrix(self.session.today())
            yield Static(NOTHING, id="empty")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(NOTHING, id="chosen")
                yield Static(NOTHING, id="summary")
        yield Entry(placeholder=_("part of an office's name"), id="filter", compact=True)
        yield Bar(id="status")
        yield Bar(id="legend")

    def reread(self) -> None:
        """Read all obligations of the year."""
        self._obligations = self.session.register.obligations(year=self.session.year)
        self._grid = grid(self._obligations, self.session.today())
        self.query_one("#summary", Static).update(panel.summary(self._obligations, self.session.today()))
        self._waiting = sum(is_waiting(one, self.session.actor) for one in self._obligations)
        self.keep_marks(self._obligations)
        self._show()
        self.show_marks()

    def place(self) -> list[Part]:
        """The views, and how much waits in each."""
        return views.tabs(views.OVERVIEW, self.counts(self._waiting))

    @property
    def chosen(self) -> Obligation | None:
        """The document under the cursor."""
        return self._matrix.obligation

    def show_marks(self) -> None:
        """In the matrix."""
        self._matrix.mark(self.marks.all)

    def move_on(self) -> None:
        """To the same document of the next office."""
        self._matrix.action_down()

    def detail(self) -> Content:
        """The document under the cursor, on one line."""
        return facts.detail(self.chosen, self.session.today()) if self.chosen else NOTHING

    def refresh_bars(self) -> None:
        """Also the two lines of this view."""
        super().refresh_bars()
        self.query_one("#status", Bar).show(self._status())
        self.query_one("#legend", Bar).show(panel.legend_line(self.size.width))

    def fit(self) -> None:
        """The panel stands only beside a wide matrix."""
        self._show_chosen()

    @property
    def _matrix(self) -> Matrix:
        return self.query_one(Matrix)

    @property
    def _filter(self) -> Entry:
        return self.query_one("#filter", Entry)

    def _show(self) -> None:
        narrowed = self._grid.narrowed(self._selection, self._filter.value)
        self._matrix.show(narrowed, self.session.today())
        self.query_one("#empty", Static).update(line((self._emptiness(), "dim")))
        self.set_class(not narrowed.rows, "-empty")
        self._show_chosen()

    def _emptiness(self) -> str:
        if not self._grid.rows:
            told = _("Nothing is owed in {year} yet. Open the year: pantau open-year {year}")
            return told.format(year=self.session.year)
        return _("0 of {n} offices. Esc shows all.").format(n=len(self._grid.rows))

    @on(Matrix.Moved)
    def _show_chosen(self) -> None:
        self.refresh_bars()
        pane = self.query_one("#chosen", Static)
        if self.has_class("-wide"):
            today, zone = self.session.today(), self.session.workspace.zone
            pane.update(panel.chosen(self.chosen, today, zone, pane.size.width), layout=False)

    def _status(self) -> Content:
        shown = self._grid.narrowed(self._selection, self._filter.value)
        text = self._filter.value.strip()
        parts = [
            _("{shown} of {all} offices").format(shown=len(shown.rows), all=len(self._grid.rows)),
            _("view: {selection}").format(selection=self._selection),
            *([_("filter: {text}").format(text=text)] if text else []),
            _("data {moment}").format(
                moment=words.moment((self.session.at or now()).isoformat(), self.session.workspace.zone)
            ),
        ]
        row = _("row {n}/{all}").format(n=self._matrix.position, all=len(shown.rows))
        marked = f"{self.marked()} · " if self.marks else ""
        return between([(marked, "bold"), (" · ".join(parts), "dim")], [(row, "dim")], self.size.width)

    def action_open(self) -> None:
        """Open the office under the cursor, at its document."""
        if self._matrix.row:
            chosen = self.chosen.id if self.chosen else None
            self.app.push_screen(OfficeScreen(self.session, self._matrix.row.office, chosen))

    def action_review(self) -> None:
        """Open the document under the cursor; pass on what is marked."""
        if self.marks:
            self.action_decide_all(Action.REVIEW)
        elif self.chosen:
            self.app.push_screen(ReviewScreen(self.session, self.chosen.id))

    def action_catalogue(self) -> None:
        """Open the catalogue, at the document under the cursor."""
        key = self.chosen.requirement.key if self.chosen else None
        self.app.push_screen(CatalogueScreen(self.session, key))

    def action_next(self) -> None:
        """To the next document that waits for this person."""
        self._seek(self._shown())

    def action_previous(self) -> None:
        """To the one before."""
        self._seek(self._shown()[::-1])

    def _shown(self) -> list[Obligation]:
        narrowed = self._grid.narrowed(self._selection, self._filter.value)
        return [one for row in narrowed.rows for one in row.cells if one]

    def _seek(self, among: Sequence[Obligation]) -> None:
        place = next((i for i, one in enumerate(among) if one is self.chosen), -1)
        others = (*among[place + 1 :], *among[: max(place, 0)])
        found = next((one for one in others if is_waiting(one, self.session.actor)), None)
        if found:
            self._matrix.go_to(found)
        elif self.chosen and is_waiting(self.chosen, self.session.actor):
            self.say(_("This is the only document that waits for you here."))
        else:
            self.say(_("Nothing waits for you here."))

    def action_cycle(self) -> None:
        """Show another selection of offices."""
        self._selection = self._selection.next()
        self._show()

    def action_filter(self) -> None:
        """Type which offices to show."""
        self.add_class("-filtering")
        self._filter.focus()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self._show()

    @on(Input.Submitted, "#filter")
    def _keep_filter(self) -> None:
        self.set_class(bool(self._filter.value.strip()), "-filtering")
        self._matrix.focus()

    def action_back(self) -> None:
        """Let the marks go; without any, show all offices again."""
        if self.focused is not self._filter and self.let_marks_go():
            return
        self._filter.value = ""
        self._selection = Selection.ALL
        self.remove_class("-filtering")
        self._matrix.focus()
        self._show()

    def action_close(self) -> None:
        """There is nothing below: leave."""
        self.app.exit()
