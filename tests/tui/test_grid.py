"""The overview as data: which documents and offices are shown, in which order, and how complete each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cells import Cell, Count, Letter, Sign, cell, count
from tui.facets import Facet, fitting, offered
from tui.grid import Filters, Order, Selection, grid
from tui.report import matrix
from workflow import (
    Action,
    Digest,
    Duty,
    Need,
    Obligation,
    ObligationId,
    Office,
    Period,
    Requirement,
    State,
)

TODAY = date(2026, 4, 10)
OFFICES = [Office(code, f"Dinas {code}") for code in ("wana", "jati", "rimba", "bahari")]
FULL = Digest("f" * 64)


def asked(code: str, family: str = "SAKIP", *evidence: str, need: Need = Need.REQUIRED) -> Requirement:
    return Requirement(code, "", code[:2].upper(), code, code, family, evidence=evidence, need=need)


RENJA, LKJIP = asked("renja", "SAKIP", "1a.4"), asked("lkjip", "SAKIP", "3a.1", "1b.7", "rb")
QUARTERLY, MONTHLY = asked("ukur", "SAKIP", "2b.4"), asked("dialog", "SAKIP", "2b.1")
RB, IF_ANY = asked("renaksi", "RB", "rb"), asked("lain", "RB", "rb", need=Need.OPTIONAL)
KINDS = [
    (RENJA, "2026", "bappeda"),
    (LKJIP, "2025", "biro"),
    (QUARTERLY, "2026-q1", "biro"),
    (QUARTERLY, "2026-q2", "biro"),
    (MONTHLY, "2026-m02", "biro"),
    (RB, "2026", "biro"),
    (IF_ANY, "2026", "biro"),
]


def owed(
    office: Office, kind: tuple[Requirement, str, str] = KINDS[0], state: State = State.DRAFT, day: int = 20
) -> Obligation:
    requirement, period, unit = kind
    return Obligation(
        id=ObligationId(f"{office.code}/{requirement.code}/{period}"),
        office=office,
        requirement=requirement,
        period=Period.parse(period),
        year=2026,
        unit=unit,
        needs_review=True,
        duty=requirement.duty,
        due=date(2026, 4, day),
        seq=0,
        state=state,
        round=1,
        content=None if state is State.DRAFT else FULL,
        submitter=None,
        hands=(),
        readers=(),
        reviewer=None,
        review_seq=None,
        last_action=None,
        last_actor=None,
        last_at=None,
    )


@st.composite
def registers(draw: st.DrawFn) -> list[Obligation]:
    """Some obligations of a year, each standing somewhere, in the order of the catalogue."""
    found = []
    for office in OFFICES:
        for kind in draw(st.lists(st.sampled_from(KINDS), unique=True)):
            one = owed(office, kind, draw(st.sampled_from(list(State))), draw(st.sampled_from([1, 10, 20])))
            found.append(
                one._replace(
                    content=FULL if one.state is not State.DRAFT else draw(st.sampled_from([None, FULL])),
                    duty=draw(st.sampled_from([one.duty, Duty.WAIVED, Duty.DECLARED])),
                    last_action=draw(st.sampled_from([None, Action.RETURN, Action.SAVE])),
                )
            )
    return found


def filters() -> st.SearchStrategy[Filters]:
    values = {
        Facet.FAMILY: ["SAKIP", "RB"],
        Facet.PERIOD: ["annual", "q1", "q2", "m02", "s1"],
        Facet.COMPONENT: ["planning", "measuring", "reporting", "evaluation"],
        Facet.UNIT: ["biro", "bappeda"],
    }
    chosen = st.fixed_dictionaries({}, optional={facet: st.sampled_from(those) for facet, those in values.items()})
    return st.builds(Filters, st.sampled_from(Selection), st.sampled_from(["", "jati", "a"]), chosen)


@given(registers(), filters())
def test_what_is_shown_is_what_fits_with_its_code_and_each_office_counts_that_and_nothing_else(
    those: list[Obligation], wanted: Filters
) -> None:
    shown = grid(those, TODAY).narrowed(wanted)

    fits = fitting(wanted.facets)
    for row in shown.rows:
        assert len(row.cells) == len(row.codes) == len(shown.columns)
        assert [code for code in row.codes if code] == [cell(one, TODAY) for one in row.cells if one]
        kept = [one for one in those if one.office == row.office and fits(one)]
        assert row.tally == count(kept, TODAY)
        assert {one.id for one in kept if one.is_owed} <= {one.id for one in row.cells if one} <= {o.id for o in kept}


@given(registers(), filters())
def test_a_filter_hides_no_office_that_has_what_it_asks_for(those: list[Obligation], wanted: Filters) -> None:
    shown = {row.office.code for row in grid(those, TODAY).narrowed(wanted._replace(selection=Selection.ALL)).rows}
    fits = fitting(wanted.facets)

    assert shown >= {one.office.code for one in those if fits(one) and one.is_owed and wanted.text in one.office.code}


@given(registers(), filters(), st.sampled_from(Order))
def test_an_order_moves_offices_and_changes_nothing_else(
    those: list[Obligation], wanted: Filters, order: Order
) -> None:
    shown = grid(those, TODAY).narrowed(wanted)
    ordered = shown.ordered(order)

    assert sorted(ordered.rows) == sorted(shown.rows)
    assert ordered.ordered(order) == ordered
    assert Count.of(ordered.codes()) == Count.of(shown.codes())


def test_what_is_alike_in_all_but_one_thing_has_its_own_code() -> None:
    missing = owed(OFFICES[0])
    kept = missing._replace(office=OFFICES[1], content=FULL)
    returned = kept._replace(office=OFFICES[2], last_action=Action.RETURN)
    late = missing._replace(office=OFFICES[3], due=date(2026, 4, 1))

    assert [str(row.codes[0]) for row in grid([missing, kept, returned, late], TODAY).rows] == [
        "· ",
        "d ",
        "k ",
        "·!",
    ]


def test_an_office_that_owes_nothing_of_what_is_asked_for_is_not_shown() -> None:
    whole = grid([owed(OFFICES[0]), owed(OFFICES[1], KINDS[5]), owed(OFFICES[2], KINDS[6])], TODAY)

    assert [row.office.code for row in whole.narrowed(Filters(facets={Facet.FAMILY: "RB"})).rows] == ["jati"]
    assert len(whole.narrowed(Filters()).rows) == 3


@given(registers())
def test_the_columns_together_are_the_rows_together(those: list[Obligation]) -> None:
    shown = grid(those, TODAY)

    for name in ("owed", "approved", "ours", "late"):
        of_rows = sum(getattr(row.tally, name) for row in shown.rows)
        assert of_rows == sum(getattr(total, name) for total in shown.totals())
        assert of_rows == getattr(count(those, TODAY), name)


@pytest.mark.parametrize(
    ("facet", "value", "shown"),
    [
        pytest.param(Facet.FAMILY, "RB", {"renaksi"}, id="a programme"),
        pytest.param(Facet.PERIOD, "annual", {"renja", "lkjip", "renaksi"}, id="what is for the whole year"),
        pytest.param(Facet.PERIOD, "q1", {"ukur", "dialog"}, id="a quarter and its months"),
        pytest.param(Facet.PERIOD, "q2", {"ukur"}, id="another quarter"),
        pytest.param(Facet.PERIOD, "s1", {"ukur", "dialog"}, id="a semester and its quarters"),
        pytest.param(Facet.PERIOD, "m02", {"dialog"}, id="a month"),
        pytest.param(Facet.COMPONENT, "planning", {"renja", "lkjip"}, id="evidence for two components is in both"),
        pytest.param(Facet.COMPONENT, "evaluation", set(), id="nothing is evidence for it"),
        pytest.param(Facet.UNIT, "bappeda", {"renja"}, id="who reviews it"),
    ],
)
def test_a_facet_shows_the_documents_that_have_it(facet: Facet, value: str, shown: set[str]) -> None:
    whole = grid([owed(OFFICES[0], kind) for kind in KINDS], TODAY)

    assert {column.key for column in whole.narrowed(Filters(facets={facet: value})).columns} == shown


def test_only_what_is_there_is_offered_in_the_order_of_the_year() -> None:
    those = [owed(OFFICES[0], kind) for kind in reversed(KINDS)]

    assert offered(those)[Facet.PERIOD] == ["annual", "q1", "q2", "m02"]
    assert offered(those)[Facet.COMPONENT] == ["planning", "measuring", "reporting"]
    assert not any(offered(()).values())


def test_a_key_goes_through_all_values_of_a_facet_and_comes_back_to_all() -> None:
    wanted, seen = Filters(), list[str]()
    for _ in range(4):
        wanted = wanted.stepped(Facet.PERIOD, ["annual", "q1", "q2"])
        seen.append(wanted.facets.get(Facet.PERIOD, ""))

    assert seen == ["annual", "q1", "q2", ""]
    assert not wanted
    # What was chosen may be in no other year that is open.
    assert not Filters(facets={Facet.PERIOD: "m02"}).stepped(Facet.PERIOD, ["annual", "q1"])


@pytest.mark.parametrize(
    ("order", "offices"),
    [
        pytest.param(Order.CATALOGUE, ["wana", "jati", "rimba", "bahari"], id="as in the catalogue"),
        pytest.param(Order.LATE, ["rimba", "jati", "wana", "bahari"], id="most late first"),
        pytest.param(Order.INCOMPLETE, ["jati", "rimba", "wana", "bahari"], id="least complete first"),
        pytest.param(Order.NAME, ["bahari", "jati", "rimba", "wana"], id="by name"),
    ],
)
def test_offices_stand_in_the_order_that_is_asked_for(order: Order, offices: Sequence[str]) -> None:
    wana, jati, rimba, bahari = OFFICES
    those = [
        owed(wana, KINDS[0], State.APPROVED),
        owed(wana, KINDS[1]),
        owed(jati, KINDS[0], day=1),
        owed(rimba, KINDS[0], State.APPROVED, day=1),
        *(owed(rimba, kind, day=1) for kind in KINDS[1:3]),
        owed(bahari, KINDS[0], State.APPROVED),
    ]

    assert [row.office.code for row in grid(those, TODAY).ordered(order).rows] == offices


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param(Cell(Letter.SUBMITTED, False), "A ", id="in time"),
        pytest.param(Cell(Letter.SUBMITTED, True), "A!", id="late"),
        pytest.param(Cell(Letter.SUBMITTED, True, Sign.RENEWED), "A+", id="late, and come anew"),
        pytest.param(Cell(Letter.MISSING, False, Sign.HELD), "·?", id="perhaps in quarantine"),
    ],
)
def test_a_code_is_a_letter_and_one_sign(code: Cell, text: str) -> None:
    assert str(code) == text


def test_a_sign_stands_beside_the_letter_and_changes_no_count() -> None:
    one = owed(OFFICES[0], day=1)
    plain, signed = grid([one], TODAY), grid([one], TODAY, {one.id: Sign.HELD})

    assert str(signed.rows[0].codes[0]) == "·?"
    assert signed.rows[0].tally == plain.rows[0].tally


@pytest.mark.parametrize("width", [80, 60, 46, None])
def test_the_matrix_as_text_fits_its_width_and_leaves_no_document_out(width: int | None) -> None:
    kinds = [(asked(f"{a}{b}"), "2026", "biro") for a in "pqrstuvw" for b in "abcde"]
    those = [owed(office, kind, State.SUBMITTED) for office in OFFICES for kind in kinds]
    lines = list(matrix(grid(those, TODAY), width))

    if width:
        assert max(map(len, lines)) <= width
    for office in OFFICES:
        told = "".join(line.partition("%")[2] for line in lines if line.startswith(office.name))
        assert told.count("A") == len(kinds)
