"""Days, numbers and periods as people write them, for what must not wait for more."""

from __future__ import annotations

from datetime import date

from tui.language import _, language

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_QUARTERS = {"id": "TW {}", "en": "Q{}"}
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def day(when: date) -> str:
    """`5 Maret 2026`."""
    return f"{when.day} {_MONTHS[language()][when.month - 1]} {when.year}"


def number(value: float, digits: int = 0) -> str:
    """`1.234,5` in Indonesian, `1,234.5` in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def span(first: int, last: int, part: str) -> str:
    """`2026`, `2025-2029`, `TW I 2026`, `Juli 2026`: the years and the part of a period."""
    if part == "once":
        return _("once")
    if part:
        return f"{part_of_year(part)} {first}"
    return str(first) if first == last else f"{first}-{last}"


def part_of_year(part: str) -> str:
    """`TW I`, `semester II`, `Juli`."""
    match part[0]:
        case "q":
            return _QUARTERS[language()].format(part[1] if language() == "en" else _ROMAN[part[1]])
        case "m":
            return _MONTHS[language()][int(part[1:]) - 1]
        case _:
            return _("semester {part}").format(part=_ROMAN[part[1]])
