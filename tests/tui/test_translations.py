"""Both languages are complete: nothing on a screen is in the other one."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

TUI = Path(__file__).parents[2] / "tui"
PO = TUI / "locale" / "id" / "LC_MESSAGES" / "pantau.po"
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "many": (1, 2)}


def said() -> set[str]:
    """Every sentence of the sources, in English; of a plural the form for one."""
    found = extract_from_dir(TUI, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {one[2][0] if isinstance(one[2], tuple) else one[2] for one in found}


def translated() -> dict[str, str]:
    """What the Indonesian catalogue says for each."""
    with PO.open("rb") as file:
        catalogue = read_po(file)
    pairs = [(message.id, message.string) for message in catalogue if message.id]
    return {_first(english): _first(indonesian) for english, indonesian in pairs}


def _first(forms: Any) -> str:
    return str(forms[0] if isinstance(forms, list | tuple) else forms)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_is_in_the_catalogue_and_no_other() -> None:
    assert said() == translated().keys()


def test_every_sentence_is_translated_with_the_same_facts_in_it() -> None:
    wrong = [
        english
        for english, indonesian in translated().items()
        if not indonesian.strip() or placeholders(indonesian) - {"n"} != placeholders(english) - {"n"}
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_sources() -> None:
    compiled = gettext.translation("pantau", TUI / "locale", ["id"])
    with PO.open("rb") as file:
        plurals = {message.id[0]: message.id[1] for message in read_po(file) if isinstance(message.id, tuple)}

    for english, indonesian in translated().items():
        more = plurals.get(english)
        assert (compiled.ngettext(english, more, 2) if more else compiled.gettext(english)) == indonesian


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda path: str(path.relative_to(TUI)))
def test_no_sentence_hides_inside_an_f_string(path: Path) -> None:
    """Where the extraction does not find it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [node for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for node in ast.walk(one)]
    calls = [node for node in inside if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]

    assert [call.lineno for call in calls if getattr(call.func, "id", "") in ("_", "many")] == []
