"""A backup holds all that a workspace is, whatever goes on meanwhile, and comes back whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from inbox import Backups, ContentStore, Obstacle, Origin, Unfit, back_up, backing_up, restore
from inbox.backups import contents_of
from tests.inbox.conftest import REGION, ROOT, Place
from tests.inbox.house import FIRST, backups, bring, evidence, make, proof
from tests.inbox.ingest import MUTATING, Point
from workflow import SCHEMA_VERSION, Digest, NotOurs, copy_database

PDF = b"%%PDF-1.7\n%% %s\nstartxref\n0\n%%%%EOF\n"
LONG = pytest.mark.torture


@dataclass
class House:
    """A workspace in which something has happened, and what a test does with it."""

    place: Place

    @property
    def root(self) -> Path:
        return self.place.root

    @property
    def backups(self) -> Backups:
        return backups(self.root)

    @property
    def restored(self) -> Path:
        return self.root.parent / "restored"

    def objects(self) -> set[str]:
        return {path.name for path in self.backups.folder.glob("content/??/*")}


@pytest.fixture
def house(place: Place) -> House:
    place.submit("dinkes/PK 2026.pdf", PDF % b"PK 2026")
    place.submit("dlh/LKjIP 2025.pdf", PDF % b"LKjIP 2025")
    place.send_back("dinkes/pk/2026", "Sampul salah")
    (place.root / "catalogue").mkdir()
    (place.root / "catalogue" / "people.toml").write_text('[[person]]\nname = "sari"\nrole = "reviewer"\n')
    return House(place)


def test_what_was_destroyed_comes_back_as_it_was(house: House) -> None:
    house.place.drop("dukcapil/Renja 2026.pdf", PDF % b"not taken yet")
    was = evidence(house.root)
    make(house.root)
    house.place.database.close()
    shutil.rmtree(house.root)

    restored = restore(house.backups, house.backups.newest(), house.restored)

    assert restored.lost == ()
    assert evidence(house.restored) == was
    assert proof(house.restored).is_well
    assert (house.restored / "inbox/dukcapil/Renja 2026.pdf").read_bytes() == PDF % b"not taken yet"


def test_a_restored_workspace_goes_on_where_the_other_stopped(house: House) -> None:
    make(house.root)
    bring(house.root)

    there = Place(house.restored)
    there.submit("dinkes/PK 2026 revisi.pdf", PDF % b"PK 2026, repaired")

    assert there.obligation("dinkes/pk/2026").seq == 3
    assert proof(house.restored).is_well
    assert there.database.rows("PRAGMA journal_mode")[0][0] == house.place.database.rows("PRAGMA journal_mode")[0][0]
    there.database.close()


def test_only_what_is_new_is_copied(house: House) -> None:
    make(house.root)
    before = {path: path.stat().st_ino for path in house.backups.folder.glob("content/??/*")}
    house.place.submit("dukcapil/PK 2026.pdf", PDF % b"PK 2026 of another")

    make(house.root)

    after = {path: path.stat().st_ino for path in house.backups.folder.glob("content/??/*")}
    assert before.items() <= after.items()
    assert len(house.backups.names()) == 2
    new = {path.name for path in after.keys() - before.keys()}
    assert sha256(PDF % b"PK 2026 of another").hexdigest() in new


def test_what_is_taken_while_a_backup_is_made_is_in_it_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file leaves the inbox after that was looked through, and is in the database that is copied afterwards."""
    digest = house.place.drop("dukcapil/PK 2026.pdf", PDF % b"PK 2026 of another")

    def taken_before(source: Path, target: Path) -> None:
        house.place.take()
        copy_database(source, target)

    monkeypatch.setattr(backing_up, "copy_database", taken_before)
    make(house.root)

    newest = house.backups.newest()
    assert digest in newest.contents()
    assert [one.path for one in newest.manifest.files if one.path.endswith("dukcapil/PK 2026.pdf")] == []


def test_what_is_recorded_while_contents_are_copied_is_left_to_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:

    def grows(path: Path) -> dict[Digest, int]:
        house.place.submit("dukcapil/PK 2026.pdf", PDF % b"PK 2026 of another")
        return contents_of(path)

    monkeypatch.setattr(backing_up, "contents_of", grows)
    make(house.root)
    bring(house.root)

    assert proof(house.restored).is_well
    assert sha256(PDF % b"PK 2026 of another").hexdigest() not in house.objects()


def test_a_file_that_is_just_being_written_is_left_to_the_next(house: House) -> None:
    path = house.place.inbox / "dlh" / "Renja 2026.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7 half of it")
        file.flush()
        made = back_up(Origin(house.root, REGION, "0"), house.backups, FIRST)

    assert made.manifest.left == ("inbox/dlh/Renja 2026.pdf",)


