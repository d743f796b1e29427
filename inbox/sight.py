"""All that a person may see and could look for: the obligations, what came for each, and what each is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from workflow import Database, Digest, Names, Obligation, ObligationId, Register, folded, lined_up

_PARTS = {
    **{f"q{n}": f"tw {roman} triwulan {roman} tw {n}" for n, roman in enumerate(("i", "ii", "iii", "iv"), start=1)},
    "s1": "semester i",
    "s2": "semester ii",
}
_SENT = (
    "SELECT obligation, content FROM audit WHERE content NOTNULL GROUP BY obligation, content ORDER BY min(number)"
)
_CAME = """
SELECT a.id, a.digest, a.folder, coalesce(p.obligation, a.obligation) AS obligation
FROM arrival a LEFT JOIN placement p ON p.arrival = a.id
"""


class Sight(NamedTuple):
    """What may be seen, as of one moment.

    `obligations` are in the order of their urgency, `called` the names of each, lined up. `versions` are the contents
    that came for it, oldest first, and `bearers` the obligations that a content came for. `files` are the arrivals by
    their numbers, with the obligation of each where it has one, and `held` the contents of the others.
    """

    obligations: Mapping[str, Obligation]
    names: Names
    called: Mapping[str, str]
    versions: Mapping[str, Sequence[Digest]]
    bearers: Mapping[str, Sequence[str]]
    files: Mapping[str, ObligationId | None]
    held: frozenset[str]

    @classmethod
    def of(cls, database: Database, register: Register) -> Sight:
        """What the register shows now, and nothing else."""
        with database.reading():
            obligations: dict[str, Obligation] = {o.id: o for o in sorted(register.obligations(), key=_urgency)}
            names = _names(register, obligations.values())
            versions, bearers = dict[str, list[Digest]](), dict[str, list[str]]()
            for name, digest in database.rows(_SENT):
                if name in obligations:
                    versions.setdefault(name, []).append(digest)
                    bearers.setdefault(digest, []).append(name)
            files, held = dict[str, ObligationId | None](), set[str]()
            for row in database.rows(_CAME):
                if row["obligation"] in obligations:
                    files[str(row["id"])] = row["obligation"]
                elif row["obligation"] is None and register.within in (None, row["folder"].partition("/")[0]):
                    files[str(row["id"])] = None
                    held.add(row["digest"])
        called = {name: _called(o, names) for name, o in obligations.items()}
        return cls(obligations, names, called, versions, bearers, files, frozenset(held))

    def sources(self, those: Iterable[str], *, with_held: bool) -> frozenset[str]:
        """Whatever can have said something of those obligations, and, `with_held`, of none."""
        names = {*those}
        contents = (digest for name in names for digest in self.versions.get(name, ()))
        arrivals = (number for number, o in self.files.items() if (with_held if o is None else o in names))
        return frozenset((*names, *contents, *arrivals, *(self.held if with_held else ())))


def _urgency(o: Obligation) -> tuple[int, int, str]:
    """What is open, the earliest due date first; then what is done, the latest first; then what is not owed."""
    due = o.due.toordinal() if o.due else 0
    return (0 if o.is_open else 1 if o.is_owed else 2, due if o.is_open else -due, o.id)


def _names(register: Register, obligations: Iterable[Obligation]) -> Names:
    vocabulary = register.vocabulary()
    offices = {one.code: {folded(one.code), folded(one.name), folded(one.short)} for one in register.offices()}
    documents: dict[str, set[str]] = {}
    for one in {o.requirement for o in obligations}:
        said = (one.key, one.code, one.short, one.name, one.name_en)
        documents.setdefault(one.key, set()).update(map(folded, said))
    for words, code in vocabulary.offices.items():
        if code in offices:
            offices[code].add(folded(words))
    for words, keys in (*vocabulary.requirements.items(), *vocabulary.titles.items()):
        for key in keys:
            if key in documents:
                documents[key].add(folded(words))
    return Names(_tidied(offices), _tidied(documents))


def _tidied(names: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(sorted(filter(None, those))) for code, those in names.items()}


def _called(o: Obligation, names: Names) -> str:
    said = (*names.offices[o.office.code], *names.documents[o.requirement.key])
    return lined_up(
        *said, folded(o.id), folded(str(o.period)), f"{_PARTS.get(o.period.part, '')} {o.period.first_year}"
    )
