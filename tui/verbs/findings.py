"""`pantau findings` and `pantau defects`: what has to be repaired, and which defects are the commonest."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from tui import as_json, findings, report, words
from tui.errors import UsageError
from tui.language import _, many
from tui.session import Session
from tui.verbs import session
from workflow import CommonDefect, Family, FindingState, Obligation, common_defects


def run(options: Namespace) -> int:
    """Print the findings of one document, of an office or of all; or count them by what they say."""
    asked = session(options)
    return _defects(asked, options) if options.verb == "defects" else _findings(asked, options)


def _findings(asked: Session, options: Namespace) -> int:
    states = (FindingState(options.state),) if options.state else findings.SHOWN
    with asked.database.reading():
        about = [one for one in _asked_about(asked, options.name) if {*states} & {*one.findings}]
        noted = [[one for one in asked.register.findings(o) if one.state in states] for o in about]
        trails = [asked.register.trail(one.id) for one in about]
    if options.json:
        found = zip(about, noted, strict=True)
        as_json.show([{"id": o.id, "findings": as_json.findings(those)} for o, those in found])
        return 0
    for o, those, records in zip(about, noted, trails, strict=True):
        print(f"{words.title(o)} · {o.id}")
        for line in findings.findings(those, records, asked.workspace.zone):
            print(f"  {line}")
    print(findings.tally(one.state for those in noted for one in those) or _("No findings."))
    return 0


def _asked_about(asked: Session, name: str | None) -> Sequence[Obligation]:
    if name is None:
        return asked.register.obligations(year=asked.year)
    if "/" in name:
        return [asked.register.obligation(name)]
    return asked.register.obligations(year=asked.year, office=asked.register.office(name).code)


def _defects(asked: Session, options: Namespace) -> int:
    year, family = options.year or asked.year, Family(options.family) if options.family else None
    if year not in (years := asked.register.years()):
        raise UsageError(
            _("{year} is not open; these years are: {years}.").format(year=year, years=", ".join(map(str, years)))
        )
    counted = common_defects(asked.database, year, family, asked.register.within)
    if options.json:
        as_json.show(as_json.defects(counted)[: options.top])
        return 0
    total = sum(one.times for one in counted)
    for line in report.table([_row(one, total) for one in counted[: options.top]]):
        print(line)
    if not counted:
        print(_("No findings."))
    return 0


def _row(one: CommonDefect, total: int) -> tuple[str, ...]:
    return (
        words.number(one.times),
        f"{100 * one.times // total}%",
        many("in {n} office", "in {n} offices", one.offices).format(n=words.number(one.offices)),
        findings.tally(dict(zip(findings.SHOWN, (one.open, one.answered, one.accepted), strict=True))),
        f"[{one.item.code}]" if one.item else "-",
        words.check_item(one.item) if one.item else _("in own words"),
    )
