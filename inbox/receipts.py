"""Receipts: for each file that was filed, a number without gaps in its year, and what was filed under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from workflow import Action, Database, Digest, ObligationId, Register, State, Unknown, plain, seal

_NUMBER = re.compile(r"(?:TT[/-](?:([A-Z]+)[/-])?)?((?:19|20|21)\d\d)[/-](\d{1,12})\Z", re.ASCII | re.IGNORECASE)
_RECEIPTS = """
SELECT r.*, a.at AS came, u.target, u.action FROM receipt r LEFT JOIN arrival a ON a.id = r.arrival
LEFT JOIN audit u ON u.obligation = r.obligation AND u.seq = r.seq
"""
_FILED = """
SELECT coalesce(p.obligation, a.obligation), u.seq, u.actor, a.name, a.digest, c.size, t.total
FROM arrival a JOIN content c ON c.digest = a.digest
LEFT JOIN placement p ON p.arrival = a.id LEFT JOIN text t ON t.digest = a.digest
JOIN audit u ON u.obligation = coalesce(p.obligation, a.obligation) AND u.seq = coalesce(p.seq, a.seq) WHERE a.id = ?
"""


class Receipt(NamedTuple):
    """What was filed, as it was then; `head` is that of the trail, `serial` counts from 1 in each year of the region.

    `came` is when the file came into the inbox, `at` when it was filed: later, where a person had to place it.
    `pages` is None where they could not be counted. `state` is what its record made of the obligation, `action` what
    that record did.
    """

    year: int
    serial: int
    at: str
    arrival: int
    obligation: ObligationId
    seq: int | None
    office: str
    office_name: str
    family: str
    requirement: str
    document: str
    period: str
    name: str
    size: int
    pages: int | None
    digest: Digest
    sender: str
    head: str
    came: str | None
    state: State | None
    action: Action | None = None

    @property
    def is_of_answers(self) -> bool:
        """Whether what was filed are answers to findings, not the document itself."""
        return self.action is Action.ANSWER

    @property
    def number(self) -> str:
        """As people write it: `TT/SAKIP/2026/000123`."""
        return f"TT/{self.family}/{self.year}/{self.serial:06}"


class Receipts:
    """All receipts of a workspace. `zone` is the region's: a year begins there, not in Greenwich."""

    def __init__(self, database: Database, register: Register, zone: tzinfo = UTC) -> None:
        self._database = database
        self._register = register
        self._zone = zone

    def issue(self, arrival: int, at: str) -> None:
        """Give an arrival that was filed the next number, in the transaction that has recorded it.

        What came a second time, and changed nothing, has its receipt from the first. What was taken over with an
        archive gets none: nobody has delivered it, and a receipt of today would say that it came late.
        """
        name, seq, sender, file, digest, size, pages = self._database.rows(_FILED, arrival)[0]
        filed = self._register.obligation(name)
        office = f"{filed.office.code} {filed.office.name}"
        document = f"{filed.requirement.family} {filed.requirement.key} {filed.requirement.name}"
        year = datetime.fromisoformat(at).astimezone(self._zone).year
        ((number,),) = self._database.rows("SELECT coalesce(max(number), 0) + 1 FROM receipt WHERE year = ?", year)
        values = (
            *(year, number, at, arrival, filed.id, seq, plain(office), plain(document), str(filed.period), file),
            *(size, pages, digest, sender, self._register.head()),
        )
        self._database.run(f"INSERT INTO receipt VALUES ({', '.join('?' * len(values))})", *values)
        seal(self._database, "receipt", [f"{year}/{number}"], at)

    def receipt(self, number: str) -> Receipt:
        """The one with this number, written in any way that `numbered` reads. Raises Unknown.

        Raises Forbidden where the register does not show what it is for.
        """
        said = numbered(number)
        if said is None:
            raise Unknown("receipt", number)
        family, year, serial = said
        found = list(self._found("WHERE r.year = ? AND r.number = ?", year, serial))
        if not found or family not in ("", found[0].family):
            raise Unknown(
                "receipt", number, tuple(one.number for one in found if self._register.sees(one.obligation))
            )
        self._register.obligation(found[0].obligation)
        return found[0]

    def of(self, obligation: ObligationId) -> list[Receipt]:
        """All of an obligation, oldest first."""
        return list(self._found("WHERE r.obligation = ? ORDER BY r.year, r.number", obligation))

    def latest(self, office: str, count: int) -> list[Receipt]:
        """The newest so many for what an office owes, newest first."""
        where = "WHERE r.obligation IN (SELECT obligation FROM standing WHERE office = ?)"
        return list(self._found(f"{where} ORDER BY r.year DESC, r.number DESC LIMIT ?", office, count))

    def of_content(self, digest: Digest) -> list[Receipt]:
        """All that were issued for the same bytes, oldest first. Raises Forbidden where none of them is shown."""
        found = list(self._found("WHERE r.digest = ? ORDER BY r.year, r.number", digest))
        shown = [one for one in found if self._register.sees(one.obligation)]
        if found and not shown:
            self._register.obligation(found[-1].obligation)
        return shown

    def undelivered(self, after: tuple[int, int] = (0, 0), limit: int = -1) -> list[Receipt]:
        """Those after a year and serial that do not lie in the folder of their office yet, oldest first."""
        where = """
        WHERE (r.year, r.number) > (?, ?)
            AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.year = r.year AND d.number = r.number)
        ORDER BY r.year, r.number LIMIT ?
        """
        return list(self._found(where, *after, limit))

    def came_through(self, receipt: Receipt) -> tuple[str, bytes]:
        """The root that its file came in by, and the path below it."""
        root, path = self._database.rows("SELECT root, path FROM arrival WHERE id = ?", receipt.arrival)[0]
        return root, path

    def delivered(self, receipt: Receipt, at: str) -> None:
        """Record that it lies in the folder of its office."""
        with self._database.writing():
            statement = "INSERT INTO delivery VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            self._database.run(statement, receipt.year, receipt.serial, at)

    def _found(self, where: str, *values: object) -> Iterator[Receipt]:
        for row in self._database.rows(_RECEIPTS + where, *values):
            *first, office, document, period, name, size, pages, digest, sender, head, came, state, action = row
            who, what = office.split(" ", 1), document.split(" ", 2)
            filed = (period, name, size, pages, digest, sender, head, came)
            yield Receipt(*(*first, *who, *what, *filed, state and State(state), action and Action(action)))


def numbered(number: str) -> tuple[str, int, int] | None:
    """Family, year and serial of a number as people write it; None when it is no number of a receipt.

    `TT/SAKIP/2026/000123`, `tt-sakip-2026-123` and `2026/123` are the same; a family that is left out is empty.
    """
    match = _NUMBER.match(number.strip())
    return ((match[1] or "").upper(), int(match[2]), int(match[3])) if match else None
