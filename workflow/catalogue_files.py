"""The catalogue as it is read from the bureau's files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from workflow.assignments_file import read_assignments, read_designated
from workflow.calendar_file import read_calendars
from workflow.catalogue import REGION_CODE, Catalogue
from workflow.errors import CatalogueError
from workflow.offices_file import aliases, read_offices, read_timezone
from workflow.requirements_file import read_entries, read_lookalikes
from workflow.tables import Table

FILES = ("offices.toml", "requirements.toml", "calendar.toml", "assignments.toml")
_NOTHING: Table = {}


def read_catalogue(offices: Table, requirements: Table, calendar: Table, assignments: Table = _NOTHING) -> Catalogue:
    """Read the parsed tables of the catalogue files.

    Raises CatalogueError naming the file and the entry; nothing of a wrong catalogue is used.
    """
    listed = tuple(read_offices(offices))
    entries = tuple(read_entries(requirements))
    region, timezone = read_timezone(offices)
    codes = [one.office.code for one in listed]
    known, borne = aliases(offices, listed)
    return Catalogue(
        region=region,
        timezone=timezone,
        listed=listed,
        aliases=known,
        entries=entries,
        lookalikes=read_lookalikes(requirements),
        assignments=tuple(read_assignments(assignments, entries, [*codes, REGION_CODE])),
        designated=tuple(read_designated(assignments, codes)),
        calendars=read_calendars(calendar),
        borne=borne,
    )


def read_catalogue_files(texts: Mapping[str, bytes]) -> Catalogue:
    """Read the files themselves, by their names; one that is not there counts as empty.

    Raises CatalogueError naming the file and the line.
    """
    parsed: dict[str, dict[str, Any]] = {}
    try:
        parsed |= {name: parse_file(name, texts.get(name, b"")) for name in FILES}
        return read_catalogue(*parsed.values())
    except CatalogueError as error:
        text, table = texts.get(error.file, b""), parsed.get(error.file, {})
        error.line = error.line or _line(error.within, error.key, text, table)
        if other := error.against is not None and _line(error.against, error.key, text, table):
            error.hint += f" ({error.file}:{other})"
        raise


def parse_file(name: str, text: bytes) -> dict[str, Any]:
    """What a file says. Raises CatalogueError naming the line at which it cannot be understood."""
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CatalogueError(name, "", "", "UTF-8", line=text.count(b"\n", 0, error.start) + 1) from None
    except tomllib.TOMLDecodeError as error:
        # The last line where the text ends too soon: the parser names it by its number in the others.
        said, _, where = str(error).rpartition(" (at ")
        number = "".join(filter(str.isdecimal, where.partition(",")[0]))
        line = int(number) if number else text.count(b"\n") + 1
        raise CatalogueError(name, "", "", said, line=line) from None


def _line(within: object, key: str, text: bytes, table: Table) -> int:
    from workflow.lines import line_of, way_to

    way = way_to(within, table)
    return line_of(text.decode("utf-8-sig"), way, key) if way is not None else 0
