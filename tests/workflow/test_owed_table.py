"""What each of the shipped regions owes for a year, in one table that a person can read: docs/catalogue.md.

Where the catalogue has changed on purpose: `python -m tests.workflow.test_owed_table`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.workflow.conftest import Clock
from workflow import Catalogue, Database, Duty, Obligation, Register, read_catalogue_files, shipped_catalogue

TABLE = Path(__file__).parents[2] / "docs" / "catalogue.md"
YEAR = 2026
REGIONS = (
    *("Provinsi Lampung", "Kabupaten Banyuwangi", "Kabupaten Lamongan", "Kabupaten Lampung Selatan"),
    *("Kabupaten Pringsewu", "Kota Metro", "Kota Tangerang Selatan"),
)
UNIT = '[[unit]]\nzi = ["{office}"]\nfrom = 2026\n'
HEAD = f"""# What a region owes for a year

The obligations that `pantau init` opens for {YEAR} in each region whose offices are shipped, by programme, level and
period. *Each* is what one office, the region itself or one ZI unit owes; `10 + 7` are ten, and seven more once the
bureau declares that there is cause for them. No ZI unit is designated and nothing assigned before the bureau says so
in `assignments.toml`. A plan of several years is counted once, in the year that it is opened with.

Made by `python -m tests.workflow.test_owed_table`; a test compares it with the catalogue.

"""

Group = tuple[str, str, str]


def catalogue(region: str, assignments: str = "") -> Catalogue:
    texts = shipped_catalogue(region, YEAR) | ({"assignments.toml": assignments} if assignments else {})
    return read_catalogue_files({name: text.encode() for name, text in texts.items()})


def opened(read: Catalogue) -> list[Obligation]:
    """What stands in a new register when the year is opened, and again: the second time adds nothing."""
    with TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "pantau.db")
        register = Register(database, Clock())
        assert register.open_year(read, YEAR)
        assert register.open_year(read, YEAR) == []
        found = register.obligations(year=YEAR)
        database.close()
    return found


def counted(obligations: list[Obligation]) -> dict[Group, str]:
    """How many are owed, and how many more once they are declared, of each group."""
    groups = [(o.requirement.family, str(o.requirement.level), str(o.requirement.every)) for o in obligations]
    later = Counter(group for group, o in zip(groups, obligations, strict=True) if o.duty is Duty.CONDITIONAL)
    return {
        group: f"{count - later[group]:,}" + (f" + {later[group]:,}" if later[group] else "")
        for group, count in Counter(groups).items()
    }


def table() -> str:
    regions = {region: opened(catalogue(region)) for region in REGIONS}
    office = catalogue(REGIONS[0]).offices[0].code
    one_of_each = opened(catalogue(REGIONS[0], UNIT.format(office=office)))
    each = counted([o for o in one_of_each if o.office.code == office or o.requirement.level == "region"])
    columns = [each, *map(counted, regions.values())]
    rows = [
        ("programme", "level", "period", "each", *REGIONS),
        ("---", "---", "---", *["---:"] * len(columns)),
        *((*group, *(column.get(group, "0") for column in columns)) for group in sorted(each)),
        ("all", "", "", "", *(f"{len(owed):,}" for owed in regions.values())),
    ]
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_what_each_region_owes_is_that_of_the_table() -> None:
    assert table() == TABLE.read_text(encoding="utf-8")


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
