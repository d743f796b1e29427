"""What stands beside the letter of a document: that it has come anew, or that something in quarantine may be it."""

from __future__ import annotations

from collections.abc import Mapping

from tui.cells import Sign
from tui.session import Session
from tui.workspace import now
from workflow import ObligationId, Sightings


def signs(asked: Session) -> Mapping[ObligationId, Sign]:
    """Of all documents at once. What may be in quarantine is only what is guessed first: others would be noise."""
    renewed = Sightings(asked.database, now).renewed(asked.actor)
    guessed = (one.guesses[0] for one in asked.quarantine.waiting() if one.guesses)
    return dict.fromkeys(renewed, Sign.RENEWED) | dict.fromkeys(guessed, Sign.HELD)
