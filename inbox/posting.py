"""Keeps the status of each office posted in its folder, so that what stands there is always what is so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import NamedTuple

from inbox.folders import RETIRED
from inbox.footprints import Footprint, opened_folder
from inbox.posted import STATUS, finish, post, posted, signed, written_at
from inbox.roots import Root, Roots
from inbox.shut_folders import AGAIN, ShutFolders
from workflow import Database, Office, Register

# Looks at the folders are this far apart at least, and so many are brought up to date between two looks at the inbox.
_BREATH = timedelta(seconds=1)
_AT_ONCE = 10
_TOP = "SELECT max(coalesce((SELECT max(number) FROM audit), 0), coalesce((SELECT max(number) FROM seal), 0))"
# What is said of all offices: how they are called, and what they owe. Whose a document was before is not known here.
_OF_ALL = """
SELECT 1 FROM seal WHERE number > ?1 AND relation IN ('office', 'requirement', 'edition', 'obligation')
UNION ALL SELECT 1 FROM audit WHERE number > ?1 AND action = 'hand over' LIMIT 1
"""
_OF_ONE = """
SELECT s.office FROM audit a JOIN standing s ON s.obligation = a.obligation WHERE a.number > ?1
UNION SELECT a.folder FROM seal JOIN arrival a ON a.id = CAST(seal.key AS INTEGER)
    WHERE seal.number > ?1 AND relation IN ('arrival', 'placement', 'turned_away')
"""
_HELD = "SELECT folder, group_concat(name || char(10) || reason, char(10)) FROM held GROUP BY folder"

Form = Callable[[Office, datetime], str]


class _Place(NamedTuple):
    root: Root
    office: Office

    @property
    def folder(self) -> Path:
        return self.root.path / self.office.code


class Posting:
    """Work that can wait. What was changed, deleted or left half done comes back; what fails is tried again.

    While nothing changes, no table is read: only the folders are looked at.
    """

    def __init__(
        self,
        database: Database,
        register: Register,
        roots: Sequence[Root],
        clock: Callable[[], datetime],
        zone: tzinfo,
        form: Form,
        report: Callable[[Office, Path, Exception], None],
    ) -> None:
        """`form` says how an office stands at a moment of today; `report` hears of a folder's fault once.

        The database is a connection of its own, or what its own process records would not be noticed. Folders that
        files only lie in for reading get none. `zone` is the region's: a day ends there.
        """
        self._database = database
        self._register = register
        self._roots = [root for root in roots if not root.is_read_only]
        self._known = Roots(database)
        self._clock = clock
        self._zone = zone
        self._form = form
        self._report = report
        self._shut = ShutFolders()
        self._places: list[_Place] = []
        self._left: dict[_Place, Footprint | None] = {}
        self._stale: dict[_Place, None] = {}
        self._failed: set[_Place] = set()
        self._version, self._top, self._day = -1, 0, date.min
        self._held: dict[str, str] = {}
        self._looked = self._again = datetime.min.replace(tzinfo=zone)

    def post_next(self) -> bool:
        """Bring some up to date; False when there is no more to do just now."""
        now = self._clock()
        if not timedelta() <= now - self._looked < _BREATH:
            self._looked = now
            self._notice(now)
        for place in list(self._stale)[:_AT_ONCE]:
            del self._stale[place]
            if not self._try(place, now):
                self._failed.add(place)
        return bool(self._stale)

    def _try(self, place: _Place, now: datetime) -> bool:
        root, folder = place.root.path, place.folder
        if self._shut.is_shut(root, folder) or not self._known.is_there(place.root):
            return False
        work, report = partial(self._post, place, now), partial(self._report, place.office, folder)
        return self._shut.take(root, folder, work, report)

    def _notice(self, now: datetime) -> None:
        """Which may not say any more what is so: by the trail, by the calendar, and by what lies there."""
        version, day = self._database.version(), now.astimezone(self._zone).date()
        if (version, day) != (self._version, self._day):
            changed = self._changed()
            if changed is None or day != self._day:
                self._places = [_Place(root, one) for one in self._register.offices() for root in self._roots]
                changed = {one.office.code for one in self._places}
            self._find(one for one in self._places if one.office.code in changed)
            self._version, self._day = version, day
        if not timedelta() <= now - self._again < AGAIN:
            self._again = now
            self._shut.try_again()
            failed, self._failed = self._failed, set()
            self._find(failed)
        self._find(one for one in self._places if self._left.get(one) != _footprint(one))

    def _find(self, places: Iterable[_Place]) -> None:
        self._stale.update(dict.fromkeys(one for one in places if one not in self._failed))

    def _changed(self) -> set[str] | None:
        """The offices of which something was recorded since the last look; None for all of them."""
        before, (self._top,) = self._top, self._database.rows(_TOP)[0]
        known, self._held = self._held, {row[0]: row[1] for row in self._database.rows(_HELD)}
        moved = {folder for folder, _ in known.items() ^ self._held.items()}
        if not before or self._top < before or self._database.row(_OF_ALL, before):
            return None
        found = (row[0] for row in self._database.rows(_OF_ONE, before)) if self._top > before else ()
        return {str(folder).partition("/")[0] for folder in (*found, *moved)}

    def _post(self, place: _Place, now: datetime) -> None:
        with suppress(FileNotFoundError), _opened(place) as (folder, aside):  # an office that has no folder there
            footprint, code = _footprint(place), place.office.code
            finish(code, folder, aside)
            there = posted(folder)
            at = written_at(there, code) if there else None
            if at is None or there != self._said(place.office, now, at):
                footprint = post(signed(self._form(place.office, now), code, now), code, folder, aside)
            self._left[place] = footprint

    def _said(self, office: Office, now: datetime, at: datetime) -> bytes | None:
        """What would stand there by now, had it been written when it was; None for another day."""
        if at > now or at.astimezone(self._zone).date() != now.astimezone(self._zone).date():
            return None
        return signed(self._form(office, at), office.code, at)


def _footprint(place: _Place) -> Footprint | None:
    try:
        return Footprint.of(os.lstat(place.folder / os.fsdecode(STATUS)))
    except OSError:
        return None


@contextmanager
def _opened(place: _Place) -> Iterator[tuple[int, int]]:
    """The office's folder, and one beside it where nobody but Pantau writes. Follows no link."""
    top = os.open(place.root.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with opened_folder(top, os.fsencode(place.office.code)) as folder:
            with suppress(FileExistsError):
                os.mkdir(RETIRED, dir_fd=top)
            with opened_folder(top, RETIRED) as aside:
                yield folder, aside
    finally:
        os.close(top)
