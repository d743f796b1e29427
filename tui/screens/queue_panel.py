"""The panel beside a wide queue: the document under the cursor with its findings, and who holds how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from textual.content import Content

from tui import queues
from tui.language import _
from tui.screens import panel, repairs
from tui.screens.submission import Submission
from tui.screens.text import hanging, line, lines


def beside(
    submission: Submission | None, loads: Sequence[queues.Carried], today: date, zone: tzinfo, width: int
) -> Content:
    """What waits under the cursor, what was found in it, and what each person holds."""
    return lines([*(_waiting(submission, today, zone, width) if submission else ()), *_loads(loads, width)])


def _waiting(submission: Submission, today: date, zone: tzinfo, width: int) -> Iterator[Content]:
    o = submission.obligation
    yield panel.chosen(o, today, zone, width)
    yield hanging((_("held by") + " ", "dim"), o.holder or _("nobody"), width)
    yield line()
    if submission.findings:
        yield line((_("Findings"), "bold"))
        yield from repairs.listed(submission._replace(last_seen=o.seq), zone, width)


def _loads(loads: Sequence[queues.Carried], width: int) -> Iterator[Content]:
    yield line((_("Who holds how much"), "bold"))
    for one in loads:
        name, _role, *held = filter(None, queues.load(one))
        yield hanging(f"{name}  ", (", ".join(held), "" if one.held else "dim"), width)
