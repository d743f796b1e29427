"""The words of a region: how its offices and documents are called in file names and on covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from workflow.catalogue import Catalogue, Spans
from workflow.plans import Frequency
from workflow.tables import phrase

Phrase = tuple[str, str, str]


class Vocabulary(NamedTuple):
    """What files are recognised by: phrases, and the office codes or requirement keys that they mean.

    `titles` are how documents call themselves on their covers; `plans` the codes of those that are for several years;
    `region` is how the region is called, which says nothing of whose a file is, and `region_office` what owes for it;
    `borne` the years of those names that an office has not always had.
    """

    offices: Mapping[str, str]
    requirements: Mapping[str, tuple[str, ...]]
    lookalikes: frozenset[str]
    titles: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    plans: frozenset[str] = frozenset()
    region: str = ""
    region_office: str = ""
    borne: Mapping[str, Spans] = MappingProxyType({})


def spelled(catalogue: Catalogue) -> Iterator[Phrase]:
    """Every phrase of a catalogue: of which kind it is, its words, and what they mean."""
    for words, code in catalogue.aliases.items():
        yield "office", words, code
    for words, spans in catalogue.borne.items():
        for first, last in spans:
            yield "borne", words, f"{first}-{last}"
    for entry in catalogue.entries:
        for words in entry.spellings:
            yield "requirement", words, entry.requirement.key
        for words in entry.titles:
            yield "title", words, entry.requirement.key
        if entry.every in (Frequency.FIVE_YEARS, Frequency.TWENTY_YEARS):
            yield "plan", entry.requirement.code, entry.requirement.code
    for words in catalogue.lookalikes:
        yield "lookalike", words, ""
    yield "region", phrase(catalogue.region), catalogue.region_office.code


def vocabulary_of(phrases: Iterable[Phrase]) -> Vocabulary:
    """The vocabulary that such phrases make up."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, words, means in phrases:
        found[kind][words].append(means)
    region = next(iter(found["region"].items()), ("", [""]))
    return Vocabulary(
        offices={words: means[0] for words, means in found["office"].items()},
        requirements={words: tuple(means) for words, means in found["requirement"].items()},
        lookalikes=frozenset(found["lookalike"]),
        titles={words: tuple(means) for words, means in found["title"].items()},
        plans=frozenset(found["plan"]),
        region=region[0],
        region_office=region[1][0],
        borne={words: tuple(map(_span, means)) for words, means in found["borne"].items()},
    )


def _span(years: str) -> tuple[int, int]:
    first, _, last = years.partition("-")
    return int(first), int(last)
