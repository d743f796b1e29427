"""`pantau changes`: what has moved since a day, a moment or a head of the trail."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping

from tui import as_json, moments, proof, report, words
from tui.errors import UsageError
from tui.language import _, many
from tui.session import Session
from tui.verbs import session
from tui.verbs.trail import said
from workflow import Changes, Head, Moved, Unknown, changes_since, head_at, head_with, kept_refusals, plain


def run(options: Namespace) -> int:
    """Print one line for each document that has moved, and how much came beside."""
    asked = session(options)
    since = _since(asked, options.since)
    office = asked.register.office(options.office).code if options.office else asked.register.within
    found = changes_since(asked.database, since.number, office)
    if options.json:
        told = as_json.changes(found, is_whole=options.all)
        as_json.show({"since": {"number": since.number, "at": since.at}, "office": office, **told})
        return 0
    for line in _told(found, asked, is_whole=options.all):
        print(line)
    return 0


def _since(asked: Session, text: str) -> Head:
    """The last link before what is asked about."""
    if hash_ := said(text):
        return head_with(asked.database, hash_)
    try:
        return head_at(asked.database, moments.start_of(text, asked.workspace.zone))
    except UsageError:
        if text.isalnum():
            raise Unknown("head", plain(text)) from None
        raise


def _told(found: Changes, asked: Session, *, is_whole: bool) -> Iterator[str]:
    zone = asked.workspace.zone
    width = max((len(one.after.id) for one in found.moved), default=0)
    for one in found.moved:
        last, records = one.records[-1], len(one.records)
        count = many("{n} record", "{n} records", records).format(n=words.number(records))
        yield f"{one.after.id:<{width}}  {_way(one)}  {last.actor} · {words.moment(last.at, zone)} · {count}"
        if is_whole:
            for record in one.records:
                yield from (f"    {line}" for line in report.entry(record, (), zone))
    if is_whole:
        refused = {one.number: one for one in kept_refusals(asked.database)}
        for name, rows in found.beside.items():
            yield from (
                proof.refusal(refused[int(str(row["number"]))], zone) if name == "refusal" else _row(name, row, asked)
                for row in rows
            )
    yield _counted(found)


def _way(one: Moved) -> str:
    """From where to where it went; where it came back to the same place, or never left it, that place."""
    before, after = words.standing(one.before), words.standing(one.after)
    return before if before == after else f"{before} → {after}"


def _row(name: str, row: Mapping[str, object], asked: Session) -> str:
    moment = words.moment(str(row["at"]), asked.workspace.zone)
    if name == "arrival":
        told = _("  - {moment}  arrived: {name}, for {id}")
        return told.format(moment=moment, name=row["name"], id=row["obligation"] or _("quarantine"))
    if name == "receipt":
        told = _("  - {moment}  receipt {year}/{number}: {name}, for {id}")
        return told.format(
            moment=moment, year=row["year"], number=row["number"], name=row["name"], id=row["obligation"]
        )
    told = _("  - {moment}  mandate {number}: {person}, by {giver}")
    return told.format(moment=moment, number=row["number"], person=row["person"], giver=row["giver"])


def _counted(found: Changes) -> str:
    records = sum(len(one.records) for one in found.moved)
    counts = {name: len(rows) for name, rows in found.beside.items()}
    told = (
        many("{n} document has moved", "{n} documents have moved", len(found.moved)),
        many("{n} record", "{n} records", records),
        many("{n} arrival", "{n} arrivals", counts["arrival"]),
        many("{n} receipt", "{n} receipts", counts["receipt"]),
        many("{n} refusal", "{n} refusals", counts["refusal"]),
        many("{n} mandate", "{n} mandates", counts["mandate"]),
    )
    numbers = (len(found.moved), records, *counts.values())
    return " · ".join(one.format(n=words.number(n)) for one, n in zip(told, numbers, strict=True))
