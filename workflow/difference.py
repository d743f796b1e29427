"""What an edited catalogue would change in a document year that is open. Decides, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from workflow.asked import Asked, asked_in
from workflow.catalogue import Catalogue
from workflow.editions import Edition
from workflow.errors import NoYear
from workflow.obligations import Obligation, ObligationId, obligation_id
from workflow.states import Action, Duty, State
from workflow.terms import NO_TERMS, Terms


class Change(NamedTuple):
    """A record that would be made of an obligation: other terms, another office, or a waiver."""

    obligation: Obligation
    action: Action
    terms: Terms = NO_TERMS
    due: date | None = None


class Difference(NamedTuple):
    """What is new, what would change, and what is not asked any more but has been worked on, and so stays.

    `waived` is asked for and was waived, by somebody's word or since an earlier catalogue did not ask for it.
    """

    year: int
    added: tuple[Asked, ...]
    changes: tuple[Change, ...]
    left: tuple[Obligation, ...]
    waived: tuple[Obligation, ...]


def difference(
    catalogue: Catalogue, year: int, there: Sequence[Obligation], known: frozenset[str], today: date
) -> Difference:
    """Compare what is asked with what is `there` in that year; `known` are the ids of all years.

    What is approved stays as it was approved. Raises NoYear.
    """
    wanted = {one.id: one for one in asked_in(catalogue, year)}
    added = tuple(one for one in wanted.values() if one.id not in known and not _is_inherited(catalogue, one, known))
    open_ones = [one for one in there if one.state is not State.APPROVED]
    gone = {one.id for one in open_ones if _is_gone(catalogue, one, wanted)}
    gone -= _asked_by_their_own(catalogue, open_ones)
    changes = tuple(change for one in open_ones for change in _changes(catalogue, one, wanted, gone, today))
    left = tuple(one for one in open_ones if one.id in gone and not _is_untouched(one))
    waived = tuple(one for one in open_ones if one.duty is Duty.WAIVED and one.id in wanted)
    return Difference(year, added, changes, left, waived)


def _is_inherited(catalogue: Catalogue, one: Asked, known: frozenset[str]) -> bool:
    """Whether an office that this one has come in the place of owes or has given the same."""
    before = _predecessors(catalogue, one.office)
    return any(obligation_id(code, one.requirement, one.period) in known for code in before)


def _predecessors(catalogue: Catalogue, office: str) -> Iterator[str]:
    """The offices that one has come in the place of, and those that they had come for."""
    follows = next((listed.follows for listed in catalogue.listed if listed.office.code == office), ())
    for code in follows:
        if catalogue.successor(code) == office:
            yield code
            yield from _predecessors(catalogue, code)


def _has_end(catalogue: Catalogue, code: str) -> bool:
    return any(listed.valid_to is not None for listed in catalogue.listed if listed.office.code == code)


def _asked_by_their_own(catalogue: Catalogue, there: Sequence[Obligation]) -> set[ObligationId]:
    """What the years ask that plans were opened with: in the year in which one plan ends another may begin."""
    asked: set[ObligationId] = set()
    for year in {one.year for one in there if one.period.is_plan}:
        with suppress(NoYear):
            asked |= {one.id for one in asked_in(catalogue, year) if one.period.is_plan}
    return asked


def _changes(
    catalogue: Catalogue,
    one: Obligation,
    wanted: Mapping[ObligationId, Asked],
    gone: Set[ObligationId],
    today: date,
) -> Iterator[Change]:
    ask = wanted.get(one.id)
    heir = _heir(catalogue, one.office.code, today)
    if heir is not None:
        yield Change(one, Action.HAND_OVER, Terms(office=heir))
    elif one.id in gone and _is_untouched(one):
        yield Change(one, Action.WAIVE)
    if ask is not None and (terms := _amended(one, ask)) != NO_TERMS:
        yield Change(one, Action.AMEND, terms, _due(one, ask) if terms.ruled else None)


def _heir(catalogue: Catalogue, code: str, today: date) -> str | None:
    """Who has taken over from an office that has ended; through several, to the one that is there."""
    for _ in catalogue.listed:
        has_ended = any(one.office.code == code and one.valid_to and one.valid_to < today for one in catalogue.listed)
        heir = catalogue.heir(code) if has_ended else None
        if heir is None:
            return None
        if _heir(catalogue, heir, today) is None:
            return heir
        code = heir
    return None


def _amended(one: Obligation, ask: Asked) -> Terms:
    """What the catalogue says otherwise. A plan keeps the dates of the year that it was opened with."""
    edition, windows = Edition.of(ask.requirement).digest, ask.windows
    is_of_year = ask.year == one.year
    return Terms(
        unit=ask.unit if ask.unit != one.unit else None,
        needs_review=ask.needs_review if ask.needs_review != one.needs_review else None,
        edition=edition if edition != one.edition else None,
        start=ask.start if is_of_year and ask.start != one.start else None,
        ruled=ask.due if is_of_year and ask.due != one.ruled else None,
        windows=windows.packed() if is_of_year and windows != one.windows else None,
    )


def _due(one: Obligation, ask: Asked) -> date:
    """More time that was granted is not taken away."""
    return max(one.due, ask.due) if one.is_extended and one.due else ask.due


def _is_gone(catalogue: Catalogue, one: Obligation, wanted: Mapping[ObligationId, Asked]) -> bool:
    """Whether nobody asks for it any more. What is or will be with another office waits for that one."""
    code = one.office.code
    is_own = one.id.partition("/")[0] == code
    goes_over = catalogue.heir(code) is not None and _has_end(catalogue, code)
    return one.id not in wanted and is_own and not goes_over


def _is_untouched(one: Obligation) -> bool:
    return one.is_missing and one.duty is not Duty.WAIVED
