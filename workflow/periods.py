"""What an obligation is owed for: a year, a part of one, several years, or once and for all."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_ONCE = "once"
_TEXT = re.compile(r"((?:19|20|21)\d\d)(?:-(?:((?:19|20|21)\d\d)|(q[1-4]|s[12]|m(?:0[1-9]|1[0-2]))))?\Z", re.ASCII)
_MONTHS = {
    "": (1, 12),
    "s1": (1, 6),
    "s2": (7, 12),
    "q1": (1, 3),
    "q2": (4, 6),
    "q3": (7, 9),
    "q4": (10, 12),
    **{f"m{month:02}": (month, month) for month in range(1, 13)},
    _ONCE: (1, 12),
}


class Period(NamedTuple):
    """`2026`, `2026-q1`, `2026-s1`, `2026-m07`, `2025-2029` or `once`; `parse` is the inverse of `str()`."""

    first_year: int
    last_year: int
    part: str = ""

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as a person types it. Raises ValueError when it is none."""
        if text == _ONCE:
            return EVER
        match = _TEXT.match(text)
        if match is None:
            raise ValueError(text)
        year, until, part = int(match[1]), int(match[2] or match[1]), match[3] or ""
        if until < year:
            raise ValueError(text)
        return cls(year, until, part)

    def __str__(self) -> str:
        if self.part == _ONCE:
            return _ONCE
        if self.part:
            return f"{self.first_year}-{self.part}"
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}-{self.last_year}"

    @property
    def is_plan(self) -> bool:
        """Whether it is of several years: one obligation stands for all of them."""
        return self.first_year != self.last_year

    @property
    def begins(self) -> date:
        """The first day of the period."""
        return date(self.first_year, _MONTHS[self.part][0], 1)

    @property
    def ends(self) -> date:
        """The last day of the period."""
        month = _MONTHS[self.part][1]
        return date(self.last_year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    def covers(self, other: Period) -> bool:
        """Whether it is for the whole of another."""
        return self.begins <= other.begins and other.ends <= self.ends


EVER = Period(1900, 2199, _ONCE)  # owed once, in whatever year it was asked for first
