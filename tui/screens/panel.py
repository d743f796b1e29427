"""The panel beside a wide overview: the document under the cursor, its office, and how all stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo

from textual.content import Content

from tui import words
from tui.cells import Cell, Count, Letter, Sign, legend
from tui.grid import Grid, Row
from tui.language import _
from tui.screens import facts
from tui.screens.text import Part, hanging, line, lines
from workflow import Obligation

_HIGH = 46
# What the line of letters does without first.
_RARE = ((Letter.NOT_OWED,), (Sign.HELD,), (Sign.RENEWED,))


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


def office(row: Row, this: Count | None, today: date, width: int, room: int | None = None) -> Content:
    """How complete an office is, and what is open behind that, as much of it as there is room for, the oldest first.

    `this` is how the document under the cursor stands in all offices.
    """
    head = [line((row.office.name, "bold"))] if room is None else []
    head += [hanging("", (_complete(row.tally), "bold"), width), hanging("", (_letters(row.codes), "dim"), width)]
    if this and this.owed:
        head.append(hanging("", (_("This document: {told}").format(told=_complete(this)), "dim"), width))
    waiting = [(one, code) for one, code in zip(row.cells, row.codes, strict=True) if one and code and one.is_open]
    waiting.sort(key=lambda pair: pair[0].due or date.max)
    rows = [_open(one, code, today) for one, code in waiting]
    left = len(rows) if room is None else max(room - sum(_height(one) for one in head) - 1, 0)
    if len(rows) > left:
        more = _("and {n} more").format(n=words.number(len(rows) - max(left - 1, 0)))
        rows = [*rows[: max(left - 1, 0)], line((more, "dim"))]
    return lines([*head, line(), *rows])


def _complete(counted: Count) -> str:
    told = _("{approved} of {owed} approved ({percent}%)")
    return told.format(
        approved=words.number(counted.approved), owed=words.number(counted.owed), percent=counted.percent
    )


def _letters(codes: Iterable[Cell | None]) -> str:
    """How many there are of each letter but approved, and how many are late."""
    letters, late = _tally(codes)
    told = [
        f"{words.number(letters[code])} {meaning}"
        for code, meaning in legend()
        if letters[code] and code not in (Letter.APPROVED, Letter.NOT_OWED)
    ]
    return " · ".join([*told, *([_("{n} late").format(n=words.number(late))] if late else [])])


def _open(one: Obligation, code: Cell, today: date) -> Content:
    away = _("{n} d").format(n=words.number((one.due - today).days)) if one.due else ""
    due = f"{words.short_day(one.due)} {away:>7}" if one.due else ""
    return line((str(code), "bold" if code.letter.isupper() else ""), f" {words.short_title(one):<14} ", (due, "dim"))


def _tally(codes: Iterable[Cell | None]) -> tuple[Counter[str], int]:
    said = [code for code in codes if code]
    return Counter(str(code.letter) for code in said), sum(code.is_late for code in said)


def _height(content: Content) -> int:
    return content.plain.count("\n") + 1


def legend_line(width: int) -> Content:
    """The letters and their meaning on one line, the rarest left out where they do not all fit."""
    codes = legend()
    for rare in ((), *_RARE):
        codes = [(code, meaning) for code, meaning in codes if code not in rare]
        told = _joined(codes, "  ")
        if told.cell_length <= width:
            return told
    return _joined(codes, " ")


def _joined(codes: Sequence[tuple[str, str]], gap: str) -> Content:
    parts: list[Part] = [" "]
    for code, meaning in codes:
        parts += [(code, "bold" if code.isupper() else ""), (f" {meaning}{gap}", "dim")]
    return line(*parts).rstrip()


def summary(shown: Grid, height: int, *, is_all: bool) -> Content:
    """How all that is shown stands together, and what the letters mean; on a high terminal, what their case means."""
    return lines([*_summary(shown.codes(), is_all=is_all), *(_hints() if height >= _HIGH else ())])


def _summary(codes: Sequence[Cell], *, is_all: bool) -> Iterator[Content]:
    letters, late = _tally(codes)
    letters[Sign.LATE] = late
    letters.update(code.sign for code in codes if code.sign)
    percent = Count.of(codes).percent
    heading = _("All offices: {percent}% approved") if is_all else _("What is shown: {percent}% approved")
    yield line()
    yield line((heading.format(percent=percent), "bold"))
    for code, meaning in legend():
        number = words.number(letters[code])
        yield line((f"{code} ", "bold" if code.isupper() else ""), f"{meaning:<22}{number:>6}")


def _hints() -> Iterator[Content]:
    yield line()
    yield line((_("A capital letter is our turn, a small one is not. Reversed is late."), "dim"))
    yield line((_("A dash is not owed, or only once it is declared or something arrives for it."), "dim"))
