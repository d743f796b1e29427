"""What one person says of each item of the checklist, on the version that is shown."""

from __future__ import annotations

from collections.abc import Mapping

from tui import refusals
from tui.session import Session
from tui.workspace import now
from workflow import Action, Check, CheckItem, Checklists, InThePast, Mark, Obligation, Refusal, WorkflowError, judge

# Of what is not there, or does not apply, no page can be named.
ON_A_PAGE = (Mark.MEETS, Mark.NEEDS_REPAIR)
# The keys that a sentence tells of.
MARK_KEYS = {
    "meets": "review.meets",
    "repair": "review.repair",
    "lacks": "review.not_found",
    "other": "review.not_applicable",
}


class Ticks:
    """Kept at once; a newer version is ticked anew."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lists = Checklists(session.database, now)
        self.checks: Mapping[str, Check] = {}

    def read(self, o: Obligation) -> None:
        """Take in what stands there."""
        self.checks = self._lists.of(o, self._session.actor)

    def why_not(self, o: Obligation) -> str | None:
        """Why this person cannot fill in the checklist: it is for those who could send the document back."""
        if self._session.at:
            return refusals.error(InThePast(self._session.at))
        verdict = judge(o, Action.RETURN, self._session.register.acting(self._session.actor))
        return refusals.why(verdict, self._session.people) if isinstance(verdict, Refusal) else None

    def marked(self, item: CheckItem, mark: Mark, page: int) -> Check | None:
        """What a mark makes of what was said of an item; None takes it back, as the same mark again does."""
        was = self.checks.get(item.code)
        if was and was.mark is mark:
            return None
        kept = (was.page if was else 0) or page
        return Check(item.code, mark, kept if mark in ON_A_PAGE else 0, was.note if was else "")

    def keep(self, o: Obligation, item: CheckItem, check: Check | None) -> str | None:
        """Keep what is said of an item, None for nothing any more. Why that is not possible, where it is not."""
        if reason := self.why_not(o):
            return reason
        try:
            if check is None:
                self._lists.untick(o, self._session.actor, item.code)
            else:
                self._lists.tick(o, self._session.actor, item.code, check.mark, page=check.page, note=check.note)
        except WorkflowError as problem:
            return refusals.error(problem, self._session.people)
        self.read(o)
        return None

    def next_open(self, o: Obligation, item: CheckItem) -> CheckItem | None:
        """The next item of which nothing is said yet, coming round; None where something is said of all."""
        items = o.requirement.checklist
        place = items.index(item)
        return next((one for one in (*items[place:], *items[:place]) if one.code not in self.checks), None)
