"""Real and made documents, dropped as offices drop them: filed rightly, or kept for a person."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from inbox import Arrival, Outcome, Reason, Root, Roots, Text, make_drop_folders, read_text
from tests.inbox.conftest import DATA, Clock, Place, catalogue, faults
from tui.samples import sample
from workflow import Database, Digest, Register, State, phrase


class Label(NamedTuple):
    """What a person read in a document."""

    region: str
    path: Path
    requirement: str
    office: str
    first: str
    last: str
    variant: str


def labels() -> list[Label]:
    path = DATA / "documents-labelled.tsv"
    if not path.is_file():
        pytest.skip(f"the labelled documents are not beside the checkout: {path}")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [list(row.values()) for row in csv.DictReader(file, delimiter="\t")]
    return [Label(row[0], DATA / "documents" / row[1], *row[2:7]) for row in rows]


def code(office: str) -> str:
    return office.casefold().replace("_", "-").replace(".", "").replace(" ", "-")


def offices(region: str) -> dict[str, tuple[str, list[str]]]:
    """The offices of a region; those of a region without a list of its own are among the mixed ones."""
    with (DATA / "offices.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["region"] == region]
    if not rows:
        with (DATA / "offices-mixed.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    codes = {code(row["code"]) for row in rows}
    return {
        code(row["code"]): (
            row["name"],
            [one for one in row["aliases"].split("; ") if one and code(one) not in codes],
        )
        for row in rows
    }


def opened(root: Path, region: str, years: list[int], codes: dict[str, tuple[str, list[str]]]) -> Place:
    for folder in ("content", "inbox"):
        (root / folder).mkdir(parents=True)
    database = Database.create(root / "pantau.db")
    register = Register(database, Clock())
    for year in years:
        register.open_year(catalogue(region, codes, *years), year)
    make_drop_folders(root / "inbox", register.offices(), ("BACA-SAYA.txt", "Taruh berkas di sini.\n"))
    Roots(database).adopt(Root("", root / "inbox", 1.0))
    return Place(root)


REGIONS = {
    "Kabupaten Banyuwangi": [2025],
    "Kota Tangerang Selatan": [2023],
    "Provinsi Jawa Barat": [2016, 2017],
}


def dropped(place: Place, label: Label, folder: str) -> Path:
    target = place.inbox / folder / label.path.name
    shutil.copyfile(label.path, target)
    return target


def is_as_labelled(label: Label, arrival: Arrival) -> bool:
    office, requirement, period = str(arrival.obligation).split("/")
    span = label.first if label.first == label.last else f"{label.first}-{label.last}"
    variant = f"+{label.variant.casefold()}" if label.variant else ""
    expected = {"UKUR_TW": "ukur-tw"}.get(label.requirement, label.requirement.casefold())
    return (office, requirement, period) == (code(label.office), expected, f"{span}{variant}")


# What the name itself tells in these three collections: the document, beside the office of its folder or name.
TELLING = {"RENSTRA", "CASCADING", "PK", "POKIN"}


@pytest.mark.parametrize("way", ["into the drop folders", "into the inbox itself"])
@pytest.mark.parametrize("region", REGIONS)
def test_of_real_documents_none_is_filed_wrongly_and_none_is_lost(tmp_path: Path, region: str, way: str) -> None:
    theirs = [label for label in labels() if label.region == region]
    known = offices(region)
    place = opened(tmp_path / "region", region, REGIONS[region], known)
    through_folders = way == "into the drop folders"
    for label in theirs:
        dropped(place, label, code(label.office) if through_folders and code(label.office) in known else "")

    arrivals = {one.digest: one for one in place.take() if isinstance(one, Arrival)}

    by_label = [(label, arrivals[Digest(sha256(label.path.read_bytes()).hexdigest())]) for label in theirs]
    filed = [(label, one) for label, one in by_label if one.outcome is Outcome.FILED]
    waiting = {held.id: held for held in place.quarantine.waiting()}
    wrong = [f"{label.path.name}: {one.obligation}" for label, one in filed if not is_as_labelled(label, one)]
    sys.stdout.write(f"{region}, {way}: {len(filed)} filed, {len(waiting)} asked, {len(wrong)} wrong\n")
    assert wrong == []
    assert len(filed) + len(waiting) == len(theirs)
    assert place.left() == []
    assert faults(place, set(arrivals)) == []
    assert all(place.store.is_whole(digest) for digest in arrivals)
    unplaced = [label for label, one in by_label if one.outcome is Outcome.QUARANTINED]
    assert [label.path.name for label in unplaced if is_told(label, known, through_folders)] == []
    place.database.close()


def is_told(label: Label, known: dict[str, tuple[str, list[str]]], through_folders: bool) -> bool:
    """Whether folder and name carry the office and the document, of which there is no other for that time."""
    words = f" {phrase(label.path.stem)} "
    name, aliases = known.get(code(label.office), ("", []))
    names = {f" {phrase(one)} " for one in (label.office, name, *aliases) if one}
    has_office = (through_folders and code(label.office) in known) or any(one in words for one in names)
    spelled = {"CASCADING": "cascade", "POKIN": "pohon kinerja"}.get(label.requirement, label.requirement.casefold())
    return label.requirement in TELLING and spelled in words and has_office and not label.variant


# --- made documents: the same, on every machine ---

WORDED = {
    "lkjip": ("LKjIP", "2025"),
    "pk": ("Perjanjian Kinerja", "2026"),
    "renja": ("Renja", "2026"),
    "renstra": ("Renstra", "2025-2029"),
    "renaksi": ("Rencana Aksi", "2026"),
    "ukur-tw": ("Pengukuran Kinerja TW I", "2026-q1"),
    "lap-rb-tw": ("Laporan Renaksi RB Triwulan 1", "2026-q1"),
}
TOWN = "Kabupaten Contoh"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {
        f"{office}/{kind}/{period}": sample(kind, name, period, region=TOWN)
        for kind, (_, period) in WORDED.items()
        for office, name in (("dinkes", "Dinas Kesehatan"), ("dlh", "Dinas Lingkungan Hidup"))
    }


def named(obligation: str) -> Iterator[tuple[str, str]]:
    """The ways in which an office can say what it sends: folder and name."""
    office, kind, period = obligation.split("/")
    words, year = WORDED[kind][0], period.partition("-q")[0]
    title = {"dinkes": "Dinas Kesehatan", "dlh": "BPLHD"}[office]
    yield office, f"{words} {year}.pdf"
    yield "", f"1784860878_{words.replace(' ', '_')}_{title}_{year}_ttd.pdf"
    yield f"{office}/kiriman", f"{title.upper()} - {words.upper()} TAHUN {year} (1).PDF"


@pytest.mark.parametrize("way", range(3), ids=["drop folder", "name alone", "folder below"])
def test_made_documents_that_say_what_they_are_are_all_filed(place: Place, made: dict[str, bytes], way: int) -> None:
    for obligation, content in made.items():
        folder, name = list(named(obligation))[way]
        place.drop(f"{folder}/{name}" if folder else name, content)

    arrivals = [one for one in place.take() if isinstance(one, Arrival)]

    assert {one.obligation: one.digest for one in arrivals} == {
        obligation: sha256(content).hexdigest() for obligation, content in made.items()
    }
    assert {place.obligation(obligation).state for obligation in made} == {State.SUBMITTED}
    assert place.quarantine.waiting() == []
    assert faults(place, {one.digest for one in arrivals}) == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("Perjanjian Kinerja 2026.pdf", Reason.NO_OFFICE, id="no office"),
        pytest.param("dinkes/PK DLH 2026.pdf", Reason.SEVERAL_OFFICES, id="two offices"),
        pytest.param("dinkes/scan0024.pdf", Reason.NO_REQUIREMENT, id="no document"),
        pytest.param("dinkes/RKT dan RENJA 2026.pdf", Reason.SEVERAL_REQUIREMENTS, id="two documents"),
        pytest.param("dinkes/Pengukuran Kinerja 2026.pdf", Reason.NO_PERIOD, id="no quarter"),
        pytest.param("dinkes/PK 2025 dan 2026.pdf", Reason.SEVERAL_PERIODS, id="two years"),
        pytest.param("dinkes/PK 2019.pdf", Reason.NOT_OWED, id="not owed"),
        pytest.param("dinkes/LKjIP 2025 Bab III.pdf", Reason.PART, id="a chapter"),
        pytest.param("dinkes/PK Kabid 2026.pdf", Reason.OFFICIAL, id="an official's"),
        pytest.param("dinkes/Reviu Renstra 2025-2029.pdf", Reason.UNSURE_VERSION, id="a review"),
        pytest.param("dinkes/LKjIP 2025.zip", Reason.ARCHIVE, id="an archive"),
    ],
)
def test_a_made_document_that_leaves_a_doubt_waits_with_its_reason(place: Place, path: str, reason: Reason) -> None:
    digest = place.drop(path, b"Isinya tidak mengatakan apa-apa.\n")

    place.take()

    (held,) = place.quarantine.waiting()
    assert (held.reason, held.digest) == (reason, digest)
    assert place.store.is_whole(digest)
    assert all(place.obligation(guess).is_missing for guess in held.guesses)
    assert faults(place, {digest}) == []


def test_what_name_and_folder_leave_out_the_cover_tells(place: Place, made: dict[str, bytes]) -> None:
    digest = place.drop("scan0024.pdf", made["dinkes/lkjip/2025"])

    (arrival,) = place.take()

    assert isinstance(arrival, Arrival)
    assert (arrival.obligation, arrival.digest) == ("dinkes/lkjip/2025", digest)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("dlh/PK 2026.pdf", id="the drop folder is another office's"),
        pytest.param("dinkes/PK 2025.pdf", id="another year in the name"),
        pytest.param("dinkes/LKjIP 2026.pdf", id="another document in the name"),
    ],
)
def test_what_the_cover_contradicts_is_asked(place: Place, made: dict[str, bytes], path: str) -> None:
    place.drop(path, made["dinkes/pk/2026"])

    place.take()

    (held,) = place.quarantine.waiting()
    assert held.reason is Reason.CONTRADICTION


def test_a_document_in_the_store_can_be_read(place: Place, made: dict[str, bytes]) -> None:
    arrival = place.submit("dinkes/PK 2026.pdf", made["dinkes/pk/2026"])

    text = read_text(place.store.path(arrival.digest))

    assert isinstance(text, Text)
    assert "PERJANJIAN KINERJA" in text.pages[0]
