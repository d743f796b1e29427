"""What `pantau status` and `pantau due` say: lines for a terminal, for a phone and for a pipe, and what JSON says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tui.figures import day, number, span
from tui.language import _, language, many
from tui.layout import aligned, folded, is_narrow, on_a_phone, terminal_columns
from workflow import documents, due_until, overdue, percent, period_span, tally

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from typing import Any

    from workflow import Database, Row, Tally

_FAMILIES = ("SAKIP", "RB", "ZI")


class Inboxes:
    """What is known of the inboxes: how much waits to be placed, whether somebody watches, which are away.

    The last two are None where it is not now that is told of; the name of the main inbox is nothing.
    """

    def __init__(self, to_place: int, is_watched: bool | None, away: list[str] | None) -> None:
        self.to_place = to_place
        self.is_watched = is_watched
        self.away = away


class View:
    """What somebody sees: the database, the document year, the day, and the only office whose documents they may see.

    `inboxes` is asked where they are told of. `at` is the moment that is looked back to, `then` the same in words.
    """

    def __init__(
        self,
        database: Database,
        region: str,
        year: int,
        today: date,
        within: str | None,
        inboxes: Callable[[], Inboxes],
        at: object = None,
        then: str = "",
    ) -> None:
        self.database = database
        self.region = region
        self.year = year
        self.today = today
        self.within = within
        self.inboxes = inboxes
        self.at = at
        self.then = then


class Told:
    """What a question is answered with: lines for people, what JSON says, and whether anything is late."""

    def __init__(self, parts: list[str], items: list[tuple[str, ...]], known: dict[str, Any], is_late: bool) -> None:
        self.parts = parts
        self.items = items
        self.known = known
        self.is_late = is_late

    def lines(self, columns: int | None) -> Iterator[str]:
        """For a terminal so wide, or for a pipe where that is None: there each line stays one."""
        if is_narrow(columns):
            yield from (line for part in self.parts for line in folded(part, 2))
            yield from on_a_phone(self.items)
            return
        yield " · ".join(self.parts)
        yield from aligned(self.items)


def region(view: View, *, is_late: bool) -> Told:
    """The truth in one line, of the region or of the only office that is seen; what is late below it, if asked."""
    today = view.today.isoformat()
    found, inboxes = tally(view.database, view.year, today, view.within), view.inboxes()
    name = office_name(view.database, view.within) if view.within else view.region
    title = f"{name} {view.year}" + (f", {view.then}" if view.then else "")
    late = overdue(view.database, view.year, today, view.within) if is_late else []
    parts = summary(title, found)
    if inboxes.to_place:
        arrivals = many("{n} arrival to place", "{n} arrivals to place", inboxes.to_place)
        parts.append(arrivals.format(n=inboxes.to_place))
    parts += [_("inbox {name} is away").format(name=one or "inbox") for one in inboxes.away or ()]
    if inboxes.is_watched is not None:
        parts.append(_("watcher runs") if inboxes.is_watched else _("no watcher runs"))
    known = {"region": view.region, "year": view.year, **_counts(found), "quarantine": inboxes.to_place}
    known |= {"as_at": view.at, "watcher": inboxes.is_watched, "away": inboxes.away}
    if is_late:
        known["overdue"] = [_document(row, view.today) for row in late]
    items = [_late_line(row, view.today, with_office=view.within is None) for row in late]
    return Told(parts, items, known, bool(found.late))


def office(view: View, code: str, *, is_late: bool) -> Told:
    """How an office stands, and its documents, or only those that are late."""
    today, name = view.today.isoformat(), office_name(view.database, code)
    found = tally(view.database, view.year, today, code)
    known = {"office": code, "name": name, **_counts(found)}
    if is_late:
        late = overdue(view.database, view.year, today, code)
        known["overdue"] = [_document(row, view.today) for row in late]
        items = [_late_line(row, view.today, with_office=False) for row in late]
    else:
        items = [_line(row, view.today) for row in documents(view.database, view.year, code)]
    return Told([*summary(name, found), *([view.then] if view.then else [])], items, known, bool(found.late))


def due(view: View, days: int) -> tuple[list[str], list[dict[str, Any]]]:
    """What is due within so many days and was not handed in: lines, the offices one below the other, and for JSON."""
    until = date.fromordinal(view.today.toordinal() + days)
    found: dict[str, list[Row]] = {}
    for row in due_until(view.database, view.today.isoformat(), until.isoformat(), view.within):
        found.setdefault(row["office"], []).append(row)
    columns = terminal_columns()
    lines, known = list[str](), []
    for code, rows in found.items():
        told = Told([rows[0]["office_name"]], [_due_line(row, view.today) for row in rows], {}, is_late=False)
        lines += told.lines(columns)
        items = [_document(row, view.today) for row in rows]
        known.append({"office": code, "name": rows[0]["office_name"], "documents": items})
    return lines, known


def summary(title: str, found: Tally) -> list[str]:
    """The truth in parts: how much is approved, what waits for whom, what is late, and how far each family is."""
    if not found.owed:
        return [_("{title}: nothing is owed").format(title=title)]
    done = _("{title}: {approved} of {owed} approved ({percent}%)")
    parts = [
        done.format(
            title=title,
            approved=number(found.approved),
            owed=number(found.owed),
            percent=found.percent,
        )
    ]
    ours = many("{n} waits for the bureau", "{n} wait for the bureau", found.ours).format(n=number(found.ours))
    units = [(unit or _("reviewer"), count) for unit, count in sorted(found.units.items())]
    waiting = [*units, *([(_("approver"), found.approvers)] if found.approvers else [])]
    whose = ", ".join(f"{who} {number(count)}" for who, count in waiting)
    parts.append(f"{ours} ({whose})" if whose else ours)
    if found.offices:
        theirs = many("{n} waits for its office", "{n} wait for their offices", found.offices)
        parts.append(theirs.format(n=number(found.offices)))
    parts.append(_("{n} late").format(n=number(found.late)))
    parts.append(", ".join(f"{name} {percent(*found.families[name])}%" for name in _in_order(found)))
    return parts


def office_name(database: Database, code: str) -> str:
    """What an office is called."""
    row = database.row("SELECT name FROM office WHERE code = ?", code)
    return str(row[0]) if row else code


def _in_order(found: Tally) -> list[str]:
    return sorted(found.families, key=lambda one: _FAMILIES.index(one) if one in _FAMILIES else len(_FAMILIES))


def _counts(found: Tally) -> dict[str, Any]:
    families = {name: found.families[name] for name in _in_order(found)}
    return {
        "owed": found.owed,
        "approved": found.approved,
        "ours": found.ours,
        "late": found.late,
        "percent": found.percent,
        "families": {
            name: {"owed": owed, "approved": approved, "percent": percent(approved, owed)}
            for name, (approved, owed) in families.items()
        },
        "waiting": {"offices": found.offices, "units": found.units, "approvers": found.approvers},
    }


def _document(row: Row, today: date) -> dict[str, Any]:
    """`days` are those since it was due, below zero those that are left."""
    names = ("id", "office", "requirement", "period", "state", "due", "turn", "unit")
    return {**{name: row[name] for name in names}, "days": (today - date.fromisoformat(row["due"])).days}


def _line(row: Row, today: date) -> tuple[str, ...]:
    due = day(date.fromisoformat(row["due"])) if row["due"] else ""
    return _code(row, today), _title(row), _standing(row), due, row["id"]


def _late_line(row: Row, today: date, *, with_office: bool) -> tuple[str, ...]:
    days = (today - date.fromisoformat(row["due"])).days
    late = many("{n} day late", "{n} days late", days).format(n=number(days))
    office = [row["office_name"]] if with_office else []
    return _code(row, today), _title(row), *office, late, _turn(row), row["id"]


def _due_line(row: Row, today: date) -> tuple[str, ...]:
    when = date.fromisoformat(row["due"])
    return _code(row, today), _title(row), _left((when - today).days), day(when), row["id"]


def _left(days: int) -> str:
    if days < 0:
        return many("{n} day of grace used", "{n} days of grace used", -days).format(n=number(-days))
    return many("{n} day left", "{n} days left", days).format(n=number(days)) if days else _("due today")


def _code(row: Row, today: date) -> str:
    is_late = row["late_after"] != "" and row["late_after"] < today.isoformat()
    return f"{row['letter']}{'!' if is_late else ' '}"


def _title(row: Row) -> str:
    return f"{row['name'] if language() == 'id' else row['name_en']} {span(*period_span(row['period']))}"


def _turn(row: Row) -> str:
    match row["turn"]:
        case "office":
            return _("office")
        case "reviewer":
            return str(row["unit"] or _("reviewer"))
        case _:
            return _("approver")


def _standing(row: Row) -> str:
    match row["letter"]:
        case "-":
            return _("waived") if row["is_waived"] else _("not owed yet")
        case "·":
            return _("missing")
        case "d":
            return _("draft")
        case "k":
            return _("returned")
        case "A":
            return _("submitted")
        case "T":
            return _("reviewed")
        case _:
            return _("approved")
