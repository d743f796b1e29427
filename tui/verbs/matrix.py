"""`pantau matrix`: where every document of every office stands, as far as it is asked for."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence

from tui import as_json, cells, report
from tui.errors import UsageError
from tui.facets import Facet, offered
from tui.grid import Filters, Order, Selection, grid
from tui.language import _
from tui.session import Session
from tui.signs import signs
from tui.verbs import session
from workflow import plain


def run(options: Namespace) -> int:
    """Print the matrix, as wide as the terminal; whole where it goes into a file or to another program."""
    asked = session(options)
    asked.year = _year(options.year, asked)
    whole = grid(asked.register.obligations(year=asked.year), asked.today(), signs(asked))
    filters, order = _filters(options, offered(whole.obligations())), Order(options.sort)
    narrowed = whole.narrowed(filters).ordered(order)
    if options.json:
        as_json.show({"year": asked.year, **as_json.matrix(narrowed)})
        return 0
    print(report.summary(asked.title, cells.Count.of(narrowed.codes())))
    print(report.shown(whole, narrowed, filters, order))
    if narrowed.rows:
        print()
        for line in report.matrix(narrowed, shutil.get_terminal_size().columns if sys.stdout.isatty() else None):
            print(line)
    return 0


def _year(year: int | None, asked: Session) -> int:
    years = asked.register.years()
    if year is not None and year not in years:
        told = _("The year {year} is not open; there are: {years}. Open it: pantau open-year {year}")
        raise UsageError(told.format(year=year, years=", ".join(map(str, years)) or "-"))
    return year or asked.year


def _filters(options: Namespace, there: Mapping[Facet, Sequence[str]]) -> Filters:
    """What is asked for. Raises UsageError where no document has it."""
    asked = {facet: value for facet in Facet if (value := vars(options)[facet])}
    for facet, value in asked.items():
        if value not in there[facet]:
            told = _("No document has {value!r} there; there are: {values}.")
            raise UsageError(told.format(value=plain(value), values=", ".join(there[facet]) or "-"))
    return Filters(Selection[(options.only or "all").upper()], options.office or "", asked)