def test_names_that_are_no_text_and_modes_come_back(house: House) -> None:
    name = os.fsdecode(b"inbox/dlh/rusak \xff\n.pdf")
    (house.root / name).write_bytes(b"odd")
    (house.root / name).chmod(0o640)
    (house.root / "inbox" / "dlh").chmod(0o2770)
    (house.root / "inbox" / "dlh" / "tautan.pdf").symlink_to("/etc/hostname")
    make(house.root)
    bring(house.root)

    assert ((house.restored / name).read_bytes(), (house.restored / name).stat().st_mode & 0o7777) == (b"odd", 0o640)
    assert (house.restored / "inbox" / "dlh").stat().st_mode & 0o7777 == 0o2770
    assert not (house.restored / "inbox" / "dlh" / "tautan.pdf").is_symlink()


def test_a_content_that_is_damaged_here_is_told_and_stops_nothing(house: House) -> None:
    (damaged, *_others) = sorted(house.root.glob("content/??/*"))
    damaged.chmod(0o644)
    damaged.write_bytes(b"x" * damaged.stat().st_size)

    made = back_up(Origin(house.root, REGION, "0"), house.backups, FIRST)

    assert made.manifest.missing == (damaged.name,)
    assert damaged.name not in house.objects()
    assert restore(house.backups, made, house.restored).lost == (damaged.name,)
    assert proof(house.restored).broken == [damaged.name]


def test_a_content_that_is_damaged_in_the_backup_is_told_and_all_else_comes_back(house: House) -> None:
    make(house.root)
    digest = sha256(PDF % b"PK 2026").hexdigest()
    damaged = house.backups.folder / "content" / digest[:2] / digest
    damaged.chmod(0o644)
    damaged.write_bytes(b"x" * damaged.stat().st_size)

    restored = restore(house.backups, house.backups.newest(), house.restored)

    assert restored.lost == (digest,)
    assert (house.restored / "pantau.toml").exists()
    assert proof(house.restored).broken == [digest]


def test_of_older_ones_only_so_many_are_kept_with_all_that_those_need(house: House) -> None:
    (note := house.root / "catalogue" / "note.toml").write_text("# old\n")
    make(house.root)
    note.unlink()
    house.place.submit("dukcapil/PK 2026.pdf", PDF % b"PK 2026 of another")
    make(house.root, FIRST + timedelta(days=1))
    make(house.root, FIRST + timedelta(days=2))

    gone = house.backups.keep(2)

    assert (gone, house.backups.names()) == (["20260105T180000"], ["20260106T180000", "20260107T180000"])
    assert sha256(b"# old\n").hexdigest() not in house.objects()
    for name in house.backups.names():
        restored = restore(house.backups, house.backups.backup(name), house.root.parent / name)
        assert restored.lost == ()


def test_what_a_killed_one_left_is_no_backup_and_is_taken_up(house: House) -> None:
    make(house.root)
    house.backups.unfinished.mkdir()
    (house.backups.unfinished / "pantau.db").write_bytes(b"half")
    assert house.backups.newest().folder.name == "20260105T180000"

    make(house.root, FIRST + timedelta(days=1))

    assert not house.backups.unfinished.exists()
    assert house.backups.newest().folder.name == "20260106T180000"


def test_two_within_a_second_are_two(house: House) -> None:
    make(house.root)
    make(house.root)

    assert house.backups.names() == ["20260105T180000", "20260105T180000+"]
    assert house.backups.newest().folder.name == "20260105T180000+"


def in_the_workspace(house: House) -> Path:
    return house.root / "backups"


def around_the_workspace(house: House) -> Path:
    return house.root.parent


def a_link_into_it(house: House) -> Path:
    (house.root.parent / "link").symlink_to(house.root / "inbox")
    return house.root.parent / "link"


def a_file(house: House) -> Path:
    (house.root.parent / "file").write_bytes(b"")
    return house.root.parent / "file"


def holding_something_else(house: House) -> Path:
    (house.root.parent / "other").mkdir()
    (house.root.parent / "other" / "photo.jpg").write_bytes(b"")
    return house.root.parent / "other"


def of_another_region(house: House) -> Path:
    back_up(Origin(house.root, "Kota Lain", "0"), house.backups, FIRST)
    return house.backups.folder


def of_a_newer_pantau(house: House) -> Path:
    make(house.root)
    _rewrite(house.backups.folder / "pantau-backup.json", format=99)
    return house.backups.folder


