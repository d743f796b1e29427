"""Whether the database is what it must be. Changes nothing in it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from workflow.database import APPLICATION_ID, JOURNAL_MODE, SCHEMA_VERSION, Database, Row, Unavailable, connect
from workflow.verification import verify

_LOOSE = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"


class Severity(StrEnum):
    """How bad it is: a note is told and may stay, a fault has to be mended."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


class DatabaseCheck(StrEnum):
    """What is looked at in the database. Each has its sentences, in `tui.advice`."""

    FILE = "database file"
    VERSION = "database version"
    JOURNAL = "journal mode"
    PAGES = "database pages"
    TABLES = "tables"
    TRIGGERS = "triggers"
    REFERENCES = "references"
    TRAIL = "trail"


class Checked(NamedTuple):
    """What one check found: plain data, cleaned for display. `error` is there when it could not be finished."""

    check: StrEnum
    severity: Severity
    facts: Mapping[str, object]

    @property
    def is_ok(self) -> bool:
        """Whether nothing has to be mended."""
        return self.severity is not Severity.FAULT


def judged(check: StrEnum, *, is_well: bool, **facts: object) -> Checked:
    """All well, or a fault."""
    return Checked(check, Severity.OK if is_well else Severity.FAULT, facts)


def attempt(check: StrEnum, look: Callable[[], Checked]) -> Checked:
    """What the look found; where it cannot be finished, that is the fault."""
    try:
        return look()
    # ValueError: a record whose words no version of ours has written.
    except (OSError, Unavailable, ValueError) as error:
        return judged(check, is_well=False, error=str(error))


class ReadOnly(Database):
    """A connection that changes nothing, whatever the file is: no newer schema, no other journal.

    Raises OSError when the file cannot be opened, and Unavailable for whatever SQLite says of it.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file() or not os.access(path, os.R_OK):
            number = errno.EACCES if path.exists() else errno.ENOENT
            raise OSError(number, os.strerror(number), str(path))
        self._connection = connect(path)
        self._connection.row_factory = Row
        self.rows("PRAGMA query_only = ON")

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows at once."""
        try:
            rows: list[Row] = self._connection.execute(query, values).fetchall()
        except self._connection.Error as error:
            raise Unavailable(str(error)) from error
        return rows

    def answer(self, query: str) -> object:
        """The first value of the first row."""
        return self.rows(query)[0][0]


def check_database(path: Path) -> Iterator[Checked]:
    """Everything in the file. Ends early, with FILE or VERSION, where this version cannot understand it."""
    file = attempt(DatabaseCheck.FILE, partial(_file, path))
    yield file
    if not file.is_ok:
        return
    database = ReadOnly(path)
    try:
        version = _version(database)
        yield version
        if version.severity is Severity.OK:
            for check, look in _LOOKS.items():
                yield attempt(check, partial(look, database))
    finally:
        database.close()


def _file(path: Path) -> Checked:
    database = ReadOnly(path)
    try:
        found = database.answer("PRAGMA application_id")
    finally:
        database.close()
    return judged(DatabaseCheck.FILE, is_well=found == APPLICATION_ID, path=str(path), application_id=found)


def _version(database: ReadOnly) -> Checked:
    """An older one is no fault: the next command brings it up to date."""
    found = int(str(database.answer("PRAGMA user_version")))
    newer = Severity.FAULT if found > SCHEMA_VERSION else Severity.NOTE
    severity = Severity.OK if found == SCHEMA_VERSION else newer
    return Checked(DatabaseCheck.VERSION, severity, {"version": found, "known": SCHEMA_VERSION})


def _journal(database: ReadOnly) -> Checked:
    mode = database.answer("PRAGMA journal_mode")
    is_well = mode != "wal" or JOURNAL_MODE == "wal"
    sqlite = database.answer("SELECT sqlite_version()")
    return judged(DatabaseCheck.JOURNAL, is_well=is_well, mode=mode, sqlite=sqlite)


def _pages(database: ReadOnly) -> Checked:
    said = [str(row[0]) for row in database.rows("PRAGMA quick_check")]
    is_well = said == ["ok"]
    return judged(DatabaseCheck.PAGES, is_well=is_well, said=[] if is_well else said)


class _Schema(NamedTuple):
    """The text of everything that was created, by type and name, and the tables that are not STRICT."""

    texts: Mapping[tuple[str, str], str]
    loose: frozenset[str]

    @classmethod
    def of(cls, database: ReadOnly) -> _Schema:
        # What SQLite makes for itself, an index of a primary key, has no text.
        rows = database.rows("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        texts = {(row["type"], row["name"]): row["sql"] for row in rows}
        return cls(texts, frozenset(row[0] for row in database.rows(_LOOSE)))


@cache
def _schema() -> _Schema:
    """That of a new database, made by the same migrations."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="pantau-") as folder:
        path = Path(folder) / "pantau.db"
        Database.create(path).close()
        database = ReadOnly(path)
        try:
            return _Schema.of(database)
        finally:
            database.close()


def _tables(database: ReadOnly) -> Checked:
    """Tables and their indexes; one more than ours does no harm."""
    ours, made = _Schema.of(database), _schema()
    wanted = {key for key in made.texts if key[0] != "trigger"}
    loose = sorted(ours.loose & {name for _, name in wanted} - made.loose)
    missing = sorted(name for _, name in wanted - ours.texts.keys())
    changed = sorted(name for _, name in _changed(ours, made, wanted) if name not in loose)
    is_well = not (loose or missing or changed)
    return judged(DatabaseCheck.TABLES, is_well=is_well, missing=missing, loose=loose, changed=changed)


def _triggers(database: ReadOnly) -> Checked:
    """Each guards the trail, and one that somebody added could undo that."""
    ours, made = _Schema.of(database), _schema()
    there = {key for key in ours.texts if key[0] == "trigger"}
    wanted = {key for key in made.texts if key[0] == "trigger"}
    missing = sorted(name for _, name in wanted - there)
    added = sorted(name for _, name in there - wanted)
    changed = sorted(name for _, name in _changed(ours, made, wanted))
    is_well = not (missing or added or changed)
    return judged(DatabaseCheck.TRIGGERS, is_well=is_well, missing=missing, changed=changed, added=added)


def _changed(ours: _Schema, made: _Schema, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {key for key in wanted & ours.texts.keys() if ours.texts[key] != made.texts[key]}


def _references(database: ReadOnly) -> Checked:
    """Rows that refer to what is not there: an arrival or a record without its content, a record of no obligation."""
    rows = sorted(f"{table} {row}" for table, row, *_ in database.rows("PRAGMA foreign_key_check"))
    return judged(DatabaseCheck.REFERENCES, is_well=not rows, rows=rows)


def _trail(database: ReadOnly) -> Checked:
    records, head, faults = verify(database)
    places = [f"{fault.obligation} {fault.seq} ({fault.what})" for fault in faults]
    return judged(DatabaseCheck.TRAIL, is_well=not faults, records=records, head=head, faults=places)


_LOOKS: Mapping[DatabaseCheck, Callable[[ReadOnly], Checked]] = {
    DatabaseCheck.JOURNAL: _journal,
    DatabaseCheck.PAGES: _pages,
    DatabaseCheck.TABLES: _tables,
    DatabaseCheck.TRIGGERS: _triggers,
    DatabaseCheck.REFERENCES: _references,
    DatabaseCheck.TRAIL: _trail,
}
