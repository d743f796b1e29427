"""An archive as offices keep it, and the process that the kill test kills while it takes that archive over.

`adopt ROOT ARCHIVE WHEN STEP NTH` kills itself before or after the nth time that it comes to a step.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from inbox import (
    Adoption,
    Archive,
    Arrivals,
    Fate,
    Goal,
    Odd,
    Planner,
    Proposal,
    Proposer,
    Row,
    TextReader,
    Wanted,
)
from tests.inbox.conftest import OFFICES, REGION, Place, catalogue
from tui.samples import sample
from workflow import Actor, Digest, Register, Role

ZONE = ZoneInfo("Asia/Jakarta")
ANI = Actor("ani", Role.BUREAU)
YEARS = (2024, 2025, 2026)
STEPS: dict[str, tuple[type, str]] = {
    "put": (Adoption, "_put"),
    "record": (Adoption, "_record"),
    "perform": (Register, "perform"),
    "arrival": (Arrivals, "add"),
}

# Path, day, and of which sample, edition and office it is; "" for what is no document that can be read.
HEALTH, ENVIRONMENT = "Dinas Kesehatan", "Dinas Lingkungan Hidup"
FILES = (
    (f"{HEALTH}/LKjIP 2023.pdf", 10, f"lkjip;2023;1;{HEALTH}"),
    (f"{HEALTH}/lama/LKjIP 2023 revisi.pdf", 40, f"lkjip;2023;2;{HEALTH}"),
    (f"{HEALTH}/lama/LKjIP 2023 v3 final.pdf", 25, f"lkjip;2023;3;{HEALTH}"),
    (f"{HEALTH}/salinan/LKjIP 2023.pdf", 41, f"lkjip;2023;1;{HEALTH}"),
    (f"{HEALTH}/LKjIP 2024.pdf", 100, f"lkjip;2024;1;{HEALTH}"),
    (f"{HEALTH}/PK 2024.pdf", 5, f"pk;2024;1;{HEALTH}"),
    (f"{HEALTH}/Renja 2025.pdf", 60, f"renja;2025;1;{HEALTH}"),
    (f"{HEALTH}/Renstra 2025-2029.pdf", 61, f"renstra;2025-2029;1;{HEALTH}"),
    *(
        (f"{HEALTH}/TW/Pengukuran Kinerja TW {roman} 2024.pdf", 20, f"ukur-tw;2024-q{n};1;{HEALTH}")
        for n, roman in enumerate(("I", "II", "III", "IV"), 1)
    ),
    (f"2024/{ENVIRONMENT}/PK 2024.pdf", 6, f"pk;2024;1;{ENVIRONMENT}"),
    (f"2024/{ENVIRONMENT}/Rencana Aksi 2024.docx", 7, f"docx;2024;1;{ENVIRONMENT}"),
    (f"2024/{ENVIRONMENT}/LKjIP.pdf", 8, ""),
    (f"2024/{ENVIRONMENT}/draft/Renja 2024.pdf", 9, f"renja;2024;1;{ENVIRONMENT}"),
    (f"2024/{ENVIRONMENT}/PK 2025 {HEALTH}.pdf", 9, f"pk;2025;1;{HEALTH}"),
    ("scan001.pdf", 1, ""),
    ("foto kegiatan.jpg", 1, ""),
    ("notulen rapat.docx", 1, ""),
    ("=HYPERLINK(A1;A2).pdf", 1, ""),
    ("@SUM(1)/-2+3.pdf", 1, ""),
    ("baris\nkedua PK 2024.pdf", 1, ""),
    (os.fsdecode(b"rusak \xff LKjIP.pdf"), 1, ""),
)
LEFT = ("kosong.pdf", "tautan.pdf", "tautan folder", "terpotong")
PASSING = ("~$LKjIP 2023.docx", "Thumbs.db", "unduhan.tmp", f"{HEALTH}/~$K 2024.docx")


def make_archive(root: Path) -> Path:
    """Some thirty files as an office leaves them."""
    for path, day, what in FILES:
        _write(root / path, _content(what) if what else b"tanpa bentuk, %d" % len(path), day)
    for name in PASSING:
        _write(root / name, b"~", 2)
    _write(root / "kosong.pdf", b"", 3)
    _write(root / "terpotong/LKjIP 2025.pdf", _content(f"lkjip;2025;1;{HEALTH}")[:-400], 3)
    (root / "tautan.pdf").symlink_to(root / FILES[0][0])
    (root / "tautan folder").symlink_to(root / HEALTH)
    (root / "tautan keluar.pdf").symlink_to("/etc/hostname")
    return root


def _content(what: str) -> bytes:
    kind, period, edition, office = what.split(";")
    if kind == "docx":
        import docx

        made, document = io.BytesIO(), docx.Document()
        for line in ("RENCANA AKSI KINERJA", office.upper(), f"TAHUN {period}"):
            document.add_paragraph(line)
        document.save(made)
        return made.getvalue()
    return sample(kind, office, period, region=REGION, edition=int(edition))


def _write(path: Path, content: bytes, day: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    when = datetime(2024, 1, 1, 3, tzinfo=UTC).timestamp() + 86400 * day
    os.utime(path, (when, when))


def untouched(root: Path) -> list[tuple[object, ...]]:
    """Every name with its bytes, times and target: the same before and after."""
    found: list[tuple[object, ...]] = []
    for folder, folders, files in os.walk(root):
        for path in (Path(folder) / name for name in (*folders, *files)):
            status = path.lstat()
            what = path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
            found.append((str(path), what, status.st_mtime_ns, status.st_ctime_ns, status.st_mode))
    return sorted(found, key=lambda one: str(one[0]))


def proposals(place: Place, root: Path) -> tuple[list[Proposal], list[Odd]]:
    """What each file seems to be."""
    archive, reader = Archive(root), TextReader()
    found, odd = archive.files()
    proposer = Proposer(archive, place.register, catalogue(REGION, OFFICES, *YEARS), reader, ZONE)
    try:
        read = [proposer.propose(one) for one in found]
    finally:
        reader.close()
    return [one for one in read if isinstance(one, Proposal)], odd


def row(one: Proposal, number: int = 2) -> Row:
    """The row of a table, as it was proposed."""
    return Row(number, one.path, one.digest, one.goal)


def by_name(root: Path) -> list[Row]:
    """What the table says of the files that have a sample, without reading them again."""
    codes = {HEALTH: "dinkes", ENVIRONMENT: "dlh"}
    rows = []
    for number, (path, _day, what) in enumerate(FILES, start=2):
        if what:
            kind, period, _edition, office = what.split(";")
            goal = Goal(codes[office], kind.replace("docx", "renaksi"), period)
            rows.append(Row(number, path, digest_of(root / path), goal))
    return rows


def digest_of(path: Path) -> Digest:
    from hashlib import sha256

    return Digest(sha256(path.read_bytes()).hexdigest())


def adoption(place: Place, root: Path, actor: Actor = ANI) -> Adoption:
    """Taking this archive over into the workspace."""
    return Adoption(Archive(root), place.store, place.database, place.clock, actor, ZONE)


def adopt(place: Place, root: Path, rows: list[Row]) -> Iterator[tuple[Wanted, Fate]]:
    """Open the years, then take all rows."""
    region = catalogue(REGION, OFFICES, *YEARS)
    plan = Planner(region, place.register).plan(rows)
    assert (plan.wrong, plan.undated) == ((), ())
    for year in plan.years:
        place.register.open_year(region, year)
    taking = adoption(place, root)
    for one in taking.in_order(plan.wanted):
        yield one, taking.take(one)


def dies(step: str, when: str, nth: int) -> None:
    """Make this process kill itself before or after the nth time that it comes to a step."""
    owner, name = STEPS[step]
    original: Callable[..., Any] = getattr(owner, name)
    times = iter(range(1, nth + 1))

    def deadly(*given: Any, **named: Any) -> Any:
        is_time = next(times) == nth
        if is_time and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*given, **named)
        if is_time:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, deadly)


if __name__ == "__main__":
    home, tree, moment, at, number = sys.argv[1:]
    dies(at, moment, int(number))
    for _ in adopt(Place(Path(home)), Path(tree), by_name(Path(tree))):
        pass
