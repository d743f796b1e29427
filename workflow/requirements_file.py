"""The kinds of documents, read from requirements.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow import tables
from workflow.calendar_file import month_day
from workflow.calendars import Anchor, MonthDay
from workflow.catalogue import Ask, DueRule, Entry, Family, Level, Need, Requirement, Sure
from workflow.checklists_file import Checklists, read_checklists
from workflow.plans import Frequency
from workflow.tables import Table, phrase, wrong

FILE = "requirements.toml"
_KEYS = frozenset(
    "code variant short name name_en family level period year due need ask review reviewer evidence serves wants"
    " wants_enforced accepts max_mb chapters checklist checklists spellings titles source sure valid_from"
    " valid_to".split()
)
_DUE_KEYS = frozenset({"anchor", "months", "days", "working_days", "grace", "date"})
_PARTS_OF_A_YEAR = (Frequency.SEMESTER, Frequency.QUARTER, Frequency.MONTH)


def read_lookalikes(table: Table) -> tuple[str, ...]:
    """What looks like one of the documents and is none."""
    return tuple(map(phrase, tables.words(FILE, table, "lookalikes")))


def read_entries(table: Table) -> Iterator[Entry]:
    """The requirements, in the order of the file. One may stand there again for other years."""
    tables.known(FILE, table, frozenset({"lookalikes", "checklist", "checklists", "requirement"}))
    entries, checklists = tables.tables(FILE, table, "requirement", _KEYS), read_checklists(table)
    keys = {_key(entry) for entry in entries}
    read: list[Entry] = []
    for entry in entries:
        one = _entry(entry, keys - {_key(entry)}, checklists)
        _refuse_twins(entry, one, read)
        read.append(one)
        yield one


def _key(entry: Table) -> str:
    return f"{entry.get('code')}+{entry['variant']}" if entry.get("variant") else str(entry.get("code"))


def _refuse_twins(entry: Table, one: Entry, others: list[Entry]) -> None:
    for other in others:
        is_at_once = one.valid_from <= other.valid_to and other.valid_from <= one.valid_to
        is_same = one.requirement.key == other.requirement.key
        if is_same and is_at_once:
            raise wrong(FILE, entry, "code", f"{one.requirement.key} twice")
        if one.requirement.short == other.requirement.short and not is_same:
            raise wrong(FILE, entry, "short", f"{one.requirement.short} → {other.requirement.key}")


def _entry(entry: Table, others: set[str], checklists: Checklists) -> Entry:
    is_reviewed = tables.flag(FILE, entry, "review", default=True)
    requirement = _requirement(entry, others)
    first = tables.number(FILE, entry, "valid_from", 1990, 2199)
    return Entry(
        requirement=requirement._replace(checklist=checklists.of(entry, is_reviewed=is_reviewed)),
        year_offset=tables.number(FILE, entry, "year", -5, 5),
        needs_review=is_reviewed,
        reviewer=tables.code(FILE, entry, "reviewer", of=requirement.key) if entry.get("reviewer") else "",
        spellings=tuple(map(phrase, (*tables.words(FILE, entry, "spellings"), requirement.code))),
        titles=tuple(map(phrase, tables.words(FILE, entry, "titles"))),
        valid_from=first,
        valid_to=tables.number(FILE, entry, "valid_to", max(first, 1990), 2199, default=9999),
    )


def _requirement(entry: Table, others: set[str]) -> Requirement:
    code = tables.code(FILE, entry)
    ask = tables.member(FILE, entry, "ask", Ask, Ask.ALL)
    short = tables.text(FILE, entry, "short")
    if len(short) != 2:
        raise wrong(FILE, entry, "short", '"LK"')
    every = tables.member(FILE, entry, "period", Frequency)
    return Requirement(
        code=code,
        variant=tables.code(FILE, entry, "variant", of=code) if entry.get("variant") else "",
        short=short,
        name=tables.text(FILE, entry, "name"),
        name_en=tables.text(FILE, entry, "name_en" if "name_en" in entry else "name"),
        family=tables.member(FILE, entry, "family", Family),
        level=tables.member(FILE, entry, "level", Level, Level.OFFICE),
        every=every,
        need=tables.member(FILE, entry, "need", Need, Need.REQUIRED),
        ask=ask,
        due=_due(entry, every) if ask is not Ask.NEVER or "due" in entry else DueRule(Anchor.PERIOD_END),
        evidence=_evidence(entry),
        serves=tables.names(FILE, entry, "serves", others),
        wants=tables.names(FILE, entry, "wants", others),
        wants_enforced=tables.flag(FILE, entry, "wants_enforced", default=False),
        accepts=_accepts(entry),
        max_mb=tables.number(FILE, entry, "max_mb", 1, 2048),
        chapters=tuple(tables.words(FILE, entry, "chapters")),
        source=tables.text(FILE, entry, "source") if entry.get("source") else "",
        sure=tables.member(FILE, entry, "sure", Sure, Sure.DEFAULT),
    )


def _due(entry: Table, every: Frequency) -> DueRule:
    code = str(entry["code"])
    rule = tables.inner(FILE, entry, "due", _DUE_KEYS, of=code)
    anchor = tables.member(FILE, rule, "anchor", Anchor, of=code)
    if anchor is Anchor.PERIOD_END and every is Frequency.ONCE:
        raise wrong(FILE, rule, "anchor", f"{Anchor.FIXED}, {Anchor.DPA}", of=code)
    if anchor is Anchor.FIXED and every in _PARTS_OF_A_YEAR:
        raise wrong(FILE, rule, "anchor", Anchor.PERIOD_END, of=code)
    return DueRule(
        anchor,
        months=tables.number(FILE, rule, "months", 0, 120, of=code),
        days=tables.number(FILE, rule, "days", 0, 3660, of=code),
        working_days=tables.number(FILE, rule, "working_days", 0, 1000, of=code),
        grace=tables.number(FILE, rule, "grace", 0, 366, of=code),
        fixed=_fixed(rule, code) if anchor is Anchor.FIXED or "date" in rule else None,
    )


def _fixed(rule: Table, code: str) -> MonthDay:
    if rule["anchor"] != Anchor.FIXED:
        raise wrong(FILE, rule, "anchor", Anchor.FIXED, of=code)
    day = month_day(rule.get("date"))
    if day is None:
        raise wrong(FILE, rule, "date", '"02-28"', of=code)
    return day


def _evidence(entry: Table) -> tuple[str, ...]:
    criteria = tables.words(FILE, entry, "evidence")
    if wrong_one := next((one for one in criteria if not re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)*", one)), None):
        raise wrong(FILE, entry, "evidence", f'{wrong_one} → "1a.5", "zi.4"')
    return tuple(criteria)


def _accepts(entry: Table) -> tuple[str, ...]:
    endings = tables.words(FILE, entry, "accepts")
    if wrong_one := next((one for one in endings if not re.fullmatch(r"[a-z0-9]+", one)), None):
        raise wrong(FILE, entry, "accepts", f'{wrong_one} → "pdf", "docx"')
    return tuple(endings)
