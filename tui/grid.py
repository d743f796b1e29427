"""The overview as data: offices by documents, which of them are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from itertools import compress
from typing import Any, NamedTuple, assert_never

from tui.cells import Cell, Column, Count, Letter, Sign, cell
from tui.cycling import after
from tui.facets import Facet, fitting, title
from tui.language import _
from workflow import Obligation, ObligationId, Office


class Selection(Enum):
    """Which offices the overview shows."""

    ALL = auto()
    OURS = auto()
    LATE = auto()

    def next(self) -> Selection:
        """The one after it, coming round."""
        return after(Selection, self)

    def __str__(self) -> str:
        match self:
            case Selection.ALL:
                return _("all")
            case Selection.OURS:
                return _("our turn")
            case Selection.LATE:
                return _("late")
            case _:
                assert_never(self)


class Order(Enum):
    """In which order the offices stand. That of the catalogue goes without saying."""

    CATALOGUE = "catalogue"
    LATE = "late"
    INCOMPLETE = "incomplete"
    NAME = "name"

    def __bool__(self) -> bool:
        return self is not Order.CATALOGUE

    def next(self) -> Order:
        """The one after it, coming round."""
        return after(Order, self)

    def __str__(self) -> str:
        match self:
            case Order.CATALOGUE:
                return _("as in the catalogue")
            case Order.LATE:
                return _("most late first")
            case Order.INCOMPLETE:
                return _("least complete first")
            case Order.NAME:
                return _("by name")
            case _:
                assert_never(self)


class Filters(NamedTuple):
    """What is shown: offices of a selection that have this text in their name or code, and documents by their facets.

    A facet that is not in `facets` shows all.
    """

    selection: Selection = Selection.ALL
    text: str = ""
    facets: Mapping[Facet, str] = {}

    def __bool__(self) -> bool:
        return self.selection is not Selection.ALL or bool(self.text.strip() or self.facets)

    def told(self) -> str:
        """`late, RB, TW I, “dinas”`."""
        selection = [str(self.selection)] if self.selection is not Selection.ALL else []
        text = [f"“{self.text.strip()}”"] if self.text.strip() else []
        return ", ".join([*selection, *(title(facet, value) for facet, value in self.facets.items()), *text])

    def stepped(self, facet: Facet, offered: Sequence[str]) -> Filters:
        """With the value of a facet that comes after the present one; all comes after the last."""
        value = after(["", *offered], self.facets.get(facet, ""))
        others = {one: kept for one, kept in self.facets.items() if one is not facet}
        return self._replace(facets=others | ({facet: value} if value else {}))


class Row(NamedTuple):
    """An office, how what is shown of it stands, and its obligation in each column, with the code of that."""

    office: Office
    tally: Count
    cells: tuple[Obligation | None, ...]
    codes: tuple[Cell | None, ...]

    @classmethod
    def of(cls, office: Office, cells: tuple[Obligation | None, ...], codes: tuple[Cell | None, ...]) -> Row:
        """With its tally."""
        return cls(office, Count.of(filter(None, codes)), cells, codes)


class Grid(NamedTuple):
    """The columns and the rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def totals(self) -> tuple[Count, ...]:
        """How each column stands."""
        return tuple(Count.of(filter(None, codes)) for codes in zip(*(row.codes for row in self.rows), strict=True))

    def codes(self) -> list[Cell]:
        """Every code that is shown."""
        return [code for row in self.rows for code in row.codes if code]

    def obligations(self) -> list[Obligation]:
        """All that is shown, row by row."""
        return [one for row in self.rows for one in row.cells if one]

    def narrowed(self, filters: Filters) -> Grid:
        """Only what the filters show. What nobody owes of it has no column, and who owes nothing of it has no row."""
        shown, wanted = self._of(filters.facets) if filters.facets else self, filters.text.casefold().strip()
        return shown._replace(
            rows=tuple(
                row
                for row in shown.rows
                if _is_selected(row.tally, filters.selection) and _is_named(row.office, wanted)
            )
        )

    def ordered(self, order: Order) -> Grid:
        """The offices in another order; those that are alike stay as they were."""
        return self._replace(rows=tuple(sorted(self.rows, key=_KEYS[order]))) if order else self

    def _of(self, facets: Mapping[Facet, str]) -> Grid:
        fits = fitting(facets)
        kept = [tuple(one if one and fits(one) else None for one in row.cells) for row in self.rows]
        codes = [tuple(map(_beside, cells, row.codes)) for row, cells in zip(self.rows, kept, strict=True)]
        owed = [any(map(_is_owed, said)) for said in zip(*codes, strict=True)]
        rows = (
            Row.of(row.office, tuple(compress(cells, owed)), tuple(compress(said, owed)))
            for row, cells, said in zip(self.rows, kept, codes, strict=True)
            if any(map(_is_owed, said))
        )
        return Grid(tuple(compress(self.columns, owed)), tuple(rows))


