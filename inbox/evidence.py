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
    CONTRADICTION = "contradiction"
    UNSURE = "unsure"
    ALREADY_APPROVED = "already approved"
    DRAFT_TOO_LATE = "draft too late"
    OUTSIDE_WINDOW = "outside window"
    INFECTED = "infected"
    OLDER = "older"
    ANSWER_MANGLED = "answer mangled"
    ANSWER_EMPTY = "answer empty"
    ANSWER_OF_ANOTHER = "answer of another"
    ANSWER_TO_OLDER = "answer to older"
    ANSWER_TOO_LATE = "answer too late"


class Part(StrEnum):
    """What an answer is made of, and the words that it could make nothing of."""

    OFFICE = "office"
    REQUIREMENT = "requirement"
    YEARS = "years"
    PERIOD = "period"
    VARIANT = "variant"
    PIECE = "piece"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Where the words stand. The drop folder is no guess; what only the register suggests is the weakest."""

    DROP_FOLDER = "drop folder"
    FOLDER = "folder"
    NAME = "name"
    COVER = "cover"
    HEADER = "header"
    TEXT = "text"
    TITLE = "title"
    REGISTER = "register"


class Evidence(NamedTuple):
    """Which words, from where, say what of which part, and how often such words are right (0 to 1).

    `value` is the code of an office or a requirement, `2026` or `2025-2029`, `q1`, `perubahan`, or the piece of a
    document that the file seems to be. What differs from the answer speaks against it. `borne` are the only years in
    which an office was called so, `2009-2016`, where the document is of others.
    """

    part: Part
    words: str
    source: Source
    value: str = ""
    sure: float = 1.0
    borne: str = ""
