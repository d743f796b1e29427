"""What a person searches for: words, phrases and filters, from one line of typing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import combining, normalize

from workflow.search_words import FIELDS, VALUES, Field, Kind
from workflow.tables import likely, phrase

_TOKEN = re.compile(r'(-?)(?:([^\W\d_]+):)?("[^"]*"?|[^\s"]*)')
_MONTH, _DAY = r"(?:0[1-9]|1[0-2]|[01]?)", r"(?:0[1-9]|[12]\d|3[01]|[0-3]?)"  # or as much of one as is typed
_DUE = re.compile(rf"(<=|>=|<|>|=)?(\d{{4}}(?:-{_MONTH}(?:-{_DAY})?)?)|(\d{{1,4}})[dh]", re.ASCII)


_EVERY_FIELD = {word: field for words in FIELDS.values() for word, field in words.items()}


class Names(NamedTuple):
    """What offices and documents are called, by code and by key: codes, names and other spellings, folded."""

    offices: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, tuple[str, ...]]


class Term(NamedTuple):
    """Words that stand one behind the other, folded. Of a prefix, the last is only how a word begins."""

    words: str
    is_prefix: bool = False
    is_not: bool = False


class DueBy(NamedTuple):
    """A due date as far as it was typed, with how it is compared; or so many days from today on."""

    sign: str
    day: str
    days: int = 0


Value = str | DueBy  # a code, a key, a year, or one of a closed set


class Filter(NamedTuple):
    """What must hold of an obligation, or must not: one of these values."""

    field: Field
    values: tuple[Value, ...]
    is_not: bool = False


class Slip(NamedTuple):
    """What was not understood: a filter, or the value of one, and what comes nearest to it."""

    field: Field | None
    typed: str
    nearest: tuple[str, ...]


class Query(NamedTuple):
    """What is searched for. Where a filter's value says nothing, nothing is found: `slips` tell."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that have to be there."""
        return tuple(one for one in self.terms if not one.is_not)

    @property
    def is_void(self) -> bool:
        """Whether nothing at all is asked."""
        return not self.wanted and not self.filters

    @property
    def narrows(self) -> bool:
        """Whether a filter says of which obligations."""
        return any(one.field is not Field.KIND for one in self.filters)

    def has(self, kind: Kind) -> bool:
        """Whether the filters let this kind through."""
        asked = [one for one in self.filters if one.field is Field.KIND]
        wanted = [one for one in asked if not one.is_not]
        return not any(one.is_not and kind in one.values for one in asked) and (
            not wanted or any(kind in one.values for one in wanted)
        )

    def asks_for(self, kind: Kind) -> bool:
        """Whether a filter names this kind."""
        return any(kind in one.values and not one.is_not for one in self.filters if one.field is Field.KIND)


def folded(text: str) -> str:
    """The words by which it is found: lower case, without marks above or below, one blank between."""
    if text.isascii():
        return phrase(text)
    return phrase("".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign)))


def read_query(line: str, names: Names, *, is_typing: bool = False) -> Query:
    """What a person has typed: words that all must be there, `"phrases"`, `-without`, `filter:value`, `begin*`.

    While they type, the last word is how a word begins. Nothing that can be typed is an error: what is not
    understood is told in `slips`, and a filter that does not exist is searched for as words.
    """
    terms, filters, slips = list[Term](), list[Filter](), list[Slip]()
    for sign, name, said in _TOKEN.findall(line):
        field, is_not = _EVERY_FIELD.get(name.casefold()), bool(sign)
        if name and field is None and (nearest := likely(name.casefold(), _EVERY_FIELD)):
            slips.append(Slip(None, name, nearest))
        if field is None:
            words = folded(f"{name} {said}")
            terms += [Term(words, said.endswith("*") and not said.startswith('"'), is_not)] if words else []
        elif value := said.strip('"').strip():
            values, known = _meant(field, value, names)
            filters.append(Filter(field, values, is_not))
            slips += [] if values else [Slip(field, value, likely(folded(value), known))]
    is_open = is_typing and line[-1:].isalnum() and bool(terms) and _ends_with_word(line)
    if is_open and not terms[-1].is_not:
        terms[-1] = terms[-1]._replace(is_prefix=True)
    return Query(tuple(terms), tuple(filters), tuple(slips))


def _ends_with_word(line: str) -> bool:
    """Whether what is typed last is a bare word: no phrase that is not closed yet, no filter."""
    *_, (_sign, name, said), _end = _TOKEN.findall(line)
    return name.casefold() not in _EVERY_FIELD and not said.startswith('"')


def completions(word: str, names: Names, language: str) -> list[str]:
    """How the filter that is being typed can go on, most alike first; nothing for a word that is no filter."""
    sign, name, value = ("-" if word.startswith("-") else ""), *word.lstrip("-").partition(":")[::2]
    field = _EVERY_FIELD.get(name.casefold())
    if ":" not in word:
        return [f"{sign}{one}:" for one in FIELDS[language] if name and one.startswith(name.casefold())]
    if field is None:
        return []
    return [f"{sign}{name}:{one}" for one in _values(field, names, language) if one.startswith(value.casefold())]


def _values(field: Field, names: Names, language: str) -> Iterable[str]:
    match field:
        case Field.OFFICE:
            return names.offices
        case Field.DOCUMENT:
            return names.documents
        case Field.STATE | Field.IS | Field.KIND:
            return VALUES[field][language]
        case Field.DUE:
            return ("7d", "14d", "30d")
        case Field.YEAR:
            return ()


def _meant(field: Field, value: str, names: Names) -> tuple[tuple[Value, ...], Sequence[str]]:
    """What a value means, nothing when it means nothing, and what could have been meant."""
    match field:
        case Field.OFFICE:
            return _called(value, names.offices)
        case Field.DOCUMENT:
            return _called(value, names.documents)
        case Field.YEAR:
            return (value,) if re.fullmatch(r"\d{1,4}", value, re.ASCII) else (), ()
        case Field.DUE:
            found = _DUE.fullmatch(value)
            return (DueBy(found[1] or "=", found[2] or "", int(found[3] or 0)),) if found else (), ()
        case Field.STATE | Field.IS | Field.KIND:
            known = {word: one for words in VALUES[field].values() for word, one in words.items()}
            asked = value.casefold().replace("_", "-")
            exact = (known[asked],) if asked in known else ()
            begun = dict.fromkeys(one for word, one in known.items() if word.startswith(asked))
            return exact or tuple(begun), [*known]


def _called(value: str, known: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], Sequence[str]]:
    """The codes of what is called so: exactly, or else of what has words that begin so."""
    if (code := value.casefold()) in known:
        return (code,), ()
    asked = folded(value)
    exact = tuple(code for code, names in known.items() if asked in names)
    begun = (code for code, names in known.items() if asked and any(f" {asked}" in f" {name}" for name in names))
    return exact or tuple(begun), [*known, *(name for names in known.values() for name in names)]
