"""Findings from the record that noted them to the one that accepted their repair, by the trail alone."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.findings import Finding
from workflow.obligations import Digest
from workflow.states import Action, FindingState
from workflow.trail import AuditRecord
from workflow.transitions import SPEAKS_OF

_SETTLING = (Action.REVIEW, Action.APPROVE)


class Following:
    """How the findings of one obligation stand after each of its records."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._contents: dict[int, Digest | None] = {}

    def could_say(self, record: AuditRecord) -> bool:
        """Whether a record speaks only of findings that it can speak of, and passes over none that is open."""
        if not all(1 <= number <= len(self.findings) for number in record.about):
            return False
        if record.action in SPEAKS_OF:
            among = SPEAKS_OF[record.action]
            return all(self.findings[number - 1].state in among for number in record.about)
        if record.action in _SETTLING:
            return all(one.state is not FindingState.OPEN for one in self.findings)
        return True

    def after(self, record: AuditRecord) -> None:
        """Take a record in."""
        self._contents[record.seq] = record.content
        match record.action:
            case Action.RETURN:
                self._note(record)
            case Action.UNDO:
                self._take_back(record)
            case Action.SUBMIT:
                self._compare(record)
            case Action.ANSWER if record.target != "draft":
                open_ones = [one for one in self._about(record) if one.state is FindingState.OPEN]
                self._move(open_ones, FindingState.ANSWERED, record)
            case Action.REVIEW | Action.APPROVE:
                # None of them is open, but in the records of before findings were followed.
                passed = [one for one in self.findings if one.state in SPEAKS_OF[Action.ACCEPT]]
                self._move(passed, FindingState.ACCEPTED, record)
            case Action.ACCEPT:
                self._move(self._about(record), FindingState.ACCEPTED, record)
            case Action.OPEN_AGAIN:
                self._move(self._about(record), FindingState.OPEN, record)

    @property
    def told(self) -> str:
        """As `standing` has them."""
        return " ".join(one.state for one in self.findings)

    def _note(self, record: AuditRecord) -> None:
        for number, defect in enumerate(record.findings, start=len(self.findings) + 1):
            self.findings.append(Finding(number, record.seq, FindingState.OPEN, record.seq, defect))

    def _compare(self, record: AuditRecord) -> None:
        """Other bytes answer what is open; those that a finding was noted in show it again, whatever came between."""
        newer = [one for one in self.findings if record.content != self._contents.get(one.changed)]
        as_found = {one.number for one in newer if record.content == self._contents.get(one.seq)}
        for one in newer:
            if one.state is FindingState.OPEN and one.number not in as_found:
                self._move([one], FindingState.ANSWERED, record)
            elif one.state is FindingState.ANSWERED and one.number in as_found:
                self._move([one], FindingState.OPEN, record)

    def _take_back(self, record: AuditRecord) -> None:
        """What a decision noted falls with it; what it accepted is as it was before."""
        fallen = [one for one in self.findings if one.seq in record.cancels and one.state is FindingState.OPEN]
        self._move(fallen, FindingState.FALLEN, record)
        settled = [
            one for one in self.findings if one.changed in record.cancels and one.state is FindingState.ACCEPTED
        ]
        self._move(settled, FindingState.ANSWERED, record)

    def _about(self, record: AuditRecord) -> list[Finding]:
        return [self.findings[number - 1] for number in record.about if 1 <= number <= len(self.findings)]

    def _move(self, those: Iterable[Finding], state: FindingState, record: AuditRecord) -> None:
        for one in those:
            self.findings[one.number - 1] = one._replace(state=state, changed=record.seq)


def moved_by(records: Iterable[AuditRecord]) -> dict[int, tuple[Finding, ...]]:
    """What each record of an obligation did: by its `seq`, the findings it noted or moved, as they stood after it."""
    following, moved = Following(), dict[int, tuple[Finding, ...]]()
    for record in records:
        before = tuple(following.findings)
        following.after(record)
        moved[record.seq] = tuple(one for one in following.findings if one not in before)
    return moved
