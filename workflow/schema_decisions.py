"""The tables and columns that came with findings, receipts and the seals."""

from __future__ import annotations

from typing import Any

from workflow.seals import WHOLE, digest_of, digest_of_all, key_of, link

# Written out, not built from the types: a migration must do tomorrow what it did today.
STATEMENTS = """
ALTER TABLE audit ADD COLUMN about TEXT NOT NULL DEFAULT '[]';
ALTER TABLE audit ADD COLUMN checks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE audit ADD COLUMN holder TEXT;
ALTER TABLE audit ADD COLUMN via TEXT NOT NULL DEFAULT '';

ALTER TABLE standing ADD COLUMN holder TEXT;
ALTER TABLE standing ADD COLUMN findings TEXT NOT NULL DEFAULT '';
CREATE INDEX obligation_by_requirement ON obligation (requirement);
CREATE INDEX standing_by_holder ON standing (holder) WHERE holder IS NOT NULL;

-- How each finding stands, kept in the same statement that appends a record; `changed` is the one that moved it last.
CREATE TABLE finding (
    obligation TEXT NOT NULL REFERENCES obligation,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'accepted', 'fallen')),
    changed INTEGER NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (obligation, number)
) STRICT, WITHOUT ROWID;

-- Work in progress of a reviewer; the record of a decision holds what it was decided on.
CREATE TABLE tick (
    obligation TEXT NOT NULL REFERENCES obligation,
    content TEXT NOT NULL REFERENCES content,
    code TEXT NOT NULL,
    actor TEXT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('meets', 'needs repair', 'not found', 'not applicable')),
    page INTEGER NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (obligation, content, actor, code)
) STRICT, WITHOUT ROWID;
-- Up to which record each person has seen an obligation.
CREATE TABLE seen (
    obligation TEXT NOT NULL REFERENCES obligation,
    actor TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (obligation, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusal (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    obligation TEXT NOT NULL REFERENCES obligation,
    seq INTEGER NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    via TEXT NOT NULL,
    rule TEXT NOT NULL,
    content TEXT
) STRICT;
CREATE INDEX refusal_by_obligation ON refusal (obligation);
-- Who may act in which role from when until when, and in whose place. Moments are UTC; the end is not within.
CREATE TABLE mandate (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    giver TEXT NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    on_behalf TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    note TEXT NOT NULL,
    revoked_at TEXT,
    revoked_by TEXT,
    revoked_why TEXT
) STRICT;
CREATE INDEX mandate_by_person ON mandate (person, ends);
CREATE TABLE receipt (
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    arrival INTEGER NOT NULL UNIQUE REFERENCES arrival,
    obligation TEXT NOT NULL REFERENCES obligation,
    seq INTEGER,
    office TEXT NOT NULL,
    document TEXT NOT NULL,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER,
    digest TEXT NOT NULL,
    sender TEXT NOT NULL,
    head TEXT NOT NULL,
    PRIMARY KEY (year, number)
) STRICT;
CREATE INDEX receipt_by_digest ON receipt (digest);
CREATE INDEX receipt_by_obligation ON receipt (obligation);
-- Which receipts lie in the folder of their office.
CREATE TABLE delivery (
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (year, number),
    FOREIGN KEY (year, number) REFERENCES receipt
) STRICT, WITHOUT ROWID;

-- Of which returns the findings lie in the folder of their office.
CREATE TABLE handed_back (
    obligation TEXT NOT NULL REFERENCES obligation,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (obligation, seq)
) STRICT, WITHOUT ROWID;

-- Moves and seals are numbered together, and chained together.
CREATE TABLE seal (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    relation TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX seal_by_row ON seal (relation, key);

DROP TRIGGER audit_moves_standing;
DROP TRIGGER audit_appends;
"""

