"""A receipt comes back to where its file came from, once, whatever lies there and whenever that can be written to."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from inbox import Delivery, Hold, Intake, Receipt, Receipts, Root, Roots
from inbox.folders import files
from tests.inbox.conftest import LATER, ROOT, Place, pantau, wait_until
from workflow import Actor, Role

ANI = Actor("ani", Role.BUREAU)
NAME = "TT-SAKIP-2026-000001"
FORMS = {".txt": lambda one: f"{one.number}\n".encode(), ".pdf": lambda one: f"%PDF {one.number}\n".encode() * 900}


class Told:
    """What a delivery has told of folders that do not take anything."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []

    def __call__(self, receipt: Receipt, folder: Path, error: Exception) -> None:
        self.faults.append((receipt.number, folder.name))


def delivery(place: Place, *others: Root, told: Told | None = None) -> Delivery:
    roots = [place.as_root(), *others]
    known = Roots(place.database)
    return Delivery(place.receipts, place.register, roots, known, place.clock, FORMS, told or Told())


def deliver(place: Place, *others: Root) -> int:
    """Deliver until there is nothing more; how many there were."""
    work, count = delivery(place, *others), 0
    while work.deliver_next():
        count += 1
    return count


def back(place: Place, office: str = "dinkes") -> dict[str, bytes]:
    """What lies in the folder of receipts of an office."""
    folder = place.inbox / office / "tanda-terima"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


@pytest.fixture
def sent(place: Place) -> Place:
    """A place where a file has just been filed."""
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    return place


def test_a_receipt_comes_back_as_text_and_as_pdf_and_once(sent: Place) -> None:
    assert deliver(sent) == 1
    assert deliver(sent) == 0

    assert back(sent) == {
        f"{NAME}.pdf": b"%PDF TT/SAKIP/2026/000001\n" * 900,
        f"{NAME}.txt": b"TT/SAKIP/2026/000001\n",
    }
    assert sent.receipts.undelivered() == []


def test_the_watcher_passes_receipts_over(sent: Place) -> None:
    deliver(sent)

    assert list(files(sent.inbox)) == []
    assert sent.take() == []


def test_a_file_from_the_top_of_the_inbox_has_its_receipt_in_the_folder_of_its_office(place: Place) -> None:
    place.submit("PK 2026 Dinas Kesehatan.pdf", b"PK 2026")

    deliver(place)

    assert list(back(place)) == [f"{NAME}.pdf", f"{NAME}.txt"]


def test_a_file_that_was_placed_for_another_office_has_its_receipt_with_its_sender(place: Place) -> None:
    waiting = place.submit("dlh/kiriman/scan0024.pdf", b"PK 2026")
    place.quarantine.place(waiting.id, place.obligation("dinkes/pk/2026"), ANI)

    deliver(place)

    assert (len(back(place, "dlh")), back(place)) == (2, {})


@pytest.mark.parametrize("there", [b"", b"TT/SAKIP", b"TT/SAKIP/2026/000001\n"], ids=["empty", "begun", "whole"])
def test_what_a_killed_process_has_begun_is_finished(sent: Place, there: bytes) -> None:
    (sent.inbox / "dinkes" / "tanda-terima").mkdir()
    (sent.inbox / "dinkes" / "tanda-terima" / f"{NAME}.txt").write_bytes(there)

    deliver(sent)

    assert back(sent)[f"{NAME}.txt"] == b"TT/SAKIP/2026/000001\n"
    assert len(back(sent)) == 2


def somebodys(folder: Path) -> None:
    (folder / f"{NAME}.txt").write_bytes(b"catatan saya")


def longer(folder: Path) -> None:
    (folder / f"{NAME}.txt").write_bytes(b"TT/SAKIP/2026/000001\nlunas")


def second_name(folder: Path) -> None:
    (folder.parent / "draft" / "kosong.txt").write_bytes(b"")
    os.link(folder.parent / "draft" / "kosong.txt", folder / f"{NAME}.txt")


def link_out(folder: Path) -> None:
    (folder / f"{NAME}.txt").symlink_to(folder.parents[2] / "pantau.toml")


def dangling(folder: Path) -> None:
    (folder / f"{NAME}.txt").symlink_to(folder.parents[2] / "baru.txt")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / f"{NAME}.txt")


