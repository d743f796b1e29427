"""`pantau about`: by which rule a document is owed, when it is due and why then, and what has changed that."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from tui import about, as_json, days_off
from tui.about import Known
from tui.verbs import session
from workflow import Obligation


def run(options: Namespace) -> int:
    """Print all about one obligation."""
    asked = session(options)
    o = asked.register.obligation(options.id)
    known = Known(o, asked.register.trail(o.id), asked.people, days_off.of(o, asked.workspace))
    if options.json:
        as_json.show({**as_json.obligation(o, asked.today()), **_known(known, o)})
        return 0
    for line in about.lines(about.sections(known, asked.today(), asked.workspace.zone)):
        print(line)
    return 0


def _known(known: Known, o: Obligation) -> dict[str, Any]:
    """What the rule says, in the words of the code."""
    one = o.requirement
    return {
        "source": one.source,
        "sure": one.sure,
        "rule": one.due._asdict(),
        "edition": o.edition,
        "late_after": o.late_after,
        "days_off": [day._asdict() for day in known.off],
        "windows": {name: both and both._asdict() for name, both in o.windows._asdict().items()},
        "needs_review": o.needs_review,
        "evidence": one.evidence,
        "serves": one.serves,
        "wants": one.wants,
        "changes": as_json.trail(known.changes),
    }
