"""How a file on a disk becomes a submission."""

from inbox.arrivals import Arrival, Arrivals, Outcome
from inbox.contents import ContentStore
from inbox.folders import make_drop_folders
from inbox.health import InboxCheck, check_roots, check_store, check_watcher
from inbox.hints import Hints
from inbox.holding import Hold, Holding, Waiting, waiting
from inbox.intake import Intake, Problem
from inbox.lock import Holder, Taken, WatchLock
from inbox.machine import MachineCheck, check_disks, check_inotify, check_owners
from inbox.mounts import FileSystem, file_system
from inbox.pages import Pages, Unreadable, Why, read_pages
from inbox.quarantine import Held, Quarantine
from inbox.recognition import Evidence, Reason, Recognised, Recogniser, Unrecognised
from inbox.reconcile import Happening, Offline, Online, Reconcile
from inbox.roots import Root, Roots
from inbox.scanner import Scan, Scanner, Verdict, clamd, no_scanner
from inbox.watcher import Watcher

__all__ = [
    "Arrival",
    "Arrivals",
    "ContentStore",
    "Evidence",
    "FileSystem",
    "Happening",
    "Held",
    "Hints",
    "Hold",
    "Holder",
    "Holding",
    "InboxCheck",
    "Intake",
    "MachineCheck",
    "Offline",
    "Online",
    "Outcome",
    "Pages",
    "Problem",
    "Quarantine",
    "Reason",
    "Recognised",
    "Recogniser",
    "Reconcile",
    "Root",
    "Roots",
    "Scan",
    "Scanner",
    "Taken",
    "Unreadable",
    "Unrecognised",
    "Verdict",
    "Waiting",
    "WatchLock",
    "Watcher",
    "Why",
    "check_disks",
    "check_inotify",
    "check_owners",
    "check_roots",
    "check_store",
    "check_watcher",
    "clamd",
    "file_system",
    "make_drop_folders",
    "no_scanner",
    "read_pages",
    "waiting",
]
