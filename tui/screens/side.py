"""What stands beside a wide matrix: the document under the cursor, its office, and how all that is shown stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.grid import Grid
from tui.screens import panel
from tui.screens.matrix import Matrix
from tui.screens.text import NOTHING
from tui.session import Session


class Side(Vertical):
    """The panel of the overview. Narrow terminals do without it."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="side")
        self._session = session

    def compose(self) -> ComposeResult:
        """Three parts, one below the other."""
        yield Static(NOTHING, id="chosen")
        yield Static(NOTHING, id="office")
        yield Static(NOTHING, id="summary")

    def sum_up(self, shown: Grid, *, is_all: bool) -> None:
        """Say how all that is shown stands together."""
        told = panel.summary(shown, self.app.size.height, is_all=is_all)
        self.query_one("#summary", Static).update(told)

    def show(self, matrix: Matrix) -> None:
        """Say what is known of what is under the cursor, once it is known how much room there is."""
        chosen, office = self.query_one("#chosen", Static), self.query_one("#office", Static)
        if not chosen.size:
            return
        today, width = self._session.today(), chosen.size.width
        told = panel.chosen(matrix.obligation, today, self._session.workspace.zone, width)
        chosen.update(told, layout=False)
        row, room = matrix.row, office.size.height
        office.update(panel.office(row, matrix.column, today, width, room) if row else NOTHING, layout=False)
