"""What became of the files, as a test asks for it."""

from __future__ import annotations

import os
from itertools import count

from inbox import Arrival, Hold, waiting
from tests.inbox.conftest import Place, wait_until
from workflow import Digest

_MARKER = "penanda"
_numbers = count(1)


def arrivals(place: Place) -> list[Arrival]:
    """All that was recorded, oldest first."""
    return [one for one in reversed(place.arrivals.latest(1 << 30)) if not one.name.startswith(_MARKER)]


def taken(place: Place, number: int, seconds: float = 30.0) -> list[Arrival]:
    """All that was recorded, once it is so many and each has been put away."""
    wait_until(lambda: len(arrivals(place)) >= number and not _unretired(place), seconds)
    return arrivals(place)


def names(those: list[Arrival]) -> list[str]:
    """How they were called."""
    return [one.name for one in those]


def holds(place: Place) -> dict[str, Hold]:
    """What waits, and why."""
    return {os.fsdecode(one.path): one.reason for one in waiting(place.database)}


def is_held(place: Place, path: str, reason: Hold) -> None:
    """Wait until the file is shown with this reason."""
    wait_until(lambda: holds(place).get(path) is reason)


def had_its_chance(place: Place) -> None:
    """Wait until a file that lies still since now has been taken: what lay still before could have been."""
    name = f"{_MARKER} {next(_numbers)}.pdf"
    place.drop(f"dlh/{name}", name.encode())
    wait_until(lambda: any(one.name == name for one in place.arrivals.latest(1 << 30)))
    looked = (place.root / "watch.lock").stat().st_mtime_ns
    wait_until(lambda: (place.root / "watch.lock").stat().st_mtime_ns > looked)


def count_retired(place: Place) -> int:
    """How many were recorded and put away."""
    row = place.database.row("SELECT count(*) FROM retirement")
    assert row is not None
    return int(row[0])


def objects(place: Place) -> set[str]:
    """The contents that the store shows under their final names."""
    return {path.name for path in (place.root / "content").glob("??/*")}


def unfinished(place: Place) -> list[str]:
    """Copies in the store that are not finished."""
    return [path.name for path in (place.root / "content" / "tmp").glob("*")]


def standing(place: Place, name: str) -> Digest | None:
    """The content that stands for an obligation."""
    return place.obligation(name).content


def _unretired(place: Place) -> int:
    row = place.database.row("SELECT count(*) FROM arrival WHERE id NOT IN (SELECT arrival FROM retirement)")
    assert row is not None
    return int(row[0])
