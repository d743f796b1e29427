"""What is read plainly is what a whole reader of TOML reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.plain_toml import NotPlain, read
from tui.workspace import create

PIECES = [
    *(
        "a",
        "b",
        "region",
        " ",
        "\t",
        "=",
        '"',
        '"x"',
        '""',
        "'x'",
        "#",
        "# é",
        "[",
        "]",
        "[a]",
        "[[a]]",
        "[[b]]",
        ".",
    ),
    *(
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\\",
        "\\n",
        "1",
        "-1",
        "01",
        "1.5",
        "1_0",
        "true",
        "false",
        ",",
        "é",
        "\x7f",
        "\u00a0",
    ),
    *("a = 1\n", 'b = "x" # y\n', "inf", "+1", "-0", "1979-05-27", "{}", '"""', 'a."b"', '"a b" = true\n'),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example('a = "x"y')
@example('a = """x"""')
@example('"" = 1')
@example("[a]\n[a]\n")
@example("[[a]]\n[a]\n")
@example("a = 1\n[a]\n")
@example("[[a]] # x\nb = -0\n[[a]]\n")
@example("[a\n]")
@example("[[a]\n]")
def test_whatever_is_read_plainly_is_read_alike_by_a_whole_reader(text: str) -> None:
    try:
        said = read(text)
    except NotPlain:
        return
    assert repr(said) == repr(tomllib.loads(text))


def test_the_settings_of_a_new_workspace_are_plain(tmp_path: Path) -> None:
    create(tmp_path / "ws", "Kabupaten Contoh", 2026, "id")
    text = (tmp_path / "ws" / "pantau.toml").read_text(encoding="utf-8")

    assert read(text) == tomllib.loads(text) != {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[[inbox]]\nname = "share"\npath = "/mnt/x"\nread_only = false # no\n', id="a further inbox"),
        pytest.param('[keys]\n"overview.next" = "x"\n', id="keys"),
        pytest.param('[[person]]\nname = "sari"\n[[person]]\nname = "budi"\nrole = "approver"\n', id="people"),
    ],
)
def test_what_people_write_is_plain(text: str) -> None:
    assert read(text) == tomllib.loads(text) != {}
