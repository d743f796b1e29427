"""`pantau verify`: prove that the trail is whole and every state is what its trail says."""

from __future__ import annotations

from argparse import Namespace

from tui import as_json
from tui.language import _
from tui.verbs import session
from workflow import verify


def run(options: Namespace) -> int:
    """Replay everything. 0 when it fits, 1 when something does not."""
    asked = session(options)
    verdict = verify(asked.database)
    broken = [digest for digest in asked.arrivals.digests() if not asked.contents.is_whole(digest)]
    if options.json:
        faults = [fault._asdict() for fault in verdict.faults]
        as_json.show({"records": verdict.records, "head": verdict.head, "faults": faults, "broken": broken})
        return 1 if verdict.faults or broken else 0
    print(_("{records} records, head {head}").format(records=verdict.records, head=verdict.head or "-"))
    for fault in verdict.faults:
        print(_("{obligation} record {seq}: {what} does not fit").format(**fault._asdict()))
    for digest in broken:
        print(_("content {digest} is missing or not what its name says").format(digest=digest))
    if not verdict.faults and not broken:
        print(_("The trail is whole, every state is what its trail says, every content is there."))
    return 1 if verdict.faults or broken else 0