def grid(obligations: Sequence[Obligation], today: date, signs: Mapping[ObligationId, Sign] = {}) -> Grid:
    """Arrange the obligations of a year, with what stands beside the letters of some of them.

    What nobody owes yet has no column: one of dashes for each document that may be revised would say nothing.
    """
    said = _codes(obligations, today, signs)
    keys = [(one.requirement.key, one.period.part) for one in obligations]
    found: dict[tuple[str, str], Column] = {}
    for key, one, code in zip(keys, obligations, said, strict=True):
        if key not in found and _is_owed(code):
            found[key] = Column.of(one)
    catalogue = {key: place for place, (key, _part) in enumerate(dict.fromkeys(keys))}
    across = sorted(found, key=lambda key: (catalogue[key[0]], key[1]))
    places = {key: place for place, key in enumerate(across)}
    offices: dict[Office, _Drafted] = {}
    for key, one, code in zip(keys, obligations, said, strict=True):
        row = offices.get(one.office)
        if row is None:
            row = offices[one.office] = _Drafted([None] * len(across), [None] * len(across))
        if key in places:
            row.cells[places[key]], row.codes[places[key]] = one, code
    rows = (Row.of(office, tuple(row.cells), tuple(row.codes)) for office, row in offices.items())
    return Grid(tuple(map(found.__getitem__, across)), tuple(rows))


class _Drafted(NamedTuple):
    cells: list[Obligation | None]
    codes: list[Cell | None]


def _codes(obligations: Sequence[Obligation], today: date, signs: Mapping[ObligationId, Sign]) -> list[Cell]:
    """The code of each. Of tens of thousands, most stand exactly as another does, and what that is was found once."""
    known: dict[tuple[object, ...], Cell] = {}
    said = list[Cell]()
    for one in obligations:
        alike = (one.duty, one.state, one.content is None, one.last_action, one.due, one.requirement.due.grace)
        code = known.get(alike)
        if code is None:
            code = known[alike] = cell(one, today)
        said.append(code._replace(sign=signs[one.id]) if one.id in signs else code)
    return said


def _beside(one: Obligation | None, code: Cell | None) -> Cell | None:
    return code if one else None


def _is_owed(code: Cell | None) -> bool:
    return code is not None and code.letter is not Letter.NOT_OWED


def _is_selected(counted: Count, selection: Selection) -> bool:
    match selection:
        case Selection.ALL:
            return True
        case Selection.OURS:
            return counted.ours > 0
        case Selection.LATE:
            return counted.late > 0
        case _:
            assert_never(selection)


def _is_named(office: Office, wanted: str) -> bool:
    return wanted in office.name.casefold() or wanted in office.code


_KEYS: Mapping[Order, Callable[[Row], Any]] = {
    Order.LATE: lambda row: -row.tally.late,
    Order.INCOMPLETE: lambda row: row.tally.approved / row.tally.owed if row.tally.owed else 1.0,
    Order.NAME: lambda row: row.office.name.casefold(),
}
