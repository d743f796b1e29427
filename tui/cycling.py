"""Going round a few things by one key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def after(members: Iterable[T], now: T) -> T:
    """The one after `now`, coming round; the first where `now` is none of them any more."""
    every = list(members)
    return every[(every.index(now) + 1) % len(every)] if now in every else every[0]
