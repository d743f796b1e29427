"""By what documents can be told apart: programme, part of the year, what they are evidence for, reviewing unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import assert_never

from tui import words
from tui.language import _
from workflow import Obligation, Period

ANNUAL = "annual"
_PARTS = ("s1", "s2", "q1", "q2", "q3", "q4", *(f"m{month:02}" for month in range(1, 13)))


class Facet(StrEnum):
    """One way to tell documents apart."""

    FAMILY = "family"
    PERIOD = "period"
    COMPONENT = "component"
    UNIT = "unit"


class Component(StrEnum):
    """A component of the SAKIP evaluation (PermenPAN-RB 88/2021); its criteria begin with its figure."""

    PLANNING = "planning"
    MEASURING = "measuring"
    REPORTING = "reporting"
    EVALUATION = "evaluation"


_COMPONENTS = dict(zip("1234", Component, strict=True))
_ORDER = (ANNUAL, *_PARTS, *Component)


def offered(obligations: Iterable[Obligation]) -> Mapping[Facet, Sequence[str]]:
    """The values that these have, in the order of a year or of the components, or as they come."""
    kinds = {_kind(one): one for one in obligations}.values()
    return {facet: sorted(dict.fromkeys(v for one in kinds for v in _own(facet, one)), key=_place) for facet in Facet}


def fitting(wanted: Mapping[Facet, str]) -> Callable[[Obligation], bool]:
    """Whether an obligation has all of these values: what is for a month is for its quarter and semester too."""
    known: dict[tuple[str, ...], bool] = {}

    def fits(one: Obligation) -> bool:
        kind = _kind(one)
        if kind not in known:
            known[kind] = all(value in _values(facet, one) for facet, value in wanted.items())
        return known[kind]

    return fits


def title(facet: Facet, value: str) -> str:
    """What a value is called; `` is all of them."""
    if not value:
        return _("all")
    match facet:
        case Facet.FAMILY | Facet.UNIT:
            return value
        case Facet.PERIOD:
            return _("annual") if value == ANNUAL else words.part_of_year(value)
        case Facet.COMPONENT:
            return {
                Component.PLANNING: _("planning"),
                Component.MEASURING: _("measuring"),
                Component.REPORTING: _("reporting"),
                Component.EVALUATION: _("evaluation"),
            }[Component(value)]
        case _:
            assert_never(facet)


def _kind(one: Obligation) -> tuple[str, ...]:
    """What the facets of an obligation follow from."""
    return (one.requirement.key, one.edition, one.period.part, one.unit)


def _place(value: str) -> int:
    return _ORDER.index(value) if value in _ORDER else -1


def _own(facet: Facet, one: Obligation) -> tuple[str, ...]:
    match facet:
        case Facet.FAMILY:
            return (one.requirement.family,)
        case Facet.PERIOD:
            return (one.period.part if one.period.part in _PARTS else ANNUAL,)
        case Facet.COMPONENT:
            return _components(one.requirement.evidence)
        case Facet.UNIT:
            return (one.unit,) if one.unit else ()
        case _:
            assert_never(facet)


def _values(facet: Facet, one: Obligation) -> tuple[str, ...]:
    return _around(one.period.part) if facet is Facet.PERIOD else _own(facet, one)


@lru_cache(32)
def _around(part: str) -> tuple[str, ...]:
    """The parts of a year that a part lies in, itself among them."""
    within = Period(1, 1, part)
    return tuple(one for one in _PARTS if Period(1, 1, one).covers(within)) if part in _PARTS else (ANNUAL,)


@lru_cache(1024)
def _components(evidence: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_COMPONENTS[one[:1]] for one in evidence if one[:1] in _COMPONENTS))
