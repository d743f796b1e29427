"""The tables that came with people and their keys."""

# Written out, not built from the types: a migration must do tomorrow what it did today.
STATEMENTS = """
-- Each row is all that is true of a person from then on: the last one of a name counts. Days are the region's, and
-- the last day is within.
CREATE TABLE enrolment (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    via TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    begins TEXT,
    ends TEXT,
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    note TEXT NOT NULL
) STRICT;
CREATE INDEX enrolment_by_name ON enrolment (name, number);
-- Keys that people were given, and that were taken from them.
CREATE TABLE public_key (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    via TEXT NOT NULL,
    person TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('added', 'revoked')),
    type TEXT NOT NULL,
    blob TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    comment TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX public_key_by_fingerprint ON public_key (fingerprint, number);

CREATE TRIGGER enrolment_appends BEFORE INSERT ON enrolment
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM enrolment)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER enrolment_keeps BEFORE UPDATE ON enrolment
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER enrolment_stays BEFORE DELETE ON enrolment
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER public_key_appends BEFORE INSERT ON public_key
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM public_key)
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
-- One key is one person, for ever: what was done by it was done by that one.
CREATE TRIGGER public_key_is_of_one BEFORE INSERT ON public_key
WHEN NEW.person IS NOT coalesce(
    (SELECT person FROM public_key WHERE fingerprint = NEW.fingerprint LIMIT 1),
    (SELECT name FROM enrolment WHERE name = NEW.person LIMIT 1))
  OR (NEW.change = 'revoked') IS NOT coalesce((SELECT change = 'added' FROM public_key
    WHERE fingerprint = NEW.fingerprint ORDER BY number DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'a key is of one person, and in use once'); END;
CREATE TRIGGER public_key_keeps BEFORE UPDATE ON public_key
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER public_key_stays BEFORE DELETE ON public_key
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
"""
