"""The obligations of a region and where each stands; the one door for every move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING

from workflow.access import Power
from workflow.actors import Actor
from workflow.catalogue import Catalogue, Office, Requirement
from workflow.checking import ticked
from workflow.database import Database
from workflow.errors import Forbidden, Refused, Unknown
from workflow.findings import Defect, Finding, noted
from workflow.mandates import as_may_be
from workflow.moments import utc
from workflow.moving import last_move, move
from workflow.obligations import Digest, Obligation, ObligationId
from workflow.plain import plain
from workflow.refusals import keeping
from workflow.rows import as_they_were, obligations, offices, trail
from workflow.seals import head, seal, seal_changed, seal_whole
from workflow.statements import Statement
from workflow.states import Action, FindingState, Role, Rule
from workflow.tables import likely
from workflow.terms import NO_TERMS, Terms
from workflow.trail import AuditRecord, undo
from workflow.transitions import Refusal, is_in_window, judge

if TYPE_CHECKING:
    from workflow.difference import Difference
    from workflow.vocabulary import Vocabulary

_OF_YEAR = "(o.year = ? OR o.id IN (SELECT id FROM obligation WHERE last > first AND first <= ? AND last >= ?))"

# What the catalogue lists and what people have told since. Another word tells a document's variant; an office that
# has ended is its successor, and what people have told holds in all years.
_SPELLINGS = """
SELECT kind, words, coalesce(heir, means) FROM (
    SELECT kind, words, means FROM spelling
    WHERE kind <> 'borne' OR words NOT IN (SELECT words FROM remembered WHERE forgotten_at IS NULL)
    UNION SELECT kind, words, coalesce(key, means) FROM remembered
    LEFT JOIN requirement ON kind = 'requirement' AND code = means WHERE forgotten_at IS NULL
) LEFT JOIN office ON kind = 'office' AND code = means ORDER BY kind, words, means
"""


class Register:
    """What is owed and where it stands. Not for use by several threads at once."""

    def __init__(self, database: Database, clock: Callable[[], datetime], within: str | None = None) -> None:
        """`within` is the only office that is shown: what is of another is Forbidden, whether it is there or not."""
        self._database = database
        self._clock = clock
        self.within = within

    def writing(self) -> AbstractContextManager[None]:
        """One transaction around several moves and what belongs to them."""
        return self._database.writing()

    def version(self) -> int:
        """A number that moves when another process has changed anything."""
        return self._database.version()

    def offices(self) -> list[Office]:
        """All offices, in the order of the catalogue."""
        return [one for one in offices(self._database).values() if self.within in (None, one.code)]

    def office(self, code: str) -> Office:
        """The office with this code. Raises Unknown with the nearest ones."""
        self._check_sight(code)
        known = offices(self._database)
        if code not in known:
            raise Unknown("office", code, likely(code, known))
        return known[code]

    def requirements(self) -> list[Requirement]:
        """All requirements by their present names, in the order of the catalogue."""
        query = "SELECT code, variant, short, name, name_en, family FROM requirement ORDER BY position"
        return [Requirement(*row) for row in self._database.rows(query)]

    def years(self) -> list[int]:
        """The document years that are open, oldest first."""
        return [row[0] for row in self._database.rows("SELECT DISTINCT year FROM obligation ORDER BY year")]

    def obligations(self, *, year: int | None = None, office: str | None = None) -> list[Obligation]:
        """All obligations, or those of a document year or an office, in the order of the catalogue.

        What is owed for several years is among those of each of them.
        """
        if office is not None:
            self._check_sight(office)
        conditions, values, office = ["1"], list[object](), office or self.within
        if year is not None:
            conditions.append(_OF_YEAR)
            values += [year, year, year]
        if office is not None:
            conditions.append("s.office = ?")
            values.append(office)
        found = obligations(self._database, f"WHERE {' AND '.join(conditions)}", *values)
        place = {code: i for i, code in enumerate(offices(self._database))}
        column = {requirement.key: i for i, requirement in enumerate(self.requirements())}
        found.sort(key=lambda o: (place[o.office.code], column[o.requirement.key], o.period, o.id))
        return found

    def obligation(self, name: str) -> Obligation:
        """The obligation with this id. Raises Unknown with the nearest ones."""
        found = obligations(self._database, "WHERE o.id = ?", name)
        self._check_sight(found[0].office.code if found else name.partition("/")[0])
        if not found:
            raise Unknown("obligation", name, self._nearest_obligations(name))
        return found[0]

    def sees(self, name: ObligationId) -> bool:
        """Whether what is known of it elsewhere may be told: that it is there, and what came for it."""
        where = "WHERE obligation = ? AND office = ?"
        return self.within is None or bool(self._database.row(f"SELECT 1 FROM standing {where}", name, self.within))

    def as_it_was(self, name: str, at: datetime) -> Obligation:
        """The obligation as it stood at a moment, with the office that it was with then. Raises Unknown."""
        from workflow.heads import head_at
        from workflow.replay import replayed

        now, number = self.obligation(name), head_at(self._database, at).number
        stands = replayed(self._database, number, "WHERE id = ?", now.id).stands
        return as_they_were(self._database, stands)[0]

    def trail(self, name: ObligationId) -> list[AuditRecord]:
        """What happened to an obligation, oldest first."""
        if self.within is not None:
            self.obligation(name)
        return list(trail(self._database, name))

    def findings(self, obligation: Obligation) -> list[Finding]:
        """What was found in it, in every round, and how each stands."""
        self._check_sight(obligation.office.code)
        query = (
            "SELECT number, seq, state, changed, text, code, page FROM finding WHERE obligation = ? ORDER BY number"
        )
        rows = self._database.rows(query, obligation.id)
        return [Finding(row[0], row[1], FindingState(row[2]), row[3], Defect(*row[4:])) for row in rows]

    def head(self) -> str:
        """The hash of the last record of the trail: whoever knows it can tell whether the trail was changed."""
        return head(self._database)

    def acting(self, actor: Actor) -> Actor:
        """The actor with all that they may be just now."""
        return as_may_be(self._database, actor, self._clock())

    def vocabulary(self) -> Vocabulary:
        """How offices and requirements are spelled in this region."""
        from workflow.vocabulary import vocabulary_of

        return vocabulary_of((row[0], row[1], row[2]) for row in self._database.rows(_SPELLINGS))

    def perform(
        self,
        action: Action,
        obligation: Obligation,
        actor: Actor,
        *,
        note: str = "",
        findings: Sequence[str | Defect] = (),
        content: Digest | None = None,
        name: str = "",
        due: date | None = None,
        on_behalf: str = "",
        dated: date | None = None,
        terms: Terms = NO_TERMS,
        about: Sequence[int] = (),
        holder: str | None = None,
    ) -> Obligation:
        """Move an obligation as the caller saw it, and return it as it stands then.

        What an office does with a file it does with it for all that the file serves, as far as the rules let it.
        `dated` is how old the file is, where that is not when it came. What else the actor may be just now is looked
        up here, and a decision holds the actor's checklist.
        Raises Refused when the rules forbid it, Stale when it has moved since it was read; both change nothing, and
        are kept, but inside another transaction: whoever ends that one keeps them.
        """
        lines = tuple(one for one in map(noted, findings) if one.text)
        spoken = tuple(sorted(set(about)))
        to = None if holder is None else plain(holder)
        statement = Statement(plain(note).strip(), lines, content, plain(name), due, plain(on_behalf), dated, terms)
        with self.keeping(action, obligation, actor), self._database.writing():
            # Also of another office than the one that is shown: then the rules refuse it, and that is kept.
            found = obligations(self._database, "WHERE o.id = ?", obligation.id)
            now, at = found[0] if found else self.obligation(obligation.id), self._clock()
            who = as_may_be(self._database, actor, at)
            move(self._database, action, obligation, now, who, statement._replace(about=spoken, holder=to), at)
            return self.obligation(now.id)

    def keeping(self, action: Action, obligation: Obligation, actor: Actor) -> AbstractContextManager[None]:
        """Keep it when this is refused within, once the transaction that it was tried in is taken back."""
        return keeping(self._database, self._clock, obligation, action, actor)

    def why_not(self, action: Action, obligation: Obligation, actor: Actor) -> Refusal | None:
        """What would refuse an action, as far as can be told before it is tried: the same that refuses it then."""
        if self._database.is_past:
            return Refusal(Rule.LONG_PAST, obligation, action, actor)
        at, who = self._clock(), self.acting(actor)
        if action is Action.UNDO:
            try:
                undo(obligation, last_move(self._database, obligation), who, at=at)
            except Refused as refused:
                return refused.refusal
            return None
        verdict = judge(obligation, action, who)
        if isinstance(verdict, Refusal):
            return verdict
        if action in (Action.REVIEW, Action.APPROVE) and any(
            one.fails for one in ticked(self._database, obligation, obligation.content, who.name)
        ):
            return Refusal(Rule.CHECKS_FAIL, obligation, action, who, (action,), verdict.row.roles[0])
        if not is_in_window(verdict.row, obligation, at, on_behalf=""):
            return Refusal(Rule.OUTSIDE_WINDOW, obligation, action, who, could=Role.BUREAU)
        return None

    def sharing(self, obligation: Obligation) -> list[Obligation]:
        """The others that stand on the very same bytes."""
        where = "WHERE s.content = ? AND o.id != ? ORDER BY o.id"
        found = obligations(self._database, where, obligation.content, obligation.id) if obligation.content else []
        return [one for one in found if self.within in (None, one.office.code)]

    def open_year(self, catalogue: Catalogue, year: int) -> list[ObligationId]:
        """Take over the catalogue's names and add the obligations of a document year. Returns those that are new.

        What is there already stays as it is, with the words, the due date and the unit that it was opened with.
        Raises NoYear when the calendar has no dates for it.
        """
        # Not at the top, like all of the catalogue's own: to ask where something stands must not wait for it.
        from workflow.opening import add, take_over

        new = self.difference(catalogue, year, date.min).added
        with self._database.writing():
            take_over(self._database, catalogue)
            added = add(self._database, new)
            self._seal_catalogue(added)
            return added

    def difference(self, catalogue: Catalogue, year: int, today: date) -> Difference:
        """What the catalogue asks in a document year otherwise than the register has it. Raises NoYear."""
        from workflow.difference import difference

        known = frozenset(row[0] for row in self._database.rows("SELECT id FROM obligation"))
        return difference(catalogue, year, self.obligations(year=year), known, today)

    def apply(self, catalogue: Catalogue, found: Difference, actor: Actor, note: str) -> None:
        """Change an open year as a difference says, each obligation by a record of its own; all of it or nothing.

        Raises Refused, or Stale when something has moved since the difference was found.
        """
        from workflow.editions import Edition
        from workflow.opening import add, keep, take_over

        with self._database.writing():
            take_over(self._database, catalogue)
            added = add(self._database, found.added)
            for entry in catalogue.entries:
                keep(self._database, Edition.of(entry.requirement), entry.requirement.key)
            seen: dict[ObligationId, Obligation] = {}
            for obligation, action, terms, due in found.changes:
                now = seen.get(obligation.id, obligation)
                seen[now.id] = self.perform(action, now, actor, note=note, terms=terms, due=due)
                if terms.office:
                    heir = "UPDATE office SET heir = ? WHERE ? IN (code, heir)"
                    self._database.run(heir, terms.office, obligation.office.code)
            self._seal_catalogue(added)

    def _seal_catalogue(self, added: Sequence[ObligationId]) -> None:
        at = utc(self._clock())
        for relation in ("office", "requirement", "edition"):
            seal_changed(self._database, relation, at)
        seal_whole(self._database, "spelling", at)
        seal(self._database, "obligation", added, at)

    def _check_sight(self, office: str) -> None:
        if self.within not in (None, office):
            raise Forbidden(Actor.office(self.within or ""), Power.SEE, Rule.OTHER_OFFICE)

    def _nearest_obligations(self, name: str) -> tuple[str, ...]:
        office = name.partition("/")[0]
        ids = [row[0] for row in self._database.rows("SELECT id FROM obligation WHERE office = ?", office)]
        return likely(name, ids) if ids else likely(office, offices(self._database))
