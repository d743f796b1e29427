"""What is done with what waits besides placing it: turning it away, and asking again where all of it belongs."""

from __future__ import annotations

from pathlib import Path

from inbox import Lesson
from tui import refusals
from tui.language import _
from tui.session import Session
from tui.workspace import now
from workflow import InThePast, Power, Spellings, permits, plain


def why_not(session: Session, power: Power) -> str | None:
    """Why this person lacks a power that it needs, or nobody has it; None when they have it."""
    if session.at:
        return refusals.error(InThePast(session.at))
    rule = permits(session.actor, power)
    return refusals.forbidden(session.actor, power, rule) if rule else None


def turn_away(session: Session, arrival: int, note: str) -> Path:
    """Put it back where its sender finds it, with the note beside it, and return that place.

    Raises Unknown, Forbidden or OSError, and changes nothing then.
    """
    letter = _("This file was not accepted.\n\n{note}\n\n{actor}\n").format(note=note, actor=session.actor.name)
    inbox = session.workspace.inbox
    return session.quarantine.turn_away(arrival, session.actor, inbox, session.contents, letter)


def turned_away(place: Path) -> str:
    """Where it is now."""
    return _("Back in {folder}, with the note beside it.").format(folder=plain(str(place.parent)))


def retry(session: Session) -> dict[int, str]:
    """Ask again where each that waits belongs, and file what is sure by now. Raises Forbidden."""
    return {**session.quarantine.retry(session.actor, session.workspace.settings.confidence)}


def remember(session: Session, learned: Lesson) -> str:
    """Know a word in file names from now on, and say so. Raises AlreadyMeans or Forbidden."""
    told = Spellings(session.database, now).remember(*learned, session.actor)
    return _("“{words}” means {means} from now on.").format(words=told.words, means=told.means)


def retried(session: Session, found: int) -> str:
    """How many have found their place."""
    told = _("{found} of them found their place, {left} still wait.")
    return told.format(found=found, left=session.quarantine.count())