_TRIGGERS = """
CREATE TRIGGER audit_appends BEFORE INSERT ON audit
WHEN NEW.number IS NOT 1 + max(
    coalesce((SELECT max(number) FROM audit), 0), coalesce((SELECT max(number) FROM seal), 0))
  OR (NEW.seq, NEW.source) IS NOT (SELECT seq + 1, state FROM standing WHERE obligation = NEW.obligation)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER seal_appends BEFORE INSERT ON seal
WHEN NEW.number IS NOT 1 + max(
    coalesce((SELECT max(number) FROM audit), 0), coalesce((SELECT max(number) FROM seal), 0))
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER seal_keeps BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER seal_stays BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER refusal_appends BEFORE INSERT ON refusal
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM refusal)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER refusal_keeps BEFORE UPDATE ON refusal BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER refusal_stays BEFORE DELETE ON refusal BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER receipt_appends BEFORE INSERT ON receipt
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM receipt WHERE year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'receipts are numbered without gaps'); END;
CREATE TRIGGER receipt_keeps BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is kept as it is'); END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is kept as it is'); END;
CREATE TRIGGER mandate_keeps BEFORE UPDATE ON mandate
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
  OR (NEW.number, NEW.at, NEW.giver, NEW.person, NEW.role, NEW.unit) IS NOT
     (OLD.number, OLD.at, OLD.giver, OLD.person, OLD.role, OLD.unit)
  OR (NEW.on_behalf, NEW.begins, NEW.ends, NEW.note) IS NOT (OLD.on_behalf, OLD.begins, OLD.ends, OLD.note)
BEGIN SELECT RAISE(ABORT, 'a mandate is revoked, not changed'); END;
CREATE TRIGGER mandate_stays BEFORE DELETE ON mandate
BEGIN SELECT RAISE(ABORT, 'a mandate is revoked, not changed'); END;
CREATE TRIGGER audit_moves_standing AFTER INSERT ON audit BEGIN
    INSERT INTO finding (obligation, number, seq, state, changed, code, text, page)
        SELECT NEW.obligation, (SELECT count(*) FROM finding WHERE obligation = NEW.obligation) + key + 1,
            NEW.seq, 'open', NEW.seq, iif(type = 'object', value ->> '$.code', ''),
            iif(type = 'object', value ->> '$.text', value), iif(type = 'object', value ->> '$.page', 0)
        FROM json_each(NEW.findings) WHERE NEW.action = 'return';
    UPDATE finding SET state = 'fallen', changed = NEW.seq
        WHERE NEW.action = 'undo' AND obligation = NEW.obligation AND state = 'open'
          AND seq IN (SELECT value FROM json_each(NEW.cancels));
    UPDATE finding SET state = 'answered', changed = NEW.seq
        WHERE NEW.action = 'undo' AND obligation = NEW.obligation AND state = 'accepted'
          AND changed IN (SELECT value FROM json_each(NEW.cancels));
    -- The bytes that it was found in answer nothing: not once more, and not after others that had answered it.
    UPDATE finding SET state = 'answered', changed = NEW.seq
        WHERE NEW.action = 'submit' AND obligation = NEW.obligation AND state = 'open'
          AND NEW.content IS NOT (SELECT content FROM audit WHERE obligation = NEW.obligation AND seq = finding.seq)
          AND NEW.content IS NOT (SELECT content FROM audit WHERE obligation = NEW.obligation AND seq = changed);
    UPDATE finding SET state = 'open', changed = NEW.seq
        WHERE NEW.action = 'submit' AND obligation = NEW.obligation AND state = 'answered'
          AND NEW.content IS (SELECT content FROM audit WHERE obligation = NEW.obligation AND seq = finding.seq)
          AND NEW.content IS NOT (SELECT content FROM audit WHERE obligation = NEW.obligation AND seq = changed);
    UPDATE finding SET state = 'answered', changed = NEW.seq
        WHERE NEW.action = 'answer' AND NEW.target <> 'draft' AND obligation = NEW.obligation AND state = 'open'
          AND number IN (SELECT value FROM json_each(NEW.about));
    UPDATE finding SET state = 'accepted', changed = NEW.seq
        WHERE NEW.action IN ('review', 'approve') AND obligation = NEW.obligation AND state IN ('open', 'answered');
    UPDATE finding SET state = 'accepted', changed = NEW.seq
        WHERE NEW.action = 'accept' AND obligation = NEW.obligation
          AND number IN (SELECT value FROM json_each(NEW.about));
    UPDATE finding SET state = 'open', changed = NEW.seq
        WHERE NEW.action = 'open again' AND obligation = NEW.obligation
          AND number IN (SELECT value FROM json_each(NEW.about));
    UPDATE standing SET
        seq = NEW.seq,
        state = NEW.target,
        round = round + (NEW.action = 'submit' AND NEW.source = 'draft'),
        content = NEW.content,
        submitter = CASE WHEN NEW.action = 'submit' THEN NEW.actor ELSE submitter END,
        hands = (SELECT coalesce(group_concat(who, char(10)), '') FROM (
            SELECT who FROM (
                SELECT actor AS who, 2 * seq AS place FROM audit
                WHERE obligation = NEW.obligation AND content IS NEW.content AND action IN ('save', 'submit')
                UNION ALL SELECT on_behalf, 2 * seq + 1 FROM audit
                WHERE obligation = NEW.obligation AND content IS NEW.content AND action IN ('save', 'submit')
                  AND on_behalf <> '' AND on_behalf NOT IN (SELECT code FROM office)
            ) GROUP BY who ORDER BY min(place))),
        readers = (SELECT coalesce(group_concat(who, char(10)), '') FROM (
            SELECT who FROM (
                SELECT actor AS who, 2 * seq AS place FROM audit
                WHERE obligation = NEW.obligation AND content IS NEW.content AND action = 'review'
                UNION ALL SELECT on_behalf, 2 * seq + 1 FROM audit
                WHERE obligation = NEW.obligation AND content IS NEW.content AND action = 'review' AND on_behalf <> ''
            ) GROUP BY who ORDER BY min(place))),
        (reviewer, review_seq) = (SELECT actor, seq FROM audit
            WHERE NEW.target IN ('reviewed', 'approved') AND obligation = NEW.obligation AND action = 'review'
              AND seq > (SELECT max(seq) FROM audit WHERE obligation = NEW.obligation AND action = 'submit')
              AND '[' || seq || ']' NOT IN
                  (SELECT cancels FROM audit WHERE obligation = NEW.obligation AND action = 'undo')
            ORDER BY seq DESC LIMIT 1),
        due = coalesce(NEW.due, due),
        action = CASE WHEN NEW.action IN (
            'extend', 'declare', 'waive', 'reinstate', 'admit', 'amend', 'hand over',
            'take', 'assign', 'comment', 'answer', 'accept', 'open again'
        ) THEN action ELSE NEW.action END,
        actor = CASE WHEN NEW.action IN (
            'extend', 'declare', 'waive', 'reinstate', 'admit', 'amend', 'hand over',
            'take', 'assign', 'comment', 'answer', 'accept', 'open again'
        ) THEN actor ELSE NEW.actor END,
        at = CASE WHEN NEW.action IN (
            'extend', 'declare', 'waive', 'reinstate', 'admit', 'amend', 'hand over',
            'take', 'assign', 'comment', 'answer', 'accept', 'open again'
        ) THEN at ELSE NEW.at END,
        office = coalesce(json_extract(NEW.terms, '$.office'), office),
        unit = coalesce(json_extract(NEW.terms, '$.unit'), unit),
        needs_review = coalesce(json_extract(NEW.terms, '$.needs_review'), needs_review),
        edition = coalesce(json_extract(NEW.terms, '$.edition'), edition),
        duty = coalesce(json_extract(NEW.terms, '$.duty'), duty),
        start = coalesce(json_extract(NEW.terms, '$.start'), start),
        ruled = coalesce(json_extract(NEW.terms, '$.ruled'), ruled),
        windows = coalesce(json_extract(NEW.terms, '$.windows'), windows),
        holder = CASE
            WHEN NEW.holder IS NOT NULL THEN nullif(NEW.holder, '')
            WHEN NEW.action = 'return' THEN iif(NEW.source = 'submitted', NEW.actor, reviewer)
            WHEN NEW.action = 'undo' THEN NEW.actor
            WHEN NEW.action IN ('review', 'approve', 'reopen') THEN NULL
            ELSE holder END,
        findings = (SELECT coalesce(group_concat(state, ' '), '') FROM (
            SELECT state FROM finding WHERE obligation = NEW.obligation ORDER BY number))
    WHERE obligation = NEW.obligation;
END;
"""
AFTER = _TRIGGERS


