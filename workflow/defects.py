"""Which defects are found most often, and in how many offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from workflow.catalogue import CheckItem, Family
from workflow.database import Database, Row
from workflow.rows import editions
from workflow.states import FindingState

# A document of several years counts in each of them, as it is listed. A fallen finding was never one.
_FOUND = """
SELECT f.code, min(f.text) AS text, s.edition, s.office, f.state, count(*) AS times
FROM finding f JOIN standing s USING (obligation) JOIN obligation o ON o.id = f.obligation
JOIN requirement r ON r.key = o.requirement
WHERE f.state <> 'fallen' AND (r.family = ?1 OR ?1 IS NULL)
  AND (s.office = ?2 OR ?2 IS NULL)
  AND (o.year = ?3 OR o.last > o.first AND o.first <= ?3 AND o.last >= ?3)
GROUP BY f.code, s.edition, s.office, f.state ORDER BY f.code, s.edition, s.office, f.state
"""


class CommonDefect(NamedTuple):
    """How often an item of the checklists was not as it should be, in how many offices, and how those stand.

    `item` is None for all that reviewers have found in their own words.
    """

    item: CheckItem | None
    times: int
    offices: int
    open: int
    answered: int
    accepted: int


def common_defects(
    database: Database, year: int, family: Family | None = None, office: str | None = None
) -> list[CommonDefect]:
    """Those of a document year, or of one programme or office in it, the commonest first.

    Two documents share an item that has the same code and the same words.
    """
    known = editions(database)
    listed = {digest: {item.code: item for item in one.checklist} for digest, one in known.items()}
    found: dict[CheckItem | None, list[Row]] = {}
    for row in database.rows(_FOUND, family, office, year):
        # An item that the catalogue has no longer is known by what the reviewer was shown.
        item = listed[row["edition"]].get(row["code"]) or CheckItem(row["code"], row["text"])
        found.setdefault(item if row["code"] else None, []).append(row)
    tallies = [_tally(item, rows) for item, rows in found.items()]
    return sorted(tallies, key=lambda one: (-one.times, -one.offices, one.item or CheckItem("", "")))


def _tally(item: CheckItem | None, rows: Iterable[Row]) -> CommonDefect:
    times, offices = dict.fromkeys(FindingState, 0), set()
    for row in rows:
        times[FindingState(row["state"])] += row["times"]
        offices.add(row["office"])
    stand = (times[one] for one in (FindingState.OPEN, FindingState.ANSWERED, FindingState.ACCEPTED))
    return CommonDefect(item, sum(times.values()), len(offices), *stand)
