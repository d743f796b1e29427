"""What is tried on several obligations at once, each judged by itself, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui import refusals, words
from tui.language import _, many
from tui.refusals import People
from tui.screens.keymap import press
from tui.screens.messages import DecideAll
from tui.session import Session
from workflow import Action, Defect, Obligation, Refusal, Unavailable, WorkflowError

UNDONE = (Action.REVIEW, Action.APPROVE, Action.RETURN)


class Reckoning(NamedTuple):
    """What of several obligations could be done, and what would be refused, before any of it is tried."""

    possible: tuple[Obligation, ...]
    refused: tuple[Refusal, ...]

    @classmethod
    def of(cls, judged: Iterable[tuple[Obligation, Refusal | None]]) -> Reckoning:
        """From what the rules say of each."""
        each = tuple(judged)
        return cls(tuple(one for one, refusal in each if refusal is None), tuple(r for _one, r in each if r))


class Attempt(NamedTuple):
    """What somebody wants to do to all of them; `holder` is to whom they are given, "" to nobody."""

    action: Action
    reckoning: Reckoning
    findings: tuple[str | Defect, ...] = ()
    holder: str | None = None


class Outcome(NamedTuple):
    """What was done, and for each that was refused the sentence that says which and why."""

    done: tuple[Obligation, ...]
    refused: tuple[str, ...]


def decided(asked: DecideAll, session: Session) -> Outcome:
    """Do it to each by itself; a database that cannot be reached is not asked for the rest."""
    perform, actor, people = session.register.perform, session.actor, session.people
    done, refused = list[Obligation](), list[str]()
    for place, one in enumerate(asked.obligations):
        try:
            done.append(perform(asked.action, one, actor, findings=asked.findings, holder=asked.holder))
        except Unavailable as problem:
            left = asked.obligations[place:]
            refused += [f"{words.title(other)}: {refusals.error(problem, people)}" for other in left]
            break
        except WorkflowError as problem:
            refused.append(refusals.error(problem, people))
    return Outcome(tuple(done), tuple(refused))


def question(attempt: Attempt) -> tuple[str, str]:
    """The question, and the answer yes."""
    match attempt.action:
        case Action.APPROVE:
            return _("Approve?"), _("yes, approve")
        case Action.RETURN:
            return _("Send back?"), _("yes, send back")
        case Action.TAKE:
            return _("Take?"), _("yes, take")
        case Action.ASSIGN if attempt.holder:
            return _("Give to {name}?").format(name=attempt.holder), _("yes, give")
        case Action.ASSIGN:
            return _("Let go?"), _("yes, let go")
        case _:
            return _("Pass on?"), _("yes, pass on")


def consequence(action: Action) -> str:
    """What follows from it."""
    if action in UNDONE:
        return _("You can undo it for five minutes: u takes all of them back at once.")
    return _("Nothing is decided by it, and it can be given to another.")


def counted(reckoning: Reckoning) -> str:
    """How many it is about."""
    possible = len(reckoning.possible)
    marked = possible + len(reckoning.refused)
    return many("{n} of {marked} marked document", "{n} of {marked} marked documents", marked).format(
        n=words.number(possible), marked=words.number(marked)
    )


def held(those: Sequence[Obligation], name: str) -> Iterator[str]:
    """Which of them somebody else than the one of this name has taken: a warning, not a refusal."""
    for one in those:
        if one.holder not in (None, name):
            yield _("{name} is at work on {title}.").format(name=one.holder, title=words.title(one))


def reasons(refused: Sequence[Refusal], people: People) -> Iterator[str]:
    """Why some would be refused: each reason once, with how many it is about."""
    count = len(refused)
    would = many("{n} would be refused, and stays marked:", "{n} would be refused, and stay marked:", count)
    if refused:
        yield would.format(n=words.number(count))
    alike: dict[str, int] = {}
    for one in refused:
        told = refusals.why(one, people)
        alike[told] = alike.get(told, 0) + 1
    for told, times in sorted(alike.items(), key=lambda item: -item[1]):
        yield f"{words.number(times)} × {told}"


def done(action: Action, holder: str | None, those: Sequence[Obligation]) -> str:
    """What was done, to how many or to which; nothing where nothing was."""
    if not those:
        return ""
    what = words.title(those[0]) if len(those) == 1 else _("{n} documents").format(n=words.number(len(those)))
    if action is Action.ASSIGN:
        result = _("given to {name}").format(name=holder) if holder else _("released")
    else:
        result = words.done(action)
    told = _("{what}: {done}. Press {key} to undo.") if action in UNDONE else _("{what}: {done}.")
    return told.format(what=what, done=result, key=press("everywhere.undo"))
