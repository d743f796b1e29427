"""The search index: what is said on pages, in notes and findings, and in file names, by its words."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from workflow import Derived, Kind, Query, Term, folded

_VERSION = 1
KINDS = (Kind.PAGE, Kind.NOTE, Kind.FINDING, Kind.FILE)
_TABLES = """\
-- A content by its digest, an obligation by its id, or an arrival by its number. Of a front more may be read yet.
CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, is_front INTEGER NOT NULL) STRICT;
CREATE INDEX source_front ON source (name) WHERE is_front;
-- What was said, compressed: a table of words by itself has no text to show.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source,
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,
    page INTEGER NOT NULL,
    said BLOB NOT NULL
) STRICT;
CREATE INDEX entry_of ON entry (source);
CREATE TABLE position (what TEXT PRIMARY KEY, number INTEGER NOT NULL, mark TEXT NOT NULL) STRICT;
"""
_WORDS = """\
CREATE VIRTUAL TABLE {kind}_words
USING fts5(words, content='', prefix='1 2 3', tokenize="unicode61 remove_diacritics 2");
"""
_ENTRIES = """
SELECT entry.id, kind, source.name, seq, entry.number, page FROM entry JOIN source ON source.number = source
"""
_ALLOW = """
INSERT INTO temp.allowed SELECT entry.id
FROM json_each(?) JOIN source ON source.name = value JOIN entry ON entry.source = source.number
"""
# Words that stand so near to each other are read together.
_NEAR = 12


class Said(NamedTuple):
    """Something that was said: by which source, in which record, as which finding, on which page; 0 for none."""

    kind: Kind
    source: str
    text: str
    seq: int = 0
    number: int = 0
    page: int = 0


class Entry(NamedTuple):
    """Something that was said, without its text, which `Index.texts` has."""

    id: int
    kind: Kind
    source: str
    seq: int
    number: int
    page: int


class Position(NamedTuple):
    """How far the index has come in a table of the register, and a sign that it is still the same table."""

    number: int = 0
    mark: str = ""


class Index:
    """The file that is searched. It can be made from the register again at any time. For one thread."""

    def __init__(self, path: Path) -> None:
        words = "".join(_WORDS.format(kind=kind) for kind in KINDS)
        self._file = Derived(path, _TABLES + words, _VERSION)
        self._allowed: tuple[Collection[str], int] | None = None

    def renew(self) -> None:
        """Open the file, or the one that is in its place by now: before each piece of work. Raises Unavailable."""
        if self._file.renew():
            self._allowed = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, all or nothing."""
        self._allowed = None
        with self._file.writing():
            yield

    def positions(self) -> Mapping[str, Position]:
        """How far it has come in each table."""
        rows = self._file.rows("SELECT what, number, mark FROM position")
        return {row[0]: Position(row[1], row[2]) for row in rows}

    def come_to(self, what: str, position: Position) -> None:
        """Note how far it has come, in the transaction of what was added."""
        self._file.run("INSERT OR REPLACE INTO position VALUES (?, ?, ?)", what, *position)

    def know(self, source: str, *, is_front: bool = False) -> None:
        """Know of a source, and whether more of it may be read yet."""
        told = "INSERT INTO source VALUES (NULL, ?, ?) ON CONFLICT (name) DO NOTHING"
        self._file.run(told, source, is_front)

    def add(self, said: Said) -> None:
        """Add what a source said; where there are no words, there is nothing to find."""
        if not (words := folded(said.text)):
            return
        self.know(said.source)
        added = "INSERT INTO entry SELECT NULL, ?, number, ?, ?, ?, ? FROM source WHERE name = ? RETURNING id"
        kind, source, text, *where = said
        packed = zlib.compress(text.encode(errors="replace"))
        ((entry,),) = self._file.rows(added, kind, *where, packed, source)
        self._file.run(f"INSERT INTO {kind}_words (rowid, words) VALUES (?, ?)", entry, words)

    def forget(self, source: str) -> None:
        """Take out a source and all that it said."""
        those = [Entry(*row) for row in self._file.rows(f"{_ENTRIES} WHERE source.name = ?", source)]
        texts = self.texts([one.id for one in those])
        for one in those:
            table = f"{one.kind}_words"
            gone = f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)"
            self._file.run(gone, one.id, folded(texts[one.id]))
            self._file.run("DELETE FROM entry WHERE id = ?", one.id)
        self._file.run("DELETE FROM source WHERE name = ?", source)

    def clear(self) -> None:
        """Take out everything, in a transaction."""
        for kind in KINDS:
            self._file.run(f"INSERT INTO {kind}_words ({kind}_words) VALUES ('delete-all')")
        for table in ("entry", "source", "position"):
            self._file.run(f"DELETE FROM {table}")

    def fronts(self) -> list[str]:
        """The contents of which not all has been read."""
        return [row[0] for row in self._file.rows("SELECT name FROM source WHERE is_front ORDER BY name")]

    def found(self, kind: Kind, query: Query, limit: int, among: Collection[str] | None = None) -> list[Entry]:
        """What has the words, at most so many: first where they stand together, then what was added last.

        `among` are the sources that may be found; None for all. Without words, whatever was added last.
        """
        ids: list[int] = []
        for match in _matches(query):
            ids += self._ids(kind, match, limit, among)
        return self._entries(list(dict.fromkeys(ids))[:limit])

    def _ids(self, kind: Kind, match: str, limit: int, among: Collection[str] | None) -> list[int]:
        table = f"{kind}_words" if match else "entry"
        where, values = (f"{table} MATCH ?", [match]) if match else ("kind = ?", [kind.value])
        if among is not None:
            self._allow(among)
            # The plus: each that has the words is looked for among the allowed, not the other way round.
            where += f" AND +{table}.rowid IN (SELECT id FROM temp.allowed)"
        query = f"SELECT rowid FROM {table} WHERE {where} ORDER BY rowid DESC LIMIT ?"
        return [row[0] for row in self._file.rows(query, *values, limit)]

    def _allow(self, among: Collection[str]) -> None:
        """Lay down what may be found. The same collection is laid down once, until the index has moved."""
        version = self._file.version()
        if self._allowed and self._allowed[0] is among and self._allowed[1] == version:
            return
        self._file.run("CREATE TEMP TABLE IF NOT EXISTS allowed (id INTEGER PRIMARY KEY)")
        self._file.run("DELETE FROM temp.allowed")
        self._file.run(_ALLOW, json.dumps(list(among)))
        self._allowed = among, version

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        """What these entries say, as far as they are still there."""
        rows = self._file.rows(f"SELECT id, said FROM entry WHERE id IN ({', '.join('?' * len(ids))})", *ids)
        with self._file.understood():
            return {row["id"]: zlib.decompress(row["said"]).decode() for row in rows}

    def _entries(self, ids: Sequence[int]) -> list[Entry]:
        rows = self._file.rows(f"{_ENTRIES} WHERE entry.id IN ({', '.join('?' * len(ids))})", *ids)
        with self._file.understood():
            known = {row["id"]: Entry(*row)._replace(kind=Kind(row["kind"])) for row in rows}
        return [known[one] for one in ids if one in known]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _matches(query: Query) -> list[str]:
    """What the words are in the language of the index. They hold nothing but letters and digits, and are quoted."""
    if not query.wanted:
        return [""]
    wanted = [_phrase(one) for one in query.wanted]
    unwanted = " OR ".join(_phrase(one) for one in query.terms if one.is_not)
    near = [f"NEAR({' '.join(wanted)}, {_NEAR})"] if len(wanted) > 1 else []
    without = f" NOT ({unwanted})" if unwanted else ""
    return [f"{one}{without}" for one in (*near, f"({' AND '.join(wanted)})")]


def _phrase(term: Term) -> str:
    return f'"{term.words}"{" *" if term.is_prefix else ""}'
