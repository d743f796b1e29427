"""The tables and columns that came with the catalogue of a whole region."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

# Written out, not built from the types: a migration must do tomorrow what it did today.
STATEMENTS = """
-- A requirement as the catalogue worded it; an obligation refers to the words that it was opened with.
CREATE TABLE edition (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    requirement TEXT NOT NULL REFERENCES requirement,
    words TEXT NOT NULL
) STRICT;
CREATE TRIGGER edition_keeps BEFORE UPDATE ON edition BEGIN
    SELECT RAISE(ABORT, 'an edition is kept as it is');
END;
CREATE TRIGGER edition_stays BEFORE DELETE ON edition BEGIN
    SELECT RAISE(ABORT, 'an edition is kept as it is');
END;
-- Where files that name an office go that has ended.
ALTER TABLE office ADD COLUMN heir TEXT REFERENCES office;

DROP TRIGGER obligation_begins;
DROP TRIGGER obligation_keeps;
DROP TRIGGER audit_moves_standing;

-- first and last are the document years in which it is listed; year is the one that it was opened with.
ALTER TABLE obligation ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE obligation ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
ALTER TABLE obligation ADD COLUMN edition TEXT REFERENCES edition;
ALTER TABLE obligation ADD COLUMN start TEXT;
ALTER TABLE obligation ADD COLUMN windows TEXT NOT NULL DEFAULT '[null, null]';
CREATE INDEX obligation_of_years ON obligation (first, last) WHERE last > first;

ALTER TABLE audit ADD COLUMN terms TEXT NOT NULL DEFAULT '{}';

ALTER TABLE standing ADD COLUMN office TEXT REFERENCES office;
ALTER TABLE standing ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE standing ADD COLUMN needs_review INTEGER NOT NULL DEFAULT 1;
ALTER TABLE standing ADD COLUMN edition TEXT REFERENCES edition;
ALTER TABLE standing ADD COLUMN duty TEXT NOT NULL DEFAULT 'owed';
ALTER TABLE standing ADD COLUMN start TEXT;
ALTER TABLE standing ADD COLUMN ruled TEXT;
ALTER TABLE standing ADD COLUMN windows TEXT NOT NULL DEFAULT '[null, null]';
CREATE INDEX standing_by_office ON standing (office);
"""

_TRIGGERS = """
CREATE TRIGGER obligation_begins AFTER INSERT ON obligation BEGIN
    INSERT INTO standing (obligation, due, office, unit, needs_review, edition, start, ruled, windows)
    VALUES (NEW.id, NEW.due, NEW.office, NEW.unit, NEW.needs_review, NEW.edition, NEW.start, NEW.due, NEW.windows);
END;
CREATE TRIGGER obligation_keeps BEFORE UPDATE ON obligation BEGIN
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
        action = CASE WHEN NEW.action IN (
            'extend', 'declare', 'waive', 'reinstate', 'admit', 'amend', 'hand over'
        ) THEN action ELSE NEW.action END,
        actor = CASE WHEN NEW.action IN (
            'extend', 'declare', 'waive', 'reinstate', 'admit', 'amend', 'hand over'
        ) THEN actor ELSE NEW.actor END,
        at = CASE WHEN NEW.action IN (
            'extend', 'declare', 'waive', 'reinstate', 'admit', 'amend', 'hand over'
        ) THEN at ELSE NEW.at END,
        office = coalesce(json_extract(NEW.terms, '$.office'), office),
        unit = coalesce(json_extract(NEW.terms, '$.unit'), unit),
        needs_review = coalesce(json_extract(NEW.terms, '$.needs_review'), needs_review),
        edition = coalesce(json_extract(NEW.terms, '$.edition'), edition),
        duty = coalesce(json_extract(NEW.terms, '$.duty'), duty),
        start = coalesce(json_extract(NEW.terms, '$.start'), start),
        ruled = coalesce(json_extract(NEW.terms, '$.ruled'), ruled),
        windows = coalesce(json_extract(NEW.terms, '$.windows'), windows)
    WHERE obligation = NEW.obligation;
END;
"""

_FILL = """
UPDATE obligation SET
    first = CASE WHEN length(period) = 9 THEN CAST(substr(period, 1, 4) AS INTEGER) ELSE year END,
    last = CASE WHEN length(period) = 9 THEN CAST(substr(period, 6, 4) AS INTEGER) ELSE year END;
UPDATE standing SET (office, unit, needs_review, edition, ruled) =
    (SELECT office, unit, needs_review, edition, due FROM obligation WHERE id = standing.obligation);
ALTER TABLE obligation DROP COLUMN conditional;
"""
AFTER = _FILL + _TRIGGERS


def editions(database: Any) -> None:
    """Give what was opened before there were editions one of its names and its condition."""
    query = """
    SELECT DISTINCT r.key, r.code, r.variant, r.short, r.name, r.name_en, r.family, o.conditional,
        CASE WHEN length(o.period) = 9 THEN 'five-years' WHEN o.period LIKE '%-q_' THEN 'quarter' ELSE 'year' END
    FROM obligation o JOIN requirement r ON r.key = o.requirement
    """
    for key, *names, is_conditional, every in database.execute(query).fetchall():
        said = dict(zip(("code", "variant", "short", "name", "name_en", "family"), names, strict=True))
        said |= {"ask": "declared"} if is_conditional else {}
        said |= {"every": every} if every != "year" else {}
        words = json.dumps(said, ensure_ascii=False, sort_keys=True)
        digest = sha256(words.encode()).hexdigest()
        database.execute("INSERT INTO edition VALUES (?, ?, ?)", [digest, key, words])
        given = "UPDATE obligation SET edition = ? WHERE requirement = ? AND conditional = ?"
        database.execute(given, [digest, key, is_conditional])
