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
        # A section to put the real dates into; as long as it is empty, the default holds.
        "calendar.toml": f"{_text(_HERE / 'calendar.toml').rstrip()}\n\n[{year}]\n",
        "assignments.toml": _text(_HERE / "assignments.toml"),
        "people.toml": _text(_HERE / "people.toml"),
    }


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
