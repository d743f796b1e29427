"""Due dates as data: which are shown, how much is due in each month, and where the next one is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import BUDI, LKJIP, SARI, Elsewhere
from tui import due_dates
from tui.due_dates import DueDate, Month, Selection
from tui.session import Session
from workflow import (
    Action,
    Actor,
    Duty,
    Hat,
    Obligation,
    ObligationId,
    Office,
    Period,
    Requirement,
    Role,
    State,
)

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


OWED = Obligation(
    id=ObligationId("dinkes/pk/2026"),
    office=Office("dinkes", "Dinas Kesehatan"),
    requirement=Requirement("pk", "", "PK", "Perjanjian Kinerja", "Performance agreement", "SAKIP"),
    period=Period(2026, 2026),
    year=2026,
    unit="biro-organisasi",
    needs_review=True,
    duty=Duty.OWED,
    due=None,
    seq=0,
    state=State.DRAFT,
    round=0,
    content=None,
    submitter=None,
    hands=(),
    readers=(),
    reviewer=None,
    review_seq=None,
    last_action=None,
    last_actor=None,
    last_at=None,
)


def due_on(day: date, code: str = "pk") -> DueDate:
    return DueDate(day, OWED.requirement._replace(code=code), OWED.period, (OWED._replace(due=day),))


@pytest.fixture
def everything(session: Session) -> list[Obligation]:
    return session.register.obligations(year=2026)


def test_all_that_is_owed_and_has_a_date_stands_once_in_its_place(everything: list[Obligation]) -> None:
    dates = due_dates.due_dates(everything)

    owed = sorted(one.id for one in everything if one.is_owed and one.due)
    assert sorted(one.id for due in dates for one in due.owed) == owed
    assert [due.day for due in dates] == sorted(due.day for due in dates)
    assert all(one.due == due.day for due in dates for one in due.owed)
    assert len({due.id for due in dates}) == len(dates)


def test_what_was_extended_is_due_on_another_day_by_itself(session: Session, elsewhere: Elsewhere) -> None:
    ani = Actor("ani", Role.BUREAU)
    late = elsewhere.register.obligation(LKJIP)
    elsewhere.register.perform(Action.EXTEND, late, ani, due=date(2026, 3, 31), note="banjir")
    dates = due_dates.due_dates(session.register.obligations(year=2026))

    of_lkjip = [due for due in dates if due.requirement.key == "lkjip"]
    assert [(due.day, len(due.owed)) for due in of_lkjip] == [(date(2026, 2, 28), 48), (date(2026, 3, 31), 1)]


def test_what_has_passed_is_shown_only_while_something_of_it_is_open(
    session: Session, elsewhere: Elsewhere, everything: list[Obligation]
) -> None:
    of_plan = due_dates.due_dates([o for o in everything if o.id == LKJIP])
    assert due_dates.narrowed(of_plan, Selection.COMING, "", SARI, TODAY) == of_plan

    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.REVIEW, LKJIP, SARI)
    approved = due_dates.due_dates([elsewhere.decide(Action.APPROVE, LKJIP, BUDI)])
    assert due_dates.narrowed(approved, Selection.COMING, "", SARI, TODAY) == []
    assert due_dates.narrowed(approved, Selection.YEAR, "", SARI, TODAY) == approved
    assert due_dates.narrowed(approved, Selection.COMING, "", SARI, date(2026, 2, 28)) == approved


def test_it_is_narrowed_to_a_programme_or_a_unit(everything: list[Obligation]) -> None:
    dates = due_dates.due_dates(everything)
    groups = due_dates.groups(dates)
    assert {"SAKIP", "RB", "bappeda", "biro-organisasi"} <= {*groups}

    for group in groups:
        shown = due_dates.narrowed(dates, Selection.YEAR, group, SARI, TODAY)
        assert shown
        assert all(group in (one.requirement.family, one.unit) for due in shown for one in due.owed)


@pytest.mark.parametrize(
    ("actor", "is_theirs"),
    [
        pytest.param(Actor("dewi", Role.REVIEWER, "bappeda"), False, id="a reviewer of another unit"),
        pytest.param(Actor("rini", Role.REVIEWER, "biro-organisasi"), True, id="a reviewer of the unit"),
        pytest.param(Actor("dina", Role.OFFICE, "diskes"), True, id="the office that owes it"),
        pytest.param(Actor("tono", Role.OFFICE, "bpbd"), False, id="another office"),
        pytest.param(BUDI, False, id="an approver, before anything waits for approval"),
        pytest.param(
            BUDI._replace(hats=(Hat(Role.REVIEWER, "biro-organisasi"),)), True, id="an acting reviewer of the unit"
        ),
    ],
)
def test_whose_it_is(everything: list[Obligation], actor: Actor, is_theirs: bool) -> None:
    one = next(o for o in everything if o.id == LKJIP)

    assert due_dates.is_mine(one, actor) is is_theirs


def test_what_waits_for_somebody_or_is_held_by_them_is_theirs(elsewhere: Elsewhere) -> None:
    submitted = elsewhere.submit(LKJIP)
    assert due_dates.is_mine(submitted, SARI)
    assert not due_dates.is_mine(submitted, BUDI)
    assert due_dates.is_mine(elsewhere.decide(Action.REVIEW, LKJIP, SARI), BUDI)


@given(owed=st.integers(1, 5000), more=st.integers(0, 5000), width=st.integers(1, 60), data=st.data())
def test_a_bar_is_never_longer_than_its_room_and_shows_whatever_is_open(
    owed: int, more: int, width: int, data: st.DataObject
) -> None:
    is_open = data.draw(st.integers(0, owed))
    left, done = due_dates.bar(Month(TODAY, owed, is_open), owed + more, width)

    assert 1 <= len(left) + len(done) <= width
    assert bool(left) >= bool(is_open)
    assert bool(done) <= (is_open < owed)
    assert not (is_open == 0 and left)


def test_the_months_add_up_to_all_that_is_due(everything: list[Obligation]) -> None:
    dates = due_dates.due_dates(everything)
    months = due_dates.months(dates)

    assert sum(month.owed for month in months) == sum(len(due.owed) for due in dates)
    assert sum(month.open for month in months) == sum(one.is_open for due in dates for one in due.owed)
    assert [month.first for month in months] == sorted({due.day.replace(day=1) for due in dates})


@given(st.lists(DAYS, min_size=1, max_size=12), st.integers(0, 11))
def test_the_next_date_is_another_day_and_none_lies_between(days: list[date], place: int) -> None:
    dates = [due_on(day, code) for day in sorted({*days}) for code in ("pk", "renja")]
    chosen = dates[place % len(dates)]
    later, earlier = ([due for due in dates if (due.day > chosen.day) is is_later] for is_later in (True, False))
    before = [due for due in earlier if due.day < chosen.day]

    assert due_dates.following(dates, chosen.id, 1) == (later[0] if later else None)
    assert due_dates.following(dates, chosen.id, -1) == (before[-2] if before else None)  # the first of its day


@given(st.lists(DAYS, max_size=8), DAYS)
def test_today_is_the_first_date_that_has_not_passed(days: list[date], today: date) -> None:
    dates = [due_on(day) for day in sorted({*days})]
    found = due_dates.today_in(dates, today)

    ahead = [due.day for due in dates if due.day >= today]
    assert (found and found.day) == (min(ahead) if ahead else max((due.day for due in dates), default=None))


def test_late_is_told_beside_what_has_come(session: Session, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    dates = due_dates.due_dates(session.register.obligations(year=2026))
    (due,) = (one for one in dates if one.id.endswith("lkjip 2025"))

    assert due_dates.said(due, due.day) == "1 of 49 delivered"
    assert due_dates.said(due, due.day + timedelta(days=1)) == "1 of 49 delivered, 49 late"
