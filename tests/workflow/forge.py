"""Changes copies of a database as a person would who has the file, a plain SQLite, and perhaps patience.

Run as a program it knows nothing of Pantau: it takes the path of a database, a folder and a table, and writes into
the folder a copy for each thing that can be done to that table. It says their names, one a line.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

Change = Callable[[sqlite3.Connection], None]


def main(original: Path, folder: Path, table: str) -> None:
    """Write the copies."""
    for number, (name, change) in enumerate(_changes(original, table)):
        copy = folder / f"{number}.db"
        shutil.copyfile(original, copy)
        connection = sqlite3.connect(copy)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        change(connection)
        connection.commit()
        connection.close()
        sys.stdout.write(f"{copy.name} {name}\n")


def _changes(original: Path, table: str) -> Iterator[tuple[str, Change]]:
    connection = sqlite3.connect(original)
    columns = connection.execute(f"SELECT name, type, pk FROM pragma_table_info('{table}')").fetchall()
    indexes = connection.execute(f"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\"").fetchall()
    unique = {
        row[0] for (name,) in indexes for row in connection.execute(f"SELECT name FROM pragma_index_info('{name}')")
    }
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    connection.close()
    names = [name for name, _, _ in columns]
    keys = [place for place, (_, _, is_key) in enumerate(columns) if is_key] or list(range(len(columns)))
    where = " AND ".join(f"{names[place]} IS ?" for place in keys)
    marks = ", ".join("?" * len(columns))
    if len(rows) < 2:
        raise SystemExit(f"{table} has {len(rows)} rows: two are needed to swap them")

    def key(row: tuple[object, ...]) -> list[object]:
        return [row[place] for place in keys]

    def put(*those: tuple[object, ...]) -> Change:
        def change(connection: sqlite3.Connection) -> None:
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", those)

        return change

    def remove(*those: tuple[object, ...]) -> Change:
        def change(connection: sqlite3.Connection) -> None:
            connection.executemany(f"DELETE FROM {table} WHERE {where}", [key(one) for one in those])

        return change

    def set_(place: int, value: object) -> Change:
        def change(connection: sqlite3.Connection) -> None:
            connection.execute(f"UPDATE {table} SET {names[place]} = ? WHERE {where}", [value, *key(rows[0])])

        return change

    def spoil(place: int) -> Change:
        def change(connection: sqlite3.Connection) -> None:
            statement = f"UPDATE {table} SET {names[place]} = CAST(X'FF' AS TEXT) WHERE {where}"
            connection.execute(statement, key(rows[0]))

        return change

    for place, (name, kind, _) in enumerate(columns):
        yield f"change {name}", set_(place, _other(rows[0][place], kind))
        if kind == "TEXT":
            yield f"spoil {name}", spoil(place)
    yield "delete the first", remove(rows[0])
    yield "delete the last", remove(rows[-1])
    yield "truncate", remove(*rows)
    changed = unique | {names[place] for place in keys}
    one_more = tuple(
        _other(value, kind) if name in changed else value
        for value, (name, kind, _) in zip(rows[-1], columns, strict=True)
    )
    yield "insert", put(one_more)
    first, last = rows[0], rows[-1]
    # What a row is known by stays; where a row is nothing else, its last column changes places.
    kept = keys if len(keys) < len(columns) else keys[:-1]
    swapped = [
        tuple(a if place in kept else b for place, (a, b) in enumerate(zip(*pair, strict=True)))
        for pair in ((first, last), (last, first))
    ]

    def swap(connection: sqlite3.Connection) -> None:
        remove(first, last)(connection)
        put(*swapped)(connection)

    yield "swap", swap


def _other(value: object, kind: str) -> object:
    match kind:
        case "INTEGER":
            return int(str(value or 0)) + 1000
        case "BLOB":
            return b"\x00other"
        case _:
            return f"{value or ''}x"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
