"""`pantau review`, `approve`, `return` and the other moves, from the command line: of one document or of several."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tui import as_json, moments, people, refusals, report
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import answer, session
from tui.workspace import now
from workflow import (
    Action,
    Actor,
    Checklists,
    Defect,
    Forbidden,
    Obligation,
    Refused,
    Requirement,
    Role,
    Stale,
    Unavailable,
    Unknown,
    WorkflowError,
    defects_of,
    likely,
    moved_by,
    unfit,
)

# Given to nobody is given back; every other verb has the name of its action.
_ACTIONS = {"release": Action.ASSIGN, "open-again": Action.OPEN_AGAIN}
_PAGE = re.compile(r"(?:^|\s|(?<=:))@(\d{1,5})\s*\Z", re.ASCII)
_NUMBERED = re.compile(r"[a-z-]+-\d+")


def run(options: Namespace) -> int:
    """Perform the move that the verb names, on each obligation by itself, and print where they stand then."""
    asked, names = session(options), list(dict.fromkeys(options.ids))
    action = _ACTIONS.get(options.verb) or Action(options.verb)
    holder = people.listed(options.to, asked.people) if options.to else None
    if len(names) > 1 and options.content:
        raise UsageError(_("--content is about one document; name only one with it."))
    due = moments.day(options.due) if options.due else None
    move = _Move(asked, options, action, due, holder)
    return _one(move, names[0]) if len(names) == 1 else _several(move, names)


class _Move(NamedTuple):
    """One action as it was typed, to be done with any obligation."""

    asked: Session
    options: Namespace
    action: Action
    due: date | None
    holder: Actor | None

    def of(self, name: str) -> Obligation:
        """Do it, and return the obligation as it stands then. Raises what forbids it."""
        register, actor = self.asked.register, self.asked.actor
        seen = register.obligation(name)
        _check_content(seen, self.options.content)
        if self.holder and register.why_not(self.action, seen, actor) is None:
            _check_holder(self.asked, seen, self.holder)
        return register.perform(
            self.action,
            seen,
            actor,
            note=self.options.note,
            findings=self._findings(seen),
            due=self.due,
            about=self.options.about,
            holder=self.holder.name if self.holder else self.options.to,
            on_behalf=_on_behalf(self.action, seen, actor),
        )

    def _findings(self, seen: Obligation) -> list[Defect]:
        if self.action is not Action.RETURN:
            return []
        typed = [_defect(text, seen.requirement) for text in self.options.findings]
        if self.options.without_checklist:
            return typed
        codes = {one.code for one in typed}
        ticked = Checklists(self.asked.database, now).of(seen, self.asked.actor)
        return [one for one in defects_of(seen.requirement, ticked.values()) if one.code not in codes] + typed


def _one(move: _Move, name: str) -> int:
    moved = move.of(name)
    answer(move.asked, moved, move.options)
    if not move.options.json:
        records = [one for one in move.asked.register.trail(moved.id) if one.seq <= moved.seq]
        for line in report.remarks(records[-1], moved_by(records)[records[-1].seq]):
            print(f"   {line}")
    return 0


def _several(move: _Move, names: Sequence[str]) -> int:
    done, refused = list[Obligation](), dict[str, WorkflowError]()
    for name in names:
        try:
            done.append(move.of(name))
        except (Refused, Stale, Forbidden, Unknown, Unavailable) as problem:
            refused[name] = problem
    asked, today = move.asked, move.asked.today()
    if move.options.json:
        told = [as_json.refused(name, why, refusals.error(why, asked.people)) for name, why in refused.items()]
        as_json.show({"done": [as_json.obligation(one, today) for one in done], "refused": told})
    else:
        for line in report.obligations(done, today):
            print(line)
        for why in refused.values():
            print(f"-  {refusals.error(why, asked.people)}")
        print(_("{done} done, {refused} refused.").format(done=len(done), refused=len(refused)))
    return 1 if refused else 0


def _check_holder(asked: Session, seen: Obligation, holder: Actor) -> None:
    if refusal := unfit(seen, asked.register.acting(holder)):
        raise Refused(refusal)


def _on_behalf(action: Action, seen: Obligation, actor: Actor) -> str:
    """Who is not of the office answers for it, and the trail names both."""
    is_for_office = action is Action.ANSWER and all(one.role is not Role.OFFICE for one in actor.each())
    return seen.office.code if is_for_office else ""


def _defect(text: str, requirement: Requirement) -> Defect:
    """What `--finding` says: `TEXT`, `CODE:TEXT` of an item of the checklist, either with `@PAGE` at its end.

    Words before a colon that are no item's code are words. Raises Unknown for what is numbered like one.
    """
    found = _PAGE.search(text)
    said, page = (text[: found.start()], int(found[1])) if found else (text, 0)
    head, colon, rest = said.partition(":")
    items, code = {item.code: item for item in requirement.checklist}, head.strip().casefold()
    if colon and code in items:
        return Defect(": ".join(filter(None, (items[code].text, rest.strip()))), code, page)
    if colon and _NUMBERED.fullmatch(code):
        raise Unknown("check", code, likely(code, items))
    return Defect(said, "", page)


def _check_content(seen: Obligation, prefix: str) -> None:
    if not (seen.content or "").startswith(prefix.casefold()):
        sentence = _("The newest file of {id} is {content}, not {asked}. Nothing was changed; look again.")
        raise UsageError(sentence.format(id=seen.id, content=seen.content or "-", asked=prefix))
