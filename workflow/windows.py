"""When an office may submit and a reviewer decide, as moments: the days of the calendar in the region's time zone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from workflow import calendars
from workflow.calendars import Span


class Window(NamedTuple):
    """From a moment until before another."""

    opens: datetime
    closes: datetime

    @classmethod
    def of(cls, span: Span, zone: tzinfo) -> Window:
        """The days of a span, from their midnight to that after the last."""
        ends = (span.first, span.last + timedelta(days=1))
        return cls(*(datetime.combine(day, time(), zone).astimezone(UTC) for day in ends))

    def has(self, at: datetime) -> bool:
        """Whether it is open at a moment."""
        return self.opens <= at < self.closes


class Windows(NamedTuple):
    """Both windows of an obligation; None is always open."""

    submit: Window | None = None
    review: Window | None = None

    @classmethod
    def of(cls, spans: calendars.Windows, zone: tzinfo) -> Windows:
        """Those of the calendar."""
        return cls(*(span and Window.of(span, zone) for span in spans))

    @classmethod
    def unpacked(cls, text: str) -> Windows:
        """Read what `packed` has written."""
        return cls(*(both and Window(*map(datetime.fromisoformat, both)) for both in json.loads(text)))

    def packed(self) -> str:
        """As it is stored."""
        return json.dumps([window and [moment.isoformat() for moment in window] for window in self])
