"""The order of work for a file that lies still: content, then record, then drop folder.

Killed between any two, doing it again ends in the same place.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import NamedTuple

from inbox.answering import Answering
from inbox.answers import LARGEST, Answered, Mangled, read_answers
from inbox.arrivals import Arrival, Arrivals, Decision, Outcome
from inbox.contents import ContentStore, digest_of
from inbox.evidence import Reason
from inbox.filing import Filing, known_of
from inbox.folders import Found, is_handed_back
from inbox.footprints import Footprint, NotRegular, opened_in
from inbox.holding import Hold
from inbox.leases import Writers, leased
from inbox.pages import read_text
from inbox.posted import LARGEST as LARGEST_STATUS
from inbox.posted import is_posted, written_at
from inbox.readings import Depth, Text, Unreadable
from inbox.receipts import Receipts
from inbox.recognition.recogniser import THRESHOLD, Known
from inbox.retention import Replaced, Retention, arrival_of, came_from
from inbox.roots import Root
from inbox.scanner import Scan, Scanner, Verdict, no_scanner
from inbox.structure import fault
from inbox.texts import Texts
from workflow import Database, Digest, Register, Unavailable, plain, utc

_HOLDS = {
    errno.EACCES: Hold.UNREADABLE,
    errno.EPERM: Hold.UNREADABLE,
    errno.ELOOP: Hold.NOT_A_FILE,
    errno.ENXIO: Hold.NOT_A_FILE,
    errno.ENOTDIR: Hold.NOT_A_FILE,
    errno.ENOSPC: Hold.DISK,
    errno.EDQUOT: Hold.DISK,
    errno.EIO: Hold.DISK,
}

Said = Text | Unreadable | Answered | Mangled


class Problem(NamedTuple):
    """A file that could not be taken or put away this time, and what the system said. It stays where it is."""

    path: bytes
    hold: Hold
    error: Exception


class _NotPutAway(Exception):
    """The file is recorded; the file system does not let it go."""


class Intake:
    """Takes files out of one root. Several processes at once do no harm."""

    def __init__(
        self,
        root: Root,
        store: ContentStore,
        database: Database,
        clock: Callable[[], datetime],
        scanner: Scanner = no_scanner,
        threshold: float = THRESHOLD,
        zone: tzinfo = UTC,
    ) -> None:
        self._root = root
        self._scanner = scanner
        self._store = store
        self._register = Register(database, clock)
        self._arrivals = Arrivals(database, root.name)
        self._filing = Filing(database, clock, threshold)
        self._answering = Answering(self._register)
        self._texts = Texts(database)
        self._receipts = Receipts(database, self._register, zone)
        self._retention = Retention(root.path)
        self._clock = clock

    def take(self, found: Found, still: float, *, trust_times: bool = True) -> Arrival | Hold | Problem | None:
        """Keep, record and put away a file that has lain still for so many seconds.

        None when it has moved or was recorded before. Without `trust_times` only its size tells whether it moved,
        and its bytes are read twice.
        """
        try:
            return self._take(found, still, trust_times=trust_times)
        except FileNotFoundError:
            return None
        except NotRegular as error:
            return Problem(found.path, Hold.NOT_A_FILE, error)
        except OSError as error:
            return Problem(found.path, _HOLDS.get(error.errno or 0, Hold.BUSY), error)
        except Unavailable as error:
            return Problem(found.path, Hold.DISK if "full" in str(error) else Hold.BUSY, error)
        except _NotPutAway as error:
            return Problem(found.path, Hold.NOT_PUT_AWAY, error)

    def recover(self) -> None:
        """Finish what a killed process left between its record and its drop folder."""
        self._store.sweep()
        if self._root.is_read_only:
            return
        for one in self._arrivals.unretired():
            found = Found(one.path, Footprint.parse(one.identity))
            is_gone = not os.path.lexists(os.path.join(os.fsencode(self._root.path), one.path))
            if is_gone or self._retention.place_of(one.id):
                with suppress(_NotPutAway):
                    self._note_place(one.id, partial(self._retention.settled, one.id, found, one.digest))
        self._adopt()

    def purge(self, before: str, is_stopped: Callable[[], bool]) -> None:
        """Let go of what was put away before that day, once its bytes are seen to be the same in the store.

        What was changed after it was put away goes back into the inbox: a writer had still had it open.
        """
        for place, digest in self._arrivals.retained(before):
            if is_stopped():
                return
            with suppress(OSError):
                self._let_go(place, digest)

    def _let_go(self, place: bytes, digest: Digest) -> None:
        try:
            with opened_in(self._root.path, place) as source:
                is_same = digest_of(source) == digest
        except FileNotFoundError:
            self._arrivals.purged(place)
            return
        if not is_same:
            self._retention.put_back(place, came_from(place))
        elif self._store.is_whole(digest):
            self._retention.purge(place)
        else:
            return
        self._arrivals.purged(place)

    def _adopt(self) -> None:
        """Lay back what was put away and is not recorded any more: the database is one from a backup.

        In the order in which it had come, so that the newest comes last again.
        """
        known = self._arrivals.places()
        for place in sorted(self._retention.places(), key=arrival_of):
            if place not in known:
                self._retention.put_back(place, came_from(place))

    def _take(self, found: Found, still: float, *, trust_times: bool) -> Arrival | Hold | None:
        known = self._arrivals.known(found.path, found.footprint)
        if known is not None:
            self._retire(known, found, self._arrivals.digest(known))
            return None
        if is_handed_back(found.path) and not self._is_answered(found):
            return None
        if is_posted(found.path) and self._is_status(found):
            return None
        digest = self._put(found, still, trust_times=trust_times)
        if digest is None or isinstance(digest, Hold):
            return digest
        scan = self._scanner(self._store.path(digest))
        new = self._record(found, digest, scan, self._read(found, digest, scan))
        self._retire(new.id if isinstance(new, Arrival) else new, found, digest)
        return new if isinstance(new, Arrival) else None

    def _put(self, found: Found, still: float, *, trust_times: bool) -> Digest | Hold | None:
        with opened_in(self._root.path, found.path) as source, leased(source) as writers:

            def is_unchanged() -> bool:
                now = Footprint.of(os.fstat(source))
                return now == found.footprint if trust_times else now.is_same_size(found.footprint)

            # On a share the lease is granted though another machine writes.
            is_sure = writers is Writers.NONE and not self._root.file_system.is_remote
            if writers is Writers.SOME or (not is_sure and still < self._root.quiet_without_lease()):
                return Hold.BEING_WRITTEN
            if not is_unchanged():
                return None
            if missing := fault(source, found.footprint.size):
                return Hold(missing.value)
            return self._store.put(source, is_unchanged=is_unchanged, read_twice=not trust_times)

    def _is_answered(self, found: Found) -> bool:
        """Whether it is a file of findings that somebody has written into since it was handed back.

        As Word saves one it is known by its name alone. That of a text says nothing here: a note beside a file that
        was turned away is called after it.
        """
        with opened_in(self._root.path, found.path) as source:
            told = read_answers(os.pread(source, LARGEST + 1, 0), "")
            is_note = told is None and found.path.lower().endswith(b".txt")
            is_as_it_was = is_note or (isinstance(told, Answered) and not told.said)
            return not is_as_it_was and not self._arrivals.has_come(digest_of(source))

    def _is_status(self, found: Found) -> bool:
        """Whether it is what Pantau itself has written there, as it was written."""
        with opened_in(self._root.path, found.path) as source:
            data = os.pread(source, LARGEST_STATUS, 0)
        return written_at(data, os.fsdecode(os.path.dirname(found.path))) is not None

    def _read(self, found: Found, digest: Digest, scan: Scan) -> Said | None:
        """What the file says, as far as recognition needs it; what is infected is not opened."""
        if scan.verdict is Verdict.INFECTED:
            return None
        with self._store.path(digest).open("rb") as file:
            told = read_answers(file.read(LARGEST + 1), os.fsdecode(os.path.basename(found.path)))
        if told is not None:
            return told
        return self._texts.of(digest) or read_text(self._store.path(digest), Depth.FRONT)

    def _record(self, found: Found, digest: Digest, scan: Scan, said: Said | None) -> Arrival | int:
        """The new arrival, or the number of the one that this file was recorded as before."""
        with self._register.writing():
            known = self._arrivals.known(found.path, found.footprint)
            known = known or self._arrivals.waiting_to_retire(found.path, digest)
            if known is not None:
                return known
            text = said if isinstance(said, Text | Unreadable) else None
            file = known_of(found.path, text)
            at, shown, folder = self._now(), plain(file.name), plain("/".join(file.folders))
            self._arrivals.keep_content(digest, at, found.footprint.size)
            self._arrivals.keep_scan(digest, at, scan)
            if text is not None:
                self._texts.keep(digest, text)
            decision = self._decide(file, digest, self._arrivals.scan(digest), said)
            number = self._arrivals.add(at, found.path, shown, folder, found.footprint, digest, decision)
            if decision.outcome is Outcome.FILED:
                self._receipts.issue(number, at)
        return _arrival(number, at, shown, folder, digest, found, decision)

    def _decide(self, file: Known, digest: Digest, scan: Scan, said: Said | None) -> Decision:
        if scan.verdict is Verdict.INFECTED:
            return Decision(Outcome.QUARANTINED, is_draft=False, reason=Reason.INFECTED)
        if isinstance(said, Answered | Mangled):
            return self._answering.decide(said, self._filing.office_of(file), file.name)
        return self._filing.decide(file, digest)

    def _retire(self, arrival: int, found: Found, digest: Digest) -> None:
        if not self._root.is_read_only:
            day = self._now()[:10]
            self._note_place(arrival, partial(self._retention.retire, arrival, found, digest, day))

    def _note_place(self, arrival: int, put_away: Callable[[], bytes | None]) -> None:
        try:
            place = put_away()
        except Replaced:
            place = None
        except OSError as error:
            raise _NotPutAway(error.strerror) from error
        self._arrivals.retired(arrival, self._now(), place)

    def _now(self) -> str:
        return utc(self._clock())


def _arrival(
    number: int, at: str, name: str, folder: str, digest: Digest, found: Found, decision: Decision
) -> Arrival:
    outcome, _, obligation, seq, *_ = decision
    return Arrival(number, at, name, folder, digest, found.footprint.size, Outcome(outcome), obligation, seq)
