"""How a file on a disk becomes a submission."""

from inbox.arrivals import Arrival, Arrivals, Outcome
from inbox.contents import ContentStore
from inbox.folders import make_drop_folders
from inbox.intake import Intake, Problem
from inbox.lock import Holder, Taken, WatchLock
from inbox.pages import Pages, Unreadable, Why, read_pages
from inbox.quarantine import Held, Quarantine
from inbox.recognition import Evidence, Reason, Recognised, Recogniser, Unrecognised
from inbox.watcher import Watcher

__all__ = [
    "Arrival",
    "Arrivals",
    "ContentStore",
    "Evidence",
    "Held",
    "Holder",
    "Intake",
    "Outcome",
    "Pages",
    "Problem",
    "Quarantine",
    "Reason",
    "Recognised",
    "Recogniser",
    "Taken",
    "Unreadable",
    "Unrecognised",
    "WatchLock",
    "Watcher",
    "Why",
    "make_drop_folders",
    "read_pages",
]