# As they were with this version: what is sealed later is sealed by the migration that brings it.
_SEALED = (
    *("office", "requirement", "edition", "obligation", "content", "arrival", "scan", "placement"),
    *("turned_away", "remembered", "refusal", "mandate", "receipt"),
)
_SEALED_WHOLE = "spelling"


def note_findings(database: Any) -> None:
    """Follow what was sent back, and who holds it, as if that had been done from the start."""
    statements = (*_findings(), _HELD)
    for record in database.execute(f"SELECT {', '.join(_FIELDS)} FROM audit ORDER BY number").fetchall():
        for statement in statements:
            database.execute(statement, dict(zip(_FIELDS, record, strict=True)))
    database.execute("""
    UPDATE standing SET findings = (SELECT coalesce(group_concat(state, ' '), '') FROM (
        SELECT state FROM finding WHERE obligation = standing.obligation ORDER BY number))
    """)


def seal_what_is_there(database: Any) -> None:
    """Seal every row that is evidence by now. When that was is not known: it is as old as the last record."""
    (number, previous, at) = database.execute(
        "SELECT number, hash, at FROM audit UNION ALL SELECT 0, '', '' ORDER BY number DESC LIMIT 1"
    ).fetchone()
    for relation in (*_SEALED, _SEALED_WHOLE):
        rows = _rows(database, relation)
        digests = (
            [(WHOLE, digest_of_all(rows))] * bool(rows)
            if relation == _SEALED_WHOLE
            else [(key_of(relation, row), digest_of(row)) for row in rows]
        )
        for key, digest in digests:
            number, previous = number + 1, link(previous, at, relation, key, digest)
            values = [number, at, relation, key, digest, previous]
            database.execute("INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?)", values)


