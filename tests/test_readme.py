"""The README says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.commands import parser
from workflow import TRANSITIONS, Transition

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def rule(row: Transition) -> str:
    """A row of the table of rules, as the README prints it."""
    needs = ", ".join(str(need.name).casefold() for need in row.needs) or "-"
    eyes = ", ".join(str(one.name).casefold().replace("_", " ") for one in row.eyes) or "-"
    action = f"{row.action} (where no review is needed)" if row.unless_reviewed_first else str(row.action)
    return f"| {row.source} | {action} | {row.target} | {row.role} | {needs} | {eyes} |"


def test_the_table_of_rules_is_that_of_the_code() -> None:
    begin, end = README.index("<!-- rules -->"), README.index("<!-- /rules -->")
    printed = [line for line in README[begin:end].splitlines() if line.startswith("| ")]
    assert printed[1:] == [rule(row) for row in TRANSITIONS]


@pytest.mark.parametrize("verb", sorted(parser()._subparsers._group_actions[0].choices))  # type: ignore[union-attr,arg-type]
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert verb in README
