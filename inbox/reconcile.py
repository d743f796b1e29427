"""One idempotent look at an inbox: what lies there, compared with what is recorded, and what is to be done."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import NamedTuple

from inbox.arrivals import Arrival
from inbox.folders import Found, Odd, files, is_handed_back, is_locked
from inbox.footprints import Footprint
from inbox.holding import Hold, Holding
from inbox.intake import Intake, Problem
from inbox.posted import is_posted
from inbox.roots import Root, Roots
from inbox.settling import Settling
from workflow import Unavailable, utc

# Temporaries, locks and empty files mostly pass; those that stay are shown after this, in seconds.
_PASSES_WITHIN = 15 * 60.0
# A file that never lies still is shown after this, and a lock that old is taken for a forgotten one.
_RESTLESS_AFTER = 60.0
_LOCK_HOLDS_FOR = 60 * 60.0


class Offline(NamedTuple):
    """A root that is not there, or not the folder that it was: nothing is done until it is back."""

    root: Root


class Online(NamedTuple):
    """A root that is there again."""

    root: Root


Happening = Arrival | Problem | Offline | Online


class Reconcile:
    """The work on one root. Running it twice does no harm; whoever calls it says what time it is."""

    def __init__(
        self,
        root: Root,
        intake: Intake,
        roots: Roots,
        holding: Holding,
        clock: Callable[[], datetime],
        report: Callable[[Happening], None],
        *,
        keep_days: int = 30,
    ) -> None:
        """`keep_days` is how long a file that was put away is kept besides its content; 0 is for ever."""
        self._root = root
        self._keep_days = keep_days
        self._purged = date.min
        self._intake = intake
        self._roots = roots
        self._holding = holding
        self._clock = clock
        self._report = report
        self._settling = Settling(root.quiet)
        self._done: dict[bytes, Footprint] = {}
        self._told: dict[bytes, str] = {}
        self._is_offline = False

    def recover(self) -> None:
        """Finish what a killed process left half done."""
        with self._told_if_impossible():
            if self._is_there():
                self._intake.recover()

    def look(self, now: float, *, is_stopped: Callable[[], bool] = lambda: False) -> None:
        """Notice what lies there and take what has lain still long enough. `now` is monotonic, in seconds."""
        with self._told_if_impossible():
            if self._is_there():
                self._look(now, is_stopped)

    def _look(self, now: float, is_stopped: Callable[[], bool]) -> None:
        # In the order in which they came to lie there, or an older version would stand over a newer one.
        entries = sorted(files(self._root.path), key=lambda entry: entry.footprint.ctime_ns)
        locks = self._locks(entries, now)
        held: dict[bytes, Hold] = {}
        for entry in entries:
            if is_stopped():
                return
            hold = self._odd(entry, now) if isinstance(entry, Odd) else self._found(entry, locks, now)
            if hold is not None:
                held[entry.path] = hold
        self._settling.keep_only(entry.path for entry in entries)
        self._holding.update(held, utc(self._clock()))
        self._purge(is_stopped)

    @contextmanager
    def _told_if_impossible(self) -> Iterator[None]:
        """Give up for now, not for good, when the root goes away in the midst or the database has no room."""
        root = os.fsencode(self._root.path)
        try:
            yield
        except (OSError, Unavailable) as error:
            self._tell(root, Problem(root, Hold.BUSY, error))
        else:
            self._told.pop(root, None)

    def next_ready(self, now: float) -> float | None:
        """When, after `now`, another file will have lain still long enough."""
        return self._settling.next_ready(now)

    def _is_there(self) -> bool:
        is_there = self._roots.is_there(self._root)
        if is_there == self._is_offline:
            self._is_offline = not is_there
            self._report(Online(self._root) if is_there else Offline(self._root))
            if is_there:
                self._intake.recover()
        return is_there

    def _purge(self, is_stopped: Callable[[], bool]) -> None:
        today = self._clock().date()
        if self._keep_days and today > self._purged and not self._root.is_read_only:
            self._purged = today
            self._intake.purge((today - timedelta(days=self._keep_days)).isoformat(), is_stopped)

    def _locks(self, entries: Iterable[Found | Odd], now: float) -> dict[bytes, frozenset[bytes]]:
        """The passing names of each folder that may be the lock of an open editor."""
        names: dict[bytes, set[bytes]] = defaultdict(set)
        for entry in entries:
            if not isinstance(entry, Odd):
                continue
            self._settling.notice(entry.path, entry.footprint, now)
            if self._settling.still(entry.path, now) < _LOCK_HOLDS_FOR:
                folder, name = os.path.split(entry.path)
                names[folder].add(name)
        return {folder: frozenset(those) for folder, those in names.items()}

    def _odd(self, odd: Odd, now: float) -> Hold | None:
        may_pass = odd.reason in (Hold.PASSING, Hold.EMPTY)
        return None if may_pass and self._settling.still(odd.path, now) < _PASSES_WITHIN else odd.reason

    def _found(self, found: Found, locks: dict[bytes, frozenset[bytes]], now: float) -> Hold | None:
        if self._done.get(found.path) == found.footprint:
            return None
        has_settled = self._settling.notice(found.path, found.footprint, now)
        if is_locked(found.path, locks.get(os.path.dirname(found.path), frozenset())):
            return Hold.OPEN_IN_EDITOR
        is_unsteady = self._settling.has_unsteady_times(found.path, now)
        if not has_settled and not is_unsteady:
            return None
        still = self._settling.still(found.path, now)
        outcome = self._intake.take(found, still, trust_times=not is_unsteady)
        if isinstance(outcome, Hold):
            return None if outcome is Hold.BEING_WRITTEN and still < _RESTLESS_AFTER else outcome
        self._tell(found.path, outcome)
        if isinstance(outcome, Problem):
            return outcome.hold
        if self._root.is_read_only or is_handed_back(found.path) or is_posted(found.path):
            self._done[found.path] = found.footprint
        return None

    def _tell(self, path: bytes, outcome: Arrival | Problem | None) -> None:
        """Report what happened; the same problem with the same file once."""
        # Without the path in the message: that of an unfinished copy is another one each time.
        error = outcome.error if isinstance(outcome, Problem) else None
        said = error.strerror or "" if isinstance(error, OSError) else str(error or "")
        if said and self._told.get(path) == said:
            return
        self._told.pop(path, None)
        if said:
            self._told[path] = said
        if outcome is not None:
            self._report(outcome)
