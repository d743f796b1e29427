"""Whether the watcher, the inboxes, the content store and the ledger are in order. Reads, but for one cookie."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from inbox.arrivals import Arrivals
from inbox.contents import ContentStore
from inbox.folders import Found, files, is_handed_back
from inbox.holding import waiting
from inbox.lock import Holder, WatchLock
from inbox.posted import is_posted
from inbox.retention import Retention
from inbox.roots import Root, Roots
from workflow import Checked, Database, Digest, Severity, Unavailable, attempt, judged, plain

# A watcher looks every 2 or 10 seconds; one that has not for so long is stuck.
STALE_SECONDS = 60.0
COOKIE_SECONDS = 15.0
# The watcher tells whole seconds, so the cookie is written anew in each.
_SECOND = 1.0
_LISTENS_WITHIN = 3.0
_PAUSE = 0.05


class InboxCheck(StrEnum):
    """What is looked at between drop folder and store. Each has its sentences, in `tui.advice`."""

    WATCHER = "watcher"
    HOLDER = "lock holder"
    HEARTBEAT = "heartbeat"
    COOKIE = "cookie"
    EVENTS = "events"
    ROOT = "inbox"
    FILE_SYSTEM = "file system"
    WRITABLE = "writable"
    OBJECTS = "objects"
    CONTENTS = "contents"
    STRAYS = "stray objects"
    UNRETIRED = "put away"
    RETAINED = "retained files"


def check_watcher(
    lock: WatchLock, roots: Iterable[Root], now: Callable[[], datetime], *, is_expected: bool, cookie_in: Path | None
) -> Iterator[Checked]:
    """Who holds the lock, and whether that one looks and hears. `cookie_in` is the inbox to put a cookie in."""
    try:
        holder = lock.holder()
    except OSError as error:
        yield judged(InboxCheck.WATCHER, is_well=False, error=str(error))
        return
    if holder is None:
        yield Checked(InboxCheck.WATCHER, Severity.FAULT if is_expected else Severity.NOTE, {})
        return
    yield Checked(InboxCheck.WATCHER, Severity.OK, {})
    yield _holder(holder)
    if holder.since:
        yield from _check_life(lock, holder, roots, now, cookie_in)


def _check_life(
    lock: WatchLock, holder: Holder, roots: Iterable[Root], now: Callable[[], datetime], cookie_in: Path | None
) -> Iterator[Checked]:
    beat = attempt(InboxCheck.HEARTBEAT, partial(_heartbeat, holder, now))
    yield beat
    # Of one that is stuck the cookie would say the same again, only later.
    if beat.is_ok and cookie_in is not None and cookie_in.is_dir():
        yield attempt(InboxCheck.COOKIE, partial(_cookie, lock, cookie_in))
    if any(not root.file_system.is_remote and root.path.is_dir() for root in roots):
        yield attempt(InboxCheck.EVENTS, partial(_events, lock))


def _holder(holder: Holder) -> Checked:
    """A lock file that somebody emptied still locks, but does not say who has it."""
    facts = {"pid": holder.pid, "host": plain(holder.host), "since": holder.since}
    return judged(InboxCheck.HOLDER, is_well=bool(holder.since), **facts)


def _heartbeat(holder: Holder, now: Callable[[], datetime]) -> Checked:
    looked = holder.looked or holder.since
    age = (now() - datetime.fromisoformat(looked)).total_seconds()
    return judged(InboxCheck.HEARTBEAT, is_well=age <= STALE_SECONDS, looked=looked, seconds=round(age))


def _cookie(lock: WatchLock, inbox: Path) -> Checked:
    """Whether the watcher looks soon after something has happened. The name is one that is never taken."""
    cookie = inbox / f".pantau-cookie-{os.urandom(8).hex()}"
    holder, began, has_looked = lock.holder(), monotonic(), False
    before = holder.looked if holder else ""
    try:
        while not has_looked and monotonic() - began < COOKIE_SECONDS:
            cookie.write_bytes(b"pantau doctor\n")
            has_looked = _comes(lock, lambda now: now.looked != before, _SECOND)
    finally:
        cookie.unlink(missing_ok=True)
    return judged(InboxCheck.COOKIE, is_well=has_looked, seconds=round(monotonic() - began, 1))


def _events(lock: WatchLock) -> Checked:
    """One that has just started begins to listen after its first look."""
    return judged(InboxCheck.EVENTS, is_well=_comes(lock, lambda now: now.is_live, _LISTENS_WITHIN))


def _comes(lock: WatchLock, is_so: Callable[[Holder], bool], seconds: float) -> bool:
    """Whether the watcher comes to say so within this time."""
    began = monotonic()
    while True:
        holder = lock.holder()
        if holder is not None and is_so(holder):
            return True
        if monotonic() - began > seconds:
            return False
        sleep(_PAUSE)


def check_roots(roots: Iterable[Root], database: Database) -> Iterator[Checked]:
    """Each folder that files come in through: there, on what, and what lies there against what is recorded."""
    for root in roots:
        found = list(check_access([root], database))
        yield from found
        if found[0].severity is Severity.OK and not root.is_read_only:
            yield attempt(InboxCheck.UNRETIRED, partial(_unretired, root, database))
            yield attempt(InboxCheck.RETAINED, partial(_retained, root, database))


def check_access(roots: Iterable[Root], database: Database) -> Iterator[Checked]:
    """Each folder that files come in through: there, on what, whether it may be written. Quick on a local disk."""
    known = Roots(database)
    for root in roots:
        there = attempt(InboxCheck.ROOT, partial(_there, root, known))
        yield there
        if there.severity is not Severity.OK:
            continue  # of one that is away nothing can be said
        yield attempt(InboxCheck.FILE_SYSTEM, partial(_kind, root))
        if not root.is_read_only:
            yield attempt(InboxCheck.WRITABLE, partial(_writable, root))


def lying(roots: Iterable[Root], database: Database) -> int:
    """How many files lie in the inboxes that are neither taken nor said to wait; of one that is away, none."""
    known, held = Roots(database), {(one.root, one.path) for one in waiting(database)}
    there = (root for root in roots if not root.is_read_only and known.is_there(root))
    return sum((root.name, one.path) not in held for root in there for one in _lying_in(root))


def _lying_in(root: Root) -> Iterator[Found]:
    with suppress(OSError):  # it went away meanwhile
        found = (one for one in files(root.path) if isinstance(one, Found))
        yield from (one for one in found if not is_handed_back(one.path) and not is_posted(one.path))


def _facts(root: Root, **more: object) -> Mapping[str, object]:
    return {"root": plain(root.name), "path": plain(str(root.path)), **more}


def _there(root: Root, known: Roots) -> Checked:
    """A new one is adopted by the watcher when it starts; one that is known and not there is away."""
    if known.is_there(root):
        return Checked(InboxCheck.ROOT, Severity.OK, _facts(root))
    is_new = not known.is_known(root) and root.path.is_dir()
    return Checked(InboxCheck.ROOT, Severity.NOTE if is_new else Severity.FAULT, _facts(root))


def _kind(root: Root) -> Checked:
    system = root.file_system
    severity = Severity.NOTE if system.is_remote else Severity.OK
    return Checked(InboxCheck.FILE_SYSTEM, severity, _facts(root, type=system.type))


def _writable(root: Root) -> Checked:
    is_writable = not root.file_system.is_read_only and os.access(root.path, os.W_OK | os.X_OK)
    return judged(InboxCheck.WRITABLE, is_well=is_writable, **_facts(root))


def check_store(folder: Path, database: Database, *, is_quick: bool) -> Iterator[Checked]:
    """Every content row against its object and every object against its hash; a quick look compares sizes only."""
    # The rows first: the watcher puts an object before its row, so none that is listed here can be late.
    try:
        rows = {str(row[0]): int(row[1]) for row in database.rows("SELECT digest, size FROM content")}
    except Unavailable as error:
        yield judged(InboxCheck.OBJECTS, is_well=False, error=str(error))
        return
    objects = {path.name: path for path in folder.glob("[0-9a-f][0-9a-f]/*")}
    missing = sorted(rows.keys() - objects.keys())
    yield judged(InboxCheck.OBJECTS, is_well=not missing, rows=len(rows), missing=missing)
    yield attempt(InboxCheck.CONTENTS, partial(_contents, ContentStore(folder), rows, objects, is_quick=is_quick))
    strays = sorted(plain(name) for name in objects.keys() - rows.keys())
    yield Checked(InboxCheck.STRAYS, Severity.NOTE if strays else Severity.OK, {"strays": strays})


def _contents(store: ContentStore, rows: dict[str, int], objects: dict[str, Path], *, is_quick: bool) -> Checked:
    def is_broken(name: str) -> bool:
        size = objects[name].stat().st_size
        return rows.get(name, size) != size or not (is_quick or store.is_whole(Digest(name)))

    broken = sorted(plain(name) for name in objects if is_broken(name))
    return judged(InboxCheck.CONTENTS, is_well=not broken, objects=len(objects), broken=broken, by_size=is_quick)


def _unretired(root: Root, database: Database) -> Checked:
    """Arrivals whose file is not recorded as put away, though it lies neither in the inbox nor where it would."""
    inbox, retention = os.fsencode(root.path), Retention(root.path)
    lost = [
        one.id
        for one in Arrivals(database, root.name).unretired()
        if not os.path.lexists(os.path.join(inbox, one.path)) and retention.place_of(one.id) is None
    ]
    return judged(InboxCheck.UNRETIRED, is_well=not lost, **_facts(root, arrivals=lost))


def _retained(root: Root, database: Database) -> Checked:
    """Files put away that no arrival tells of: mostly after an older database was put back."""
    # The files first: one that the watcher is just putting away is then recorded, or still to be.
    files = list(Retention(root.path).places())
    arrivals = Arrivals(database, root.name)
    with database.reading():
        places, pending = arrivals.places(), {b"%d" % one.id for one in arrivals.unretired()}
    unknown = [path for path in files if path not in places and os.path.basename(path).split(b"-")[0] not in pending]
    names = sorted(plain(os.fsdecode(path)) for path in unknown)
    return judged(InboxCheck.RETAINED, is_well=not names, **_facts(root, files=names))