def a_folder(folder: Path) -> None:
    (folder / f"{NAME}.txt").mkdir()


@pytest.mark.parametrize("put", [somebodys, longer, second_name, link_out, dangling, pipe, a_folder])
def test_what_lies_there_under_its_name_stays_as_it_is(sent: Place, put: Callable[[Path], None]) -> None:
    folder = sent.inbox / "dinkes" / "tanda-terima"
    folder.mkdir()
    put(folder)
    before = {path: os.lstat(path) for path in (sent.root / "pantau.toml", folder / f"{NAME}.txt")}

    assert deliver(sent) == 1

    assert (folder / f"{NAME} (2).txt").read_bytes() == b"TT/SAKIP/2026/000001\n"
    assert [(os.lstat(path).st_size, os.lstat(path).st_mode) for path in before] == [
        (one.st_size, one.st_mode) for one in before.values()
    ]
    assert not (sent.root / "baru.txt").exists()


def linked(place: Place) -> None:
    (place.root / "elsewhere").mkdir(exist_ok=True)
    (place.inbox / "dinkes" / "tanda-terima").symlink_to(place.root / "elsewhere")


def in_the_way(place: Place) -> None:
    (place.inbox / "dinkes" / "tanda-terima").write_bytes(b"x")


def gone(place: Place) -> None:
    shutil.rmtree(place.inbox / "dinkes")


@pytest.mark.parametrize("break_it", [linked, in_the_way, gone])
def test_a_folder_that_cannot_be_written_to_is_told_once_and_tried_again(
    sent: Place, break_it: Callable[[Place], None]
) -> None:
    sent.submit("dinkes/Renja 2026.pdf", b"Renja")
    sent.submit("dlh/PK 2026.pdf", b"PK")
    break_it(sent)
    told = Told()
    work = delivery(sent, told=told)

    assert work.deliver_next()
    assert not work.deliver_next()
    sent.clock.now += timedelta(minutes=1)
    work.deliver_next()

    assert len(back(sent, "dlh")) == 2
    assert told.faults == [(f"TT/SAKIP/2026/{1:06}", "dinkes")]
    assert [one.serial for one in sent.receipts.undelivered()] == [1, 2]
    assert not list(sent.root.glob("elsewhere/*"))

    mend(sent)
    while sent.receipts.undelivered():
        sent.clock.now += timedelta(minutes=1)
        work.deliver_next()
    assert len(back(sent)) == 4


