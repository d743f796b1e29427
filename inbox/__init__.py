"""How a file on a disk becomes a submission.

The door opens by itself: whoever takes a name from it pays for the module of that name only, so that a question such
as `pantau status` does not wait for what only the watcher needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inbox.arrivals import Arrival, Arrivals, Outcome
    from inbox.contents import ContentStore
    from inbox.evidence import Evidence, Reason
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
    from inbox.recognition import Recognised, Recogniser, Unrecognised
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

_MODULES = {
    "arrivals": "Arrival Arrivals Outcome",
    "contents": "ContentStore",
    "folders": "make_drop_folders",
    "health": "InboxCheck check_roots check_store check_watcher",
    "hints": "Hints",
    "holding": "Hold Holding Waiting waiting",
    "intake": "Intake Problem",
    "lock": "Holder Taken WatchLock",
    "machine": "MachineCheck check_disks check_inotify check_owners",
    "mounts": "FileSystem file_system",
    "pages": "Pages Unreadable Why read_pages",
    "quarantine": "Held Quarantine",
    "evidence": "Evidence Reason",
    "recognition": "Recognised Recogniser Unrecognised",
    "reconcile": "Happening Offline Online Reconcile",
    "roots": "Root Roots",
    "scanner": "Scan Scanner Verdict clamd no_scanner",
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