def _rewrite(path: Path, **more: object) -> None:
    said: dict[str, Any] = json.loads(path.read_text())
    path.write_text(json.dumps({**said, **more}))


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        (in_the_workspace, Obstacle.INSIDE),
        (around_the_workspace, Obstacle.INSIDE),
        (a_link_into_it, Obstacle.INSIDE),
        (a_file, Obstacle.FILE),
        (holding_something_else, Obstacle.STRANGE),
        (of_another_region, Obstacle.ANOTHER),
        (of_a_newer_pantau, Obstacle.NEWER),
    ],
)
def test_a_folder_that_is_not_for_backups_is_refused_and_left_alone(house: House, folder: Any, why: Obstacle) -> None:
    path = folder(house)
    before = sorted(house.root.parent.rglob("*"))

    with pytest.raises(Unfit) as refused:
        back_up(Origin(house.root, REGION, "0"), Backups(path), FIRST)

    assert refused.value.why is why
    assert sorted(house.root.parent.rglob("*")) == before


def test_two_at_once_are_one_and_a_sentence(house: House) -> None:
    with house.backups.claimed(REGION, house.root), pytest.raises(Unfit) as refused:
        make(house.root)

    assert refused.value.why is Obstacle.BUSY


def test_a_place_that_is_not_empty_is_not_restored_into(house: House) -> None:
    make(house.root)

    with pytest.raises(Unfit) as refused:
        restore(house.backups, house.backups.newest(), house.root)

    assert refused.value.why is Obstacle.TAKEN


def test_without_room_nothing_is_begun(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    make(house.root)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))

    with pytest.raises(Unfit) as refused:
        restore(house.backups, house.backups.newest(), house.restored)

    assert (refused.value.why, refused.value.facts["free"]) == (Obstacle.FULL, 1)
    assert not house.restored.exists()


def test_a_backup_of_a_newer_schema_is_refused(house: House) -> None:
    make(house.root)
    _rewrite(house.backups.newest().folder / "manifest.json", schema=SCHEMA_VERSION + 1)

    with pytest.raises(Unfit) as refused:
        restore(house.backups, house.backups.newest(), house.restored)

    assert refused.value.why is Obstacle.NEWER
    assert not house.restored.exists()


def test_a_backup_whose_database_was_touched_is_refused(house: House) -> None:
    make(house.root)
    database = house.backups.newest().database
    database.write_bytes(database.read_bytes() + b"\0")

    with pytest.raises(Unfit) as refused:
        restore(house.backups, house.backups.newest(), house.restored)

    assert refused.value.why is Obstacle.DAMAGED


def test_what_is_no_workspace_leaves_no_folder_of_backups(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotOurs):
        back_up(Origin(tmp_path / "nothing", REGION, "0"), house.backups, FIRST)

    assert not house.backups.folder.exists()


def swept(template: Path, folder: Path, what: str, calls: tuple[str, ...]) -> list[Point]:
    """Sweep the system calls in two processes."""
    parts = [",".join(calls[n::2]) for n in range(min(2, len(calls)))]
    command = [sys.executable, "-m", "tests.inbox.house", str(template)]
    run = partial(subprocess.run, cwd=ROOT, capture_output=True, text=True, check=False)
    with ThreadPoolExecutor(len(parts)) as pool:
        done = list(pool.map(lambda n: run([*command, str(folder / f"part-{n}"), what, parts[n]]), range(len(parts))))
    assert [one.returncode for one in done] == [0] * len(done), "\n".join(one.stderr for one in done)
    return [Point(*json.loads(line)) for one in done for line in one.stdout.splitlines()]


SHORT = {"backup": ("rename", "mkdir", "unlink"), "restore": ("rename", "link", "mkdir")}


@pytest.mark.needs("strace")
@pytest.mark.parametrize("length", ["short", pytest.param("long", marks=LONG)])
@pytest.mark.parametrize("what", ["backup", "restore"])
def test_killed_at_any_system_call_the_next_one_ends_in_the_same_place(
    template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, length: str
) -> None:
    points = swept(template, tmp_path, what, SHORT[what] if length == "short" else MUTATING)

    with capsys.disabled():
        sys.stdout.write(f"\n{what}: {len(points)} kill points\n")
    assert [point for point in points if point.faults] == []
    assert {point.ended for point in points} == {"killed"}
    assert {point.call for point in points} >= {"rename", "mkdir"}


def test_a_content_of_another_store_is_brought_only_if_it_is_what_its_name_says(tmp_path: Path) -> None:
    here, there = ContentStore(tmp_path / "here"), ContentStore(tmp_path / "there")
    digest = Digest(sha256(b"words").hexdigest())
    there.path(digest).parent.mkdir(parents=True)
    there.path(digest).write_bytes(b"other")
    (tmp_path / "here").mkdir()

    assert (here.bring(digest, there), here.has(digest, 5), list((tmp_path / "here" / "tmp").iterdir())) == (
        *(False, False),
        [],
    )
    there.path(digest).write_bytes(b"words")
    assert (here.bring(digest, there), here.has(digest, 5), here.has(digest, 4)) == (True, True, False)
