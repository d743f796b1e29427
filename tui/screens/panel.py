"""The panel beside a wide view: the document under the cursor, how all stand together, and who holds how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from textual.content import Content

from tui import queues, words
from tui.cells import Letter, cell, count, legend
from tui.language import _
from tui.screens import facts, repairs
from tui.screens.submission import Submission
from tui.screens.text import Part, hanging, line, lines
from workflow import Obligation


def chosen(o: Obligation | None, today: date, zone: tzinfo, width: int) -> Content:
    """The cell under the cursor."""
    if o is None:
        return line((_("No document here."), "dim"))
    return lines(
        [
            hanging("", (o.office.name, "bold"), width),
            hanging("", facts.name(o), width),
            line(*facts.standing(o, today)),
            hanging((_("due "), "dim"), facts.due(o, today), width),
            hanging((_("next "), "dim"), facts.turn(o), width),
            hanging((_("last "), "dim"), facts.last_move(o, zone), width),
        ]
    )


def waiting(
    submission: Submission | None, loads: Sequence[queues.Carried], today: date, zone: tzinfo, width: int
) -> Content:
    """What waits under the cursor, what was found in it, and what each person holds."""
    return lines([*(_waiting(submission, today, zone, width) if submission else ()), *_loads(loads, width)])


def _waiting(submission: Submission, today: date, zone: tzinfo, width: int) -> Iterator[Content]:
    o = submission.obligation
    yield chosen(o, today, zone, width)
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


def legend_line(width: int) -> Content:
    """The letters and their meaning on one line, the rarest left out where they do not all fit."""
    codes = legend()
    common = [(code, meaning) for code, meaning in codes if code != Letter.NOT_OWED]
    attempts = (_joined(codes, "  "), _joined(common, "  "), _joined(common, " "))
    return next((one for one in attempts if one.cell_length <= width), attempts[-1])


def _joined(codes: Sequence[tuple[str, str]], gap: str) -> Content:
    parts: list[Part] = [" "]
    for code, meaning in codes:
        parts += [(code, "bold" if code.isupper() else ""), (f" {meaning}{gap}", "dim")]
    return line(*parts).rstrip()


def summary(everything: Sequence[Obligation], today: date) -> Content:
    """How all stand together, and what the letters mean."""
    return lines(_summary(everything, today))


def _summary(items: Sequence[Obligation], today: date) -> Iterator[Content]:
    total, letters = count(items, today), Counter(str(cell(o, today).letter) for o in items)
    letters["!"] = total.late
    yield line((_("All offices: {percent}% approved").format(percent=total.percent), "bold"))
    for code, meaning in legend():
        number = words.number(letters[code])
        yield line((f"{code} ", "bold" if code.isupper() else ""), f"{meaning:<18}{number:>6}")
    yield line()
    yield line((_("A capital letter is our turn, a small one is not. Reversed is late."), "dim"))
    if letters[Letter.NOT_OWED]:
        yield line((_("A dash is not owed, or only once it is declared or something arrives for it."), "dim"))
