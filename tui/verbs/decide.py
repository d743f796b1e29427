"""`pantau review`, `approve`, `return` and the other moves, from the command line."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from tui.errors import UsageError
from tui.language import _
from tui.verbs import answer, session
from workflow import Action, Obligation


def run(options: Namespace) -> int:
    """Perform the move that the verb names, and print where the obligation stands then."""
    asked = session(options)
    seen = asked.register.obligation(options.id)
    _check_content(seen, options.content)
    moved = asked.register.perform(
        Action(options.verb),
        seen,
        asked.actor,
        note=options.note,
        findings=getattr(options, "findings", ()),
        due=_day(getattr(options, "due", None)),
    )
    return answer(asked, moved, options)


def _check_content(seen: Obligation, prefix: str) -> None:
    if not (seen.content or "").startswith(prefix.casefold()):
        sentence = _("The newest file of {id} is {content}, not {asked}. Nothing was changed; look again.")
        raise UsageError(sentence.format(id=seen.id, content=seen.content or "-", asked=prefix))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(_("{text} is not a date; write it like 2026-03-31.").format(text=text)) from None
