"""What each file of an archive seems to be, for a person to look through before any is taken."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, tzinfo
from typing import NamedTuple

from inbox.archives import Archive, dated, shown
from inbox.contents import digest_of
from inbox.evidence import Part, Reason, Source
from inbox.filing import known_of
from inbox.folders import Found, Odd
from inbox.footprints import Footprint, NotRegular
from inbox.holding import Hold
from inbox.pages import TextReader
from inbox.readings import Depth, Text, Unreadable, Why
from inbox.recognition.case import covers
from inbox.recognition.recogniser import THRESHOLD, Recogniser
from inbox.recognition.weighing import Reading
from inbox.structure import Fault, fault
from workflow import Catalogue, Digest, Entry, Period, Register, suits

Doubt = Reason | Hold | Why


class Goal(NamedTuple):
    """What a file is to be filed as: an office's code, a requirement's key, a period. Empty is what nothing tells."""

    office: str
    requirement: str
    period: str

    @property
    def is_whole(self) -> bool:
        """Whether it names one obligation."""
        return all(self)


class Proposal(NamedTuple):
    """What a file seems to be, how often such an answer is right (0 to 1), and what a person has to settle first.

    `path` is below the archive and cleaned for display; `changed` is when the file was, in nanoseconds. `is_sure`
    says that nobody need look.
    """

    path: str
    digest: Digest
    size: int
    changed: int
    dated: date | None
    goal: Goal
    sure: float
    doubts: tuple[Doubt, ...]
    is_draft: bool
    is_sure: bool


class Proposer:
    """Reads files of an archive. The year that one is about need not be open.

    What is not at least `threshold` sure is asked, never proposed.
    """

    def __init__(
        self,
        archive: Archive,
        register: Register,
        catalogue: Catalogue,
        reader: TextReader,
        zone: tzinfo,
        threshold: float = THRESHOLD,
    ) -> None:
        self._archive = archive
        self._threshold = threshold
        self._recogniser = Recogniser(register.vocabulary(), lambda _office: ())
        self._entries = {entry.requirement.key: entry for entry in catalogue.entries}
        self._reader = reader
        self._zone = zone

    def propose(self, found: Found) -> Proposal | Odd:
        """Read one file: its folders, its name, its first pages. Odd when it cannot be read, or changes meanwhile."""
        try:
            with self._archive.opened(found) as source:
                digest, missing = digest_of(source), fault(source, found.footprint.size)
                is_unchanged = Footprint.of(os.fstat(source)) == found.footprint
        except NotRegular:
            return Odd(found.path, found.footprint, Hold.NOT_A_FILE)
        except OSError:
            return Odd(found.path, found.footprint, Hold.UNREADABLE)
        if not is_unchanged:
            return Odd(found.path, found.footprint, Hold.BEING_WRITTEN)
        text = self._reader.read(self._archive.path(found), Depth.FRONT)
        reading = self._recogniser.read(known_of(found.path, text))
        goal = self._goal(reading)
        doubts = (*_broken(missing, text), *reading.doubts, *self._unsettled(reading, goal))
        sure = reading._replace(doubts=()).sure
        if not doubts and sure < self._threshold:
            doubts = (Reason.UNSURE,)
        return Proposal(
            path=shown(found.path),
            digest=digest,
            size=found.footprint.size,
            changed=found.footprint.mtime_ns,
            dated=dated(found, self._zone),
            goal=goal,
            sure=sure,
            doubts=tuple(dict.fromkeys(doubts)),
            is_draft=reading.is_draft,
            is_sure=goal.is_whole and not doubts and not reading.is_draft,
        )

    def _goal(self, reading: Reading) -> Goal:
        code, variant = reading.requirement.value, reading.variant.value
        key = f"{code}+{variant}" if variant else code
        entry = self._entries.get(key)
        return Goal(reading.office.value, key if entry else "", _period(reading, entry))

    def _unsettled(self, reading: Reading, goal: Goal) -> Iterator[Reason]:
        """What the register would ask, if the year were open."""
        if not goal.requirement and reading.requirement.value:
            yield Reason.NOT_OWED
        if not reading.years.value:
            yield Reason.NO_PERIOD
        elif any(not covers(reading.years.value, years) for years in _years_of_folders(reading)):
            yield Reason.SEVERAL_PERIODS
        if (
            goal.requirement
            and goal.period
            and not suits(self._entries[goal.requirement].every, Period.parse(goal.period))
        ):
            yield Reason.NOT_OWED if reading.part.value else Reason.NO_PERIOD


def _period(reading: Reading, entry: Entry | None) -> str:
    """As a person types it; where only the folders tell the year, that is the guess."""
    among = {years for years in _years_of_folders(reading) if not entry or suits(entry.every, Period.parse(years))}
    years = reading.years.value or (among.pop() if len(among) == 1 else "")
    part = reading.part.value
    return f"{years}-{part}" if part and len(years) == 4 else years


def _years_of_folders(reading: Reading) -> set[str]:
    return {one.value for one in reading.evidence if one.part is Part.YEARS and one.source is Source.FOLDER}


def _broken(missing: Fault | None, text: Text | Unreadable) -> Iterator[Doubt]:
    if missing:
        yield Hold(missing.value)
    elif isinstance(text, Unreadable) and text.why is not Why.NO_READER:
        yield text.why
