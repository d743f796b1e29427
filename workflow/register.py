"""The obligations of a region and where each stands; the one door for every move."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from workflow.actors import Actor
from workflow.catalogue import Catalogue, Office, Requirement
from workflow.database import Database, Row
from workflow.due import due_date, periods
from workflow.errors import NoYear, Stale, Unknown
from workflow.obligations import Digest, Obligation, ObligationId, obligation_id
from workflow.periods import Period
from workflow.plain import plain
from workflow.states import Action, Role, State
from workflow.tables import nearest, phrase
from workflow.trail import AuditRecord, step, undo
from workflow.transitions import Statement

_OBLIGATIONS = """
SELECT o.id, o.office, o.requirement, o.period, o.year, o.unit, o.needs_review, o.conditional,
       s.due, s.seq, s.state, s.round, s.content, s.submitter, s.hands, s.readers, s.reviewer, s.review_seq,
       s.action, s.actor, s.at
FROM obligation o JOIN standing s ON s.obligation = o.id
"""

# What the catalogue lists and what people have told since; a document's variant is told by another word.
_SPELLINGS = """
SELECT kind, words, means FROM spelling
UNION SELECT kind, words, coalesce(key, means) FROM remembered
LEFT JOIN requirement ON kind = 'requirement' AND code = means WHERE forgotten_at IS NULL
"""


class Vocabulary(NamedTuple):
    """What files are recognised by: phrases, and the office codes or requirement keys that they mean.

    `titles` are how documents call themselves on their covers; `plans` the codes of those that are for several years;
    `region` is how the region is called, which says nothing of whose a file is.
    """

    offices: Mapping[str, str]
    requirements: Mapping[str, tuple[str, ...]]
    lookalikes: frozenset[str]
    titles: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    plans: frozenset[str] = frozenset()
    region: str = ""


class Register:
    """What is owed and where it stands. Not for use by several threads at once."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def writing(self) -> AbstractContextManager[None]:
        """One transaction around several moves and what belongs to them."""
        return self._database.writing()

    def version(self) -> int:
        """A number that moves when another process has changed anything."""
        return self._database.version()

    def offices(self) -> list[Office]:
        """All offices, in the order of the catalogue."""
        return [Office(*row) for row in self._database.rows("SELECT code, name, short FROM office ORDER BY position")]

    def office(self, code: str) -> Office:
        """The office with this code. Raises Unknown with the nearest ones."""
        offices = {office.code: office for office in self.offices()}
        if code not in offices:
            raise Unknown("office", code, nearest(code, offices))
        return offices[code]

    def requirements(self) -> list[Requirement]:
        """All requirements, in the order of the catalogue."""
        query = "SELECT code, variant, short, name, name_en, family FROM requirement ORDER BY position"
        return [Requirement(*row) for row in self._database.rows(query)]

    def chapters(self, requirement: Requirement) -> tuple[str, ...]:
        """The titles of the chapters that such a document has, in their order; none where no rule says."""
        query = "SELECT words FROM chapter WHERE requirement = ? ORDER BY position"
        return tuple(row[0] for row in self._database.rows(query, requirement.key))

    def years(self) -> list[int]:
        """The document years that are open, oldest first."""
        return [row[0] for row in self._database.rows("SELECT DISTINCT year FROM obligation ORDER BY year")]

    def obligations(self, *, year: int | None = None, office: str | None = None) -> list[Obligation]:
        """All obligations, or those of a document year or an office, in the order of the catalogue."""
        asked = {"year": year, "office": office}
        given = {column: value for column, value in asked.items() if value is not None}
        where = " AND ".join(f"o.{column} = ?" for column in given)
        rows = self._database.rows(_OBLIGATIONS + (f"WHERE {where}" if where else ""), *given.values())
        found = list(self._read(rows))
        place = {code: i for i, code in enumerate(self._offices())}
        column = {key: i for i, key in enumerate(self._requirements())}
        found.sort(key=lambda o: (place[o.office.code], column[o.requirement.key], o.period))
        return found

    def obligation(self, name: str) -> Obligation:
        """The obligation with this id. Raises Unknown with the nearest ones."""
        row = self._database.row(_OBLIGATIONS + "WHERE o.id = ?", name)
        if row is None:
            raise Unknown("obligation", name, self._nearest_obligations(name))
        return next(self._read([row]))

    def trail(self, name: ObligationId) -> list[AuditRecord]:
        """What happened to an obligation, oldest first."""
        rows = self._database.rows("SELECT * FROM audit WHERE obligation = ? ORDER BY seq", name)
        return [record(row) for row in rows]

    def head(self) -> str:
        """The hash of the last record of the trail: whoever knows it can tell whether the trail was changed."""
        row = self._database.row("SELECT hash FROM audit ORDER BY number DESC LIMIT 1")
        return str(row[0]) if row else ""

    def vocabulary(self) -> Vocabulary:
        """How offices and requirements are spelled in this region."""
        offices: dict[str, str] = {}
        requirements: dict[str, tuple[str, ...]] = {}
        lookalikes: set[str] = set()
        for kind, words, means in self._database.rows(_SPELLINGS):
            match kind:
                case "office":
                    offices[words] = means
                case "requirement":
                    requirements[words] = (*requirements.get(words, ()), means)
                case _:
                    lookalikes.add(words)
        titles = {phrase(one.name.partition("(")[0]): (one.key,) for one in self.requirements()}
        plans = self._database.rows("SELECT DISTINCT requirement FROM obligation WHERE length(period) = 9")
        return Vocabulary(
            offices,
            requirements,
            frozenset(lookalikes),
            titles,
            frozenset(row[0].partition("+")[0] for row in plans),
        )

    def perform(
        self,
        action: Action,
        obligation: Obligation,
        actor: Actor,
        *,
        note: str = "",
        findings: Sequence[str] = (),
        content: Digest | None = None,
        name: str = "",
        due: date | None = None,
        on_behalf: str = "",
        dated: date | None = None,
    ) -> Obligation:
        """Move an obligation as the caller saw it, and return it as it stands then.

        `dated` is how old the file is, where that is not when it came.
        Raises Refused when the rules forbid it, Stale when it has moved since it was read; both change nothing.
        """
        lines = tuple(filter(None, (plain(line).strip() for line in findings)))
        statement = Statement(plain(note).strip(), lines, content, plain(name), due, plain(on_behalf), dated)
        with self._database.writing():
            now = self.obligation(obligation.id)
            if now.seq != obligation.seq:
                raise Stale(obligation, now, self._last(now))
            if action is Action.UNDO:
                self._append(undo(now, self._last(now), actor, at=self._clock()))
            else:
                self._append(step(now, action, actor, statement, at=self._clock()))
            return self.obligation(obligation.id)

    def open_year(self, catalogue: Catalogue, year: int) -> list[ObligationId]:
        """Take over the catalogue's names and add the obligations of a document year. Returns those that are new.

        What is there already stays as it is, with the due date and the unit that it was opened with.
        Raises NoYear when the calendar has no dates for it.
        """
        calendar = catalogue.calendars.get(year)
        if calendar is None:
            raise NoYear(year)
        rows = [
            (
                obligation_id(office.code, entry.requirement, period),
                office.code,
                entry.requirement.key,
                str(period),
                year,
                entry.reviewer,
                entry.needs_review,
                entry.conditional,
                due,
            )
            for entry in catalogue.entries
            for period in periods(entry, year, calendar)
            for due in (due_date(entry.due, period, calendar).isoformat(),)
            for office in catalogue.offices
        ]
        with self._database.writing():
            self._take_over(catalogue)
            return [row[0] for row in rows if self._add(row)]

    def _take_over(self, catalogue: Catalogue) -> None:
        run = self._database.run
        for position, office in enumerate(catalogue.offices):
            run(
                "INSERT INTO office (position, code, name, short) VALUES (?, ?, ?, ?) ON CONFLICT (code)"
                " DO UPDATE SET position = excluded.position, name = excluded.name, short = excluded.short",
                *(position, *office),
            )
        for position, entry in enumerate(catalogue.entries):
            run(
                "INSERT INTO requirement VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                " position = excluded.position, short = excluded.short, name = excluded.name,"
                " name_en = excluded.name_en, family = excluded.family",
                *(entry.requirement.key, position, *entry.requirement),
            )
        run("DELETE FROM chapter")
        for entry in catalogue.entries:
            for position, words in enumerate(entry.chapters):
                run("INSERT INTO chapter VALUES (?, ?, ?)", entry.requirement.key, position, words)
        run("DELETE FROM spelling")
        for kind, words, means in _spellings(catalogue):
            run("INSERT OR IGNORE INTO spelling (kind, words, means) VALUES (?, ?, ?)", kind, words, means)

    def _add(self, row: tuple[object, ...]) -> bool:
        marks = ", ".join("?" * len(row))
        return self._database.run(f"INSERT INTO obligation VALUES ({marks}) ON CONFLICT (id) DO NOTHING", *row) == 1

    def _append(self, new: AuditRecord) -> None:
        values = (
            *(new.obligation, new.seq, new.at, new.actor, new.role, new.unit, new.on_behalf),
            *(new.action, new.source, new.target, new.content, new.name, new.note),
            *(json.dumps(new.findings, ensure_ascii=False), new.due and new.due.isoformat()),
            *(json.dumps(new.cancels), new.hash_after(self.head()), new.dated and new.dated.isoformat()),
        )
        marks = ", ".join("?" * len(values))
        number = "(SELECT coalesce(max(number), 0) + 1 FROM audit)"
        self._database.run(f"INSERT INTO audit VALUES ({number}, {marks})", *values)

    def _last(self, obligation: Obligation) -> AuditRecord | None:
        query = "SELECT * FROM audit WHERE obligation = ? ORDER BY seq DESC LIMIT 1"
        row = self._database.row(query, obligation.id)
        return record(row) if row else None

    def _offices(self) -> dict[str, Office]:
        return {office.code: office for office in self.offices()}

    def _requirements(self) -> dict[str, Requirement]:
        return {requirement.key: requirement for requirement in self.requirements()}

    def _read(self, rows: list[Row]) -> Iterator[Obligation]:
        offices, requirements = self._offices(), self._requirements()
        for row in rows:
            yield Obligation(
                id=row["id"],
                office=offices[row["office"]],
                requirement=requirements[row["requirement"]],
                period=Period.parse(row["period"]),
                year=row["year"],
                unit=row["unit"],
                needs_review=bool(row["needs_review"]),
                conditional=bool(row["conditional"]),
                due=_day(row["due"]),
                seq=row["seq"],
                state=State(row["state"]),
                round=row["round"],
                content=row["content"],
                submitter=row["submitter"],
                hands=_names(row["hands"]),
                readers=_names(row["readers"]),
                reviewer=row["reviewer"],
                review_seq=row["review_seq"],
                last_action=row["action"] and Action(row["action"]),
                last_actor=row["actor"],
                last_at=row["at"],
            )

    def _nearest_obligations(self, name: str) -> tuple[str, ...]:
        office = name.partition("/")[0]
        ids = [row[0] for row in self._database.rows("SELECT id FROM obligation WHERE office = ?", office)]
        return nearest(name, ids) if ids else nearest(office, self._offices())


def record(row: Row) -> AuditRecord:
    """An audit record from its row."""
    return AuditRecord(
        obligation=row["obligation"],
        seq=row["seq"],
        at=row["at"],
        actor=row["actor"],
        role=Role(row["role"]),
        unit=row["unit"],
        on_behalf=row["on_behalf"],
        action=Action(row["action"]),
        source=State(row["source"]),
        target=State(row["target"]),
        content=row["content"],
        name=row["name"],
        note=row["note"],
        findings=tuple(json.loads(row["findings"])),
        due=_day(row["due"]),
        cancels=tuple(json.loads(row["cancels"])),
        dated=_day(row["dated"]),
    )


def _spellings(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for words, code in catalogue.aliases.items():
        yield "office", words, code
    for entry in catalogue.entries:
        for words in entry.spellings:
            yield "requirement", words, entry.requirement.key
    for words in catalogue.lookalikes:
        yield "lookalike", words, ""


def _names(lines: str) -> tuple[str, ...]:
    return tuple(lines.split("\n")) if lines else ()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
