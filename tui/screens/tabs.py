"""The line above the matrix: years, and the facets of documents, with the key of each and what is chosen of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from tui.facets import Facet, title
from tui.screens.text import NOTHING, Part, line


class Tabs(NamedTuple):
    """What one key goes through."""

    key: str
    titles: tuple[str, ...]
    place: int

    def whole(self) -> Content:
        """All of them, what is chosen in bold."""
        parts: list[Part] = [(self.key, "dim")]
        for place, one in enumerate(self.titles):
            parts += [" ", (one, "bold underline" if place == self.place else "dim")]
        return line(*parts)

    def brief(self) -> Content:
        """What is chosen, alone."""
        return line((f"{self.key} ", "dim"), (self.titles[self.place], "bold underline"))


def of_years(years: Sequence[int], chosen: int) -> list[Tabs]:
    """The years that are open, where there are several."""
    return [Tabs("[ ]", tuple(map(str, years)), years.index(chosen))] if len(years) > 1 else []


def of_facets(
    offered: Mapping[Facet, Sequence[str]], chosen: Mapping[Facet, str], key: Callable[[Facet], str]
) -> list[Tabs]:
    """The facets by which there is something to choose."""
    return [
        Tabs(key(facet), tuple(title(facet, value) for value in ("", *values)), ["", *values].index(now))
        for facet, values in offered.items()
        if len(values) > 1 and (now := chosen.get(facet, "")) in ("", *values)
    ]


def shown(groups: Sequence[Tabs], width: int) -> Content:
    """As many of them whole as there is room for, the first first; of the others what is chosen."""
    for whole in range(len(groups), -1, -1):
        parts = [one.whole() if place < whole else one.brief() for place, one in enumerate(groups)]
        told = Content(" ") + Content("  ").join(parts)
        if told.cell_length <= width:
            return told
    return told if groups else NOTHING
