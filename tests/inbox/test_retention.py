"""A file that is safe is put away; one that took its place is not."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from inbox.folders import Found
from inbox.footprints import Footprint
from inbox.retention import Replaced, Retention
from tests.inbox.conftest import Place
from workflow import Action, Digest

DAY = "2026-01-05"
DIGEST = Digest(sha256(b"PK 2026").hexdigest())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "dinkes").mkdir(parents=True)
    return tmp_path / "inbox"


def dropped(inbox: Path, content: bytes = b"PK 2026") -> Footprint:
    (inbox / "dinkes" / "PK.pdf").write_bytes(content)
    return Footprint.of((inbox / "dinkes" / "PK.pdf").stat())


def test_a_file_is_moved_to_the_folder_of_its_day(inbox: Path) -> None:
    place = Retention(inbox).retire(7, Found(b"dinkes/PK.pdf", dropped(inbox)), DIGEST, DAY)

    assert place == b".arsip/2026-01-05/dinkes/7-PK.pdf"
    assert (inbox / os.fsdecode(place)).read_bytes() == b"PK 2026"
    assert not (inbox / "dinkes" / "PK.pdf").exists()


def test_a_file_that_took_its_place_is_put_back(inbox: Path) -> None:
    footprint = dropped(inbox)
    dropped(inbox, b"PK 2026, corrected")

    with pytest.raises(Replaced):
        Retention(inbox).retire(7, Found(b"dinkes/PK.pdf", footprint), DIGEST, DAY)

    assert (inbox / "dinkes" / "PK.pdf").read_bytes() == b"PK 2026, corrected"
    assert Retention(inbox).place_of(7) is None


def test_a_file_is_put_back_beside_a_third_that_came_meanwhile(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    footprint = dropped(inbox)
    dropped(inbox, b"the second")
    lstat = os.lstat

    def lstat_while_a_third_comes(path: bytes) -> os.stat_result:
        (inbox / "dinkes" / "PK.pdf").write_bytes(b"the third")
        return lstat(path)

    monkeypatch.setattr("inbox.retention.os.lstat", lstat_while_a_third_comes)
    with pytest.raises(Replaced):
        Retention(inbox).retire(7, Found(b"dinkes/PK.pdf", footprint), DIGEST, DAY)

    assert (inbox / "dinkes" / "PK.pdf").read_bytes() == b"the third"
    assert (inbox / "dinkes" / "2-PK.pdf").read_bytes() == b"the second"


def test_a_file_that_its_sender_took_back_is_no_problem(inbox: Path) -> None:
    footprint = dropped(inbox)
    (inbox / "dinkes" / "PK.pdf").unlink()

    assert Retention(inbox).retire(7, Found(b"dinkes/PK.pdf", footprint), DIGEST, DAY) is None


def test_retiring_again_after_a_kill_finds_the_file_in_its_place(inbox: Path) -> None:
    footprint, retention = dropped(inbox), Retention(inbox)
    place = retention.retire(7, Found(b"dinkes/PK.pdf", footprint), DIGEST, DAY)

    assert retention.retire(7, Found(b"dinkes/PK.pdf", footprint), DIGEST, "2026-01-06") == place


def test_two_files_of_one_name_are_both_kept(inbox: Path) -> None:
    retention = Retention(inbox)
    first = retention.retire(7, Found(b"dinkes/PK.pdf", dropped(inbox, b"one")), DIGEST, DAY)
    second = retention.retire(8, Found(b"dinkes/PK.pdf", dropped(inbox, b"two")), DIGEST, DAY)

    assert first is not None
    assert second is not None
    assert [(inbox / os.fsdecode(place)).read_bytes() for place in (first, second)] == [b"one", b"two"]


def test_the_number_of_an_arrival_is_no_prefix_of_another(inbox: Path) -> None:
    retention = Retention(inbox)
    retention.retire(71, Found(b"dinkes/PK.pdf", dropped(inbox)), DIGEST, DAY)

    assert retention.place_of(7) is None


def test_the_longest_name_can_be_put_away(inbox: Path) -> None:
    path = inbox / "dinkes" / ("x" * 251 + ".pdf")
    path.write_bytes(b"PK 2026")

    place = Retention(inbox).retire(
        7, Found(b"dinkes/" + os.fsencode(path.name), Footprint.of(path.stat())), DIGEST, DAY
    )

    assert place is not None
    assert len(Path(os.fsdecode(place)).name) == 255


def test_a_file_overwritten_between_its_record_and_its_retirement_is_taken_too(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = place.drop("dinkes/PK 2026.pdf", b"first")
    retire = Retention.retire

    def overwritten_first(self: Retention, *given: object) -> bytes | None:
        monkeypatch.undo()
        place.drop("dinkes/PK 2026.pdf", b"second, longer")
        return retire(self, *given)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(Retention, "retire", overwritten_first)
    place.take()
    assert place.left() == ["dinkes/PK 2026.pdf"]
    place.take()

    trail = place.register.trail(place.obligation("dinkes/pk/2026").id)
    assert [(one.action, one.content == first) for one in trail] == [(Action.SUBMIT, True), (Action.SUBMIT, False)]
    assert place.left() == []
