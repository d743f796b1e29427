"""Taking over the files of an archive, as a person has looked them through."""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from enum import StrEnum

from inbox.archives import Archive, dated, shown
from inbox.arrivals import Arrivals, Decision, Outcome
from inbox.contents import ContentStore, digest_of
from inbox.evidence import Reason
from inbox.folders import Found
from inbox.footprints import Footprint, NotRegular
from inbox.holding import Hold
from inbox.planning import Wanted
from inbox.scanner import Scan, Scanner, Verdict, no_scanner
from workflow import (
    Action,
    Actor,
    AuditRecord,
    Database,
    Digest,
    Obligation,
    Power,
    Register,
    State,
    plain,
    require,
    utc,
)

ADOPTED = "adopted"  # the root of their arrivals
_SENDING = frozenset({Action.SAVE, Action.SUBMIT})
_FAULTS_OF_DISKS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


class Strayed(StrEnum):
    """Why a row of the table is about no file any more."""

    GONE = "gone"
    CHANGED = "changed"


Left = Strayed | Reason | Hold
Fate = Outcome | Left


class Adoption:
    """Takes files out of an archive into the store and files them, on behalf of the office that each belongs to."""

    def __init__(
        self,
        archive: Archive,
        store: ContentStore,
        database: Database,
        clock: Callable[[], datetime],
        actor: Actor,
        zone: tzinfo,
        scanner: Scanner = no_scanner,
    ) -> None:
        """Raises Forbidden when the actor may not file for offices."""
        require(actor, Power.SORT)
        self._archive = archive
        self._store = store
        self._register = Register(database, clock)
        self._arrivals = Arrivals(database, ADOPTED)
        self._clock = clock
        self._actor = actor
        self._zone = zone
        self._scanner = scanner
        self._files = defaultdict[str, list[Found]](list)
        for found in archive.files()[0]:
            self._files[shown(found.path)].append(found)

    def in_order(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """Oldest first, so that of several for the same obligation the newest comes last."""

        def age(one: Wanted) -> tuple[int, str]:
            times = [found.footprint.mtime_ns for found in self._files.get(one.row.path, ())]
            return max(times, default=0), one.row.path

        return sorted(wanted, key=age)

    def take(self, one: Wanted) -> Fate:
        """Keep and file one: content, then record, in one transaction.

        Killed between the two, doing it again ends in the same place; what is there already is not filed again.
        Raises Unavailable.
        """
        try:
            return self._settled(self._register.obligation(one.obligation), one.row.digest) or self._take(one)
        except NotRegular:
            return Hold.NOT_A_FILE
        except FileNotFoundError:
            return Strayed.GONE
        except OSError as error:
            return Hold.DISK if error.errno in _FAULTS_OF_DISKS else Hold.UNREADABLE

    def _take(self, one: Wanted) -> Fate:
        candidates = self._files.get(one.row.path, [])
        for found in candidates:
            scan = self._scanner(self._archive.path(found))
            if scan.verdict is Verdict.INFECTED:
                return Reason.INFECTED
            if self._put(found, one.row.digest):
                return self._record(one, found, scan)
        return Strayed.CHANGED if candidates else Strayed.GONE

    def _put(self, found: Found, digest: Digest) -> bool:
        """Keep its bytes, if they are those that the table was written about."""
        with self._archive.opened(found) as source:

            def is_unchanged() -> bool:
                return Footprint.of(os.fstat(source)) == found.footprint

            return digest_of(source) == digest and self._store.put(source, is_unchanged=is_unchanged) == digest

    def _record(self, one: Wanted, found: Found, scan: Scan) -> Fate:
        """File it and record that it came, both or neither."""
        digest, when = one.row.digest, dated(found, self._zone)
        with self._register.writing():
            obligation = self._register.obligation(one.obligation)
            if settled := self._settled(obligation, digest):
                return settled
            if self._stands_newer(obligation, when):
                return Reason.OLDER
            *folders, name = found.path.split(b"/")
            at = utc(self._clock())
            self._arrivals.keep_content(digest, at, found.footprint.size)
            self._arrivals.keep_scan(digest, at, scan)
            moved = self._register.perform(
                Action.SUBMIT,
                obligation,
                self._actor,
                content=digest,
                name=os.fsdecode(name),
                on_behalf=obligation.office.code,
                dated=when,
            )
            decision = Decision(Outcome.FILED, is_draft=False, obligation=obligation.id, seq=moved.seq)
            folder = shown(b"/".join(folders))
            number = self._arrivals.add(
                at, found.path, plain(os.fsdecode(name)), folder, obligation.id, digest, decision
            )
            self._arrivals.retired(number, at, None)  # it stays where it lies: nothing is to be put away
            return Outcome.FILED

    def _settled(self, obligation: Obligation, digest: Digest) -> Fate | None:
        """Why these bytes need not, or may not, be filed for it."""
        trail = self._register.trail(obligation.id)
        if any(one.action is Action.SUBMIT and one.content == digest for one in trail):
            return Outcome.AGAIN
        return Reason.ALREADY_APPROVED if obligation.state is State.APPROVED else None

    def _stands_newer(self, obligation: Obligation, when: date | None) -> bool:
        sent = [one for one in self._register.trail(obligation.id) if one.action in _SENDING]
        return bool(sent) and (when is None or self._day(sent[-1]) > when)

    def _day(self, record: AuditRecord) -> date:
        return record.dated or record.happened.astimezone(self._zone).date()
