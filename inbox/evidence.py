"""Why a person must place an arrival, and what spoke for an answer."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """Why a person must place an arrival. Each has one sentence, in `tui.words`."""

    NO_OFFICE = "no office"
    SEVERAL_OFFICES = "several offices"
    NO_REQUIREMENT = "no requirement"
    SEVERAL_REQUIREMENTS = "several requirements"
    NO_PERIOD = "no period"
    SEVERAL_PERIODS = "several periods"
    NOT_OWED = "not owed"
    PART = "part"
    OFFICIAL = "official"
    UNSURE_VERSION = "unsure version"
    ARCHIVE = "archive"
    ALREADY_APPROVED = "already approved"
    DRAFT_TOO_LATE = "draft too late"
    INFECTED = "infected"
    OLDER = "older"


class Evidence(NamedTuple):
    """Which words, from where (folder, name or register), spoke for which part of the answer."""

    part: str
    words: str
    source: str
