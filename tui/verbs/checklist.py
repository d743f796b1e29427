"""`pantau check`: the checklist of a document with one's own ticks; tick an item, or take its tick away."""

from __future__ import annotations

from argparse import Namespace

from inbox import Texts
from tui import as_json, findings, report, words
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.workspace import now
from workflow import Checklists, Mark, Obligation, Unknown, likely

# Either language is understood in both, as it is in the table of `adopt`.
_MARKS = {
    "meets": Mark.MEETS,
    "needs-repair": Mark.NEEDS_REPAIR,
    "not-found": Mark.NOT_FOUND,
    "not-applicable": Mark.NOT_APPLICABLE,
    "sesuai": Mark.MEETS,
    "perlu-perbaikan": Mark.NEEDS_REPAIR,
    "tidak-ditemukan": Mark.NOT_FOUND,
    "tidak-berlaku": Mark.NOT_APPLICABLE,
}


def run(options: Namespace) -> int:
    """Tick what was said, then print the whole list."""
    asked = session(options)
    o, lists = asked.register.obligation(options.id), Checklists(asked.database, now)
    if options.code is not None:
        _tick(asked, lists, o, options)
    checks = lists.of(o, asked.actor)
    if options.json:
        items = as_json.checklist(o.requirement, checks)
        as_json.show({"id": o.id, "content": o.content, "actor": asked.actor.name, "items": items})
        return 0
    print(words.title(o))
    marks = findings.marks(checks.values()) or _("nothing is ticked")
    print(_("checklist of {name}: {marks}").format(name=asked.actor.name, marks=marks))
    for line in findings.checklist(o.requirement, checks):
        print(f"  {line}")
    return 0


def _tick(asked: Session, lists: Checklists, o: Obligation, options: Namespace) -> None:
    code, said = options.code.casefold(), (options.mark or "").casefold().replace(" ", "-")
    codes = [item.code for item in o.requirement.checklist]
    if code not in codes:
        raise Unknown("check", code, likely(code, codes) or tuple(codes[:12]))
    if said == findings.NOT_TICKED:
        lists.untick(o, asked.actor, code)
        return
    if said not in _MARKS:
        raise UsageError(_wrong(options.mark))
    if o.content is None:
        raise UsageError(
            _("Of {title} no file has arrived yet; there is nothing to check.").format(title=words.title(o))
        )
    names = (one.name for one in asked.register.trail(o.id) if one.content == o.content)
    last = report.last_page(next(filter(None, names), ""), Texts(asked.database).of(o.content))
    if 0 < last < options.page:
        raise UsageError(report.no_such_page(last))
    lists.tick(o, asked.actor, code, _MARKS[said], page=options.page, note=options.note)


def _wrong(said: str | None) -> str:
    if near := likely(said.casefold(), _MARKS) if said else ():
        return _("{mark!r} says nothing of an item. Did you mean {names}?").format(mark=said, names=near[0])
    return _("What is said of an item is one of these: {names}.").format(names=", ".join((*_MARKS, "-")))
