"""What has changed from one version to the next."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox import Picture, Text
from tui.difference import Sign, compared, is_changed, shortened


def text(*pages: str, pictures: tuple[Picture, ...] = ()) -> Text:
    return Text(len(pages), pages, tuple(range(1, len(pages) + 1)), pictures=pictures)


def told(before: Text, after: Text) -> list[str]:
    return [f"{one.sign}{one.text}" for one in compared(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        pytest.param("a\nTW II :\nc", "a\nTW II : 64\nc", [" a", "-TW II :", "+TW II : 64", " c"], id="filled in"),
        pytest.param("a\nTW II : 64\nc", "a\nTW II :\nc", [" a", "-TW II : 64", "+TW II :", " c"], id="emptied"),
        pytest.param("a\nc", "a\nb\nc", [" a", "+b", " c"], id="a line more"),
        pytest.param("a\nb\nc", "a\nc", [" a", "-b", " c"], id="a line less"),
        pytest.param("a b c d e\nf g h", "a b c\nd e f g h", [" a b c", " d e f g h"], id="only broken elsewhere"),
        pytest.param("x  y\nz", "x y\n\nz", [" x y", " ", " z"], id="only other blanks"),
        pytest.param(
            "a b c d e\nf g h i j\nk l",
            "a b c X d\ne f g h i\nj k l",
            ["-a b c d e", "+a b c X d", " e f g h i", " j k l"],
            id="a word more, and all behind it moved on",
        ),
        pytest.param("a\na\na", "a\na\na\na", [" a", " a", " a", "+a"], id="nothing is said once only"),
        pytest.param("", "a", ["+a"], id="from nothing"),
        pytest.param("a", "", ["-a"], id="to nothing"),
    ],
)
def test_the_lines_that_hold_a_changed_word(before: str, after: str, lines: list[str]) -> None:
    assert told(text(before), text(after)) == lines


def test_the_words_that_changed_are_known() -> None:
    changes = compared(text("Target TW II : 62,0 persen"), text("Target TW II : 64,0 persen"))

    assert [(one.sign, [one.text[start:end] for start, end in one.words]) for one in changes] == [
        (Sign.GONE, ["62,0"]),
        (Sign.NEW, ["64,0"]),
    ]


def test_lines_keep_the_page_on_which_they_are_read() -> None:
    changes = compared(text("a", "b", "d"), text("a", "c neu", "b", "d"))

    assert [(one.sign, one.page, one.text) for one in changes] == [
        (Sign.SAME, 1, "a"),
        (Sign.NEW, 2, "c neu"),
        (Sign.SAME, 3, "b"),
        (Sign.SAME, 4, "d"),
    ]


def test_a_signature_that_was_put_in_is_a_change() -> None:
    signed = text("Kepala Dinas\nNama", pictures=(Picture(1, 1, 300, 400, 210, 90),))

    assert told(text("Kepala Dinas\nNama"), signed) == [" Kepala Dinas", "+[picture 210x90 pt here]", " Nama"]


def test_what_has_not_changed_is_left_out_but_for_what_stands_around_it() -> None:
    before, after = text("\n".join("abcdefghijklm")), text("\n".join("abcdefgXijklm"))

    short = [one and f"{one.sign}{one.text}" for one in shortened(compared(before, after))]

    assert short == [None, " f", " g", "-h", "+X", " i", " j", None]
    assert not is_changed(compared(before, before))
    assert list(shortened(compared(before, before))) == []


SAID = st.sampled_from(["a", "b", "c d", "c", "d e f", ""])
PAGES = st.lists(st.lists(SAID, max_size=6).map("\n".join), max_size=4)


@given(PAGES, PAGES)
def test_the_present_version_is_told_whole_and_with_no_line_of_the_former_twice(
    before: list[str], after: list[str]
) -> None:
    changes, same = compared(text(*before), text(*after)), compared(text(*after), text(*after))

    assert [one._replace(sign=Sign.SAME, words=()) for one in changes if one.sign is not Sign.GONE] == list(same)
    assert not is_changed(same)
    gone = [one.text for one in changes if one.sign is Sign.GONE]
    assert all(gone.count(one) <= sum(page.split("\n").count(one) for page in before) for one in gone)


@given(PAGES, PAGES)
def test_a_version_with_other_words_is_never_called_the_same(before: list[str], after: list[str]) -> None:
    words = [" ".join(pages).split() for pages in (before, after)]

    assert is_changed(compared(text(*before), text(*after))) == (words[0] != words[1])


def test_three_hundred_pages_that_all_changed_a_little_are_compared_to_the_word() -> None:
    dice, words = random.Random(7), "sasaran indikator target realisasi kinerja anggaran program".split()
    lines = [" ".join(dice.choices(words, k=9)) for _ in range(9000)]
    moved = ["satu baris baru", *lines]
    before = ["\n".join(lines[at : at + 30]) for at in range(0, 9000, 30)]
    after = ["\n".join(moved[at : at + 30]) for at in range(0, 9001, 30)]

    assert [one.text for one in compared(text(*before), text(*after)) if one.sign is not Sign.SAME] == [moved[0]]