def test_many_that_cannot_be_put_back_keep_nobody_waiting(sent: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    sent.submit("dinkes/Renja 2026.pdf", b"Renja")
    sent.submit("dlh/PK 2026.pdf", b"PK")
    gone(sent)
    monkeypatch.setattr("inbox.delivery.AT_ONCE", 1)
    work = delivery(sent)

    assert [work.deliver_next() for _ in range(2)] == [True, True]
    assert back(sent, "dlh") == {}
    assert work.deliver_next()
    assert len(back(sent, "dlh")) == 2
    assert not work.deliver_next()


@pytest.mark.parametrize(("fault", "tried"), [(errno.EACCES, ["dinkes", "dlh"]), (errno.ENOSPC, ["dinkes"])])
def test_a_folder_that_takes_nothing_is_tried_once_in_a_round_and_of_a_full_disk_one(
    sent: Place, monkeypatch: pytest.MonkeyPatch, fault: int, tried: list[str]
) -> None:
    sent.submit("dinkes/Renja 2026.pdf", b"Renja")
    sent.submit("dlh/PK 2026.pdf", b"PK")
    asked = list[str]()

    def refuse(_inbox: Path, below: list[bytes]) -> object:
        asked.append(os.fsdecode(below[0]))
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr("inbox.delivery.opened_below", refuse)
    work = delivery(sent)

    assert not work.deliver_next()
    assert asked == tried
    assert not work.deliver_next()
    assert asked == tried * 2


def test_a_fault_that_comes_back_is_told_again(sent: Place) -> None:
    told = Told()
    work = delivery(sent, told=told)
    for number in (1, 2):
        gone(sent)
        work.deliver_next()
        (sent.inbox / "dinkes").mkdir()
        sent.clock.now += timedelta(minutes=1)
        while sent.receipts.undelivered():
            work.deliver_next()
            sent.clock.now += timedelta(minutes=1)
        assert len(told.faults) == number
        sent.submit("dinkes/Renja 2026.pdf", b"Renja")


def mend(place: Place) -> None:
    folder = place.inbox / "dinkes" / "tanda-terima"
    if os.path.lexists(folder):
        folder.unlink()
    (place.inbox / "dinkes").mkdir(exist_ok=True)


def test_a_root_that_is_away_is_waited_for_and_nothing_is_written_where_it_was(sent: Place) -> None:
    away = sent.inbox.rename(sent.root / "away")
    (sent.inbox / "dinkes").mkdir(parents=True)  # as an empty mount point looks

    assert deliver(sent) == 0
    assert back(sent) == {}
    shutil.rmtree(sent.inbox)
    away.rename(sent.inbox)
    assert deliver(sent) == 1


@pytest.fixture
def share(place: Place, tmp_path: Path) -> Root:
    """A second inbox, of its own."""
    (tmp_path / "share" / "Dinas Kesehatan").mkdir(parents=True)
    (tmp_path / "share" / "2026").mkdir()
    root = Root("share", tmp_path / "share", 1.0)
    Roots(place.database).adopt(root)
    return root


def take(place: Place, root: Root, path: str) -> None:
    (root.path / path).write_bytes(path.encode())
    intake = Intake(root, place.store, place.database, place.clock)
    for found in files(root.path):
        assert not isinstance(getattr(found, "reason", None), Hold), found
        intake.take(found, LATER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "goes_to"),
    [
        pytest.param("Dinas Kesehatan/PK 2026.pdf", "share/Dinas Kesehatan/tanda-terima", id="by its name"),
        pytest.param("2026/PK 2026 Dinkes.pdf", "region/inbox/dinkes/tanda-terima", id="a folder of nobody"),
        pytest.param("PK 2026 Dinkes.pdf", "region/inbox/dinkes/tanda-terima", id="the top"),
    ],
)
def test_a_share_has_its_receipts_where_an_office_has_a_folder(
    place: Place, share: Root, tmp_path: Path, path: str, goes_to: str
) -> None:
    take(place, share, path)

    deliver(place, share)

    assert [str(one.parent.relative_to(tmp_path)) for one in tmp_path.rglob(f"{NAME}.*")] == [goes_to] * 2


def test_what_came_through_a_share_for_reading_only_has_its_receipt_in_the_main_inbox(
    place: Place, share: Root
) -> None:
    take(place, share, "Dinas Kesehatan/PK 2026.pdf")

    deliver(place, share._replace(is_read_only=True))

    assert len(back(place)) == 2
    assert not list(share.path.rglob("TT-*"))


def test_what_came_through_a_share_that_is_no_inbox_any_more_has_its_receipt_in_the_main_one(
    place: Place, share: Root
) -> None:
    take(place, share, "Dinas Kesehatan/PK 2026.pdf")

    deliver(place)

    assert len(back(place)) == 2


_KILLED = """
import os, signal, sys
from pathlib import Path
from inbox import Receipts
from tests.inbox.conftest import Place
from tests.inbox.test_delivery import deliver

def deadly(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

Receipts.delivered = deadly
deliver(Place(Path(sys.argv[1])))
"""


def test_killed_between_the_folder_and_its_record_it_ends_with_one_of_each(sent: Place) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(sent.root)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(back(sent)) == 2
    assert len(sent.receipts.undelivered()) == 1

    assert deliver(sent) == 1

    assert list(back(sent)) == [f"{NAME}.pdf", f"{NAME}.txt"]
    assert sent.receipts.undelivered() == []


def test_a_watcher_puts_receipts_back_by_itself(place: Place) -> None:
    process = pantau(place.root, "watch")
    try:
        place.drop("dinkes/PK 2026.pdf", b"PK 2026")
        wait_until(lambda: len(back(place)) == 2 and not place.receipts.undelivered())
    finally:
        process.terminate()
        process.communicate(timeout=30)

    assert b"TT/SAKIP/2026/000001" in back(place)[f"{NAME}.txt"]
    assert back(place)[f"{NAME}.pdf"].startswith(b"%PDF-")
    assert Receipts(place.database, place.register).undelivered() == []
