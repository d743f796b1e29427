"""The catalogue files that a new workspace starts from."""

from __future__ import annotations

import json
from pathlib import Path

from workflow.tables import phrase

_HERE = Path(__file__).parent


def shipped_catalogue(region: str, year: int) -> dict[str, str]:
    """File names and texts of a catalogue for a region: its own offices where they are known, else an empty list."""
    own = _HERE / "regions" / f"{phrase(region).replace(' ', '-')}.toml"
    offices = own if own.is_file() else _HERE / "offices.toml"
    return {
        "offices.toml": _text(offices).replace('"$region"', json.dumps(region, ensure_ascii=False)),
        "requirements.toml": _text(_HERE / "requirements.toml"),
        "calendar.toml": _calendar(year),
        "people.toml": _text(_HERE / "people.toml"),
    }


def _calendar(year: int) -> str:
    # RPJMD and Renstra of the regions elected in 2024 run 2025-2029; the blocks before and after follow on.
    first = year - year % 5
    filled = _text(_HERE / "calendar.toml")
    for name, value in (("$year", year), ("$before", year - 1), ("$first", first), ("$last", first + 4)):
        filled = filled.replace(name, str(value))
    return filled


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
