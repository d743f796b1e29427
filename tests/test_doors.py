"""Each room is entered through its door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("workflow", "inbox", "tui")
DOORS = {room: frozenset(import_module(room).__all__) for room in ("workflow", "inbox")}


def past_the_door(source: str, room: str) -> Iterator[tuple[int, str]]:
    """Line and name of what a module of this room takes from another, other than what that one's `__all__` offers."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for name in node.names:
                other, _, module = name.name.partition(".")
                if other in DOORS and other != room and module:
                    yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            other, _, module = node.module.partition(".")
            if other not in DOORS or other == room:
                continue
            for name in node.names:
                if module or name.name not in DOORS[other]:
                    yield node.lineno, f"{node.module}.{name.name}"


def test_each_room_is_entered_through_its_door() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, name in past_the_door(path.read_text(encoding="utf-8"), room)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("statement", "room"),
    [
        pytest.param("from workflow import State, plain", "tui", id="through the door"),
        pytest.param("import workflow", "inbox", id="the room itself"),
        pytest.param("from workflow.states import State", "workflow", id="inside the room"),
    ],
)
def test_a_room_may_be_entered(statement: str, room: str) -> None:
    assert list(past_the_door(statement, room)) == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("from workflow.states import State", id="a name of a module"),
        pytest.param("from workflow import states", id="a module"),
        pytest.param("from workflow import *", id="everything"),
        pytest.param("import workflow.states as words", id="a module by its path"),
        pytest.param("def late() -> None:\n    from workflow.states import State", id="inside a function"),
    ],
)
def test_a_way_past_the_door_is_seen(statement: str) -> None:
    assert len(list(past_the_door(statement, "tui"))) == 1


@pytest.mark.parametrize("room", ["workflow", "inbox"])
def test_the_lazy_door_offers_what_it_says_and_no_more(room: str) -> None:
    door = import_module(room)

    at_once = {name for name in door.__all__ if room == "workflow" and name not in door._HOME}
    assert sorted({*door._HOME, *at_once}) == sorted(door.__all__)
    assert not at_once or not {"read_catalogue", "verify", "asked_in"} & at_once
    for name in door._HOME:
        home = import_module(f"{room}.{door._HOME[name]}")
        assert getattr(door, name) is getattr(home, name)
