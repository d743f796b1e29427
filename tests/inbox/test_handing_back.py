"""The findings of a document that was returned come back to its office, once, when no undo takes them back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from inbox import HandingBack, Returned, Root, Roots
from tests.inbox.conftest import ROOT, SARI, Place
from workflow import Action, Actor, Role

PK = "dinkes/pk/2026"
NAME = "TEMUAN PK 2026 putaran 1.txt"
ANI = Actor("ani", Role.BUREAU)


class Told:
    """What was told of folders that do not take anything."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []

    def __call__(self, one: Returned, folder: Path, error: Exception) -> None:
        self.faults.append((one.obligation.id, folder.name))


def form(one: Returned) -> bytes:
    found = (f"{finding.number} {finding.defect.text}" for finding in one.findings)
    return "\n".join((one.sheet.line, *found)).encode()


def handing_back(place: Place, *others: Root, told: Told | None = None) -> HandingBack:
    roots = [place.as_root(), *others]
    return HandingBack(place.database, place.register, roots, place.clock, form, told or Told())


def hand_back(place: Place, *others: Root) -> int:
    """Hand back until there is nothing more; how many there were."""
    work, count = handing_back(place, *others), 0
    while work.hand_next():
        count += 1
    return count


def later(place: Place, **spans: float) -> None:
    place.clock.now += timedelta(**spans)


def back(place: Place, office: str = "dinkes") -> dict[str, bytes]:
    folder = place.inbox / office / "dikembalikan"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


@pytest.fixture
def returned(place: Place) -> Place:
    """A place where a document has just been returned."""
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    place.send_back(PK, "Tabel capaian tidak ada", "Sampul salah")
    return place


@pytest.fixture
def settled(returned: Place) -> Place:
    """The same, when nobody can undo it any more."""
    later(returned, minutes=6)
    return returned


def test_what_is_open_comes_back_once(settled: Place) -> None:
    assert (hand_back(settled), hand_back(settled)) == (1, 0)

    (content,) = back(settled).values()
    head, *findings = content.decode().splitlines()
    assert list(back(settled)) == [NAME]
    assert head.startswith(f"PANTAU-TEMUAN {PK} putaran 1 jejak 2 cek ")
    assert findings == ["1 Tabel capaian tidak ada", "2 Sampul salah"]


def test_nothing_comes_back_while_the_return_can_be_undone(returned: Place) -> None:
    assert hand_back(returned) == 0

    later(returned, minutes=4, seconds=50)
    assert hand_back(returned) == 0

    later(returned, seconds=20)
    assert hand_back(returned) == 1


def test_what_was_undone_never_comes_back(returned: Place) -> None:
    returned.register.perform(Action.UNDO, returned.obligation(PK), SARI)
    later(returned, minutes=6)

    assert hand_back(returned) == 0


def test_what_was_submitted_anew_meanwhile_needs_no_answer_any_more(settled: Place) -> None:
    settled.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")

    assert hand_back(settled) == 0


def test_a_remark_meanwhile_keeps_nothing_from_coming_back(settled: Place) -> None:
    settled.register.perform(Action.COMMENT, settled.obligation(PK), SARI, note="Mohon segera.")

    assert hand_back(settled) == 1


def test_each_round_comes_back_with_what_is_open_then(settled: Place) -> None:
    hand_back(settled)
    settled.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")
    again = settled.register.perform(Action.OPEN_AGAIN, settled.obligation(PK), SARI, about=[2], note="Masih salah")
    settled.register.perform(Action.RETURN, again, SARI, findings=["Tanpa tanda tangan"])
    later(settled, minutes=6)

    assert hand_back(settled) == 1
    assert back(settled)["TEMUAN PK 2026 putaran 2.txt"].decode().splitlines()[1:] == [
        "2 Sampul salah",
        "3 Tanpa tanda tangan",
    ]


def test_it_comes_back_to_the_office_that_owes_it_through_whosever_folder_the_file_came(place: Place) -> None:
    waiting = place.submit("dlh/scan0024.pdf", b"PK 2026")
    place.quarantine.place(waiting.id, place.obligation(PK), ANI)
    place.send_back(PK, "Sampul salah")
    later(place, minutes=6)

    assert hand_back(place) == 1
    assert (list(back(place)), back(place, "dlh")) == ([NAME], {})


