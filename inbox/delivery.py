"""Puts each receipt back into the folder that its file came through, as soon as that can be written to."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from inbox.addresses import Addresses
from inbox.folders import RECEIPTS
from inbox.receipts import Receipt, Receipts
from inbox.roots import Root, Roots
from inbox.sending_back import lay, opened_below
from inbox.shut_folders import AGAIN, AT_ONCE, ShutFolders
from workflow import Register, utc

Form = Callable[[Receipt], bytes]


class Delivery:
    """Work that can wait. Killed at any moment, doing it again ends in the same place; what fails is tried again."""

    def __init__(
        self,
        receipts: Receipts,
        register: Register,
        roots: Sequence[Root],
        known: Roots,
        clock: Callable[[], datetime],
        forms: Mapping[str, Form],
        report: Callable[[Receipt, Path, Exception], None],
    ) -> None:
        """`forms` makes the files of a receipt, by the ending of each; `report` hears of a folder's fault once."""
        self._receipts = receipts
        self._addresses = Addresses(register, roots)
        self._known = known
        self._clock = clock
        self._forms = forms
        self._report = report
        self._after = (0, 0)
        self._again = clock()
        self._shut = ShutFolders()

    def deliver_next(self) -> bool:
        """Put back the oldest that can be, or pass over those that cannot; False when there is no more just now."""
        waiting = self._receipts.undelivered(self._after, AT_ONCE)
        for one in waiting:
            self._after = (one.year, one.serial)
            if self._deliver(one):
                return True
        if len(waiting) == AT_ONCE:
            return True
        if self._clock() >= self._again:
            self._after, self._again = (0, 0), self._clock() + AGAIN
            self._shut.try_again()
        return False

    def _deliver(self, receipt: Receipt) -> bool:
        root, drop = self._addresses.of(receipt.office, *self._receipts.came_through(receipt))
        place = root.path / drop
        if self._shut.is_shut(root.path, place) or not self._known.is_there(root):
            return False
        work, report = partial(self._lay, receipt, root.path, drop), partial(self._report, receipt, place)
        return self._shut.take(root.path, place, work, report)

    def _lay(self, receipt: Receipt, root: Path, drop: str) -> None:
        name = receipt.number.replace("/", "-")
        with opened_below(root, [os.fsencode(drop), RECEIPTS]) as folder:
            for ending, form in self._forms.items():
                lay(form(receipt), f"{name}{ending}".encode(), folder)
        self._receipts.delivered(receipt, utc(self._clock()))
