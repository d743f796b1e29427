"""`pantau verify`: prove that the trail is whole and every state is what its trail says."""

from __future__ import annotations

from argparse import Namespace

from inbox import prove
from tui import as_json, proof
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.verbs.trail import said
from workflow import Unknown, head_with, plain


def run(options: Namespace) -> int:
    """Replay everything. 0 when it fits, 1 when something does not; the first that does not is told first."""
    asked = session(options)
    proved = prove(asked.database, asked.contents, [_whole(asked, head) for head in options.heads])
    verdict, broken, receipts = proved
    if options.json:
        faults = [{**fault._asdict(), "sentence": proof.fault(fault)} for fault in verdict.faults]
        found = {"faults": faults, "broken": broken, "receipts": receipts}
        as_json.show({"records": verdict.records, "head": verdict.head, **found})
        return 0 if proved.is_well else 1
    for fault in verdict.faults:
        print(plain(proof.fault(fault)))
    for digest in broken:
        print(_("content {digest} is missing or not what its name says").format(digest=digest))
    for number in receipts:
        print(_("receipt {number}: its content is not there, or the trail never had its head").format(number=number))
    print(_("{records} records, head {head}").format(records=verdict.records, head=verdict.head or "-"))
    if proved.is_well:
        print(_("The trail is whole, every state is what its trail says, every content is there."))
    return 0 if proved.is_well else 1


def _whole(asked: Session, text: str) -> str:
    """The hash that was noted, as it stands in the trail; where it does not, as it was typed."""
    noted = said(text)
    if noted is None:
        raise UsageError(_("{text} is no head of a trail.").format(text=plain(text)))
    try:
        return head_with(asked.database, noted).hash
    except Unknown:
        return noted
