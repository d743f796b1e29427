"""Names put together from the words of a region, as offices put them together, each with what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from benchmarks.labelled import FOR_A_PERSON, Truth
from inbox import Known
from workflow import Catalogue, Frequency, Level

_RANGES = ((2019, 2023), (2020, 2024), (2021, 2026), (2024, 2026), (2025, 2029))
_YEARS = range(2019, 2028)
_YEAR_WORDS = (*("",) * 6, "tahun ", "TA ", "TA. ", "thn ", "th ", "Tahun Anggaran ")
_BETWEEN_YEARS = ("-", "-", "-", "_", " - ", " s.d. ", " sd ")
_QUARTER_WORDS = ("TW ", "TW ", "tw", "Triwulan ", "TRIW ", "Triw-", "Tribulan ")
_HALF_WORDS = ("Semester ", "Smt ", "Semester-", "SM ")
_ROMAN = ("I", "II", "III", "IV")
_STRANGE_OFFICES = (
    *("Dinas Perantauan", "Badan Antariksa Daerah", "Disantar", "Biro Perantauan", "OPD", "SKPD", "Biro", "Dinas"),
    *("Kecamatan Kertaluhur", "DPKXQ", "Badan"),
)


class Made(NamedTuple):
    """A made name with its folders, what is true of it, and what kind of name it is."""

    known: Known
    truth: Truth
    kind: str


class _Addition(NamedTuple):
    """One of these words among the others, and how it changes what is true; `only` with one requirement."""

    weight: int
    words: tuple[str, ...]
    changes: Mapping[str, Any]
    only: str = ""


class _Pieces(NamedTuple):
    folders: tuple[str, ...]
    office: str
    requirement: str
    when: str
    truth: Truth
    added: str = ""


_EVERY = (Frequency.YEAR, Frequency.QUARTER, Frequency.SEMESTER, Frequency.FIVE_YEARS)
_PARTS = ("Lampiran", "Lampiran 3", "BAB I", "Bab III", "cover", "Daftar Isi", "Kata Pengantar", "sampul")
_OFFICIALS = ("eselon III", "eselon 4", "ess 3", "kabid", "Kasubbag", "Kepala Bidang", "staf", "Staff", "jafung")
_DATES = ("Update 22 Juni 2026", "tgl 3 Maret 2025", "17-08-2026", "280417", "rev 31517")
_ADDITIONS = {
    "as agreed": _Addition(30, ("",), {}),
    "changed": _Addition(8, ("PERUBAHAN", "Perubahan", "(perubahan)"), {"variant": "perubahan"}),
    "draft": _Addition(4, ("draft", "Draf", "(DRAFT)", "konsep", "konsinyering"), {"is_draft": True}),
    "reviewed": _Addition(2, ("Reviu", "Review"), {"variant": FOR_A_PERSON, "is_whole": False}),
    "head of an office": _Addition(3, ("kadis", "Kepala OPD", "eselon II", "ess 2", "Eselon 2"), {}, only="pk"),
    "official": _Addition(4, _OFFICIALS, {"is_whole": False}, only="pk"),
    "part": _Addition(5, _PARTS, {"is_whole": False}),
    # The day of the file, not the year of the document.
    "date": _Addition(5, _DATES, {}),
    "Wilayah I": _Addition(2, ("Wilayah I", "Wil. II"), {"part": ""}, only="ukur-tw"),
}
_KINDS = {
    "in its folder": 10,
    "document in the folder": 5,
    "in another's folder": 3,
    "two offices": 3,
    "unknown office": 3,
    "no office": 3,
    "two requirements": 3,
    "look-alike": 10,
    "no year": 3,
    "only a date": 2,
}


class Templates:
    """Makes names of one region; the same dice make the same names."""

    def __init__(self, catalogue: Catalogue, dice: Random) -> None:
        self._dice = dice
        self._region = catalogue.region
        self._lookalikes = catalogue.lookalikes
        offices = [office for office in catalogue.offices if office != catalogue.region_office]
        self._entries = [
            entry
            for entry in catalogue.entries
            if not entry.requirement.variant and entry.requirement.level is Level.OFFICE and entry.every in _EVERY
        ]
        self._offices = {office.code: [office.name, office.name] for office in offices}
        for words, office in catalogue.aliases.items():
            if office not in self._offices:
                continue
            self._offices[office] += [words, words.upper(), words.title()]
            if self._offices[office][0].startswith("Dinas ") and " " not in words and words[0] != "d":
                self._offices[office].append(f"Dinas {words.upper()}")

    def make(self) -> Made:
        """One name of some kind; what offices send most comes up most often."""
        weights = {**{kind: one.weight for kind, one in _ADDITIONS.items()}, **_KINDS}
        kind = self._dice.choices(list(weights), weights=list(weights.values()))[0]
        made = self._with_words(_ADDITIONS[kind]) if kind in _ADDITIONS else self._other(kind, self._pieces())
        words = [piece for piece in (made.requirement, made.office, made.when, made.added) if piece]
        if self._dice.random() < 0.5:
            self._dice.shuffle(words)
        return Made(Known(made.folders, f"{' '.join(words)}.pdf"), made.truth, kind)

    def _with_words(self, addition: _Addition) -> _Pieces:
        pieces = self._pieces(addition.only)
        if "part" in addition.changes:
            pieces = pieces._replace(when=pieces.truth.years or "")
        truth = pieces.truth._replace(**addition.changes)
        return pieces._replace(added=self._dice.choice(addition.words), truth=truth)

    def _other(self, kind: str, pieces: _Pieces) -> _Pieces:
        """The pieces with one of them moved, missing, doubled, or not what it seems."""
        truth = pieces.truth
        code = str(truth.office)
        for_a_person = truth._replace(is_whole=False)
        match kind:
            case "in its folder":
                return pieces._replace(folders=(code,), office=self._dice.choice(("", "", pieces.office)))
            case "document in the folder":
                return pieces._replace(folders=(code, pieces.requirement), office="", requirement="")
            case "in another's folder":
                return pieces._replace(folders=(self._another(code),), truth=for_a_person._replace(office=None))
            case "two offices":
                other = self._dice.choice(self._offices[self._another(code)])
                return pieces._replace(added=other, truth=for_a_person._replace(office=None))
            case "unknown office":
                office = self._dice.choice(_STRANGE_OFFICES)
                return pieces._replace(office=office, truth=for_a_person._replace(office=""))
            case "no office":
                return pieces._replace(office="", truth=for_a_person._replace(office=""))
            case "two requirements":
                entry = self._dice.choice([one for one in self._entries if one.requirement.code != truth.requirement])
                both = f"{pieces.requirement} dan {self._dice.choice(entry.spellings)}"
                return pieces._replace(requirement=both, truth=for_a_person._replace(requirement=None))
            case "look-alike":
                unlike = for_a_person._replace(requirement="", part=None, variant=None)
                return pieces._replace(requirement=self._cased(self._dice.choice(self._lookalikes)), truth=unlike)
            case "no year":
                return pieces._replace(when="", truth=truth._replace(years="", part=""))
            case "only a date":
                date = self._dice.choice(_DATES)
                return pieces._replace(when="", added=date, truth=truth._replace(years="", part=""))
            case _:
                raise ValueError(kind)

    def _pieces(self, requirement: str = "") -> _Pieces:
        entry = self._dice.choice([one for one in self._entries if requirement in ("", one.requirement.code)])
        office = self._dice.choice(list(self._offices))
        words = self._dice.choice(self._offices[office])
        if self._dice.random() < 0.15:
            words += f" {self._region if self._dice.random() < 0.5 else self._region.replace('Provinsi', 'Prov.')}"
        when, years, part = self._time(entry.every)
        truth = Truth(office, entry.requirement.code, years, part)
        return _Pieces((), words, self._cased(self._dice.choice(entry.spellings)), when, truth)

    def _time(self, every: str) -> tuple[str, str, str]:
        """The words for a time, its years and its part of the year."""
        if every == "five-years":
            first, last = self._dice.choice(_RANGES)
            between = self._dice.choice(_BETWEEN_YEARS)
            return f"{self._dice.choice(_YEAR_WORDS)}{first}{between}{last}", f"{first}-{last}", ""
        year = str(self._dice.choice(_YEARS))
        words = f"{self._dice.choice(_YEAR_WORDS)}{year}"
        if every == "year":
            return words, year, ""
        is_half = self._dice.random() < 0.1
        number = self._dice.randrange(2 if is_half else 4)
        part = self._dice.choice(_HALF_WORDS if is_half else _QUARTER_WORDS)
        part += self._dice.choice((_ROMAN[number], str(number + 1)))
        both = f"{part} {words}" if self._dice.random() < 0.7 else f"{words} {part}"
        return both, year, f"{'s' if is_half else 'q'}{number + 1}"

    def _another(self, office: str) -> str:
        return self._dice.choice([code for code in self._offices if code != office])

    def _cased(self, words: str) -> str:
        return self._dice.choice((str.upper, str.title, str.lower, str.capitalize))(words)
