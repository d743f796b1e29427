"""Several people at once, for longer: the laws of the decisions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.torture.conftest import Figures
from tests.workflow.test_laws import SeveralPeopleAtOnce

LONG = pytest.mark.torture


@pytest.mark.parametrize(("examples", "steps"), [pytest.param(1500, 80, marks=LONG)], ids=["long"])
def test_many_people_for_a_long_time(figures: Figures, examples: int, steps: int) -> None:
    """Moves, refusals, mandates, ticks and failures in any order, on what was seen a while ago."""
    SeveralPeopleAtOnce.done.clear()
    run_state_machine_as_test(
        SeveralPeopleAtOnce,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    figures(**{name.replace(" ", "_").replace(":", ""): many for name, many in SeveralPeopleAtOnce.done.items()})
