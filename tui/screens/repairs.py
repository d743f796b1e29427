"""What was found in a document, and how its repair stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from textual.content import Content

from tui import findings, words
from tui.language import _, many
from tui.screens.submission import Submission
from tui.screens.text import hanging, line
from workflow import Action, Finding, FindingState

_SIGNS = {
    FindingState.OPEN: "!",
    FindingState.ANSWERED: "?",
    FindingState.ACCEPTED: "+",
    FindingState.FALLEN: "-",
}


def in_order(those: Sequence[Finding]) -> list[Finding]:
    """Those that somebody has to act on first."""
    return sorted(those, key=lambda one: (is_settled(one), one.number))


def is_settled(finding: Finding) -> bool:
    """Whether nobody has to act on it any more."""
    return finding.state in (FindingState.ACCEPTED, FindingState.FALLEN)


def sign(finding: Finding) -> str:
    """`! 3 `: a sign for where it stands, and its number."""
    return f"{_SIGNS[finding.state]} {finding.number} "


def told(submission: Submission, finding: Finding) -> str:
    """What is to be repaired, and how that stands: answered by which version, opened again."""
    moved = next((one for one in submission.trail if one.seq == finding.changed), None)
    if finding.state is FindingState.ANSWERED and moved and moved.content:
        standing = _("answered by version {n}").format(n=submission.version(moved.content))
    elif finding.state is FindingState.OPEN and moved and moved.action is Action.OPEN_AGAIN:
        standing = _("opened again")
    else:
        standing = words.finding_state(finding.state)
    return f"{fault(submission, finding)} · {standing}"


def fault(submission: Submission, finding: Finding) -> str:
    """What is to be repaired, and where."""
    return findings.fault(finding.defect, findings.noted_with(finding, submission.trail))


def listed(submission: Submission, zone: tzinfo, width: int) -> Iterator[Content]:
    """All findings with their history, as lines; nothing where there are none."""
    for finding, since in findings.histories(in_order(submission.findings), submission.trail):
        style = "dim" if is_settled(finding) else ""
        yield hanging((sign(finding), "bold"), (told(submission, finding), style), width)
        for one in since:
            yield hanging((f"  {submission.star(one)} ", "bold"), findings.said(one, zone), width)
    if submission.findings:
        yield line()


def accepting(those: Sequence[Finding]) -> str:
    """What passing on says of the answered ones; nothing where there are none."""
    answered = [one for one in those if one.state is FindingState.ANSWERED]
    sentence = many(
        "The repair of finding {numbers} is accepted with it.",
        "The repair of findings {numbers} is accepted with it.",
        len(answered),
    )
    return sentence.format(numbers=_numbers(answered)) if answered else ""


def taken_back(before: Sequence[Finding], after: Sequence[Finding]) -> str:
    """What an undone decision took with it; nothing where no finding moved."""
    moved = [now for was, now in zip(before, after, strict=True) if now != was]
    fallen = [one for one in moved if one.state is FindingState.FALLEN]
    again = [one for one in moved if one.state is FindingState.ANSWERED]
    fell = many("Finding {numbers} fell with it.", "Findings {numbers} fell with it.", len(fallen))
    not_accepted = many(
        "The repair of finding {numbers} is not accepted any more.",
        "The repair of findings {numbers} is not accepted any more.",
        len(again),
    )
    said = ((fell, fallen), (not_accepted, again))
    return " ".join(sentence.format(numbers=_numbers(those)) for sentence, those in said if those)


def _numbers(those: Sequence[Finding]) -> str:
    return ", ".join(str(one.number) for one in those)
