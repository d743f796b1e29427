"""The search index is brought up to date from the register, a little at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from inbox.index import Index, Position, Said
from inbox.readings import Text
from inbox.texts import Texts
from workflow import Action, Database, Digest, Kind, Row, Unavailable, plain_lines

# So much is added in one transaction: as long as nobody minds to wait for it.
_ROWS, _PAGES, _FRONTS = 100, 50, 500
_AHEAD = """
SELECT (SELECT count(*) FROM audit WHERE number > ?), (SELECT count(*) FROM arrival WHERE id > ?),
    (SELECT count(*) FROM text WHERE rowid > ? AND pages NOTNULL),
    (SELECT count(*) FROM content WHERE digest NOT IN (SELECT digest FROM text)
        AND digest NOT IN (SELECT digest FROM scan WHERE verdict = 'infected'))
"""
_NEW_RECORDS = "SELECT number, obligation, seq, action, note, about, checks FROM audit WHERE number > ?"
_FINDINGS = "SELECT number, text, page FROM finding WHERE obligation = ? AND seq = ? ORDER BY number"
_RECORDS, _ARRIVALS, _TEXTS = "audit", "arrival", "text"
# What never changes in their rows, and their numbers.
_MARKS = {_RECORDS: ("hash", "number"), _ARRIVALS: ("digest", "id"), _TEXTS: ("digest", "rowid")}


class Behind(NamedTuple):
    """What cannot be found yet: records, arrivals and texts that are not in the index, contents that nobody read."""

    records: int
    arrivals: int
    texts: int
    unread: int

    @property
    def is_level(self) -> bool:
        """Whether the index has all that there is for it."""
        return not (self.records or self.arrivals or self.texts)


class Indexer:
    """Takes what the register has and the index has not. Any number may be at it at once."""

    def __init__(self, database: Database, index: Index) -> None:
        self._database = database
        self._index = index
        self._texts = Texts(database)

    def step(self) -> bool:
        """Take a little more, in one transaction of the index. False when there is nothing more, or no room.

        Nothing of the register is locked meanwhile, and what is read there again is added once.
        """
        try:
            self._index.renew()
            return self._forgets() or self._records() or self._arrivals() or self._new_texts() or self._deeper()
        except Unavailable:
            return False

    def behind(self) -> Behind:
        """How much there is that cannot be found yet. Raises Unavailable."""
        self._index.renew()
        at = self._index.positions()
        numbers = (at.get(one, Position()).number for one in (_RECORDS, _ARRIVALS, _TEXTS))
        ((records, arrivals, texts, unread),) = self._database.rows(_AHEAD, *numbers)
        return Behind(records, arrivals, texts, unread)

    def _forgets(self) -> bool:
        """Begin anew where the register is another by now: an older copy was put back, or another in its place."""
        at = self._index.positions()
        if not any(self._is_another(one, at[one]) for one in at):
            return False
        with self._index.writing():
            if self._index.positions() == at:
                self._index.clear()
        return True

    def _is_another(self, table: str, position: Position) -> bool:
        return position.number > 0 and self._mark(table, position.number) != position.mark

    def _mark(self, table: str, number: int) -> str | None:
        what, key = _MARKS[table]
        row = self._database.row(f"SELECT {what} FROM {table} WHERE {key} = ?", number)
        return row[0] if row else None

    def _records(self) -> bool:
        query = f"{_NEW_RECORDS} ORDER BY number LIMIT ?"
        at = self._at(_RECORDS)
        rows = self._database.rows(query, at.number, _ROWS)
        return self._add(
            _RECORDS, at, [row["number"] for row in rows], [one for row in rows for one in self._of(row)]
        )

    def _of(self, record: Row) -> Iterator[Said]:
        """What a record says: its note, the findings that it noted, what else was ticked with a remark."""
        name, seq = record["obligation"], record["seq"]
        if record["action"] == Action.ANSWER:
            yield Said(Kind.FINDING, name, record["note"], seq, min(json.loads(record["about"]), default=0))
        else:
            yield Said(Kind.NOTE, name, record["note"], seq)
        found = self._database.rows(_FINDINGS, name, seq)
        for number, text, page in found:
            yield Said(Kind.FINDING, name, text, seq, number, page)
        for _code, _mark, page, note in json.loads(record["checks"]):
            if not any(note in one["text"] for one in found):
                yield Said(Kind.NOTE, name, note, seq, page=page)

    def _arrivals(self) -> bool:
        at = self._at(_ARRIVALS)
        rows = self._database.rows("SELECT id, name FROM arrival WHERE id > ? ORDER BY id LIMIT ?", at.number, _ROWS)
        said = [Said(Kind.FILE, str(row["id"]), row["name"]) for row in rows]
        return self._add(_ARRIVALS, at, [row["id"] for row in rows], said)

    def _new_texts(self) -> bool:
        at = self._at(_TEXTS)
        query = "SELECT rowid, digest, is_whole FROM text WHERE rowid > ? ORDER BY rowid LIMIT ?"
        taken, said, fronts = list[int](), list[Said](), list[str]()
        for number, digest, is_whole in self._database.rows(query, at.number, _ROWS):
            said += self._pages(digest)
            fronts += [] if is_whole else [digest]
            taken.append(number)
            if len(said) >= _PAGES:
                break
        return self._add(_TEXTS, at, taken, said, fronts)

    def _pages(self, digest: Digest) -> Iterator[Said]:
        text = self._texts.of(digest)
        if isinstance(text, Text):
            for number, page in zip(text.numbers, text.pages, strict=True):
                yield Said(Kind.PAGE, digest, plain_lines(page), page=number)

    def _deeper(self) -> bool:
        """Take the whole of a text of which the front alone was there."""
        fronts = self._index.fronts()
        for first in range(0, len(fronts), _FRONTS):
            some = fronts[first : first + _FRONTS]
            query = f"SELECT digest FROM text WHERE is_whole AND digest IN ({', '.join('?' * len(some))}) LIMIT 1"
            for (digest,) in self._database.rows(query, *some):
                said = list(self._pages(digest))
                with self._index.writing():
                    self._index.forget(digest)
                    self._index.know(digest)
                    for one in said:
                        self._index.add(one)
                return True
        return False

    def _at(self, table: str) -> Position:
        return self._index.positions().get(table, Position())

    def _add(
        self, table: str, at: Position, taken: Sequence[int], said: Sequence[Said], fronts: Sequence[str] = ()
    ) -> bool:
        """Add what rows of a table said, unless another process has meanwhile. False when there are none."""
        if not taken:
            return False
        until = Position(taken[-1], self._mark(table, taken[-1]) or "")
        with self._index.writing():
            if self._at(table) == at:
                for digest in fronts:
                    self._index.know(digest, is_front=True)
                for one in said:
                    self._index.add(one)
                self._index.come_to(table, until)
        return True
