"""What is searched for and what was found, in words: for the verb and the screen alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, assert_never

from tui import cells, report, words
from tui.language import _, language, many
from workflow import FIELDS, DueBy, Field, FindingState, Kind, Query, Slip, State, Trait

if TYPE_CHECKING:
    from inbox import Behind, Found, Hit

_FEW = 4


def kind(value: Kind) -> str:
    """What is found there."""
    match value:
        case Kind.DOCUMENT:
            return _("Documents")
        case Kind.PAGE:
            return _("Pages")
        case Kind.NOTE:
            return _("Notes")
        case Kind.FINDING:
            return _("Findings")
        case Kind.FILE:
            return _("File names")
        case _:
            assert_never(value)


def heading(value: Kind, found: Found) -> str:
    """A kind, and how much of it was found: `Pages 12`, or `Pages 200+`."""
    return f"{kind(value)} {words.number(found.counts[value])}{'+' if value in found.more else ''}"


def count(found: Found) -> str:
    """How much was found, as a number: `12`, `200+`."""
    return f"{words.number(found.total)}{'+' if found.more else ''}"


def total(found: Found) -> str:
    """How much was found, of all kinds."""
    return many("{n} result", "{n} results", found.total).format(n=count(found))


def tally(found: Found, seconds: float) -> str:
    """How much was found, and how long that took."""
    return _("{results} · {ms} ms").format(results=total(found), ms=words.number(seconds * 1000))


def row(hit: Hit, today: date, zone: tzinfo, width: int) -> tuple[str, str, str, str]:
    """How it stands, which document, of which office in so many columns, and where in it or when."""
    o = hit.obligation
    if o is None:
        return "", _("in quarantine"), "", _place(hit, zone)
    return str(cells.cell(o, today)), words.short_title(o), report.office_name(o.office, width), _place(hit, zone)


def _place(hit: Hit, zone: tzinfo) -> str:
    """`p. 3`, and which version where a newer one stands; who said it and on which day; or when it is due."""
    match hit.kind:
        case Kind.DOCUMENT:
            return f"{words.short_day(hit.obligation.due)}" if hit.obligation and hit.obligation.due else ""
        case Kind.PAGE:
            page = _("p. {numbers}").format(numbers=hit.page)
            return page if hit.is_current or not hit.version else f"{page} v{hit.version}/{hit.versions}"
        case Kind.NOTE | Kind.FINDING:
            day = words.short_day(datetime.fromisoformat(hit.at).astimezone(zone)).strip() if hit.at else ""
            return f"{hit.actor} {day}".strip()
        case Kind.FILE:
            return ""
        case _:
            assert_never(hit.kind)


def says(hit: Hit) -> str:
    """What an excerpt cannot say: what a document is called and how it stands, how a finding stands."""
    o = hit.obligation
    if hit.kind is Kind.DOCUMENT and o is not None:
        return f"{words.document(o.requirement)} {words.period(o.period)} · {words.standing(o)}"
    if hit.kind is Kind.FINDING and o is not None and 0 < hit.number <= len(o.findings):
        state: FindingState = o.findings[hit.number - 1]
        return f"{words.finding_state(state)} · "
    return ""


def lines(found: Found, today: date, zone: tzinfo) -> Iterator[str]:
    """All that was found, kind by kind, one line each."""
    for one, hits in found.hits.items():
        if not hits:
            continue
        yield heading(one, found)
        rows = [(*row(hit, today, zone, report.NAME_WIDTH), _id(hit), _said(hit)) for hit in hits]
        for told in report.table(rows):
            yield f"  {told}"


def _id(hit: Hit) -> str:
    return hit.obligation.id if hit.obligation else ""


def _said(hit: Hit) -> str:
    return says(hit) + "".join(span.text for span in hit.said)


def slip(one: Slip) -> str:
    """What was not understood, and what could have been meant."""
    if one.field is None:
        told = _("There is no filter {filter}:, so its words were looked for. Did you mean {nearest}?")
        return told.format(filter=one.typed, nearest=_either(one.nearest))
    told = _("{filter}: cannot be “{value}”, so nothing is found.")
    return f"{told.format(filter=_filter_name(one.field), value=one.typed)} {_remedy(one)}".rstrip()


def _filter_name(field: Field) -> str:
    """What the filter is called in the language that is spoken, as one types it."""
    return next(name for name, meant in FIELDS[language()].items() if meant is field)


def _remedy(one: Slip) -> str:
    match one.field:
        case Field.DUE:
            return _("Write a day, a month or a year, such as 2026-03-31 or <2026-03, or 14d.")
        case Field.YEAR:
            return _("Write a year, such as 2026.")
        case _ if one.nearest:
            return _("Did you mean {nearest}?").format(nearest=_either(one.nearest))
        case _:
            return _("Tab shows what it can be.")


def _either(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def holding(query: Query) -> str:
    """Which filters hold: `state: approved, reviewed · not late`."""
    return " · ".join(
        (_("not {what}") if one.is_not else "{what}").format(what=_filter(one.field, one.values))
        for one in query.filters
        if one.values
    )


def _filter(field: Field, values: tuple[str | DueBy, ...]) -> str:
    few = ", ".join(map(_value, values[:_FEW])) + (", …" if len(values) > _FEW else "")
    return few if field in (Field.IS, Field.KIND) else f"{_field(field)} {few}"


def _field(value: Field) -> str:
    match value:
        case Field.OFFICE:
            return _("office")
        case Field.DOCUMENT:
            return _("document")
        case Field.STATE:
            return _("state")
        case Field.YEAR:
            return _("year")
        case Field.DUE:
            return _("due")
        case Field.IS | Field.KIND:
            return ""
        case _:
            assert_never(value)


def _value(value: str | DueBy) -> str:
    match value:
        case DueBy(days=days) if days:
            return many("within {n} day", "within {n} days", days).format(n=words.number(days))
        case DueBy(sign=sign, day=day):
            return f"{sign}{day}".removeprefix("=")
        case State():
            return words.state(value)
        case Trait():
            return _trait(value)
        case Kind():
            return kind(value)
        case _:
            return value


def _trait(value: Trait) -> str:
    match value:
        case Trait.MISSING:
            return _("missing")
        case Trait.RETURNED:
            return _("returned")
        case Trait.LATE:
            return _("late")
        case Trait.MINE:
            return _("my turn")
        case Trait.OPEN_FINDING:
            return _("with an open finding")
        case _:
            assert_never(value)


def behind(value: Behind | None) -> str:
    """What cannot be found yet; nothing where all can. None: there is no index."""
    if value is None:
        return _("There is no search index that can be used just now: only documents are found, by their names.")
    told = [
        many("{n} text is not read yet", "{n} texts are not read yet", value.unread) if value.unread else "",
        many("{n} text is not in the index yet", "{n} texts are not in the index yet", value.texts)
        if value.texts
        else "",
        _("new notes and files are not in the index yet") if value.records or value.arrivals else "",
    ]
    counts = (value.unread, value.texts, 0)
    return ", ".join(one.format(n=words.number(count)) for one, count in zip(told, counts, strict=True) if one)


def nothing() -> str:
    """What to try where nothing was found."""
    return _("Nothing was found. Try fewer words, the beginning of a word with *, or leave a filter out.")


def help_lines() -> Iterator[tuple[str, str]]:
    """What can be typed, and what it means."""
    ways = ("opd:diskes", "status:diajukan", "tahun:2026", "tenggat:14h", "adalah:terlambat", "jenis:temuan")
    asks = ("office:diskes", "state:submitted", "year:2026", "due:14d", "is:late", "kind:finding")
    office, state, year, due, late, finding = ways if language() == "id" else asks
    yield "target kosong", _("all of the words, wherever they stand")
    yield '"target TW II"', _("these words one behind the other")
    yield "target -kosong", _("not with this word")
    yield office, _("of one office, by code or name")
    yield state, _("where it stands")
    yield f"{year} {due}", _("of a year; due within so many days, on a day, or <2026-03")
    yield late, _("late, my turn, missing, with an open finding")
    yield finding, _("only findings; or pages, notes, file names")
