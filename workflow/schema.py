"""The tables, their triggers, and how an older file is brought up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database as Utilities
from sqlite_utils import Migrations

from workflow import schema_decisions, schema_people, schema_tally, schema_terms
from workflow.database import APPLICATION_ID, JOURNAL_MODE, SCHEMA_VERSION, Connection, connect, is_complete
from workflow.errors import NotOurs

MIGRATIONS = Migrations("pantau")

# Written out rather than built: sqlite-utils makes a STRICT table loose when another process holds the lock.
_FIRST = """
CREATE TABLE office (
    code TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    short TEXT NOT NULL
) STRICT;
CREATE TABLE requirement (
    key TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    variant TEXT NOT NULL,
    short TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    family TEXT NOT NULL
) STRICT;
-- What file names are matched against: kind is office, requirement or lookalike.
CREATE TABLE spelling (
    kind TEXT NOT NULL CHECK (kind IN ('office', 'requirement', 'lookalike')),
    words TEXT NOT NULL,
    means TEXT NOT NULL,
    PRIMARY KEY (kind, words, means)
) STRICT, WITHOUT ROWID;
CREATE TABLE obligation (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office,
    requirement TEXT NOT NULL REFERENCES requirement,
    period TEXT NOT NULL,
    year INTEGER NOT NULL,
    unit TEXT NOT NULL,
    needs_review INTEGER NOT NULL,
    conditional INTEGER NOT NULL,
    due TEXT
) STRICT;
CREATE INDEX obligation_by_year ON obligation (year, office);

CREATE TABLE content (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    size INTEGER NOT NULL
) STRICT;
CREATE TABLE scan (
    digest TEXT PRIMARY KEY REFERENCES content,
    at TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('clean', 'infected', 'not scanned')),
    detail TEXT NOT NULL
) STRICT;
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    obligation TEXT NOT NULL REFERENCES obligation,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    action TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('draft', 'submitted', 'reviewed', 'approved')),
    target TEXT NOT NULL CHECK (target IN ('draft', 'submitted', 'reviewed', 'approved')),
    content TEXT REFERENCES content,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    findings TEXT NOT NULL,
    due TEXT,
    cancels TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (obligation, seq)
) STRICT;

-- Where each obligation stands: the target of its last record, kept in the same statement that appends it.
CREATE TABLE standing (
    obligation TEXT PRIMARY KEY REFERENCES obligation,
    seq INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'draft',
    round INTEGER NOT NULL DEFAULT 0,
    content TEXT,
    submitter TEXT,
    hands TEXT NOT NULL DEFAULT '',
    readers TEXT NOT NULL DEFAULT '',
    reviewer TEXT,
    review_seq INTEGER,
    due TEXT,
    action TEXT,
    actor TEXT,
    at TEXT
) STRICT;
CREATE TRIGGER obligation_begins AFTER INSERT ON obligation BEGIN
    INSERT INTO standing (obligation, due) VALUES (NEW.id, NEW.due);
END;
CREATE TRIGGER obligation_keeps BEFORE UPDATE ON obligation BEGIN
    SELECT RAISE(ABORT, 'an obligation is frozen with its year');
END;
CREATE TRIGGER obligation_stays BEFORE DELETE ON obligation BEGIN
    SELECT RAISE(ABORT, 'an obligation is frozen with its year');
END;
CREATE TRIGGER audit_moves_standing AFTER INSERT ON audit BEGIN
    UPDATE standing SET
        seq = NEW.seq,
        state = NEW.target,
        round = round + (NEW.action = 'submit' AND NEW.source = 'draft'),
        content = NEW.content,
        submitter = CASE WHEN NEW.action = 'submit' THEN NEW.actor ELSE submitter END,
        hands = (SELECT coalesce(group_concat(actor, char(10)), '') FROM (
            SELECT actor FROM audit WHERE obligation = NEW.obligation AND content IS NEW.content
              AND action IN ('save', 'submit') GROUP BY actor ORDER BY min(seq))),
        readers = (SELECT coalesce(group_concat(actor, char(10)), '') FROM (
            SELECT actor FROM audit WHERE obligation = NEW.obligation AND content IS NEW.content
              AND action = 'review' GROUP BY actor ORDER BY min(seq))),
        (reviewer, review_seq) = (SELECT actor, seq FROM audit
            WHERE NEW.target IN ('reviewed', 'approved') AND obligation = NEW.obligation AND action = 'review'
              AND seq > (SELECT max(seq) FROM audit WHERE obligation = NEW.obligation AND action = 'submit')
              AND '[' || seq || ']' NOT IN
                  (SELECT cancels FROM audit WHERE obligation = NEW.obligation AND action = 'undo')
            ORDER BY seq DESC LIMIT 1),
        due = coalesce(NEW.due, due),
        action = CASE WHEN NEW.action = 'extend' THEN action ELSE NEW.action END,
        actor = CASE WHEN NEW.action = 'extend' THEN actor ELSE NEW.actor END,
        at = CASE WHEN NEW.action = 'extend' THEN at ELSE NEW.at END
    WHERE obligation = NEW.obligation;
END;

-- Append-only. REPLACE deletes without firing a delete trigger unless recursive_triggers is on, so an
-- insert over an existing record is refused by itself.
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER audit_appends BEFORE INSERT ON audit
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit)
  OR (NEW.seq, NEW.source) IS NOT (SELECT seq + 1, state FROM standing WHERE obligation = NEW.obligation)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

