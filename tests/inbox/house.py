"""The process that the kill tests kill while it makes a backup, or brings one back.

`house sweep TEMPLATE FOLDER WHAT CALLS` forks a process for each of these system calls of one backup, or of one
restore, lets strace kill it there, does it once more, and prints what it found as JSON, a line for each point.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

from inbox import Backups, ContentStore, Origin, Proof, back_up, prove, restore
from tests.inbox.conftest import REGION
from tests.inbox.ingest import ENDS, Point, drop, take, traced
from workflow import Database

FIRST = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
SECOND = datetime(2026, 1, 6, 18, 0, tzinfo=UTC)


def make(root: Path, at: datetime = FIRST) -> None:
    """Back up the workspace beside it."""
    back_up(Origin(root, REGION, "0"), backups(root), at)


def backups(root: Path) -> Backups:
    """The folder of backups that lies beside a workspace."""
    return Backups(root.parent / "backups")


def bring(root: Path) -> bool:
    """Restore the newest beside the workspace."""
    kept = backups(root)
    return not restore(kept, kept.newest(), root.parent / "restored").lost


def proof(root: Path) -> Proof:
    """What a workspace says of itself."""
    database = Database(root / "pantau.db")
    try:
        return prove(database, ContentStore(root / "content"))
    finally:
        database.close()


def evidence(root: Path) -> tuple[list[tuple[str, str]], list[tuple[object, ...]]]:
    """Every file that is backed up, by its bytes, and every row that is evidence."""
    names = [*root.glob("catalogue/*"), root / "pantau.toml", *root.glob("content/??/*"), *root.rglob("inbox/**/*")]
    files = sorted(
        (str(path.relative_to(root)), sha256(path.read_bytes()).hexdigest())
        for path in names
        if path.is_file() and ".arsip" not in path.parts
    )
    database = Database(root / "pantau.db")
    try:
        tables = ("audit", "seal", "arrival", "receipt", "content", "standing", "root")
        return files, [
            (name, *row) for name in tables for row in database.rows(f"SELECT * FROM {name} ORDER BY 1, 2")
        ]
    finally:
        database.close()


def backs_up(root: Path) -> bool:
    """Back up once more."""
    make(root, SECOND)
    return True


def after_backup(root: Path) -> list[str]:
    """What does not hold after a backup was killed, and after the next one."""
    bring(root)
    found = [] if proof(root.parent / "restored").is_well else ["the last one that was finished does not come back"]
    shutil.rmtree(root.parent / "restored")
    make(root, SECOND)
    bring(root)
    found += [] if evidence(root.parent / "restored") == evidence(root) else ["not all of it came back"]
    left = {path.name for path in backups(root).folder.iterdir()} - {"content", "lock", "pantau-backup.json"}
    found += [f"left: {name}" for name in left - set(backups(root).names())]
    return found + [f"left: {path.name}" for path in backups(root).folder.glob("content/tmp/*")]


def after_restore(root: Path) -> list[str]:
    """What does not hold after a restore was killed, and after the next one."""
    into = root.parent / "restored"
    is_half = (into / ".restoring").exists() or not into.exists() or not any(into.iterdir())
    found = []
    if not is_half and (not (into / "pantau.toml").exists() or evidence(into) != evidence(root)):
        found.append("half of it looks like all")
    if is_half:
        bring(root)
    found += [] if evidence(into) == evidence(root) and proof(into).is_well else ["not all of it came back"]
    return found + [f"left: {path.name}" for path in into.rglob("*") if path.name.endswith((".restoring", ".new"))]


Work = tuple[Callable[[Path], bool], Callable[[Path], list[str]]]
WORK: dict[str, Work] = {"backup": (backs_up, after_backup), "restore": (bring, after_restore)}


def prepare(template: Path, root: Path, what: str) -> None:
    """A workspace with a backup; for the next one, with a file that is new since and one that nobody has taken."""
    shutil.copytree(template, root)
    drop(root)
    take(root)
    if what == "restore":
        (root / "inbox" / "dlh" / "PK 2026.pdf.part").write_bytes(b"half")
        (root / "inbox" / "dlh" / "Renja 2026.pdf").write_bytes(b"not taken")
        make(root)
        (root / "inbox" / "dlh" / "PK 2026.pdf.part").unlink()
        return
    make(root)
    (root / "inbox" / "dlh" / "Renja 2026.pdf").write_bytes(b"%PDF-1.7\n% Renja 2026\nstartxref\n0\n%%EOF\n")
    take(root)
    (root / "inbox" / "dlh" / "PK 2026.pdf").write_bytes(b"not taken")


def sweep(template: Path, folder: Path, what: str, calls: str) -> None:
    """Each of these calls, from the first to the last."""
    do, after = WORK[what]
    folder.mkdir()
    prepare(template, folder / "made" / "region", what)
    for call in calls.split(","):
        for number in count(1):
            root = folder / "one" / "region"
            shutil.copytree(folder / "made", folder / "one")
            ended = traced(root, f"{call}:signal=KILL:when={number}", do)
            found = after(root) if ended is not None else []
            shutil.rmtree(folder / "one")
            (folder / "one.trace").unlink(missing_ok=True)
            if ended is None:
                break
            sys.stdout.write(json.dumps(Point(call, number, ENDS[ended], found)) + "\n")


if __name__ == "__main__":
    warm = Path(sys.argv[2] + "-warm")
    prepare(Path(sys.argv[1]), warm / "region", "backup")  # whatever is imported late is imported now
    bring(warm / "region")
    sweep(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
