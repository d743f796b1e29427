"""What a view asks the application to do, so that it is done even when the view is gone by then."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from inbox import Held, Lesson
from workflow import Action, Defect, Obligation


@dataclass
class Decide(Message):
    """Decide on an obligation as it was shown."""

    action: Action
    obligation: Obligation
    findings: tuple[Defect, ...] = ()


@dataclass
class Note(Message):
    """Put a record beside the decisions: a comment, an answer, a repair accepted or not, who has taken it."""

    action: Action
    obligation: Obligation
    note: str = ""
    about: tuple[int, ...] = ()
    holder: str | None = None


@dataclass
class DecideAll(Message):
    """Do the same to several obligations as each was when it was marked, each by itself."""

    action: Action
    obligations: tuple[Obligation, ...]
    findings: tuple[str | Defect, ...] = ()
    holder: str | None = None


@dataclass
class Undo(Message):
    """Take back the last decision made here, or else the last on the obligation that is shown."""

    shown: Obligation | None


@dataclass
class Place(Message):
    """File what waits in quarantine for an obligation as it was shown."""

    held: Held
    obligation: Obligation


@dataclass
class TurnAway(Message):
    """Give what waits in quarantine back to its sender, with a note."""

    held: Held
    note: str


@dataclass
class Retry(Message):
    """Ask again where everything belongs that waits in quarantine."""


@dataclass
class Remember(Message):
    """Know a word in file names from now on."""

    lesson: Lesson
