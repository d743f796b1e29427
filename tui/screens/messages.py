"""What a view asks the application to do, so that it is done even when the view is gone by then."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from inbox import Held, Lesson
from workflow import Action, Obligation


@dataclass
class Decide(Message):
    """Decide on an obligation as it was shown."""

    action: Action
    obligation: Obligation
    findings: tuple[str, ...] = ()


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
class Remember(Message):
    """Know a word in file names from now on."""

    lesson: Lesson
