"""The README says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.command_line import parser
from workflow import TRANSITIONS, State, Transition

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def rules() -> list[str]:
    """The table of rules, as the README prints it: what is the same from several states is one line."""
    alike: dict[tuple[object, ...], list[Transition]] = {}
    for row in TRANSITIONS:
        alike.setdefault(row._replace(source=State.DRAFT, target=State.DRAFT), []).append(row)
    return [_line(rows) for rows in alike.values()]


def _line(rows: list[Transition]) -> str:
    one, stays = rows[0], all(row.source is row.target for row in rows)
    action = f"{one.action} (where no review is needed)" if one.unless_reviewed_first else str(one.action)
    cells = (
        ", ".join(row.source for row in rows),
        action,
        "unchanged" if stays else ", ".join(dict.fromkeys(row.target for row in rows)),
        ", ".join(one.roles),
        ", ".join(str(need.name).casefold() for need in one.needs) or "-",
        ", ".join(str(eyes.name).casefold().replace("_", " ") for eyes in one.eyes) or "-",
    )
    return f"| {' | '.join(cells)} |"


def test_the_table_of_rules_is_that_of_the_code() -> None:
    begin, end = README.index("<!-- rules -->"), README.index("<!-- /rules -->")
    printed = [line for line in README[begin:end].splitlines() if line.startswith("| ")]
    assert printed[1:] == rules()


@pytest.mark.parametrize("verb", sorted(parser()._subparsers._group_actions[0].choices))  # type: ignore[union-attr,arg-type]
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert verb in README
