"""The status in an office's folder says what is so, whatever happens to it, and never costs anybody a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import inbox.posted
from inbox import Hold, Holding, Posting, Root
from inbox.posted import is_posted, signed, written_at
from tests.inbox.conftest import LATER, OFFICES, REGION, SARI, Place, catalogue
from workflow import Action, Actor, Database, Office, Register, Role, Terms

PK = "dinkes/pk/2026"
ANYTIME = st.datetimes(timezones=st.just(UTC))
CODES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


class Posted:
    """What keeps the statuses of a place, on a connection of its own, and how often it asked for one."""

    def __init__(self, place: Place, *others: Root) -> None:
        self.place = place
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.database = Database(place.root / "pantau.db")
        self.register = Register(self.database, place.clock)
        self.roots = [place.as_root(), *others]
        self.work = self.begun()

    def begun(self) -> Posting:
        """Begun anew, as by another process."""
        return Posting(self.database, self.register, self.roots, self.place.clock, UTC, self.form, self.fail)

    def form(self, office: Office, at: datetime) -> str:
        self.asked.append(office.code)
        owed = self.register.obligations(office=office.code)
        return "\n".join((f"{office.name} {at:%H:%M}", *(f"{one.id} {one.state} {one.due}" for one in owed)))

    def fail(self, office: Office, folder: Path, why: Exception) -> None:
        self.faults.append(office.code)

    def post(self) -> list[str]:
        """Go on until there is no more to do; whose status was made meanwhile."""
        self.asked = []
        self.place.clock.now += timedelta(seconds=2)
        while self.work.post_next():
            pass
        return self.asked

    def read(self, office: str = "dinkes", root: Path | None = None) -> str:
        return ((root or self.place.inbox) / office / "STATUS.txt").read_text(encoding="utf-8-sig")


@pytest.fixture
def posted(place: Place) -> Iterator[Posted]:
    one = Posted(place)
    one.post()
    yield one
    one.database.close()


def status_of(place: Place, office: str = "dinkes") -> Path:
    return place.inbox / office / "STATUS.txt"


def test_every_office_has_one(posted: Posted) -> None:
    for office, name in (("dinkes", "Dinas Kesehatan"), ("dlh", "Dinas Lingkungan Hidup")):
        assert name in posted.read(office)
        assert "PANTAU-STATUS" in posted.read(office).splitlines()[-1]


def test_what_is_recorded_elsewhere_is_told_to_whom_it_is_about(posted: Posted) -> None:
    posted.place.submit("dinkes/PK 2026.pdf", b"PK 2026")

    assert set(posted.post()) == {"dinkes"}
    assert f"{PK} submitted" in posted.read()

    posted.place.send_back(PK, "Sampul salah")
    assert set(posted.post()) == {"dinkes"}
    assert f"{PK} draft" in posted.read()


def test_while_nothing_changes_nothing_is_asked_and_nothing_written(posted: Posted) -> None:
    before = [status_of(posted.place, one).stat() for one in ("dinkes", "dlh", "dukcapil")]
    queries: list[str] = []
    posted.database._connection.set_trace_callback(queries.append)

    for _ in range(20):
        assert posted.post() == []

    assert {query.strip() for query in queries} == {"PRAGMA data_version"}
    assert [status_of(posted.place, one).stat() for one in ("dinkes", "dlh", "dukcapil")] == before


def test_a_record_that_says_nothing_of_it_leaves_the_file_as_it_is(posted: Posted) -> None:
    before = status_of(posted.place).stat()
    o = posted.place.obligation(PK)
    posted.place.register.perform(Action.COMMENT, o, SARI, note="Mohon segera.")

    assert posted.post() == ["dinkes"]
    assert status_of(posted.place).stat() == before


def test_what_waits_in_a_folder_is_told_to_its_office(posted: Posted) -> None:
    holding = Holding(posted.place.database, "")
    holding.update({b"dlh/draft/scan.pdf": Hold.PDF_END}, "2026-03-05")
    assert posted.post() == ["dlh"]

    holding.update({b"dlh/draft/scan.pdf": Hold.EMPTY}, "2026-03-05")
    assert posted.post() == ["dlh"]

    holding.update({}, "2026-03-05")
    assert posted.post() == ["dlh"]


def test_what_was_quarantined_and_placed_is_told_to_its_office(posted: Posted) -> None:
    arrival = posted.place.submit("dinkes/scan0024.pdf", b"nothing at all")
    assert set(posted.post()) == {"dinkes"}

    posted.place.quarantine.place(arrival.id, posted.place.obligation("dlh/pk/2026"), SARI)
    assert set(posted.post()) == {"dinkes", "dlh"}


def test_what_is_handed_over_is_told_to_the_one_and_the_other(posted: Posted) -> None:
    o, ani = posted.place.obligation(PK), Actor("ani", Role.BUREAU)
    posted.place.register.perform(Action.HAND_OVER, o, ani, note="SOTK", terms=Terms(office="dlh"))

    assert {"dinkes", "dlh"} <= set(posted.post())
    assert f"{PK} draft" not in posted.read()
    assert f"{PK} draft" in posted.read("dlh")


def test_an_office_that_is_called_otherwise_reads_so(posted: Posted) -> None:
    renamed = {**OFFICES, "dlh": ("Dinas Lingkungan dan Kehutanan", ["LH"])}
    posted.place.register.open_year(catalogue(REGION, renamed, 2026), 2026)

    posted.post()

    assert "Dinas Lingkungan dan Kehutanan" in posted.read("dlh")


def test_a_new_day_is_told_to_all(posted: Posted) -> None:
    posted.place.clock.now += timedelta(days=1)

    assert set(posted.post()) == {one.code for one in posted.register.offices()}


def test_what_was_recorded_while_nobody_watched_is_told_at_the_start(posted: Posted) -> None:
    posted.place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    posted.work = posted.begun()

    posted.post()

    assert f"{PK} submitted" in posted.read()


def test_a_clock_that_was_set_back_is_believed(posted: Posted) -> None:
    posted.place.clock.now -= timedelta(hours=3)
    posted.work = posted.begun()
    before = posted.read()

    posted.post()

    assert posted.read() != before


def test_deleted_it_comes_back(posted: Posted) -> None:
    before = posted.read()
    status_of(posted.place).unlink()

    assert set(posted.post()) == {"dinkes"}
    assert posted.read().splitlines()[1:-1] == before.splitlines()[1:-1]


def test_written_over_it_comes_back_and_what_was_written_is_an_arrival(posted: Posted) -> None:
    digest = posted.place.drop("dinkes/STATUS.txt", b"kami sudah kirim, tolong dicek")

    posted.post()

    assert "Dinas Kesehatan" in posted.read()
    posted.place.take()
    assert digest in posted.place.arrivals.digests()
    assert "Dinas Kesehatan" in posted.read()


def test_a_line_added_to_it_is_an_arrival_too(posted: Posted) -> None:
    with status_of(posted.place).open("ab") as file:
        file.write(b"sudah kami kirim\r\n")

    posted.post()
    posted.place.take()

    (arrival,) = posted.place.arrivals.latest(9)
    assert arrival.name == "STATUS (2).txt"


def test_one_that_is_somebodys_is_taken_though_nobody_keeps_any_there(place: Place) -> None:
    place.drop("dinkes/STATUS.txt", b"PK 2026 kami")

    (arrival,) = place.take()

    assert getattr(arrival, "name", None) == "STATUS.txt"


def linked(path: Path, aside: Path) -> None:
    path.symlink_to(aside)


def made_folder(path: Path, aside: Path) -> None:
    path.mkdir()


def piped(path: Path, aside: Path) -> None:
    os.mkfifo(path)


def emptied(path: Path, aside: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("hostile", [linked, made_folder, piped, emptied])
def test_what_else_has_its_name_is_not_followed_and_gets_another(
    posted: Posted, tmp_path: Path, hostile: Callable[[Path, Path], None]
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"untouched")
    status_of(posted.place).unlink()
    hostile(status_of(posted.place), secret)

    posted.post()

    assert "Dinas Kesehatan" in posted.read()
    assert not status_of(posted.place).is_symlink()
    assert secret.read_bytes() == b"untouched"
    assert os.path.lexists(posted.place.inbox / "dinkes" / "STATUS (2).txt")


def test_a_folder_that_is_a_link_elsewhere_gets_none(posted: Posted, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(posted.place.inbox / "dlh")
    (posted.place.inbox / "dlh").symlink_to(elsewhere)

    posted.post()

    assert list(elsewhere.iterdir()) == []
    assert posted.faults == ["dlh"]


def test_a_folder_that_takes_nothing_is_told_once_and_tried_again(
    posted: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    status_of(posted.place).unlink()
    with monkeypatch.context() as shut:
        shut.setattr("inbox.posting.post", refuse)
        for _ in range(3):
            posted.post()
            posted.place.clock.now += timedelta(minutes=2)
    assert posted.faults == ["dinkes"]

    posted.post()
    assert "Dinas Kesehatan" in posted.read()


def test_a_further_inbox_gets_one_where_the_office_has_a_folder(place: Place, tmp_path: Path) -> None:
    share = Root("share", tmp_path / "share", 1.0)
    (share.path / "dlh").mkdir(parents=True)
    posted = Posted(place, share)
    posted.work._known.adopt(share)

    posted.post()

    assert "Lingkungan" in posted.read("dlh", share.path)
    assert sorted(path.name for path in share.path.iterdir()) == [".arsip", ".pantau-inbox", "dlh"]
    posted.database.close()


def test_where_files_are_only_read_nothing_is_written(place: Place, tmp_path: Path) -> None:
    (tmp_path / "share" / "dlh").mkdir(parents=True)
    posted = Posted(place, Root("share", tmp_path / "share", 1.0, is_read_only=True))

    posted.post()

    assert list((tmp_path / "share" / "dlh").iterdir()) == []
    posted.database.close()


@pytest.mark.parametrize(
    ("step", "there"),
    [
        pytest.param("rename", b"", id="before it is whole"),
        pytest.param("exchange", b"", id="before it is shown"),
        pytest.param("unlink", b"", id="before the old one goes"),
        pytest.param("rename", b"somebody's", id="before it is whole, over somebody's"),
        pytest.param("exchange", b"somebody's", id="before it is shown, over somebody's"),
        pytest.param("_put_aside", b"somebody's", id="before somebody's gets its name"),
    ],
)
def test_killed_at_any_step_it_ends_in_the_same_place(
    posted: Posted, monkeypatch: pytest.MonkeyPatch, step: str, there: bytes
) -> None:
    posted.place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    if there:
        posted.place.drop("dinkes/STATUS.txt", there)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        where = inbox.posted if hasattr(inbox.posted, step) else os
        killing.setattr(where, step, die)
        with pytest.raises(KeyboardInterrupt):
            posted.post()
    posted.work = posted.begun()
    posted.post()

    assert f"{PK} submitted" in posted.read()
    left = sorted(path.name for path in (posted.place.inbox / "dinkes").glob("STATUS*"))
    assert left == (["STATUS (2).txt", "STATUS.txt"] if there else ["STATUS.txt"])
    assert not there or (posted.place.inbox / "dinkes" / "STATUS (2).txt").read_bytes() == there
    assert [path.name for path in (posted.place.inbox / ".arsip").iterdir() if path.is_file()] == []


def test_a_file_system_that_cannot_exchange_serves_as_well(posted: Posted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox.posted, "exchange", lambda *_: False)
    posted.place.drop("dinkes/STATUS.txt", b"somebody's")

    posted.post()

    assert "Dinas Kesehatan" in posted.read()
    assert (posted.place.inbox / "dinkes" / "STATUS (2).txt").read_bytes() == b"somebody's"


def test_whoever_the_folder_lets_in_can_read_it_and_only_the_service_writes(posted: Posted) -> None:
    before = os.umask(0o077)
    try:
        status_of(posted.place).unlink()
        posted.post()
    finally:
        os.umask(before)

    assert status_of(posted.place).stat().st_mode & 0o777 == 0o644


@given(text=st.text(st.characters(exclude_categories=["Cs"])), office=CODES, at=ANYTIME)
def test_what_pantau_wrote_it_knows_again_with_its_moment(text: str, office: str, at: datetime) -> None:
    assert written_at(signed(text, office, at), office) == at


@given(text=st.text(st.characters(exclude_categories=["Cs"])), office=CODES, at=ANYTIME, data=st.data())
def test_what_differs_in_one_byte_it_did_not_write(text: str, office: str, at: datetime, data: st.DataObject) -> None:
    whole = signed(text, office, at)
    place, byte = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    other = whole[:place] + bytes([byte]) + whole[place + 1 :]

    assert (written_at(other, office) is None) is (other != whole)
    assert written_at(whole[:place], office) is None
    assert written_at(whole + bytes([byte]), office) is None
    assert written_at(whole, f"{office}x") is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"])), at=ANYTIME)
def test_a_status_is_never_taken_for_an_arrival(place: Place, text: str, at: datetime) -> None:
    target = status_of(place)
    target.write_bytes(signed(text, "dinkes", at))

    reconcile = place.reconcile(lambda told: pytest.fail(f"{told}"))
    for moment in (0.0, LATER, 2 * LATER):
        reconcile.look(moment)

    assert target.exists()
    assert place.arrivals.latest(9) == []


@pytest.mark.parametrize(
    ("path", "is_so"),
    [
        (b"dinkes/STATUS.txt", True),
        (b"dinkes/draft/STATUS.txt", False),
        (b"STATUS.txt", False),
        (b"dinkes/status.txt", False),
        (b"dinkes/LKjIP STATUS.txt", False),
    ],
)
def test_where_one_is_kept(path: bytes, is_so: bool) -> None:
    assert is_posted(path) is is_so
