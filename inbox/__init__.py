"""How a file on a disk becomes a submission.

The door opens by itself: whoever takes a name from it pays for the module of that name only, so that a question such
as `pantau status` does not wait for what only the watcher needs.
"""

from importlib import import_module

TYPE_CHECKING = False  # not `typing`, which costs as much as a whole `pantau status`

if TYPE_CHECKING:
    from inbox.adopting import Adoption, Fate, Left, Strayed
    from inbox.answers import ASIDE, Answered, Mangled, Sheet, heading, read_answers
    from inbox.archives import Archive
    from inbox.arrivals import Arrival, Arrivals, Outcome
    from inbox.backing_up import Origin, back_up
    from inbox.backups import Backup, Backups, Obstacle, Unfit, write_durably
    from inbox.contents import ContentStore
    from inbox.delivery import Delivery
    from inbox.evidence import Evidence, Part, Reason, Source
    from inbox.folders import Odd, make_drop_folders
    from inbox.glance import is_away, is_watched, to_place
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
    from inbox.mount_table import is_on_share
    from inbox.mounts import FileSystem, file_system
    from inbox.pages import TextReader, look_at, read_text
    from inbox.planning import Plan, Planner, Row, Wanted, Wrong
    from inbox.posting import Posting
    from inbox.precheck import Expected, Fact, FactKind, facts_of
    from inbox.proposing import Doubt, Goal, Proposal, Proposer
    from inbox.proving import Proof, Unproved, prove, unproved
    from inbox.quarantine import Held, Quarantine
    from inbox.readings import Depth, Glimpse, Picture, Text, Unreadable, Why, Window
    from inbox.receipts import Receipt, Receipts, numbered
    from inbox.recognition.lessons import Lesson, lesson
    from inbox.recognition.recogniser import THRESHOLD, Known, Recognised, Recogniser, Unrecognised
    from inbox.recognition.weighing import Reading, Told
    from inbox.reconcile import Happening, Offline, Online, Reconcile
    from inbox.restoring import Restored, restore
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
    "Backup",
    "Backups",
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
    "Obstacle",
    "Odd",
    "Offline",
    "Online",
    "Origin",
    "Outcome",
    "Part",
    "Picture",
    "Plan",
    "Planner",
    "Posting",
    "Problem",
    "Proof",
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
    "Restored",
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
    "Unfit",
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
    "back_up",
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
    "is_away",
    "is_on_share",
    "is_watched",
    "lesson",
    "look_at",
    "lying",
    "make_drop_folders",
    "no_scanner",
    "numbered",
    "prove",
    "read_answers",
    "read_text",
    "restore",
    "to_place",
    "unproved",
    "waiting",
    "write_durably",
]

_MODULES = {
    "searcher": "Found Hit Searcher",
    "indexing": "Behind Indexer",
    "index": "Index",
    "adopting": "Adoption Fate Left Strayed",
    "archives": "Archive",
    "answers": "ASIDE Answered Mangled Sheet heading read_answers",
    "arrivals": "Arrival Arrivals Outcome",
    "backing_up": "Origin back_up",
    "backups": "Backup Backups Obstacle Unfit write_durably",
    "contents": "ContentStore",
    "delivery": "Delivery",
    "folders": "Odd make_drop_folders",
    "glance": "is_away is_watched to_place",
    "handing_back": "HandingBack Returned",
    "health": "InboxCheck check_access check_roots check_store check_watcher lying",
    "hints": "Hints",
    "holding": "Hold Holding Waiting waiting",
    "inflow": "Became Came Inflow",
    "intake": "Intake Problem",
    "lock": "Holder Taken WatchLock",
    "machine": "MachineCheck check_disks check_inotify check_owners",
    "mount_table": "is_on_share",
    "mounts": "FileSystem file_system",
    "pages": "TextReader look_at read_text",
    "precheck": "Expected Fact FactKind facts_of",
    "planning": "Plan Planner Row Wanted Wrong",
    "posting": "Posting",
    "proposing": "Doubt Goal Proposal Proposer",
    "proving": "Proof Unproved prove unproved",
    "quarantine": "Held Quarantine",
    "receipts": "Receipt Receipts numbered",
    "evidence": "Evidence Part Reason Source",
    "recognition.lessons": "Lesson lesson",
    "recognition.recogniser": "THRESHOLD Known Recognised Recogniser Unrecognised",
    "recognition.weighing": "Reading Told",
    "readings": "Depth Glimpse Picture Text Unreadable Why Window",
    "reconcile": "Happening Offline Online Reconcile",
    "restoring": "Restored restore",
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
