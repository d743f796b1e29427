"""What a person has read in names and documents: tables with a line for each, and what is true of it."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from inbox import Known

DATA = Path(__file__).parents[2] / "shared" / "data"
FOR_A_PERSON = "?"
PARTS = ("office", "requirement", "years", "part", "variant")

_SAME_DOCUMENT = re.compile(r"(revisi|v\d+|draft|induk)\Z")
# The head of an office signs for it, and a decree carries the whole document; everyone else and every annex does not.
_WHOLE = re.compile(
    r"(kepala (dinas|badan|biro|kantor|opd|perangkat daerah)|kadis|kaban|eselon (ii|2)|per(wali|bup|gub)|belanja)?\Z"
)


class Truth(NamedTuple):
    """What is true of a file, part for part: `""` is not told, `"?"` is for a person to say, None was not looked at.

    Whatever is not whole must not be filed, however well its parts are known.
    """

    office: str | None = ""
    requirement: str | None = ""
    years: str | None = ""
    part: str | None = ""
    variant: str | None = ""
    is_draft: bool = False
    is_whole: bool = True


class Label(NamedTuple):
    """A name or a document of a region, as it would be found in an inbox, and what is true of it."""

    region: str
    known: Known
    truth: Truth
    path: Path


def names(table: Path) -> list[Label]:
    """The labelled names; their folders are part of the name. Raises OSError when there is no such table."""
    return [_label(row, row["name"], table.parent) for row in rows(table)]


def documents(table: Path) -> list[Label]:
    """The labelled documents, which lie in `documents` beside the table. What is missing is said and left out."""
    beside = table.parent / "documents"
    labels = [_label(row, row["path"], beside if beside.is_dir() else table.parent) for row in rows(table)]
    for one in labels:
        if not one.path.is_file():
            sys.stderr.write(f"left out, for it is not there: {one.path}\n")
    # Their first folder is a collection of ours, of which no inbox knows.
    return [one._replace(known=one.known._replace(folders=())) for one in labels if one.path.is_file()]


def rows(table: Path) -> Iterator[dict[str, str]]:
    """The lines of a table with a heading; cells that are missing at the end of a line are blank."""
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", restval=""):
            yield {column: (cell or "").strip() for column, cell in row.items() if column}


def code(words: str) -> str:
    """`KEC. MUNCAR` as the catalogue writes a code: `kec-muncar`."""
    return "-".join(re.findall(r"[^\W_]+", words.casefold()))


def _label(row: dict[str, str], name: str, root: Path) -> Label:
    path = PurePosixPath(name)
    known = Known(path.parts[:-1], path.name)
    return Label(row.get("region", ""), known, _truth(row), root / name)


def _truth(row: dict[str, str]) -> Truth:
    variant = row.get("variant", "").casefold()
    official = row.get("part_or_official", "").casefold()
    told = (row["office"], row["requirement"], row["year_from"], row.get("period", ""))
    is_ours = row.get("family") != "OTHER" and not any(FOR_A_PERSON in words for words in told)
    return Truth(
        # `(UPTD)`: a unit below some office, of which the name does not say whose.
        office=_code_or_person(row["office"], is_told=not row["office"].startswith("(")),
        requirement=_code_or_person(row["requirement"].partition(" (")[0]),
        years=_years(row["year_from"], row["year_to"]),
        part=_part(row["period"]) if "period" in row else None,
        variant="" if _SAME_DOCUMENT.match(variant) else variant if variant in ("", "perubahan") else FOR_A_PERSON,
        is_draft=variant == "draft",
        is_whole=is_ours and " (" not in row["requirement"] and _WHOLE.match(official) is not None,
    )


def _code_or_person(words: str, *, is_told: bool = True) -> str:
    return code(words) if is_told and FOR_A_PERSON not in words else FOR_A_PERSON


def _years(first: str, last: str) -> str:
    return first if last in ("", first) else f"{first}-{last}"


def _part(words: str) -> str:
    """`TW3` and `S1` as a period writes them: `q3`, `s1`."""
    return words.casefold().replace("tw", "q")
