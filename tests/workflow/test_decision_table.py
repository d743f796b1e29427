"""Who may do what with a document, as it stands and as they stand to it, in one table: docs/decisions.md.

Where the rules have changed on purpose: `python -m tests.workflow.test_decision_table`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.workflow.conftest import NEWER_FILE
from tests.workflow.documents import DOCUMENTS, LATER, NOW, Document, Hands, World, world
from workflow import TRANSITIONS, Action, Actor, FindingState, Refusal, Refused, Role, Rule, Terms, judge
from workflow.transitions import is_in_window

TABLE = Path(__file__).parents[2] / "docs" / "decisions.md"
OFFICE, REVIEWER, APPROVER, BUREAU = Role.OFFICE, Role.REVIEWER, Role.APPROVER, Role.BUREAU
D, S, R, A = "draft", "submitted", "reviewed", "approved"
OPEN, ANSWERED, ACCEPTED = FindingState.OPEN, FindingState.ANSWERED, FindingState.ACCEPTED

# What the rules are held against, stated once more without them: from which state, and by which roles.
FROM: Mapping[Action, Mapping[str, tuple[Role, ...]]] = {
    Action.SAVE: {D: (OFFICE,)},
    Action.SUBMIT: {D: (OFFICE,), S: (OFFICE,), R: (OFFICE,)},
    Action.WITHDRAW: {S: (OFFICE,)},
    Action.REVIEW: {S: (REVIEWER,)},
    Action.APPROVE: {S: (APPROVER,), R: (APPROVER,)},
    Action.RETURN: {S: (REVIEWER,), R: (APPROVER,)},
    Action.REOPEN: {A: (APPROVER,)},
    Action.EXTEND: dict.fromkeys((D, S, R), (BUREAU,)),
    Action.DECLARE: {D: (BUREAU,)},
    Action.WAIVE: {D: (BUREAU,)},
    Action.REINSTATE: {D: (BUREAU,)},
    Action.ADMIT: dict.fromkeys((D, S, R), (BUREAU,)),
    Action.AMEND: dict.fromkeys((D, S, R), (BUREAU,)),
    Action.HAND_OVER: dict.fromkeys((D, S, R), (BUREAU,)),
    Action.TAKE: {S: (REVIEWER, APPROVER), R: (APPROVER,)},
    Action.ASSIGN: dict.fromkeys((D, S, R), (REVIEWER, APPROVER, BUREAU)),
    Action.COMMENT: dict.fromkeys((D, S, R, A), (OFFICE, REVIEWER, APPROVER, BUREAU, Role.LEADER)),
    Action.ANSWER: {D: (OFFICE,), S: (OFFICE,)},
    Action.ACCEPT: {S: (REVIEWER,), R: (APPROVER,)},
    Action.OPEN_AGAIN: {S: (REVIEWER,), R: (APPROVER,)},
}
OF_DUTY = {
    Action.DECLARE: {"conditional"},
    Action.WAIVE: {"owed", "conditional", "declared"},
    Action.REINSTATE: {"declared", "waived"},
}
OF_FINDING = {
    Action.ANSWER: {OPEN, ANSWERED},
    Action.ACCEPT: {OPEN, ANSWERED},
    Action.OPEN_AGAIN: {ANSWERED, ACCEPTED},
}
OTHER_EYES = {Action.REVIEW, Action.APPROVE, Action.TAKE, Action.ACCEPT, Action.OPEN_AGAIN}
IN_TIME = {Action.SUBMIT, Action.REVIEW, Action.APPROVE, Action.RETURN}
HAS_SUBMITTED = {Hands.SUBMITTED, Hands.BOTH, Hands.FOR_SUBMITTER}
HAS_REVIEWED = {Hands.REVIEWED, Hands.BOTH, Hands.FOR_REVIEWER, Hands.DECIDED}
FILING = {Hands.FILES, Hands.FILES_WRONGLY}


class Cell(NamedTuple):
    """One question: whether somebody of this role, who stands so to the document, may do that to it."""

    document: Document
    action: Action
    role: Role
    hands: Hands


CELLS = [Cell(*one) for one in product(DOCUMENTS, Action, Role, Hands)]


def expected(cell: Cell) -> Rule | None:
    """What the answer has to be, and of several the one that a person is told."""
    document, action, role, hands = cell
    if action is Action.UNDO:
        if document.last is None or hands is not Hands.DECIDED:
            return Rule.NOTHING_TO_UNDO
        return None if role in (document.last, Role.ADMINISTRATOR) else Rule.WRONG_ROLE
    who = {*FROM[action].get(document.state, ())}
    if not who or document.duty not in OF_DUTY.get(action, {document.duty}):
        return Rule.NOT_FROM_HERE
    if action is Action.APPROVE and document.state == S and document.needs_review:
        return Rule.NOT_YET_REVIEWED
    by_offices, is_filed = OFFICE in who, hands in FILING and OFFICE in who
    if is_filed:
        who = who - {OFFICE} | {REVIEWER, BUREAU}
    if role not in {*who, Role.ADMINISTRATOR}:
        return Rule.WRONG_ROLE
    is_elsewhere = role is OFFICE and hands in (Hands.OTHER_UNIT, Hands.NO_UNIT)
    if by_offices and (is_elsewhere or hands is Hands.FILES_WRONGLY):
        return Rule.OTHER_OFFICE
    if role is REVIEWER and hands is Hands.OTHER_UNIT and action is not Action.COMMENT:
        return Rule.OTHER_UNIT
    return expected_of_the_document(cell, is_filed=is_filed)


def expected_of_the_document(cell: Cell, *, is_filed: bool) -> Rule | None:
    """What stands in the way of whoever could do it otherwise."""
    document, action, role, hands = cell
    if action in OTHER_EYES and (hands in HAS_SUBMITTED or (document.state == R and hands in HAS_REVIEWED)):
        return Rule.OTHER_EYES
    if document.finding not in OF_FINDING.get(action, {document.finding}):
        return Rule.NO_SUCH_FINDING
    not_their_turn = APPROVER if document.needs_review else REVIEWER
    if action is Action.TAKE and document.state == S and role is not_their_turn:
        return Rule.WRONG_ROLE
    if action in (Action.TAKE, Action.ASSIGN) and document.holder and role in (REVIEWER, APPROVER):
        return None if hands is document.holder else Rule.HELD_BY_ANOTHER
    if action in (Action.REVIEW, Action.APPROVE) and document.finding == OPEN:
        return Rule.FINDINGS_OPEN
    if action is Action.APPROVE and document.is_wanting:
        return Rule.PREREQUISITE
    return Rule.OUTSIDE_WINDOW if action in IN_TIME and document.is_closed and not is_filed else None


def ruled(cell: Cell, there: World) -> Rule | None:
    """What the rules say before anything is tried."""
    seen, actor, on_behalf = (
        there.obligations[cell.document],
        there.people[cell.role, cell.hands],
        cell.hands.on_behalf,
    )
    if cell.action is Action.UNDO:
        refusal = there.register.why_not(Action.UNDO, seen, actor)
        return refusal.rule if refusal else None
    verdict = judge(seen, cell.action, actor, on_behalf=on_behalf)
    if isinstance(verdict, Refusal):
        return verdict.rule
    return None if is_in_window(verdict.row, seen, NOW, on_behalf=on_behalf) else Rule.OUTSIDE_WINDOW


class _TakenBack(Exception):
    """It was done; the transaction takes it back."""


def tried(cell: Cell, there: World) -> Rule | None:
    """What comes of it, when everything that it needs is handed in."""
    seen, action = there.obligations[cell.document], cell.action
    terms = {Action.AMEND: Terms(unit="bappeda"), Action.HAND_OVER: Terms(office="disdik")}
    person = there.people[cell.role, cell.hands]
    try:
        with there.register.writing():
            there.register.perform(
                *(action, seen, Actor(person.name, person.role, person.unit)),
                note="sesuai",
                findings=["Tabel 3.1 kosong"],
                content=NEWER_FILE if action in (Action.SAVE, Action.SUBMIT) else None,
                due=LATER if action is Action.EXTEND else None,
                on_behalf=cell.hands.on_behalf,
                terms=terms.get(action, Terms()),
                about=[1] if action in OF_FINDING else [],
                holder="wulan" if action is Action.ASSIGN else None,
            )
            raise _TakenBack
    except _TakenBack:
        return None
    except Refused as refused:
        return refused.refusal.rule


HEAD = """# Who may decide what

