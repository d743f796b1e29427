"""What was found, kind by kind, with what it was found by in bold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, tzinfo

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from inbox import Found, Hit
from tui import searches
from tui.desk import Answer
from tui.language import _
from tui.saved_searches import Saved
from tui.screens.keys import LIST, bindings
from tui.screens.text import Part, between, fitted, line

HIT = "bold reverse"
# How many columns office and document may take, in a narrow list and in a wide one.
_OFFICE, _DOCUMENT, _NARROW = (14, 24), (9, 14), 90
_NAME = 28


class Results(OptionList, inherit_bindings=False):
    """Rows below the headings of their kinds. The cursor follows what it was on."""

    BINDINGS = bindings(LIST)

    def __init__(self) -> None:
        super().__init__(id="results", markup=False, compact=True)
        self._hits: Mapping[str, Hit] = {}
        self._drawn: Callable[[], Iterable[Option]] = tuple

    @property
    def chosen(self) -> Hit | None:
        """What is under the cursor."""
        return self._hits.get(self.chosen_id or "")

    @property
    def chosen_id(self) -> str | None:
        """The id of the row under the cursor."""
        return self.highlighted_option.id if self.highlighted_option else None

    def show(self, found: Found, today: date, zone: tzinfo) -> None:
        """Show this in the place of what was there."""
        self._hits = {_id(hit): hit for hits in found.hits.values() for hit in hits}
        self._fill(lambda: self._rows(found, today, zone))

    def offer(self, those: Iterable[Saved], counts: Mapping[str, str]) -> None:
        """Show the saved searches, and how much each finds, as far as that is known."""
        self._hits = {}
        rows = [(_saved(one, counts.get(one.name, "…")), saved_id(one)) for one in those]
        self._fill(lambda: (Option(*row) for row in rows))

    def on_resize(self) -> None:
        """Cut the rows to the new width; where nothing was found there was none."""
        self._fill(self._drawn)

    def _fill(self, drawn: Callable[[], Iterable[Option]]) -> None:
        self._drawn = drawn
        wanted, there = self.chosen_id, list(drawn())
        self.set_options(there)
        ids = [one.id for one in there if not one.disabled]
        if ids:
            self.highlighted = self.get_option_index(str(wanted if wanted in ids else ids[0]))

    def _rows(self, found: Found, today: date, zone: tzinfo) -> Iterator[Option]:
        width = self.scrollable_content_region.width - 1
        for kind, hits in found.hits.items():
            if hits:
                yield Option(line((f" {searches.heading(kind, found)}", "bold")), disabled=True)
                those = {_id(hit): hit for hit in hits}  # what is found twice is told once
                yield from (Option(_row(hit, today, zone, width), name) for name, hit in those.items())


def headed(answer: Answer | None, width: int) -> Content:
    """Above it: which filters hold or were not understood, how much was found and in which time."""
    if answer is None:
        return line((" " + _("Saved searches, and how much each finds now"), "dim"))
    slips = " ".join(map(searches.slip, answer.query.slips))
    left: list[Part] = [(slips, "bold") if slips else searches.holding(answer.query)]
    return between(left, [searches.tally(answer.found, answer.seconds)], width)


def saved_id(one: Saved) -> str:
    """The id of the row of a saved search."""
    return f"saved {one.name}"


def _saved(one: Saved, count: str) -> Content:
    return line(" ", (fitted(one.name, _NAME), "bold"), f" {count:>6}  {one.line}")


def _id(hit: Hit) -> str:
    name = hit.obligation.id if hit.obligation else ""
    return f"{hit.kind} {name} {hit.content} {hit.seq} {hit.number} {hit.page} {'' if name else hit.text[:80]}"


def _row(hit: Hit, today: date, zone: tzinfo, width: int) -> Content:
    is_wide = width > _NARROW
    office_width, document_width = _OFFICE[is_wide], _DOCUMENT[is_wide]
    code, document, office, place = searches.row(hit, today, zone, office_width)
    start = line(
        (f" {code:<2} ", "bold"), fitted(document, document_width), " ", fitted(office, office_width), f" {place} "
    )
    said = line(*((span.text, HIT if span.is_hit else "") for span in hit.said))
    return (start + line(searches.says(hit)) + said).truncate(width, ellipsis=True)
