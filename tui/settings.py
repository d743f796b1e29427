"""What the keys of `pantau.toml` may say."""

from __future__ import annotations

from collections.abc import Mapping

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from typing import Any

SETTINGS = "pantau.toml"
NEEDED = ("region", "year", "lang", "timezone")
# Hours ahead of UTC, the same in every season since 1988 (Keputusan Presiden 41/1987).
ZONES: Mapping[str, int] = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
THEMES = ("dark", "light", "okabe-ito", "ansi")
_HINTS = {
    "region": '"Provinsi Lampung"',
    "year": "1990 … 2199",
    "lang": "id, en",
    "timezone": "Asia/Jakarta, Asia/Makassar, Asia/Jayapura",
    "watch": "beside, service",
    "settle": "0.1 … 600.0",
    "keep_days": "0 … 36500",
    "confidence": "0.5 … 0.999",
    "training": "true, false",
    "clamav": '"/run/clamav/clamd.ctl"',
    "ssh": '"pantau@sakip.example.go.id"',
    "inbox": "[[inbox]]",
    "screens": f"[screens] theme = {', '.join(THEMES)}; ascii = true, false",
    "keys": "[keys]",
}


def wrong(table: Mapping[str, Any]) -> str | None:
    """The first key that is none, or says what cannot be meant: a mistyped one would say nothing."""
    return next((key for key, value in table.items() if key not in _HINTS or not _is_meant(key, value)), None)


def hint(key: str) -> str:
    """What could be meant by a key; of one that is none, which there are."""
    return _HINTS.get(key, ", ".join(_HINTS))


def _is_meant(key: str, value: Any) -> bool:
    match key:
        case "year":
            return type(value) is int and 1990 <= value <= 2199
        case "settle":
            return type(value) in (int, float) and 0.1 <= value <= 600
        case "confidence":
            return type(value) in (int, float) and 0.5 <= value <= 0.999
        case "keep_days":
            return type(value) is int and 0 <= value <= 36500
        case "lang" | "watch":
            return value in _HINTS[key].split(", ")
        case "training":
            return isinstance(value, bool)
        case "inbox":
            return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
        case "keys":
            return isinstance(value, dict)  # what it says is checked where keys are known
        case "screens":
            return isinstance(value, dict) and _is_look(value)
        case "timezone":
            return isinstance(value, str) and (value in ZONES or _is_zone(value))
        case _:
            return isinstance(value, str)


def _is_look(table: dict[str, Any]) -> bool:
    is_known = table.keys() <= {"theme", "ascii"}
    return is_known and table.get("theme", "ansi") in THEMES and isinstance(table.get("ascii", False), bool)


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) is not None
    except (OSError, ValueError, KeyError):
        return False
