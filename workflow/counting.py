"""How many obligations stand how, and which are late or due: read by an index, however many there are."""

from __future__ import annotations

from collections.abc import Iterable

# Not `typing`, `enum`, `re` or `pathlib` in what `pantau status` imports: each costs as much as all that it does.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from workflow.database import Database, Row

_ALIKE = "year, first, last, family, turn, unit, late_after"
KEPT = f"SELECT {_ALIKE}, count FROM tally"
RECOUNT = f"SELECT {_ALIKE}, count(*) AS count FROM counted WHERE is_owed GROUP BY {_ALIKE}"
_OF_YEAR = "({0}year = ? OR ({0}last > {0}first AND {0}first <= ? AND {0}last >= ?))"

# The code of where it stands, as the screens show it; that it is late is told by `late_after`.
_DOCUMENTS = """
SELECT s.obligation AS id, s.office, f.name AS office_name, f.short AS office_short, o.requirement, o.period,
    e.words ->> '$.name' AS name, e.words ->> '$.name_en' AS name_en, s.state, s.due, s.duty = 'waived' AS is_waived,
    CASE WHEN NOT c.is_owed THEN '-' WHEN s.state = 'submitted' THEN 'A' WHEN s.state = 'reviewed' THEN 'T'
        WHEN s.state = 'approved' THEN 's' WHEN s.content IS NULL THEN '·' WHEN s.action = 'return' THEN 'k'
        ELSE 'd' END AS letter,
    r.position, c.turn, c.unit, iif(c.is_owed, c.late_after, '') AS late_after
FROM standing s JOIN obligation o ON o.id = s.obligation JOIN edition e ON e.digest = s.edition
    JOIN office f ON f.code = s.office JOIN requirement r ON r.key = o.requirement
    JOIN counted c ON c.obligation = s.obligation
"""
# The plus sign keeps those of an office in the index by office.
_LATE = "s.state <> 'approved' AND {0}s.due < ? AND c.is_owed AND c.late_after < ? AND c.late_after <> ''"
_DUE = """
s.state = 'draft' AND s.state <> 'approved' AND c.is_owed AND c.late_after >= ? AND {0}s.due <= ?
    AND {0}s.due >= date(?, '-' || (SELECT coalesce(max(words ->> '$.due.grace'), 0) FROM edition) || ' days')
"""
_FIRST_DUE = "ORDER BY s.due, f.position, r.position, s.obligation"


class Tally:
    """How a number of obligations stand: of what is owed, what is approved, late, and waits for whom.

    `families` has what is approved and what is owed of each family, `units` what waits for each reviewing unit.
    """

    def __init__(self, rows: Iterable[Row], today: str) -> None:
        """The rows of KEPT or RECOUNT."""
        self.owed = self.approved = self.late = self.offices = self.approvers = 0
        self.families: dict[str, tuple[int, int]] = {}
        self.units: dict[str, int] = {}
        for row in rows:
            count, turn = row["count"], row["turn"]
            approved, owed = self.families.get(row["family"], (0, 0))
            self.families[row["family"]] = (approved + (0 if turn else count), owed + count)
            self.owed += count
            self.late += count if row["late_after"] and row["late_after"] < today else 0
            match turn:
                case "office":
                    self.offices += count
                case "reviewer":
                    self.units[row["unit"]] = self.units.get(row["unit"], 0) + count
                case "approver":
                    self.approvers += count
                case _:
                    self.approved += count

    @property
    def ours(self) -> int:
        """What waits for the bureau and its reviewing units."""
        return sum(self.units.values()) + self.approvers

    @property
    def percent(self) -> int:
        """Of what is owed, the whole per cents that are approved; nothing owed is all done."""
        return percent(self.approved, self.owed)


def percent(approved: int, owed: int) -> int:
    """The whole per cents that are approved; nothing owed is all done."""
    return 100 * approved // owed if owed else 100


def tally(database: Database, year: int, today: str, office: str | None = None) -> Tally:
    """How the obligations of a document year stand, or those of one office: what is owed for several is in each."""
    of_year = _OF_YEAR.format("")
    if office is None:
        return Tally(database.rows(f"{KEPT} WHERE {of_year}", year, year, year), today)
    of_office = f"obligation IN (SELECT obligation FROM standing WHERE office = ?) AND {of_year}"
    rows = database.rows(RECOUNT.replace("WHERE is_owed", f"WHERE is_owed AND {of_office}"), office, year, year, year)
    return Tally(rows, today)


def documents(database: Database, year: int, office: str) -> list[Row]:
    """All that an office has in a document year, owed or not, in the order of the catalogue."""
    where = f"WHERE s.office = ? AND {_OF_YEAR.format('o.')}"
    rows = database.rows(f"{_DOCUMENTS} {where}", office, year, year, year)
    return sorted(rows, key=lambda one: (one["position"], *period_span(one["period"]), one["id"]))


def overdue(database: Database, year: int, today: str, office: str | None = None) -> list[Row]:
    """What is late of a document year, of all offices or of one, the longest first."""
    where, values = _of(office, _LATE)
    query = f"{_DOCUMENTS} WHERE {where} AND {_OF_YEAR.format('+o.')} {_FIRST_DUE}"
    return database.rows(query, *values, today, today, year, year, year)


def due_until(database: Database, today: str, until: str, office: str | None = None) -> list[Row]:
    """What is due by a day, or was and is in its days of grace, and the office has not submitted, the first first."""
    where, values = _of(office, _DUE)
    return database.rows(f"{_DOCUMENTS} WHERE {where} {_FIRST_DUE}", *values, today, until, today)


def period_span(period: str) -> tuple[int, int, str]:
    """First year, last year and part of a period as it is stored: what `Period.parse` reads, for less."""
    if period == "once":
        return 1900, 2199, period
    first, _, rest = period.partition("-")
    return (int(first), int(rest), "") if rest.isdigit() else (int(first), int(first), rest)


def _of(office: str | None, condition: str) -> tuple[str, tuple[str, ...]]:
    if office is None:
        return condition.format(""), ()
    return f"s.office = ? AND {condition.format('+')}", (office,)
