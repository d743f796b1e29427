"""Whether an obligation is what the filters of a search ask for."""

from __future__ import annotations

from datetime import date, timedelta
from operator import eq, ge, gt, le, lt
from typing import assert_never

from workflow.actors import Actor
from workflow.obligations import Obligation
from workflow.queues import is_waiting
from workflow.search_words import Field, Trait
from workflow.searching import DueBy, Query, Value
from workflow.states import FindingState, Role, State

_SIGNS = {"=": eq, "<": lt, ">": gt, "<=": le, ">=": ge}


def lets_through(query: Query, o: Obligation, actor: Actor, today: date) -> bool:
    """Whether the filters let it through. Of one given twice either is enough; of what it `is`, each must hold."""
    either: dict[Field, bool] = {}
    for one in query.filters:
        if one.field is Field.KIND:
            continue
        holds = any(_holds(one.field, value, o, actor, today) for value in one.values)
        if one.is_not or one.field is Field.IS:
            if holds is one.is_not:
                return False
        else:
            either[one.field] = either.get(one.field, False) or holds
    return all(either.values())


def _holds(field: Field, value: Value, o: Obligation, actor: Actor, today: date) -> bool:
    match field:
        case Field.OFFICE:
            return o.office.code == value
        case Field.DOCUMENT:
            return o.requirement.key == value
        case Field.YEAR:
            first, last = (o.period.first_year, o.period.last_year) if o.period.is_plan else (o.year, o.year)
            return any(str(year).startswith(str(value)) for year in range(first, last + 1))
        case Field.DUE:
            return isinstance(value, DueBy) and _is_due(value, o.due, today)
        case Field.STATE | Field.IS:
            return o.state is value if isinstance(value, State) else _is(Trait(str(value)), o, actor, today)
        case Field.KIND:
            return True
        case _:
            assert_never(field)


def _is_due(asked: DueBy, due: date | None, today: date) -> bool:
    """A day, a month or a year is compared as far as it is told."""
    if due is None:
        return False
    if not asked.day:
        return today <= due <= today + timedelta(days=asked.days)
    return bool(_SIGNS[asked.sign](due.isoformat()[: len(asked.day)], asked.day))


def _is(trait: Trait, o: Obligation, actor: Actor, today: date) -> bool:
    match trait:
        case Trait.MISSING:
            return o.is_owed and o.is_missing
        case Trait.RETURNED:
            return o.is_returned
        case Trait.LATE:
            return o.is_overdue(today)
        case Trait.MINE:
            return _is_mine(o, actor)
        case Trait.OPEN_FINDING:
            return FindingState.OPEN in o.findings
        case _:
            assert_never(trait)


def _is_mine(o: Obligation, actor: Actor) -> bool:
    """Whether this person is next: they hold it, nobody does and they could decide, or their office owes it."""
    if o.turn is Role.OFFICE:
        return o.is_open and any(one.role is Role.OFFICE and one.unit == o.office.code for one in actor.each())
    if o.holder:
        return o.turn is not None and any(o.holder in one.eyes for one in actor.each())
    return is_waiting(o, actor)
