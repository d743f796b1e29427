"""Moments as they are written: so that their texts sort as they do."""

from datetime import UTC, datetime


def utc(at: datetime) -> str:
    """`2026-03-05T02:14:00.000000+00:00`, of a moment in any zone."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
