"""How rows become what the register speaks of."""

from __future__ import annotations

from workflow import Database, Obligation
from workflow.rows import _OBLIGATIONS, _Columns


def test_the_columns_stand_in_the_order_in_which_they_are_asked_for(database: Database, missing: Obligation) -> None:
    (one, *_) = database.rows(_OBLIGATIONS)
    assert tuple(one.keys()) == _Columns._fields
