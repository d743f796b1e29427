"""A file is taken when it has stopped changing, on the watcher's own clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.footprints import Footprint
from inbox.settling import Settling

AS_IT_WAS = Footprint(device=1, inode=7, size=100, mtime_ns=5, ctime_ns=5)


def test_the_first_sight_of_a_file_is_never_enough() -> None:
    assert not Settling(quiet=0.0).notice(b"a.pdf", AS_IT_WAS, now=100.0)


def test_a_file_has_settled_when_it_lay_still_for_the_quiet_time() -> None:
    settling = Settling(quiet=2.0)

    answers = [settling.notice(b"a.pdf", AS_IT_WAS, now) for now in (10.0, 11.9, 12.0, 13.0)]

    assert answers == [False, False, True, True]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"size": 101}, id="it grew"),
        pytest.param({"mtime_ns": 6}, id="it was written"),
        pytest.param({"mtime_ns": 0}, id="its time was set back"),
        pytest.param({"ctime_ns": 6}, id="it was written and its time set back"),
        pytest.param({"inode": 8}, id="another file took its name"),
        pytest.param({"device": 2}, id="another disk was mounted there"),
    ],
)
def test_any_change_begins_the_quiet_time_anew(change: dict[str, int]) -> None:
    settling = Settling(quiet=2.0)
    settling.notice(b"a.pdf", AS_IT_WAS, now=10.0)

    assert not settling.notice(b"a.pdf", AS_IT_WAS._replace(**change), now=12.0)
    assert not settling.notice(b"a.pdf", AS_IT_WAS._replace(**change), now=13.9)
    assert settling.notice(b"a.pdf", AS_IT_WAS._replace(**change), now=14.0)


def test_a_file_that_went_and_came_back_is_seen_for_the_first_time() -> None:
    settling = Settling(quiet=2.0)
    settling.notice(b"a.pdf", AS_IT_WAS, now=10.0)

    settling.keep_only([b"b.pdf"])

    assert not settling.notice(b"a.pdf", AS_IT_WAS, now=12.0)


def test_the_next_file_to_settle_is_waited_for() -> None:
    settling = Settling(quiet=2.0)
    settling.notice(b"a.pdf", AS_IT_WAS, now=10.0)
    settling.notice(b"b.pdf", AS_IT_WAS, now=10.5)

    assert settling.next_ready(now=10.5) == 12.0


def test_a_file_that_cannot_be_taken_delays_no_other() -> None:
    settling = Settling(quiet=2.0)
    settling.notice(b"stuck.pdf", AS_IT_WAS, now=10.0)
    settling.notice(b"new.pdf", AS_IT_WAS, now=20.0)

    assert settling.next_ready(now=20.0) == 22.0


def test_with_nothing_to_settle_there_is_nothing_to_wait_for() -> None:
    settling = Settling(quiet=2.0)
    settling.notice(b"stuck.pdf", AS_IT_WAS, now=10.0)

    assert settling.next_ready(now=12.0) is None
    assert Settling(quiet=2.0).next_ready(now=0.0) is None


@given(
    since=st.floats(0, 1e9),
    quiet=st.floats(0, 100),
    ahead=st.floats(0, 100),
)
def test_a_file_has_settled_or_is_waited_for_and_never_neither(since: float, quiet: float, ahead: float) -> None:
    settling, now = Settling(quiet), since + ahead
    settling.notice(b"a.pdf", AS_IT_WAS, since)

    assert settling.notice(b"a.pdf", AS_IT_WAS, now) is (settling.next_ready(now) is None)
