"""Going round by one key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.cycling import after


@given(st.lists(st.integers(), min_size=1, unique=True))
def test_all_come_once_before_the_first_comes_again(members: list[int]) -> None:
    seen = [members[0]]
    while (following := after(members, seen[-1])) != seen[0]:
        seen.append(following)
    assert seen == members


def test_what_is_gone_is_followed_by_the_first() -> None:
    assert after("abc", "d") == "a"
