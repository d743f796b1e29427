"""The overview: where every document of every office stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui import facets, report
from tui.cells import Sign
from tui.facets import Facet
from tui.grid import Filters, Grid, Order, grid
from tui.language import _
from tui.screens import facts, panel, shown, tabs, views
from tui.screens.bars import Bar
from tui.screens.entries import Entry
from tui.screens.keys import MARKED, MARKING, OVERVIEW, bindings
from tui.screens.marking import MarkingView
from tui.screens.matrix import Matrix
from tui.screens.side import Side
from tui.screens.text import NOTHING, Part, between, line
from tui.session import Session
from tui.signs import signs
from workflow import Action, Obligation, ObligationId, is_waiting


class OverviewScreen(MarkingView):
    """The matrix, what is under its cursor, and which offices are shown."""

    KEYS = (*OVERVIEW, *MARKING)
    BINDINGS = bindings(OVERVIEW, MARKING, MARKED)
    SHOWS_VIEWS = True
    AUTO_FOCUS = "#matrix"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._obligations: Sequence[Obligation] = ()
        self._signs: Mapping[ObligationId, Sign] = {}
        self._grid = self._shown = Grid((), ())
        self._filters, self._order = Filters(), Order.CATALOGUE
        self._offered = facets.offered(())
        self._years: Sequence[int] = (session.year,)

    def body(self) -> ComposeResult:
        """What can be chosen, the matrix and its panel, the filter, and two lines of what is shown."""
        yield Bar(id="tabs")
        with Horizontal(id="body"):
            yield Matrix()
            yield Static(NOTHING, id="empty")
            yield Side(self.session)
        yield Entry(placeholder=_("part of an office's name"), id="filter", compact=True)
        yield Bar(id="status")
        yield Bar(id="legend")

    def reread(self) -> None:
        """Read all obligations of the year."""
        register, year = self.session.register, self.session.year
        self._obligations, self._years = self.session.obligations(), sorted({year, *register.years()})
        self._arrange(signs(self.session))
        self.keep_marks(self._obligations)
        self.show_marks()

    def place(self) -> list[Part]:
        """The views, and how much waits in each."""
        return self.tabs(views.OVERVIEW)

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
        return facts.detail(self.chosen, self.session.today(), self.size.width) if self.chosen else NOTHING

    def refresh_bars(self) -> None:
        """Also the three lines of this view."""
        super().refresh_bars()
        self.query_one("#tabs", Bar).show(tabs.shown(self._tabs(), self.size.width))
        self.query_one("#status", Bar).show(self._status())
        self.query_one("#legend", Bar).show(panel.legend_line(self.size.width))

    def fit(self) -> None:
        """The panel stands only beside a wide matrix."""
        self._show_beside()

    def on_screen_resume(self) -> None:
        """What was looked at meanwhile is not new any more."""
        beside = signs(self.session)
        if beside != self._signs and not self.is_old:
            self._arrange(beside)

    @property
    def _matrix(self) -> Matrix:
        return self.query_one(Matrix)

    @property
    def _filter(self) -> Entry:
        return self.query_one("#filter", Entry)

    def _tabs(self) -> list[tabs.Tabs]:
        keys = {key.id: key for key in OVERVIEW}
        years = tabs.of_years(self._years, self.session.year)
        return years + tabs.of_facets(self._offered, self._filters.facets, lambda facet: self.shown(keys[facet]))

    def _arrange(self, beside: Mapping[ObligationId, Sign]) -> None:
        self._signs = beside
        self._grid = grid(self._obligations, self.session.today(), beside)
        self._offered = facets.offered(self._grid.obligations())
        self._show()

    def _show(self) -> None:
        self._shown = self._grid.narrowed(self._filters).ordered(self._order)
        self._matrix.show(self._shown)
        emptiness = shown.emptiness(self.session, self._grid, self._filters)
        self.query_one("#empty", Static).update(line((emptiness, "dim")))
        self.query_one(Side).sum_up(self._shown, is_all=not self._filters)
        self.set_class(not self._shown.rows, "-empty")
        self._show_chosen()

    @on(Matrix.Moved)
    def _show_chosen(self) -> None:
        self.refresh_bars()
        self._show_beside()

    def _show_beside(self) -> None:
        if self.has_class("-wide"):
            self.query_one(Side).show(self._matrix)

    def _status(self) -> Content:
        marked = f"{self.marked()} · " if self.marks else ""
        told = report.shown(self._grid, self._shown, self._filters, self._order)
        when = shown.when(self.session, self._matrix.position, len(self._shown.rows))
        return between([(marked, "bold"), (told, "dim")], when, self.size.width)

    def action_open(self) -> None:
        """Open the office under the cursor, at its document."""
        # Not at the top, as what any key opens: the first picture waits for nothing that is asked for later.
        from tui.screens.office import OfficeScreen

        if self._matrix.row:
            chosen = self.chosen.id if self.chosen else None
            self.app.push_screen(OfficeScreen(self.session, self._matrix.row.office, chosen))

    def action_review(self) -> None:
        """Open the document under the cursor; pass on what is marked."""
        from tui.screens.review import ReviewScreen

        if self.marks:
            self.action_decide_all(Action.REVIEW)
        elif self.chosen:
            self.app.push_screen(ReviewScreen(self.session, self.chosen.id))

    def action_catalogue(self) -> None:
        """Open the catalogue, at the document under the cursor."""
        from tui.screens.catalogue import CatalogueScreen

        key = self.chosen.requirement.key if self.chosen else None
        self.app.push_screen(CatalogueScreen(self.session, key))

    def action_seek(self, step: int) -> None:
        """To the next document that waits for this person, or to the one before."""
        among = self._shown.obligations()[::step]
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
        self._choose(self._filters._replace(selection=self._filters.selection.next()))

    def action_facet(self, name: str) -> None:
        """Show the documents of the next value of a facet."""
        facet = Facet(name)
        if len(self._offered[facet]) > 1 or facet in self._filters.facets:
            self._choose(self._filters.stepped(facet, self._offered[facet]))
        else:
            self.say(_("All documents of this year are alike in that."))

    def action_order(self) -> None:
        """Put the offices in another order."""
        self._order = self._order.next()
        self._show()
        self._matrix.show_first()

    def action_year(self, step: int) -> None:
        """Show another year that is open."""
        place = self._years.index(self.session.year) + step
        if not 0 <= place < len(self._years):
            self.say(_("No year beyond {year} is open.").format(year=self.session.year))
            return
        self.let_marks_go()
        self.session.year = self._years[place]
        self.is_old = True
        self.freshen()

    def action_completeness(self) -> None:
        """What is open behind the percentage of the office under the cursor."""
        from tui.screens.completeness import Completeness

        if self._matrix.row:
            self.app.push_screen(Completeness(self._matrix.row, self._matrix.column, self.session.today()))

    def _choose(self, filters: Filters) -> None:
        if filters != self._filters:
            self._filters = filters
            self._show()
            self._matrix.show_first()

    def action_filter(self) -> None:
        """Type which offices to show."""
        self.add_class("-filtering")
        self._filter.focus()

    @on(Input.Changed, "#filter")
    def _narrow(self) -> None:
        self._choose(self._filters._replace(text=self._filter.value))

    @on(Input.Submitted, "#filter")
    def _keep_filter(self) -> None:
        self.set_class(bool(self._filter.value.strip()), "-filtering")
        self._matrix.focus()

    def action_back(self) -> None:
        """Let the marks go; without any, show all offices again."""
        if self.focused is not self._filter and self.let_marks_go():
            return
        self._filter.value = ""
        self.remove_class("-filtering")
        self._matrix.focus()
        self._choose(Filters())

    def action_close(self) -> None:
        """There is nothing below: leave."""
        self.app.exit()
