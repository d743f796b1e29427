"""How a file on a disk becomes a submission.

The door opens by itself: whoever takes a name from it pays for the module of that name only, so that a question such
as `pantau status` does not wait for what only the watcher needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inbox.adopting import Adoption, Fate, Left, Strayed
    from inbox.answers import ASIDE, Answered, Mangled, Sheet, heading, read_answers
    from inbox.archives import Archive
    from inbox.arrivals import Arrival, Arrivals, Outcome
    from inbox.contents import ContentStore
    from inbox.delivery import Delivery
    from inbox.evidence import Evidence, Part, Reason, Source
    from inbox.folders import Odd, make_drop_folders
    from inbox.handing_back import HandingBack, Returned
    from inbox.health import InboxCheck, check_access, check_roots, check_store, check_watcher, lying
    from inbox.hints import Hints
    from inbox.holding import Hold, Holding, Waiting, waiting
    from inbox.index import Index
    from inbox.indexing import Behind, Indexer
    from inbox.inflow import Became, Came, Inflow
    from inbox.intake import Intake, Problem
    from inbox.lock import Holder, Taken, WatchLock
    from inbox.machine import MachineCheck, check_disks, check_inotify, check_owners
    from inbox.mounts import FileSystem, file_system
    from inbox.pages import TextReader, look_at, read_text
    from inbox.planning import Plan, Planner, Row, Wanted, Wrong
    from inbox.precheck import Expected, Fact, FactKind, facts_of
    from inbox.proposing import Doubt, Goal, Proposal, Proposer
    from inbox.proving import Unproved, unborne, unproved
    from inbox.quarantine import Held, Quarantine
    from inbox.readings import Depth, Glimpse, Picture, Text, Unreadable, Why, Window
    from inbox.receipts import Receipt, Receipts, numbered
    from inbox.recognition.lessons import Lesson, lesson
    from inbox.recognition.recogniser import THRESHOLD, Known, Recognised, Recogniser, Unrecognised
    from inbox.recognition.weighing import Reading, Told
    from inbox.reconcile import Happening, Offline, Online, Reconcile
    from inbox.roots import Root, Roots
    from inbox.scanner import Scan, Scanner, Verdict, clamd, no_scanner
    from inbox.searcher import Found, Hit, Searcher
    from inbox.texts import Texts
    from inbox.watcher import Watcher

__all__ = [
    "ASIDE",
    "THRESHOLD",
    "Adoption",
    "Answered",
    "Archive",
    "Arrival",
    "Arrivals",
    "Became",
    "Behind",
    "Came",
    "ContentStore",
    "Delivery",
    "Depth",
    "Doubt",
    "Evidence",
    "Expected",
    "Fact",
    "FactKind",
    "Fate",
    "FileSystem",
    "Found",
    "Glimpse",
    "Goal",
    "HandingBack",
    "Happening",
    "Held",
    "Hints",
    "Hit",
    "Hold",
    "Holder",
    "Holding",
    "InboxCheck",
    "Index",
    "Indexer",
    "Inflow",
    "Intake",
    "Known",
    "Left",
    "Lesson",
    "MachineCheck",
    "Mangled",
    "Odd",
    "Offline",
    "Online",
    "Outcome",
    "Part",
    "Picture",
    "Plan",
    "Planner",
    "Problem",
    "Proposal",
    "Proposer",
    "Quarantine",
    "Reading",
    "Reason",
    "Receipt",
    "Receipts",
    "Recognised",
    "Recogniser",
    "Reconcile",
    "Returned",
    "Root",
    "Roots",
    "Row",
    "Scan",
    "Scanner",
    "Searcher",
    "Sheet",
    "Source",
    "Strayed",
    "Taken",
    "Text",
    "TextReader",
    "Texts",
    "Told",
    "Unproved",
    "Unreadable",
    "Unrecognised",
    "Verdict",
    "Waiting",
    "Wanted",
    "WatchLock",
    "Watcher",
    "Why",
    "Window",
    "Wrong",
    "check_access",
    "check_disks",
    "check_inotify",
    "check_owners",
    "check_roots",
    "check_store",
    "check_watcher",
    "clamd",
    "facts_of",
    "file_system",
    "heading",
    "lesson",
    "look_at",
    "lying",
    "make_drop_folders",
    "no_scanner",
    "numbered",
    "read_answers",
    "read_text",
    "unborne",
    "unproved",
    "waiting",
]

_MODULES = {
    "searcher": "Found Hit Searcher",
    "indexing": "Behind Indexer",
    "index": "Index",
    "adopting": "Adoption Fate Left Strayed",
    "archives": "Archive",
    "answers": "ASIDE Answered Mangled Sheet heading read_answers",
    "arrivals": "Arrival Arrivals Outcome",
    "contents": "ContentStore",
    "delivery": "Delivery",
    "folders": "Odd make_drop_folders",
    "handing_back": "HandingBack Returned",
    "health": "InboxCheck check_access check_roots check_store check_watcher lying",
    "hints": "Hints",
    "holding": "Hold Holding Waiting waiting",
    "inflow": "Became Came Inflow",
    "intake": "Intake Problem",
    "lock": "Holder Taken WatchLock",
    "machine": "MachineCheck check_disks check_inotify check_owners",
    "mounts": "FileSystem file_system",
    "pages": "TextReader look_at read_text",
    "precheck": "Expected Fact FactKind facts_of",
    "planning": "Plan Planner Row Wanted Wrong",
    "proposing": "Doubt Goal Proposal Proposer",
    "proving": "Unproved unborne unproved",
    "quarantine": "Held Quarantine",
    "receipts": "Receipt Receipts numbered",
    "evidence": "Evidence Part Reason Source",
    "recognition.lessons": "Lesson lesson",
    "recognition.recogniser": "THRESHOLD Known Recognised Recogniser Unrecognised",
    "recognition.weighing": "Reading Told",
    "readings": "Depth Glimpse Picture Text Unreadable Why Window",
    "reconcile": "Happening Offline Online Reconcile",
    "roots": "Root Roots",
    "scanner": "Scan Scanner Verdict clamd no_scanner",
    "texts": "Texts",
    "watcher": "Watcher",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """The name, from the module that it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"inbox.{_HOME[name]}"), name)
    globals()[name] = value
    return value
