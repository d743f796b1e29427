"""Which variables a process over SSH keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.variables import kept

USUAL = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "NO_COLOR": "1",
    "LANG": "id_ID.UTF-8",
    "LC_CTYPE": "C.UTF-8",
    "COLUMNS": "120",
    "LINES": "40",
    "SSH_CONNECTION": "2001:db8::7%eth0 50000 192.0.2.1 22",
    "SSH_TTY": "/dev/pts/3",
    "PANTAU_KEY": "SHA256:Yd3kq0cF2mZxWcXPqvRr1kq4bFkLw0x9mVt7uGh2JsA",
}


def test_what_is_said_of_the_terminal_and_of_where_somebody_comes_from_is_kept() -> None:
    assert kept(USUAL) == {**USUAL, "PATH": "/usr/bin:/bin"}


@pytest.mark.parametrize(
    "name",
    [
        *("PAGER", "EDITOR", "VISUAL", "BROWSER", "SHELL", "ENV", "BASH_ENV", "LESSOPEN", "GIT_PAGER", "IFS"),
        *("PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT", "LD_PRELOAD", "TEXTUAL", "TEXTUAL_DRIVER", "TERMINFO"),
        *("HOME", "USER", "TMPDIR", "TZ", "XDG_CONFIG_HOME", "TERM_PROGRAM", "NOTIFY_SOCKET", "SSH_AUTH_SOCK"),
        *("PANTAU_WORKSPACE", "PANTAU_LANG", "SSH_ORIGINAL_COMMAND", "LOCPATH", "LANGUAGE", "XTERM", "LC_", "term"),
    ],
)
def test_what_could_choose_a_program_or_a_place_is_not(name: str) -> None:
    assert kept({name: "vi", "TERM": "xterm"}) == kept({"TERM": "xterm"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERM", "../../etc/passwd"),
        ("TERM", "xterm\n"),
        ("TERM", "\x1b[2J"),
        ("TERM", ""),
        ("TERM", "x" * 41),
        ("LANG", "../../x"),
        ("COLUMNS", "0"),
        ("COLUMNS", "99999"),
        ("COLUMNS", "80;id"),
        ("SSH_CONNECTION", "budi"),
        ("SSH_TTY", "/etc/passwd"),
        ("PANTAU_KEY", "a b"),
    ],
)
def test_a_value_that_no_terminal_has_is_not_kept(name: str, value: str) -> None:
    assert name not in kept({name: value})


@given(st.dictionaries(st.sampled_from([*USUAL, "PATH", "PAGER"]), st.text()))
def test_the_search_path_is_nobodys_choice(environment: dict[str, str]) -> None:
    found = kept(environment)

    assert found["PATH"] == "/usr/bin:/bin"
    assert all(value.isprintable() for value in found.values())
    assert kept(found) == found
