from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow import Period

YEARS = st.integers(1900, 2190)
PARTS = st.sampled_from(["", "q1", "q2", "q3", "q4", "s1", "s2"])


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("2026", date(2026, 12, 31), id="year"),
        pytest.param("2026-q1", date(2026, 3, 31), id="first quarter"),
        pytest.param("2026-q2", date(2026, 6, 30), id="second quarter"),
        pytest.param("2026-q3", date(2026, 9, 30), id="third quarter"),
        pytest.param("2026-q4", date(2026, 12, 31), id="fourth quarter"),
        pytest.param("2026-s1", date(2026, 6, 30), id="first half"),
        pytest.param("2026-s2", date(2026, 12, 31), id="second half"),
        pytest.param("2025-2029", date(2029, 12, 31), id="five years"),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, ends: date) -> None:
    assert Period.parse(text).ends == ends


@given(st.builds(lambda year, part: Period(year, year, part), YEARS, PARTS))
def test_a_period_within_a_year_reads_back_as_it_was_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(st.builds(lambda year, more: Period(year, year + more), YEARS, st.integers(1, 9)))
def test_a_period_of_several_years_reads_back_as_it_was_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("26", id="two digits"),
        pytest.param("20260", id="five digits"),
        pytest.param("2026-q5", id="fifth quarter"),
        pytest.param("2026-s3", id="third half"),
        pytest.param("2026-Q1", id="capital letter"),
        pytest.param("2026-", id="cut off"),
        pytest.param("2029-2025", id="backwards"),
        pytest.param("2025-2029-q1", id="quarter of five years"),
        pytest.param(" 2026", id="blank before"),
        pytest.param("2026\n", id="line end after"),
    ],
)
def test_what_is_no_period_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Period.parse(text)


def test_the_quarters_of_a_year_sort_in_the_order_in_which_they_end() -> None:
    quarters = sorted(Period.parse(text) for text in ("2026-q3", "2026-q1", "2025-q4", "2026-q2"))

    assert [str(quarter) for quarter in quarters] == ["2025-q4", "2026-q1", "2026-q2", "2026-q3"]