Every question that can be asked of the rules: a document as it stands, each action, each role, and how somebody
stands to the document. Each is allowed, or refused by the rule that is named; of {count:,} none is undecided. What an
action needs besides (a file, a note, findings, a date) is handed in here; the README says what that is. Where several
rules refuse, a person is told the first. An administrator may do what any role may, and the rule of other eyes holds
for them too.

How somebody stands to a document:

{ways}

*Unit* is the office of an office's people. Whoever acts for somebody has that one's role by a mandate. A role without
more is all of these.

Made by `python -m tests.workflow.test_decision_table`; a test compares it with the rules, and those with what
happens.
"""
Answered = Mapping[Cell, Rule | None]


def table(answers: Answered) -> str:
    return HEAD.format(count=len(CELLS), ways="\n".join(f"- {one.value}" for one in Hands)) + "".join(
        f"\n## {document.title[0].upper()}{document.title[1:]}\n\n| action | allowed to | refused |\n|---|---|---|\n"
        + "".join(f"| {row} |\n" for row in rows(document, answers))
        for document in DOCUMENTS
    )


def rows(document: Document, answers: Answered) -> Iterator[str]:
    """One for all actions that have the same answers."""
    told: dict[str, list[Action]] = {}
    for action in Action:
        found: dict[Rule | None, list[tuple[Role, Hands]]] = {}
        for role, hands in product(Role, Hands):
            found.setdefault(answers[Cell(document, action, role, hands)], []).append((role, hands))
        told.setdefault(answered(found), []).append(action)
    yield from (f"{', '.join(actions)} | {text}" for text, actions in told.items())


def answered(found: Mapping[Rule | None, Sequence[tuple[Role, Hands]]]) -> str:
    most = max((rule for rule in found if rule), key=lambda rule: len(found[rule]))
    refused = [f"{rule}: {people(found[rule])}" for rule in Rule if rule in found and rule is not most]
    everybody = "everybody else" if len(found) > 1 else "everybody"
    return f"{people(found.get(None, ())) or 'nobody'} | {'; '.join([*refused, f'{most}: {everybody}'])}"


def people(those: Sequence[tuple[Role, Hands]]) -> str:
    """Roles that stand to it in the same ways are told together, and a long list of ways by what is not in it."""
    ways = {role: frozenset(hands for _, hands in group) for role, group in groupby(those, key=lambda one: one[0])}
    by_ways: dict[frozenset[Hands], list[Role]] = {}
    for role, hands in ways.items():
        by_ways.setdefault(hands, []).append(role)
    return "; ".join(f"{', '.join(roles)}{told(hands)}" for hands, roles in by_ways.items())


def told(ways: frozenset[Hands]) -> str:
    rest = [one.value for one in Hands if one not in ways]
    if not rest:
        return ""
    listed = [one.value for one in Hands if one in ways]
    return f" (all but: {', '.join(rest)})" if len(rest) < len(listed) else f" ({', '.join(listed)})"


@pytest.fixture(scope="module")
def there() -> Iterator[World]:
    with world() as made:
        yield made


@pytest.fixture(scope="module")
def answers(there: World) -> Answered:
    return {cell: ruled(cell, there) for cell in CELLS}


def test_the_documents_stand_as_they_are_called(there: World) -> None:
    assert [
        (o.state, o.duty, o.needs_review, *o.findings, o.holder is not None, bool(o.wanting))
        for o in there.obligations.values()
    ] == [
        (
            one.state,
            one.duty,
            one.needs_review,
            *([one.finding] if one.finding else []),
            one.holder is not None,
            one.is_wanting,
        )
        for one in DOCUMENTS
    ]


def test_every_question_has_the_answer_that_is_stated_without_the_rules(answers: Answered) -> None:
    wrong = [(*cell, rule, expected(cell)) for cell, rule in answers.items() if rule is not expected(cell)]

    assert wrong == []


def test_what_is_told_before_is_what_happens(there: World, answers: Answered) -> None:
    """Of every eleventh question: eleven divides none of the lists that they are made from."""
    assert [cell for cell in CELLS[::11] if tried(cell, there) is not answers[cell]] == []


def test_every_row_of_the_rules_is_asked_for_and_allowed_to_somebody(answers: Answered) -> None:
    allowed = {(cell.document.state, cell.action) for cell, rule in answers.items() if rule is None}

    assert {one for one in allowed if one[1] is not Action.UNDO} == {(row.source, row.action) for row in TRANSITIONS}


def test_the_table_is_that_of_the_rules(answers: Answered) -> None:
    assert table(answers) == TABLE.read_text(encoding="utf-8")


if __name__ == "__main__":
    with world() as made:
        TABLE.write_text(table({cell: ruled(cell, made) for cell in CELLS}), encoding="utf-8")
