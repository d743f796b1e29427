"""Days and moments as people type them, on the region's clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from tui.errors import UsageError
from tui.language import _


def day(text: str) -> date:
    """The day that is meant. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(_("{text} is not a date; write it like 2026-03-31.").format(text=text)) from None


def end_of(text: str, zone: tzinfo, now: datetime) -> datetime:
    """The moment that is meant, for a day its end; of the present day, now. Raises UsageError, for the future too."""
    day, moment = _read(text, zone)
    if moment is None:
        moment = datetime.combine(day, time(), zone) + timedelta(days=1, microseconds=-1)
        moment = min(moment, now.astimezone(zone)) if day == now.astimezone(zone).date() else moment
    if moment > now:
        raise UsageError(_("{moment} has not come yet.").format(moment=text))
    return moment


def start_of(text: str, zone: tzinfo) -> datetime:
    """The moment that is meant, for a day the last before it begins. Raises UsageError."""
    day, moment = _read(text, zone)
    return moment or datetime.combine(day, time(), zone) - timedelta(microseconds=1)


def _read(text: str, zone: tzinfo) -> tuple[date, datetime | None]:
    try:
        if len(text) <= len("2026-03-31"):
            return date.fromisoformat(text), None
        moment = datetime.fromisoformat(text)
    except ValueError:
        told = _(
            "{text} is neither a day nor a moment: 2026-03-31, or 2026-03-31T14:30, with +07:00 where it is needed."
        )
        raise UsageError(told.format(text=text)) from None
    moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return moment.date(), moment
