"""Puts each receipt back into the folder that its file came through, as soon as that can be written to."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from inbox.addresses import Addresses
from inbox.folders import RECEIPTS
from inbox.receipts import Receipt, Receipts
from inbox.roots import Root, Roots
from inbox.sending_back import lay, opened_below
from workflow import Register, Unavailable

Form = Callable[[Receipt], bytes]
_AGAIN = timedelta(minutes=1)


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
        self._told: set[tuple[Path, str]] = set()

    def deliver_next(self) -> bool:
        """Put back the oldest that can be; False when there is none just now."""
        while waiting := self._receipts.undelivered(self._after, 1):
            self._after = (waiting[0].year, waiting[0].serial)
            if self._deliver(waiting[0]):
                return True
        if self._clock() >= self._again:
            self._after, self._again = (0, 0), self._clock() + _AGAIN
        return False

    def _deliver(self, receipt: Receipt) -> bool:
        root, drop = self._addresses.of(receipt.office, *self._receipts.came_through(receipt))
        if not self._known.is_there(root):
            return False
        name = receipt.number.replace("/", "-")
        try:
            with opened_below(root.path, [os.fsencode(drop), RECEIPTS]) as folder:
                for ending, form in self._forms.items():
                    lay(form(receipt), f"{name}{ending}".encode(), folder)
            self._receipts.delivered(receipt, self._clock().isoformat(timespec="microseconds"))
        except (OSError, Unavailable) as error:
            self._tell(receipt, root.path / drop, error)
            return False
        return True

    def _tell(self, receipt: Receipt, folder: Path, error: Exception) -> None:
        fault = (folder, str(getattr(error, "strerror", None) or error))
        if fault not in self._told:
            self._told.add(fault)
            self._report(receipt, folder, error)
