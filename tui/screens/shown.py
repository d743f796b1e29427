"""Of when the matrix is, and what stands in its place where nothing is shown."""

from __future__ import annotations

from tui import words
from tui.grid import Filters, Grid
from tui.language import _
from tui.screens.text import Part
from tui.session import Session
from tui.workspace import now


def when(session: Session, row: int, rows: int) -> list[Part]:
    """Of when that is, and which row one is at; the row matters more."""
    moment = words.moment((session.at or now()).isoformat(), session.workspace.zone)
    place = _("row {n}/{all}").format(n=row, all=rows)
    return [(_("data {moment}").format(moment=moment) + " · ", "dim"), (place, "dim")]


def emptiness(session: Session, whole: Grid, filters: Filters) -> str:
    """What it means that nothing is shown, and what could be done next."""
    if whole.rows:
        return _("0 of {n} offices: {filters}. Esc shows all.").format(n=len(whole.rows), filters=filters.told())
    if session.at:
        told = _("Nothing was owed in {year} at that moment. Without --as-at Pantau shows how it is now.")
    else:
        told = _("Nothing is owed in {year} yet. Open the year: pantau open-year {year}")
    return told.format(year=session.year)