@pytest.mark.parametrize("length", [0, 20, 10_000], ids=["empty", "begun", "whole"])
def test_what_a_killed_process_has_begun_is_finished(settled: Place, length: int) -> None:
    hand_back(settled)
    whole = back(settled)[NAME]
    settled.database.run("DELETE FROM handed_back")
    (settled.inbox / "dinkes" / "dikembalikan" / NAME).write_bytes(whole[:length])

    assert hand_back(settled) == 1
    assert back(settled) == {NAME: whole}


def test_what_lies_there_is_never_written_over_and_no_link_is_followed(settled: Place, tmp_path: Path) -> None:
    folder = settled.inbox / "dinkes" / "dikembalikan"
    folder.mkdir()
    (tmp_path / "elsewhere").write_bytes(b"")
    (folder / NAME).symlink_to(tmp_path / "elsewhere")
    (folder / "TEMUAN PK 2026 putaran 1 (2).txt").write_bytes(b"catatan saya")

    assert hand_back(settled) == 1
    assert (tmp_path / "elsewhere").read_bytes() == b""
    assert (folder / "TEMUAN PK 2026 putaran 1 (2).txt").read_bytes() == b"catatan saya"
    assert (folder / "TEMUAN PK 2026 putaran 1 (3).txt").stat().st_size > 0


def test_a_folder_that_takes_nothing_is_told_once_and_tried_again(settled: Place) -> None:
    told = Told()
    work = handing_back(settled, told=told)
    shutil.rmtree(settled.inbox / "dinkes")
    for _ in range(3):
        assert not work.hand_next()
        later(settled, minutes=2)
    assert told.faults == [(PK, "dinkes")]

    (settled.inbox / "dinkes").mkdir()
    later(settled, minutes=2)
    assert work.hand_next()


def test_a_folder_that_takes_nothing_holds_up_no_other(settled: Place) -> None:
    settled.submit("dlh/PK 2026.pdf", b"PK 2026 of another office")
    settled.send_back("dlh/pk/2026", "Sampul salah")
    later(settled, minutes=6)
    (settled.inbox / "dinkes" / "dikembalikan").write_text("a file where the folder should be")

    assert hand_back(settled) == 1
    assert list(back(settled, "dlh")) == [NAME]


def test_many_that_cannot_be_handed_back_keep_nobody_waiting(settled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    settled.submit("dlh/PK 2026.pdf", b"PK 2026 of another office")
    settled.send_back("dlh/pk/2026", "Sampul salah")
    later(settled, minutes=6)
    shutil.rmtree(settled.inbox / "dinkes")
    monkeypatch.setattr("inbox.handing_back.AT_ONCE", 1)
    work = handing_back(settled)

    assert (work.hand_next(), back(settled, "dlh")) == (True, {})
    assert work.hand_next()
    assert list(back(settled, "dlh")) == [NAME]
    assert not work.hand_next()


def test_half_a_form_is_not_left_for_the_watcher_when_the_disk_is_full(settled: Place) -> None:
    code = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20)); sys.path.insert(0, '.');"
    code += "import os; from inbox.sending_back import lay;"
    code += "lay(b'PANTAU-TEMUAN dinkes/pk/2026', b'a.txt', os.open(sys.argv[1], os.O_RDONLY))"
    folder = settled.inbox / "dinkes"
    before = sorted(folder.iterdir())

    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, check=False)

    assert b"File too large" in done.stderr
    assert sorted(folder.iterdir()) == before


def test_nothing_is_made_in_a_folder_that_is_not_the_inbox(settled: Place, tmp_path: Path) -> None:
    settled.inbox.rename(tmp_path / "unmounted")
    (settled.inbox / "dinkes").mkdir(parents=True)

    assert hand_back(settled) == 0
    assert back(settled) == {}


def test_what_came_by_a_folder_for_reading_comes_back_in_the_main_inbox(settled: Place, tmp_path: Path) -> None:
    share = Root("share", tmp_path / "share", 1.0, is_read_only=True)
    share.path.mkdir()
    Roots(settled.database).adopt(share)
    settled.database.run("UPDATE arrival SET root = 'share'")

    assert hand_back(settled, share) == 1
    assert list(back(settled)) == [NAME]
