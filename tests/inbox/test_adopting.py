"""The files of past years, proposed, looked through by a person, and taken over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inbox import Arrivals, ContentStore, Goal, Hold, Outcome, Part, Planner, Reason, Row, Scan, Strayed, Verdict
from inbox.adopting import ADOPTED
from inbox.archives import dated
from inbox.folders import Found
from inbox.footprints import Footprint
from tests.inbox.adopt import (
    ANI,
    FILES,
    HEALTH,
    PASSING,
    YEARS,
    ZONE,
    adopt,
    adoption,
    by_name,
    digest_of,
    make_archive,
    proposals,
    row,
    untouched,
)
from tests.inbox.conftest import BUDI, OFFICES, REGION, ROOT, Place, catalogue, snapshot
from workflow import Action, Actor, Digest, Forbidden, State, verify

LKJIP = "dinkes/lkjip/2023"


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archived") / "arsip")


@pytest.fixture
def archive(archived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(archived, tmp_path / "arsip", symlinks=True))


def one_row(path: str, root: Path, *goal: str) -> Row:
    return Row(2, path, digest_of(root / path), Goal(*goal))


def test_the_files_are_proposed_and_the_archive_is_left_as_it_was(place: Place, archive: Path) -> None:
    before = untouched(archive)

    read, odd = proposals(place, archive)

    by_path = {one.path: one for one in read}
    assert len(read) == len(FILES) + 1
    assert not {*PASSING, *(one.path.decode(errors="replace") for one in odd)} & by_path.keys()
    assert [(os.fsdecode(one.path), one.reason) for one in odd] == [
        ("kosong.pdf", Hold.EMPTY),
        ("tautan folder", Hold.NOT_A_FILE),
        ("tautan keluar.pdf", Hold.NOT_A_FILE),
        ("tautan.pdf", Hold.NOT_A_FILE),
    ]
    report = by_path[f"{HEALTH}/LKjIP 2023.pdf"]
    assert (report.goal, report.doubts, report.is_sure) == (Goal("dinkes", "lkjip", "2023"), (), True)
    assert (report.dated, report.digest) == (date(2024, 1, 11), digest_of(archive / report.path))
    assert untouched(archive) == before


@pytest.mark.parametrize(
    ("path", "goal", "doubt"),
    [
        pytest.param("TW/Pengukuran Kinerja TW III 2024.pdf", ("dinkes", "ukur-tw", "2024-q3"), None, id="a quarter"),
        pytest.param("Renstra 2025-2029.pdf", ("dinkes", "renstra", "2025-2029"), None, id="a plan"),
        pytest.param("../2024/Dinas Lingkungan Hidup/PK 2024.pdf", ("dlh", "pk", "2024"), None, id="years outside"),
        pytest.param(
            "../2024/Dinas Lingkungan Hidup/LKjIP.pdf", ("dlh", "lkjip", "2024"), Reason.NO_PERIOD, id="folder's year"
        ),
        pytest.param("../terpotong/LKjIP 2025.pdf", ("", "lkjip", "2025"), Hold.PDF_END, id="half a file"),
        pytest.param("../notulen rapat.docx", ("", "", ""), Reason.NO_OFFICE, id="nothing known"),
    ],
)
def test_what_a_file_seems_to_be(
    place: Place, archive: Path, path: str, goal: tuple[str, ...], doubt: Reason | Hold | None
) -> None:
    (one,) = (one for one in proposals(place, archive)[0] if one.path == os.path.normpath(f"{HEALTH}/{path}"))

    assert one.goal[1:] == goal[1:]
    assert one.goal.office in (goal[0], "dinkes" if doubt is Hold.PDF_END else goal[0])
    assert (doubt in one.doubts) if doubt else (one.doubts == () and one.is_sure)
    assert one.is_sure == (doubt is None)


def test_a_draft_and_the_paper_of_another_office_are_asked(place: Place, archive: Path) -> None:
    asked = {Path(one.path).name: one for one in proposals(place, archive)[0] if not one.is_sure}

    assert asked["Renja 2024.pdf"].is_draft
    assert asked[f"PK 2025 {HEALTH}.pdf"].doubts


def test_what_was_proposed_surely_is_taken_over(place: Place, archive: Path) -> None:
    before = untouched(archive)
    sure = [row(one) for one in proposals(place, archive)[0] if one.is_sure]

    fates = [fate for _one, fate in adopt(place, archive, sure)]

    assert len(fates) >= 12
    assert set(fates) == {Outcome.FILED, Outcome.AGAIN}
    assert verify(place.database).faults == ()
    assert all(place.store.is_whole(digest) for digest in place.arrivals.digests())
    assert untouched(archive) == before
    # Nobody has delivered them just now: a receipt would say that they came late.
    assert place.receipts.undelivered() == []


def test_several_files_for_one_obligation_are_its_versions_in_the_order_of_their_dates(
    place: Place, archive: Path
) -> None:
    list(adopt(place, archive, by_name(archive)))

    trail = place.register.trail(place.obligation(LKJIP).id)
    assert [(one.name, one.dated, one.seq) for one in trail] == [
        ("LKjIP 2023.pdf", date(2024, 1, 11), 1),
        ("LKjIP 2023 v3 final.pdf", date(2024, 1, 26), 2),
        ("LKjIP 2023 revisi.pdf", date(2024, 2, 10), 3),
    ]
    assert {(one.actor, one.on_behalf, one.action) for one in trail} == {("ani", "dinkes", Action.SUBMIT)}
    assert place.obligation(LKJIP).state is State.SUBMITTED
    arrivals = place.arrivals.of(place.obligation(LKJIP).id)
    assert [(one.name, one.folder, one.seq) for one in arrivals] == [
        ("LKjIP 2023.pdf", HEALTH, 1),
        ("LKjIP 2023 v3 final.pdf", f"{HEALTH}/lama", 2),
        ("LKjIP 2023 revisi.pdf", f"{HEALTH}/lama", 3),
    ]


def test_taking_an_archive_twice_changes_nothing_the_second_time(place: Place, archive: Path) -> None:
    list(adopt(place, archive, by_name(archive)))
    end = snapshot(place)

    assert {fate for _one, fate in adopt(place, archive, by_name(archive))} == {Outcome.AGAIN}
    assert snapshot(place) == end


def test_one_file_may_be_two_documents(place: Place, archive: Path) -> None:
    path = f"{HEALTH}/Renja 2025.pdf"
    rows = [one_row(path, archive, "dinkes", key, "2025") for key in ("renja", "pk")]

    assert [fate for _one, fate in adopt(place, archive, rows)] == [Outcome.FILED, Outcome.FILED]
    assert [one.name for one in place.arrivals.of(place.obligation("dinkes/pk/2025").id)] == ["Renja 2025.pdf"]


def test_nothing_of_an_archive_waits_to_be_put_away(place: Place, archive: Path) -> None:
    """Not even for an inbox that somebody calls so."""
    list(adopt(place, archive, by_name(archive)))

    assert Arrivals(place.database, ADOPTED).unretired() == []
    assert place.take() == []


def test_what_has_changed_or_gone_since_is_left(place: Place, archive: Path) -> None:
    rows = {row.path: row for row in by_name(archive)}
    changed, gone, linked = (f"{HEALTH}/{name}.pdf" for name in ("PK 2024", "LKjIP 2024", "Renja 2025"))
    (archive / changed).write_bytes(b"%PDF-1.7 lain")
    (archive / gone).unlink()
    (archive / linked).rename(archive / "lain.pdf")
    (archive / linked).symlink_to(archive / "lain.pdf")

    fates = {one.row.path: fate for one, fate in adopt(place, archive, [rows[changed], rows[gone], rows[linked]])}

    assert fates == {changed: Strayed.CHANGED, gone: Strayed.GONE, linked: Strayed.GONE}
    assert list((place.root / "content").glob("??/*")) == []


def test_a_row_can_name_no_file_outside_the_archive(place: Place, archive: Path) -> None:
    (archive.parent / "rahasia.pdf").write_bytes(b"rahasia")
    rows = [
        Row(2, path, digest_of(archive.parent / "rahasia.pdf"), Goal("dinkes", "pk", "2024"))
        for path in ("../rahasia.pdf", str(archive.parent / "rahasia.pdf"))
    ]

    assert [fate for _one, fate in adopt(place, archive, rows)] == [Strayed.GONE] * 2


def test_two_files_whose_names_look_the_same_are_told_apart_by_their_bytes(place: Place, archive: Path) -> None:
    for last, content in ((b"\xfe", b"pertama"), (b"\xff", b"kedua")):
        Path(os.fsdecode(os.fsencode(archive) + b"/PK " + last)).write_bytes(content)
    (second,) = (one for one in proposals(place, archive)[0] if one.path == "PK �" and one.size == 5)

    (adopted,) = adopt(place, archive, [Row(2, second.path, second.digest, Goal("dinkes", "pk", "2024"))])

    assert adopted[1] is Outcome.FILED
    assert place.obligation("dinkes/pk/2024").content == second.digest


def test_what_is_approved_stays_approved(place: Place, archive: Path) -> None:
    rows = [one for one in by_name(archive) if one.goal == ("dinkes", "lkjip", "2023")]
    first, *others = sorted(rows, key=lambda one: (archive / one.path).stat().st_mtime)
    list(adopt(place, archive, [first]))
    approved = place.approve(LKJIP)

    fates = {fate for one, fate in adopt(place, archive, others) if one.row.digest != first.digest}

    assert fates == {Reason.ALREADY_APPROVED}
    assert place.obligation(LKJIP) == approved
    assert len(list((place.root / "content").glob("??/*"))) == 1


def test_what_is_approved_while_its_file_is_copied_stays_approved(
    place: Place, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = (one for one in by_name(archive) if one.goal == ("dinkes", "lkjip", "2023"))
    list(adopt(place, archive, [first]))
    put = ContentStore.put

    def slowly(store: ContentStore, source: int, **named: Any) -> Digest | None:
        place.approve(LKJIP)
        return put(store, source, **named)

    monkeypatch.setattr(ContentStore, "put", slowly)

    assert [fate for _one, fate in adopt(place, archive, others[:1])] == [Reason.ALREADY_APPROVED]
    assert place.obligation(LKJIP).content == first.digest


def test_an_older_file_does_not_take_the_place_of_a_newer_one(place: Place, archive: Path) -> None:
    (archive / f"{HEALTH}/PK 2026.pdf").write_bytes(b"%PDF-1.7 lama")
    old = date(2025, 12, 30)
    os.utime(archive / f"{HEALTH}/PK 2026.pdf", ns=(0, int(old.strftime("%s")) * 10**9))
    place.submit("dinkes/PK 2026.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF\n")

    rows = [one_row(f"{HEALTH}/PK 2026.pdf", archive, "dinkes", "pk", "2026")]

    assert [fate for _one, fate in adopt(place, archive, rows)] == [Reason.OLDER]
    assert place.obligation("dinkes/pk/2026").seq == 1


def test_what_the_scanner_finds_something_in_is_left(place: Place, archive: Path) -> None:
    taking = adoption(place, archive)
    taking._scanner = lambda _path: Scan(Verdict.INFECTED, "Eicar")
    place.register.open_year(catalogue(REGION, OFFICES, *YEARS), 2024)
    plan = Planner(catalogue(REGION, OFFICES, *YEARS), place.register).plan(by_name(archive)[:1])

    assert [taking.take(one) for one in plan.wanted] == [Reason.INFECTED]
    assert list((place.root / "content").glob("??/*")) == []


@pytest.mark.parametrize("actor", [Actor.office("dinkes"), BUDI], ids=["an office", "an approver"])
def test_only_who_files_for_offices_takes_an_archive_over(place: Place, archive: Path, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        adoption(place, archive, actor)


def test_whoever_adopts_counts_as_the_one_who_submitted(place: Place, archive: Path) -> None:
    list(adopt(place, archive, by_name(archive)[:1]))

    assert place.obligation(LKJIP).hands == (ANI.name,)


@pytest.mark.parametrize(
    ("goal", "part", "nearest"),
    [
        pytest.param(("dinkess", "pk", "2024"), Part.OFFICE, "dinkes", id="mistyped office"),
        pytest.param(("", "pk", "2024"), Part.OFFICE, "", id="no office"),
        pytest.param(("dinkes", "lkip", "2024"), Part.REQUIREMENT, "lkjip", id="no code"),
        pytest.param(("dinkes", "pk", "24"), Part.PERIOD, "2026", id="two digits"),
        pytest.param(("dinkes", "pk", "2024-q1"), Part.PERIOD, "2024", id="a quarter of a year's document"),
        pytest.param(("dinkes", "ukur-tw", "TW 1 2024"), Part.PERIOD, "2024-q1", id="a quarter in words"),
        pytest.param(("dinkes", "renstra", "2024"), Part.PERIOD, "2020-2024", id="a year of a plan"),
        pytest.param(("dinkes", "renstra", "2021-2024"), Part.PERIOD, "2020-2024", id="a plan that no year collects"),
        pytest.param(("dinkes", "lkjip-pemda", "2024"), Part.PIECE, "", id="asked of another office only"),
    ],
)
def test_what_cannot_be_meant_is_told_with_the_nearest_right_thing(
    place: Place, goal: tuple[str, str, str], part: Part, nearest: str
) -> None:
    rows = [Row(7, "x.pdf", digest_of(Path(__file__)), Goal(*goal))]

    plan = Planner(catalogue(REGION, OFFICES, 2026), place.register).plan(rows)

    ((row, told, _value, near),) = plan.wrong
    assert (row.number, told, near, plan.wanted) == (7, part, nearest, ())


@pytest.mark.parametrize(
    ("goal", "obligation", "years", "undated"),
    [
        pytest.param(("dinkes", "pk", "2026"), "dinkes/pk/2026", (), (), id="open"),
        pytest.param(("Dinas Kesehatan", "PK+Perubahan", "2026"), "dinkes/pk/2026+perubahan", (), (), id="in words"),
        pytest.param(("dinkes", "pk", "2024"), "dinkes/pk/2024", (2024,), (), id="not open"),
        pytest.param(("dinkes", "lkjip", "2023"), "dinkes/lkjip/2023", (2024,), (), id="collected the year after"),
        pytest.param(("dinkes", "ukur-tw", "2005-Q4"), "dinkes/ukur-tw/2005-q4", (2005,), (2005,), id="no calendar"),
    ],
)
def test_a_row_means_an_obligation_though_its_year_is_not_open(
    place: Place, goal: tuple[str, str, str], obligation: str, years: tuple[int, ...], undated: tuple[int, ...]
) -> None:
    rows = [Row(7, "x.pdf", digest_of(Path(__file__)), Goal(*goal))]

    plan = Planner(catalogue(REGION, OFFICES, *YEARS), place.register).plan(rows)

    assert ([one.obligation for one in plan.wanted], plan.years, plan.undated) == ([obligation], years, undated)


@pytest.mark.parametrize("nth", [1, 4])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["put", "record", "perform", "arrival"])
def test_killed_at_a_step_and_run_again_it_ends_where_an_undisturbed_one_ends(
    place: Place, template: Path, archive: Path, tmp_path: Path, step: str, when: str, nth: int
) -> None:
    region = catalogue(REGION, OFFICES, *YEARS)
    for year in YEARS:
        place.register.open_year(region, year)
    undisturbed = Place(Path(shutil.copytree(place.root, tmp_path / "undisturbed")))
    driver = [sys.executable, "-m", "tests.inbox.adopt", str(place.root), str(archive), when, step, str(nth)]

    killed = subprocess.run(driver, cwd=ROOT, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert verify(place.database).faults == ()
    done = len(place.database.rows("SELECT * FROM audit"))
    assert done == len(place.database.rows("SELECT * FROM arrival WHERE root = ?", ADOPTED))
    assert done == nth - 1 + ((step, when) == ("record", "after"))
    list(adopt(place, archive, by_name(archive)))
    list(adopt(undisturbed, archive, by_name(archive)))
    place.store.sweep()
    assert snapshot(place) == snapshot(undisturbed)
    assert verify(place.database).faults == ()
    undisturbed.database.close()


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        pytest.param(1_704_045_599 * 10**9, date(2024, 1, 1), id="the day of the region, not of Greenwich"),
        pytest.param(-1, date(1970, 1, 1), id="before all clocks"),
        pytest.param(10**29, None, id="no day at all"),
    ],
)
def test_a_file_is_as_old_as_its_file_system_says(changed: int, day: date | None) -> None:
    assert dated(Found(b"x.pdf", Footprint(1, 2, 3, changed, 4)), ZONE) == day