def _rows(database: Any, relation: str) -> list[dict[str, Any]]:
    cursor = database.execute(f"SELECT * FROM {relation}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


_FIELDS = ("obligation", "seq", "action", "actor", "source", "target", "content", "findings", "cancels")
_HELD = """
UPDATE standing SET holder = CASE
    WHEN :action = 'return' THEN iif(:source = 'submitted', :actor, (
        SELECT actor FROM audit WHERE obligation = :obligation AND action = 'review' AND seq < :seq
          AND '[' || seq || ']' NOT IN
              (SELECT cancels FROM audit WHERE obligation = :obligation AND action = 'undo' AND seq < :seq)
        ORDER BY seq DESC LIMIT 1))
    WHEN :action = 'undo' THEN :actor
    WHEN :action IN ('review', 'approve', 'reopen') THEN NULL
    ELSE holder END
WHERE obligation = :obligation
"""


def _findings() -> list[str]:
    """The statements of the trigger that are about findings, for a record of before."""
    body = AFTER[AFTER.index("    INSERT INTO finding") : AFTER.index("    UPDATE standing SET\n        seq")]
    lines = "\n".join(line for line in body.splitlines() if not line.strip().startswith("--"))
    named = lines.replace("NEW.about", "'[]'").replace("NEW.", ":")
    return [statement for statement in named.split(";") if statement.strip()]
