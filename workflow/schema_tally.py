"""The table and the index that came with the status in one line."""

# Written out, not built from the types: a migration must do tomorrow what it did today.
STATEMENTS = """
-- Whether each obligation is owed, in which years, whose turn it is (nobody's once it is approved), the unit where
-- that is a reviewer's, and the day after which it is late.
CREATE VIEW counted AS
SELECT s.obligation, o.year, o.first, o.last, e.words ->> '$.family' AS family,
    CASE WHEN s.state = 'approved' THEN '' WHEN s.state = 'draft' THEN 'office'
        WHEN s.state = 'submitted' AND s.needs_review THEN 'reviewer' ELSE 'approver' END AS turn,
    iif(s.state = 'submitted' AND s.needs_review, s.unit, '') AS unit,
    iif(s.state = 'approved', '', coalesce(
        date(s.due, '+' || coalesce(e.words ->> '$.due.grace', 0) || ' days'), '')) AS late_after,
    CASE WHEN s.duty = 'waived' THEN s.state <> 'draft'
        WHEN s.duty = 'declared' THEN 1
        WHEN coalesce(e.words ->> '$.ask', '') = 'declared' OR coalesce(e.words ->> '$.need', '') = 'optional'
            THEN s.state <> 'draft' OR s.content IS NOT NULL
        ELSE 1 END AS is_owed
FROM standing s JOIN obligation o ON o.id = s.obligation JOIN edition e ON e.digest = s.edition;

-- How many that are owed are alike, kept in the same statement that moves one: a region's status reads this alone.
CREATE TABLE tally (
    year INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    family TEXT NOT NULL,
    turn TEXT NOT NULL CHECK (turn IN ('office', 'reviewer', 'approver', '')),
    unit TEXT NOT NULL,
    late_after TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (year, first, last, family, turn, unit, late_after)
) STRICT, WITHOUT ROWID;
INSERT INTO tally SELECT year, first, last, family, turn, unit, late_after, count(*) FROM counted WHERE is_owed
GROUP BY year, first, last, family, turn, unit, late_after;

CREATE TRIGGER standing_begins_tally AFTER INSERT ON standing BEGIN
    INSERT INTO tally SELECT year, first, last, family, turn, unit, late_after, 1 FROM counted
    WHERE obligation = NEW.obligation AND is_owed ON CONFLICT DO UPDATE SET count = count + 1;
END;
-- Before it moves it is taken from where it was counted, and after it has moved counted where it is.
CREATE TRIGGER standing_leaves_tally BEFORE UPDATE ON standing
WHEN (NEW.state, NEW.content IS NULL, NEW.duty, NEW.edition, NEW.due, NEW.unit, NEW.needs_review)
  IS NOT (OLD.state, OLD.content IS NULL, OLD.duty, OLD.edition, OLD.due, OLD.unit, OLD.needs_review)
BEGIN
    UPDATE tally SET count = count - 1 WHERE (year, first, last, family, turn, unit, late_after) =
        (SELECT year, first, last, family, turn, unit, late_after FROM counted
         WHERE obligation = OLD.obligation AND is_owed);
    DELETE FROM tally WHERE count = 0 AND (year, first, last, family, turn, unit, late_after) =
        (SELECT year, first, last, family, turn, unit, late_after FROM counted
         WHERE obligation = OLD.obligation AND is_owed);
END;
CREATE TRIGGER standing_joins_tally AFTER UPDATE ON standing
WHEN (NEW.state, NEW.content IS NULL, NEW.duty, NEW.edition, NEW.due, NEW.unit, NEW.needs_review)
  IS NOT (OLD.state, OLD.content IS NULL, OLD.duty, OLD.edition, OLD.due, OLD.unit, OLD.needs_review)
BEGIN
    INSERT INTO tally SELECT year, first, last, family, turn, unit, late_after, 1 FROM counted
    WHERE obligation = NEW.obligation AND is_owed ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER standing_ends_tally BEFORE DELETE ON standing BEGIN
    UPDATE tally SET count = count - 1 WHERE (year, first, last, family, turn, unit, late_after) =
        (SELECT year, first, last, family, turn, unit, late_after FROM counted
         WHERE obligation = OLD.obligation AND is_owed);
    DELETE FROM tally WHERE count = 0;
END;
-- What is not approved, by the day on which it is due.
CREATE INDEX standing_by_due ON standing (due) WHERE state <> 'approved';
"""
