from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow import plain, plain_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("LKjIP Dinas Kesehatan 2025.pdf", "LKjIP Dinas Kesehatan 2025.pdf", id="a name as it should be"),
        pytest.param("\x1b[2Jdisetujui", "\ufffd[2Jdisetujui", id="escape sequence"),
        pytest.param("\x1b]52;c;c3Vkbw==\x07", "\ufffd]52;c;c3Vkbw==\ufffd", id="clipboard"),
        pytest.param("\x9b31m", "\ufffd31m", id="eight-bit control"),
        pytest.param("lap\u202efdp.exe", "lap\ufffdfdp.exe", id="name written backwards"),
        pytest.param("di\u200bsetujui", "di\ufffdsetujui", id="blank of no width"),
        pytest.param("bad\udcff.pdf", "bad\ufffd.pdf", id="name that is no text"),
        pytest.param("baris satu\r\nbaris dua\tkolom", "baris satu baris dua kolom", id="lines and tabs"),
        pytest.param("Kesehatan – “Sehat” Ünïcode 健康", "Kesehatan – “Sehat” Ünïcode 健康", id="other scripts"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_a_mark(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_several_lines_stay_several_lines() -> None:
    assert plain_lines("satu\r\ndua\rtiga\nempat\x07") == "satu\ndua\ntiga\nempat\ufffd"


@given(st.text(st.characters()))
def test_no_text_from_outside_keeps_a_control_character(text: str) -> None:
    assert not [letter for letter in plain(text) if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.text(st.characters()))
def test_what_is_harmless_once_is_left_alone_afterwards(text: str) -> None:
    assert plain(plain(text)) == plain(text)
