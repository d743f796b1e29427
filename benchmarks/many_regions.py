"""A made region so many times over, as if that many regions kept their obligations in one file."""

from __future__ import annotations

from pathlib import Path

from benchmarks import made_regions
from workflow import Database

OFFICES, REQUIREMENTS = 45, 60
_COPIES = "WITH RECURSIVE copy (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM copy WHERE n < ?)"
# Straight into the tables: each stands where its original does, without the records that would have moved it there.
_STATEMENTS = (
    f"""{_COPIES} INSERT INTO office (code, position, name, short)
        SELECT o.code || '-r' || n, o.position + n * 1000, o.name || ' ' || n, '' FROM copy, office o""",
    f"""{_COPIES} INSERT INTO obligation
        (id, office, requirement, period, year, first, last, unit, needs_review, edition, start, due, windows)
        SELECT office || '-r' || n || substr(id, instr(id, '/')), office || '-r' || n, requirement, period, year,
            first, last, unit, needs_review, edition, start, due, windows FROM copy, obligation""",
    f"""{_COPIES}, moved AS MATERIALIZED (SELECT * FROM standing WHERE seq > 0)
        UPDATE standing SET seq = m.seq, state = m.state, content = m.content, action = m.action, at = m.at
        FROM copy, moved m
        WHERE standing.obligation = m.office || '-r' || n || substr(m.obligation, instr(m.obligation, '/'))""",
)


def make(root: Path, copies: int) -> int:
    """A workspace of so many regions with 2,700 obligations each. Returns how many obligations that are."""
    workspace = made_regions.make(root, OFFICES, REQUIREMENTS)
    database: Database = workspace.open_database()
    with database.writing():
        for statement in _STATEMENTS if copies > 1 else ():
            database.run(statement, copies)
    (count,) = database.rows("SELECT count(*) FROM obligation")[0]
    database.close()
    return int(count)
