"""Puts the findings of each document that was returned into its office's folder, as a file to be answered in."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from inbox.addresses import Addresses
from inbox.answers import Sheet
from inbox.folders import TURNED_AWAY
from inbox.roots import Root, Roots
from inbox.sending_back import TO_WRITE_IN, lay, opened_below
from inbox.shut_folders import AGAIN, AT_ONCE, ShutFolders
from workflow import (
    UNDO_FOR,
    AuditRecord,
    Database,
    Finding,
    FindingState,
    Obligation,
    ObligationId,
    Register,
    utc,
)

_DUE = """
SELECT s.obligation, a.seq FROM standing s JOIN audit a ON a.obligation = s.obligation AND a.at = s.at
WHERE s.action = 'return' AND a.action = 'return' AND s.at < ?
    AND NOT EXISTS (SELECT 1 FROM handed_back h WHERE h.obligation = s.obligation AND h.seq = a.seq)
ORDER BY s.at, s.obligation
"""
_CAME = """
SELECT root, path FROM arrival a LEFT JOIN placement p ON p.arrival = a.id
WHERE coalesce(p.obligation, a.obligation) = ? AND digest = ? ORDER BY a.id DESC LIMIT 1
"""


class Returned(NamedTuple):
    """A document that was returned, the record that says so, and the findings that are open since."""

    obligation: Obligation
    record: AuditRecord
    findings: tuple[Finding, ...]

    @property
    def sheet(self) -> Sheet:
        """What the file is known by when it comes back."""
        return Sheet(self.obligation.id, self.obligation.round, self.record.seq)


class HandingBack:
    """Work that can wait, until no undo takes the return back. Once for each; what fails is tried again.

    Killed between the file and its record, doing it again makes no second one, unless the first was changed by then.
    """

    def __init__(
        self,
        database: Database,
        register: Register,
        roots: Sequence[Root],
        clock: Callable[[], datetime],
        form: Callable[[Returned], bytes],
        report: Callable[[Returned, Path, Exception], None],
    ) -> None:
        """`form` makes the file; `report` hears of a folder's fault once."""
        self._database = database
        self._register = register
        self._addresses = Addresses(register, roots)
        self._known = Roots(database)
        self._clock = clock
        self._form = form
        self._report = report
        self._failed: set[tuple[ObligationId, int]] = set()
        self._again = clock()
        self._shut = ShutFolders()

    def hand_next(self) -> bool:
        """Lay down the one that waits longest, or pass over those that cannot be; False when no more can just now."""
        now = self._clock()
        if now >= self._again:
            self._failed, self._again = set(), now + AGAIN
            self._shut.try_again()
        before = utc(now - UNDO_FOR)
        due = [(ObligationId(row[0]), int(row[1])) for row in self._database.rows(_DUE, before)]
        untried = [one for one in due if one not in self._failed][:AT_ONCE]
        for one in untried:
            if self._hand_back(*one):
                return True
            self._failed.add(one)
        return len(untried) == AT_ONCE

    def _returned(self, obligation: Obligation, seq: int) -> Returned:
        record = next(one for one in self._register.trail(obligation.id) if one.seq == seq)
        findings = self._register.findings(obligation)
        return Returned(obligation, record, tuple(one for one in findings if one.state is FindingState.OPEN))

    def _hand_back(self, name: ObligationId, seq: int) -> bool:
        obligation = self._register.obligation(name)
        came = self._database.row(_CAME, name, obligation.content) or ("", b"")
        root, drop = self._addresses.of_its_own(obligation.office.code, *came)
        place = root.path / drop
        if self._shut.is_shut(root.path, place) or not self._known.is_there(root):
            return False
        one = self._returned(obligation, seq)
        work, report = partial(self._lay, one, root.path, drop), partial(self._report, one, place)
        return self._shut.take(root.path, place, work, report)

    def _lay(self, one: Returned, root: Path, drop: str) -> None:
        with opened_below(root, [os.fsencode(drop), TURNED_AWAY]) as folder:
            lay(self._form(one), os.fsencode(one.sheet.name), folder, TO_WRITE_IN)
        with self._database.writing():
            statement = "INSERT INTO handed_back VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            self._database.run(statement, one.obligation.id, one.record.seq, utc(self._clock()))
