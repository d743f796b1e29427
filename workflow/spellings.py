"""What people have said that a word means: more ways to spell an office or a document of this region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from workflow.access import Power, require
from workflow.actors import Actor
from workflow.database import Database
from workflow.errors import Unknown, WorkflowError
from workflow.moments import utc
from workflow.seals import seal
from workflow.tables import likely, phrase

_MEANINGS = """
SELECT kind, means FROM spelling WHERE words = ?1 AND kind IN ('office', 'requirement', 'lookalike')
UNION SELECT kind, means FROM remembered WHERE words = ?1 AND forgotten_at IS NULL
"""


class Spelled(StrEnum):
    """What a spelling is one of."""

    OFFICE = "office"
    REQUIREMENT = "requirement"


class Spelling(NamedTuple):
    """A spelling that a person has told: what it means (a code), who said so and when (UTC)."""

    id: int
    kind: Spelled
    words: str
    means: str
    actor: str
    at: str


class AlreadyMeans(WorkflowError):
    """The words mean something else in this region. Nothing has changed."""

    def __init__(self, words: str, means: str) -> None:
        super().__init__(f"{words}: {means}")
        self.words = words
        self.means = means


class Spellings:
    """The remembered spellings. What is taken back stays recorded, with who took it back."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> list[Spelling]:
        """Those that count, oldest first."""
        query = "SELECT id, kind, words, means, actor, at FROM remembered WHERE forgotten_at IS NULL ORDER BY id"
        return [Spelling(id_, Spelled(kind), *rest) for id_, kind, *rest in self._database.rows(query)]

    def remember(self, kind: Spelled, words: str, means: str, actor: Actor) -> Spelling:
        """From now on the words mean this office or requirement. Saying it twice is saying it once.

        Raises Forbidden, Unknown (no such code, or no word in it), or AlreadyMeans.
        """
        require(actor, Power.REMEMBER)
        words = phrase(words)
        with self._database.writing():
            self._check(kind, words, means)
            told = next((one for one in self.all() if one.words == words), None)
            if told is None:
                at = self._now()
                statement = "INSERT INTO remembered (kind, words, means, actor, at) VALUES (?, ?, ?, ?, ?)"
                self._database.run(statement, kind, words, means, actor.name, at)
                told = self.all()[-1]
                seal(self._database, "remembered", [told.id], at)
            return told

    def forget(self, id_: int, actor: Actor) -> None:
        """Take one back. Raises Forbidden, or Unknown when there is none with this number."""
        require(actor, Power.REMEMBER)
        statement = "UPDATE remembered SET forgotten_at = ?, forgotten_by = ? WHERE id = ? AND forgotten_at IS NULL"
        with self._database.writing():
            at = self._now()
            if not self._database.run(statement, at, actor.name, id_):
                raise Unknown("spelling", str(id_))
            seal(self._database, "remembered", [id_], at)

    def _check(self, kind: Spelled, words: str, means: str) -> None:
        column = {Spelled.OFFICE: "code FROM office", Spelled.REQUIREMENT: "code FROM requirement"}[kind]
        codes = {row[0] for row in self._database.rows(f"SELECT {column}")}
        if means not in codes:
            raise Unknown(kind, means, likely(means, codes))
        if not words:
            raise Unknown("spelling", words)
        for its_kind, its_means in self._database.rows(_MEANINGS, words):
            if (its_kind, its_means.partition("+")[0]) != (kind, means):
                raise AlreadyMeans(words, its_means or words)

    def _now(self) -> str:
        return utc(self._clock())
