"""What a session keeps of what it has read, and when it reads again."""

from __future__ import annotations

from tests.tui.conftest import LKJIP, Elsewhere
from tui.session import Session
from workflow import Action


def test_obligations_are_read_once_and_again_after_anything_was_written(
    session: Session, elsewhere: Elsewhere
) -> None:
    first = session.obligations()
    assert session.obligations() is first

    sent = elsewhere.submit(LKJIP)
    by_another = session.obligations()
    assert sent in by_another
    assert session.obligations() is by_another

    passed_on = session.register.perform(Action.REVIEW, sent, session.actor)
    assert passed_on in session.obligations()


def test_those_of_another_year_are_others(session: Session) -> None:
    owed = session.obligations()
    session.workspace.open_year(2027)
    session.year = 2027
    assert {o.year for o in session.obligations()} > {2027}
    session.year = 2026
    assert session.obligations() == owed