-- The folders that files come in through, and by what each is known again after it was away.
CREATE TABLE root (
    name TEXT PRIMARY KEY,
    sentinel TEXT NOT NULL
) STRICT;
-- Files that wait in an inbox, and why; rewritten by the watcher as it looks.
CREATE TABLE held (
    root TEXT NOT NULL,
    path BLOB NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (root, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE arrival (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    root TEXT NOT NULL,
    path BLOB NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    identity TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES content,
    outcome TEXT NOT NULL CHECK (outcome IN ('filed', 'again', 'quarantined')),
    obligation TEXT REFERENCES obligation,
    seq INTEGER,
    reason TEXT,
    is_draft INTEGER NOT NULL,
    guesses TEXT NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE (root, path, identity, digest)
) STRICT;
CREATE TABLE retirement (
    arrival INTEGER PRIMARY KEY REFERENCES arrival,
    at TEXT NOT NULL,
    place BLOB
) STRICT;
CREATE TABLE placement (
    arrival INTEGER PRIMARY KEY REFERENCES arrival,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    obligation TEXT NOT NULL REFERENCES obligation,
    seq INTEGER NOT NULL
) STRICT;
CREATE TABLE turned_away (
    arrival INTEGER PRIMARY KEY REFERENCES arrival,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX arrival_by_digest ON arrival (digest);
CREATE INDEX arrival_by_obligation ON arrival (obligation, seq);
CREATE INDEX arrival_quarantined ON arrival (id) WHERE outcome = 'quarantined';
"""

_SECOND = """
-- What files are recognised by. Beside office, requirement and lookalike: how documents call themselves on covers,
-- the codes of those that are for several years, what the region is called, and its own office; the years
-- (`2009-2016`) of a name that an office has not always borne.
ALTER TABLE spelling RENAME TO first_spelling;
CREATE TABLE spelling (
    kind TEXT NOT NULL CHECK (kind IN ('office', 'requirement', 'lookalike', 'title', 'plan', 'region', 'borne')),
    words TEXT NOT NULL,
    means TEXT NOT NULL,
    PRIMARY KEY (kind, words, means)
) STRICT, WITHOUT ROWID;
INSERT INTO spelling SELECT * FROM first_spelling;
DROP TABLE first_spelling;
-- What each content says, as far as it was read, or why it could not be. `pages` is a compressed pair of lists: which
-- were read, and what they say; `words` stands for all words of a whole text, and finds it again in other bytes.
CREATE TABLE text (
    digest TEXT PRIMARY KEY REFERENCES content,
    why TEXT,
    total INTEGER,
    pages BLOB,
    title TEXT,
    subject TEXT,
    is_whole INTEGER NOT NULL DEFAULT 0,
    words TEXT,
    CHECK (coalesce(why, pages) IS NOT NULL)
) STRICT;
CREATE INDEX text_by_words ON text (words) WHERE words IS NOT NULL;
-- Spellings that people have told beside those of the catalogue. `kind` and `means` are as in `spelling`.
CREATE TABLE remembered (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('office', 'requirement')),
    words TEXT NOT NULL,
    means TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    forgotten_at TEXT,
    forgotten_by TEXT
) STRICT;
CREATE UNIQUE INDEX remembered_words ON remembered (words) WHERE forgotten_at IS NULL;
"""

_FIFTH = """
-- What each person has chosen for themselves; no evidence of anything.
CREATE TABLE preference (
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (actor, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_actor ON seen (actor);
"""


@MIGRATIONS()
def first(database: Utilities) -> None:
    """The tables of version 1."""
    for statement in _statements(_FIRST):
        database.execute(statement)


@MIGRATIONS()
def second(database: Utilities) -> None:
    """What is kept of texts and of what people have told."""
    for statement in _statements(_SECOND):
        database.execute(statement)


@MIGRATIONS()
def dated(database: Utilities) -> None:
    """How old a file was that was taken over with an archive. At the end of the row, as no record is written anew."""
    database.execute("ALTER TABLE audit ADD COLUMN dated TEXT")


@MIGRATIONS()
def third(database: Utilities) -> None:
    """The terms of an obligation, and the records that change them."""
    for statement in _statements(schema_terms.STATEMENTS):
        database.execute(statement)
    schema_terms.editions(database)
    for statement in _statements(schema_terms.AFTER):
        database.execute(statement)


@MIGRATIONS()
def fourth(database: Utilities) -> None:
    """Findings that are followed, receipts, mandates, and the seals of all that is evidence."""
    for statement in _statements(schema_decisions.STATEMENTS):
        database.execute(statement)
    schema_decisions.note_findings(database)
    for statement in _statements(schema_decisions.AFTER):
        database.execute(statement)
    schema_decisions.seal_what_is_there(database)


@MIGRATIONS()
def fifth(database: Utilities) -> None:
    """What people have chosen for themselves."""
    for statement in _statements(_FIFTH):
        database.execute(statement)


@MIGRATIONS()
def sixth(database: Utilities) -> None:
    """People and their keys."""
    for statement in _statements(schema_people.STATEMENTS):
        database.execute(statement)


@MIGRATIONS()
def seventh(database: Utilities) -> None:
    """How many obligations stand alike."""
    for statement in _statements(schema_tally.STATEMENTS):
        database.execute(statement)


def migrate(path: Path) -> None:
    """Make the file, or bring it to `SCHEMA_VERSION`. Several processes may call it at once; one does the work."""
    with _alone(path):
        connection = connect(path)
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] >= SCHEMA_VERSION:
                return
            refuse_others(connection, path)
            # The switch of the journal does not wait for others, hence the lock around all of this.
            connection.execute(f"PRAGMA journal_mode = {JOURNAL_MODE}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            MIGRATIONS.apply(Utilities(connection))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        finally:
            connection.close()


def refuse_others(connection: Connection, path: Path) -> None:
    """Raise NotOurs for a file that another program has made."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    is_empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION_ID and not (application == 0 and is_empty):
        raise NotOurs(str(path))


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if is_complete(statement):
            yield statement
            statement = ""


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
